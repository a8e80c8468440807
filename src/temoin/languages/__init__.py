"""One folder per language: tables made by somebody who knows it (TOML), and pipelines trained from its treebanks.

A language is data. `tables` reads one of its tables; nothing else in the project opens these files.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

#: Languages with a pack, by ISO 639-1 code, in the order in which they were made.
CODES = ("en", "fr", "ru", "es", "pt", "de")


@cache
def tables(lang: str, name: str) -> dict[str, Any]:
    """Return the table `name` ("lexicon", "numbers", "times") of a language, as its TOML says; treat it as frozen.

    Raises KeyError where there is no pack for the language, FileNotFoundError where the pack has no such table.
    """
    if lang not in CODES:
        raise KeyError(f"no language pack for {lang!r}; there are {', '.join(CODES)}")
    return tomllib.loads((files(__name__) / lang / f"{name}.toml").read_text(encoding="utf-8"))
