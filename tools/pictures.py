"""Take the pictures of the documentation: python -m tools.pictures

Makes the account of the demo reports, opens its page in the Chromium that is on this machine, with the network off, and writes
docs/pictures/*.png: the head on a desktop and on a phone, what is alleged in the dark, the figures, the map with the graph, what changed on the way,
a report with its claims marked, what is new since a day, and the first printed pages. The pictures are looked at by a person before they are kept.

Needs playwright, Chromium and Pillow; prints what it wrote.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from temoin.desk.accounting import make_account
from temoin.desk.gathering import gather
from temoin.desk.publishing import write
from temoin.desk.reading import readings

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
#: The day from which the demo's promises are judged, and the day since which its news are told.
TODAY, SINCE = date(2017, 6, 1), date(2017, 5, 1)
#: A printed page is 595 points wide; side by side they should be readable.
_PRINTED_SCALE, _PRINTED_PAGES = 1.1, 3
#: Colours of a picture: enough for a page of text, a third of the size.
_COLOURS = 128


def _page(folder: Path, name: str, **how: Any) -> Path:
    """Write the page of the demo account and return where."""
    path = folder / name
    made = make_account(readings(gather([str(ROOT / "demo" / "reports")]), jobs=1), today=TODAY, **how)
    write(made, path, words="en")
    return path


def _shoot(browser: Browser, page: Path, to: str, *, at: str = "", size: tuple[int, int] = (1280, 1000), dark: bool = False) -> None:
    """Take one picture of a page: of its window, scrolled to a part of it."""

    def scrolled(tab: Page) -> None:
        if at:
            tab.evaluate("at => document.querySelector(at).scrollIntoView()", at)
            tab.evaluate("window.scrollBy(0, -24)")
        tab.screenshot(path=PICTURES / to)

    _open(browser, page, scrolled, viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light")
    _shrink(Image.open(PICTURES / to), to)


def _open(browser: Browser, page: Path, act: Callable[[Page], None], **how: Any) -> None:
    context = browser.new_context(offline=True, reduced_motion="reduce", bypass_csp=True, **how)
    tab = context.new_page()
    tab.goto(page.as_uri())
    tab.add_style_tag(content=".report { content-visibility: visible !important }")
    act(tab)
    context.close()


def _print(browser: Browser, page: Path, folder: Path, to: str) -> None:
    """Take a picture of the first printed pages, side by side."""
    path = folder / "printed.pdf"
    _open(browser, page, lambda tab: tab.pdf(path=path, prefer_css_page_size=True) and None)
    document = pypdfium2.PdfDocument(path)
    sheets = [document[n].render(scale=_PRINTED_SCALE).to_pil() for n in range(min(_PRINTED_PAGES, len(document)))]
    document.close()
    gap = 16
    whole = Image.new("RGB", (sum(sheet.width + gap for sheet in sheets) - gap, sheets[0].height), "#c9c9c9")
    left = 0
    for sheet in sheets:
        whole.paste(sheet, (left, 0))
        left += sheet.width + gap
    _shrink(whole, to)


def _shrink(picture: Image.Image, to: str) -> None:
    """Write a picture with few colours, and say so."""
    picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(PICTURES / to, optimize=True)
    print(f"{to}  {picture.width} x {picture.height}  {(PICTURES / to).stat().st_size // 1000} kB")


def main() -> int:
    """Take all pictures. Returns 0, or 1 where there is no Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("no Chromium is on this machine / hint: install chromium", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        page, fresh = _page(folder, "account.html"), _page(folder, "news.html", since=SINCE)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        _shoot(browser, page, "page-desktop.png", size=(1280, 1400))
        _shoot(browser, page, "page-phone.png", size=(390, 1100))
        _shoot(browser, page, "page-dark.png", at="#alleged", size=(1000, 1000), dark=True)
        _shoot(browser, page, "page-figures.png", at="#figures", size=(1000, 1000))
        _shoot(browser, page, "page-map.png", at="#map", size=(1280, 1500))
        _shoot(browser, page, "page-drift.png", at="#drift", size=(1000, 900))
        _shoot(browser, page, "page-report.png", at="#reports .report:nth-of-type(2)", size=(1000, 1000))
        _shoot(browser, fresh, "page-news.png", at="#news", size=(1000, 1000))
        _print(browser, page, folder, "page-print.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
