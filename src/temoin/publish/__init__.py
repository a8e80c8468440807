"""An account made public: for the terminal, as one page, as JSON, Markdown, PDF, tables, and in other systems' formats.

Promises: every line leads back to its words in a report; bounds of numbers are kept; nothing says what is true; nothing of a report can act, hide
or turn the text around it; no output asks the network for anything. Takes records, gives text and bytes; imports no other stage of the river.
"""

from temoin.publish.diary import diary
from temoin.publish.entities import entities
from temoin.publish.files import WRITERS, write
from temoin.publish.geojson import geojson
from temoin.publish.marginalia import annotations
from temoin.publish.page import html
from temoin.publish.paper import pdf
from temoin.publish.plain import markdown
from temoin.publish.screen import terminal
from temoin.publish.tables import TABLES, csv, parquet, rows
from temoin.publish.wire import from_json, json, schema
from temoin.publish.wording import LANGUAGES

__all__ = [
    "LANGUAGES",
    "TABLES",
    "WRITERS",
    "annotations",
    "csv",
    "diary",
    "entities",
    "from_json",
    "geojson",
    "html",
    "json",
    "markdown",
    "parquet",
    "pdf",
    "rows",
    "schema",
    "terminal",
    "write",
]
