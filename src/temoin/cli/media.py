"""The verbs of the picture desk: `temoin copy` makes a public copy of an original, `temoin alike` finds originals that look alike."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from temoin.cli.seal import opened, workspace_option

_PATH = click.Path(path_type=Path)


@click.command(
    short_help="Make a public copy of a picture, PDF or film.",
    epilog="Example: temoin copy photo.jpg -o photo-public.jpg --cover 120,80,260,240",
)
@click.argument("item")
@workspace_option
@click.option("-o", "--output", type=_PATH, required=True, help="Where to write the copy; it must not be there yet.")
@click.option(
    "--cover",
    "covers",
    multiple=True,
    metavar="[PAGE:]LEFT,TOP,RIGHT,BOTTOM",
    help="Black out this rectangle, in pixels of the copy; may be given again.",
)
def copy(item: str, folder: Path, output: Path, covers: Sequence[str]) -> None:
    """Make a copy that may be given to the public: what is seen (and heard) in the original, and nothing else of it.

    No place, date, camera, name, earlier version or hidden text comes along. The original stays sealed as it is; the copy is sealed beside it, with
    how it was made. ITEM is an entry's number, its SHA-256, or the file. To find the pixels for --cover, make one copy without it and look at that.
    """
    from temoin.desk.copies import copy as copied
    from temoin.media.cover import parse

    drawn = [parse(text) for text in covers]
    with opened(folder) as workspace:
        done = copied(workspace, workspace.find(item), output, drawn)
    made = done.made
    size = f"{made.width} × {made.height}" if made.width else "sound"
    pages = f", {made.pages} pages or frames" if made.pages > 1 else ""
    click.echo(f"{output}: entry {done.index}, made from entry {done.parent}: {made.operation}, {size}{pages}, {len(made.covers)} covers")
    for note in made.notes:
        click.echo(f"temoin: {note}", err=True)
    click.echo("temoin: look at the copy before you publish it: faces, voices, signs and streets are still there unless you covered them", err=True)


@click.command(short_help="Find originals that look alike.", epilog="Example: temoin alike photo.jpg")
@click.argument("item", required=False)
@workspace_option
@click.option("--strict", is_flag=True, help="Only what is nearly certainly the same picture, saved again or made smaller.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def alike(item: str | None, folder: Path, strict: bool, as_json: bool) -> None:
    """Find pictures among the originals that look alike: saved again, made smaller, cut a little, turned or mirrored.

    With ITEM, those like that one; else all pairs. It proposes, a person looks. No face is searched for, and what is compared never leaves the
    workspace.
    """
    from temoin.desk.copies import alike as compared
    from temoin.media.likeness import ALIKE, SAME

    with opened(folder) as workspace:
        found, unseen = compared(workspace, workspace.find(item) if item else None, within=SAME if strict else ALIKE)
    for one in found:
        if as_json:
            click.echo(json.dumps({"first": one.first, "second": one.second, "same": one.same}))
        else:
            click.echo(f"entry {one.first} and entry {one.second}: {'the same picture' if one.same else 'worth a look'}")
    for index, reason in unseen.items():
        click.echo(f"temoin: entry {index} was not compared: {reason}", err=True)
    if not found:
        click.echo("temoin: no two look alike", err=True)


#: What `temoin` adds to its verbs.
COMMANDS: tuple[click.Command, ...] = (copy, alike)
