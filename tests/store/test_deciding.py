"""The verbs of decisions, as an association would use them: officers, holds, erasures that a hold stops."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from temoin.cli.deciding import COMMANDS
from temoin.cli.seal import COMMANDS as SEALING
from temoin.errors import Misused, Refused, TemoinError, Unverified
from temoin.seal import tombstone, verify
from temoin.seal.key import ED25519, SigningKey
from temoin.store.audit import audit
from temoin.store.deciding import board, lift_hold, name_officer, place_hold, revoke_officer
from temoin.store.draft import Draft
from temoin.store.erasure import erase, propose
from temoin.store.ledger import Ledger
from tests.store.conftest import ANNA, BORIS, CARLA, LOG, capture, main_case


def run(*words: str) -> tuple[int, str]:
    """Run a verb as `temoin` does."""
    chosen = next(c for c in (*COMMANDS, *SEALING) if c.name == words[0])
    result = CliRunner().invoke(chosen, list(words[1:]), standalone_mode=False)
    if isinstance(result.exception, TemoinError):
        return result.exception.exit_code, result.output + str(result.exception)
    if isinstance(result.exception, click.UsageError):
        return 2, result.output + str(result.exception)
    if result.exception:
        raise result.exception
    return int(result.return_value or 0), result.output


def good(*words: str) -> str:
    """Run a verb that must succeed."""
    code, said = run(*words)
    assert code == 0, said
    return said


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A workspace without officers yet, in which nothing was sealed."""
    good("init", str(tmp_path / "archive"), "--name", "archive.example")
    return tmp_path / "archive"


def _officer(tmp_path: Path, name: str) -> str:
    said = good("officer", "make", f"{name}.example", "-o", str(tmp_path / f"{name}.key"))
    assert (tmp_path / f"{name}.key").stat().st_mode & 0o077 == 0
    return next(line for line in said.splitlines() if line.startswith(f"{name}.example+"))


def test_from_naming_officers_to_an_erasure_that_a_hold_had_stopped(archive: Path, tmp_path: Path) -> None:
    where = ("-w", str(archive))
    keys = {name: _officer(tmp_path, name) for name in ("anna", "boris", "carla")}
    assert run("officer", "make", "anna.example", "-o", str(tmp_path / "anna.key"))[0] == 1  # a key is never written over
    assert "with fewer than two" in good("officer", "list", *where)
    for name in ("anna", "boris"):
        good("officer", "add", keys[name], *where)
    (tmp_path / "letter.txt").write_text("a letter")
    good("add", str(tmp_path / "letter.txt"), *where)

    code, said = run("officer", "add", keys["carla"], *where)
    assert (code, "not decided" in said) == (1, True)
    both = ("--officer", str(tmp_path / "anna.key"), "--officer", str(tmp_path / "boris.key"))
    good("officer", "add", keys["carla"], *where, *both)
    assert [line for line in good("officer", "list", *where).splitlines() if "+" in line] == list(keys.values())

    said = good("hold", "place", str(tmp_path / "letter.txt"), *where, "--reason", "summons of 3 May")
    number = said.split()[1]
    assert "summons of 3 May" in good("hold", "list", *where)
    erase = ("erase", str(tmp_path / "letter.txt"), *where, "--ground", "data_subject_request", *both, "--yes")
    code, said = run(*erase)
    assert (code, f"legal hold of entry {number}" in said) == (1, True)
    assert run("hold", "lift", number, *where, *both[:2])[0] == 1
    good("hold", "lift", number, *where, *both)
    assert good("hold", "list", *where) == ""

    good("hold", "place", "--case", "main", *where)
    assert "the case main" in good("hold", "list", *where)
    assert run(*erase)[0] == 1
    number = good("hold", "list", *where).split()[1].rstrip(":")
    good("hold", "lift", number, *where, *both)
    good("officer", "revoke", "boris.example", *where, "--officer", str(tmp_path / "anna.key"), "--officer", str(tmp_path / "carla.key"))
    assert run(*erase)[0] == 3  # boris's signature does not count any more
    said = good(*erase[:-5], "--officer", str(tmp_path / "anna.key"), "--officer", str(tmp_path / "carla.key"), "--yes")
    assert "is erased" in said
    good("verify", str(archive))
    good("export", *where, "-o", str(tmp_path / "all.temoin"))
    found = verify(tmp_path / "all.temoin")
    assert [(gone.ground, sorted(gone.officers)) for gone in found.erased] == [("data_subject_request", ["anna.example", "carla.example"])]
    assert not any("summons" in str(item.entry) for item in found.items)  # the reason is a hidden field of the entry


