"""Bundles before two judges that share no code: Témoin's own verifier and the one-file verifier. They must agree on everything."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import random
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from temoin.errors import Unverified
from temoin.seal import Evidence, bundle, container, note, proof, stamp, verify
from temoin.seal import policy as policies
from temoin.seal.board import Mandate
from temoin.seal.entry import canonical
from temoin.seal.key import COSIGN_MLDSA44, SigningKey
from tests.seal.authority import Authority, needs_openssl
from tests.seal.world import ANNA, BORIS, CARLA, CASE, FIRST, HOUSE, LOG, WITNESS, World, world

ALONE = Path(__file__).resolve().parents[2] / "verifier" / "temoin_verify.py"
Judge = Callable[..., object]


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("temoin_verify_alone", ALONE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


alone = _load()


@pytest.fixture(params=["library", "one file"])
def judge(request: pytest.FixtureRequest, tmp_path: Path) -> Judge:
    """Verify bytes with one of the judges; raises Unverified where they do not hold."""

    def library(
        raw: bytes,
        policy: str | None = None,
        roots: list[bytes] | None = None,
        given: list[Path] | None = None,
        earlier: tuple[bytes, ...] = (),
    ) -> Evidence:
        pinned = None if roots is None else [stamp.read_root(root) for root in roots]
        return verify(raw, trust=policies.parse(policy) if policy else None, roots=pinned, files=given or (), earlier=earlier)

    def one_file(
        raw: bytes,
        policy: str | None = None,
        roots: list[bytes] | None = None,
        given: list[Path] | None = None,
        earlier: tuple[bytes, ...] = (),
    ) -> object:
        path = tmp_path / "b.temoin"
        path.write_bytes(raw)
        words = {}
        if policy:
            words["policy_path"] = tmp_path / "policy.txt"
            words["policy_path"].write_text(policy)
        pems = []
        for n, root in enumerate(roots or []):
            pems.append(tmp_path / f"{n}.pem")
            pems[-1].write_bytes(root)
        try:
            before = [tmp_path / f"earlier{n}.temoin" for n in range(len(earlier))]
            for name, content in zip(before, earlier, strict=True):
                name.write_bytes(content)
            return alone.verify(path, root_paths=pems, given=given or [], earlier=before, **words)
        except (alone.Wrong, ValueError) as err:
            raise Unverified(str(err)) from err

    return library if request.param == "library" else one_file


def test_a_whole_log_a_case_and_a_receipt_verify(judge: Judge) -> None:
    made = world()
    assert judge(made.bundle())
    assert judge(made.bundle(scope="case", only_case=CASE))
    assert judge(made.bundle(scope="item", only_case=CASE, with_payloads=False))


def test_both_judges_find_the_same() -> None:
    raw = world().bundle()
    ours = verify(raw)
    assert [i.entry.kind for i in ours.items].count("capture") == 2
    assert [e.index for e in ours.erased] == [5]
    assert ours.cases[CASE] == 4
    assert not ours.trusted
    assert ours.items[4].disclosed == {"name": "première photo.jpg"}


def test_the_file_alone_verifies_in_an_empty_folder_with_the_network_off(tmp_path: Path) -> None:
    (tmp_path / "b.temoin").write_bytes(world().bundle())
    with zipfile.ZipFile(tmp_path / "b.temoin") as archive:
        (tmp_path / "temoin_verify.py").write_bytes(archive.read("verifier/temoin_verify.py"))
    # -I: no site of ours, no environment; sockets raise.
    code = (
        "import socket, sys, runpy\n"
        "def no(*a, **k): raise OSError('network')\n"
        "socket.socket = no\n"
        "assert not any(m.startswith('temoin') for m in sys.modules)\n"
        "sys.argv = ['temoin_verify.py', 'b.temoin', '--json']\n"
        "runpy.run_path('temoin_verify.py', run_name='__main__')\n"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["scope"], found["entries"], list(found["erased"])) == ("whole", 9, ["5"])
    (tmp_path / "b.temoin").write_bytes(world().bundle().replace(FIRST, FIRST[::-1]))
    done = subprocess.run([sys.executable, "-I", "temoin_verify.py", "b.temoin"], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 3
    assert "DOES NOT VERIFY" in done.stderr


def test_after_any_change_of_one_byte_neither_judge_is_content(judge: Judge) -> None:
    raw = world().bundle()
    seeded = random.Random(5)
    places = {seeded.randrange(len(raw)) for _ in range(60)}
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for info in archive.infolist():
            # one in the header, one in the name, one in the content of every file
            places |= {info.header_offset + seeded.randrange(30), info.header_offset + 30, info.header_offset + 30 + len(info.filename)}
    places |= set(range(len(raw) - 60, len(raw)))
    for at in sorted(places):
        bad = bytearray(raw)
        bad[at] ^= seeded.randrange(1, 256)
        with pytest.raises(Unverified):
            judge(bytes(bad))
    for cut in (0, 1, 1000, len(raw) - 1):
        with pytest.raises(Unverified):
            judge(raw[:cut])
    with pytest.raises(Unverified):
        judge(raw + b"\0")


RAW = world().bundle()


def lies_in(raw: bytes) -> list[tuple[int, int, int, str]]:
    """Where each file of a bundle lies: its header's start, its content's start, its end, its name."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        heads = [(info.header_offset, info.header_offset + 30 + len(info.filename), info) for info in archive.infolist()]
    return [(head, body, body + info.file_size, info.filename) for head, body, info in heads]


