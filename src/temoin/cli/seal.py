"""The verbs of the seal: init, add, receipt, verify, stamp, export, erase, witness. Each opens the workspace and calls the desk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

import click

from temoin.cli.decision import agreed, by, decision, signers
from temoin.errors import Misused, Refused, Unreachable

if TYPE_CHECKING:
    from temoin.desk.workspace import Workspace
    from temoin.seal import Evidence

_PATH = click.Path(path_type=Path)
workspace_option = click.option("-w", "--workspace", "folder", type=_PATH, default=Path(), metavar="FOLDER", help="The workspace; else this folder.")
unwitnessed_option = click.option("--unwitnessed", is_flag=True, help="Give it out though the policy's witnesses have not signed; it then says so.")


def opened(folder: Path, *, read_only: bool = False) -> Workspace:
    """Open a workspace for a verb, and tell what a crash had left undone."""
    from temoin.desk.workspace import Workspace

    made = Workspace.open(folder, read_only=read_only)
    for said in made.swept:
        click.echo(f"temoin: after a crash: {said}", err=True)
    return made


@click.command(short_help="Begin a workspace.", epilog="Example: temoin init archive --name archive.example.org --officer anna --officer boris")
@click.argument("folder", type=_PATH)
@click.option("--name", required=True, help="The log's name in the world, such as archive.example.org.")
@click.option("--officer", "officers", multiple=True, help="Make a key for an officer of this name; only two together can erase.")
@click.option("--officer-key", "given", multiple=True, help="An officer's own public key (name+id+base64), made elsewhere.")
@click.option("--database", default="", help="postgresql://…; else SQLite in the folder.")
def init(folder: Path, name: str, officers: Sequence[str], given: Sequence[str], database: str) -> None:
    """Begin a workspace: a log with its keys. Each officer's private key is written to officers/; hand it over and delete it there."""
    from temoin.desk.workspace import Workspace
    from temoin.seal.key import SigningKey, VerifyingKey
    from temoin.store import durable

    made = [SigningKey.generate(f"{officer}.{name}") for officer in officers]
    keys = [*(key.public for key in made), *map(VerifyingKey.parse, given)]
    with Workspace.init(folder, name, keys, database=database) as workspace:
        log = str(workspace.ledger.key())
    if made:
        (folder / "officers").mkdir(mode=0o700, exist_ok=True)
    for officer, key in zip(officers, made, strict=True):
        durable.write(folder / "officers" / f"{officer}.key", key.export().encode() + b"\n")
        click.echo(f"temoin: the key of {officer} is in officers/{officer}.key: give it to them and delete it there", err=True)
    click.echo(f"temoin: publish this key, so that others can check what you seal; keep {folder / 'keys'} out of backups", err=True)
    click.echo(log)


