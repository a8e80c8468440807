"""Statements: somebody says something. Found by cue verbs in the tree, by quotation marks, and by source phrases.

Three routes, each of which stands alone: a source phrase attributes its sentence; a cue verb with a subject attributes its
clause, its object or what stands before it; a quotation goes to the cue beside it, else to whoever spoke last.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from temoin.read.lexicon import Hit, Lexicon
from temoin.read.quotes import Quote
from temoin.read.sentence import Sentence
from temoin.read.tree import CLAUSAL, SUBJECTS, Tree
from temoin.records import Act

_NOT_OF_THE_NAME = frozenset({"acl", "acl:relcl", "appos", "parataxis", "punct", "advcl", "dep", "list", "orphan", "cop", "ccomp", "nsubj"})


_MARKS = (",", '"', "-", "--", "?", "!")


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
    borrowed: int = -1  # number of the statement whose source it takes over


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
    while hi + 1 < len(tree) and tree.pos[hi + 1] == "PROPN" and tree.pos[hi] in ("NOUN", "PROPN") and tree.dep[hi + 1] in ("appos", "flat", "flat:name", "nmod", "compound", "nsubj", "dep"):
        hi += 1  # "the newspaper Novaya Gazeta"
    return lo, hi + 1


class Finder:
    """Finds the statements of one report. lexicon: of its language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.negation = lexicon.set("words.negation")
        self.complementizers = lexicon.set("words.complementizers")
        self.relatives = lexicon.set("words.relatives")
        self.tell = lexicon.set("attribution.tell")
        self.to = lexicon.set("attribution.addressee")
        self.by = lexicon.set("words.by")
        self.auxiliaries = lexicon.set("words.auxiliaries")
        self.confirming = lexicon.set("words.confirming")

    # ── source phrases ──────────────────────────────────────────────────────────────────────────────────────────

    def phrases(self, s: Sentence) -> list[Said]:
        """Return what source phrases attribute."""
        found = []
        for a in s.attributions:
            lo, hi = max(a.of_start, 0), min(a.of_stop, len(s.words))
            if lo >= hi:
                continue
            start = s.words[a.stop].start if a.start <= lo < a.stop < hi else s.words[lo].start
            end = s.words[a.start - 1].end if a.start < hi <= a.stop and a.start > lo else s.words[hi - 1].end
            found.append(Said(s.number, (a.source_start, a.source_stop), (a.cue_start, a.cue_stop), "says", start, end, "source phrase", head=a.source_start))
        return found

    # ── cue verbs ───────────────────────────────────────────────────────────────────────────────────────────────

    def cues(self, s: Sentence, tree: Tree) -> list[Said]:
        """Return what cue verbs attribute."""
        found: list[Said] = []
        best: dict[int, tuple[Hit, bool]] = {}
        for hit in s.hits:
            if hit.entry.kind != "cue" or not tree.dep[hit.start]:
                continue
            nominal = hit.entry.role == "nominal"
            known = best.get(hit.start)
            if known is not None and {known[0].entry.code, hit.entry.code} == {"says", "promises"}:
                # a verb that both tells and undertakes: what it governs decides (see _undertaking)
                if hit.entry.code == "says":
                    best[hit.start] = (hit, True)
                else:
                    best[hit.start] = (known[0], True)
                continue
            if known is None or (hit.stop - hit.start, nominal) > (known[0].stop - known[0].start, known[1]):
                best[hit.start] = (hit, nominal or (known is not None and known[1] and known[0].entry.code == hit.entry.code))
        for start in sorted(best):
            found += self._cue(s, tree, *best[start], found)
        return found

    def _cue(self, s: Sentence, tree: Tree, hit: Hit, nominal: bool, before: list[Said]) -> list[Said]:
        v = self._verb(tree, hit)
        if not self._is_verb(s, tree, hit, v):
            return []
        subject, addressee = self._speaker(s, tree, v)
        loose = tree.dep[v] in ("amod", "acl", "conj", "compound") or tree.pos[v] not in ("VERB", "AUX")
        if tree.dep[v] == "amod" or (tree.dep[v] == "acl" and (self._perfect(s, tree, hit.start) or self._coordinated(s, tree, v))):
            subject = None
        negated = self.negates(s, tree, v)
        inverted = self._inverted(s, tree, hit)
        if inverted is not None:
            source, content = inverted
            head, contents = source[1] - 1, [content]
        else:
            contents = self._contents(s, tree, hit, v, subject, addressee, nominal)
            source = self._source_words(s, tree, subject)
            head = subject if subject is not None else -1
            between = self._trailing_cue(s, tree, hit)
            if between is not None and between[1][1] == s.words[-1].end and between[0][1] - between[0][0] <= 7:
                source, content = between  # "An appeal, Halim said, would be lodged": both sides are said
                head, contents = source[1] - 1, [content]
            if not contents or source is None:
                beside = self._trailing_cue(s, tree, hit)
                if beside is not None:
                    source, content = beside
                    head, contents = source[1] - 1, [content]
                elif contents and (loose or not tree.passive(v)):
                    source = self._just_before(s, tree, hit.start, before)
                    head = source[1] - 1 if source else -1
        if not contents:
            return []
        act: Act = hit.entry.code  # type: ignore[assignment]
        if act == "says" and hit.start in self._undertaking(s) and contents[0][2] == "noun after cue":
            act = "promises"  # "announced sanctions"; but "announced that three had died" says so
        if negated and act == "says":
            if any(w.lower in self.confirming for w in s.words[hit.start : hit.stop]) and source is not None:
                act = "doubts"
            elif nominal and not any(rule in ("clause after cue", "that-clause") for _, _, rule in contents):
                return []
        elif negated and act == "denies":
            act = "says"
        elif negated and act in ("demands", "promises"):
            return []
        bounds = self._quotation(s, v)
        contents = [(max(a, bounds[0]), min(b, bounds[1]), rule) for a, b, rule in contents]
        cue = (hit.start, hit.stop)
        told = noun_phrase(tree, addressee) if addressee is not None else None
        text = " ".join(w.lower for w in s.words[hit.start : hit.stop])
        return [Said(s.number, source, cue, act, a, b, rule, head, told, negated, text) for a, b, rule in contents if b > a]

    def _undertaking(self, s: Sentence) -> set[int]:
        return {h.start for h in s.hits if h.entry.kind == "cue" and h.entry.code == "promises" and h.entry.role == "nominal"}

    def _verb(self, tree: Tree, hit: Hit) -> int:
        """Return the word of a cue on which its other words hang ("fait état": whichever the parser made the head)."""
        inside = [i for i in range(hit.start, hit.stop) if tree.dep[i]]
        return next((i for i in inside if not hit.start <= tree.head[i] < hit.stop or tree.head[i] == i), hit.start)

    def _auxiliary(self, s: Sentence, tree: Tree, i: int) -> bool:
        return tree.pos[i] == "AUX" or s.words[i].lower in self.auxiliaries

    def _perfect(self, s: Sentence, tree: Tree, v: int) -> bool:
        """Say whether an auxiliary stands before a participle, with no mark between ("a de son côté soutenu")."""
        for i in range(v - 1, max(-1, v - 6), -1):
            if self._auxiliary(s, tree, i):
                return True
            if s.words[i].form in (*_MARKS, ";", ":"):
                return False
        return False

    def _coordinated(self, s: Sentence, tree: Tree, v: int) -> bool:
        """Say whether a participle with an object of its own goes on behind a comma or "and" ("has condemned it, announced sanctions")."""
        return v > 0 and (s.words[v - 1].form == "," or tree.pos[v - 1] == "CCONJ") and bool(tree.kids(v, "obj", "ccomp", "xcomp"))

    def _clitic(self, s: Sentence, v: int) -> int | None:
        """Return the pronoun behind an inverted verb or its auxiliary: "déplore-t-elle", "a-t-il dit"."""
        return next((i for i in (v + 1, v - 1, v - 2) if 0 < i < len(s.words) and s.words[i].form[0] == "-" and len(s.words[i].form) > 2), None)

    def _is_verb(self, s: Sentence, tree: Tree, hit: Hit, v: int) -> bool:
        """Say whether a cue is used as a verb. The lexicon knows its verbs better than a small parser does: a word that no article,
        adjective or preposition makes a noun is taken for one."""
        first = hit.start
        after_auxiliary = self._after_auxiliary(s, tree, first)
        if hit.stop - first > 1 and tree.pos[first] in ("VERB", "AUX"):
            return True
        if tree.dep[first] in ("amod", "compound", "aux", "case") and not after_auxiliary:
            return tree.pos[first] in ("ADV", "ADJ") and self._bare(s, tree, first)
        if tree.pos[first] in ("VERB", "AUX"):
            return True
        return after_auxiliary or self._like_a_verb(tree, first) or self._bare(s, tree, first)

    def _bare(self, s: Sentence, tree: Tree, i: int) -> bool:
        """Say whether a word in lower case stands where a finite verb may: after a noun, a name, a pronoun, a comma or "and"."""
        if not s.words[i].form[0].islower() or i == 0 or s.words[i - 1].lower in self.lexicon.set("words.articles"):
            return False
        if i + 1 < len(s.words) and s.words[i + 1].form in (".", ",", ";"):
            return False
        return (tree.pos[i - 1] in ("NOUN", "PROPN", "PRON") or s.words[i - 1].form[0].isupper()) and tree.pos[i] in ("ADJ", "ADV", "X") or (tree.pos[i - 1] in ("CCONJ", "PUNCT", "ADV") and tree.pos[i] in ("ADJ", "X"))

    def _inverted(self, s: Sentence, tree: Tree, hit: Hit) -> tuple[tuple[int, int], tuple[int, int, str]] | None:
        """Read ", said X" and ", a indiqué X": mark, auxiliary, cue, then a party and nothing but when, where and to whom."""
        words, v, n = s.words, hit.start, len(s.words)
        low = v
        while low > 0 and v - low < 4 and (tree.pos[low - 1] in ("PRON", "PART") or self._auxiliary(s, tree, low - 1)) and words[low - 1].form not in _MARKS:
            low -= 1
        clitic = self._clitic(s, v)
        if hit.stop - v > 1 or low < 3 or words[low - 1].form not in _MARKS or not tree.dep[low - 1] or (clitic is None and words[v].lower in self.tell) or not any(tree.pos[i] in ("VERB", "AUX") or s.hits_event(i) for i in (*range(low - 1), *range(hit.stop + 1, n))):
            return None
        high = hit.stop
        while high < n and high - v < 16 and words[high].form not in (*_MARKS, ";", ":", ".", ")"):
            high += 1
        if (high == hit.stop and clitic is None) or hit.entry.code == "demands":
            return None
        source = (clitic, clitic + 1) if clitic is not None else self._party_after(s, tree, hit.stop, high)
        if clitic is None and not self._speaks(s, tree, *source) or not self._ends_here(s, tree, max(source[1], hit.stop), high):
            return None
        middle = high < n - 2 and words[high].form == "," and tree.pos[high + 1] != "CCONJ"
        return source, (words[self._begin(s, low - 1)].start, words[n - 1].end if middle else words[low - 1].start, "clause before cue")

    def _trailing_cue(self, s: Sentence, tree: Tree, hit: Hit) -> tuple[tuple[int, int], tuple[int, int, str]] | None:
        """Read ", X said" by its marks alone: what the tree makes of it varies from parser to parser."""
        words, v, n = s.words, hit.start, len(s.words)
        low = v
        while low > 0 and v - low < 10 and words[low - 1].form not in (*_MARKS, ";", ":", ".", "("):
            low -= 1
        if low < 2 or words[low - 1].form not in _MARKS:
            return None
        high = hit.stop
        while high < n and high - v < 14 and words[high].form not in (*_MARKS, ";", ":", ".", ")"):
            high += 1
        last = v
        while last > low and tree.pos[last - 1] in ("AUX", "ADV", "PART"):
            last -= 1
        party = last > low and any(tree.pos[i] in ("NOUN", "PROPN", "PRON") for i in range(low, last)) and not any(tree.pos[i] == "VERB" for i in range(low, last))
        if not party or words[low].lower in self.relatives or tree.pos[low] in ("CCONJ", "SCONJ", "ADP") or not self._ends_here(s, tree, hit.stop, high):
            return None
        if not any(tree.pos[i] in ("VERB", "AUX", "NOUN") for i in range(low - 1)):
            return None
        middle = high < n - 2 and words[high].form == "," and tree.pos[high + 1] != "CCONJ"
        return (low, last), (words[self._begin(s, low - 1)].start, words[n - 1].end if middle else words[low - 1].start, "clause before cue")

    def _speaks(self, s: Sentence, tree: Tree, start: int, stop: int) -> bool:
        """Say whether some words name somebody who can speak: a pronoun, a name, a role, a body, an outlet, an authority."""
        for i in range(start, stop):
            w = s.words[i]
            if any(w.lower in self.lexicon.set(f"people.{k}") for k in ("persons", "organisations", "authorities", "outlets")) or w.lower in self.lexicon.set("attribution.quotative_nouns"):
                return True
            if tree.pos[i] == "PROPN" and w.form[0].isupper() or i == start and any(w.lower in self.lexicon.set(f"pronouns.{k}") for k in "mfop"):
                return True
        return False

    def _ends_here(self, s: Sentence, tree: Tree, start: int, stop: int) -> bool:
        """Say whether nothing but when, where and to whom stands between the cue and the next mark."""
        return all(tree.pos[i] not in ("VERB", "SCONJ") and s.words[i].lower not in self.complementizers for i in range(start, stop))

    def _party_after(self, s: Sentence, tree: Tree, start: int, stop: int) -> tuple[int, int]:
        last = start
        while last < stop and (last == start or tree.pos[last] not in ("ADP", "ADV", "SCONJ", "VERB", "") or s.words[last].lower in self.lexicon.set("words.of_party")):
            last += 1
        return start, max(last, start + 1)

    def _just_before(self, s: Sentence, tree: Tree, v: int, before: list[Said]) -> tuple[int, int] | None:
        """Return the party right before a cue whose subject the tree missed: "Luis Ortega, the bishop, told …".

        A cue right behind a comma or "and" shares the subject of the verb before it ("has condemned it, and announced …").
        """
        opens = v
        while opens and tree.pos[opens - 1] == "PRON" and v - opens < 3:
            opens -= 1
        if opens and (s.words[opens - 1].form == "," or tree.pos[opens - 1] == "CCONJ"):
            if before and before[-1].source is not None:
                return before[-1].source
            earlier = next((i for i in range(v - 2, -1, -1) if tree.pos[i] == "VERB" and any(tree.dep[c].startswith("nsubj") for c in tree.children[i])), None)
            if earlier is not None:
                return self._source_words(s, tree, tree.subject(earlier))
        i = v - 1
        auxiliary = next((j for j in range(v - 1, max(-1, v - 7), -1) if self._auxiliary(s, tree, j) or s.words[j].form == ","), None)
        if auxiliary is not None and self._auxiliary(s, tree, auxiliary):
            i = auxiliary
        while i >= 0 and (tree.pos[i] in ("ADV", "PART", "CCONJ") or self._auxiliary(s, tree, i)):
            i -= 1
        if i >= 2 and s.words[i].form == ",":
            comma = next((j for j in range(i - 1, max(-1, i - 9), -1) if s.words[j].form == ","), None)
            if comma is None or any(tree.pos[j] == "VERB" for j in range(comma, i)):
                return None
            i = comma - 1
        last = i + 1
        while i >= 0 and (tree.pos[i] in ("NOUN", "PROPN", "PRON", "ADJ", "DET", "NUM", "X", "CCONJ") or s.words[i].form[0].isupper()) and s.words[i].form[0].isalnum() or (i > 0 and s.words[i].lower in self.lexicon.set("words.of_party") and tree.pos[i] == "ADP" and i < last - 1):
            i -= 1
        first = i + 1
        while first < last and tree.pos[first] in ("CCONJ", "ADP"):
            first += 1
        if first >= last or not any(tree.pos[j] in ("NOUN", "PROPN", "PRON") for j in range(first, last)) or s.words[first].lower in self.relatives:
            return None
        return first, last

    def _quotation(self, s: Sentence, v: int) -> tuple[int, int]:
        """Return the offsets of the sentence's part of the quotation that a word stands in; of the sentence where it stands in none."""
        if s.quote[v] < 0:
            return s.start, s.end
        same = [w for w, q in zip(s.words, s.quote, strict=True) if q == s.quote[v]]
        return same[0].start, same[-1].end

    def _after_auxiliary(self, s: Sentence, tree: Tree, v: int) -> bool:
        """Say whether a participle stands behind its auxiliary, adverbs between, whatever the tree makes of it ("have both repeatedly denied")."""
        i = v - 1
        while i >= 0 and v - i <= 4 and tree.pos[i] in ("ADV", "CCONJ", "PART"):
            i -= 1
        return i >= 0 and tree.pos[i] == "AUX"

    def _like_a_verb(self, tree: Tree, v: int) -> bool:
        return any(tree.dep[c] in ("nsubj", "ccomp", "aux", "obj") for c in tree.children[v]) or tree.dep[v] in ("parataxis", "ROOT", "root")

    def _speaker(self, s: Sentence, tree: Tree, v: int) -> tuple[int | None, int | None]:
        """Return who speaks and who is told."""
        subject = tree.subject(v)
        clitic = self._clitic(s, v)
        if clitic is not None:
            subject = clitic
        told: int | None = None
        kids = tree.children[v]
        if s.words[v].lower in self.tell:
            objects = [c for c in kids if tree.dep[c] in ("obj", "iobj") and tree.pos[c] in ("NOUN", "PROPN", "PRON")]
            if objects:
                told = objects[0]
            if tree.passive(v):
                agent = next((c for c in kids if tree.dep[c] in ("obl:agent", "obl") and any(s.words[k].lower in self.by for k in tree.kids(c, "case"))), None)
                return (agent, subject) if agent is not None else (None, subject)
        if told is None:
            for c in kids:
                if c > v and tree.dep[c] in ("obl", "iobj", "obl:arg", "nmod") and tree.pos[c] in ("NOUN", "PROPN"):
                    first = noun_phrase(tree, c)[0]
                    before = " ".join(w.lower for w in s.words[max(0, first - 4) : first])
                    case = [s.words[k].lower for k in tree.kids(c, "case")]
                    if any(k in self.to for k in case) or any(before.endswith(p) for p in self.lexicon.table["attribution"]["addressee"]):
                        told = c
                        break
        if subject is None and tree.passive(v):
            return None, told
        if subject is not None and tree.passive(v) and s.words[v].lower not in self.tell and tree.dep[v] not in ("acl:relcl",):
            agent = next((c for c in kids if tree.dep[c] == "obl:agent"), None)
            return agent, told
        if subject is None:
            # an inverted subject that was taken for an object: ", a indiqué la préfecture"
            after = [c for c in kids if tree.dep[c] in ("obj", "obl", "xcomp", "nmod") and c > v and tree.pos[c] in ("NOUN", "PROPN", "PRON") and not tree.kids(c, "case")]
            if after and self._speaks(s, tree, *noun_phrase(tree, after[0])) and (tree.dep[v] in ("parataxis", "ccomp", "ROOT", "root", "conj") and self._after_a_break(s, v)):
                subject = after[0]
        return subject, told

    def _after_a_break(self, s: Sentence, v: int) -> bool:
        return any(s.words[i].form in (",", '"', "-", "--") for i in range(max(0, v - 4), v))

    def _source_words(self, s: Sentence, tree: Tree, subject: int | None) -> tuple[int, int] | None:
        if subject is None:
            return None
        if s.words[subject].lower in self.relatives:
            verb = tree.head[subject]
            if tree.dep[verb] in ("acl:relcl", "acl"):
                subject = tree.head[verb]
            else:  # the noun right before the pronoun
                before = next((i for i in range(subject - 1, max(-1, subject - 4), -1) if tree.pos[i] in ("NOUN", "PROPN")), None)
                if before is None:
                    return None
                subject = before
        return noun_phrase(tree, subject)

    def negates(self, s: Sentence, tree: Tree, v: int) -> bool:
        """Say whether a verb is negated by a word of its own."""
        if any(s.words[c].lower in self.negation for c in tree.children[v] if tree.dep[c] in ("advmod", "aux", "det", "cc", "neg", "discourse", "mark")):
            return True
        h = tree.head[v]
        if h >= 0 and tree.dep[v] in ("xcomp", "ccomp", "advcl") and tree.pos[h] in ("VERB", "AUX", "ADJ", "NOUN") and s.words[h].lower in self.lexicon.set("words.unable"):
            return True
        if h >= 0 and tree.dep[v] == "xcomp" and any(s.words[c].lower in self.negation for c in tree.children[h] if tree.dep[c] in ("advmod", "aux")):
            return True
        return any(s.words[c].lower in self.negation for c in tree.children[v] if tree.dep[c] in SUBJECTS)

    def _contents(self, s: Sentence, tree: Tree, hit: Hit, v: int, subject: int | None, told: int | None, nominal: bool) -> list[tuple[int, int, str]]:
        """Return offsets of what is said, with the rule that gave them."""
        words = s.words
        kids = [c for i in range(hit.start, hit.stop) for c in tree.children[i] if not hit.start <= c < hit.stop] if hit.stop - hit.start > 1 else tree.children[v]
        inner = {c for c in kids if tree.dep[c] in CLAUSAL and c != subject and c != told}
        # "asked the police to open": the infinitive hangs on the person asked
        if told is not None:
            inner |= {c for c in tree.children[told] if tree.dep[c] in ("acl", "ccomp", "xcomp") and c > v}
        if hit.entry.code in ("demands", "promises"):
            inner |= {c for c in kids if tree.dep[c] == "advcl" and c > v and any(tree.pos[k] in ("PART", "ADP", "SCONJ") for k in tree.children[c])}
        low = min((min(tree.subtree(subject)) for _ in (0,) if subject is not None), default=v)
        own_low, own_high = (min(low, v), max(hit.stop, (max(tree.subtree(subject)) + 1) if subject is not None and subject > v else hit.stop))
        after = sorted(c for c in inner if c > v)
        if after:
            first = min(min(tree.subtree(c)) for c in after)
            first = max(first, hit.stop)
            stop = self._stop(s, tree, v, first)
            if stop > first:
                return [(words[first].start, words[stop - 1].end, "clause after cue")]
        if told is not None and subject is not None and subject > v and tree.passive(v):
            first = max(tree.subtree(subject)) + 1  # "she was told by a boatman, a man went from door to door"
            if first < len(words) - 2:
                return [(words[first].start, words[self._stop(s, tree, v, first) - 1].end, "clause after cue")]
        that = self._complementizer(s, hit.stop)
        if that is not None:
            stop = self._stop(s, tree, v, that)
            return [(words[that].start, words[stop - 1].end, "that-clause")]
        objects = [c for c in kids if tree.dep[c] == "obj" and c >= hit.stop and c != told and c != subject and tree.pos[c] != "PRON"]
        if nominal and objects:
            held = [i for c in objects for i in tree.subtree(c)]
            if min(held) >= hit.stop:
                return [(words[min(held)].start, words[self._with_relative(s, max(held) + 1) - 1].end, "noun after cue")]
        before = [c for c in inner if c < v]
        parenthesis = tree.dep[v] == "parataxis" and tree.head[v] < own_low
        if before or parenthesis or (own_low and self._trailing(s, tree, v, own_low, own_high)):
            start = self._begin(s, own_low)
            stop = own_low
            # A parenthesis in the middle ("two, its secretary said, had been whipped") attributes both sides.
            if own_high < len(words) - 1 and words[min(own_high, len(words) - 1)].form in (",", "-") and own_low and words[own_low - 1].form in (",", "-", '"'):
                stop = len(words)
            if stop > start:
                return [(words[start].start, words[stop - 1].end, "clause before cue")]
        if nominal:
            nouns = [c for c in kids if tree.dep[c] in ("obj", "obl", "obl:arg", "nmod", "advcl", "ccomp", "xcomp") and c >= v and c != told and c != subject]
            if not nouns:
                nouns = [c for c in kids if tree.dep[c] in ("obj", "obl") and c != subject and c != told]
            if tree.passive(v) and subject is None:
                nouns = [c for c in kids if tree.dep[c] in ("nsubj:pass", "nsubj")]
            if nouns:
                held = [i for c in nouns for i in tree.subtree(c)]
                return [(words[min(held)].start, words[self._with_relative(s, max(held) + 1) - 1].end, "noun after cue")]
        infinitive = next((i for i in range(hit.stop, len(words)) if words[i].lower in self.lexicon.set("words.perfect_infinitives")), None)
        if infinitive is not None:
            stop = next((i for i in range(infinitive, len(words)) if words[i].form in (";", ":")), len(words))
            return [(words[infinitive].start, words[stop - 1].end, "clause after cue")]
        if nominal:
            stop = self._until_mark(s, tree, hit.stop)
            if stop > hit.stop:
                return [(words[hit.stop].start, words[stop - 1].end, "noun after cue")]
        return []

    def _with_relative(self, s: Sentence, stop: int) -> int:
        """Return where a noun's content ends when a relative clause behind a comma goes on about it ("speaks of 14, who had been moved")."""
        words = s.words
        if stop + 1 < len(words) and words[stop].form == "," and words[stop + 1].lower in self.relatives:
            return next((i for i in range(stop + 1, len(words)) if words[i].form in (",", ";", ".")), len(words))
        return stop

    def _until_mark(self, s: Sentence, tree: Tree, first: int) -> int:
        """Return where the words behind a verb that the parser missed end: at a mark, or at an "and" that leads to another verb."""
        for i in range(first, len(s.words)):
            if s.words[i].form in (",", ";", ":", ".", "(") or (tree.pos[i] == "CCONJ" and any(tree.pos[k] in ("VERB", "AUX") for k in range(i, min(i + 4, len(s.words))))):
                return i
        return len(s.words)

    def _complementizer(self, s: Sentence, after: int) -> int | None:
        """Return a "that" close behind the cue, if no mark stands between."""
        for i in range(after, min(after + 12, len(s.words))):
            if s.words[i].lower in self.complementizers and s.words[i].lower not in ("whether",):
                return i + 1 if i + 1 < len(s.words) else None
            if s.words[i].form in (",", ";", ":", '"', "(") or any(h.start == i and h.entry.kind == "cue" for h in s.hits):
                return None
        return None

    def _trailing(self, s: Sentence, tree: Tree, v: int, low: int, high: int) -> bool:
        """Say whether the cue and its subject stand behind a mark, with nothing of their own after them ("…, X said.")."""
        if s.words[low - 1].form not in (",", '"', "-", "--", "?", "!"):
            return False
        rest = [w.form for w in s.words[high:]]
        if not rest or rest[0] in (",", ".", ";", ":", '"', "-"):
            return True
        to_whom_or_when = {"obl", "case", "det", "advmod", "punct", "flat", "flat:name", "compound", "amod", "iobj", "nummod", "nmod", ""}
        return high - v == 1 and low < v and all(tree.dep[i] in to_whom_or_when for i in range(high, len(s.words)))

    def _stop(self, s: Sentence, tree: Tree, v: int, first: int) -> int:
        """Return where a content that begins at `first` stops: at the end, or where the cue's own clause goes on."""
        stop = len(s.words)
        for n in (v, *tree.above(v)):
            if tree.dep[n] in ("acl:relcl", "acl", "advcl", "appos") and not (n == v and self._perfect(s, tree, v)):
                stop = max(first + 1, min(stop, max(tree.subtree(n)) + 1))
                break
        for c in tree.children[v]:
            if c > first and tree.dep[c] == "conj" and tree.pos[c] in ("VERB", "AUX") and not self._reported_mood(tree, c) and (tree.subject(c) == tree.subject(v)) and not self._under_that(s, tree, c):
                stop = min(stop, min(tree.subtree(c)))
        stop = next((i for i in range(first, stop) if s.words[i].form == ";" and s.quote[i] < 0), stop)
        for a in s.attributions:
            if first < a.start < stop and a.stop >= len(s.words) - 1:
                stop = a.start  # a source phrase at the end stands over the whole sentence, not inside
        while stop > first and s.words[stop - 1].form in (".", ",", ";", '"', "!", "?"):
            stop -= 1
        return stop

    def _begin(self, s: Sentence, before: int) -> int:
        """Return where a content that ends before a trailing cue begins: at the sentence's first word, or behind a semicolon."""
        return next((i + 1 for i in range(before - 1, -1, -1) if s.words[i].form == ";" and s.quote[i] < 0), 0)

    def _reported_mood(self, tree: Tree, c: int) -> bool:
        """Say whether a verb bears the mood of what others say, so that it goes on with the content and not with the cue's clause."""
        if not self.lexicon.flag("words.conditional_is_hearsay"):
            return False
        return any(tree.has(n, "Mood=Cnd") or tree.has(n, "Mood=Sub") for n in (c, *(k for k in tree.children[c] if tree.dep[k].startswith("aux"))))

    def _under_that(self, s: Sentence, tree: Tree, c: int) -> bool:
        return any(s.words[k].lower in self.complementizers for k in tree.children[c])

    # ── quotations ──────────────────────────────────────────────────────────────────────────────────────────────

    def quotations(self, quotes: Iterable[Quote], sentences: list[Sentence], said: list[Said], trees: dict[int, Tree]) -> list[Said]:
        """Return a statement for every quotation long enough to say something, each with the source that fits best."""
        found: list[Said] = []
        last: Said | None = None
        for q in quotes:
            touching = [s for s in sentences if s.start < q.outer_end and s.end > q.outer_start]
            if not touching:
                continue
            covered = [w for s in touching for w in s.words if q.start <= w.start and w.end <= q.end and w.form[0].isalnum()]
            if len(covered) < 4:
                continue
            source = self._beside(q, touching, sentences, said, trees)
            if source is None and last is not None and touching[0].paragraph - last.sentence <= 2:
                source = last if sentences[last.sentence].paragraph >= touching[0].paragraph - 1 else None
            if source is None:
                continue
            got = Said(source.sentence, source.source, source.cue, source.act, q.start, q.end, "quotation", source.head, source.addressee, False, source.own_cue, quote=True)
            found.append(got)
            last = got
        return found

    def _beside(self, q: Quote, touching: list[Sentence], sentences: list[Sentence], said: list[Said], trees: dict[int, Tree]) -> Said | None:
        """Return the statement whose cue stands outside the quotation and nearest to it, in the same sentences or just before a colon."""
        best: tuple[int, Said] | None = None
        near = {s.number for s in touching}
        first = touching[0].number
        if first and sentences[first - 1].paragraph == touching[0].paragraph and sentences[first - 1].words[-1].form == ":":
            near.add(first - 1)
        if touching[-1].number + 1 < len(sentences) and sentences[touching[-1].number + 1].paragraph == touching[-1].paragraph:
            following = sentences[touching[-1].number + 1]
            if following.start - q.outer_end <= 3:
                near.add(following.number)
        candidates = [x for x in said if x.sentence in near] + [x for n in near for x in self._unattached(sentences[n], trees.get(n))]
        for x in candidates:
            if x.cue is None or x.source is None:
                continue
            words = sentences[x.sentence].words
            at = words[x.cue[0]].start
            if q.start <= at < q.end:
                continue
            gap = min(abs(at - q.outer_end), abs(words[x.cue[1] - 1].end - q.outer_start))
            if best is None or gap < best[0]:
                best = (gap, x)
        return best[1] if best and best[0] < 160 else None

    def _unattached(self, s: Sentence, tree: Tree | None) -> list[Said]:
        """Return cue verbs with a subject whose content is not in their own sentence: they may belong to a quotation."""
        if tree is None:
            return []
        found = []
        for hit in s.hits:
            if hit.entry.kind == "cue" and tree.dep[hit.start] and tree.pos[hit.start] in ("VERB", "AUX", "NOUN", "ADJ", "PROPN"):
                subject, told = self._speaker(s, tree, hit.start)
                source = self._source_words(s, tree, subject)
                if source is not None and subject is not None:
                    to = noun_phrase(tree, told) if told is not None else None
                    text = " ".join(w.lower for w in s.words[hit.start : hit.stop])
                    act: Act = hit.entry.code if hit.entry.code == "promises" else "says"  # type: ignore[assignment]
                    found.append(Said(s.number, source, (hit.start, hit.stop), act, s.start, s.start, "quotation", subject, to, False, text))
        return found
