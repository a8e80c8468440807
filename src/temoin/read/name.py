"""A party's name: its words as the report writes them, and what the report says of its bearer."""

from __future__ import annotations

from dataclasses import dataclass, field

from temoin.read.sentence import Sentence


@dataclass(slots=True)
class Name:
    """A party by name: its words, where it was first named, how often, and the words it was introduced with."""

    text: str
    words: tuple[str, ...]  # lower case, without joining words
    first: tuple[int, int]  # sentence number, word index
    person: bool | None = None
    gender: str | None = None  # "m" or "f" where a title or role says so
    roles: set[str] = field(default_factory=set)
    mentions: list[tuple[int, int]] = field(default_factory=list)
    free: bool = True  # never right behind a preposition of place, as places are


def spell(s: Sentence, start: int, stop: int) -> str:
    """Return the words of a sentence from one to another, stop excluded, as they are written."""
    parts = []
    for i in range(start, stop):
        if i > start and s.words[i].start > s.words[i - 1].end:
            parts.append(" ")
        parts.append(s.words[i].form)
    return "".join(parts)