PLACES = lies_in(RAW)
#: The entry that each original of the test's log belongs to.
ENTRY_OF = {f"payloads/{sha256(content).hexdigest()}": index for index, content in ((4, FIRST), (6, b"of another case"))}


def right_words(said: str, name: str) -> bool:
    """Whether a refusal names the file, and for what belongs to an entry its number."""
    numbered = re.fullmatch(r"\w+/0*(\d+)\.[\w-]+", name)
    index = int(numbered[1]) if numbered else ENTRY_OF.get(name)
    return name in said and (index is None or bool(re.search(rf"entry {index}\b", said)))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(PLACES), st.floats(0, 1, exclude_max=True), st.integers(1, 255))
def test_a_refusal_names_the_very_item_in_which_a_byte_was_changed(judge: Judge, place: tuple[int, int, int, str], share: float, flip: int) -> None:
    _, start, stop, name = place
    bad = bytearray(RAW)
    bad[start + int(share * (stop - start))] ^= flip
    with pytest.raises(Unverified) as refused:
        judge(bytes(bad))
    assert right_words(str(refused.value), name), f"{name}: {refused.value}"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(RAW) - 1), st.integers(1, 255))
def test_a_byte_changed_anywhere_is_refused_with_the_file_or_the_container_named(judge: Judge, at: int, flip: int) -> None:
    bad = bytearray(RAW)
    bad[at] ^= flip
    name = next((name for head, _, stop, name in PLACES if head <= at < stop), "")
    with pytest.raises(Unverified) as refused:
        judge(bytes(bad))
    assert (name and name in str(refused.value)) or re.search("container|bundle|directory", str(refused.value)), refused.value


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([name for *_, name in PLACES if not name.startswith(("MANIFEST", "checkpoint", "policy"))]), st.floats(0, 1, exclude_max=True))
def test_who_packs_a_changed_file_anew_without_the_key_is_refused_with_its_name(judge: Judge, name: str, share: float) -> None:
    """The forger mends every checksum of the container; the log's signature over the manifest is what he lacks."""
    held = {other: RAW[start:stop] for _, start, stop, other in PLACES}
    at = int(share * len(held[name]))
    held[name] = held[name][:at] + bytes([held[name][at] ^ 1]) + held[name][at + 1 :]
    out = io.BytesIO()
    container.write(out, sorted(held.items()))
    with pytest.raises(Unverified) as refused:
        judge(out.getvalue())
    assert right_words(str(refused.value), name), f"{name}: {refused.value}"


@pytest.mark.parametrize("gone", [4, 7, 8])
def test_a_dropped_entry_is_missed_by_name_though_the_log_signs_the_bundle(judge: Judge, gone: int) -> None:
    made = world()
    case, seq = made.places[gone]
    counts = {c: sum(1 for x, _ in made.places if x == c) for c in {x for x, _ in made.places}}
    wanted = f"{case}: missing seq {seq} " if gone == 4 else "missing|does not end|neither"
    with pytest.raises(Unverified, match=wanted):
        judge(made.bundle(leave_out=(gone,), counts=counts))


def test_the_tail_of_a_case_cannot_be_held_back(judge: Judge) -> None:
    """The owner lowers the count to hide the last entries: then the case does not end with its export."""
    made = world(closed=False)
    with pytest.raises(Unverified, match="does not end with the entry of its export"):
        judge(made.bundle(scope="case", only_case=CASE))
    made.close()
    made.seal("capture", content=b"sealed after the export was made")
    made.close()
    counts = {HOUSE: 4, CASE: 4}
    raw = made.bundle(scope="case", only_case=CASE, leave_out=(len(made.rows) - 1, len(made.rows) - 2), counts=counts)
    assert judge(raw)  # what was exported then is whole as of then, and says so by its count
    with pytest.raises(Unverified):
        judge(made.bundle(scope="case", only_case=CASE, leave_out=(len(made.rows) - 1,), counts={HOUSE: 4, CASE: 5}))


