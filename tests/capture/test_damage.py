"""Damage of any sort, to a file of any kind, gives values with reasons and never an error."""

from __future__ import annotations

import gzip
import io
import textwrap
from pathlib import Path

import docx
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from temoin import capture
from temoin.records import Reading, Report, Unread
from tests.capture.makers import STORY, page, pdf, raw_docx, word_xml
from tests.capture.test_archives import EIGHT, SEVEN, wacz, warc
from tests.capture.test_mail import message


def _docx() -> bytes:
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(STORY)
    document.save(out)
    return out.getvalue()


def _mail() -> bytes:
    mail = message()
    mail.add_alternative(page(), subtype="html")
    mail.add_attachment(pdf([["Words"]]), maintype="application", subtype="pdf", filename="a.pdf")
    return mail.as_bytes()


WHOLE = {
    "a.pdf": pdf([textwrap.wrap(STORY, 70)], "/Title (T)"),
    "a.docx": _docx(),
    "b.docx": raw_docx(word_xml("<w:p><w:r><w:t>Words</w:t></w:r></w:p>")),
    "a.eml": _mail(),
    "a.html": page(head="<meta charset='utf-8'>").encode(),
    "a.warc": warc(SEVEN, EIGHT, gzipped=False),
    "a.warc.gz": warc(SEVEN),
    "a.wacz": wacz({"archive/a.warc.gz": warc(SEVEN)}),
    "a.jsonl": msgspec.json.encode({"text": STORY, "id": "x"}) + b"\n" + msgspec.json.encode(Reading(id="y", text=STORY)) + b"\n",
    "a.jsonl.gz": gzip.compress(msgspec.json.encode({"text": STORY}) + b"\n"),
    "a.txt": STORY.encode("utf-16"),
}


@pytest.mark.parametrize("name", WHOLE)
def test_each_of_these_files_is_read_while_it_is_whole(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(WHOLE[name])
    found = list(capture.gather([str(file)]))
    assert found
    assert not [one for one in found if isinstance(one, Unread)]


@pytest.mark.parametrize("name", WHOLE)
@given(data=st.data())
def test_damaged_files_give_values(tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject) -> None:
    damaged = bytearray(WHOLE[name])
    for _ in range(data.draw(st.integers(1, 6), "changes")):
        at = data.draw(st.integers(0, len(damaged) - 1), "at")
        match data.draw(st.sampled_from(["byte", "cut", "drop", "repeat", "zeros"]), "how"):
            case "byte":
                damaged[at] = data.draw(st.integers(0, 255), "byte")
            case "cut" if at > 20:
                del damaged[at:]
            case "drop":
                del damaged[at : at + 40]
            case "repeat":
                damaged[at:at] = damaged[at : at + 200]
            case _:
                damaged[at : at + 30] = bytes(30)
        if not damaged:
            break
    file = tmp_path_factory.mktemp("d") / name
    file.write_bytes(damaged)
    for found in capture.gather([str(file)]):
        assert isinstance(found, Report | Reading | Unread)
        msgspec.json.encode(found)
