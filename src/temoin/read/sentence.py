"""One sentence on the reader's desk: its words, what the lexicon found in them, numbers and times that fall in it, and its tree.

Before parsing, what small parsers stumble over is taken out: source phrases ("According to X,"), dates, and the words around a
number ("more than", "up to"), so that "more than 60 men had been detained since February" is parsed as "60 men had been detained".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from temoin.read.lexicon import VERBAL, Hit, Lexicon, WordSet
from temoin.read.tree import Tree
from temoin.read.words import Word
from temoin.records import Place, Quantity, Span, Time

_LONGEST_QUOTED_NAME = 5  # words
_SHORT_QUOTATION = 8  # words, marks included
_LONGEST_PARENTHESIS = 9  # words
_LONGEST_PLACE = 3  # words of its name
_BULLETS = frozenset({"-", "--", "•", "*", "·", "◦", "–", "—"})
_OPENING = frozenset({'"', ":", "-", "--", "(", "¡", "¿", "•"})


@dataclass(slots=True)
class Attribution:
    """A source phrase: the words of the whole phrase and of the party in it."""

    start: int
    stop: int
    source_start: int
    source_stop: int
    cue_start: int
    cue_stop: int
    of_start: int = -1  # where what it attributes begins and ends, in words, when known
    of_stop: int = -1
    cited: bool = False  # whoever speaks repeats this party's words ("citing the union")


@dataclass(slots=True)
class Sentence:
    """All that is known of one sentence. Word indexes run over `words`; offsets are into the report's text."""

    number: int
    paragraph: int
    words: list[Word]
    hits: list[Hit]
    quantities: list[tuple[int, int, Quantity]] = field(default_factory=list)  # first word, stop, value
    times: list[tuple[int, int, Time]] = field(default_factory=list)
    places: list[tuple[int, int, Place]] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)
    quote: list[int] = field(default_factory=list)  # per word: number of the quotation it stands in, or -1
    headline: bool = False
    kept: list[int] = field(default_factory=list)  # word indexes that were parsed
    tree: Tree | None = None
    parsed: Tree | None = None  # as the full parser gave it, over the words that it saw

    _names: list[tuple[int, int]] | None = None

    @property
    def quoted_names(self) -> list[tuple[int, int]]:
        """Names in quotation marks, as opening and closing mark: «Новая газета» behind "газета"; not what somebody says."""
        if self._names is None:
            marks = [i for i, w in enumerate(self.words) if w.form == '"']
            self._names = [(a, b) for a, b in pairwise(marks) if self._is_name(a, b)]
        return self._names

    def _is_name(self, a: int, b: int) -> bool:
        w = self.words
        close = w[a].end == w[a + 1].start and w[b].start == w[b - 1].end
        spaced = w[a].end + 1 == w[a + 1].start and w[b - 1].end + 1 == w[b].start
        french = spaced and bool(self.quote) and all(q >= 0 for q in self.quote[a + 1 : b])  # « L'Aube », and not what stands between two quotations
        short = 2 <= b - a <= _LONGEST_QUOTED_NAME + 1 and w[a + 1].form[0].isupper() and (close or french)
        behind = a > 0 and w[a - 1].form[0].isalpha()
        opening = not behind and any(h.start == b + 1 and h.entry.kind == "cue" for h in self.hits)  # «Дозор» насчитал …
        return short and (behind or opening) and w[b - 1].form[0].isalnum()

    def interpolated(self, lexicon: Lexicon) -> list[int]:
        """Return verbs of speech that stand alone between commas, or at the end behind one, outside of quotations: ", dice, …", "…, añade."."""
        if not lexicon.flag("words.prodrop"):
            return []
        w = self.words
        cues = [h.start for h in self.hits if h.entry.kind == "cue" and h.entry.code == "says" and h.stop - h.start == 1 and h.start > 1]
        return sorted(
            {
                i
                for i in cues
                if w[i - 1].form == ","
                and w[i - 2].form != '"'
                and i + 1 < len(w)
                and w[i + 1].form in (",", ".")
                and (not self.quote or self.quote[i] < 0)
            }
        )

    @property
    def bullet(self) -> int:
        """How many words mark the sentence as an item of a list: a dash, a dot, "2."; 0 where none does."""
        first = self.words[0].form
        if first in _BULLETS or first[:1] in _BULLETS:
            return 1
        if len(first) > 1 and first[:-1].isdigit() and first[-1] in ".)":
            return 1
        return 2 if len(self.words) > 2 and first.isdigit() and self.words[1].form in (".", ")") else 0

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end

    def span(self, start: int, stop: int, text: str) -> Span:
        """Return the stretch of the report's text from one word to another, stop excluded."""
        a, b = self.words[start].start, self.words[stop - 1].end
        return Span(start=a, end=b, text=text[a:b])

    def hits_event(self, i: int) -> bool:
        """Say whether a strong entry of an event begins at a word."""
        return any(h.start == i and h.entry.kind == "event" and not h.entry.weak for h in self.hits)

    def inside(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the words that a stretch of offsets touches, or None."""
        touched = [i for i, w in enumerate(self.words) if w.start < end and w.end > start]
        return (touched[0], touched[-1] + 1) if touched else None


def prepare(sentence: Sentence, lexicon: Lexicon) -> list[str]:
    """Choose the words that are to be parsed, remember them in `kept`, and return them as the parser shall see them."""
    words = sentence.words
    out = [False] * len(words)
    for a in sentence.attributions:
        out[a.start : a.stop] = [True] * (a.stop - a.start)
    prepositions = lexicon.set("words.time_prepositions")
    for first, stop, _ in sentence.times:
        if stop < len(words) and words[stop].lower in ("'s", "-"):
            continue
        if first and words[first - 1].lower in prepositions:
            first -= 1
        out[first:stop] = [True] * (stop - first)
    enclitics = lexicon.set("words.enclitics")
    forms = [w.form.partition("-")[0] if enclitics and w.lower[w.lower.find("-") :] in enclitics else w.form for w in words]  # "bateram-nos"
    if lexicon.flag("words.prodrop"):
        openings = {
            h.start for h in sentence.hits if h.entry.kind in ("cue", "view", "event") and (h.start == 0 or words[h.start - 1].form in _OPENING)
        }
        for i in openings:
            if not (i + 1 < len(words) and words[i + 1].form[0].isupper()):
                forms[i] = forms[i].lower()  # "Admite doce arrestos": a verb that opens a sentence is no name
    for first, stop, quantity in sentence.quantities:
        if stop - first < 2 and lexicon.flag("words.cases") and words[first].form.isalpha() and (quantity.low or quantity.high or 0) > 4:
            forms[first] = str(quantity.low if quantity.low is not None else quantity.high)  # «семнадцать» looks like an infinitive
        if stop - first < 2 or stop - first > 7:
            continue
        counted = (quantity.counted or "").split(" ")[0]
        if counted and any(words[i].form == counted for i in range(first, stop)):
            continue
        forms[first] = str(quantity.low if quantity.low is not None else quantity.high)
        out[first + 1 : stop] = [True] * (stop - first - 1)
        out[first] = False
    for i in sentence.interpolated(lexicon):
        stop = i + 2 if words[i + 1].form == "," else i + 1
        for k in range(i - 1, stop):
            out[k] = True
    for first, stop in (*_parentheses(sentence, lexicon), *_places_aside(sentence, lexicon)):
        out[first:stop] = [True] * (stop - first)
    for before, behind in _short_quotations(words):
        out[before] = out[behind] = True  # "at least three people" in the middle of a clause only confuses
    _drop_marks_around(words, out, {i for a, b, _ in (*sentence.times, *sentence.places) for i in range(a, b)}, prepositions)
    kept = [i for i in range(len(words)) if not out[i]]
    while kept and words[kept[0]].form in (",", ";", ":"):
        kept.pop(0)
    sentence.kept = kept
    return [forms[i].replace("ё", "е").replace("Ё", "Е") for i in kept]  # Russian treebanks write «е» throughout


def _drop_marks_around(words: list[Word], out: list[bool], named: set[int], small: WordSet) -> None:
    """Take out times and places that stand between commas, with their commas: "the arrest, on 26 March, in Kabul, of nine women"."""
    commas = [i for i, w in enumerate(words) if w.form == ","]
    first = last = -1
    for a, b in [*pairwise(commas), (-1, -1)]:
        inside = range(a + 1, b)
        aside = any(i in named for i in inside) and all(i in named or out[i] or words[i].lower in small for i in inside)
        if aside and a == last:
            last = b
            continue
        if 0 < first < last < len(words) - 1 and words[first - 1].form[0].islower() and words[last + 1].form[0].islower():
            if any(out[i] for i in range(first + 1, last)):
                out[first : last + 1] = [True] * (last + 1 - first)
        first, last = (a, b) if aside else (-1, -1)


def _places_aside(sentence: Sentence, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Return where-phrases that small parsers stumble over: "In Paris, …" at the head, and "in Harvale" between a noun and what it does."""
    words, found = sentence.words, []
    prepositions = lexicon.set("words.place_prepositions")
    if not prepositions:
        return []
    verbs = {h.start for h in sentence.hits if h.entry.kind == "event" and h.entry.role in VERBAL}
    begins = {h.start for h in sentence.hits if h.entry.kind in ("event", "cue", "blanket")}
    auxiliaries = lexicon.set("words.auxiliaries")
    known = {a: b for a, b, _ in sentence.places}
    for i, w in enumerate(words[:-2]):
        if w.lower not in prepositions or any(a.start <= i < a.stop for a in sentence.attributions):
            continue
        stop = i + 1
        while stop < len(words) and stop - i <= _LONGEST_PLACE and words[stop].form[0].isupper():
            stop += 1
        if stop == i + 1 or stop >= len(words):
            continue
        head = i <= 1 and all(not v.form[0].isalnum() for v in words[:i]) and known.get(i + 1) == stop and words[stop].form == ","
        inner = i > 0 and words[i - 1].form[0].isalpha() and i - 1 not in begins and words[i - 1].lower not in auxiliaries
        behind = next((k for k in range(stop, min(stop + 3, len(words))) if words[k].lower not in auxiliaries), stop)
        if head or (inner and behind in verbs and words[stop].form.islower()):
            found.append((i, stop + 1 if head else stop))
    return found


def _parentheses(sentence: Sentence, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Return what stands between commas after a party and before its verb of speech: "X, its president since May, told …"."""
    words, found, auxiliaries = sentence.words, [], lexicon.set("words.auxiliaries")
    commas = [i for i, w in enumerate(words) if w.form == ","]
    cues = {h.start for h in sentence.hits if h.entry.kind == "cue" or (h.entry.kind == "event" and h.entry.code == "condemnation")}
    events = {i for h in sentence.hits if h.entry.kind == "event" and not h.entry.weak for i in range(h.start, h.stop)}
    roles = [lexicon.set(f"people.{k}") for k in ("persons", "organisations", "authorities", "outlets")]
    for a, b in pairwise(commas):
        inside = range(a + 1, b)
        if not 1 <= len(inside) <= _LONGEST_PARENTHESIS or a == 0 or any(words[i].form == '"' or sentence.quote[i] >= 0 for i in inside):
            continue
        behind = next((i for i in range(b + 1, min(b + 4, len(words))) if i in cues or words[i].form == ","), None)
        if behind not in cues:
            continue
        describes = any(words[i].lower in r for i in (a + 1, a + 2) if i < b for r in roles)
        clause = any(words[i].lower in auxiliaries for i in inside) and words[a + 1].lower not in lexicon.set("words.relatives")
        if clause and not describes:
            continue  # "two leaders, missing since May, were found alive, the office said"
        if describes or not any(i in cues or i in events or words[i].form[0].isdigit() for i in inside):
            found.append((a, b + 1))
    return found


def _short_quotations(words: list[Word]) -> list[tuple[int, int]]:
    """Return the marks around quotations of a few words inside a sentence."""
    marks = [i for i, w in enumerate(words) if w.form == '"']
    return [(a, b) for a, b in zip(marks[::2], marks[1::2], strict=False) if b - a <= _SHORT_QUOTATION and a > 0]


def attach(sentence: Sentence, tree: Tree, lexicon: Lexicon) -> Tree:
    """Return the tree of the parsed words, spread over all words of the sentence.

    Passive auxiliaries are marked where a treebank does not tell them from others (Spanish "han sido detenidos").
    """
    passive = lexicon.set("words.passive_auxiliaries")
    shape = re.compile(lexicon.table["words"].get("participles", "(?!)"))
    n, kept = len(sentence.words), sentence.kept
    pos, dep, head, morph = ["X"] * n, [""] * n, [-1] * n, [""] * n
    for k, i in enumerate(kept[: len(tree)]):
        pos[i], dep[i], morph[i] = tree.pos[k], tree.dep[k], tree.morph[k]
        head[i] = kept[tree.head[k]]
        if dep[i] in ("aux", "cop") and sentence.words[i].lower in passive:
            form, features = sentence.words[head[i]].lower, tree.morph[tree.head[k]]
            if "VerbForm=Part" in features or (shape.search(form) and "VerbForm=Inf" not in features):
                dep[i] = "aux:pass"
    _numbers_to_nouns(sentence, pos, dep, head)
    return Tree(pos, dep, head, morph)


def _numbers_to_nouns(sentence: Sentence, pos: list[str], dep: list[str], head: list[int]) -> None:
    """Hang a number on the noun right behind it where a parser hangs it on the verb: "Twelve opponents were beaten" counts opponents."""
    for start, stop, _ in sentence.quantities:
        i = next((k for k in range(start, stop) if dep[k]), None)
        if i is None or head[i] == i or pos[head[i]] not in ("VERB", "AUX") or stop >= len(pos):
            continue
        noun = stop + 1 if pos[stop] == "ADJ" and stop + 1 < len(pos) else stop
        if pos[noun] in ("NOUN", "PROPN") and head[noun] == head[i]:
            pos[i], dep[i], head[i] = "NUM", "nummod", noun
