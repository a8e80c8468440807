"""A parsed sentence as plain arrays, and the few steps on it that the rules are made of.

Indexes are those of the sentence's words. Words that were taken out before parsing (a source phrase) have head -1 and no relation.
"""

from __future__ import annotations

from collections.abc import Iterable

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "nsubj:outer"})
#: Relations that make a word part of the name of a thing rather than a clause about it.
NOMINAL = frozenset(
    {"det", "amod", "nummod", "nmod", "nmod:poss", "compound", "flat", "flat:name", "fixed", "case", "conj", "cc", "advmod", "goeswith"}
)
CLAUSAL = frozenset({"ccomp", "xcomp", "csubj"})


class Tree:
    """Word classes, relations and heads of one sentence, from one parser. Never changed once made: what the rules ask often is remembered."""

    __slots__ = ("_clauses", "_passives", "_subjects", "children", "dep", "head", "morph", "pos")

    def __init__(self, pos: list[str], dep: list[str], head: list[int], morph: list[str]) -> None:
        self.pos, self.dep, self.head, self.morph = pos, dep, head, morph
        self.children: list[list[int]] = [[] for _ in pos]
        for i, h in enumerate(head):
            if h >= 0 and h != i:
                self.children[h].append(i)
        self._clauses: dict[int, int] = {}
        self._passives: dict[int, bool] = {}
        self._subjects: dict[int, int | None] = {}

    def __len__(self) -> int:
        return len(self.pos)

    def kids(self, i: int, *relations: str) -> list[int]:
        """Return the children of a word that stand in one of the relations, in text order."""
        return [c for c in self.children[i] if self.dep[c] in relations]

    def has(self, i: int, feature: str) -> bool:
        """Say whether a word bears a feature such as "Tense=Fut"."""
        return feature in self.morph[i]

    def subtree(self, i: int, without: Iterable[int] = (), drop: frozenset[str] = frozenset()) -> list[int]:
        """Return a word and all below it in text order, but for the branches at `without` and those in a relation of `drop`."""
        out: list[int] = []
        stack, left = [i], set(without)
        while stack and len(out) < len(self.pos):  # a circle, should a repair ever make one, must not hold the reader
            n = stack.pop()
            out.append(n)
            stack.extend(c for c in self.children[n] if c not in left and self.dep[c] not in drop)
        return sorted(out)

    def above(self, i: int) -> Iterable[int]:
        """Yield the heads of a word, nearest first."""
        seen = 0
        while self.head[i] >= 0 and self.head[i] != i and seen < 200:
            i = self.head[i]
            seen += 1
            yield i

    def under(self, i: int, top: int) -> bool:
        """Say whether a word is `top` or stands below it."""
        return i == top or any(h == top for h in self.above(i))

    def verbal(self, i: int) -> bool:
        """Say whether a word heads a clause: a verb, or a predicate with a copula or subject."""
        return self.pos[i] in ("VERB", "AUX") or any(self.dep[c] in SUBJECTS or self.dep[c] == "cop" for c in self.children[i])

    def clause(self, i: int) -> int:
        """Return the head of the clause that a word stands in."""
        if i not in self._clauses:
            self._clauses[i] = self._clause(i)
        return self._clauses[i]

    def _clause(self, i: int) -> int:
        for n in (i, *self.above(i)):
            if self.pos[n] in ("VERB", "AUX") and self.dep[n] not in ("aux", "aux:pass", "cop", "amod"):
                return n
            if self.dep[n] in ("root", "ROOT", "parataxis", "ccomp", "advcl", "acl:relcl") or any(self.dep[c] == "cop" for c in self.children[n]):
                return n
        return i

    def passive(self, i: int) -> bool:
        """Say whether a verb is passive: by its auxiliary, its subject's relation, or as a bare participle beside a noun."""
        if i not in self._passives:
            self._passives[i] = self._passive(i)
        return self._passives[i]

    def _passive(self, i: int) -> bool:
        kids = self.children[i]
        if any(self.dep[c] in ("aux:pass", "nsubj:pass", "expl:pass", "obl:agent") for c in kids):
            return True
        if any(self.dep[c] in ("nsubj", "obj") for c in kids):
            return False  # a participle that has a subject or an object of its own is none, whatever its form is called
        if "Voice=Pass" in self.morph[i] and self.dep[i] not in ("xcomp", "ccomp", "parataxis"):
            return True
        participle = "VerbForm=Part" in self.morph[i] and "Tense=Pres" not in self.morph[i]
        return participle and self.dep[i] in ("acl", "amod", "root", "ROOT", "conj", "advcl", "appos") and not self._has_auxiliary(i)

    def _has_auxiliary(self, i: int) -> bool:
        return any(self.dep[c] == "aux" for c in self.children[i])

    def subject(self, i: int) -> int | None:
        """Return who does or undergoes a verb: its own subject, or the one it shares with its head; for a relative clause the noun before."""
        if i not in self._subjects:
            self._subjects[i] = self._subject(i)
        return self._subjects[i]

    def _subject(self, i: int) -> int | None:
        for _ in range(6):
            own = [c for c in self.children[i] if self.dep[c] in SUBJECTS]
            if not own:  # a small parser may hang it on the auxiliary
                own = [c for k in self.children[i] if self.dep[k] in ("aux", "aux:pass", "cop") for c in self.children[k] if self.dep[c] in SUBJECTS]
            if own:
                return min(own, key=lambda c: abs(c - i))  # small parsers may give two: the nearer is right more often
            h = self.head[i]
            if h < 0 or h == i:
                return None
            if self.dep[i] in ("acl", "acl:relcl", "amod"):
                return h
            if self.dep[i] not in ("conj", "xcomp", "advcl", "parataxis", "aux", "aux:pass", "cop"):
                return None
            i = h
        return None
