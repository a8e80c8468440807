"""What is said: the clause, the object or the rest of the sentence that a cue governs, as offsets of the report."""

from __future__ import annotations

from temoin.read.lexicon import Hit
from temoin.read.sentence import Sentence
from temoin.read.speakers import Speakers
from temoin.read.tree import CLAUSAL, SUBJECTS, Tree


class Contents(Speakers):
    """Finds what a cue governs, on top of who speaks."""

    def _contents(
        self, s: Sentence, tree: Tree, hit: Hit, v: int, subject: int | None, told: int | None, nominal: bool
    ) -> list[tuple[int, int, str]]:
        """Return offsets of what is said, with the rule that gave them."""
        words = s.words
        kids = (
            [c for i in range(hit.start, hit.stop) for c in tree.children[i] if not hit.start <= c < hit.stop]
            if hit.stop - hit.start > 1
            else tree.children[v]
        )
        inner = {c for c in kids if tree.dep[c] in CLAUSAL and c != subject and c != told and not self._parted(s, tree, hit.stop, c)}
        if self.lexicon.flag("words.comma_before_clauses") and not inner:
            told_of = [
                c
                for c in kids
                if tree.dep[c] in ("acl", "advcl", "conj", "parataxis")
                and c > v
                and (self._reported_mood(s, tree, c) or self._infinitive(s, tree, c))
            ]
            inner = {
                c for c in told_of if words[min(tree.subtree(c))].form == "," or words[min(tree.subtree(c)) - 1].form == ","
            }  # "fordert, die Schweiz solle …"
        if nominal and hit.entry.code == "denies":
            called = {i for h in s.hits if h.entry.kind == "blanket" for i in range(h.start, h.stop)}
            inner = {c for c in inner if not any(w.form == ":" for w in words[hit.stop : c])}  # "rejects the charges: the officers had …"
            inner = {c for c in inner if (tree.pos[c] != "ADJ" and c not in called) or tree.dep[c] != "xcomp"}  # "wies Berichte als haltlos zurück"
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
        if tree.dep[v] == "acl" and subject is not None and subject > v and tree.passive(v) and that is None:
            noun = tree.head[v]  # "the disappearance of 14 teachers, reported by the institute": the noun, no more
            held = tree.subtree(noun, without=[v], drop=frozenset({"acl:relcl", "appos", "conj"}))
            first = min(i for i in held if all(k in set(held) for k in range(i, noun + 1)))
            return [(words[first].start, words[v - 1].end, "noun before cue")] if first < v else []
        if that is not None:
            stop = self._stop(s, tree, v, that)
            return [(words[that].start, words[stop - 1].end, "that-clause")]
        told_behind = self._behind_colon(s, hit.stop)
        if told_behind is not None and hit.entry.code == "says" and not any(s.hits_event(i) for i in range(hit.stop, told_behind)):
            return [(words[told_behind].start, words[-1].end, "clause after cue")]
        objects = [c for c in kids if tree.dep[c] == "obj" and c >= hit.stop and c != told and c != subject and tree.pos[c] != "PRON"]
        if nominal and objects:
            held = [i for c in objects for i in tree.subtree(c)]
            if min(held) >= hit.stop:
                stop = max(max(held) + 1, self._until_mark(s, tree, max(held) + 1))  # "demanded an inquiry into the arrests"
                stop = next((i for i in range(hit.stop, stop) if words[i].form == ";" and s.quote[i] < 0), stop)
                first = min(held)
                while first > hit.stop and tree.pos[first - 1] in ("NUM", "ADJ", "DET"):
                    first -= 1  # "zählte 17 ermordete Gemeindeführer": whatever the parser hangs them on
                return [(words[first].start, words[self._with_relative(s, stop) - 1].end, "noun after cue")]
        before = [c for c in inner if c < v]
        parenthesis = tree.dep[v] == "parataxis" and tree.head[v] < own_low and words[own_low - 1].form != ":"  # "Rússia: jornal fala em …"
        if before or parenthesis or (own_low and self._trailing(s, tree, v, own_low, own_high)):
            start = self._begin(s, own_low)
            stop = own_low
            # A parenthesis in the middle ("two, its secretary said, had been whipped") attributes both sides.
            if (
                own_high < len(words) - 1
                and words[min(own_high, len(words) - 1)].form in (",", "-")
                and own_low
                and words[own_low - 1].form in (",", "-", '"')
            ):
                stop = len(words)
            if stop > start:
                return [(words[start].start, words[stop - 1].end, "clause before cue")]
        if nominal and tree.pos[v] in ("VERB", "AUX"):
            nouns = [
                c
                for c in kids
                if tree.dep[c] in ("obj", "obl", "obl:arg", "nmod", "advcl", "ccomp", "xcomp") and c >= v and c != told and c != subject
            ]
            nouns = [c for c in nouns if words[c].lower not in self.negation]  # "davon wisse man nichts"
            if not nouns:
                nouns = [c for c in kids if tree.dep[c] in ("obj", "obl") and c != subject and c != told and words[c].lower not in self.negation]
            if tree.passive(v) and subject is None:
                nouns = [c for c in kids if tree.dep[c] in ("nsubj:pass", "nsubj")]
            if nouns:
                held = [i for c in nouns for i in tree.subtree(c)]
                return [(words[min(held)].start, words[self._with_relative(s, self._whole(s, tree, max(held) + 1)) - 1].end, "noun after cue")]
        infinitive = next((i for i in range(hit.stop, len(words)) if words[i].lower in self.lexicon.set("words.perfect_infinitives")), None)
        if infinitive is not None:
            stop = next((i for i in range(infinitive, len(words)) if words[i].form in (";", ":")), len(words))
            return [(words[infinitive].start, words[stop - 1].end, "clause after cue")]
        if nominal:
            stop = self._until_mark(s, tree, hit.stop)
            if stop > hit.stop:
                return [(words[hit.stop].start, words[stop - 1].end, "noun after cue")]
            first = next((i + 1 for i in range(v - 1, -1, -1) if words[i].form in (",", ";", ":")), 0)
            if hit.entry.code == "denies" and v - first > 1:
                return [(words[first].start, words[v - 1].end, "noun before cue")]  # the object comes first: «сообщения опровергли»
        return []

    def _infinitive(self, s: Sentence, tree: Tree, c: int) -> bool:
        """Say whether a verb is an infinitive by its particle, alone or inside a separable verb: "… geschlagen worden zu sein", "nachzugehen"."""
        marks = self.lexicon.set("words.infinitive_marks")
        inside = marks and self._parted_infinitive.match(s.words[c].lower)
        return bool(inside) or any(s.words[k].lower in marks and tree.pos[k] == "PART" for k in tree.children[c])

    def _behind_colon(self, s: Sentence, after: int) -> int | None:
        """Return the first word behind a colon close behind a cue ("remembers the morning well: three were shot"); None before a quotation."""
        colon = next((i for i in range(after, min(after + 8, len(s.words) - 2)) if s.words[i].form == ":"), None)
        if colon is None or s.words[colon + 1].form == '"' or any(w.form in (",", ";") for w in s.words[after:colon]):
            return None
        return colon + 1

    def _whole(self, s: Sentence, tree: Tree, stop: int) -> int:
        """Return where a content goes on to that the parser cut behind a number ("zählte 17 | ermordete Gemeindeführer und fünf Fälle")."""
        return max(stop, self._until_mark(s, tree, stop)) if tree.pos[stop - 1] == "NUM" else stop

    def _parted(self, s: Sentence, tree: Tree, stop: int, c: int) -> bool:
        """Say whether a semicolon parts a clause from the cue before it."""
        first = min(tree.subtree(c))
        return any(w.form == ";" for w in s.words[stop : first + 1])

    def _with_relative(self, s: Sentence, stop: int) -> int:
        """Return where a noun's content ends when a relative clause behind a comma goes on about it ("speaks of 14, who had been moved")."""
        words = s.words
        if stop + 1 < len(words) and words[stop].form == "," and words[stop + 1].lower in self.relatives:
            return next((i for i in range(stop + 1, len(words)) if words[i].form in (",", ";", ".")), len(words))
        return stop

    def _until_mark(self, s: Sentence, tree: Tree, first: int) -> int:
        """Return where the words behind a verb that the parser missed end: at a mark, or at an "and" that leads to another verb."""
        for i in range(first, len(s.words)):
            if (
                s.words[i].form in (",", ";", ":", ".", "(")
                or (tree.pos[i] == "CCONJ" and i + 1 < len(s.words) and s.words[i + 1].lower in self.complementizers)
                or (tree.pos[i] == "CCONJ" and any(tree.pos[k] in ("VERB", "AUX") for k in range(i, min(i + 4, len(s.words)))))
            ):
                return i
        return len(s.words)

    def _complementizer(self, s: Sentence, after: int) -> int | None:
        """Return a "that" close behind the cue, if no mark stands between but those of a few words set off ("announced, for its part, that …")."""
        if after < len(s.words) and s.words[after].form == ",":
            closing = next((i for i in range(after + 2, min(after + 7, len(s.words) - 1)) if s.words[i].form == ","), None)
            if closing is not None and s.words[closing + 1].lower in self.complementizers and not any(after < h.start < closing for h in s.hits):
                return closing + 2 if closing + 2 < len(s.words) else None
        for i in range(after, min(after + 12, len(s.words))):
            if s.words[i].lower in self.complementizers and s.words[i].lower not in ("whether",):
                return i + 1 if i + 1 < len(s.words) else None
            parts = self.lexicon.flag("words.comma_before_clauses")
            if parts and s.words[i].form == "," and i + 1 < len(s.words) and s.words[i + 1].lower in self.complementizers:
                continue  # German parts its clauses by commas: "teilte mit, dass …"
            if s.words[i].lower in self.conjunctions:
                return None  # "denounced beatings and that …": the second half is no content of the first
            if s.words[i].form == "," and i + 2 < len(s.words) and s.words[i + 2].lower in self.complementizers:
                continue  # ", selon lesquelles …"
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
            if (
                c > first
                and tree.dep[c] == "conj"
                and tree.pos[c] in ("VERB", "AUX")
                and not self._reported_mood(s, tree, c)
                and (tree.subject(c) == tree.subject(v))
                and not self._under_that(s, tree, c)
                and not self._infinitive(s, tree, c)
                and not (tree.has(c, "VerbForm=Part") and tree.has(v, "VerbForm=Fin") and not tree.kids(c, "aux", "aux:pass"))
            ):
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

    def _reported_mood(self, s: Sentence, tree: Tree, c: int) -> bool:
        """Say whether a verb bears the mood of what others say, so that it goes on with the content and not with the cue's clause."""
        if not self.lexicon.flag("words.conditional_is_hearsay"):
            return False
        finite = (c, *(k for k in tree.children[c] if tree.dep[k].startswith("aux")))
        words = self.lexicon.set("words.reported")
        return any(tree.has(n, "Mood=Cnd") or tree.has(n, "Mood=Sub") or s.words[n].lower in words for n in finite)

    def _under_that(self, s: Sentence, tree: Tree, c: int) -> bool:
        return any(s.words[k].lower in self.complementizers for k in tree.children[c])

    def negates(self, s: Sentence, tree: Tree, v: int) -> bool:
        """Say whether a verb is negated by a word of its own."""
        if any(
            s.words[c].lower in self.negation for c in tree.children[v] if tree.dep[c] in ("advmod", "aux", "det", "cc", "neg", "discourse", "mark")
        ):
            return True
        h = tree.head[v]
        if (
            h >= 0
            and tree.dep[v] in ("xcomp", "ccomp", "advcl")
            and tree.pos[h] in ("VERB", "AUX", "ADJ", "NOUN")
            and s.words[h].lower in self.lexicon.set("words.unable")
        ):
            return True
        if h >= 0 and s.words[h].lower in self.lexicon.set("words.untiring"):
            return False  # "never tires of denying"
        if h >= 0 and tree.dep[v] == "xcomp" and any(s.words[c].lower in self.negation for c in tree.children[h] if tree.dep[c] in ("advmod", "aux")):
            return True
        subjects = [c for c in tree.children[v] if tree.dep[c] in SUBJECTS]
        around = [*subjects, *(k for c in subjects for k in tree.children[c] if tree.dep[k] in ("det", "cc", "advmod", "conj"))]
        return any(s.words[c].lower in self.negation for c in around)  # "neither the police nor the army admitted …"
