"""Talk: what a person is told on stderr while results go to stdout. Errors, what stayed unread, and progress."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from temoin.errors import TemoinError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from temoin.records import Reading, Unread

T = TypeVar("T")

# A report, or the name of a file, may hold what moves the cursor, colours the screen or turns the line round.
_UNSAFE = {code: "�" for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)) if chr(code) not in "\n\t"}


def harmless(text: str) -> str:
    """Return the text with every character that commands a terminal replaced by one that is seen; its length stays."""
    return text.translate(_UNSAFE)


def many(number: int, one: str, more: str | None = None) -> str:
    """Return a number with its noun: "1 claim", "2 claims"."""
    return f"{number} {one if number == 1 else more or one + 's'}"


def tell(sentence: str, *, hint: str | None = None) -> None:
    """Say on stderr what went wrong and what to do."""
    with suppress(BrokenPipeError):
        click.echo(harmless(f"temoin: {sentence}"), err=True)
        if hint:
            click.echo(harmless(f"hint: {hint}"), err=True)


def faults_are_shown() -> bool:
    """Whether somebody who mends Témoin wants to see the whole trace of a fault."""
    from temoin.settings import load

    try:
        return bool(load(environment=os.environ, folder=Path())["faults"])
    except TemoinError:
        return False


def tell_misuse(error: click.UsageError) -> None:
    """Say how a command was misused, with an example of its use."""
    verb = error.ctx.command if error.ctx else None
    example = verb.epilog.removeprefix("Example: ") if verb is not None and verb.epilog else "temoin --help"
    tell(error.format_message().rstrip("."), hint=f"{example}   ({error.ctx.command_path if error.ctx else 'temoin'} --help tells more)")


def tell_unread(unread: Sequence[Unread]) -> None:
    """Say on stderr what could not be read and why, one line each."""
    if not unread:
        return
    width = min(max(len(one.path) for one in unread), 50)
    click.echo(f"unread: {len(unread)}", err=True)
    for one in unread:
        hint = f" (hint: {one.hint})" if one.hint else ""
        click.echo(harmless(f"  {one.path:<{width}}  {one.reason}{hint}".replace("\n", " ")), err=True)


def tell_unsearched(readings: Iterable[Reading]) -> None:
    """Say on stderr which reports were taken in but not searched for claims, because nobody has made a pack for their language."""
    from temoin.languages import CODES

    strange = [one for one in readings if one.lang not in CODES]
    if strange:
        click.echo(f"not searched for claims: {len(strange)}, in a language without a pack (there are {', '.join(CODES)})", err=True)
    for one in strange:
        click.echo(harmless(f"  {one.path or one.id}  language {one.lang or 'unknown'}".replace("\n", " ")), err=True)


def watched(things: Iterable[T], *, what: str, patience_s: float) -> Iterator[T]:
    """Pass things on and, where stderr is a terminal and it takes longer than patience_s, show how many have passed and how fast."""
    if not sys.stderr.isatty():
        yield from things
        return
    begin = time.monotonic()
    stream = iter(things)
    passed = 0
    for thing in stream:
        passed += 1
        yield thing
        if time.monotonic() - begin > patience_s:
            break
    else:
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:.0f} {task.description}"), TextColumn("{task.fields[rate]:.1f}/s"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=None, completed=passed, rate=passed / (time.monotonic() - begin))
        for thing in stream:
            passed += 1
            progress.update(task, completed=passed, rate=passed / (time.monotonic() - begin))
            yield thing
