"""`temoin settings`: every setting, its value, and where the value came from."""

from __future__ import annotations

import click

from temoin.cli.talk import harmless
from temoin.settings import Settings, told


@click.command(short_help="Print every setting and where its value came from.", epilog="Example: TEMOIN_JOBS=1 temoin settings")
@click.pass_obj
def settings(chosen: Settings) -> None:
    """Print every setting, its value, and where the value came from.

    Default, then the file temoin.toml, then the environment, then the flag: the later one counts.
    """
    for name in chosen:
        one = chosen.chosen(name)
        click.echo(harmless(f"{name} = {told(one)}   [{one.origin}]"))
        click.echo(f"    {one.setting.sentence} ({one.setting.unit}; {one.setting.variable})")