def test_an_officer_revoked_cannot_be_hidden_by_a_shorter_key_case(judge: Judge) -> None:
    made = world(erased=False, closed=False)
    boris = str(BORIS.public)
    revoked = made.decide("key-event", HOUSE, "revoke-officer", boris, ANNA, CARLA, role="officer", action="revoke", vkey=boris)
    made.erase(5, ANNA, BORIS)
    made.close()
    with pytest.raises(Unverified, match=r"tombstone 8.*1 officer"):
        judge(made.bundle(scope="case", only_case=CASE))
    with pytest.raises(Unverified):
        judge(made.bundle(scope="case", only_case=CASE, leave_out=(revoked,), counts={HOUSE: 4, CASE: 4}))


DORA = SigningKey("dora.example", 1, b"\x0d" * 32)


def rogue(signers: tuple[SigningKey, ...], act: str = "add-officer", at: int = 0) -> World:
    """The owner of the log names a new officer with whatever mandate, who then erases together with Anna."""
    made = world(erased=False, closed=False)
    dora, seq = str(DORA.public), sum(1 for c, _ in made.places if c == HOUSE)
    mandate = Mandate(origin=LOG.public.name, act=act, subject=dora, case=HOUSE, seq=seq + at, at="2017-04-01T09:30:00Z")
    signed = {"note": str(note.sign(mandate.text, signers))} if signers else {}
    made.seal("key-event", HOUSE, role="officer", action="add", vkey=dora, **signed)
    made.erase(5, ANNA, DORA)
    made.close()
    return made


WITHOUT_MANDATE: dict[str, World] = {
    "nobody signed": rogue(()),
    "one officer signed": rogue((ANNA,)),
    "one officer signed twice": rogue((ANNA, ANNA)),
    "the new one signed herself in": rogue((ANNA, DORA)),
    "the log signed": rogue((LOG, ANNA)),
    "signed for another act": rogue((ANNA, BORIS), act="revoke-officer"),
    "signed for an earlier place": rogue((ANNA, BORIS), at=-1),
}


@pytest.mark.parametrize("name", WITHOUT_MANDATE)
def test_the_owner_of_the_log_cannot_make_an_officer_alone(judge: Judge, name: str) -> None:
    with pytest.raises(Unverified, match=r"entry 7: .*(mandate|signature)"):
        judge(WITHOUT_MANDATE[name].bundle(scope="case", only_case=CASE))


def test_two_officers_can_name_another_who_then_counts(judge: Judge) -> None:
    assert judge(rogue((ANNA, BORIS)).bundle(scope="case", only_case=CASE))


def held(*, of: int | None = 5, lifters: tuple[SigningKey, ...] = (), case: str = CASE) -> World:
    """A hold is placed, perhaps lifted, and then the entry is erased all the same."""
    made = world(erased=False, closed=False)
    hold = made.seal("hold", case, action="place", index=of)
    if lifters:
        made.decide("hold", case, "lift-hold", str(hold), *lifters, action="lift", hold=hold)
    made.erase(5, ANNA, BORIS)
    made.close()
    made.close("d" * 32)
    return made


def derived(**changed: object) -> World:
    """A copy that says it was made from entry 4, or says something else."""
    made = world(erased=False, closed=False)
    made.seal("derive", content=b"a public copy", **{"parent": 4, "commitment": made.commits[4].hex(), "operation": "rebuilt", **changed})
    made.close()
    made.close("d" * 32)
    return made


LYING = [{"parent": 5}, {"parent": 7}, {"parent": 99}, {"parent": -1}, {"parent": True}, {"parent": None}, {"parent": "4"}, {"commitment": "0" * 64}]


def test_a_copy_names_the_very_original_it_was_made_from(judge: Judge) -> None:
    assert judge(derived().bundle())
    assert judge(derived().bundle(scope="case", only_case=CASE))
    for changed in LYING:
        with pytest.raises(Unverified, match="entry 7 says that it was made from"):
            judge(derived(**changed).bundle())


