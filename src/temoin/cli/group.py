"""The command `temoin` and the list of its verbs. A verb imports the rooms it needs when it is run, so that help is at once."""

from __future__ import annotations

import os
from pathlib import Path

import click

from temoin import __version__
from temoin.cli.account import account
from temoin.cli.deciding import COMMANDS as DECIDING
from temoin.cli.doctor import doctor
from temoin.cli.media import COMMANDS as PICTURES
from temoin.cli.mirror import COMMANDS as MIRRORING
from temoin.cli.read import read
from temoin.cli.seal import COMMANDS as SEALING
from temoin.cli.settings import settings
from temoin.settings import load


class Verbs(click.Group):
    """A group that lists its verbs in the order of the work, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs as they were added."""
        return list(self.commands)


@click.group(
    cls=Verbs,
    epilog="Example: temoin account demo/reports -o account.html",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--settings", "file", type=click.Path(path_type=Path), metavar="FILE", help="Settings file; else temoin.toml in this folder.")
@click.version_option(__version__, prog_name="temoin", message="%(prog)s %(version)s")
@click.pass_context
def temoin(context: click.Context, file: Path | None) -> None:
    """From many reports to the few sources behind them: who says what, by how many independent origins, and what changed on the way."""
    context.obj = load(environment=os.environ, file=file, folder=Path())


for verb in (account, read, *SEALING, *MIRRORING, *DECIDING, *PICTURES, settings, doctor):
    temoin.add_command(verb)
