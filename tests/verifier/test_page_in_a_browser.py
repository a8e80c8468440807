"""The verifier's page before a judge: in a real browser, offline, by its own fields; what it says is plain, and nothing leaves it.

Needs playwright and Chromium; the accessibility check needs axe-core, as tests/publish/test_page_in_a_browser.py tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.publish.test_page_in_a_browser import AXE, CHROMIUM, needs_axe
from tests.seal.world import ANNA, BORIS, FIRST, LOG, world

PAGE = Path(__file__).resolve().parents[2] / "verifier" / "verify.html"
pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]
HOSTILE = '<img src=x onerror="document.title=1">\u202e.jpg'


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--no-first-run"])
        yield made
        made.close()


@pytest.fixture
def judged(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Open the page, fill its fields, wait for the verdict; afterwards: nothing but the page itself was ever asked for."""
    asked: list[str] = []
    contexts = []

    def judge(raw: bytes, *, key: str = "", original: Path | None = None, **how: Any) -> Any:
        context = browser.new_context(offline=True, **how)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: asked.append(str(error)))
        page.goto(PAGE.as_uri())
        if key:
            page.fill("#key", key)
        if original:
            page.set_input_files("#originals", str(original))
        (tmp_path / "evidence.temoin").write_bytes(raw)
        page.set_input_files("#bundle", str(tmp_path / "evidence.temoin"))
        page.wait_for_selector("#verdict.good, #verdict.bad")
        return page

    yield judge
    for context in contexts:
        context.close()
    assert set(asked) == {PAGE.as_uri()}


def test_a_judge_reads_in_plain_words_what_holds_and_what_it_means(judged: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_bytes(FIRST)
    page = judged(world().bundle(), key=str(LOG.public), original=tmp_path / "mine.txt")
    said = page.inner_text("main")
    assert page.inner_text("#verdict") == "evidence.temoin verifies"
    for wanted in (
        "It holds the whole log",
        "to the last bit, what the archive sealed",
        "It does not show that what a document says is true.",
        "mine.txt is, to the last bit, the original of entry 4.",
        "You gave this key yourself",
        "No independent witness signed",
        "No time-stamp authority vouches",
        "consent was withdrawn. Two officers signed.",
        "première photo.jpg",
        "received",
    ):
        assert wanted in said, wanted
    for jargon in ("key-event", "tombstone", "custody", "undefined", "NaN", "[object"):
        assert jargon not in page.inner_text("#found"), jargon
    assert "Compare it with the key that the archive publishes" in judged(world().bundle()).inner_text("#found")


def test_a_judge_reads_which_item_was_changed_and_what_to_do(judged: Callable[..., Any], tmp_path: Path) -> None:
    page = judged(world().bundle().replace(FIRST, FIRST[::-1]))
    assert page.inner_text("#verdict") == "evidence.temoin does not verify"
    assert "entry 4, “première photo.jpg”" in page.inner_text("#why")
    assert "Do not rely on this file as it is." in page.inner_text("#found")
    (tmp_path / "other.txt").write_bytes(b"something else")
    page = judged(world().bundle(), original=tmp_path / "other.txt")
    assert "other.txt is not what was sealed" in page.inner_text("#why")
    assert "Take that file away" in page.inner_text("#found")


def test_a_name_in_the_bundle_commands_nothing(judged: Callable[..., Any]) -> None:
    made = world(erased=False, closed=False)
    made.seal("capture", content=b"hostile", name=HOSTILE)
    made.erase(5, ANNA, BORIS)
    made.close()
    made.close("d" * 32)
    good = judged(made.bundle())
    assert HOSTILE.split("\u202e")[0] in good.inner_text("#found")
    bad = judged(made.bundle().replace(b"hostile", b"changed"))
    for page in (good, bad):
        assert page.locator("img").count() == 0
        assert page.title() == "Check a Témoin bundle"


@pytest.mark.parametrize("how", [{"color_scheme": "dark"}, {"viewport": {"width": 360, "height": 740}}, {}], ids=["dark", "phone", "desk"])
def test_it_can_be_read_by_everybody_and_fits(judged: Callable[..., Any], how: dict[str, Any]) -> None:
    for raw in (world().bundle(), world().bundle()[:-1]):
        page = judged(raw, **how)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(judged: Callable[..., Any], scheme: str) -> None:
    assert AXE is not None
    for raw in (world().bundle(), world().bundle()[:-1]):
        page = judged(raw, color_scheme=scheme, bypass_csp=True)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run().then(result => result.violations.map(one => one.id + ': ' + one.nodes.map(n => n.html).join(' ')))")
        assert found == []
