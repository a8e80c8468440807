"""`temoin doctor`: whether this machine has what Témoin needs, line by line."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(short_help="Check that this machine has what Témoin needs.", epilog="Example: temoin doctor")
def doctor() -> int:
    """Check versions, language packs, the database, memory and free disk; exit 1 where something needed is missing."""
    from temoin.cli.talk import harmless
    from temoin.desk.health import examine

    findings = examine(Path())
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
