"""Write the pages that are made from the code: python -m docs.generate

Command reference, settings, JSON schemas of a reading and of an account, NOTICE from its parts. A test compares each with what stands in the
repository.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from temoin import publish
from temoin.cli.group import temoin
from temoin.records import Reading
from temoin.settings import FILE_NAME, SETTINGS, shown

ROOT = Path(__file__).parent.parent
WIDTH = 88
GENERATED = "<!-- Written by `make docs` from the code; edit the code instead. -->"


def pages() -> dict[Path, str]:
    """Return what each generated page should hold, by its path from the root of the repository."""
    return {
        Path("docs/reference/cli.md"): cli(),
        Path("docs/reference/settings.md"): settings(),
        Path("docs/reference/reading.schema.json"): schema(),
        Path("docs/reference/account.schema.json"): publish.schema().decode(),
        Path("docs/reference/parsers.md"): parsers(),
        Path("NOTICE"): notice(),
    }


def commands(command: click.Command, parent: click.Context | None = None) -> Iterator[tuple[str, str]]:
    """Yield the help of a command and of those below it, each with its full name, as they print it on a terminal of WIDTH columns."""
    context = command.make_context(command.name, [], parent=parent, resilient_parsing=True, terminal_width=WIDTH, max_content_width=WIDTH)
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for verb in command.list_commands(context):
            yield from commands(command.commands[verb], context)


def cli() -> str:
    """Return the command reference: the help of every verb, as it prints it."""
    parts = ["# The command line", GENERATED, "Results go to stdout, talk and progress to stderr."]
    parts.append("Exit codes: 0 done, 1 failed, 2 misused, 3 does not verify, 130 stopped by Ctrl-C.")
    parts += [f"## {name}\n\n```text\n{text.rstrip()}\n```" for name, text in commands(temoin)]
    return "\n\n".join(parts) + "\n"


def settings() -> str:
    """Return the table of settings."""
    rows = [f"| `{one.name}` | {shown(one.default)} | {one.unit} | `{one.variable}` | {one.sentence} |" for one in SETTINGS]
    parts = [
        "# Settings",
        GENERATED,
        f"Default, then `{FILE_NAME}` in the current folder (or the file that `--settings` names), then the environment, then the flag:\n"
        "the later one counts.\n`temoin settings` prints each value and where it came from.",
        "| name | default | unit | variable | what it does |\n|---|---|---|---|---|\n" + "\n".join(rows),
        f"In `{FILE_NAME}`:",
        "```toml\n[settings]\njobs = 2\ntoday = 2017-06-01\n```",
    ]
    return "\n\n".join(parts) + "\n"


def schema() -> str:
    """Return the JSON schema of one line of `temoin read --json`."""
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "One line of temoin read --json", **msgspec.json.schema(Reading)}
    return msgspec.json.format(msgspec.json.encode(whole), indent=2).decode() + "\n"


def parsers() -> str:
    """Return the figures of the parsers: how good each is, and how far to trust a relation that both of a language find."""
    figures = json.loads((ROOT / "models" / "figures.json").read_text(encoding="utf-8"))
    whole = [
        f"| {lang} | {one['model']['LAS']} / {one['model']['UAS']} | {one['model']['UPOS']} | {one['second']['LAS']} / {one['second']['UAS']} "
        f"| {one['model']['size_mb']} + {one['second']['size_mb']} MB |"
        for lang, one in sorted(figures.items())
    ]
    kinds = sorted({kind for one in figures.values() for kind in one["relations"]})
    each = [
        f"| {lang} | "
        + " | ".join(f"{found['F']:.0f} ({found['agreed precision']:.0f})" if (found := one["relations"].get(kind)) else "–" for kind in kinds)
        + " |"
        for lang, one in sorted(figures.items())
    ]
    parts = [
        "# The parsers' figures",
        GENERATED,
        "Measured on sentences kept from training; how is told in [the language packs](../explanation/packs.md).",
        "LAS and UAS: share of words with the right head, with and without the right relation. UPOS: share with the right word class.",
        "| | model LAS / UAS | UPOS | second LAS / UAS | size |\n|---|---|---|---|---|\n" + "\n".join(whole),
        "The relations that the rules go by: F1 of the full parser and, in brackets, how many in a hundred are right where both parsers agree.",
        f"| | {' | '.join(kinds)} |\n|---|{'---|' * len(kinds)}\n" + "\n".join(each),
    ]
    return "\n\n".join(parts) + "\n"


def notice() -> str:
    """Return NOTICE: its parts in the order of their names."""
    return "\n\n".join(part.read_text(encoding="utf-8").strip() for part in sorted((ROOT / "NOTICE.d").glob("*.md"))) + "\n"


def main() -> None:
    """Write every page that differs and say which."""
    for path, text in pages().items():
        target = ROOT / path
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.write_text(text, encoding="utf-8")
            print(f"written: {path}")


if __name__ == "__main__":
    main()
