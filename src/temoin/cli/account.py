"""`temoin account`: the main job, from reports to an account on the terminal or in a file."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import date
from pathlib import Path

import click

from temoin.cli.arguments import Day, Language, reading_options
from temoin.cli.talk import many, tell, tell_unread, tell_unsearched, watched
from temoin.settings import Settings

#: Columns where the output is not a terminal.
USUAL_WIDTH = 80


@click.command(short_help="Make the account of reports, on screen or in a file.", epilog="Example: temoin account demo/reports -o account.html")
@reading_options
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the account here: .html, .pdf, .json, .md and others.")
@click.option("--today", type=Day(), help="The day from which promises count as overdue; else the day of the run.")
@click.option("--words", type=Language(), help="The language of the account's own words: en, fr, ru, es, pt or de.")
@click.pass_obj
def account(
    settings: Settings, reports: tuple[str, ...], lang: str | None, jobs: int | None, output: Path | None, today: date | None, words: str | None
) -> int:
    """Make the account of reports: who says what, by how many origins, who denies, what was promised, what changed.

    REPORT is a file, a folder, or - for standard input: .txt .md .html .pdf .docx .eml .mhtml .warc .wacz or .jsonl; also readings that
    temoin read --json wrote. Without -o the account is printed here.
    """
    from temoin.desk import publishing

    chosen = settings.with_flags(lang=lang, jobs=jobs, today=today, words=words)
    publishing.check(output, words=chosen["words"])
    from temoin.desk.accounting import make_account
    from temoin.desk.gathering import gather
    from temoin.desk.reading import readings

    items = gather(reports, lang=chosen["lang"] or None)
    outcomes = readings(items, jobs=chosen["jobs"], alone_below=chosen["alone_below"], faults=chosen["faults"])
    made = make_account(watched(outcomes, what="reports read", patience_s=chosen["patience"]), today=chosen["today"])
    tell_unread(made.unread)
    if not made.readings:
        tell("nothing could be read", hint="name a file or folder with .txt .md .html .pdf .docx .eml or .jsonl reports")
        return 1
    tell_unsearched(made.readings)
    if output is None:
        seen = sys.stdout.isatty()
        width = shutil.get_terminal_size().columns if seen else USUAL_WIDTH
        click.echo(publishing.show(made, words=chosen["words"], width=width, colour=seen and "NO_COLOR" not in os.environ))
        return 0
    publishing.write(made, output, words=chosen["words"])
    told = (many(len(made.readings), "report"), many(len(made.claims), "claim"), many(len(made.events), "event"), f"{len(made.unread)} unread")
    click.echo(f"{output}: {', '.join(told)}", err=True)
    return 0