@click.command(short_help="Seal files as they are.", epilog="Example: temoin add photos letter.pdf")
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@workspace_option
@click.option("--case", default="main", help="The case they belong to; a name that names nobody.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def add(paths: Sequence[Path], folder: Path, case: str, as_json: bool) -> None:
    """Seal files and folders of files, bit by bit as they are, and print a receipt line for each."""
    from dataclasses import asdict

    with opened(folder) as workspace:
        total = 0
        for one in workspace.add(paths, case):
            total += one.new
            state = "sealed" if one.new else "was there"
            click.echo(json.dumps(asdict(one), ensure_ascii=False) if as_json else f"{one.index:>8}  {state:<9}  sha256:{one.sha256}  {one.path}")
        head = workspace.ledger.head()
        size, root = head.text.split("\n")[1:3] if head else ("0", "")
        click.echo(f"temoin: {total} sealed; log of {size}, root {root}", err=True)


@click.command(short_help="Write the receipt of one item.", epilog="Example: temoin receipt photo.jpg -o photo-receipt.temoin")
@click.argument("item")
@workspace_option
@click.option("-o", "--output", type=_PATH, required=True, help="Where to write it.")
@unwitnessed_option
def receipt(item: str, folder: Path, output: Path, unwitnessed: bool) -> None:
    """Write a receipt: a small file that proves one item (its number, its SHA-256, or the file itself) without the workspace."""
    from temoin.cli.seal_http import post

    with opened(folder) as workspace:
        index = workspace.find(item)
        workspace.receipt(index, output, post, unwitnessed=unwitnessed)
    click.echo(f"{output}: entry {index}")


@click.command(short_help="Verify a workspace, a bundle, or files with their receipt.", epilog="Example: temoin verify export.temoin photo.jpg")
@click.argument("target", type=_PATH, default=Path())
@click.argument("files", nargs=-1, type=_PATH)
@click.option("--policy", "policy_file", type=_PATH, help="Whom to believe (tlog-policy), got from elsewhere than the bundle.")
@click.option("--root", "roots", multiple=True, type=_PATH, help="A root certificate of a time-stamp authority you trust (PEM).")
@click.option("--earlier", multiple=True, type=_PATH, help="An earlier bundle or receipt with which this log must begin.")
@click.option("--json", "as_json", is_flag=True, help="The evidence as one JSON object.")
def verify(target: Path, files: Sequence[Path], policy_file: Path | None, roots: Sequence[Path], earlier: Sequence[Path], as_json: bool) -> int:
    """Verify a workspace (all is derived again from its disk), or a bundle or receipt, with files that it must speak of. Exit 3: it does not."""
    if target.is_dir():
        return _verify_workspace(target, as_json)
    from temoin.seal import policy
    from temoin.seal import verify as verified
    from temoin.seal.stamp import read_root

    try:
        trust = policy.parse(policy_file.read_bytes()) if policy_file else None
        pinned = [read_root(path.read_bytes()) for path in roots] or None
    except OSError as err:
        raise Unreachable(f"{err.filename} cannot be read: {err.strerror}") from err
    evidence = verified(target, trust=trust, roots=pinned, files=files, earlier=earlier)
    if as_json:
        import msgspec

        click.echo(msgspec.json.encode(evidence).decode())
    else:
        _tell(evidence)
    return 0


def _verify_workspace(folder: Path, as_json: bool) -> int:
    with opened(folder, read_only=True) as workspace:
        problems, size = workspace.problems(), workspace.ledger.trunk.size
    if as_json:
        click.echo(json.dumps({"size": size, "problems": problems}, ensure_ascii=False))
    for said in problems:
        click.echo(f"does not verify: {said}", err=True)
    if not problems and not as_json:
        click.echo(f"verifies: {size} entries, their payloads, the tree and every signature, derived again from the disk")
    return 3 if problems else 0


def _tell(found: Evidence) -> None:
    from temoin.cli.talk import harmless

    click.echo(harmless(f"verifies: {len(found.items)} entries of {found.origin} (log of {found.size}, scope: {found.scope})"))
    click.echo(f"  key   {found.key}\n  root  {found.root}")
    for name, at in found.witnesses:
        click.echo(harmless(f"  witness     {name}, {at:%Y-%m-%d %H:%M:%S} UTC"))
    for size, stamp in found.stamps:
        when = f"{stamp.at:%Y-%m-%d %H:%M:%S} UTC over the first {size} entries"
        click.echo(harmless(f"  time stamp  {when}, by {stamp.authority}, root {stamp.root[:16]}…"))
    for gone in found.erased:
        click.echo(harmless(f"  erased      entry {gone.index}: {gone.ground}, by {' and '.join(gone.officers)}"))
    for digest, index in found.files.items():
        click.echo(f"  file        sha256:{digest} is the original of entry {index}")
    for said in found.remarks:
        click.echo(harmless(f"  note        {said}"))


@click.command(short_help="Have the log's state time-stamped.", epilog="Example: temoin stamp --authority https://tsa.example.org tsa-root.pem")
@workspace_option
@click.option("--authority", "more", multiple=True, type=(str, _PATH), metavar="URL ROOT.pem", help="Beside those named in workspace.toml.")
def stamp(folder: Path, more: Sequence[tuple[str, Path]]) -> int:
    """Have the last checkpoint stamped (RFC 3161) by every authority of workspace.toml. It reveals nothing of what was sealed."""
    from urllib.parse import urlsplit

    from temoin.cli.seal_http import post
    from temoin.desk.workspace import Authority

    named = [
        Authority(name=f"{(urlsplit(url).hostname or 'authority').replace(':', '-')}-{n}", url=url, root=str(root.resolve()))
        for n, (url, root) in enumerate(more, 1)
    ]
    with opened(folder) as workspace:
        told = workspace.stamp(post, named)
        workspace.ledger.sign()
    for one in told:
        click.echo(f"{one.authority}: {one.stamp.at:%Y-%m-%d %H:%M:%S} UTC" if one.stamp else f"{one.authority}: not counted: {one.problem}")
    roots = {one.stamp.root for one in told if one.stamp}
    if len(roots) < 2:
        click.echo("temoin: fewer than two independent authorities stamped; one alone could be wrong", err=True)
    return 0 if roots else 1


@click.command(short_help="Write a bundle that a stranger can verify alone.", epilog="Example: temoin export -o archive.temoin")
@workspace_option
@click.option("-o", "--output", type=_PATH, required=True, help="Where to write it.")
@click.option("--case", "cases", multiple=True, help="Only this case; may be given again.")
@unwitnessed_option
def export(folder: Path, output: Path, cases: Sequence[str], unwitnessed: bool) -> None:
    """Write a bundle: originals, entries, salts, proofs, stamps, the verifier, and a page that explains it. The export is sealed too."""
    from temoin.cli.seal_http import post

    with opened(folder) as workspace:
        count = workspace.export(output, cases, post, unwitnessed=unwitnessed)
    click.echo(f"{output}: {count} entries")


@click.command(
    short_help="Erase an item, by decision of two officers.",
    epilog="Example: temoin erase 17 --ground consent_withdrawn --officer a.key --officer b.key",
)
@click.argument("item")
@workspace_option
@click.option("--ground", required=True, help="The reason's class; see the list with an empty one.")
@signers
@decision
@click.option("--yes", is_flag=True, help="Do not ask again.")
def erase(item: str, folder: Path, ground: str, officers: Sequence[Path], paper: Path | None, yes: bool) -> None:
    """Erase one item for good: its payload, text, salt and keys are destroyed, and a tombstone signed by two officers stays."""
    from temoin.desk.copies import copies_of
    from temoin.seal.tombstone import Ground

    if ground not in get_args(Ground):
        raise Misused(f"{ground!r} is no ground", hint="Grounds: " + ", ".join(get_args(Ground)))
    who = by(officers, paper)
    with opened(folder) as workspace:
        index = workspace.find(item)
        made = copies_of(workspace, index)
        if made:
            entries = ", ".join(map(str, made))
            click.echo(f"temoin: made from it, and not erased with it: entries {entries}. Erase them too, and call back what was published", err=True)
        if not (paper and not paper.exists()) and not yes and not agreed(f"Erase entry {index} for good? Copies in backups will not open either"):
            raise Refused("nothing was erased", hint="Answer y, or give --yes.")
        stone = workspace.erase(index, cast(Ground, ground), who)
    click.echo(f"entry {index} is erased; tombstone {stone}")
    click.echo("temoin: make a new backup now: earlier ones no longer open", err=True)


@click.command(
    name="witness",
    short_help="Ask witnesses to sign, or be one for others.",
    epilog="Example: temoin witness --serve 127.0.0.1:8017 --log KEY",
)
@workspace_option
@click.option("--serve", metavar="HOST:PORT", help="Answer other logs; else the witnesses of policy.txt are asked about ours.")
@click.option("--log", "logs", multiple=True, help="A log to witness: its public key, name+id+base64.")
@click.option("--name", default="", help="The name to sign with; at the first use only.")
def witness_(folder: Path, serve: str | None, logs: Sequence[str], name: str) -> int:
    """Ask the witnesses of policy.txt to cosign this log, or with --serve cosign the logs given: each only as long as it only grows."""
    from temoin.cli.seal_http import post, server
    from temoin.seal.key import VerifyingKey
    from temoin.seal.witness import MAX_REQUEST_BYTES

    with opened(folder) as workspace:
        if serve is None:
            signed, problems = workspace.cosign(post)
            for said in problems:
                click.echo(f"temoin: {said}", err=True)
            click.echo(str(signed), nl=False)
            return 1 if problems else 0
        host, _, port = serve.rpartition(":")
        if not port.isdigit() or not logs:
            raise Misused("--serve wants HOST:PORT, and at least one --log")
        known = [VerifyingKey.parse(log) for log in logs]
        key = workspace.witness_key(name or f"{workspace.ledger.state('origin')}/witness")
        running = server(host or "127.0.0.1", int(port), lambda body: workspace.answer(body, known, key), MAX_REQUEST_BYTES)
        click.echo(f"witness w {key.public} http://{running.server_address[0]!s}:{running.server_port}")
        with running:
            running.serve_forever()
    return 0


#: What `temoin` adds to its verbs.
COMMANDS: tuple[click.Command, ...] = (init, add, receipt, verify, stamp, export, erase, witness_)
