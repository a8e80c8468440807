"""HTML: the story, and what the page's head says; never the menu."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from temoin import capture
from tests.capture.makers import STORY, one, page, refused

META = (
    '<meta property="og:site_name" content="The Example"><meta name="author" content="Ann Bee">'
    '<meta property="article:published_time" content="2031-05-03T10:00:00Z"><link rel="canonical" href="https://news.example/seven">'
)


def test_a_page_gives_story_title_author_day_site_and_address(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text(page(head=META))
    report = one(file)
    assert "Seven journalists were detained" in report.text
    assert "Home" not in report.text
    assert report.title == "Seven detained"
    assert (report.outlet, report.published, report.authors, report.url) == (
        "The Example",
        date(2031, 5, 3),
        ("Ann Bee",),
        "https://news.example/seven",
    )
    assert report.media_type == "text/html"


def test_a_page_is_known_by_its_content(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("\n<!-- saved -->\n" + page())
    assert one(file).media_type == "text/html"


def test_a_text_that_speaks_of_html_is_a_text(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"How to write <html> and <p>\n\n{STORY}")
    assert one(file).media_type == "text/plain"


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_the_stated_encoding_of_a_page_is_believed(tmp_path: Path, encoding: str) -> None:
    story = "В столице задержаны семь журналистов, сообщили правозащитники. Адвокат заявил, что четверых избили и не давали воды. " * 3
    file = tmp_path / "a.html"
    file.write_bytes(page("Задержаны семь", f'<meta charset="{encoding}">', story).encode(encoding, "replace"))
    report = one(file)
    assert "задержаны семь журналистов" in report.text
    assert "as stated" in report.notes[0]


def test_a_wrongly_stated_encoding_is_not_believed(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_bytes(page(head='<meta charset="iso-8859-1">', story=STORY.replace("vigil", "veillée")).encode())
    assert "veillée" in one(file).text


def test_a_page_without_a_story_is_unread(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text("<!doctype html><html><head><script>var a = 1</script></head><body><div id='root'></div></body></html>")
    found = refused(file)
    assert "no story" in found.reason
    assert "JavaScript" in (found.hint or "")


def test_pictures_inside_a_saved_page_do_not_count_against_it(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text(page().replace("</h1>", f"</h1><img src='data:image/png;base64,{'A' * 3_000_000}'>"))
    assert "Seven journalists" in one(file, capture.Limits(markup_bytes=100_000)).text
    file.write_text(page(story=STORY * 1000))
    assert "more than the 100 kB allowed" in refused(file, capture.Limits(markup_bytes=100_000)).reason


@pytest.mark.parametrize("body", ["<div>" * 50_000, "<p>" + "&#0;" * 1000, "<table><tr><td>" * 3000, "<html " * 2000, "<!doctype html>" + "\x00" * 5])
def test_hostile_markup_gives_a_report_or_a_reason(tmp_path: Path, body: str) -> None:
    file = tmp_path / "a.html"
    file.write_text(f"<!doctype html><html><body>{body}{STORY}")
    assert len(list(capture.gather([str(file)]))) == 1


def test_headline_day_and_site_are_found_where_the_head_says_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text(page().replace("</h1>", "</h1><p>Published on 3 May 2031 at 10:15</p>"))
    report = one(file)
    assert report.text.startswith("Seven detained\n")
    assert (report.outlet, report.published) == ("The Example", date(2031, 5, 3))


def test_a_page_of_too_many_tags_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text("<!doctype html><html><body>" + "<b>a</b>" * 100_000)
    assert "200,003 tags" in refused(file).reason
