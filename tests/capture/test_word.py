"""DOCX: paragraphs and tables; and nothing that unfolds."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from datetime import date, datetime
from pathlib import Path

import docx
import pytest

from temoin import capture
from tests.capture.makers import STORY, one, raw_docx, refused, word_xml


def test_paragraphs_tables_and_properties_are_read(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Seven detained", 0)
    document.add_paragraph(STORY)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "detained", "7"
    document.add_paragraph("The end.")
    document.core_properties.author = "Ann Bee"
    document.core_properties.title = ""
    document.core_properties.created = datetime(2031, 5, 3)
    file = tmp_path / "a.docx"
    document.save(str(file))
    report = one(file)
    assert report.text == f"Seven detained\n\n{STORY}\n\ndetained | 7\n\nThe end."
    assert (report.title, report.authors, report.published) == ("Seven detained", ("Ann Bee",), date(2031, 5, 3))


def test_a_zip_bomb_is_refused_before_it_unfolds(tmp_path: Path) -> None:
    file = tmp_path / "bomb.docx"
    file.write_bytes(raw_docx(word_xml("<w:p/>"), {"word/media/x.bin": bytes(400_000_000)}))
    assert file.stat().st_size < 1_000_000
    tracemalloc.start()
    began = time.process_time()
    found = refused(file)
    took, (_, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "400 MB" in found.reason
    assert "bomb" in (found.hint or "")
    assert peak < 20_000_000
    assert took < 10


def test_a_bomb_that_lies_about_its_size_is_refused_all_the_same(tmp_path: Path) -> None:
    data = bytearray(raw_docx(word_xml("<w:p/>"), {"word/media/x.bin": bytes(3_000_000)}))
    at = 0
    while (at := data.find((3_000_000).to_bytes(4, "little"), at)) >= 0:  # both headers say 100 bytes
        data[at : at + 4] = (100).to_bytes(4, "little")
    file = tmp_path / "bomb.docx"
    file.write_bytes(data)
    assert "DOCX" in refused(file, capture.Limits(inflated_bytes=1_000_000)).reason


def test_a_container_with_too_many_parts_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(raw_docx(word_xml("<w:p/>"), {f"x/{n}": b"" for n in range(50)}))
    assert "53 parts" in refused(file, capture.Limits(members=40)).reason


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)) + "]>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_billion_laughs_are_refused(tmp_path: Path, encoding: str) -> None:
    xml = word_xml("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", LAUGHS).decode().replace("UTF-8", encoding.upper())
    file = tmp_path / "a.docx"
    file.write_bytes(raw_docx(xml.encode(encoding)))
    assert "entities" in refused(file).reason


def test_a_cell_that_claims_a_thousand_million_columns_costs_nothing(tmp_path: Path) -> None:
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr><w:p><w:r><w:t>{STORY}</w:t></w:r></w:p></w:tc>'
    file = tmp_path / "a.docx"
    file.write_bytes(raw_docx(word_xml(f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cell}</w:tr></w:tbl>")))
    assert one(file).text == STORY


@pytest.mark.parametrize("depth", [30, 5000])
def test_tables_in_tables_give_a_report_or_a_reason(tmp_path: Path, depth: int) -> None:
    body = "<w:tbl><w:tr><w:tc>" * depth + "<w:p><w:r><w:t>in</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * depth
    file = tmp_path / "a.docx"
    file.write_bytes(raw_docx(word_xml(body)))
    assert len(list(capture.gather([str(file)]))) == 1


@pytest.mark.parametrize("kept", [30, 200, 500])
def test_a_truncated_docx_is_unread(tmp_path: Path, kept: int) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(raw_docx(word_xml("<w:p/>"))[:kept])
    assert "broken DOCX" in refused(file).reason


def test_a_spreadsheet_and_a_plain_archive_are_named(tmp_path: Path) -> None:
    for name, parts, told in (("a.xlsx", ["[Content_Types].xml", "xl/workbook.xml"], "spreadsheet"), ("b.zip", ["x.txt"], "ZIP archive")):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for part in parts:
                archive.writestr(part, "x")
        (tmp_path / name).write_bytes(out.getvalue())
        assert told in refused(tmp_path / name).reason