def test_officers_sign_on_machines_of_their_own(archive: Path, tmp_path: Path) -> None:
    """No private key comes near the archive: the decision travels as a file, is shown, signed by each, and comes back."""
    where, paper = ("-w", str(archive)), tmp_path / "decision.txt"
    keys = {name: _officer(tmp_path, name) for name in ("anna", "boris", "carla")}
    for name in ("anna", "boris"):
        good("officer", "add", keys[name], *where)
    (tmp_path / "letter.txt").write_text("a letter")
    (tmp_path / "other.txt").write_text("another letter")
    good("add", str(tmp_path / "letter.txt"), str(tmp_path / "other.txt"), *where)

    erase = ("erase", str(tmp_path / "letter.txt"), *where, "--ground", "danger_to_a_person", "--decision", str(paper))
    assert "nothing was done yet" in good(*erase)
    assert paper.read_text().startswith("temoin/tombstone/v1\norigin archive.example\n")
    assert run(*erase, "--yes")[0] == 1  # not signed yet
    assert run("officer", "sign", str(paper), "--officer", str(tmp_path / "anna.key"))[0] == 0  # nobody there to say yes: not signed
    assert "\n\n" not in paper.read_text()
    good("officer", "sign", str(paper), "--officer", str(tmp_path / "anna.key"), "--yes")
    assert run(*erase, "--yes")[0] == 3
    assert "signed by anna.example, boris.example" in good("officer", "sign", str(paper), "--officer", str(tmp_path / "boris.key"), "--yes")
    other = ("erase", str(tmp_path / "other.txt"), *erase[2:])
    assert "something else" in run(*other, "--yes")[1]
    assert "is erased" in good(*erase, "--yes")

    paper.unlink()
    add = ("officer", "add", keys["carla"], *where, "--decision", str(paper))
    assert "nothing was done yet" in good(*add)
    for name in ("anna", "boris"):
        good("officer", "sign", str(paper), "--officer", str(tmp_path / f"{name}.key"), "--yes")
    good(*add)
    assert "something else" in run("officer", "revoke", "carla.example", *where, "--decision", str(paper))[1]  # used once, and for one act
    assert run("erase", "0", *where, "--ground", "court_order", "--decision", str(paper), "--officer", str(tmp_path / "anna.key"))[0] == 2
    good("verify", str(archive))


@pytest.mark.parametrize("content", [b"", b"pay 100 to Anna\n", b"\xff\xfe", b"x" * 70_000, b"temoin/tombstone/v2\n"])
def test_nothing_but_a_decision_is_signed(tmp_path: Path, content: bytes) -> None:
    _officer(tmp_path, "anna")
    (tmp_path / "paper.txt").write_bytes(content)
    assert run("officer", "sign", str(tmp_path / "paper.txt"), "--officer", str(tmp_path / "anna.key"), "--yes")[0] == 1
    assert (tmp_path / "paper.txt").read_bytes() == content


