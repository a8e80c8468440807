"""`temoin account`: the main job, from reports to an account on the terminal or in a file."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import ExitStack
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from temoin.cli.arguments import Day, Language, reading_options
from temoin.cli.reading import read_all
from temoin.cli.seal import opened, unwitnessed_option
from temoin.cli.talk import many, tell, tell_unread, tell_unsearched, watched
from temoin.errors import Misused
from temoin.records_account import RULES
from temoin.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from temoin.desk.reading import Item
    from temoin.desk.workspace import Workspace
    from temoin.records_account import Account

#: Columns where the output is not a terminal.
USUAL_WIDTH = 80


@click.command(short_help="Make the account of reports, on screen or in a file.", epilog="Example: temoin account demo/reports -o account.html")
@partial(reading_options, required=False)
@click.option(
    "-w",
    "--workspace",
    "folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Of what is sealed in this workspace; FILE is then sealed, too, and what proves it stands beside it.",
)
@unwitnessed_option
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the account here: .html, .pdf, .json, .md and others.")
@click.option("--today", type=Day(), help="The day from which promises count as overdue; else the day of the run.")
@click.option("--since", type=Day(), help="Tell first what is new since this day.")
@click.option("--diff", type=click.Path(path_type=Path), metavar="OLD.json", help="Tell first what is new beside an account written earlier.")
@click.option(
    "--rule", type=click.Choice(RULES), default=RULES[0], help="How the figures of a happening are taken together; every page has a table of all."
)
@click.option("--words", type=Language(), help="The language of the account's own words: en, fr, ru, es, pt or de.")
@click.pass_obj
def account(
    settings: Settings, reports: tuple[str, ...], lang: str | None, jobs: int | None, output: Path | None, today: date | None, since: date | None,
    diff: Path | None, rule: str, words: str | None, folder: Path | None, unwitnessed: bool,
) -> int:  # fmt: skip
    """Make the account of reports: who says what, by how many origins, who denies, what was promised, what changed.

    REPORT is a file, a folder, or - for standard input: .txt .md .html .pdf .docx .eml .mhtml .warc .wacz or .jsonl; also readings that
    temoin read --json wrote. Without -o the account is printed here.

    With -w the account is of the originals sealed in a workspace. FILE is sealed as published, and FILE.proofs.temoin beside it proves, to
    anybody with temoin verify, what was published and which sealed originals it cites.
    """
    from temoin.desk import publishing

    chosen = settings.with_flags(lang=lang, jobs=jobs, today=today, words=words)
    publishing.check(output, words=chosen["words"])
    from temoin.desk.accounting import earlier
    from temoin.desk.gathering import gather

    if not reports and folder is None:
        raise click.UsageError("Missing argument 'REPORT...', or a workspace with -w.")
    if reports and folder is not None:
        raise Misused("reports are named, and a workspace as well", hint="temoin add seals reports into a workspace")
    if since is not None and diff is not None:
        raise Misused("--since and --diff both say what to compare with", hint="give one of them")
    beside = earlier(diff) if diff is not None else None
    with ExitStack() as held:
        workspace = held.enter_context(opened(folder)) if folder is not None else None
        if workspace is None:
            items = gather(reports, lang=chosen["lang"] or None)
        else:
            from temoin.desk.sealed import gather_sealed  # late: it brings the database

            items = gather_sealed(workspace, lang=chosen["lang"] or None)
        return _account(chosen, items, output, since, beside, rule, workspace, unwitnessed)


def _account(
    chosen: Settings, items: Iterator[Item], output: Path | None, since: date | None, beside: Account | None, rule: str, workspace: Workspace | None,
    unwitnessed: bool,
) -> int:  # fmt: skip
    """Read, reckon, tell or write, and seal what was written where a workspace is open."""
    from temoin.desk import publishing
    from temoin.desk.accounting import make_account

    outcomes = watched(read_all(chosen, items), what="reports read", patience_s=chosen["patience"])
    made = make_account(outcomes, today=chosen["today"], since=since, beside=beside, rule=rule)
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
    if workspace is not None:
        from temoin.cli.seal_http import post
        from temoin.desk.sealed import publish

        digests = [reading.sha256 for reading in made.readings if reading.sha256]
        index, bundle = publish(workspace, output, digests, post, unwitnessed=unwitnessed)
        click.echo(f"{bundle}: proves entry {index}, the account as published, and the originals it cites", err=True)
    return 0
