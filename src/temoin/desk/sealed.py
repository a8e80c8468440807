"""The account of what a workspace has sealed, and what proves it: reports read out of their sealed originals, and a bundle for what was published.

An original that was erased is not read and not told of. Decrypted bytes stay in memory and are never written to a disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from temoin.desk.reading import Item
from temoin.desk.workspace import Send, Workspace
from temoin.records import Report, Unread
from temoin.store.draft import Draft, Sealed

#: What is added to the name of a published file for the bundle beside it.
PROOFS = ".proofs.temoin"


def gather_sealed(workspace: Workspace, *, lang: str | None = None) -> Iterator[Item]:
    """Yield what the sealed originals of a workspace hold, in the order in which they were sealed; each report bears its original's digest."""
    from temoin import capture

    names = capture.Names()
    for sealed in workspace.ledger.read():
        if sealed.kind != "capture" or sealed.letter is None or sealed.entry.payload is None:
            continue
        payload = sealed.entry.payload
        name = next((shown.value for shown in sealed.letter.disclosures if shown.name == "name"), f"entry {sealed.index}")
        if payload.size_bytes > capture.LIMITS.file_bytes:
            yield Unread(
                path=name, reason="too large to be opened inside the workspace", hint="give the file itself", sha256=payload.sha256,
                size_bytes=payload.size_bytes,
            )  # fmt: skip
            continue
        original = capture.held(b"".join(workspace.ledger.pieces(sealed)), name)
        for item in [original] if isinstance(original, Unread) else capture.reports(original, names):
            yield msgspec.structs.replace(item, lang=lang) if lang and isinstance(item, Report) and item.lang is None else item


def publish(
    workspace: Workspace, file: Path, digests: Sequence[str], send: Send | None = None, *, unwitnessed: bool = False, case: str = "publications"
) -> tuple[int, Path]:
    """Seal a file that was published and write beside it a bundle that proves it and every original it cites.

    digests: SHA-256 of the originals cited, 64 hex digits each. send: how witnesses are asked. unwitnessed: do without them.
    The bundle holds entries and proofs under a signed checkpoint, and no original.
    Returns the publication's entry and the bundle's path. Raises what sealing raises.
    """
    ledger = workspace.ledger
    cited = sorted({index for digest in digests for index in ledger.find(digest)[:1]})
    into = ledger.case(case) or ledger.new_case(case)
    (index,) = ledger.seal([Draft(kind="publication", case=into, source=file, detail={"cites": cited}, sensitive={"name": file.name})])
    house = ledger.state("house")
    chosen: dict[int, Sealed] = {one.index: one for one in ledger.read(case=house)}
    chosen |= {n: ledger.one(n) for n in (*cited, index)}
    bundle = file.with_name(file.name + PROOFS)
    workspace.bundle(bundle, list(chosen.values()), "item", send, unwitnessed)
    return index, bundle
