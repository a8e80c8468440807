"""The manifest of a bundle: which files it holds, of which cases, signed by the log.

Promises: a bundle lists every file with its digest, so any change, addition or omission is named; and it says how many entries each
case had when it was made, so that a shorter case is noticed.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from temoin.errors import Broken

#: whole: every entry of the log. case: every entry of some cases. item: single entries, as a receipt.
Scope = Literal["whole", "case", "item"]
NAME = "MANIFEST.txt"
HEADER = "temoin/bundle/v1"
MAX_BYTES = 1 << 25


class File(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a bundle."""

    name: str
    sha256: str
    size_bytes: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a bundle holds."""

    origin: str
    made_at: str
    scope: Scope
    size: int  # of the log's checkpoint
    house: str  # the case that holds the keys
    cases: dict[str, int]  # case -> how many entries it has, erased ones included
    files: tuple[File, ...]

    @property
    def text(self) -> str:
        """The lines that are signed."""
        lines = [HEADER, f"origin {self.origin}", f"made {self.made_at}", f"scope {self.scope}", f"size {self.size}", f"house {self.house}"]
        lines += [f"case {case} {count}" for case, count in sorted(self.cases.items())]
        lines += [f"file {file.sha256} {file.size_bytes} {file.name}" for file in sorted(self.files, key=lambda f: f.name)]
        return "\n".join(lines) + "\n"


def parse(text: str) -> Manifest:
    """Read a manifest's text. Raises Broken where it is not written as it would be."""
    lines = text.split("\n")
    head = re.fullmatch(
        rf"{HEADER}\norigin (\S+)\nmade (\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\nscope (whole|case|item)\nsize (\d{{1,19}})\nhouse ([0-9a-f]{{32}})",
        "\n".join(lines[:6]),
        re.ASCII,
    )
    if not head:
        raise Broken("the manifest of the bundle cannot be read")
    cases: dict[str, int] = {}
    files: list[File] = []
    for line in lines[6:-1]:
        if found := re.fullmatch(r"case ([0-9a-f]{32}) (\d{1,19})", line, re.ASCII):
            cases[found[1]] = int(found[2])
        elif found := re.fullmatch(r"file ([0-9a-f]{64}) (\d{1,19}) (\S+)", line, re.ASCII):
            files.append(File(sha256=found[1], size_bytes=int(found[2]), name=found[3]))
        else:
            raise Broken(f"{line[:60]!r} is no line of a manifest")
    manifest = Manifest(
        origin=head[1], made_at=head[2], scope=msgspec.convert(head[3], Scope), size=int(head[4]), house=head[5], cases=cases, files=tuple(files)
    )
    if manifest.text != text:
        raise Broken("the manifest is not written as its own content would be")
    return manifest