@pytest.mark.parametrize("of", [5, None], ids=["the item", "the case"])
def test_no_verifier_accepts_an_erasure_of_what_was_held(judge: Judge, of: int | None) -> None:
    with pytest.raises(Unverified, match="entry 5 is under the legal hold of entry 7"):
        judge(held(of=of).bundle())
    for lifters in ((ANNA,), (ANNA, DORA), (LOG, ANNA)):
        with pytest.raises(Unverified, match=r"entry 8: .*mandate"):
            judge(held(of=of, lifters=lifters).bundle())
    assert judge(held(of=of, lifters=(CARLA, BORIS)).bundle())
    assert judge(held(of=4).bundle())  # another item is held
    assert judge(held(of=of, case="d" * 32).bundle())  # another case


@pytest.mark.parametrize("signers", [(ANNA,), (ANNA, ANNA), (ANNA, SigningKey("x.example", 1, b"\x55" * 32))], ids=["one", "twice", "a stranger"])
def test_a_tombstone_without_two_officers_is_refused(judge: Judge, signers: tuple[SigningKey, ...]) -> None:
    made = world(erased=False, closed=False)
    made.erase(5, *signers)
    made.close()
    with pytest.raises(Unverified, match=r"tombstone 7: .*officer"):
        judge(made.bundle(scope="case", only_case=CASE))


def test_a_third_officer_may_sign_too(judge: Judge) -> None:
    made = world(erased=False, closed=False)
    made.erase(5, CARLA, ANNA, BORIS)
    made.close()
    assert judge(made.bundle(scope="case", only_case=CASE))


def test_an_item_that_vanished_without_a_tombstone_is_refused(judge: Judge) -> None:
    made = world(erased=False)
    made.rows[5] = None
    with pytest.raises(Unverified):
        judge(made.bundle())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("README.txt", b"All is well.\n"),
        ("salts/000000000004.txt", b"00" * 32 + b"\n"),
        ("entries/000000000004.json", b"{}"),
        ("disclosures/000000000004.json", canonical([{"name": "name", "salt": "00" * 32, "value": "somebody else"}])),
        ("payloads/" + "0" * 64, b"not sealed"),
        ("salts/000000000999.txt", b"00" * 32 + b"\n"),
        ("proofs/000000000005.tlog-proof", b"c2sp.org/tlog-proof@v1\nindex 5\n\nx\n"),
        ("stamps/x.tsr", b"0"),
        ("policy.txt", b"quorum none\n"),
    ],
)
def test_the_owner_of_the_log_cannot_sign_what_was_not_sealed(judge: Judge, name: str, content: bytes) -> None:
    """The manifest is signed anew each time: what fails is the seal itself. The README is the owner's to write."""
    raw = world().bundle(change={name: content})
    if name == "README.txt":
        assert judge(raw)
        return
    with pytest.raises(Unverified):
        judge(raw)


def test_keys_from_elsewhere_decide(judge: Judge) -> None:
    made = world()
    good = f"log {LOG.public}\nquorum none\n"
    assert judge(made.bundle(), good)
    thief = SigningKey(LOG.public.name, 1, b"\x66" * 32)
    with pytest.raises(Unverified, match="known"):
        judge(made.bundle(), f"log {thief.public}\nquorum none\n")


def test_a_quorum_of_witnesses_is_asked_for_and_found(judge: Judge) -> None:
    made = world()
    second = SigningKey("second.example", COSIGN_MLDSA44, b"\x77" * 32)
    policy = f"log {LOG.public}\nwitness a {WITNESS.public}\nwitness b {second.public}\ngroup g all a b\nquorum g\n"
    assert judge(made.bundle(policy=policy, signed=made.checkpoint(None, WITNESS, second)))
    with pytest.raises(Unverified, match="quorum"):
        judge(made.bundle(policy=policy, signed=made.checkpoint(None, WITNESS)))
    with pytest.raises(Unverified, match="quorum"):
        judge(made.bundle(), policy)


def test_the_original_is_matched_and_another_file_is_not(judge: Judge, tmp_path: Path) -> None:
    right, wrong = tmp_path / "a.txt", tmp_path / "b.txt"
    right.write_bytes(FIRST)
    wrong.write_bytes(FIRST + b" ")
    receipt = world().bundle(scope="item", only_case=CASE, with_payloads=False)
    assert judge(receipt, given=[right])
    with pytest.raises(Unverified, match="is not what was sealed"):
        judge(receipt, given=[wrong])


