"""Tables, annotations, entities, places, calendar and PDF: what other programs read comes out whole and harmless."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, date, datetime

import msgspec
import pytest

from temoin.errors import Misused, Unreadable
from temoin.publish import LANGUAGES, TABLES, annotations, csv, diary, entities, geojson, parquet, pdf, rows
from temoin.publish.tables import uncsv
from temoin.records import Place, Reading
from temoin.records_account import Account
from tests.publish.accounts_for_pages import GOLD, TEXT, claim, from_gold, gather, small
from tests.publish.test_page import HOSTILE, hostile_account


def accounts() -> list[Account]:
    return [small(), Account(readings=()), hostile_account(HOSTILE[6]), hostile_account("=cmd|x"), *([from_gold("S3")] if GOLD.exists() else [])]


@pytest.mark.parametrize("table", TABLES)
def test_csv_comes_back_as_it_was(table: str) -> None:
    for account in accounts():
        wanted = [{key: value if value != "" else None for key, value in row.items()} for row in rows(account, table)]
        assert uncsv(csv(account, table), table) == wanted


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@x", "'=1", "\t=1", "'", "''@"])
def test_no_cell_is_taken_for_a_formula_and_all_come_back(start: str) -> None:
    account = gather([Reading(id=start, text=TEXT, outlet=start, title=start, claims=(claim(TEXT, "killed", "killing", who=start),))])
    body = csv(account, "sources").decode("utf-8-sig")
    for cell in re.split(r"[,\r\n]", body.replace('"', "")):
        assert not re.match(r"[=+\-@\t]", cell), cell
    assert uncsv(csv(account, "sources"), "sources")[0]["title"] == start


def test_what_is_not_our_table_is_refused() -> None:
    with pytest.raises(Unreadable):
        uncsv(b"a,b\r\n1,2\r\n")
    with pytest.raises(Misused, match="no table"):
        list(rows(small(), "wishes"))


@pytest.mark.parametrize("table", TABLES)
def test_parquet_comes_back_typed_and_equal(table: str) -> None:
    reader = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    for account in accounts():
        back = reader.read_table(io.BytesIO(parquet(account, table)))
        assert back.to_pylist() == list(rows(account, table))
        assert back.column_names == list(TABLES[table])


def test_each_claim_is_an_annotation_on_its_words_and_place() -> None:
    account = small()
    items = json.loads(annotations(account))["first"]["items"]
    assert len(items) == len(account.claims)
    for item, sourced in zip(items, account.claims, strict=True):
        quote, position = item["target"]["selector"]
        assert TEXT[position["start"] : position["end"]] == quote["exact"] == sourced.claim.quote
        assert TEXT.startswith(quote["prefix"], position["start"] - len(quote["prefix"]))
        assert item["target"]["source"]["id"] == "urn:sha256:" + "0" * 64
        assert {body["purpose"] for body in item["body"]} == {"tagging", "describing"}


#: Terms of http://www.w3.org/ns/anno.jsonld that annotations here use: a key that is none of them would be lost to whoever reads them as linked data.
VOCABULARY = {
    "@context", "id", "type", "motivation", "body", "purpose", "value", "format", "language", "target", "source", "selector", "exact", "prefix",
    "suffix", "start", "end", "label", "total", "first", "partOf", "startIndex", "items",
}  # fmt: skip
TYPES = {"Annotation", "AnnotationCollection", "AnnotationPage", "TextualBody", "TextQuoteSelector", "TextPositionSelector", "Text"}


def test_annotations_use_no_word_that_the_standard_has_not() -> None:
    def walk(part: object) -> None:
        if isinstance(part, dict):
            assert set(part) <= VOCABULARY
            assert part.get("type", "Text") in TYPES
            assert part.get("motivation", "classifying") == "classifying"
            for value in part.values():
                walk(value)
        elif isinstance(part, list):
            for each in part:
                walk(each)

    for account in accounts():
        walk(json.loads(annotations(account)))


def test_every_entity_link_leads_to_an_entity_and_ids_repeat() -> None:
    for account in accounts():
        made = [json.loads(line) for line in entities(account).splitlines()]
        ids = {each["id"] for each in made}
        assert len(ids) == len(made)
        for each in made:
            for name in ("involved", "proof", "subject", "object"):
                assert set(each["properties"].get(name, [])) <= ids
            assert all(isinstance(value, str) and value for values in each["properties"].values() for value in values)
        assert entities(account) == entities(account)


def test_entities_are_what_the_model_allows() -> None:
    ftm = pytest.importorskip("followthemoney", reason="followthemoney is not installed")
    for account in accounts():
        for raw in entities(account).splitlines():
            made = json.loads(raw)
            schema = ftm.model.get(made["schema"])
            for name, values in made["properties"].items():
                found = schema.get(name)
                assert found is not None, f"{made['schema']}:{name}"
                assert all(found.type.validate(value) for value in values), f"{made['schema']}:{name}"


def test_places_are_points_and_those_without_coordinates_are_kept() -> None:
    account = small()
    made = json.loads(geojson(account))
    assert made["features"][0]["geometry"] == {"type": "Point", "coordinates": [45.7, 43.4]}
    assert made["features"][0]["properties"]["events"][0]["origins"] == 2
    bare = gather([msgspec.structs.replace(account.readings[0], places=(Place(start=0, end=1, name="Chechnya", country=None, lat=None, lon=None),))])
    assert json.loads(geojson(bare))["features"][0]["geometry"] is None


def due(day: date | None) -> Account:
    account = small()
    return msgspec.structs.replace(account, commitments=tuple(msgspec.structs.replace(each, due_day=day) for each in account.commitments))


def test_a_promise_with_a_day_is_an_entry_on_it_and_one_without_is_a_task() -> None:
    dated = diary(due(date(2031, 6, 1))).decode()
    assert "BEGIN:VEVENT" in dated
    assert "DTSTART;VALUE=DATE:20310601" in dated
    assert "BEGIN:VTODO" in diary(due(None)).decode()
    assert "DTSTAMP:20310403T000000Z" in dated
    assert "DTSTAMP:20310501T101112Z" in diary(due(None), made=datetime(2031, 5, 1, 10, 11, 12, tzinfo=UTC)).decode()
    diary(due(date.max))


@pytest.mark.parametrize("nasty", [*HOSTILE, "a\r\nEND:VEVENT\r\nBEGIN:VALARM", "x,y;z\\", "é" * 200])
def test_no_promise_can_break_out_of_its_calendar_line(nasty: str) -> None:
    made = diary(hostile_account(nasty))
    lines = made.split(b"\r\n")
    assert b"\n" not in made.replace(b"\r\n", b"")
    assert all(len(each) <= 75 for each in lines)
    whole = made.replace(b"\r\n ", b"").decode().split("\r\n")
    assert sum(each.startswith("BEGIN:") for each in whole) == 1 + 2
    assert "BEGIN:VALARM" not in whole


def page_text(body: bytes) -> str:
    reader = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")
    document = reader.PdfDocument(body)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text


def test_the_pdf_tells_bounds_denials_sources_and_the_report_itself() -> None:
    pytest.importorskip("typst", reason="typst is not installed")
    text = page_text(pdf(small()))
    for told in ("at least 3", "up to 26", "The ministry", "The Courier", "0" * 64, "Relief workers say"):
        assert told in text


def test_the_pdf_bears_no_time_of_making() -> None:
    pytest.importorskip("typst", reason="typst is not installed")
    body = pdf(small())
    assert b"CreationDate" not in body
    assert body == pdf(small())


@pytest.mark.parametrize("nasty", [*HOSTILE[:9], '#import "/etc/passwd"', "$ x", "@label", "*b* _i_ `c` // c", "]#panic()["])
def test_nothing_in_a_report_is_typesetting(nasty: str) -> None:
    pytest.importorskip("typst", reason="typst is not installed")
    assert pdf(hostile_account(nasty)).startswith(b"%PDF-")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pdf_is_made_in_every_language_and_for_nothing_at_all(lang: str) -> None:
    pytest.importorskip("typst", reason="typst is not installed")
    assert pdf(Account(readings=()), lang=lang).startswith(b"%PDF-")
    assert pdf(small(), lang=lang).startswith(b"%PDF-")
