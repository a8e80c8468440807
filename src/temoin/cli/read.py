"""`temoin read`: what is found in each report, for machines, for people, or only its text."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any, Literal

import click
import msgspec

from temoin.cli.arguments import reading_options
from temoin.cli.reading import read_all
from temoin.cli.talk import harmless, tell, tell_unread, tell_unsearched, watched
from temoin.records import Reading, Unread
from temoin.settings import Settings

Form = Literal["json", "text", "explain"]


@click.command(short_help="Show what was found in each report, and why.", epilog="Example: temoin read report.html --explain")
@reading_options
@click.option("--json", "form", flag_value="json", help="One JSON object a line, in the order given.")
@click.option("--text", "form", flag_value="text", help="The text read out of each report, which offsets count in.")
@click.option("--explain", "form", flag_value="explain", help="For a person: why each claim was found (also without an option).")
@click.pass_obj
def read(settings: Settings, reports: tuple[str, ...], lang: str | None, jobs: int | None, form: Form | None) -> int:
    """Read reports and show what was found in each.

    REPORT is a file, a folder, or - for standard input: .txt .md .html .pdf .docx .eml .mhtml .warc .wacz or .jsonl.
    """
    from temoin.desk.gathering import gather
    from temoin.languages import CODES

    chosen = settings.with_flags(lang=lang, jobs=jobs)
    items = gather(reports, lang=chosen["lang"] or None)
    if form == "text":
        outcomes: Iterable[Any] = items
    else:
        outcomes = read_all(chosen, items)
    unread: list[Unread] = []
    strange: list[Reading] = []
    shown = 0
    # On a terminal the findings themselves show that work goes on; a bar between them would only be in the way.
    patience_s = float("inf") if sys.stdout.isatty() else chosen["patience"]
    for outcome in watched(outcomes, what="reports read", patience_s=patience_s):
        if isinstance(outcome, Unread):
            unread.append(outcome)
            continue
        try:
            shown += _show(outcome, form, first=shown == 0)
            if isinstance(outcome, Reading) and outcome.lang not in CODES:
                strange.append(msgspec.structs.replace(outcome, text=""))
        except UnicodeEncodeError:
            unread.append(
                Unread(path=outcome.path or outcome.id, reason="its text holds half characters that cannot be written", sha256=outcome.sha256)
            )
    tell_unread(unread)
    tell_unsearched(strange)
    if not shown:
        tell("nothing could be read", hint="name a file or folder with .txt .md .html .pdf .docx .eml or .jsonl reports")
        return 1
    return 0


def _show(outcome: Any, form: Form | None, *, first: bool) -> int:
    """Write one outcome to stdout in the form asked for; return 1."""
    if form == "json":
        line = msgspec.json.encode(outcome) + b"\n"
        sys.stdout.flush()
        sys.stdout.buffer.write(line)
    elif form == "text":
        # Byte for byte, so that offsets count in what is printed; only a terminal is kept from obeying it.
        text = harmless(outcome.text) if sys.stdout.isatty() else outcome.text
        head = "" if first else "\f\n"
        sys.stdout.flush()
        sys.stdout.buffer.write((head + text).encode())
    else:
        from temoin.cli.explain import explain

        if not isinstance(outcome, Reading):
            raise TypeError(f"explain wants a Reading, got {type(outcome).__name__}")
        explain(outcome)
    return 1
