"""Erasing: what is gone is gone, everything else holds, and a crash in between is finished."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from temoin.errors import Misused, Refused, TemoinError, Unreachable, Unverified
from temoin.seal import checkpoint, proof, tombstone
from temoin.store import trunk
from temoin.store.audit import audit
from temoin.store.erasure import erase, propose, sweep
from temoin.store.ledger import Ledger
from tests.store.conftest import ANNA, BORIS, CARLA, LOG, OFFICERS, capture

Reopen = Callable[..., Ledger]


def test_an_erased_entry_is_gone_and_every_other_proof_holds(ledger: Ledger, reopened: Reopen, folder: Path) -> None:
    secret = b"the name of the witness is K."
    first, gone, last = capture(ledger, b"first", secret, b"last")
    before = ledger.sign()
    sealed = ledger.one(gone)
    assert sealed.letter
    with pytest.raises(Unverified):
        erase(ledger, tombstone.note.sign(propose(ledger, gone, "consent_withdrawn").text, [ANNA]))
    stone = propose(ledger, gone, "consent_withdrawn")
    index = erase(ledger, tombstone.sign(stone, [ANNA, CARLA]))
    assert ledger.epoch == 2
    assert ledger.keyring.epochs() == [2]
    with pytest.raises(Refused, match="erased"):
        _ = ledger.one(gone).entry
    assert ledger.find(sha256(secret).hexdigest()) == []
    assert ledger.find(sha256(b"last").hexdigest()) == [last]
    assert ledger.payload(ledger.one(first)) == b"first"
    after = ledger.sign()
    assert audit(ledger) == []
    old, new = checkpoint.parse(before.text), checkpoint.parse(after.text)
    with ledger.database.look() as rows:
        proof.verify_consistency(old.size, new.size, trunk.consistency(rows, old.size, new.size), old.root, new.root)
    assert ledger.one(index).entry.detail["note"]
    with pytest.raises(Refused, match="already"):
        propose(ledger, gone, "court_order")
    with pytest.raises(Refused):
        propose(ledger, index, "court_order")
    with pytest.raises(Refused):
        propose(ledger, 0, "court_order")
    with pytest.raises(Misused):
        propose(ledger, 999, "court_order")
    ledger.close()
    # Neither text, salt nor keys are anywhere in the folder.
    wanted = [secret, sealed.letter.body, sealed.letter.salt, sealed.letter.payload_key or b"-" * 32]
    for path in folder.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            assert not any(value in raw for value in wanted), path.name
    with reopened() as again:
        assert audit(again) == []


def test_a_copy_made_before_an_erasure_no_longer_opens(folder: Path, tmp_path: Path) -> None:
    with Ledger.found(folder, LOG.public.name, LOG, OFFICERS) as ledger:
        _first, gone = capture(ledger, b"first", b"secret")
        ledger.database.forget()
        backup = tmp_path / "backup"
        shutil.copytree(folder, backup, ignore=shutil.ignore_patterns("keys"))
        erase(ledger, tombstone.sign(propose(ledger, gone, "danger_to_a_person"), [ANNA, BORIS]))
    shutil.copytree(folder / "keys", backup / "keys")
    with Ledger(backup, read_only=True) as old, pytest.raises(TemoinError):
        old.one(gone)


def test_an_erased_payload_leaves_zeros_among_its_neighbours_and_no_file_when_it_was_the_last(ledger: Ledger) -> None:
    one, two = capture(ledger, b"the first one", b"the second one")
    letter, name = ledger.one(one).letter, ledger.one(one).payload
    assert letter
    assert letter.place
    assert name == ledger.one(two).payload
    path, (start, length) = ledger.vault.path(str(name)), letter.place
    before = path.read_bytes()
    erase(ledger, tombstone.sign(propose(ledger, one, "court_order"), [ANNA, BORIS]))
    assert path.read_bytes() == before[:start] + bytes(length) + before[start + length :]
    assert ledger.payload(ledger.one(two)) == b"the second one"
    erase(ledger, tombstone.sign(propose(ledger, two, "court_order"), [ANNA, BORIS]))
    assert not path.exists()
    assert audit(ledger) == []


def test_a_crash_between_erasing_an_entry_and_its_bytes_is_finished_at_the_next_opening(
    ledger: Ledger, reopened: Reopen, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, *_ = capture(ledger, b"gone", b"stays", b"large and alone" * 100_000)
    letter, path = ledger.one(one).letter, ledger.vault.path(str(ledger.one(one).payload))
    assert letter
    assert letter.place

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(ledger.vault, "blank", crash)
        with pytest.raises(KeyboardInterrupt):
            erase(ledger, tombstone.sign(propose(ledger, one, "court_order"), [ANNA, BORIS]))
    ledger.close()
    with reopened() as again:
        assert any("destroyed what was erased" in said for said in sweep(again))
        start, length = letter.place
        assert path.read_bytes()[start : start + length] == bytes(length)
        assert again.payload(again.one(two)) == b"stays"
        assert sweep(again) == []
        assert audit(again) == []


def test_a_crash_in_the_middle_of_an_erasure_is_finished_at_the_next_opening(ledger: Ledger, reopened: Reopen) -> None:
    (_,) = capture(ledger, b"one")
    ledger.keyring.new_epoch(2)  # as a crash right after the new key leaves it
    ledger.vault.put([b"prepared and never sealed"])
    ledger.sign()
    ledger.close()
    with reopened() as again:
        assert any("no entry speaks of it" in said for said in audit(again))
        assert [said.split()[0] for said in sweep(again)] == ["set", "destroyed"]
        assert len(list((again.folder / "strays").iterdir())) == 1
        assert audit(again) == []
        assert again.keyring.epochs() == [1]


def test_restoring_an_old_state_by_mistake_destroys_nothing_of_the_newer_one(folder: Path, tmp_path: Path) -> None:
    """Everything but the keys comes back from a backup made before an erasure: the newer originals and the newer key are kept."""
    with Ledger.found(folder, LOG.public.name, LOG, OFFICERS) as ledger:
        _first, gone = capture(ledger, b"first", b"gone")
        ledger.sign()
        ledger.database.forget()
        saved = {path: path.read_bytes() for path in (folder / "temoin.db", folder / "published")}
        erase(ledger, tombstone.sign(propose(ledger, gone, "court_order"), [ANNA, BORIS]))
        capture(ledger, b"newer")
        ledger.sign()
        ledger.database.forget()
        newer = {path: path.read_bytes() for path in saved}
    for path, content in saved.items():
        path.write_bytes(content)
    for path in folder.glob("temoin.db-*"):
        path.unlink()
    with Ledger(folder) as ledger, pytest.raises(Unreachable, match="epoch"):
        sweep(ledger)
    for path, content in newer.items():
        path.write_bytes(content)
    for path in folder.glob("temoin.db-*"):
        path.unlink()
    with Ledger(folder) as ledger:
        assert sweep(ledger) == []
        assert audit(ledger) == []
