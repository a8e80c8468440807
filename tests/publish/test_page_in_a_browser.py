"""The page in a real browser, offline: no request, no script, no violation that axe can find, readable on a phone and on paper.

Needs playwright and Chromium; the accessibility check needs axe-core (`npm install axe-core`), looked for beside the repository, in
`node_modules`, or where TEMOIN_AXE points. What is missing is skipped with its reason.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from temoin.publish import LANGUAGES, html
from temoin.records_account import Account
from tests.publish.accounts_for_pages import GOLD, from_gold, small
from tests.publish.test_page import HOSTILE, hostile_account

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ROOT = Path(__file__).resolve().parents[2]
AXE = next(
    (
        path
        for path in (
            Path(os.environ.get("TEMOIN_AXE", "")),
            *(folder / "node_modules/axe-core/axe.min.js" for folder in (ROOT, ROOT.parent, Path.home())),
        )
        if path.is_file()
    ),
    None,
)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
needs_axe = pytest.mark.skipif(AXE is None, reason="axe-core is not installed (npm install axe-core, or TEMOIN_AXE=…/axe.min.js)")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=quiet)
        yield browser
        browser.close()


def account() -> Account:
    return from_gold("S1", "en fr ru") if GOLD.exists() else small()


def opened(browser: Any, tmp_path: Path, page: str, *, checks: bool = False, **how: Any) -> tuple[Any, list[str]]:
    """Open a page offline. Returns it with what it asked for or complained of. `checks` lets a checker's script in, past the page's own policy."""
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    context = browser.new_context(
        offline=True, java_script_enabled=checks or how.pop("script", False), bypass_csp=checks, reduced_motion="reduce", **how
    )
    tab = context.new_page()
    heard: list[str] = []
    tab.on("request", lambda request: heard.append(request.url) if not request.url.startswith(("file:", "data:")) else None)
    tab.on("console", lambda message: heard.append(message.text))
    tab.on("pageerror", lambda error: heard.append(str(error)))
    tab.on("dialog", lambda dialog: heard.append(f"dialog {dialog.message}"))
    tab.goto(path.as_uri())
    return tab, heard


def test_the_page_asks_for_nothing_and_complains_of_nothing(browser: Any, tmp_path: Path) -> None:
    tab, heard = opened(browser, tmp_path, html(account()), script=True)
    tab.wait_for_timeout(200)
    assert heard == []
    tab.context.close()


@pytest.mark.parametrize("nasty", HOSTILE[:8], ids=range(8))
def test_a_malicious_report_runs_nothing(browser: Any, tmp_path: Path, nasty: str) -> None:
    tab, heard = opened(browser, tmp_path, html(hostile_account(nasty)), script=True)
    assert heard == []
    assert tab.locator("script, img, iframe").count() == 0
    tab.context.close()


@needs_axe
@pytest.mark.slow
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390)])
def test_axe_finds_no_violation(browser: Any, tmp_path: Path, scheme: str, width: int) -> None:
    assert AXE is not None
    tab, _ = opened(browser, tmp_path, html(account()), checks=True, color_scheme=scheme, viewport={"width": width, "height": 800})
    # Everything folded is opened, and everything outside the window laid out, so that all of it is checked.
    tab.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    tab.add_style_tag(content=".report { content-visibility: visible !important }")
    tab.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = tab.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}}).then(result => result.violations)", tags)
    tab.context.close()
    assert [(each["id"], len(each["nodes"]), each["nodes"][0]["html"][:200], each["nodes"][0]["failureSummary"][:300]) for each in found] == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
@pytest.mark.parametrize("lang", ["en", "de", "ru"])
def test_nothing_is_wider_than_the_window(browser: Any, tmp_path: Path, width: int, lang: str) -> None:
    assert lang in LANGUAGES
    tab, _ = opened(browser, tmp_path, html(account(), lang=lang), checks=True, viewport={"width": width, "height": 800})
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.context.close()


def test_a_link_leads_to_its_mark_and_back_without_script(browser: Any, tmp_path: Path) -> None:
    tab, _ = opened(browser, tmp_path, html(small()), viewport={"width": 1280, "height": 600})
    tab.locator(".passage a.to").first.click()
    target = tab.url.split("#")[1]
    mark = tab.locator(f"#{target}")
    assert mark.is_visible()
    mark.locator("xpath=following-sibling::a[@class='back'][1]").click()
    assert tab.url.endswith(f"#l-{target}")
    tab.context.close()


def test_a_link_into_a_folded_list_opens_it(browser: Any, tmp_path: Path) -> None:
    page = html(account())
    tab, _ = opened(browser, tmp_path, page, viewport={"width": 1280, "height": 600})
    folded = tab.locator("details .passage").first
    if folded.count() == 0:
        pytest.skip("the small account folds nothing")
    anchor = folded.get_attribute("id")
    assert not folded.is_visible()
    tab.goto(tab.url + f"#{anchor}")
    assert folded.is_visible()
    tab.context.close()


def test_the_keyboard_reaches_the_skip_link_first_and_shows_where_it_is(browser: Any, tmp_path: Path) -> None:
    tab, _ = opened(browser, tmp_path, html(small()), checks=True, viewport={"width": 1280, "height": 600})
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    assert tab.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    tab.context.close()


def test_printing_opens_what_is_folded_and_hides_what_only_a_screen_needs(browser: Any, tmp_path: Path) -> None:
    reader = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")
    tab, _ = opened(browser, tmp_path, html(account()), checks=True)
    document = reader.PdfDocument(tab.pdf(prefer_css_page_size=True))
    width, height = document[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    assert "Skip to the account" not in text
    last = account().claims[-1].claim.quote.split()[0]
    assert last in text
    tab.emulate_media(media="print")
    assert tab.locator("details .passage").count() == 0 or tab.locator("details .passage").first.is_visible()
    tab.context.close()
