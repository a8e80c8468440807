"""The terminal and Markdown: readable without colour at 80 columns, and no report can reach out of its line."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len

from temoin.publish import LANGUAGES, markdown, terminal
from temoin.publish.plain import escaped
from temoin.records_account import Account
from tests.publish.accounts_for_pages import GOLD, from_gold, small
from tests.publish.test_page import HOSTILE, hostile_account


def test_the_terminal_tells_figures_denials_promises_and_unread_files() -> None:
    told = terminal(small())
    for said in (
        "1 report, 2 origins",
        "up to 26 according to Volzhsky Listok",
        "at least 3 according to Relief workers",
        "Denied by The ministry",
        "two.pdf",
    ):
        assert said in told


@pytest.mark.parametrize("width", [40, 80, 100])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_line_is_wider_than_the_terminal(width: int, lang: str) -> None:
    account = from_gold("S1") if GOLD.exists() else small()
    assert max(cell_len(row) for row in terminal(account, width=width, lang=lang).split("\n")) <= width


def test_without_colour_there_is_no_escape_and_with_it_the_words_are_the_same() -> None:
    plain = terminal(small())
    assert "\x1b" not in plain
    coloured = terminal(small(), color=True)
    assert "\x1b[" in coloured
    stripped = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert [row.rstrip() for row in stripped.split("\n")] == plain.split("\n")


@pytest.mark.parametrize("nasty", HOSTILE, ids=range(len(HOSTILE)))
def test_no_control_character_of_a_report_reaches_the_terminal(nasty: str) -> None:
    told = terminal(hostile_account(nasty))
    told.encode()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", told)


@pytest.mark.parametrize(
    "nasty", [*HOSTILE, "[a](javascript:x)", "![a](http://x)", "<http://evil.example>", "# head", "| a | b |", "```", "http://evil.example", "$x$"]
)
def test_markdown_of_a_malicious_report_makes_no_link_picture_or_html(nasty: str) -> None:
    told = markdown(hostile_account(nasty))
    told.encode()
    made = MarkdownIt("commonmark", {"html": True, "linkify": True}).enable("table").render(told)
    assert not re.search(r"<(?:script|img|a|svg|iframe|textarea)\b", made)
    assert made.count("<h1>") == 1


def test_escaped_text_reads_as_it_was_written() -> None:
    wild = "*a* _b_ [c](d) <e> & `f` | g # h ~i~ 1. 2) \\ https://x.example a@b.c"
    made = MarkdownIt("commonmark").render(escaped(wild))
    assert made == "<p>" + wild.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</p>\n"


def test_an_account_of_nothing_is_told_as_nothing() -> None:
    assert "No report was read" in terminal(Account(readings=()))
    assert "No report was read" in markdown(Account(readings=()))
