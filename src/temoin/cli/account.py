"""`temoin account`: the main job, from reports to an account on the terminal or in a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from temoin.cli.arguments import Day, reading_options
from temoin.cli.talk import tell, tell_unread, watched
from temoin.errors import Misused
from temoin.settings import Settings


@click.command(short_help="Make the account of reports, on screen or in a file.", epilog="Example: temoin account demo/reports -o account.html")
@reading_options
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write the account here: .html, .json or .md.")
@click.option("--today", type=Day(), help="The day from which promises count as overdue; else the day of the run.")
@click.pass_obj
def account(settings: Settings, reports: tuple[str, ...], lang: str | None, jobs: int | None, output: Path | None, today: date | None) -> int:
    """Make the account of reports: who says what, by how many origins, who denies, what was promised, what changed.

    REPORT is a file, a folder, or - for standard input: .txt .md .html .pdf .docx .eml .mhtml .warc .wacz or .jsonl; also readings that
    temoin read --json wrote. Without -o the account is printed here.
    """
    if output is not None:
        _must_be_writable(output)
    from temoin.desk.accounting import make_account
    from temoin.desk.gathering import gather
    from temoin.desk.reading import readings

    chosen = settings.with_flags(lang=lang, jobs=jobs, today=today)
    items = gather(reports, lang=chosen["lang"] or None)
    outcomes = readings(items, jobs=chosen["jobs"], alone_below=chosen["alone_below"], faults=chosen["faults"])
    made = make_account(watched(outcomes, what="reports read", patience_s=chosen["patience"]), today=chosen["today"])
    if not made.readings:
        tell_unread(made.unread)
        tell("nothing could be read", hint="name a file or folder with .txt .md .html .pdf .docx .eml or .jsonl reports")
        return 1
    from temoin.desk.publishing import show, write

    if output is None:
        click.echo(show(made), nl=False)
        return 0
    write(made, output)
    tell_unread(made.unread)
    click.echo(f"{output}: {len(made.readings)} reports, {len(made.claims)} claims, {len(made.origins)} origins, {len(made.unread)} unread", err=True)
    return 0


def _must_be_writable(output: Path) -> None:
    """Say so before an hour of reading, not after, where the account cannot be written as asked."""
    from temoin.desk.publishing import KINDS

    if output.suffix.lower() not in KINDS:
        raise Misused(
            f"{output} ends in {output.suffix or 'nothing'!r}; an account is written as {', '.join(KINDS)}",
            hint="temoin account demo/reports -o account.html",
        )
    if not output.parent.is_dir():
        raise Misused(f"there is no folder {output.parent} to write {output.name} in", hint=f"mkdir -p {output.parent}")
