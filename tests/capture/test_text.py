"""Plain text: taken as it stands, with what its head and foot say."""

from __future__ import annotations

import hashlib
import os
import time
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from temoin import capture
from temoin.capture.encoding import decode
from temoin.capture.plain import head
from tests.capture.makers import STORY, one, refused

RUSSIAN = "В столице задержаны семь журналистов, сообщили правозащитники. Их били, заявил адвокат; «это ложь», — ответили в министерстве.\n"
FRENCH = "Sept journalistes ont été arrêtés à Orléans, où l’évêque a dénoncé « une chasse à l’homme » – le ministère nie.\n"


def test_text_is_exactly_as_given_line_ends_included(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("A headline\r\n\r\nOne\rtwo\n\n three \u2028 four.".encode())
    report = one(file)
    assert report.text == "A headline\r\n\r\nOne\rtwo\n\n three \u2028 four."
    assert report.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert report.id == "a"
    assert report.path == str(file)
    assert report.notes == ()


def test_a_byte_order_mark_is_dropped_and_noted(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"\xef\xbb\xbfWords here.")
    report = one(file)
    assert report.text == "Words here."
    assert "byte-order mark" in report.notes[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866", "iso8859-5"])
def test_russian_is_read_in_every_encoding_it_was_written_in(encoding: str, tmp_path: Path) -> None:
    text = RUSSIAN if encoding not in ("koi8-r", "cp866", "iso8859-5") else RUSSIAN.replace("«", '"').replace("»", '"').replace("—", "-")
    file = tmp_path / "a.txt"
    file.write_bytes(text.encode(encoding))
    assert one(file).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_french_is_read_in_every_encoding_it_was_written_in(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(FRENCH.encode(encoding))
    assert one(file).text == FRENCH


@pytest.mark.parametrize("text", ["Пять убитых.", "Убит журналист", "ЗАДЕРЖАНЫ СЕМЬ АДВОКАТОВ", "Суд в Минске отпустил двоих"])
@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_a_line_of_russian_is_enough(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded is not None
    if text.isupper():
        return  # capitals alone are small letters of the other code page: nobody can tell
    assert decoded.text == text


def test_one_stray_byte_does_not_turn_utf8_into_another_encoding() -> None:
    decoded = decode(FRENCH.encode() * 5 + b"\xff" + FRENCH.encode())
    assert decoded is not None
    assert decoded.text.count("é") == FRENCH.count("é") * 6
    assert "1 unreadable byte" in (decoded.note or "")


@runs(max_examples=100, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1))
def test_any_utf8_without_control_characters_comes_back_as_it_was(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded is not None
    assert decoded.text == text.removeprefix("\ufeff")


@runs(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_nothing(data: bytes) -> None:
    decoded = decode(data)
    assert decoded is None or isinstance(decoded.text, str)
    assert decode(data) == decoded


def test_an_empty_file_is_unread(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.touch()
    assert refused(file).reason == "empty file"


def test_blank_space_is_unread(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(" \n\n\t ")
    assert "no text" in refused(file).reason


def test_two_hundred_megabytes_of_text_are_refused_by_size_without_being_held(tmp_path: Path) -> None:
    file = tmp_path / "huge.txt"
    with file.open("wb") as out:
        out.write(b"Words. " * 20_000)
        out.truncate(200_000_000)
    tracemalloc.start()
    began = time.process_time()
    reason = refused(file)
    took, (_, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "200 MB" in reason.reason
    assert "the 64 MB allowed" in reason.reason
    assert reason.sha256
    assert reason.size_bytes == 200_000_000
    assert peak < 5_000_000
    assert took < 10


def test_a_huge_file_of_nothing_is_refused_by_size_too(tmp_path: Path) -> None:
    file = tmp_path / "huge.txt"
    with file.open("wb") as out:
        out.truncate(200_000_000)
    assert "200 MB" in refused(file).reason


def test_random_bytes_are_unread(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(os.urandom(20_000))
    assert "binary" in refused(file).reason


def test_a_picture_called_txt_is_named_for_what_it_is(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    found = refused(file)
    assert "picture" in found.reason
    assert found.hint


DAY = date(2031, 5, 3)


@pytest.mark.parametrize(
    "line",
    [
        "By Courier World Desk | 3 May 2031 | 2 min read", "May 3, 2031", "Published on 3 May 2031 at 10:15", "Publié le 3 mai 2031 à 06h12",
        "Le 3 mai 2031", "Von Anna Muster, Lyon | 3. Mai 2031", "3 мая 2031, 10:42", "Опубликовано: 03.05.2031", "3 de mayo de 2031",
        "03.05.2031. " + STORY, "3 de maio de 2031 · 14h20", "2031-05-03", "Sat, 03 May 2031", "LYON, May 3, 2031 (Meridian) - " + STORY,
        "КАИР, 3 мая 2031 года (Интер). " + RUSSIAN * 2, "03/05/2031 — published 3 May 2031",
    ],
)  # fmt: skip
def test_one_full_date_above_the_story_is_the_day_of_publication(line: str) -> None:
    assert head(f"A headline about a thing\n\n{line}\n\n{STORY}").published == DAY


@pytest.mark.parametrize(
    "line",
    [
        "03/05/2031",
        "3 May",
        "3 May 2031 – 5 May 2031",
        "On 3 May 2031 the police detained four men, their families say.",
        "31 February 2031",
        "",
        "A report that was published on 3 May 2031 by a union of journalists tells of beatings in custody and of threats against families there.",
    ],
)
def test_a_date_that_leaves_doubt_is_no_day_of_publication(line: str) -> None:
    assert head(f"A headline about a thing\n\n{line}\n\n{STORY}").published is None


def test_a_headline_is_the_title_and_a_sentence_is_not() -> None:
    assert head(f"Seven held\n\n{STORY}").title == "Seven held"
    assert head(f"# Seven held\n\n{STORY}").title == "Seven held"
    assert head(f"Home > World > Europe\nSeven held\n\n{STORY}").title == "Seven held"
    assert head(f"{STORY}\n\n{STORY}").title is None
    assert head("The president, Ann Bee, confirmed that it is the start.\n\nMore.").title is None


def test_a_kicker_in_capitals_is_not_the_title() -> None:
    assert head(f"PRESS RELEASE\n\nSeven held\n\n{STORY}").title == "Seven held"
    assert head(f"SEVEN HELD\n\n{STORY}").title == "SEVEN HELD"


def test_a_page_title_gives_headline_and_site() -> None:
    about = head(f"Seven held – The Example\n\nSeven held\n\n{STORY}")
    assert (about.title, about.outlet) == ("Seven held", "The Example")


@pytest.mark.parametrize(
    ("foot", "outlet"),
    [
        ("This article was originally published on Gay Times. Read the original article.", "Gay Times"),
        ("© 2031 Spice Coast Herald. All rights reserved.", "Spice Coast Herald"),
        ("Article initialement publié dans Le Courrier du Sud.", "Le Courrier du Sud"),
        ("Впервые опубликовано на сайте «Дельта».", "Дельта"),
        ("Photo: Ann Bee", None), ("", None),
    ],
)  # fmt: skip
def test_an_outlet_is_taken_only_where_the_text_names_it(foot: str, outlet: str | None) -> None:
    assert head(f"Seven held\n\n{STORY}\n\n{foot}").outlet == outlet


def test_a_text_longer_than_a_reader_can_hold_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Words.\n" * 200)
    found = refused(file, capture.Limits(report_characters=1000))
    assert "1,400 characters" in found.reason
    assert found.hint
