"""Numerals: finds the numbers written in a text, in digits or in words, and says what each is worth.

This room knows how numbers are written ("1 500", "siebenundzwanzig", "une soixantaine", «полторы тысячи»), and nothing of
what they count or how they are bounded. One regular expression finds the pieces in a single pass; `Numerals.find` joins them
by place value. Time grows with the length of the text and no faster, whatever the text is.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any, NamedTuple

#: Characters that mean the same in a number; each is replaced by one character, so that offsets stay.
_SAME = {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "’": "'", "ʼ": "'", "‘": "'", "‐": "-", "‑": "-", "ё": "е", "\u00ad": "-"}
#: A longer run of digits counts nothing that a report would tell of; it is a card, a key or an attack.
_MOST_DIGITS = 15
#: "Several" and its like, where nothing follows that it could multiply.
SEVERAL = (3, 9)
_DIGITS = r"[0-9]{1,3}(?: [0-9]{3})+(?![0-9])|[0-9]+(?:[.,'][0-9]+)*"
#: What may be added to the French "dix" is seven to nine; told apart from the room after other numbers by this value.
_AFTER_TEN = 7
_BRACES = re.compile(r"\{([^{}]*)\}")

#: What may be the time of day before a vague number, written with a full stop.
_CLOCK = re.compile(r"[0-2]?[0-9]\.[0-5][0-9]")


class Atom(NamedTuple):
    """One piece of a numeral: what it is worth, and how it joins others.

    kind: digits, whole ("half a million", a compound above 999), unit (added: 1 to 900), hundred, scale, group ("dozen"),
    vague ("hundreds"), several, half, ordinal, skip (digits that are no number).
    alone: whether it stands for a number without another before it.
    about: whether it is a round figure by its own meaning ("une centaine").
    """

    kind: str
    value: float = 0
    low: int = 0
    high: int = 0
    alone: bool = True
    about: bool = False


#: A piece where it stands: start, end, what it is worth, as written.
_Piece = tuple[int, int, Atom, str]


class Numeral(NamedTuple):
    """A number as written: `point` where it names one number, else the span that a vague word stands for."""

    start: int
    end: int
    low: int
    high: int
    point: int | None
    about: bool = False
    factor: int = 1  # the scale it ends in: 1000 in "three thousand", so that "two to three thousand" can share it
    digits: bool = False  # written in digits alone
    ordinal: bool = False
    one: bool = False  # nothing but the word "one", which may be an article or a pronoun
    sole: int | None = None  # what a vague word is worth in the singular: «около тысячи» is about 1000


def plain(text: str) -> str:
    """Return the text in lower case with spaces, apostrophes and hyphens made alike; the length never changes."""
    lowered = text.lower()
    if len(lowered) != len(text):  # "İ" grows when lowered
        lowered = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    for strange, usual in _SAME.items():
        lowered = lowered.replace(strange, usual)
    return lowered


def spelled(phrases: Iterable[str]) -> Iterator[str]:
    """Yield each phrase of a table with its braces told out: "inférieur{,e} à" gives "inférieur à" and "inférieure à"."""
    for phrase in phrases:
        parts = _BRACES.split(phrase)  # odd places hold what stood in braces
        for chosen in product(*(part.split(",") if i % 2 else (part,) for i, part in enumerate(parts))):
            yield plain("".join(chosen))


class Numerals:
    """The numerals of one language, made from its table `numbers`. An empty table knows digits only."""

    def __init__(self, table: dict[str, Any]) -> None:
        self._decimal: str = table.get("decimal", ".")
        self._thousands: list[str] = table.get("thousands", [",", " ", "'"])
        self._compound: bool = table.get("compounds", False)
        self._teens_after = {int(v) for v in table.get("teens_after", [])}  # tens that a teen may follow: soixante-dix, quatre-vingt-douze
        self._short: dict[str, int] = table.get("short_scales", {"k": 1000})  # written at the digits: 20k
        self._links = {*spelled(table.get("link", []))}
        self._and = {*spelled(table.get("join", {}).get("words", []))}
        self._and_after = {*table.get("join", {}).get("after", [])}  # tens, hundreds
        self.ones = {*spelled(table.get("one", {}).get("words", []))}
        self._atoms = _atoms(table)
        words = _alternation([*self._atoms])
        if self._compound:
            parts = [w for w, a in self._atoms.items() if a.kind in ("unit", "hundred", "scale") and w.isalpha() and w not in self.ones] + ["ein"]
            self._part = re.compile("|".join(sorted({*parts, "und"}, key=lambda w: (-len(w), w))))
            # Atomic and possessive: "vierzehn" can be cut in two ways, and a long chain of it in exponentially many.
            words += rf"|(?>{self._part.pattern})++(?!\w)"
        digits = f"{_DIGITS}(?:{'|'.join(self._short)})?"
        skip = r"(?:https?://|www\.)\S+|[#@]\w+"
        self._scan = re.compile(
            rf"(?<![\w#@])(?:(?<![0-9]:)({digits})(?!\w)|({words}))|{skip}" if words else rf"(?<![\w#@])(?<![0-9]:)({digits})(?!\w)|{skip}"
        )
        group = r"[0-9]{1,3}(?:" + "|".join(f"(?:{re.escape(s)}[0-9]{{3}})+" for s in self._thousands) + ")"
        self._grouped = re.compile(group)
        # The other mark is taken for a decimal one too where it cannot part thousands: "2.5 millions" stands in French reports as well.
        self._number = re.compile(rf"(?:{group}|[0-9]+)(?:{re.escape(self._decimal)}[0-9]+|[.,][0-9]{{1,2}})?")

    def find(self, low: str) -> list[Numeral]:
        """Return the numerals of a text that `plain` has been over, in text order, not overlapping. What is no whole number is left out."""
        pieces = [piece for match in self._scan.finditer(low) if (piece := self._piece(match))]
        found, i = [], 0
        while i < len(pieces):
            numeral, i = self._join(low, pieces, i)
            if numeral:
                found.append(numeral)
        return found

    def _piece(self, match: re.Match[str]) -> _Piece | None:
        if match.lastindex is None:
            return None
        start, end = match.span()
        word = match.group()
        if match.lastindex == 1:
            return start, end, self._digits(word), word
        known = self._atoms.get(word) or self._atoms.get(" ".join(word.split()))
        if known is None and self._compound:
            known = self._compounded(word)
        return (start, end, known, word) if known else None

    def _digits(self, written: str) -> Atom:
        """Read digits by the language's separators; what cannot be read so (3.5.2031, 10.0.0.1) becomes an atom that stands for nothing."""
        bare = written.rstrip("".join(self._short))
        factor, written = self._short.get(written[len(bare) :], 1), bare
        if len(written) > _MOST_DIGITS * 4 // 3 or (written[0] == "0" and len(written) > 1 and written[1].isdigit()):
            return Atom("skip")
        if self._grouped.fullmatch(written):
            return Atom("digits", int("".join(c for c in written if c.isdigit())) * factor)
        if not self._number.fullmatch(written):
            return Atom("skip")
        mark = max(written.rfind("."), written.rfind(","))  # grouped whole numbers are gone by now: the last mark is the decimal one
        whole, part = (written[:mark], written[mark + 1 :]) if mark >= 0 else (written, "")
        whole = "".join(c for c in whole if c.isdigit())
        if len(whole) > _MOST_DIGITS:
            return Atom("skip")
        return Atom("digits", (float(f"{whole}.{part}") if part else int(whole)) * factor)

    def _compounded(self, word: str) -> Atom | None:
        """Read a German compound, tens after ones: zwei|und|zwanzig, drei|hundert|sieben|und|vierzig|tausend."""
        total = current = held = 0.0
        size = 0
        for part in self._part.findall(word):
            if part == "und":
                held, current = current % 100, current - current % 100
                continue
            atom = self._atoms.get(part) or Atom("unit", 1)
            if atom.kind == "unit":
                current, held = current + atom.value + held, 0
            elif atom.kind == "hundred":
                current = max(current, 1) * 100
            else:
                total, current = total + max(current, 1) * atom.value, 0
            size += 1
        if not 0 < size <= 8 or held:
            return None
        return Atom("unit" if total + current < 1000 else "whole", total + current)

    def _glue(self, low: str, left: _Piece, right: _Piece) -> str:
        """Return how two pieces stand together: "space", "hyphen", "and", "link", or "" where they do not."""
        gap = low[left[1] : right[0]]
        if gap == " " or gap == "\n":
            return "space"
        if gap == "-" or gap == "":
            return "hyphen" if left[2].kind != "digits" and right[2].kind != "digits" else ""
        if len(gap) > 8:
            return ""
        word = gap.strip()
        if word in self._links:
            return "link"
        return "and" if gap[0] in " -" and word.strip("-") in self._and else ""

    def _join(self, low: str, pieces: list[_Piece], i: int) -> tuple[Numeral | None, int]:
        """Join pieces from place `i` on into one numeral by place value; return it (None where it is no whole number) and the next place."""
        first = pieces[i][2]
        if first.kind == "skip":
            return None, self._swallow(low, pieces, i + 1)
        if first.kind == "ordinal":
            return self._ordinal(low, pieces, i)
        if first.kind == "several" or (first.kind == "vague" and not (first.alone and self._leads(low, pieces, i))):
            return self._vague(low, pieces, i)
        # total: what is finished; current: what a scale may still multiply; room: below what a further unit must stay; cap: the last scale
        total, current, room, cap, factor = 0.0, 0.0, 1000.0, math.inf, 1
        about, j = False, i
        while j < len(pieces):
            atom = pieces[j][2]
            started = j > i
            glue = self._glue(low, pieces[j - 1], pieces[j]) if started else "space"
            if not glue or atom.kind in ("skip", "several"):
                break
            if started and atom.kind == "vague" and atom.value < 1000 and _CLOCK.fullmatch(low, *pieces[j - 1][:2]):
                break  # "16.40 Hundreds of students": the time of day
            if atom.kind == "ordinal":
                if room and glue in ("space", "hyphen"):
                    return None, j + 1  # "twenty-first"
                break
            if atom.kind in ("digits", "whole"):
                if started and (glue != "space" or current or not 1 < self._multiplier(low, pieces, j) < cap):
                    break
                current, room = atom.value, 0
            elif atom.kind == "half":
                if not current and cap == math.inf:
                    break
                current, total, room = (current + 0.5, total, 0) if current else (0, total + cap / 2, 0)
            elif atom.kind == "unit":
                if started and not self._adds(low, pieces, j, glue, current, room, cap):
                    break
                current, room = current + atom.value, self._room(atom.value)
            elif atom.kind == "hundred":
                if (started and glue in ("and", "link")) or not (1 <= current < 100 or (not current and (atom.alone or started))):
                    break
                current, room, factor = max(current, 1) * 100, 100, 100
            else:  # scale, group, or a vague word after a number: thousand, dozen, dizaines
                if not atom.value or atom.value >= cap or glue == "and" or (glue == "link" and not (about or total)):
                    break
                if not current and (total or not (atom.alone or started)):
                    break
                total, current, room, cap, factor = total + (current or 1) * atom.value, 0, 1000, atom.value, int(atom.value)
                about = about or atom.about
                if atom.kind != "scale" and atom.value < 1000:  # "deux centaines": finished, but for "de milliers"
                    total, current, room, cap = 0, total, 0, math.inf
                    j += 1
                    if j < len(pieces) and pieces[j][2].kind in ("scale", "vague") and self._glue(low, pieces[j - 1], pieces[j]) == "link":
                        current, factor = current * max(pieces[j][2].value, 1), int(pieces[j][2].value)
                        j += 1
                    break
            j += 1
        if j == i:
            return None, i + 1
        value = total + current
        if value != int(value) or value > 10**_MOST_DIGITS:
            return None, j
        start, end, written = pieces[i][0], pieces[j - 1][1], pieces[i][3]
        one = j == i + 1 and value == 1 and written in self.ones
        return Numeral(start, end, int(value), int(value), int(value), about, factor, j == i + 1 and first.kind == "digits", one=one), j

    def _swallow(self, low: str, pieces: list[_Piece], j: int) -> int:
        """Return the place after the scale words that follow a number which could not be read: the "million" of "1.2.3 million" is nothing alone."""
        while (
            j < len(pieces) and pieces[j][2].kind in ("scale", "vague", "hundred", "group") and self._glue(low, pieces[j - 1], pieces[j]) == "space"
        ):
            j += 1
        return j

    def _leads(self, low: str, pieces: list[_Piece], i: int) -> bool:
        """Say whether a word that may be vague begins an exact number: «тысячи двухсот»."""
        after = pieces[i + 1] if i + 1 < len(pieces) else None
        return bool(after and after[2].kind == "unit" and 1 < after[2].value < pieces[i][2].value and self._glue(low, pieces[i], after) == "space")

    def _ordinal(self, low: str, pieces: list[_Piece], i: int) -> tuple[Numeral, int]:
        value, j = pieces[i][2].value, i + 1
        if j < len(pieces) and pieces[j][2].kind == "ordinal" and value >= 10 > pieces[j][2].value and self._glue(low, pieces[i], pieces[j]):
            value, j = value + pieces[j][2].value, j + 1  # "décima primeira"
        rank = int(value)
        return Numeral(pieces[i][0], pieces[j - 1][1], rank, rank, rank, ordinal=True), j

    def _vague(self, low: str, pieces: list[_Piece], i: int) -> tuple[Numeral | None, int]:
        """Join "several hundred", "dozens", "tens of thousands": the spans that vague words stand for, multiplied."""
        atom = pieces[i][2]
        least, most, j = atom.low, atom.high, i + 1
        if atom.kind == "several":
            least, most = SEVERAL
            if (
                j < len(pieces)
                and pieces[j][2].kind in ("hundred", "scale", "group", "vague")
                and self._glue(low, pieces[i], pieces[j]) in ("space", "link")
            ):
                base = 10 if pieces[j][2].value == 12 else int(pieces[j][2].value)
                least, most, j = 2 * base, 10 * base - 1, j + 1
        while (
            j < len(pieces)
            and pieces[j][2].kind in ("hundred", "scale", "group", "vague")
            and self._glue(low, pieces[j - 1], pieces[j]) in ("link", "space")
        ):
            by = int(pieces[j][2].value)
            if by <= most or most * by > 10**_MOST_DIGITS:
                break
            least, most, j = least * by, most * by + by - 1, j + 1
        sole = int(atom.value) if j == i + 1 and atom.kind == "vague" and atom.alone else None
        return Numeral(pieces[i][0], pieces[j - 1][1], least, most, None, True, sole=sole), j

    def _adds(self, low: str, pieces: list[_Piece], j: int, glue: str, current: float, room: float, cap: float) -> bool:
        """Say whether a unit may be added to what stands before it: twenty|seven, hundred|and|five, never two|three or hundred|and|two hundred."""
        value = pieces[j][2].value
        if glue == "link":
            return False
        if not current:
            return value * self._multiplier(low, pieces, j) < cap and (glue != "and" or "hundreds" in self._and_after)
        if room == _AFTER_TEN:  # dix-sept, dix-huit, dix-neuf
            return glue == "hyphen" and 7 <= value <= 9
        if glue != "and":
            return value < room
        if room < 100:
            return "tens" in self._and_after and value < room and (not self._teens_after or value in (1, 11))
        return "hundreds" in self._and_after and value * self._multiplier(low, pieces, j) < room

    def _multiplier(self, low: str, pieces: list[_Piece], j: int) -> float:
        """Return by what the pieces right after `j` multiply it, as far as two of them: 1 where they do not."""
        by = 1.0
        for k in (j + 1, j + 2):
            if (
                k >= len(pieces)
                or pieces[k][2].kind not in ("hundred", "scale")
                or self._glue(low, pieces[k - 1], pieces[k]) not in ("space", "hyphen")
            ):
                break
            by *= pieces[k][2].value
        return by

    def _room(self, value: float) -> float:
        if value >= 100:
            return 100
        if value in self._teens_after:
            return 20
        if value == 10 and self._teens_after:
            return _AFTER_TEN
        return 10 if value >= 20 and value % 10 == 0 else 0


