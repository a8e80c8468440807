"""The edges of a statement: from what the rules work with to the spans that are handed out.

Claims need who speaks and where the saying stands; a reader of statements needs whole phrases. So a source gets the title before it and
what describes it behind it, a content gets its "that" and its quotation marks and loses the cue that stands at its edge, and of two
routes to one saying the fuller is kept. Offsets only; who says what is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from temoin.read.lexicon import Lexicon
from temoin.read.quotes import Quote
from temoin.read.said import Said
from temoin.read.sentence import Sentence
from temoin.records import Span, Statement

_EDGE = " \t\n\u00a0\u202f,;:–—-•"
_OPEN, _CLOSE = "“«„‚‘‹»\"'", "”»“’›«‘\"'"
#: The hyphens of an inverted pronoun: "dit-il", "a-t-elle".
_INVERTED = re.compile(r"[-‐‑](?:t[-‐‑])?")
#: Relations of a word before a party that belongs to it, and of one behind it.
_BEFORE = frozenset({"det", "amod", "nummod", "compound", "flat", "flat:name", "nmod:poss", "appos", "nmod", "det:poss", "name"})
_CLAUSE = frozenset({"that-clause", "clause after cue"})
_LONGEST_DESCRIPTION = 30  # words


class Edges:
    """Turns what was said in one report into statements. sentences, quotes: of the whole report, in text order."""

    def __init__(self, text: str, lexicon: Lexicon, sentences: list[Sentence], quotes: list[Quote]) -> None:
        self.text, self.lexicon, self.sentences, self.quotes = text, lexicon, sentences, quotes
        self.complementizers = lexicon.set("words.complementizers")
        self.relatives = lexicon.set("words.relatives")
        self.articles = lexicon.set("words.articles")
        self.titles = lexicon.set("people.titles")
        self.of = lexicon.set("words.of_party")
        self.roles = [lexicon.set(f"people.{k}") for k in ("persons", "organisations", "authorities", "outlets")]
        self.pronouns = [lexicon.set(f"pronouns.{k}") for k in "mfop"]

    def statements(self, said: Iterable[Said]) -> list[Statement]:
        """Return the statements in text order: every saying once, with whole phrases for source and content."""
        found: list[tuple[Said, Statement]] = []
        for x in said:
            if x.negated and x.act == "says" or self._says_nothing(x):
                continue
            number, cue = x.at if x.at is not None else (x.sentence, x.cue)
            words = self.sentences[number].words
            while (
                cue is not None and cue[1] - cue[0] > 1 and (words[cue[1] - 1].lower in self.complementizers or words[cue[1] - 1].form in (",", ":"))
            ):
                cue = cue[0], cue[1] - 1  # "shows that" is known by two words; the second opens what is shown
            start, end = self._content(x, number, cue)
            if not any(c.isalnum() for c in self.text[start:end]):
                continue
            home = self.sentences[x.sentence]
            statement = Statement(
                start=start,
                end=end,
                act=x.act,
                source=self._source(x, home, cue if number == x.sentence else None) if x.source else None,
                cue=self.sentences[number].span(*cue, self.text) if cue else None,
                addressee=self.sentences[number].span(*x.addressee, self.text) if x.addressee else None,
            )
            found.append((x, statement))
        return sorted(self._once(found), key=lambda s: (s.start, s.end, s.source.start if s.source else -1))

    def _says_nothing(self, x: Said) -> bool:
        """Say whether nobody says it and no clause is said: a bare participle ("published on Thursday")."""
        return x.source is None and x.cue is not None and x.found_by in ("noun after cue", "noun before cue") and x.act == "says"

    # ── contents ────────────────────────────────────────────────────────────────────────────────────────────────

    def _content(self, x: Said, number: int, cue: tuple[int, int] | None) -> tuple[int, int]:
        start, end = x.start, x.end
        s = self.sentences[number]
        if cue is not None and not x.quote and start <= s.words[cue[0]].start < end:
            start, end = self._beside_cue(x, s, cue, start, end)
        if x.quote:
            return self._inner(start, end)
        start, end = self._trimmed(start, end)
        if start >= end:
            return start, end
        start, end = self._marked(self._with_that(s, start, cue), end)
        return self._inner(start, end)

    def _inner(self, start: int, end: int) -> tuple[int, int]:
        """Return a content without white space at its edges, and, where it is a quotation and nothing else, without its marks."""
        q = next((q for q in self.quotes if q.outer_start == start and not self._any(q.end, end) and end >= q.end), None)
        if q is not None and not self._any(q.outer_end, end):
            start, end = q.start, q.end
        while start < end and self.text[start].isspace():
            start += 1
        while start < end and self.text[end - 1].isspace():
            end -= 1
        return start, end

    def _beside_cue(self, x: Said, s: Sentence, cue: tuple[int, int], start: int, end: int) -> tuple[int, int]:
        """Cut a content where its own cue and party stand at an edge of it, or where what follows them belongs to the cue."""
        lo, hi = cue
        if x.source is not None and x.sentence == s.number:
            lo, hi = min(lo, x.source[0]), max(hi, x.source[1])
            if hi - lo > _LONGEST_DESCRIPTION:
                lo, hi = cue
        while lo > 0 and s.words[lo - 1].form not in (",", "-", "--", '"', "?", "!", ".", ":", ";") and s.words[lo - 1].start > start:
            lo -= 1
        before, behind = self.text[start : s.words[lo].start], self.text[s.words[hi - 1].end : end]
        if not any(c.isalnum() for c in before):
            return s.words[hi - 1].end, end
        cut = start, s.words[lo].start
        if not any(c.isalnum() for c in behind) or before.rstrip(_EDGE).endswith(("”", "»", '"', "“", "«", "’’")):
            return cut
        nxt = next((i for i in range(hi, len(s.words)) if s.words[i].form == ","), None)
        if x.found_by == "source phrase" or nxt is None:
            return (start, end) if x.found_by == "source phrase" else cut
        return (start, end) if self._resumes(x, s, cue, lo, hi, nxt) else cut

    def _resumes(self, x: Said, s: Sentence, cue: tuple[int, int], lo: int, hi: int, comma: int) -> bool:
        """Say whether what is said goes on behind the comma that closes an inserted cue: "two, its secretary said, had been whipped"."""
        w, tree = s.words, s.tree
        first = next((i for i in range(comma + 1, len(w)) if w[i].form[0].isalnum()), None)
        if first is None or tree is None or any(h.start == first and h.entry.kind == "cue" for h in s.hits):
            return False
        if s.quote[first] >= 0 and s.quote[first] != s.quote[cue[0]]:
            return True
        finite = any(tree.has(i, "VerbForm=Fin") for i in range(lo) if w[i].start >= x.start)
        if comma == hi and not finite:
            return True
        if tree.pos[first] == "SCONJ" or (tree.pos[first] == "VERB" and not tree.has(first, "VerbForm=Fin")):
            return False
        if tree.pos[first] == "ADP":
            source = x.source is not None and x.sentence == s.number
            return comma == hi and (not source or (x.source is not None and tree.pos[x.source[0]] == "PRON"))
        return not tree.under(first, cue[0])

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        while start < end and self.text[start] in _EDGE:
            start += 1
        while start < end and self.text[end - 1] in _EDGE:
            end -= 1
        if end - start > 2 and self.text[end - 1] == "." and self.text[end - 2].islower() and "." not in self.text[start : end - 1]:
            end -= 1  # a clause has no full stop of its own; several sentences keep theirs
        return start, end

    def _with_that(self, s: Sentence, start: int, cue: tuple[int, int] | None) -> int:
        i = next((k for k, w in enumerate(s.words) if w.start >= start), None)
        if i is None or i < 1 or s.words[i].start != start:
            return start
        low = cue[1] if cue is not None and cue[1] <= i else 0
        return s.words[i - 1].start if i - 1 >= low and s.words[i - 1].lower in self.complementizers else start

    def _marked(self, start: int, end: int) -> tuple[int, int]:
        """Take in the quotation marks that stand right at the edges, and those whose other half is inside."""
        for q in self.quotes:
            if q.outer_start >= end or q.outer_end <= start:
                continue
            if q.outer_start < start <= q.end and not self._any(q.outer_start, start) and end >= q.end - 2 and not self._any(end, q.end):
                start = q.outer_start
            if start <= q.outer_start and end < q.outer_end and not self._any(end, q.outer_end):
                end = q.outer_end
        return start, end

    def _any(self, start: int, end: int) -> bool:
        return any(c.isalnum() for c in self.text[start:end])

    # ── sources ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _source(self, x: Said, s: Sentence, cue: tuple[int, int] | None) -> Span:
        assert x.source is not None
        start, stop = self._shorn(s, *x.source, behind_cue=cue is not None and cue[0] < x.source[0])
        if stop - start == 1 and any(s.words[start].lower.lstrip("-") in p for p in self.pronouns):
            pass
        else:
            start = self._leftward(s, start, stop, cue)
            limit = len(s.words)
            if s.words[stop - 1].end <= x.start < s.end:  # what is said behind a source is no description of it
                limit = next((i for i in range(stop, limit) if s.words[i].start >= x.start), limit)
            stop = min(self._rightward(s, start, stop, cue), limit)
        a, b = s.words[start].start, s.words[stop - 1].end
        inverted = _INVERTED.match(self.text, a, b)
        a = inverted.end() if inverted else a
        while b > a and self.text[b - 1] in _EDGE:
            b -= 1
        return Span(start=a, end=b, text=self.text[a:b])

    def _shorn(self, s: Sentence, start: int, stop: int, *, behind_cue: bool) -> tuple[int, int]:
        """Take off when and where it was said: "mardi Hélène Carvès", "die Bank am Mittwoch", "она в парламенте"."""
        w, tree = s.words, s.tree
        for a, b, _ in s.times:
            if a <= start < b < stop:
                start = b
            elif start < a < stop and (a - 1 == start or behind_cue):
                stop = a - 1 if a - 1 > start and tree is not None and tree.pos[a - 1] in ("ADP", "X", "DET") else a
        if behind_cue and start < stop and any(w[start].lower.lstrip("-") in p for p in self.pronouns):
            if tree is None or not start < tree.head[start] < stop:
                return start, start + 1  # "she", and not "her deputy"
        if tree is not None and behind_cue:
            for i in range(start + 1, stop):
                if tree.pos[i] == "ADP" and tree.pos[i - 1] == "PROPN" and w[i].lower not in self.of and w[i - 1].form[0].isupper():
                    stop = i
                    break
        while stop - 1 > start and (
            not w[stop - 1].form[0].isalnum() and w[stop - 1].form not in ('"', ")", "'") or (tree is not None and tree.pos[stop - 1] == "ADP")
        ):
            stop -= 1
        return start, stop

    def _leftward(self, s: Sentence, start: int, stop: int, cue: tuple[int, int] | None) -> int:
        """Take in titles and roles before a name, and adjectives before a noun: "Coach Luis Farran", «главный редактор»."""
        w, tree = s.words, s.tree
        floor = cue[1] if cue is not None and cue[1] <= start else 0
        barred = {i for a, b, _ in s.times for i in range(a, b)} | {i for a in s.attributions for i in range(a.cue_start, a.cue_stop)}
        while start > floor and start - 1 not in barred and stop - start < _LONGEST_DESCRIPTION:
            i = start - 1
            role = w[i].lower in self.titles or (w[start].form[0].isupper() and any(w[i].lower in r for r in self.roles))
            dotted = w[i].form == "." and i - 1 >= floor and w[i - 1].lower in ("m", "dr", "mr", "mrs", "ms", "prof", "mme", "sr", "sra", "d", "st")
            hangs = (
                tree is not None and w[i].form[0].isalnum() and tree.dep[i] in _BEFORE and start <= tree.head[i] < stop and w[start].form[0].isalnum()
            )
            named = w[i].form[0].isupper() and w[start].form[0].isupper() and i > floor and w[i].form[0].isalpha() and w[i].lower not in self.articles
            if dotted:
                start = i - 1
            elif role or hangs or (named and tree is not None and tree.pos[i] not in ("VERB", "AUX", "ADV", "ADP", "PRON", "SCONJ", "CCONJ")):
                start = i
            elif w[i].lower in self.articles and i + 1 == start and (tree is None or tree.pos[start] in ("NOUN", "PROPN", "ADJ")):
                return i
            else:
                break
        return start

    def _rightward(self, s: Sentence, start: int, stop: int, cue: tuple[int, int] | None) -> int:
        """Take in what describes a party: the rest of its phrase, and what stands between commas behind it."""
        w, n = s.words, len(s.words)
        if cue is not None and stop <= cue[0]:
            return self._up_to_cue(s, start, stop, cue[0])
        stop = self._own(s, start, stop, n)
        if stop + 1 < n and w[stop].form == "," and self._describes(s, start, stop, stop + 1):
            end = next(
                (
                    i
                    for i in range(stop + 1, min(n, stop + 1 + _LONGEST_DESCRIPTION))
                    if w[i].form in (",", ".", ";", ":", '"', "?", "!", ")") and not self._in_name(s, i)
                ),
                None,
            )
            if end is not None and not any(h.entry.kind == "cue" and h.start == stop + 1 for h in s.hits):
                return end
        return stop

    def _in_name(self, s: Sentence, i: int) -> bool:
        return any(a <= i <= b for a, b in s.quoted_names)

    def _own(self, s: Sentence, start: int, stop: int, limit: int) -> int:
        """Return where the words behind a party that hang on it end, with no mark between ("a person familiar with the matter")."""
        tree = s.tree
        if tree is None:
            return stop
        while stop < limit and s.words[stop].form[0].isalnum() and tree.dep[stop] not in ("", "conj", "cc", "aux", "cop"):
            ups = [stop]
            for h in tree.above(stop):
                ups.append(h)
                if start <= h < stop:
                    break
            else:
                break
            top = ups[-2]
            if tree.dep[top] not in ("nmod", "acl", "acl:relcl", "appos", "amod", "flat", "flat:name", "compound", "case") or any(
                u > limit for u in ups
            ):
                break
            held = [i for i in tree.subtree(top) if i < limit]
            run = stop
            while run < limit and (run in set(held)) and s.words[run].form not in (",", ";", ":", '"'):
                run += 1
            if run == stop or run - start > _LONGEST_DESCRIPTION:
                break
            stop = run
        return stop

    def _up_to_cue(self, s: Sentence, start: int, stop: int, cue: int) -> int:
        """Take in what stands between a party and its verb: "the plaintiff, a retired teacher from Colby, said"."""
        w, tree = s.words, s.tree
        low = cue
        while (
            low > stop
            and tree is not None
            and (tree.pos[low - 1] in ("AUX", "ADV", "PART", "PRON") or w[low - 1].lower in self.lexicon.set("words.auxiliaries"))
            and tree.pos[low - 1] != ""
        ):
            low -= 1
        stop = self._own(s, start, stop, low)
        if low - 1 > stop and w[stop].form == "," and w[low - 1].form == "," and low - stop <= _LONGEST_DESCRIPTION:
            if self._describes(s, start, stop, stop + 1) or self._set_off(s, stop + 1, low - 1):
                return low - 1
        return stop

    def _set_off(self, s: Sentence, first: int, last: int) -> bool:
        """Say whether what stands between the commas before a cue was taken out before parsing as a description, and tells no when or where."""
        w = s.words[first]
        taken = s.tree is not None and not any(s.tree.dep[i] for i in range(first, last))
        prepositions = self.lexicon.set("words.time_prepositions")
        return taken and w.lower not in prepositions and w.lower not in self.lexicon.set("words.place_prepositions") and not w.lower.endswith("ing")

    def _describes(self, s: Sentence, start: int, comma: int, first: int) -> bool:
        """Say whether what opens behind a comma tells who a party is: a role, a noun in apposition, a name, or a relative clause."""
        w, tree = s.words, s.tree
        if any(a <= first < b for a, b, _ in s.times) or w[first].form == '"':
            return False
        if w[first].lower in self.relatives:
            return w[first].lower not in ("that",) and not any(h.entry.kind == "cue" and first < h.start <= first + 2 for h in s.hits)
        window = range(first, min(len(w), first + 4))
        for i in window:
            if w[i].form in (",", ".", ";"):
                break
            if tree is not None and tree.pos[i] in ("VERB", "AUX", "ADP", "SCONJ", "CCONJ") and i == first:
                return tree.dep[i] == "acl" and start <= tree.head[i] < comma
            if any(w[i].lower in r for r in self.roles) or (w[i].lower in self.titles and w[first].form[0].isalpha()):
                return True
            if tree is not None and tree.dep[i] == "appos" and start <= tree.head[i] < comma:
                return True
        if w[first].lower in self.articles and w[comma - 1].form[0].isupper():
            return True  # a name, then "the owner of the garage"
        named = w[first].form[0].isupper() and first + 1 < len(w) and (w[first + 1].form[0].isupper() or w[first + 1].form in (",", "."))
        return named and not w[comma - 1].form[0].isupper()

    # ── each saying once ────────────────────────────────────────────────────────────────────────────────────────

    def _once(self, found: list[tuple[Said, Statement]]) -> list[Statement]:
        """Drop what another route says better: a quotation inside a clause of the same cue, a clause inside a quotation of the same cue."""
        kept: list[tuple[Said, Statement]] = []
        quoted = {(s.cue.start, s.cue.end) for x, s in found if x.quote and s.cue}
        for x, s in found:
            key = (s.cue.start, s.cue.end) if s.cue else None
            rivals = [(y, t) for y, t in found if t is not s and t.start < s.end and s.start < t.end and self._same(s, t)]
            if x.quote and any(not y.quote and t.start <= s.start and s.end <= t.end and (t.start, t.end) != (s.start, s.end) for y, t in rivals):
                continue
            if not x.quote and any(y.quote and s.start >= t.start - 2 and s.end <= t.end + 2 for y, t in rivals):
                continue
            if not x.quote and key in quoted and x.found_by == "clause before cue" and not rivals:
                continue  # "In a statement," or a question asked, before the cue of what is quoted
            if any(t == s or (t.start, t.end) == (s.start, s.end) and self._same(s, t) for _, t in kept):
                continue
            kept.append((x, s))
        return [s for _, s in kept]

    def _same(self, s: Statement, t: Statement) -> bool:
        """Say whether two statements are by the same party as named at the same place, or by the same cue."""
        if s.source is not None and t.source is not None:
            return s.source.start < t.source.end and t.source.start < s.source.end
        return s.cue is not None and t.cue is not None and s.cue.start == t.cue.start
