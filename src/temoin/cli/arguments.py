"""Arguments that several verbs share, and the kinds of values they take."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A day written as 2017-05-30."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day, or say what one looks like."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2017-05-30", param, ctx)


class Language(click.ParamType[str]):
    """A language code: two or three letters, as in ISO 639."""

    name = "xx"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the code in small letters, or say what one looks like."""
        code = str(value).lower()
        if not re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", code):
            self.fail(f"{value!r} is not a language code such as fr", param, ctx)
        return code


def reading_options(verb: F, *, required: bool = True) -> F:
    """Give a verb what decides how its reports are read: the reports (one at least, where required), their language, the number of processes."""
    for decorate in (
        click.option("--jobs", type=click.IntRange(0), metavar="N", help="How many processes read at the same time; 0 is every core."),
        click.option("--lang", type=Language(), help="The language of reports whose language is not known, such as fr."),
        click.argument("reports", nargs=-1, required=required, metavar="REPORT..."),
    ):
        verb = decorate(verb)
    return verb
