"""A decision on paper, so to speak: a file that travels to the officers, is signed by each on a machine of their own, and comes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from temoin.errors import Broken, Misused, Refused, Unreachable

if TYPE_CHECKING:
    from temoin.seal.key import SigningKey
    from temoin.seal.note import Note
    from temoin.store.deciding import By

_PATH = click.Path(path_type=Path)
signers = click.option("--officer", "officers", multiple=True, type=_PATH, help="An officer's private key file; two are needed.")
decision = click.option(
    "--decision", "paper", type=_PATH, help="Instead of key files: a file to be signed elsewhere. The first time it is written; signed, it is used."
)
#: A file of a decision is some lines and some signatures.
_MOST_BYTES = 1 << 16
#: A blank line stands between what is decided and who signed it.
_SIGNED = "\n\n"


def read_key(path: Path) -> SigningKey:
    """Read an officer's private key. Raises Unreachable without repeating any of it."""
    from temoin.seal.key import SigningKey

    try:
        return SigningKey.parse(path.read_text("ascii"))
    except (OSError, ValueError) as err:
        raise Unreachable(f"the key {path.name} cannot be read") from err


def by(officers: Sequence[Path], paper: Path | None) -> By:
    """Return who signs: the keys in these files, or a file that was signed elsewhere. Raises Misused where both are given."""
    if officers and paper:
        raise Misused("a decision is signed here with --officer, or elsewhere with --decision, not both")
    return _from(paper) if paper else [read_key(path) for path in officers]


def _from(paper: Path) -> Callable[[str], Note]:
    def signed(text: str) -> Note:
        from temoin.seal import note
        from temoin.store import durable

        if paper.exists():
            held = _read(paper)
            if _SIGNED not in held:
                raise Refused(f"{paper.name} is not signed yet", hint="temoin officer sign, by two officers, each with a key of their own.")
            return note.parse(held)
        durable.write(paper, text.encode(), mode=0o644)
        click.echo(f"temoin: {paper} holds what is to be decided; nothing was done yet", err=True)
        click.echo("temoin: let two officers sign it, each with temoin officer sign, then give this command again", err=True)
        raise click.exceptions.Exit(0)

    return signed


def _read(paper: Path) -> str:
    try:
        raw = paper.read_bytes()
        if len(raw) > _MOST_BYTES:
            raise Broken(f"{paper.name} is no decision: it has {len(raw)} bytes")
        return raw.decode()
    except (OSError, UnicodeDecodeError) as err:
        raise Unreachable(f"{paper} cannot be read") from err


@click.command(short_help="Sign a decision, on your own machine.", epilog="Example: temoin officer sign decision.txt --officer anna.key")
@click.argument("paper", type=_PATH)
@signers
@click.option("--yes", is_flag=True, help="Do not show it and ask.")
def sign(paper: Path, officers: Sequence[Path], yes: bool) -> None:
    """Sign a decision that `temoin erase`, `temoin hold lift` or `temoin officer` wrote with --decision. It is shown first. No workspace is needed.

    Send the file on to the next officer, or back to whoever asked.
    """
    from temoin.cli.talk import harmless
    from temoin.seal import note
    from temoin.store import durable

    if not officers:
        raise Misused("nobody signs", hint="Give --officer with your key file.")
    whole = _read(paper)
    held = note.parse(whole) if _SIGNED in whole else note.Note(text=whole, signatures=())
    if not held.text.startswith(("temoin/tombstone/v1\n", "temoin/mandate/v1\n")):
        raise Broken(f"{paper.name} is no decision", hint="It is the file that --decision wrote.")
    if not yes:
        click.echo(harmless(held.text), err=True, nl=False)
        if not agreed("Sign this?"):
            return
    keys = [read_key(path) for path in officers]
    made = note.sign(held.text, keys)
    known = {(line.name, line.key_id) for line in made.signatures}
    kept = tuple(line for line in held.signatures if (line.name, line.key_id) not in known)
    durable.write(paper, str(note.Note(text=held.text, signatures=(*kept, *made.signatures))).encode(), mode=0o644)
    click.echo(f"{paper}: signed by {', '.join(line.name for line in (*kept, *made.signatures))}")


def agreed(question: str) -> bool:
    """Ask on the terminal; nobody there means no."""
    try:
        return click.confirm(question, err=True)
    except click.Abort:  # no terminal, or Ctrl-D
        return False
