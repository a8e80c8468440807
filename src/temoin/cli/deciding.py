"""The verbs of decisions: `temoin officer` names those who decide about erasures, `temoin hold` forbids one until two of them lift it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from temoin.cli.decision import by, decision, sign, signers
from temoin.cli.seal import opened, workspace_option
from temoin.errors import Misused, Refused

_PATH = click.Path(path_type=Path)


@click.group(short_help="Say who decides about erasures.", epilog="Example: temoin officer list")
def officer() -> None:
    """Officers are people with a key. Only two of them together can erase, lift a hold, or make or unmake another officer.

    Three officers are better than two: a lost key can then be taken back by the other two.
    """


@officer.command(name="list", short_help="Show the officers.", epilog="Example: temoin officer list -w archive")
@workspace_option
def list_(folder: Path) -> None:
    """Show the officers of this moment: one public key a line, as the log names them."""
    from temoin.store.deciding import board

    with opened(folder, read_only=True) as workspace:
        found = board(workspace.ledger).officers
    for key in found:
        click.echo(str(key))
    if len(found) < 2:
        click.echo("temoin: with fewer than two officers nothing can be erased", err=True)


@officer.command(short_help="Make a key for an officer.", epilog="Example: temoin officer make anna.archive.example.org -o anna.key")
@click.argument("name")
@click.option("-o", "--output", type=_PATH, required=True, help="Where to write the private key; it must not be there yet.")
def make(name: str, output: Path) -> None:
    """Make a private key on the officer's own machine, and print the public one, which the workspace is told. No workspace is needed."""
    from temoin.seal.key import SigningKey
    from temoin.store import durable

    if output.exists():
        raise Refused(f"{output} is there already", hint="A key is never written over.")
    key = SigningKey.generate(name)
    durable.write(output, key.export().encode() + b"\n")
    click.echo(f"temoin: the private key is in {output}: whoever has it can decide as {name}", err=True)
    click.echo(str(key.public))


@officer.command(short_help="Name an officer.", epilog="Example: temoin officer add KEY --officer anna.key --officer boris.key")
@click.argument("key")
@workspace_option
@signers
@decision
def add(key: str, folder: Path, officers: Sequence[Path], paper: Path | None) -> None:
    """Name an officer by a public key, as `temoin officer make` prints it. Two officers sign, unless nothing was ever sealed here."""
    from temoin.seal.key import VerifyingKey
    from temoin.store.deciding import name_officer

    with opened(folder) as workspace:
        index = name_officer(workspace.ledger, VerifyingKey.parse(key), by(officers, paper))
        workspace.ledger.sign()
    click.echo(f"entry {index}: {key.split('+')[0]} is an officer")


@officer.command(
    short_help="Take an officer's key back.", epilog="Example: temoin officer revoke carla.example --officer anna.key --officer boris.key"
)
@click.argument("name")
@workspace_option
@signers
@decision
def revoke(name: str, folder: Path, officers: Sequence[Path], paper: Path | None) -> None:
    """Take an officer's key back, by name. What it signed before stays signed. Two officers sign, and two must be left."""
    from temoin.store.deciding import revoke_officer

    with opened(folder) as workspace:
        index = revoke_officer(workspace.ledger, name, by(officers, paper))
        workspace.ledger.sign()
    click.echo(f"entry {index}: {name} is no officer any more")


@click.group(short_help="Forbid an erasure, for a court or an inquiry.", epilog="Example: temoin hold place 17 --reason 'summons of 3 May'")
def hold() -> None:
    """A legal hold forbids the erasure of an item, or of a whole case. Anybody who works here can place one; two officers lift it.

    The hold and its end are entries of the log, and no verifier accepts an erasure of what was held.
    """


@hold.command(name="list", short_help="Show the holds that stand.", epilog="Example: temoin hold list")
@workspace_option
def held(folder: Path) -> None:
    """Show the holds that stand, what they hold, and why."""
    from temoin.cli.talk import harmless
    from temoin.store.deciding import board

    with opened(folder, read_only=True) as workspace:
        for one in board(workspace.ledger).holds:
            letter = workspace.ledger.one(one.index).letter
            reason = next((shown.value for shown in letter.disclosures if shown.name == "reason"), "") if letter else ""
            what = f"the case {workspace.ledger.case_name(one.case)}" if one.of is None else f"entry {one.of}"
            click.echo(harmless(f"hold {one.index}: {what}" + (f" ({reason})" if reason else "")))


@hold.command(short_help="Place a hold.", epilog="Example: temoin hold place --case main --reason 'inquiry of the prosecutor'")
@click.argument("item", required=False)
@workspace_option
@click.option("--case", default="", help="A whole case instead of an item: what it holds now and what it will hold.")
@click.option("--reason", default="", help="Why; sealed as a hidden field.")
def place(item: str | None, folder: Path, case: str, reason: str) -> None:
    """Forbid the erasure of an item (its number, its SHA-256, or the file itself), or with --case of everything in a case."""
    from temoin.store.deciding import place_hold

    if bool(item) == bool(case):
        raise Misused("a hold is on an item or on a case", hint="Give one of them.")
    with opened(folder) as workspace:
        known = workspace.ledger.case(case) if case else ""
        if known is None:
            raise Misused(f"there is no case {case}")
        index = place_hold(workspace.ledger, known, workspace.find(item) if item else None, reason)
        workspace.ledger.sign()
    click.echo(f"hold {index} stands; only two officers can lift it")


@hold.command(short_help="Lift a hold.", epilog="Example: temoin hold lift 23 --officer anna.key --officer boris.key")
@click.argument("number", type=int)
@workspace_option
@signers
@decision
def lift(number: int, folder: Path, officers: Sequence[Path], paper: Path | None) -> None:
    """Lift the hold of this number, by decision of two officers. It erases nothing."""
    from temoin.store.deciding import lift_hold

    with opened(folder) as workspace:
        index = lift_hold(workspace.ledger, number, by(officers, paper))
        workspace.ledger.sign()
    click.echo(f"entry {index}: hold {number} is lifted")


officer.add_command(sign)
#: What `temoin` adds to its verbs.
COMMANDS: tuple[click.Command, ...] = (officer, hold)
