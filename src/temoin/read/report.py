"""Reading one report: furniture, language, sentences, numbers, times, places, statements, claims, in that order.

Pure: no file, no database, no network. The same text gives the same reading, whatever was read before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date

from temoin.languages import CODES
from temoin.read.attribution import attributions
from temoin.read.casework import repaired
from temoin.read.claims import Claimer
from temoin.read.edges import Edges
from temoin.read.furniture import furniture
from temoin.read.interview import answers
from temoin.read.introduced import RULE
from temoin.read.language import language
from temoin.read.lexicon import lexicon
from temoin.read.lists import items
from temoin.read.mainverb import main_verb
from temoin.read.names import Cast
from temoin.read.parse import LONGEST, second_trees, trees
from temoin.read.places import places
from temoin.read.quantities import quantities
from temoin.read.quotes import Quote, quotes, turns
from temoin.read.relevance import relevant
from temoin.read.said import Said
from temoin.read.scenes import Scenes
from temoin.read.sentence import Sentence, attach, prepare
from temoin.read.sentences import paragraphs, sentences
from temoin.read.statements import Finder
from temoin.read.times import times
from temoin.read.tree import Tree
from temoin.read.unsaid import Unsaid
from temoin.read.voices import Voices
from temoin.read.words import words
from temoin.records import Claim, Place, Quantity, Reading, Statement, Time

#: Stands for an unknown day of publication where only the place of "on Monday" in its sentence matters, not which Monday it was.
_SOME_DAY = date(2000, 1, 5)
_HEADLINE = 160  # characters of the longest headline


#: "LYON, April 19, 2031 (Meridian) —", "Santiago, 4 sep (Páramo).-": where and when a report was filed, not what it says.
_DATELINE = re.compile(
    r"[^\W\d_][^\n()–—:“«\"]{1,60}(?:\([^()\n]{2,40}\)\.?\s?[-–—]|(?<=\d)(?: ?[–—-] |\.[–—-] )|(?<=[^\W\d_a-zà-ÿа-я]{3}) ?[–—] )\s*"
)


#: A live blog's hour ("18:42", "20h15 –") and the one-letter labels of an interview, before what a paragraph says.
_STAMP = re.compile(
    r"\[?\d{1,2}\s?(?:[:.]|[hH])\s?\d{2}\b(?:\s?(?:h|hs|hrs?|horas|Uhr|GMT|CET|CEST|UTC|UT)\b\.?)?\]?\s*(?:[-–—|:.]\s*)?(?=[^\W\d_]|[\"“«„¿¡#‘'\d])"
)
_LABEL = re.compile(r"[PRQFAВО]\s?\.\s?[-–—]?\s+")
_FEWEST_STAMPS = 3


def read(text: str, *, lang: str | None = None, published: date | None = None, outlet: str | None = None, id: str = "report") -> Reading:
    """Read one report.

    text: as a plain-text reader would get it; offsets are code points into it. lang: ISO 639-1, guessed where None.
    published: the day against which "last week" is resolved. A language without a pack gives a reading with a note and no claims.
    """
    code = lang or language(text)
    left_out = furniture(text, code) if text.strip() else []
    reading = Reading(id=id, lang=code, published=published, outlet=outlet, text=text, furniture=tuple(left_out))
    if code not in CODES or not text.strip():
        note = "nothing to read: the text is empty" if not text.strip() else f"no language pack for {code!r}: figures, times and claims were not read"
        return _with(reading, notes=(note,))
    return Reader(text, code, published, left_out, outlet).reading(reading)


def statements(text: str, lang: str) -> list[Statement]:
    """Return who says what in a text: content offsets, source, cue and act, in text order; of every subject, not only of ours."""
    return list(read(text, lang=lang, published=_SOME_DAY).statements)


def _with(reading: Reading, **changes: object) -> Reading:
    return Reading(**{f: getattr(reading, f) for f in reading.__struct_fields__} | changes)


class Reader:
    """Everything found on the way through one report."""

    def __init__(self, text: str, lang: str, published: date | None, left_out: list[tuple[int, int]], outlet: str | None = None) -> None:
        self.text, self.lang, self.lexicon, self.published, self.outlet = text, lang, lexicon(lang), published, outlet

        def outside(x: Time | Quantity | Place) -> bool:
            return not any(a <= x.start < b for a, b in left_out)

        self.times: list[Time] = [t for t in times(text, lang, published) if outside(t)]
        self.quantities: list[Quantity] = [
            q for q in quantities(text, lang) if outside(q) and q.high != 0 and not _overlaps(q, self.times) and not _in_a_name(q, text)
        ]
        self.places: list[Place] = [p for p in places(text, lang) if outside(p)]
        self.quotes: list[Quote] = []
        self.sentences = self._sentences(left_out)
        self.finder = Finder(self.lexicon)

    def _sentences(self, left_out: list[tuple[int, int]]) -> list[Sentence]:
        got: list[Sentence] = []
        abbreviations = frozenset(self.lexicon.table.get("abbreviations", ()))
        stretches = paragraphs(self.text)
        openings = [m for m in (_STAMP, _LABEL) if sum(bool(m.match(self.text, a, b)) for a, b in stretches) >= _FEWEST_STAMPS]
        for number, (start, end) in enumerate(stretches):
            if any(a <= start and end <= b for a, b in left_out) or any(a <= start < b for a, b in left_out):
                continue
            self.quotes += quotes(self.text, start, end) or turns(self.text, start, end, self._of_saying)
            dateline = _DATELINE.match(self.text, start, min(end, start + 120))
            if dateline and end - dateline.end() > 40:
                start = dateline.end()
            start = next((m.end() for o in openings if (m := o.match(self.text, start, end)) and end - m.end() > 1), start)
            tokens = words(self.text, self.lang, start, end)
            for first, stop in sentences(tokens, abbreviations, ordinal_dots=self.lexicon.flag("words.ordinal_dots")):
                run = tokens[first:stop]
                s = Sentence(len(got), number, run, self.lexicon.hits([w.lower for w in run]))
                s.headline = end - start < _HEADLINE and run[-1].form not in (".", "!", '"') and len(run) < 30
                got.append(s)
        _distribute(got, self.quantities, self.times, self.places, self.quotes)
        for s in got:
            s.attributions = attributions(s, self.lexicon)
        return got

    def _of_saying(self, word: str) -> bool:
        return any(e.kind in ("cue", "view") for e in self.lexicon.beginning(word))

    def reading(self, reading: Reading) -> Reading:
        """Return the reading with everything filled in.

        The sentences that claims come from are read a second time, by the other parser's trees: a claim is sure where both agree.
        """
        ours = relevant(self.sentences, self.lexicon)
        forms = self._parse([s for s in self.sentences if self._worth_parsing(s, ours)])
        cast = Cast(self.lexicon)
        cast.gather(self.sentences)
        asserted = answers(self.sentences, self.lexicon, cast)
        self.unsaid = Unsaid(self.sentences, self.lexicon, cast, self.outlet)
        first = {s.number: s.tree for s in self.sentences if s.tree is not None}
        cues = {n: self.finder.cues(self.sentences[n], tree) for n, tree in first.items()}
        said = self._said(asserted, cues, first)
        views = self.unsaid.filled([x for n, tree in first.items() for x in self.finder.cues(self.sentences[n], tree, "view")], first, asserted, said)
        claims = self._claims(said, cast, first, first) if ours else {}
        agreed: set[tuple[object, ...]] = set()
        if any(claims.values()):
            second = first | self._second({n: forms[n] for n, got in claims.items() if got}, first)
            again = {n: cues[n] if second[n] is first[n] else self.finder.cues(self.sentences[n], second[n]) for n in first}
            found = self._claims(self._said(asserted, again, second), cast, second, [n for n, got in claims.items() if got])
            agreed = {_key(c) for got in found.values() for c in got}
        return _with(
            reading,
            statements=tuple(Edges(self.text, self.lexicon, self.sentences, self.quotes).statements([*said, *views])),
            quantities=tuple(self.quantities),
            times=tuple(self.times),
            places=tuple(self.places),
            claims=tuple(_sure(c, _key(c) in agreed and not _risky(c)) for got in claims.values() for c in got),
        )

    def _worth_parsing(self, s: Sentence, ours: bool) -> bool:
        """Say whether a sentence may hold a statement (a cue, a source phrase, words right behind a quotation) or, in a report of ours, a claim."""
        kinds = ("cue", "view", "attribution", "event", "blanket") if ours else ("cue", "view", "attribution")
        if s.attributions or any(h.entry.kind in kinds for h in s.hits):
            return True
        closed = next((i for i in range(len(s.words) - 2, 2, -1) if s.quote[i] < 0 <= s.quote[i - 1] == s.quote[i - 3]), None)
        return closed is not None and any(w.form[0].isalpha() for w in s.words[closed + 1 :])

    def _parse(self, chosen: list[Sentence]) -> dict[int, list[str]]:
        """Parse the chosen sentences; return the words that the parser saw of each."""
        usable = [(s, forms) for s in chosen if (forms := prepare(s, self.lexicon)[:LONGEST])]
        for (s, _), tree in zip(usable, trees(self.lang, [forms for _, forms in usable]), strict=True):
            s.parsed, s.tree = tree, self._put_right(s, tree)
        return {s.number: forms for s, forms in usable}

    def _second(self, forms: dict[int, list[str]], first: dict[int, Tree]) -> dict[int, Tree]:
        """Return the other parser's trees of these sentences; one that says the same is the first itself."""
        numbers = list(forms)
        parsed = [tree for n in numbers if (tree := self.sentences[n].parsed) is not None]
        seconds = zip(numbers, parsed, second_trees(self.lang, list(forms.values()), parsed), strict=True)
        return {
            n: first[n] if tree.head == plain.head and tree.dep == plain.dep else self._put_right(self.sentences[n], tree)
            for n, plain, tree in seconds
        }

    def _put_right(self, s: Sentence, tree: Tree) -> Tree:
        """Return a parse spread over its sentence, with what small parsers get wrong put right."""
        return main_verb(s, repaired(s, attach(s, tree, self.lexicon), self.lexicon), self.lexicon)

    def _said(self, asserted: list[Said], cues: dict[int, list[Said]], trees: dict[int, Tree]) -> list[Said]:
        """Return all statements: by source phrase, by cue, as answers of an interview, as items of a list, by quotation."""
        said: list[Said] = []
        for s in self.sentences:
            said += self.finder.phrases(s, trees.get(s.number))
            said += cues.get(s.number, [])
            if s.number in trees and len(s.quantities) > 1:
                said += self.finder.gapped(s, trees[s.number], cues.get(s.number, []))
        said = self.unsaid.filled(said, trees, asserted)
        said += asserted
        said += self.finder.backward(self.sentences, trees)
        said += items(self.sentences, said, trees, self.lexicon, self.unsaid)
        said += self.finder.quotations(self.quotes, self.sentences, said, trees, self.unsaid.cast)
        return said + self.finder.going_on(self.sentences, said, trees)

    def _claims(self, said: list[Said], cast: Cast, trees: dict[int, Tree], numbers: Iterable[int]) -> dict[int, list[Claim]]:
        """Return the claims of the numbered sentences, in text order."""
        voices = Voices(self.text, self.lexicon, self.sentences, said, cast, self._names(said, cast), self.unsaid)
        claimer = Claimer(voices, Scenes(self.text, self.sentences, said, self.lexicon, self.published))
        return {n: claimer.claims(self.sentences[n], trees[n]) for n in numbers}

    def _names(self, said: list[Said], cast: Cast) -> dict[int, str | None]:
        """Return the fullest name behind each statement's source, resolving in text order."""
        names: dict[int, str | None] = {}
        speakers: list[tuple[int, str]] = []
        by_sentence: dict[int, list[Said]] = {}
        for x in said:
            if x.source is not None:
                by_sentence.setdefault(x.sentence, []).append(x)
        for number in sorted(by_sentence):
            s = self.sentences[number]
            here: list[tuple[int, str]] = []
            for x in sorted(by_sentence[number], key=lambda x: x.cue[0] if x.cue else 0):
                assert x.source is not None
                over = self._over(x, by_sentence[number], names)
                name = cast.full(s, *x.source, [*speakers, *over], over)
                if name is None and over and cast.plural(s, *x.source):
                    name = over[-1][1]  # "Macron announced that they had agreed": he is one of them
                if cast.speaks_of_itself(s, *x.source):  # "I told the police", in an answer or a quotation, is whoever gives it
                    at = s.words[x.source[0]].start
                    outer = [y for y in said if y is not x and y.source is not None and y.start <= at < y.end and (y.quote or y.sentence != number)]
                    name = next((names[id(y)] for y in sorted(outer, key=lambda y: y.end - y.start) if names.get(id(y))), name)
                if name is None and x.source[1] - x.source[0] == 1 and s.words[x.source[0]].lower in self.lexicon.set("words.we"):
                    name = self.unsaid.own_name if s.quote[x.source[0]] < 0 else None
                names[id(x)] = name
                if name:
                    here.append((x.end - x.start, name))
            # Whoever speaks outermost is who the next "he" is.
            speakers += [(number, name) for _, name in sorted(here)]
        return names

    def _over(self, x: Said, others: list[Said], names: dict[int, str | None]) -> list[tuple[int, str]]:
        """Return who says what x stands in, innermost last: in "Kadyrov declared that he wanted …" that is who "he" is."""
        if x.cue is None:
            return []
        at = self.sentences[x.sentence].words[x.cue[0]].start
        over = sorted(
            (y for y in others if y is not x and y.source and y.source != x.source and y.start <= at < y.end), key=lambda y: y.start - y.end
        )
        return [(y.sentence, names.get(id(y)) or self.sentences[y.sentence].span(*y.source, self.text).text) for y in over if y.source]


