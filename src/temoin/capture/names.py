"""Names: an id for every report of one run, taken from its file or its own word, and never given twice."""

from __future__ import annotations

import re
from pathlib import PurePath

LONGEST = 120

#: Endings that name a container or an encoding, so that "page.warc.gz" becomes "page".
_ENDINGS = re.compile(r"(\.(txt|text|md|markdown|html?|xhtml|pdf|docx|eml|mht|mhtml|warc|wacz|jsonl|ndjson|json|gz))+$", re.IGNORECASE)


class Names:
    """Gives ids. The same wish twice gets "-2", "-3", …, in the order of asking."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._last: dict[str, int] = {}

    def give(self, wish: str) -> str:
        """Return `wish` or, where it is taken, the next free "wish-n"; mark it as taken. Constant time on average."""
        name, n = wish, self._last.get(wish, 1)
        while name in self._given:
            n += 1
            name = f"{wish}-{n}"
        self._last[wish] = n
        self._given.add(name)
        return name


def from_file(name: str) -> str:
    """Return an id made of a file's name: its stem, letters and digits of any script kept, everything else one hyphen."""
    return _clean(_ENDINGS.sub("", PurePath(name.replace("\\", "/")).name))


def from_url(url: str) -> str:
    """Return an id made of an address: its host and the last part of its path."""
    rest = re.sub(r"^[a-z]+://(www\.)?", "", url.split("#")[0].split("?")[0], flags=re.IGNORECASE).rstrip("/")
    host, _, path = rest.partition("/")
    return _clean(f"{host}-{_ENDINGS.sub('', path.rsplit('/', 1)[-1])}" if path else host)


def from_word(word: str) -> str:
    """Return an id that somebody chose, kept as it is but for control and half characters."""
    kept = "".join(c for c in word if c.isprintable()).strip()
    return kept[:LONGEST] or "report"


def _clean(stem: str) -> str:
    return re.sub(r"[^\w.]+", "-", stem).strip("-.")[:LONGEST] or "report"
