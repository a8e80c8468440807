"""A statement while it is being read, and the words that name whoever makes it."""

from __future__ import annotations

from dataclasses import dataclass

from temoin.read.tree import Tree
from temoin.records import Act

_NOT_OF_THE_NAME = frozenset({"acl", "acl:relcl", "appos", "parataxis", "punct", "advcl", "dep", "list", "orphan", "cop", "ccomp", "nsubj"})


@dataclass(slots=True)
class Said:
    """A statement while it is being read. Sources and cues are words of one sentence; contents are offsets of the report."""

    sentence: int
    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    act: Act
    start: int
    end: int
    found_by: str
    head: int = -1  # the word that heads the source
    addressee: tuple[int, int] | None = None
    negated: bool = False
    own_cue: str = ""  # the cue's text in lower case
    quote: bool = False
    passive: bool = False  # "it is said that …": nobody in particular
    at: tuple[int, tuple[int, int]] | None = None  # sentence and words of the cue, where the source was taken over from another sentence


def noun_phrase(tree: Tree, head: int) -> tuple[int, int]:
    """Return the words of a party around its head: names, roles and what is coordinated, without clauses and appositions."""
    inside = tree.subtree(head, drop=_NOT_OF_THE_NAME)
    lo = hi = head
    held = set(inside)
    while lo - 1 in held:
        lo -= 1
    while hi + 1 in held:
        hi += 1
    while lo < head and tree.dep[lo] in ("case", "cc", "mark"):
        lo += 1
    while (
        hi + 1 < len(tree)
        and tree.pos[hi + 1] == "PROPN"
        and tree.pos[hi] in ("NOUN", "PROPN")
        and tree.dep[hi + 1] in ("appos", "flat", "flat:name", "nmod", "compound", "nsubj", "dep")
    ):
        hi += 1  # "the newspaper Novaya Gazeta"
    return lo, hi + 1
