"""The page that verifies in a browser, run by Node from the very file: it agrees with the other two judges, and fails with words."""

from __future__ import annotations

import base64
import io
import json
import random
import re
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from temoin.errors import Unverified
from temoin.seal import bundle, proof, stamp, verify
from temoin.seal.key import COSIGN_MLDSA44, SigningKey
from tests.seal.authority import Authority, needs_openssl
from tests.seal.world import ANNA, BORIS, CARLA, CASE, FIRST, LOG, WITNESS, world
from tests.verifier.test_bundles import LYING, PLACES, RAW, WITHOUT_MANDATE, derived, held, right_words, rogue

PAGE = Path(__file__).resolve().parents[2] / "verifier" / "verify.html"
RUN = Path(__file__).with_name("page.mjs")
pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")


def _judge(folder: Path, *asked: bytes | tuple[bytes, dict[str, Any]]) -> list[dict[str, Any]]:
    words = []
    for n, one in enumerate(asked):
        raw, more = one if isinstance(one, tuple) else (one, {})
        (folder / f"{n}.temoin").write_bytes(raw)
        words.append({"path": str(folder / f"{n}.temoin"), **more})
    done = subprocess.run(["node", str(RUN), str(PAGE)], input=json.dumps(words), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_page_asks_nobody_for_anything() -> None:
    page = PAGE.read_text()
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href|url)\s*[=(]|https?://|fetch\(|XMLHttp|import\s*\(|innerHTML|eval\(", page)


def test_the_page_finds_what_the_others_find(tmp_path: Path) -> None:
    made = world()
    original = tmp_path / "a.txt"
    original.write_bytes(FIRST)
    whole, case = made.bundle(), made.bundle(scope="case", only_case=CASE)
    item = made.bundle(scope="item", only_case=CASE, with_payloads=False)
    got = _judge(tmp_path, whole, case, item, (item, {"originals": [str(original)], "policy": str(LOG.public)}))
    for one, raw in zip(got, (whole, case, item, item), strict=True):
        assert "found" in one, one
        ours = verify(raw)
        assert (one["found"]["size"], one["found"]["root"], one["found"]["scope"]) == (ours.size, ours.root, ours.scope)
        assert sorted(e["index"] for e in one["found"]["entries"]) == [i.index for i in ours.items]
        assert {e["index"]: e["disclosed"] for e in one["found"]["entries"]} == {i.index: i.disclosed for i in ours.items}
    assert got[3]["found"]["matched"] == [{"name": str(original), "index": 4}]
    assert got[3]["found"]["trusted"]


def test_after_any_change_of_one_byte_the_page_is_not_content(tmp_path: Path) -> None:
    raw, seeded, places = world().bundle(), random.Random(7), set()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for info in archive.infolist():
            places |= {info.header_offset + seeded.randrange(30), info.header_offset + 30 + len(info.filename)}
    places |= set(range(len(raw) - 22, len(raw)))
    bad = []
    for at in sorted(places):
        changed = bytearray(raw)
        changed[at] ^= seeded.randrange(1, 256)
        bad.append(bytes(changed))
    got = _judge(tmp_path, *bad, b"", raw[:-1], raw + b"\0", raw[:1000])
    assert all(one.get("kind") == "Wrong" for one in got), [one for one in got if one.get("kind") != "Wrong"]


def test_the_page_names_the_very_item_in_which_a_byte_was_changed(tmp_path: Path) -> None:
    seeded, bad, names = random.Random(9), [], []
    for _, start, stop, name in PLACES:
        for at in {start, stop - 1, seeded.randrange(start, stop)}:
            changed = bytearray(RAW)
            changed[at] ^= seeded.randrange(1, 256)
            bad.append(bytes(changed))
            names.append(name)
    for one, name in zip(_judge(tmp_path, *bad), names, strict=True):
        assert right_words(one.get("wrong", ""), name), (name, one)
    photo = next(one for one, name in zip(_judge(tmp_path, *bad), names, strict=True) if name.startswith("payloads/") and "entry 4" in one["wrong"])
    assert "“première photo.jpg”" in photo["wrong"]


def test_the_page_refuses_what_the_others_refuse(tmp_path: Path) -> None:
    one_officer = world(erased=False, closed=False)
    one_officer.erase(5, ANNA)
    one_officer.close()
    held_back = world(closed=False)
    stranger = SigningKey(LOG.public.name, 1, b"\x66" * 32)
    made = world()
    bad: list[bytes | tuple[bytes, dict[str, Any]]] = [
        one_officer.bundle(scope="case", only_case=CASE),
        held_back.bundle(scope="case", only_case=CASE),
        made.bundle(leave_out=(7,), counts=verify(made.bundle()).cases),
        made.bundle(change={"salts/000000000004.txt": b"00" * 32 + b"\n"}),
        (made.bundle(), {"policy": str(stranger.public)}),
        (made.bundle(), {"policy": f"log {LOG.public}\nwitness w {WITNESS.public}\nquorum w\n"}),
        (made.bundle(), {"originals": [str(PAGE)]}),
    ]
    for raw in (b for b in bad[:4] if isinstance(b, bytes)):
        with pytest.raises(Unverified):
            verify(raw)
    got = _judge(tmp_path, *bad)
    words = ["1 officer", "does not end", "missing|does not end|neither", "entry 4", "not signed by a known log", "too few witnesses"]
    words.append("is not what was sealed")
    for one, wanted in zip(got, words, strict=True):
        assert re.search(wanted, one.get("wrong", "")), one


def test_the_page_refuses_officers_and_erasures_without_a_mandate_as_the_others_do(tmp_path: Path) -> None:
    bad = [made.bundle(scope="case", only_case=CASE) for made in WITHOUT_MANDATE.values()]
    bad += [held().bundle(), held(of=None).bundle(), held(lifters=(ANNA,)).bundle(), held(lifters=(LOG, ANNA)).bundle()]
    good = [rogue((ANNA, BORIS)).bundle(scope="case", only_case=CASE), held(lifters=(CARLA, BORIS)).bundle(), held(of=4).bundle()]
    got = _judge(tmp_path, *bad, *good)
    words = (
        [r"entry 7: .*(mandate|signature)"] * len(WITHOUT_MANDATE) + ["entry 5 is under the legal hold of entry 7"] * 2 + ["entry 8: .*mandate"] * 2
    )
    for one, wanted in zip(got, words, strict=False):
        assert re.search(wanted, one.get("wrong", "")), one
    lying = _judge(tmp_path, *(derived(**changed).bundle() for changed in LYING), derived().bundle())
    assert all("entry 7 says that it was made from" in one.get("wrong", "") for one in lying[:-1])
    assert {e["index"]: e.get("parent") for e in lying[-1]["found"]["entries"]}[7] == 4
    assert all("found" in one for one in got[len(bad) :]), got[len(bad) :]


def test_the_page_counts_witnesses_it_can_compute(tmp_path: Path) -> None:
    made = world()
    second = SigningKey("second.example", COSIGN_MLDSA44, b"\x77" * 32)
    policy = f"log {LOG.public}\nwitness a {WITNESS.public}\nwitness b {second.public}\ngroup g 1 a b\nquorum g\n"
    good = made.bundle(policy=policy, signed=made.checkpoint(None, WITNESS, second))
    both = made.bundle(policy=policy.replace("group g 1", "group g all"), signed=made.checkpoint(None, WITNESS, second))
    got = _judge(tmp_path, good, both)
    assert got[0]["found"]["witnesses"] == [{"name": "witness.example", "time": 1_491_040_000}]
    assert "too few witnesses" in got[1]["wrong"]  # it fails closed where it cannot compute


@needs_openssl
def test_the_page_checks_time_stamps(tmp_path: Path) -> None:
    made = world()
    earlier = made.checkpoint(6)
    path = tuple(proof.consistency_path(made.tree.node, 6, len(made.rows)))
    for n, key in enumerate(("rsa:2048", "P-256")):
        authority, twin = Authority(tmp_path / f"a{n}", "One", key), Authority(tmp_path / f"b{n}", "One", key)
        replies = [
            stamp.take(
                earlier.text.encode(),
                [stamp.read_root(authority.root)],
                lambda q, authority=authority, chain=chain: authority.answer(q, chain=chain),  # type: ignore[misc]
                lambda: datetime.now(UTC),
            )
            for chain in (False, True)
        ]

        def with_stamp(reply: bytes, root: bytes, signed: Any = earlier) -> bytes:
            one = bundle.Stamped(name="000000000006-one", checkpoint=signed, consistency=path, reply=reply, root_pem=root)
            return made.bundle(stamps=(one,))

        flipped = replies[0][0][:-1] + bytes([replies[0][0][-1] ^ 1])
        got = _judge(
            tmp_path,
            *(with_stamp(reply, authority.root) for reply, _ in replies),
            with_stamp(replies[0][0], twin.root),
            with_stamp(flipped, authority.root),
            with_stamp(replies[0][0], authority.root, made.checkpoint(7)),
        )
        assert [one["found"]["stamps"][0]["at"][:19] for one in got[:2]] == [s.at.isoformat()[:19] for _, s in replies]
        assert all(one.get("kind") == "Wrong" and "stamps/" in one["wrong"] for one in got[2:]), got[2:]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed")
def test_a_browser_opened_from_the_disk_says_the_verdict(tmp_path: Path) -> None:
    """The page itself, in a browser, by a file put into its own field: it says the verdict, and no request leaves it."""
    good, bad = world().bundle(), world().bundle().replace(FIRST, FIRST[::-1])
    for name, raw, wanted in (("good", good, "x.temoin verifies"), ("bad", bad, "x.temoin does not verify")):
        hand = (
            "<script>const dt = new DataTransfer();"
            f"dt.items.add(new File([Uint8Array.from(atob('{base64.b64encode(raw).decode()}'), c => c.charCodeAt(0))], 'x.temoin'));"
            "const field = document.getElementById('bundle'); field.files = dt.files; field.dispatchEvent(new Event('change'));</script>"
        )
        page = tmp_path / f"{name}.html"
        page.write_text(PAGE.read_text().replace("</body>", hand + "</body>"))
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking"]
        flags += [f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=30000", "--window-size=390,1400"]
        done = subprocess.run(["chromium", *flags, "--dump-dom", page.as_uri()], capture_output=True, text=True, timeout=90)
        assert f">{wanted}</p>" in done.stdout, done.stdout[-2000:]
