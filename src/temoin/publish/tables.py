"""An account as flat tables, CSV or Parquet: one row a claim, a figure, an origin, a source, ready for a spreadsheet or a data frame.

CSV is UTF-8 with a byte order mark (spreadsheets look for it) and CRLF (RFC 4180). A cell that a spreadsheet would take for a formula gets an
apostrophe before it; `uncsv` takes it away again, so that every value comes back as it was.
"""

from __future__ import annotations

import csv as standard
import io
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from temoin.errors import Misused, Unreadable
from temoin.publish.index import Index
from temoin.publish.neutral import encodable
from temoin.records_account import Account

Cell = str | int | float | bool | date | None
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_BOM = "\ufeff"

#: Columns of each table, with the kind of value each holds: "text", "number", "share", "yes" or "day". None stands in any of them.
TABLES: Mapping[str, Mapping[str, str]] = {
    "claims": {
        "id": "text",
        "report": "text",
        "outlet": "text",
        "published": "day",
        "lang": "text",
        "event": "text",
        "event_id": "text",
        "stance": "text",
        "modality": "text",
        "low": "number",
        "high": "number",
        "where": "text",
        "when": "text",
        "claimant": "text",
        "via": "text",
        "origin": "text",
        "origin_id": "text",
        "named": "yes",
        "echo": "yes",
        "sure": "yes",
        "found_by": "text",
        "proposed_by": "text",
        "start": "number",
        "end": "number",
        "quote": "text",
        "sha256": "text",
    },
    "figures": {
        "event_id": "text",
        "event": "text",
        "where": "text",
        "origin": "text",
        "origin_id": "text",
        "low": "number",
        "high": "number",
        "unit": "text",
        "day": "day",
        "superseded_by": "text",
        "claim": "text",
    },
    "events": {
        "id": "text",
        "type": "text",
        "where": "text",
        "when": "text",
        "reports": "number",
        "origins": "number",
        "claims": "number",
        "low": "number",
        "high": "number",
        "disputed": "yes",
        "denials": "number",
        "why": "text",
    },
    "origins": {"id": "text", "name": "text", "named": "yes", "first_report": "text", "first_day": "day", "claims": "number", "reports": "number"},
    "sources": {
        "id": "text",
        "path": "text",
        "sha256": "text",
        "lang": "text",
        "published": "day",
        "outlet": "text",
        "title": "text",
        "url": "text",
        "claims": "number",
        "echo_of": "text",
        "echo_share": "share",
        "unread": "text",
    },
}


def _claims(index: Index) -> Iterator[tuple[Cell, ...]]:
    for sourced in index.account.claims:
        claim, reading, origin = sourced.claim, index.readings[sourced.report], index.origins[sourced.origin]
        low, high = (claim.count.low, claim.count.high) if claim.count else (None, None)
        yield (
            sourced.id,
            reading.id,
            reading.outlet,
            reading.published,
            reading.lang,
            claim.event,
            sourced.event,
            claim.stance,
            claim.modality,
            low,
            high,
            claim.where,
            claim.when,
            claim.claimant_name or claim.claimant,
            claim.via,
            origin.name,
            origin.id,
            origin.named,
            sourced.echo,
            claim.sure,
            claim.found_by,
            claim.proposed_by,
            claim.start,
            claim.end,
            claim.quote,
            reading.sha256,
        )


def _figures(index: Index) -> Iterator[tuple[Cell, ...]]:
    for figure in index.account.figures:
        event = index.events[figure.event]
        name = index.origins[figure.origin].name
        yield (
            event.id,
            event.type,
            event.where,
            name,
            figure.origin,
            figure.low,
            figure.high,
            figure.unit,
            figure.day,
            figure.superseded_by,
            figure.claim,
        )


def _events(index: Index) -> Iterator[tuple[Cell, ...]]:
    for event in index.account.events:
        sum_up = index.reckoning_of_event.get(event.id)
        low, high, disputed = (sum_up.low, sum_up.high, sum_up.disputed) if sum_up else (None, None, None)
        denials = len(index.denials_of_event[event.id])
        counts = (len(index.reports_of_event(event)), len(event.origins), len(index.claims_of_event[event.id]))
        yield (event.id, event.type, event.where, event.when, *counts, low, high, disputed, denials, event.why)


