"""`temoin doctor`: whether this machine has what Témoin needs, line by line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from temoin.settings import Settings

if TYPE_CHECKING:
    from temoin.desk.health import Finding


@click.command(short_help="Check that this machine has what Témoin needs.", epilog="Example: temoin doctor")
@click.pass_obj
def doctor(settings: Settings) -> int:
    """Check versions, language packs, the database, memory, free disk and the second reader; exit 1 where something needed is missing."""
    from temoin.cli.talk import harmless
    from temoin.desk.health import examine

    findings = [*examine(Path()), _second_reader(settings)]
    width = max(len(finding.what) for finding in findings)
    for finding in findings:
        click.echo(harmless(f"{finding.state:<7}  {finding.what:<{width}}  {finding.seen}"))
        if finding.hint:
            click.echo(harmless(f"{'':<7}  {'':<{width}}  hint: {finding.hint}"))
    missing = [finding.what for finding in findings if finding.state == "missing"]
    if missing:
        from temoin.cli.talk import tell

        tell(f"not ready: {', '.join(missing)}")
        return 1
    return 0


def _second_reader(settings: Settings) -> Finding:
    """Ask the second reader one harmless question, where there is one."""
    from temoin.cli.model_http import second_reader
    from temoin.desk.health import Finding
    from temoin.errors import TemoinError

    try:
        reader = second_reader(settings)
        if reader is None:
            return Finding("second reader", "ok", "off")
        reader.ask("Nobody was hurt in the rain.")
    except TemoinError as error:
        return Finding("second reader", "note", str(error), error.hint or "temoin settings shows where it is looked for; reports are read without it")
    return Finding("second reader", "ok", f"{reader.model} answers")
