"""Mail and MHTML: the message, then what hangs on it."""

from __future__ import annotations

import textwrap
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from temoin import capture
from temoin.records import Report, Unread
from tests.capture.makers import STORY, gathered, one, page, pdf


def message(text: str = STORY, subject: str = "Seven detained — «срочно»") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Human Watch <press@watch.example>"
    mail["To"] = "desk@paper.example"
    mail["Subject"] = subject
    mail["Date"] = "Sat, 03 May 2031 23:30:00 -0500"
    mail["Message-ID"] = "<1@watch.example>"
    mail.set_content(text)
    return mail


def saved(tmp_path: Path, mail: EmailMessage | bytes, name: str = "a.eml") -> Path:
    file = tmp_path / name
    file.write_bytes(mail if isinstance(mail, bytes) else mail.as_bytes())
    return file


def test_headers_give_title_outlet_author_and_the_senders_day(tmp_path: Path) -> None:
    report = one(saved(tmp_path, message()))
    assert report.text.strip() == STORY
    assert (report.title, report.outlet, report.authors) == ("Seven detained — «срочно»", "Human Watch", ("Human Watch",))
    assert report.published == date(2031, 5, 3)
    assert report.media_type == "message/rfc822"


def test_a_mail_of_html_goes_the_way_of_pages(tmp_path: Path) -> None:
    mail = message("See the HTML version.")
    mail.add_alternative(page(), subtype="html")
    report = one(saved(tmp_path, mail))
    assert "Seven journalists" in report.text
    assert "Home" not in report.text
    assert report.title == "Seven detained — «срочно»"


def test_attachments_that_can_be_read_are_reports_of_their_own(tmp_path: Path) -> None:
    mail = message()
    mail.add_attachment(pdf([textwrap.wrap(STORY, 70)]), maintype="application", subtype="pdf", filename="le détail.pdf")
    mail.add_attachment(b"\x89PNG\r\n", maintype="image", subtype="png", filename="logo.png")
    mail.add_attachment(b"PK\x03\x04broken", maintype="application", subtype="zip", filename="x.zip")
    file = saved(tmp_path, mail)
    body, attached, broken = gathered(file)
    assert isinstance(body, Report)
    assert "logo.png" in body.notes[0]
    assert isinstance(attached, Report)
    assert (attached.id, attached.text, attached.path) == ("le-détail", STORY, f"{file}!/le détail.pdf")
    assert attached.sha256 == body.sha256
    assert isinstance(broken, Unread)
    assert broken.path.endswith("!/x.zip")


def nested(depth: int) -> bytes:
    data = b"From: a@b.example\r\nSubject: inmost\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n" + STORY.encode()
    for n in range(depth):
        data = b"From: a@b.example\r\nSubject: level %d\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n" % n + data
    return data


def test_mails_in_mails_are_followed_to_a_depth_and_no_further(tmp_path: Path) -> None:
    assert [r.title for r in gathered(saved(tmp_path, nested(3))) if isinstance(r, Report)] == ["inmost"]
    (deep,) = gathered(saved(tmp_path, nested(50)))
    assert isinstance(deep, Unread)
    assert "nested deeper than 5" in deep.reason
    assert deep.hint


def test_three_thousand_nested_mails_do_not_end_the_run(tmp_path: Path) -> None:
    assert all(isinstance(found, Unread) for found in gathered(saved(tmp_path, nested(3000))))


def test_more_attachments_than_allowed_are_not_read(tmp_path: Path) -> None:
    mail = message()
    for n in range(5):
        mail.add_attachment(f"Attached words number {n}.", filename=f"{n}.txt")
    found = gathered(saved(tmp_path, mail), limits=capture.Limits(attachments=2))
    assert [type(f) for f in found] == [Report, Report, Report, Unread]


def test_a_page_saved_as_mhtml_is_a_page(tmp_path: Path) -> None:
    data = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.example/seven\r\nSubject: Seven detained\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n'
        b"Content-Location: https://news.example/seven\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + page(head='<meta property="og:site_name" content="The Example">').encode()
        + b"\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n"
    )
    report = one(saved(tmp_path, data, "a.mhtml"))
    assert "Seven journalists" in report.text
    assert (report.outlet, report.url, report.title) == ("The Example", "https://news.example/seven", "Seven detained")


def test_a_mail_without_words_says_so(tmp_path: Path) -> None:
    (found,) = gathered(saved(tmp_path, message("   ")))
    assert isinstance(found, Unread)
    assert "without words" in found.reason


PIECES = [
    b"From: x\r\n", b"Date: never\r\n", b"Subject: =?utf-8?q?=ff?=\r\n", b"Content-Type: multipart/mixed; boundary=b\r\n", b"--b\r\n", b"\r\n",
    b"words\r\n", b"Content-Transfer-Encoding: base64\r\n", b"Content-Type: text/html; charset=klingon\r\n", b"--b--\r\n", b"\xff\x00",
    b"Content-Disposition: attachment; filename*=utf-9''%ff\r\n", b"MIME-Version: 1.0\r\n",
]  # fmt: skip


@runs(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_broken_mails_give_values_and_never_an_error(tmp_path_factory: pytest.TempPathFactory, parts: list[bytes]) -> None:
    file = saved(tmp_path_factory.mktemp("m"), b"Message-ID: <x>\r\nReceived: y\r\nTo: z\r\n" + b"".join(parts))
    for found in gathered(file):
        assert isinstance(found, Report | Unread)
