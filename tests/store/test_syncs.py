"""How often a seal waits for the disk: counted, so that it holds on every machine. The times are in `make bench`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from temoin.store.draft import Draft
from temoin.store.ledger import Ledger
from temoin.store.writer import Writer
from tests.store import cuts
from tests.store.conftest import LOG, OFFICERS, main_case

Syncs = Callable[[], int]


@pytest.fixture
def counted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Ledger, Syncs]]:
    """A log, and how many syncs were asked for so far: by SQLite, and by us."""
    ours, fsync = [0], os.fsync

    def told(handle: Any) -> None:
        ours[0] += 1
        fsync(handle)

    monkeypatch.setattr(os, "fsync", told)
    with cuts.recording() as recorder, Ledger.found(folder, LOG.public.name, LOG, OFFICERS) as ledger:
        yield ledger, lambda: ours[0] + sum(call == "sync" for _, call, *_ in recorder.journal)


@pytest.mark.parametrize("size", [1, 100, 1000])
def test_one_seal_or_a_thousand_in_one_commit_wait_once_for_the_disk(counted: tuple[Ledger, Syncs], size: int) -> None:
    ledger, syncs = counted
    before = syncs()
    ledger.seal([Draft(kind="heartbeat", case=main_case(ledger))] * size)
    assert syncs() == before + 1


def test_a_folder_of_small_originals_costs_three_syncs_and_one_large_one_no_more(counted: tuple[Ledger, Syncs], tmp_path: Path) -> None:
    """The file, its folder, the commit; then the large original's own file as well."""
    ledger, syncs = counted
    sources = [tmp_path / str(n) for n in range(300)]
    for n, source in enumerate(sources):
        source.write_bytes(b"%d" % n * 100)
    before = syncs()
    ledger.seal([Draft(kind="capture", case=main_case(ledger), source=source) for source in sources])
    assert syncs() == before + 3
    ledger.seal([Draft(kind="capture", case=main_case(ledger), source=source) for source in (b"x" * (2 << 20), b"small")])
    assert syncs() == before + 3 + 4


def test_a_log_that_grows_waits_hardly_more_often_for_the_tidying_of_its_database(counted: tuple[Ledger, Syncs]) -> None:
    """Where the write-ahead log is full, a commit moves it into the database: two syncs more, once in a long while."""
    ledger, syncs = counted
    before, case = syncs(), main_case(ledger)
    for _ in range(400):
        ledger.seal([Draft(kind="heartbeat", case=case)])
    assert syncs() - before <= 1.2 * 400


def test_a_hundred_who_wait_share_one_sync(counted: tuple[Ledger, Syncs]) -> None:
    ledger, syncs = counted
    case, before, writer = main_case(ledger), syncs(), Writer(ledger)
    waiting = [writer.seal([Draft(kind="heartbeat", case=case)]) for _ in range(100)]  # asked while a commit would be on its way
    with writer:
        assert sorted(index for one in waiting for index in one.result()) == list(range(4, 104))
    assert syncs() == before + 1
