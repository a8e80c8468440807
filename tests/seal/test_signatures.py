"""Keys, notes, checkpoints, policies, receipts: what a signature vouches for, and what it refuses to."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from temoin.errors import Broken, Misused, TemoinError, Unverified
from temoin.seal import checkpoint, note, policy, proof, receipt
from temoin.seal.checkpoint import Checkpoint
from temoin.seal.key import COSIGN_ED25519, COSIGN_MLDSA44, ED25519, SigningKey, VerifyingKey
from temoin.seal.tree import Tree

LOG = SigningKey("example.org/log", ED25519, b"\1" * 32)
W1 = SigningKey("w1.example", COSIGN_ED25519, b"\2" * 32)
W2 = SigningKey("w2.example", COSIGN_MLDSA44, b"\3" * 32)
W3 = SigningKey("w3.example", COSIGN_ED25519, b"\4" * 32)
NOW_S = 1_491_000_000


def _signed(size: int = 5, *witnesses: SigningKey, root: bytes = b"\7" * 32) -> note.Note:
    signed = checkpoint.sign(Checkpoint(origin=LOG.public.name, size=size, root=root), LOG)
    lines = tuple(checkpoint.cosign(signed, w, NOW_S) for w in witnesses)
    return note.Note(text=signed.text, signatures=signed.signatures + lines)


@pytest.mark.parametrize("key", [LOG, W1, W2], ids=["ed25519", "cosign-ed25519", "cosign-mldsa44"])
def test_keys_of_all_kinds_travel_as_text_and_sign_what_they_verify(key: SigningKey) -> None:
    assert VerifyingKey.parse(str(key.public)) == key.public
    again = SigningKey.parse(key.export())
    assert again.public == key.public
    text = _signed().text.encode()
    signature = again.sign(text, NOW_S)
    assert key.public.verify(text, signature) == (NOW_S if key.public.cosigns else None)
    for at in (0, 9, len(signature) - 1):
        bad = bytearray(signature)
        bad[at] ^= 1
        with pytest.raises(Unverified):
            key.public.verify(text, bytes(bad))
    with pytest.raises(Unverified):
        key.public.verify(text.replace(b"5", b"6"), signature)


@pytest.mark.parametrize("key", [LOG, W1, W2], ids=["ed25519", "cosign-ed25519", "cosign-mldsa44"])
def test_no_secret_stands_in_a_repr_or_an_error(key: SigningKey) -> None:
    secret = key.export().rsplit("+", 1)[1]
    assert secret not in repr(key)
    for cut in (0, 10, 40, len(key.export()) - 3):
        with pytest.raises(Broken) as caught:
            SigningKey.parse(key.export()[:cut] + "#" + key.export()[cut + 1 :])
        assert secret[:20] not in str(caught.value) + str(caught.value.hint) + repr(caught.value.__cause__)


def test_an_ml_dsa_cosignature_commits_to_its_cosigners_name() -> None:
    text = _signed().text.encode()
    twin = VerifyingKey("other.example", COSIGN_MLDSA44, W2.public.public)
    with pytest.raises(Unverified):
        twin.verify(text, W2.sign(text, NOW_S))


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u2003b", "a\nb"])
def test_a_name_that_a_signature_line_cannot_carry_is_refused(name: str) -> None:
    with pytest.raises(Misused):
        SigningKey(name, ED25519, b"\1" * 32)


def test_a_failing_signature_by_a_known_key_refuses_the_whole_note() -> None:
    good = _signed(5, W1)
    first, second = good.signatures
    broken = note.Signature(name=second.name, key_id=second.key_id, value=second.value[:-1] + bytes([second.value[-1] ^ 1]))
    with pytest.raises(Unverified, match=r"w1\.example"):
        note.signed_by(note.Note(text=good.text, signatures=(first, broken)), [LOG.public, W1.public])
    # The same broken line by a key nobody knows is no reason to refuse.
    assert note.signed_by(note.Note(text=good.text, signatures=(first, broken)), [LOG.public])
    with pytest.raises(Unverified, match="no signature by a known key"):
        note.signed_by(good, [W3.public])


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_note_with_any_byte_changed_is_refused(data: st.DataObject) -> None:
    raw = bytearray(str(_signed(5, W1)).encode())
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    trust = policy.parse(f"log {LOG.public}\nwitness w {W1.public}\nquorum w\n")
    with pytest.raises(TemoinError):
        trust.verify(note.parse(bytes(raw)))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_make_the_readers_fail_in_another_way(raw: bytes) -> None:
    for read in (note.parse, receipt.parse, policy.parse):
        with contextlib.suppress(TemoinError):
            read(raw)


@pytest.mark.parametrize("text", ["a\n1\n", "a\n01\n" + "A" * 43 + "=\n", "a\n-1\n" + "A" * 43 + "=\n", "a\n1\nAAAA\n", "\n1\n" + "A" * 43 + "=\n"])
def test_a_checkpoint_is_read_strictly(text: str) -> None:
    with pytest.raises(Broken):
        checkpoint.parse(text)


def test_a_checkpoint_of_another_log_is_refused_though_its_signature_holds() -> None:
    text = Checkpoint(origin="other.example/log", size=1, root=b"\1" * 32).text
    with pytest.raises(Unverified, match=r"other\.example"):
        checkpoint.verify(note.sign(text, [LOG]), LOG.public)
    with pytest.raises(Broken):
        checkpoint.sign(Checkpoint(origin="other.example/log", size=1, root=b"\1" * 32), LOG)


POLICY = (
    f"# who must have seen it\nlog {LOG.public} https://example.org/log\nwitness one {W1.public}\nwitness two {W2.public}\n"
    f"\twitness three {W3.public}\ngroup most 2 one two three\nquorum most\n"
)


def test_a_quorum_counts_witnesses_and_names_the_absent() -> None:
    trust = policy.parse(POLICY)
    assert policy.parse(str(trust)) == trust
    assert {s.key.name for s in trust.verify(_signed(5, W1, W2)).cosigned} == {"w1.example", "w2.example"}
    for absent in ((), (W1,), (W1, W1)):
        with pytest.raises(Unverified, match=r"quorum most is not reached.*three"):
            trust.verify(_signed(5, *absent))


@pytest.mark.parametrize(
    "change",
    [
        ("quorum most\n", ""),
        ("quorum most\n", "quorum most\nquorum most\n"),
        ("quorum most", "quorum nobody"),
        ("group most 2 one two three", "group most 4 one two three"),
        ("group most 2 one two three", "group most 0 one two three"),
        ("group most 2 one two three", "group most 2 one one two"),
        ("group most 2 one two three", "group none 2 one two"),
        ("witness two", "witness one"),
        (f"witness two {W2.public}", f"witness two {W1.public}"),
        (f"witness one {W1.public}", f"witness one {LOG.public}"),
        ("# who", "\r# who"),
        ("log ", "lag "),
    ],
)
def test_a_policy_is_read_strictly(change: tuple[str, str]) -> None:
    with pytest.raises(Broken):
        policy.parse(POLICY.replace(*change))


def test_groups_of_groups_are_counted() -> None:
    trust = policy.parse(POLICY.replace("group most 2 one two three\nquorum most", "group a any one two\ngroup b all a three\nquorum b"))
    assert trust.verify(_signed(5, W2, W3))
    with pytest.raises(Unverified):
        trust.verify(_signed(5, W1, W2))


def test_a_receipt_verifies_without_the_log_and_reads_back_the_same() -> None:
    tree = Tree()
    tree.append([b"entry %d" % n for n in range(37)])
    signed = _signed(37, root=tree.root())
    made = receipt.Receipt(index=20, path=tuple(proof.inclusion_path(tree.node, 20, 37)), checkpoint=signed, extra=b"a hint")
    again = receipt.parse(str(made))
    assert again == made
    assert receipt.verify(again, b"entry 20", LOG.public).size == 37
    assert receipt.verify(again, b"entry 20", policy.only(LOG.public)).size == 37
    with pytest.raises(Unverified):
        receipt.verify(again, b"entry 21", LOG.public)
    with pytest.raises(Unverified):
        receipt.verify(receipt.Receipt(index=21, path=made.path, checkpoint=signed), b"entry 20", LOG.public)
    for change in (("index 20", "index 020"), ("tlog-proof@v1", "tlog-proof@v2"), ("extra ", "Extra "), ("\n\n", "\n", 1)):
        with pytest.raises(Broken):
            receipt.parse(str(made).replace(*change))
