"""Entries, commitments, sequences, tombstones, witnesses."""

from __future__ import annotations

import hashlib
import json
import secrets

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from temoin.errors import Broken, Refused, Unverified
from temoin.seal import checkpoint, commitment, note, proof, sequence, tombstone, witness
from temoin.seal.checkpoint import Checkpoint
from temoin.seal.commitment import Disclosure
from temoin.seal.entry import Entry, Payload, canonical, decode, encode
from temoin.seal.key import COSIGN_ED25519, COSIGN_MLDSA44, ED25519, SigningKey
from temoin.seal.tree import Tree

CASE = "0123456789abcdef" * 2
AT = "2017-04-01T09:30:00Z"
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), inner, max_size=4),
    max_leaves=12,
)


def _entry(seq: int = 0, prev: str | None = None, **more: object) -> Entry:
    return Entry(kind="capture", at=AT, case=CASE, seq=seq, prev=prev, tool="temoin test", **more)  # type: ignore[arg-type]


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), plain, max_size=4))
def test_an_entry_has_one_spelling_and_reads_back(detail: dict[str, object]) -> None:
    entry = _entry(detail=detail, payload=Payload(sha256="a" * 64, size_bytes=5))
    raw = encode(entry)
    assert encode(decode(raw)) == raw
    assert raw == canonical(msgspec.to_builtins(entry))
    assert raw == canonical(json.loads(raw))


@pytest.mark.parametrize(
    "change",
    [
        (b'"at"', b' "at"'),
        (b'"seq":0', b'"seq":0.0'),
        (b'"seq":0', b'"seq":1'),
        (b'"seq":0', b'"seq":0,"seq":0'),
        (b'"kind":"capture"', b'"kind":"rumour"'),
        (b'"tool"', b'"tole"'),
        (AT.encode(), b"2017-04-01 09:30"),
        (CASE.encode(), CASE.upper().encode()),
        (b"}", b""),
    ],
)
def test_an_entry_spelled_otherwise_is_refused(change: tuple[bytes, bytes]) -> None:
    with pytest.raises(Broken):
        decode(encode(_entry()).replace(*change))