def _atoms(table: dict[str, Any]) -> dict[str, Atom]:
    """Lay a language's number words out as one dictionary from the word to its atom."""
    atoms: dict[str, Atom] = {}

    def put(words: Iterable[str], atom: Atom) -> None:
        atoms.update((word, atom) for word in spelled(words))

    for kind in ("ordinal", "unit"):
        for value, words in table.get(f"{kind}s", {}).items():
            put(words, Atom(kind, int(value)))
    put(table.get("one", {}).get("words", []), Atom("unit", 1))
    hundred = table.get("hundred", {})
    put(hundred.get("words", []), Atom("hundred", 100, alone=hundred.get("alone", False)))
    for value, words in table.get("scales", {}).items():
        put(words, Atom("scale", int(value), alone=False))
    for value, words in table.get("scales_alone", {}).items():
        put(words, Atom("scale", int(value)))
    for value, words in table.get("groups", {}).items():
        put(words, Atom("group", int(value), alone=False))
    for value, words in table.get("groups_alone", {}).items():
        put(words, Atom("group", int(value)))
    for value, words in table.get("round_groups", {}).items():
        put(words, Atom("group", int(value), about=True))
    for value, words in table.get("fixed", {}).items():
        put(words, Atom("whole", float(value)))
    for entry in table.get("vague", []):
        put(entry["words"], Atom("vague", entry.get("each", 0), entry["low"], entry["high"], alone=entry.get("singular", False)))
    put(table.get("no_number", []), Atom("skip"))
    put(table.get("several", []), Atom("several"))
    put(table.get("half", []), Atom("half"))
    return atoms


def _alternation(words: list[str]) -> str:
    """Return a pattern for any of the words, longest first, that shares their beginnings: one look at a letter rules most of them out."""
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {} if word[-1].isalnum() else {"": {}}
    return _branches(tree) if tree else ""


def _branches(tree: dict[str, Any]) -> str:
    ways = [(r"\s" if letter == " " else re.escape(letter)) + _branches(rest) for letter, rest in sorted(tree.items()) if letter]
    if "" in tree:
        ways.append("" if tree[""] else r"(?!\w)")
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"
