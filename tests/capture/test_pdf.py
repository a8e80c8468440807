"""PDF: the text layer in paragraphs, or why there is none."""

from __future__ import annotations

import textwrap
from datetime import date
from pathlib import Path

import pytest

from temoin import capture
from tests.capture.makers import STORY, one, pdf, refused


def test_lines_are_joined_into_paragraphs(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf([["Seven detained", "", *textwrap.wrap(STORY, 70), "", *textwrap.wrap(STORY[::-1].swapcase()[::-1], 70)]]))
    paragraphs = one(file).text.split("\n\n")
    assert paragraphs == ["Seven detained", STORY, STORY[::-1].swapcase()[::-1]]


def test_a_sentence_over_a_page_end_stays_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    lines = textwrap.wrap(STORY, 70)
    file.write_bytes(pdf([[*lines[:3], "1"], [*lines[3:], "2"]]))
    assert one(file).text == STORY


def test_hyphens_of_the_typesetter_go_and_those_of_the_word_stay(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf([["Seven were held in a deten-", "tion camp, says the anti-", "government paper. The north-", "eastern border is closed."]]))
    assert one(file).text == "Seven were held in a detention camp, says the anti-government paper. The north-eastern border is closed."


def test_items_of_a_list_stay_apart(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    demands = ["1. the four are released at once", "   and without conditions,", "2. an inquiry is opened."]
    file.write_bytes(pdf([["The union demands on the", "3. May that", "", *demands]]))
    assert one(file).text.split("\n\n") == [
        "The union demands on the 3. May that", "1. the four are released at once and without conditions,", "2. an inquiry is opened."
    ]  # fmt: skip


def test_properties_give_title_author_and_day(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf([textwrap.wrap(STORY, 70)], "/Title (Seven detained) /Author (Ann Bee) /CreationDate (D:20310503101500Z)"))
    report = one(file)
    assert (report.title, report.authors, report.published) == ("Seven detained", ("Ann Bee",), date(2031, 5, 3))
    assert "day of creation" in report.notes[0]


def test_a_day_in_the_text_goes_before_the_day_of_creation(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf([["Seven detained", "", "2 May 2031", "", *textwrap.wrap(STORY, 70)]], "/CreationDate (D:20310503)"))
    assert one(file).published == date(2031, 5, 2)


def test_a_scan_is_unread(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf([[], []]))
    found = refused(file)
    assert found.reason == "scanned page, no text layer"
    assert "OCR" in (found.hint or "")


@pytest.mark.parametrize("kept", [9, 60, 300, 700])
def test_a_truncated_pdf_is_unread_with_its_reason(tmp_path: Path, kept: int) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf([textwrap.wrap(STORY, 70)])[:kept])
    assert "PDF" in refused(file).reason or "text layer" in refused(file).reason


def test_a_pdf_with_more_pages_than_allowed_is_unread(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf([["x"]] * 5))
    assert "5 pages" in refused(file, capture.Limits(pages=4)).reason


def test_an_encrypted_pdf_is_unread(tmp_path: Path) -> None:
    whole = pdf([["x"]])
    start = whole.rindex(b"trailer << ")
    locked = b"/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >> /ID [<00> <00>] "
    file = tmp_path / "a.pdf"
    file.write_bytes(whole[: start + 11] + locked + whole[start + 11 :])
    found = refused(file)
    assert found.reason == "encrypted PDF"
    assert "password" in (found.hint or "")