def test_a_fork_is_proven_by_two_bundles_alone(judge: Judge) -> None:
    first, second = world(closed=False), world(erased=False, closed=False)  # the same owner, two histories from entry 7 on
    receipt = first.bundle(scope="item", only_case=CASE, with_payloads=False)
    for made in (first, second):
        made.seal("capture", content=b"sealed later")
        made.close()
        made.close("d" * 32)
    whole, other = first.bundle(), second.bundle()
    assert judge(whole, earlier=(receipt, whole))
    with pytest.raises(Unverified, match="fork"):
        judge(other, earlier=(receipt,))
    with pytest.raises(Unverified, match="older"):
        judge(receipt, earlier=(whole,))
    with pytest.raises(Unverified, match="does not show"):
        judge(first.bundle(scope="case", only_case=CASE), earlier=(receipt,))
    with pytest.raises(Unverified):
        judge(whole, earlier=(b"",))


@needs_openssl
@pytest.mark.parametrize("key", ["rsa:2048", "P-256"])
def test_stamps_over_an_earlier_checkpoint_count_and_forged_ones_do_not(judge: Judge, tmp_path: Path, key: str) -> None:
    made = world()
    authority, other = Authority(tmp_path / "a", "One", key), Authority(tmp_path / "b", "One", key)
    earlier = made.checkpoint(6)
    for chain in (False, True):
        reply, _ = stamp.take(
            earlier.text.encode(),
            [stamp.read_root(authority.root)],
            lambda q, chain=chain: authority.answer(q, chain=chain),  # type: ignore[misc]
            lambda: datetime.now(UTC),
        )
        path = tuple(proof.consistency_path(made.tree.node, 6, len(made.rows)))
        good = bundle.Stamped(name="000000000006-one", checkpoint=earlier, consistency=path, reply=reply, root_pem=authority.root)
        assert judge(made.bundle(stamps=(good,)))
        assert judge(made.bundle(stamps=(good,)), roots=[authority.root])
        with pytest.raises(Unverified):
            judge(made.bundle(stamps=(good,)), roots=[other.root])
    later = made.checkpoint(7)
    for bad in (
        bundle.Stamped(name=good.name, checkpoint=later, consistency=path, reply=reply, root_pem=authority.root),
        bundle.Stamped(name=good.name, checkpoint=earlier, consistency=path[:-1], reply=reply, root_pem=authority.root),
        bundle.Stamped(name=good.name, checkpoint=earlier, consistency=path, reply=reply[:-1] + bytes([reply[-1] ^ 1]), root_pem=authority.root),
        bundle.Stamped(name=good.name, checkpoint=earlier, consistency=path, reply=b"", root_pem=authority.root),
    ):
        with pytest.raises(Unverified):
            judge(made.bundle(stamps=(bad,)))


odd = st.none() | st.booleans() | st.integers(-3, 9) | st.text(max_size=5) | st.lists(st.integers(0, 3), max_size=2)
oddly = st.fixed_dictionaries(
    {},
    optional={
        "role": odd | st.just("officer"),
        "action": odd | st.sampled_from(["add", "revoke", "export", "place", "lift"]),
        "vkey": odd | st.sampled_from([str(ANNA.public), str(ANNA.public)[:-4], str(WITNESS.public)]),
        "note": odd | st.just("temoin/tombstone/v1\norigin x\n\n— a.example AAAAAAA=\n"),
        "closing": odd,
        "house": odd,
        "index": odd,
        "hold": odd | st.integers(4, 9),
        "parent": odd,
        "commitment": odd,
    },
)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["key-event", "tombstone", "custody", "hold", "anchor", "derive"]), st.booleans(), oddly), min_size=1, max_size=3
    )
)
def test_whatever_an_owner_seals_both_judges_agree_and_neither_stumbles(sealed: list[tuple[str, bool, dict[str, object]]]) -> None:
    made = world(erased=False, closed=False)
    for kind, in_house, detail in sealed:
        made.seal(kind, HOUSE if in_house else CASE, **detail)
    made.close()
    made.close("d" * 32)
    raw = made.bundle()
    try:
        ours = verify(raw).root
    except Unverified:
        ours = "refused"
    with tempfile.NamedTemporaryFile(suffix=".temoin") as handle:
        handle.write(raw)
        handle.flush()
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            code = alone.main([handle.name])
    assert (code, ours == "refused") in ((0, False), (3, True)), out.getvalue()
    assert "Traceback" not in out.getvalue()


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(exclude_categories=["Cs"])),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=9), inner, max_size=4),
        max_leaves=10,
    )
)
def test_both_judges_have_the_same_one_spelling(value: object) -> None:
    assert alone.strict_json(canonical(value)) == value
