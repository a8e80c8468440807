"""The writer: many threads seal, one thread commits; whoever asks while a commit is on its way shares the next one.

Promises: a future resolves only after the commit that holds its entries; one that fails does not take the others with it.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from concurrent.futures import Future

from temoin.errors import Refused
from temoin.store.draft import Draft, Prepared
from temoin.store.ledger import Ledger

#: A commit of 100 entries costs hardly more than one of a single entry (SEAL 5: 1.02 fsync); beyond some thousands others wait too long.
MOST = 1000


class Writer:
    """Group commit over a ledger. Use as a context: leaving it commits what is left."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._asked: queue.SimpleQueue[tuple[list[Prepared], Future[list[int]]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="temoin writer", daemon=True)
        self._open = True

    def __enter__(self) -> Writer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._open = False
        self._asked.put(None)
        self._thread.join()

    def seal(self, drafts: Sequence[Draft]) -> Future[list[int]]:
        """Ask for drafts to be sealed; the payloads are made durable here, in the caller's thread. The result is their indexes."""
        if not self._open:
            raise Refused("the writer is closed")
        asked: Future[list[int]] = Future()
        self._asked.put((self._ledger.prepare(drafts), asked))
        return asked

    def _run(self) -> None:
        last = False
        while not last:
            group = []
            one = self._asked.get()
            while one is not None:
                group.append(one)
                if sum(len(prepared) for prepared, _ in group) >= MOST or self._asked.empty():
                    break
                one = self._asked.get()
            last = one is None
            self._commit(group)

    def _commit(self, group: list[tuple[list[Prepared], Future[list[int]]]]) -> None:
        if not group:
            return
        try:
            indexes = self._ledger.append([one for prepared, _ in group for one in prepared])
        except BaseException as err:
            if len(group) == 1:
                self._ledger.discard(group[0][0])
                group[0][1].set_exception(err)
                return
            for one in group:  # find the one that cannot be sealed; the others can
                self._commit([one])
            return
        at = 0
        for prepared, asked in group:
            asked.set_result(indexes[at : at + len(prepared)])
            at += len(prepared)