def _in_a_name(q: Quantity, text: str) -> bool:
    """Say whether a number word belongs to a name ("Under One Sun"): capitals on it and on the word behind it, inside a sentence."""
    words = text[q.start : q.end].split()
    before = text[max(0, q.start - 30) : q.start].split()
    named = words[-1][0].isalpha() and words[-1][0].isupper() and text[q.end : q.end + 2].strip()[:1].isupper()
    return named and (len(words) > 1 or bool(before and before[-1][0].isupper() and before[-1][-1].isalnum()))


def _overlaps(q: Quantity, times: list[Time]) -> bool:
    return any(t.start < q.end and q.start < t.end for t in times)


def _distribute(got: list[Sentence], quantities: list[Quantity], times: list[Time], places: list[Place], quotes: list[Quote]) -> None:
    """Give every sentence what falls into it; all of it stands in text order."""
    begins = [s.start for s in got]

    def home(start: int) -> Sentence | None:
        n = bisect_right(begins, start) - 1
        return got[n] if n >= 0 and start < got[n].end else None

    for q in quantities:
        if (s := home(q.start)) is not None and (at := s.inside(q.start, q.end)):
            s.quantities.append((*at, q))
    for t in times:
        if (s := home(t.start)) is not None and (at := s.inside(t.start, t.end)):
            s.times.append((*at, t))
    for p in places:
        if (s := home(p.start)) is not None and (at := s.inside(p.start, p.end)):
            s.places.append((*at, p))
    for s in got:
        s.quote = [-1] * len(s.words)
    for n, quote in enumerate(quotes):
        for s in got[max(0, bisect_right(begins, quote.start) - 1) : bisect_left(begins, quote.end)]:
            s.quote = [n if before < 0 and quote.start <= w.start < quote.end else before for before, w in zip(s.quote, s.words, strict=True)]


def _key(c: Claim) -> tuple[object, ...]:
    return c.event, c.stance, c.claimant, c.count, c.trigger


def _risky(c: Claim) -> bool:
    """Say whether a claim was found by a rule that is wrong too often to be sure, however many parsers agree: whoever is set before a
    quotation, a number without its event, a doubt or denial of something that is not named."""
    return (
        RULE in c.found_by
        or c.found_by.startswith(("number alone", "denial of a report"))
        or (c.found_by.startswith("blanket") and c.stance == "doubts")
    )


def _sure(c: Claim, sure: bool) -> Claim:
    return Claim(**{f: getattr(c, f) for f in c.__struct_fields__} | {"sure": sure})