def test_a_hold_is_on_one_thing_that_is_there(archive: Path) -> None:
    where = ("-w", str(archive))
    assert run("hold", "place", *where)[0] == 2
    assert run("hold", "place", "0", "--case", "main", *where)[0] == 2
    assert run("hold", "place", "--case", "nowhere", *where)[0] == 2
    assert run("hold", "place", "0", *where)[0] == 1  # the log's own acts
    assert run("hold", "lift", "0", *where)[0] == 2
    assert run("officer", "revoke", "nobody", *where)[0] == 2


def test_a_legal_hold_stops_an_erasure_until_it_is_lifted(ledger: Ledger) -> None:
    (index,) = capture(ledger, b"held")
    for case, of in ((main_case(ledger), index), (main_case(ledger), None)):
        hold = place_hold(ledger, case, of, "an inquiry")
        with pytest.raises(Refused, match=f"legal hold of entry {hold}"):
            propose(ledger, index, "retention_over")
        for few in ([], [ANNA], [ANNA, ANNA], [ANNA, LOG]):
            with pytest.raises(Refused, match="not decided"):
                lift_hold(ledger, hold, few)
        with pytest.raises(Misused):
            lift_hold(ledger, hold + 1, [ANNA, BORIS])
        lift_hold(ledger, hold, [ANNA, BORIS])
        assert propose(ledger, index, "retention_over")
    assert audit(ledger) == []


def test_an_erasure_of_what_is_held_is_refused_even_with_a_tombstone_signed_before(ledger: Ledger) -> None:
    (index,) = capture(ledger, b"held")
    signed = tombstone.sign(propose(ledger, index, "retention_over"), [ANNA, BORIS])
    place_hold(ledger, "", index, "")
    with pytest.raises(Refused, match="legal hold"):
        erase(ledger, signed)
    assert ledger.one(index).letter


def test_officers_are_named_freely_only_while_the_log_begins(folder: Path) -> None:
    with Ledger.found(folder, LOG.public.name, LOG, []) as ledger:
        assert board(ledger).beginning
        for key in (ANNA, BORIS, CARLA):
            name_officer(ledger, key.public, [])
        with pytest.raises(Refused, match="already"):
            name_officer(ledger, ANNA.public, [])
        (index,) = capture(ledger, b"now it has begun")
        dora = SigningKey("dora.example", ED25519, b"\x0d" * 32)
        for few in ([], [ANNA], [ANNA, dora], [dora, LOG]):
            with pytest.raises(Refused, match="not decided"):
                name_officer(ledger, dora.public, few)
        name_officer(ledger, dora.public, [BORIS, CARLA])
        revoke_officer(ledger, "boris.example", [ANNA, dora])
        with pytest.raises(Unverified):
            erase(ledger, tombstone.sign(propose(ledger, index, "court_order"), [ANNA, BORIS]))
        erase(ledger, tombstone.sign(propose(ledger, index, "court_order"), [ANNA, dora]))
        revoke_officer(ledger, str(CARLA.public), [ANNA, dora])
        with pytest.raises(Refused, match="two officers must be left"):
            revoke_officer(ledger, "anna.example", [ANNA, dora])
        with pytest.raises(Misused):
            revoke_officer(ledger, "nobody", [ANNA, dora])
        assert {key.name for key in board(ledger).officers} == {"anna.example", "dora.example"}
        assert audit(ledger) == []


def test_a_mandate_serves_for_one_place_only(ledger: Ledger) -> None:
    """Whoever keeps an old mandate cannot use it again: it is signed for its place in the log."""
    dora = SigningKey("dora.example", ED25519, b"\x0d" * 32)
    capture(ledger, b"begun")
    added = name_officer(ledger, dora.public, [ANNA, BORIS])
    detail = ledger.one(added).entry.detail
    revoke_officer(ledger, "dora.example", [ANNA, BORIS])
    again = ledger.seal([Draft(kind="key-event", case=ledger.state("house"), detail=detail)])[0]
    assert any(f"entry {again}: its mandate is for something else" in said for said in audit(ledger))
    with pytest.raises(Unverified):
        ledger.sign()