@pytest.mark.parametrize("value", [1.5, float("nan"), 2**53, b"x", {1: 2}, "\ud800", {"a": [[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]}], ids=str)
def test_what_two_readers_could_read_differently_cannot_be_written(value: object) -> None:
    with pytest.raises(Broken):
        canonical(value)


def test_a_leaf_has_one_length_and_no_guess_matches_without_the_salt() -> None:
    salt = secrets.token_bytes(32)
    guesses = [encode(_entry(detail={"name": f"person {n}"})) for n in range(2_000)]
    made = [commitment.commit(salt, body) for body in guesses]
    assert {len(commitment.leaf(c)) for c in made} == {42}
    hidden = made[77]
    # Whoever sees the leaf only can hash every candidate: none gives the commitment.
    assert hidden not in {hashlib.sha256(body).digest() for body in guesses}
    assert hidden not in {commitment.commit(b"\0" * 32, body) for body in guesses}
    commitment.verify(hidden, salt, guesses[77])
    with pytest.raises(Unverified):
        commitment.verify(hidden, salt, guesses[78])
    with pytest.raises(Broken):
        commitment.commit(b"short", b"")
    with pytest.raises(Broken):
        commitment.opened(commitment.leaf(hidden)[:-1])


def test_a_field_can_be_shown_without_its_neighbours() -> None:
    name = Disclosure(name="name", salt="11" * 32, value="A. B.")
    path = Disclosure(name="path", salt="22" * 32, value="photo.jpg")
    entry = _entry(fields={d.name: d.digest for d in (name, path)})
    assert b"A. B." not in encode(entry)
    assert decode(encode(entry)).fields["path"] == path.digest
    shifted = Disclosure(name="nam", salt=name.salt, value="eA. B.")
    assert shifted.digest != name.digest


def _case(n: int) -> list[sequence.Link]:
    links, prev = [], None
    for seq in range(n):
        entry = _entry(seq, prev)
        prev = hashlib.sha256(b"%d" % seq).hexdigest()
        links.append(sequence.Link(index=10 + seq, commitment=prev, seq=seq, entry=entry))
    return links


def test_a_case_with_a_hole_a_double_or_a_swap_is_named() -> None:
    links = _case(6)
    assert sequence.verify(CASE, links, 6) == 6
    for gone in range(6):
        with pytest.raises(Unverified, match=f"missing seq {gone} "):
            sequence.verify(CASE, links[:gone] + links[gone + 1 :], 6)
    with pytest.raises(Unverified, match="taken twice"):
        sequence.verify(CASE, [*links, links[2]], 6)
    with pytest.raises(Unverified, match="beyond"):
        sequence.verify(CASE, links, 5)
    swapped = sequence.Link(index=12, commitment="f" * 64, seq=2, entry=links[2].entry)
    with pytest.raises(Unverified, match="entry 13 at seq 3"):
        sequence.verify(CASE, [*links[:2], swapped, *links[3:]], 6)
    erased = sequence.Link(index=12, commitment=links[2].commitment, seq=2, entry=None)
    assert sequence.verify(CASE, [*links[:2], erased, *links[3:]], 6) == 6


ANNA, BORIS, CARLA = (SigningKey(f"{n}.example", ED25519, bytes([s]) * 32) for n, s in (("anna", 5), ("boris", 6), ("carla", 7)))
STONE = tombstone.Tombstone(origin="example.org/log", index=3, commitment="a" * 64, case=CASE, seq=1, ground="consent_withdrawn", at=AT)


def test_a_tombstone_needs_two_different_known_officers() -> None:
    known = [ANNA.public, BORIS.public]
    signed = tombstone.sign(STONE, [ANNA, BORIS])
    assert tombstone.verify(note.parse(str(signed)), known) == STONE
    for few in ([ANNA], [ANNA, ANNA], []):
        with pytest.raises(Refused):
            tombstone.sign(STONE, few)
    with pytest.raises(Unverified):
        tombstone.verify(note.sign(STONE.text, [ANNA]), known)
    with pytest.raises(Unverified):
        tombstone.verify(note.sign(STONE.text, [ANNA, ANNA]), known)
    with pytest.raises(Unverified):
        tombstone.verify(tombstone.sign(STONE, [ANNA, CARLA]), known)
    with pytest.raises(Unverified):
        tombstone.verify(note.Note(text=signed.text.replace("index 3", "index 4"), signatures=signed.signatures), known)
    with pytest.raises(Broken):
        tombstone.parse(STONE.text.replace("consent_withdrawn", "because"))


LOG = SigningKey("example.org/log", ED25519, b"\1" * 32)
WITNESSES = [SigningKey("w.example", COSIGN_ED25519, b"\2" * 32), SigningKey("w.example", COSIGN_MLDSA44, b"\2" * 32)]
NOW_S = 1_491_000_000


class Kept:
    """A witness's memory in a dictionary."""

    def __init__(self) -> None:
        self.held: dict[str, tuple[int, bytes]] = {}

    def last(self, origin: str) -> tuple[int, bytes]:
        return self.held.get(origin, (0, b""))

    def advance(self, origin: str, before: tuple[int, bytes], after: tuple[int, bytes]) -> bool:
        if self.last(origin) != before:
            return False
        self.held[origin] = after
        return True


def _state(n: int, fork: int | None = None) -> tuple[Tree, note.Note]:
    tree = Tree()
    tree.append([b"%d%s" % (i, b"!" if i == fork else b"") for i in range(n)])
    return tree, checkpoint.sign(Checkpoint(origin=LOG.public.name, size=n, root=tree.root()), LOG)


def _post(kept: Kept, body: bytes) -> witness.Answer:
    return witness.answer(body, {LOG.public.name: [LOG.public]}, WITNESSES, kept, lambda: NOW_S)


def _submit(kept: Kept, tree: Tree, signed: note.Note, now_s: int = NOW_S) -> note.Signature:
    def send(body: bytes) -> tuple[int, bytes]:
        got = _post(kept, body)
        return got.status, got.body.encode()

    return witness.submit(signed, WITNESSES[0].public, lambda a, b: proof.consistency_path(tree.node, a, b), send, now_s)


def test_a_witness_follows_a_log_that_only_grows() -> None:
    kept = Kept()
    for n in (0, 1, 3, 3, 300):
        tree, signed = _state(n)
        line = _submit(kept, tree, signed)
        assert kept.last(LOG.public.name)[0] == n
        assert WITNESSES[0].public.verify(signed.text.encode(), line.value) == NOW_S


def test_a_witness_refuses_a_fork_and_a_roll_back() -> None:
    kept = Kept()
    _submit(kept, *_state(20))
    for size in (20, 25):
        with pytest.raises(Unverified, match="another history"):
            _submit(kept, *_state(size, fork=4))
    with pytest.raises(Unverified, match="rolled back"):
        _submit(kept, *_state(12))
    assert kept.last(LOG.public.name)[0] == 20


def test_a_witness_answers_each_wrong_request_with_the_status_of_the_protocol() -> None:
    kept = Kept()
    _, signed = _state(20)
    assert _post(kept, b"nonsense").status == 400
    assert _post(kept, b"old 01\n\n" + str(signed).encode()).status == 400
    assert _post(kept, witness.request(21, [], signed)).status == 400
    other = SigningKey("other.example/log", ED25519, b"\1" * 32)
    assert _post(kept, witness.request(0, [], checkpoint.sign(Checkpoint(origin="other.example/log", size=1, root=b"\1" * 32), other))).status == 404
    liar = SigningKey(LOG.public.name, ED25519, b"\x09" * 32)
    assert _post(kept, witness.request(0, [], checkpoint.sign(checkpoint.parse(signed.text), liar))).status == 403
    assert _post(kept, witness.request(0, [b"\0" * 32], signed)).status == 422
    assert _post(kept, witness.request(0, [], signed)).status == 200
    late = _post(kept, witness.request(0, [], signed))
    assert (late.status, late.body, late.content_type) == (409, "20\n", "text/x.tlog.size")
    bigger, newer = _state(25)
    assert _post(kept, witness.request(20, [b"\0" * 32], newer)).status == 422
    assert kept.last(LOG.public.name)[0] == 20
    both = _post(kept, witness.request(20, proof.consistency_path(bigger.node, 20, 25), newer))
    assert both.status == 200
    assert len(both.body.splitlines()) == 2


def test_a_witness_that_loses_the_race_answers_conflict_and_signs_nothing() -> None:
    class Racing(Kept):
        def advance(self, origin: str, before: tuple[int, bytes], after: tuple[int, bytes]) -> bool:
            self.held[origin] = (22, b"\5" * 32)
            return super().advance(origin, before, after)

    _, signed = _state(20)
    got = _post(Racing(), witness.request(0, [], signed))
    assert (got.status, got.body) == (409, "22\n")


def test_a_witness_with_a_wrong_clock_is_not_counted() -> None:
    with pytest.raises(Unverified, match="clock"):
        _submit(Kept(), *_state(3), now_s=NOW_S - 3 * 86400)
