"""What a trigger says about whom: the clause that states it, who undergoes it, and where."""

from __future__ import annotations

from temoin.read.lexicon import VERBAL, Lexicon
from temoin.read.sentence import Sentence
from temoin.read.tree import SUBJECTS, Tree
from temoin.read.triggers import Trigger
from temoin.records import Place, Quantity

#: Events whose verbs count those who do them.
DONE_TOGETHER = frozenset({"protest", "campaign", "complaint"})
#: Events that answer others and may happen far from them.
ANSWERS = frozenset({"protest", "campaign", "condemnation", "sanction", "asylum"})
_PLACE_BEHIND = 4  # words between an act and its place, where the act is told first
_LIGHT = frozenset({"obj", "nsubj", "nsubj:pass", "obl", "xcomp"})
_EDGES = frozenset({",", ".", ";", ":", '"', "'", "-", "--", "!", "?", "(", ")", "..", "...", "•", "—"})


class Arguments:
    """Finds the arguments of triggers in one sentence, by one of its trees."""

    def __init__(self, s: Sentence, tree: Tree, lexicon: Lexicon, found: list[Trigger]) -> None:
        self.s, self.tree, self.lexicon, self.found = s, tree, lexicon, found
        self.heads = {t.head: t for t in found}

    # ── clause ──────────────────────────────────────────────────────────────────────────────────────────────────

    def clause_head(self, t: Trigger) -> int:
        """Return the word whose clause states the trigger: its own verb, the light verb over its noun, or the noun."""
        tree, h = self.tree, t.head
        if t.role in VERBAL or tree.pos[h] in ("VERB", "AUX"):
            # the auxiliary or modal verb over it ("had to flee") belongs to the clause
            up = tree.head[h]
            if up >= 0 and up != h and tree.dep[h] == "xcomp" and up not in self.heads and self._plain_verb(up):
                return up
            return h
        h = self.counted_by(h)
        up = tree.head[h]
        if tree.verbal(h) and any(tree.dep[c] == "cop" or tree.dep[c] in SUBJECTS for c in tree.children[h]):
            return h
        if up >= 0 and up != h and tree.dep[h] in _LIGHT and tree.pos[up] in ("VERB", "AUX", "ADJ") and up not in self.heads and self._plain_verb(up):
            told = tree.dep[h] in SUBJECTS and any(u.event != t.event and tree.under(k, up) and not tree.under(k, h) for k, u in self.heads.items())
            return h if told else up  # "the killing of X has drawn protests": what the verb tells is another event
        if up >= 0 and tree.dep[h] == "conj" and up in self.heads and self.heads[up].role not in VERBAL:
            return h
        return h

    def counted_by(self, h: int) -> int:
        """Return the noun that counts a noun ("the number of arrests"), or the noun itself."""
        up = self.tree.head[h]
        counts = up >= 0 and self.tree.dep[h] == "nmod" and self.s.words[up].lower in self.lexicon.set("words.number_nouns")
        return up if counts else h

    def _plain_verb(self, i: int) -> bool:
        """Say whether a verb is no cue of speech, so that the clause around a noun may grow to it."""
        return not any(k.entry.kind == "cue" and k.start == i for k in self.s.hits)

    def clause(self, t: Trigger) -> tuple[int, int]:
        """Return the words, stop excluded, of the shortest stretch that states the trigger with its count and object."""
        tree = self.tree
        top = self.clause_head(t)
        without = [
            c for c in tree.children[top]
            if (tree.dep[c] in ("conj", "parataxis", "appos", "advcl", "discourse") and not tree.under(t.head, c) and self._other_clause(c, top))
            or (tree.dep[c] in ("parataxis", "punct") and not tree.under(t.head, c))
        ]  # fmt: skip
        inside = set(tree.subtree(top, without=without))
        if tree.dep[top] in ("acl", "acl:relcl", "amod") and t.role in (*VERBAL, "phrases"):
            noun = tree.head[top]
            inside |= set(
                tree.subtree(
                    noun, without=[c for c in tree.children[noun] if tree.dep[c] in ("acl:relcl", "appos", "conj", "acl", "parataxis") and c != top]
                )
            )
        inside |= set(range(t.start, t.stop))
        patient = self.patient(t)
        if patient is not None and patient not in inside and abs(patient - t.head) < 25:
            inside |= set(tree.subtree(patient, drop=frozenset({"acl:relcl", "appos", "conj", "parataxis"})))
        lo, hi = self._stretch(inside, t)
        for a, b, _ in self.s.quantities:
            if a < lo < b:
                lo = a
            if a < hi < b:
                hi = b
        return self._trim(lo, hi, t)

    def _other_clause(self, c: int, top: int) -> bool:
        tree = self.tree
        if tree.dep[c] in ("parataxis", "discourse"):
            return True
        if tree.dep[c] == "advcl":
            if any(h.entry.kind == "cue" and h.start == c for h in self.s.hits):
                return True  # "five had been killed, while the army spoke of two"
            return any(k != top and tree.under(k, c) for k in self.heads) or len(tree.subtree(c)) > 8
        return tree.pos[c] in ("VERB", "AUX", "ADJ") or any(tree.under(k, c) for k in self.heads)

    def _stretch(self, inside: set[int], t: Trigger) -> tuple[int, int]:
        """Return the unbroken stretch around the trigger; words left out of the parse do not break it."""

        def held(i: int) -> bool:
            if i in inside or (not self.tree.dep[i] and (not self._attributed(i) or self._amid(i, inside))):
                return True
            return self.s.words[i].form in (",", '"', "-", "'") and i + 1 in inside and i - 1 in inside

        lo = hi = t.head
        while lo > 0 and held(lo - 1):
            lo -= 1
        while hi + 1 < len(self.s.words) and held(hi + 1):
            hi += 1
        return min(lo, t.start), max(hi + 1, t.stop)

    def _attributed(self, i: int) -> bool:
        return any(a.start <= i < a.stop for a in self.s.attributions)

    def _amid(self, i: int, inside: set[int]) -> bool:
        """Say whether a source phrase stands in the middle of the clause with no mark around it: "flohen dem Bischof zufolge 300 Familien"."""
        a = next(a for a in self.s.attributions if a.start <= i < a.stop)
        return self.lexicon.flag("attribution.phrase_ends_unmarked") and a.start - 1 in inside and min(inside) < a.start and max(inside) >= a.stop

    def _trim(self, lo: int, hi: int, t: Trigger) -> tuple[int, int]:
        words, tree = self.s.words, self.tree
        opening = self.lexicon.set("words.opening")
        nominal = tree.pos[self.clause_head(t)] in ("NOUN", "PROPN")
        numbers = {i for a, b, _ in self.s.quantities for i in range(a, b)}
        while lo < t.start and (
            words[lo].form in _EDGES
            or tree.dep[lo] in ("cc", "mark", "punct")
            or words[lo].lower in opening
            or (nominal and tree.pos[lo] == "ADP")
            or (not tree.dep[lo] and lo not in numbers)  # a date that was taken out before parsing
        ):
            lo += 1
        while hi > t.stop and words[hi - 1].form in _EDGES:
            hi -= 1
        return lo, hi

    # ── who undergoes it ────────────────────────────────────────────────────────────────────────────────────────

    def patient(self, t: Trigger) -> int | None:
        """Return the head of those it befell, or of what is counted; None where the tree names nobody."""
        tree, h = self.tree, t.head
        if t.role == "people":
            return h
        if t.role in ("verbs", "phrases") and (tree.pos[h] in ("VERB", "AUX", "ADJ") or t.role == "verbs"):
            return self._of_verb(h, t)
        if t.role in ("happen", "arrivals"):
            return self._doer(h)
        if t.role == "phrases" and tree.pos[h] in ("ADV", "ADP", "PART", "X"):
            return self._doer(tree.clause(h))
        return self._of_noun(h, t)

    def _of_verb(self, h: int, t: Trigger, deep: int = 0) -> int | None:
        tree = self.tree
        objects = [
            c for c in tree.kids(h, "obj", "iobj") if not any(self.s.words[k].lower in self.lexicon.set("words.by") for k in tree.kids(c, "case"))
        ]
        durations = self.lexicon.set("words.durations")
        objects = [c for c in objects if self.s.words[c].lower not in durations] if len(objects) > 1 else objects  # «его били три дня»
        objects = objects or self._marked_objects(h)
        if t.event in DONE_TOGETHER and (who := tree.subject(h)) is not None and self._own_number(who):
            return who  # "three lawyers appealed against the ban"
        passive = tree.passive(h) or (
            not t.weak and tree.pos[h] == "ADJ" and bool(tree.kids(h, "cop"))
        )  # "were slain", which some parsers call an adjective
        active = tree.has(h, "Tense=Pres") or tree.has(h, "VerbForm=Ger")
        if (
            tree.dep[h] in ("acl", "amod")
            and (tree.pos[h] == "ADJ" or not active)
            and not (objects and tree.pos[h] == "VERB" and not passive and tree.has(h, "Voice=Act"))
        ):
            return tree.head[h]
        if passive and (not objects or tree.kids(h, "nsubj:pass")):
            return self._doer(h)
        if objects:
            people = [o for o in objects if self.number_under(o) or tree.pos[o] in ("NOUN", "PROPN", "PRON", "NUM")]
            direct = [o for o in people if tree.dep[o] == "obj"]
            return (direct or people or objects)[0]
        headline = self.s.headline and t.role == "verbs" and not tree.kids(h, "aux")  # "Drei Näherinnen erschossen"
        if (t.role == "phrases" or headline) and tree.subject(h) is not None:
            return self._doer(h)
        subjects = [c for c in tree.children[h] if tree.dep[c] in SUBJECTS]
        if len(subjects) > 1 and self.lexicon.flag("words.cases"):
            # a free word order makes a parser see two subjects: one is the object, the one behind, or the one that is no "man"
            acting = [c for c in subjects if self.s.words[c].lower not in self.lexicon.set("words.impersonal")]
            return acting[-1] if acting else None
        who = subjects[0] if subjects else None
        if who is not None and (tree.has(who, "Case=Acc") or tree.has(who, "Case=Gen")):
            return who  # an object before its verb that the parser takes for the subject: «двух девушек изнасиловали»
        if t.event in DONE_TOGETHER:
            return self._doer(h)
        if deep == 0:
            # shared objects: "detained, beaten and killed at least three"
            for c in tree.kids(h, "conj"):
                if c in self.heads and tree.kids(c, "obj"):
                    return tree.kids(c, "obj")[0]
            if tree.dep[h] == "conj" and tree.head[h] >= 0:
                return self._of_verb(tree.head[h], t, 1)
        return self._doer(h) if tree.dep[h] == "conj" and passive else None

    def _marked_objects(self, h: int) -> list[int]:
        """Return people whom a preposition marks as the object: Spanish "secuestraron a tres misioneras"."""
        markers = self.lexicon.set("words.object_markers")
        if not markers:
            return []
        places = {i for a, b, _ in self.s.places for i in range(a, b)}
        found = []
        for c in self.tree.kids(h, "obl", "iobj", "nmod"):
            case = self.tree.kids(c, "case")
            people = self.tree.pos[c] in ("NUM", "PRON") or self.number_under(c) or (self.tree.pos[c] in ("NOUN", "PROPN") and c not in places)
            if case and all(self.s.words[k].lower in markers for k in case) and people:
                found.append(c)
        return found

    def _doer(self, h: int) -> int | None:
        tree = self.tree
        who = tree.subject(h)
        if who is None and tree.kids(h, "obj"):
            return tree.kids(h, "obj")[0]  # a subject behind its verb that the parser takes for an object
        if who is not None and self.s.words[who].lower in self.lexicon.set("words.relatives"):
            up = tree.head[who]
            return tree.head[up] if tree.dep[up] in ("acl:relcl", "acl") else who
        return who

    def _of_noun(self, h: int, t: Trigger) -> int | None:
        tree = self.tree
        of = self.lexicon.set("words.of")
        if self._own_number(h):
            return h
        for c in tree.kids(h, "nmod", "obl", "nmod:poss", "obj", "acl"):
            case = [self.s.words[k].lower for k in tree.kids(c, "case")]
            bare = not case and (tree.has(c, "Case=Gen") or (tree.dep[c] == "nmod" and self.lexicon.flag("words.bare_genitive")))
            if (any(k in of for k in case) or bare or tree.dep[c] == "nmod:poss") and (tree.pos[c] in ("NOUN", "PROPN", "PRON", "NUM")):
                return c
        if tree.dep[h] == "conj" and tree.head[h] in self.heads:
            return None
        return h

    def _own_number(self, h: int) -> bool:
        return any(self.at(c) for c in self.tree.kids(h, "nummod", "nummod:gov", "det", "amod"))

    def at(self, i: int) -> tuple[int, int, Quantity] | None:
        """Return the number that a word is a part of, with its words."""
        return next((q for q in self.s.quantities if q[0] <= i < q[1]), None)

    def number_under(self, i: int) -> tuple[int, int, Quantity] | None:
        """Return the number of a noun phrase: on its head, or on what it is a part of; not those of clauses about it."""
        own = self.at(i) or self._counting(i)
        if own:
            return own
        for c in self.tree.subtree(i, drop=frozenset({"acl:relcl", "appos", "acl", "parataxis", "conj"})):
            got = self.at(c)
            over = self.tree.head[c]
            over = self.tree.head[over] if over >= 0 and self.tree.dep[over] == "amod" else over  # "zwei lesbischen Aktivistinnen"
            if got and (over == i or self.tree.dep[c] in ("nummod", "nmod", "det", "amod", "obl", "compound", "flat")):
                return got
        return None

    def _counting(self, i: int) -> tuple[int, int, Quantity] | None:
        """Return the number right before a noun, which it counts, whatever the tree hangs it on."""
        for q in self.s.quantities:
            names = (q[2].counted or "").split()
            if (
                names
                and q[1] <= i < q[1] + 3
                and self.s.words[i].form == names[-1]
                and all(self.tree.pos[k] in ("ADJ", "PROPN") for k in range(q[1], i))
            ):
                return q
        return None

    # ── where ───────────────────────────────────────────────────────────────────────────────────────────────────

    def where(self, lo: int, hi: int, t: Trigger, barred: list[tuple[int, int]]) -> Place | None:
        """Return the place of the event: in its own clause, else elsewhere in the sentence; never in a source, nor that of another event.

        A rally is not where its cause is, and a killing not where people march against it.
        """
        usable = [x for x in self.s.places if not any(a <= x[0] < b for a, b in barred) and not self._of_another(x[0], t, lo, hi)]
        inside = [x for x in usable if lo <= x[0] < hi] or usable
        if not inside:
            return None

        def far(x: tuple[int, int, Place]) -> int:
            """Words away; what stands behind a preposition, and behind the trigger, is nearer: "a Russian landed in Lyon"."""
            led = x[0] > 0 and self.tree.pos[x[0] - 1] in ("ADP", "DET")
            only_said_of = x[1] < len(self.s.words) and self.tree.pos[x[0]] == "ADJ"  # "a Chadian woman", "the Egyptian embassy"
            return abs(x[0] - t.head) - 4 * led - 3 * (x[0] > t.head) + 9 * only_said_of

        return min(inside, key=far)[2]

    def _of_another(self, i: int, t: Trigger, lo: int, hi: int) -> bool:
        """Say whether a place belongs to another event: to an act that an answer to it is about, or to the answer (see ANSWERS).

        lo, hi: the trigger's own clause; that of an act is never a clause about the answer.
        """
        answer = t.event in ANSWERS
        if not answer and lo <= i < hi:
            return False
        for u in self.found:
            if u.head == t.head or (u.event in ANSWERS) == answer:
                continue
            act, reply = (u, t) if answer else (t, u)
            if (
                self.tree.under(act.head, self.clause_head(reply))
                and (i > act.start if act.start > reply.start else i <= act.stop + _PLACE_BEHIND) == answer
            ):
                return True
        return False
