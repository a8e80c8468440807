"""How a table of times is checked, and how a text of one repeated piece is timed: for all files of times alike."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest
from _pytest.mark.structures import ParameterSet

from temoin.read.times import times

#: Saturday. Every example is read as published on this day.
DAY = date(2031, 4, 19)
#: By language: texts, and the EDTF of every time in each, in order.
Table = dict[str, list[tuple[str, list[str]]]]


def cases(table: Table) -> list[ParameterSet]:
    """Return one case for every row, named by its language and the beginning of its text."""
    return [pytest.param(code, text, wanted, id=f"{code}: {text[:50]}") for code, known in table.items() for text, wanted in known]


def check(lang: str, text: str, wanted: list[str]) -> None:
    """Assert that a text states these times and no others."""
    assert [t.edtf for t in times(text, lang, DAY)] == wanted


def check_cost(piece: str) -> None:
    """Assert that a text of one repeated piece costs no more than its length."""

    def seconds(size: int) -> float:
        text, began = piece * (size // len(piece)), process_time()
        times(text, "en", DAY)
        return process_time() - began

    seconds(2_000)
    small, large = seconds(20_000), seconds(80_000)
    assert large <= 12 * small + 0.2  # four times the text; quadratic would be sixteen times
