"""`temoin log`: the log in public, as files that any web server serves and anybody can check and witness."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from temoin.cli.seal import opened, unwitnessed_option, workspace_option
from temoin.errors import Misused, Unreachable, Unverified

_PATH = click.Path(path_type=Path)


@click.group(short_help="Show the log in public, and check one.", epilog="Example: temoin log write public/log")
def log() -> None:
    """The log can be published: it holds only leaves of one length that tell nothing, and whoever reads it sees that it only grows.

    The files are tiles as C2SP tlog-tiles describes them; other people's programs read them too.
    """


@log.command(short_help="Write the log as files for a web server.", epilog="Example: temoin log write public/log")
@click.argument("target", type=_PATH)
@workspace_option
@unwitnessed_option
def write(target: Path, folder: Path, unwitnessed: bool) -> None:
    """Write the log into a folder that any web server can serve. Files that are there stay; what is new is added, the checkpoint last.

    Do it by the clock, not by the event: how often it grows tells how active you are.
    """
    from temoin.cli.seal_http import post
    from temoin.desk.mirror import write_log

    with opened(folder) as workspace:
        size, new = write_log(workspace, target, post, unwitnessed=unwitnessed)
    click.echo(f"{target}: log of {size}, {new} new files")


@log.command(short_help="Check a public log.", epilog="Example: temoin log check https://example.org/log --key KEY")
@click.argument("source")
@click.option("--key", default="", help="The log's public key (name+id+base64), got from elsewhere than the log.")
@click.option("--policy", "policy_file", type=_PATH, help="Instead of the key: whom to believe (tlog-policy), with witnesses.")
@click.option("--bundle", "bundles", multiple=True, type=_PATH, help="A bundle or receipt that must belong to this very log; may be given again.")
def check(source: str, key: str, policy_file: Path | None, bundles: Sequence[Path]) -> None:
    """Read a public log whole, from a folder or an http address: every entry, tile and root is computed again. Exit 3: it does not verify."""
    from temoin.cli.seal_http import get
    from temoin.desk.mirror import check_log, read_log
    from temoin.seal import policy
    from temoin.seal.key import VerifyingKey

    if bool(key) == bool(policy_file):
        raise Misused("a log is checked against a key that its owner told you", hint="Give --key, or a --policy that names it.")
    try:
        trust = policy.parse(policy_file.read_bytes()) if policy_file else policy.only(VerifyingKey.parse(key))
    except OSError as err:
        raise Unreachable(f"{policy_file} cannot be read: {err.strerror}") from err
    found = check_log(read_log(source, get), trust, bundles)
    click.echo(f"verifies: {found.checkpoint.size} entries of {found.checkpoint.origin}\n  root  {found.checkpoint.root.hex()}")
    for one in found.cosigned:
        click.echo(f"  witness  {one.key.name}")
    for path in bundles:
        click.echo(f"  bundle   {path}: belongs to this log")


@log.command(short_help="Be a witness of a public log.", epilog="Example: temoin log cosign https://example.org/log --key KEY")
@click.argument("source")
@click.option("--key", required=True, help="The log's public key (name+id+base64), got from elsewhere than the log.")
@workspace_option
@click.option("--name", default="", help="The name to sign with; at the first use only.")
def cosign(source: str, key: str, folder: Path, name: str) -> None:
    """Follow a public log from what was seen last, and print a signature over its checkpoint if it only grew. Exit 3: it did not."""
    from temoin.cli.seal_http import get
    from temoin.desk.mirror import cosign_log, read_log
    from temoin.seal.key import VerifyingKey

    with opened(folder) as workspace:
        signer = workspace.witness_key(name or f"{workspace.ledger.state('origin')}/witness")
        said = cosign_log(workspace, read_log(source, get), VerifyingKey.parse(key), signer)
    if said.status != 200:
        raise Unverified(
            f"not signed ({said.status}): {said.body.strip()}", hint="Keep what you saw: an earlier signature and this state prove a fork."
        )
    click.echo(said.body, nl=False)


#: What `temoin` adds to its verbs.
COMMANDS: tuple[click.Command, ...] = (log,)