def _origins(index: Index) -> Iterator[tuple[Cell, ...]]:
    claims: dict[str, int] = {}
    reports: dict[str, set[str]] = {}
    for sourced in index.account.claims:
        claims[sourced.origin] = claims.get(sourced.origin, 0) + 1
        reports.setdefault(sourced.origin, set()).add(sourced.report)
    for origin in index.account.origins:
        yield (origin.id, origin.name, origin.named, origin.first_report, origin.first_day, claims.get(origin.id, 0), len(reports.get(origin.id, ())))


def _sources(index: Index) -> Iterator[tuple[Cell, ...]]:
    for reading in index.account.readings:
        echo = max(index.echo_of_report[reading.id], key=lambda echo: echo.share, default=None)
        copied = (echo.of, echo.share) if echo else (None, None)
        count = len(index.claims_of_report[reading.id])
        yield (
            reading.id,
            reading.path,
            reading.sha256,
            reading.lang,
            reading.published,
            reading.outlet,
            reading.title,
            reading.url,
            count,
            *copied,
            None,
        )
    for each in index.account.unread:
        yield (None, each.path, each.sha256, None, None, None, None, None, None, None, None, each.reason)


_ROWS: Mapping[str, Callable[[Index], Iterator[tuple[Cell, ...]]]] = {
    "claims": _claims,
    "figures": _figures,
    "events": _events,
    "origins": _origins,
    "sources": _sources,
}


def rows(account: Account, table: str = "claims") -> Iterator[dict[str, Cell]]:
    """Yield the rows of a table, column → value. Raises Misused for a table that is not among TABLES."""
    if table not in TABLES:
        raise Misused(f"there is no table {table!r}", hint=f"use one of {', '.join(TABLES)}")
    for row in _ROWS[table](Index(account)):
        yield {name: encodable(cell) if isinstance(cell, str) else cell for name, cell in zip(TABLES[table], row, strict=True)}


def csv(account: Account, table: str = "claims") -> bytes:
    """Return a table as CSV with a header line; None is an empty cell. Raises Misused for a table that is not among TABLES."""
    out = io.StringIO()
    out.write(_BOM)
    write = standard.writer(out, lineterminator="\r\n")
    write.writerow(TABLES.get(table, {}))
    for row in rows(account, table):
        write.writerow([_cell(value) for value in row.values()])
    return out.getvalue().encode()


def _cell(value: Cell) -> str | int | float | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        # A NUL ends the file for some readers.
        value = value.replace("\0", "\u2400")
        return f"'{value}" if _FORMULA.match(value) else value
    return value


def uncsv(body: bytes, table: str = "claims") -> list[dict[str, Cell]]:
    """Return the rows that `csv` wrote, each value as it was, except that an empty text and None are one.

    Raises Unreadable where the columns differ.
    """
    read = standard.reader(io.StringIO(body.decode("utf-8-sig"), newline=""))
    columns = TABLES[table]
    if next(read, None) != list(columns):
        raise Unreadable(f"this is not a table of {table}", hint=f"its first line should name {', '.join(columns)}")
    made = []
    for row in read:
        if len(row) != len(columns):
            raise Unreadable(f"a line of the table has {len(row)} cells, it should have {len(columns)}")
        made.append({name: _value(text, kind) for (name, kind), text in zip(columns.items(), row, strict=True)})
    return made


def _value(text: str, kind: str) -> Cell:
    if text == "":
        return None
    if kind == "number":
        return int(text)
    if kind == "share":
        return float(text)
    if kind == "yes":
        return text == "yes"
    if kind == "day":
        return date.fromisoformat(text)
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def parquet(account: Account, table: str = "claims") -> bytes:
    """Return a table as Parquet, typed. Raises Misused where the library that writes it is not there."""
    try:
        import pyarrow  # type: ignore[import-untyped]
        import pyarrow.parquet  # type: ignore[import-untyped]
    except ImportError as err:
        raise Misused("Parquet needs the library pyarrow, which is not installed", hint="install temoin[tables], or write .csv") from err
    kinds = {"text": pyarrow.string(), "number": pyarrow.int64(), "share": pyarrow.float64(), "yes": pyarrow.bool_(), "day": pyarrow.date32()}
    fields = pyarrow.schema([(name, kinds[kind]) for name, kind in TABLES.get(table, {}).items()])
    made = pyarrow.Table.from_pylist(list(rows(account, table)), schema=fields)
    out = io.BytesIO()
    pyarrow.parquet.write_table(made, out, compression="zstd")
    return out.getvalue()
