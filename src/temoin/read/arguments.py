"""What a trigger says about whom: the clause that states it, who undergoes it, how many, when and where."""

from __future__ import annotations

from temoin.read.lexicon import VERBAL, Lexicon
from temoin.read.sentence import Sentence
from temoin.read.tree import SUBJECTS, Tree
from temoin.read.triggers import Trigger
from temoin.records import Count, Place, Quantity, Time

#: Events of which the number of those who do them tells nothing.
_ACTS_OF_FEW = frozenset({"investigation", "condemnation", "sanction", "persecution", "threat", "judgment", "aid"})
#: Events whose verbs count those who do them.
_DONE_TOGETHER = frozenset({"protest", "campaign", "complaint"})
_FIRST = frozenset({"asylum", "evacuation", "protest", "displacement", "killing"})
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
            return up
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
            return any(k != top and tree.under(k, c) for k in self.heads) or len(tree.subtree(c)) > 8
        return tree.pos[c] in ("VERB", "AUX", "ADJ") or any(tree.under(k, c) for k in self.heads)

    def _stretch(self, inside: set[int], t: Trigger) -> tuple[int, int]:
        """Return the unbroken stretch around the trigger; words left out of the parse do not break it."""

        def held(i: int) -> bool:
            if i in inside or (not self.tree.dep[i] and not self._attributed(i)):
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
        objects = objects or self._marked_objects(h)
        passive = tree.passive(h)
        active = tree.has(h, "Tense=Pres") or tree.has(h, "VerbForm=Ger")
        if (
            tree.dep[h] in ("acl", "amod")
            and (tree.pos[h] == "ADJ" or not active)
            and not (objects and tree.pos[h] == "VERB" and not passive and tree.has(h, "Voice=Act"))
        ):
            return tree.head[h]
        if passive and not objects:
            return self._doer(h)
        if objects:
            people = [o for o in objects if self._quantity_under(o) or tree.pos[o] in ("NOUN", "PROPN", "PRON", "NUM")]
            return (people or objects)[0]
        if t.role == "phrases" and tree.subject(h) is not None:
            return self._doer(h)
        who = next((c for c in tree.children[h] if tree.dep[c] in SUBJECTS), None)
        if who is not None and (tree.has(who, "Case=Acc") or tree.has(who, "Case=Gen")):
            return who  # an object before its verb that the parser takes for the subject: «двух девушек изнасиловали»
        if t.event in _DONE_TOGETHER:
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
            people = self.tree.pos[c] in ("NUM", "PRON") or self._quantity_under(c) or (self.tree.pos[c] in ("NOUN", "PROPN") and c not in places)
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
        return any(self._at(c) for c in self.tree.kids(h, "nummod", "nummod:gov", "det", "amod"))

    # ── how many ────────────────────────────────────────────────────────────────────────────────────────────────

    def _at(self, i: int) -> tuple[int, int, Quantity] | None:
        return next((q for q in self.s.quantities if q[0] <= i < q[1]), None)

    def _quantity_under(self, i: int) -> tuple[int, int, Quantity] | None:
        """Return the number of a noun phrase: on its head, or on what it is a part of; not those of clauses about it."""
        own = self._at(i)
        if own:
            return own
        for c in self.tree.subtree(i, drop=frozenset({"acl:relcl", "appos", "acl", "parataxis", "conj"})):
            got = self._at(c)
            if got and (self.tree.head[c] == i or self.tree.dep[c] in ("nummod", "nmod", "det", "amod", "obl", "compound", "flat")):
                return got
        return None

    def quantity(self, t: Trigger) -> tuple[int, int, Quantity] | None:
        """Return the number that says how many the event counts, with its words; None where none is stated."""
        tree = self.tree
        if t.role in ("nouns", "people"):
            close = next((q for q in self.s.quantities if q[1] == t.start and not self._other_owner(q, t)), None)
            if close:
                return close  # "пятерых исчезнувших": no parser is needed for that
        patient = self.patient(t)
        tried = [patient] if patient is not None else []
        if t.role in ("nouns", "people", "phrases"):
            tried.append(t.head)
        alone = self._beside(t, before_only=True)
        if alone and not alone[2].counted:
            return alone  # "and at least three have been killed": a number right before its verb is that verb's
        for p in tried:
            got = self._quantity_under(p)
            if got and t.event in _ACTS_OF_FEW and self._at(p) is None and not any(got[0] <= c < got[1] for c in self.tree.children[p]):
                continue  # "investigate the treatment of the two sisters" counts no inquiries
            if got and not self._other_owner(got, t):
                return got
            counted = self.counted_by(p)
            if counted != p or self.s.words[p].lower in self.lexicon.set("words.number_nouns"):
                # "put at more than 60 the number of men who …": the number hangs on the verb over the number noun
                near = [q for q in self.s.quantities if not q[2].counted and abs(q[0] - counted) <= 10 and not self._other_owner(q, t)]
                if near:
                    return min(near, key=lambda q: abs(q[0] - counted))
            # "the number of arrests had climbed to 64", "put the arrests at 57", "arrests reach 64"
        inside = [q for q in self.s.quantities if t.start <= q[0] < t.stop]
        if inside:
            return inside[0]
        beside = self._beside(t)
        if beside:
            return beside
        of = self.lexicon.set("words.of")
        after = (
            next((q for q in self.s.quantities if q[0] == t.stop + 1 and self.s.words[t.stop].lower in of), None)
            if t.stop < len(self.s.words)
            else None
        )
        if after and t.role in ("nouns", "phrases"):
            return after  # "travel bans on forty officials"
        if t.role in ("nouns", "people", "phrases"):
            lo, hi = self.clause(t)
            top = self.clause_head(t)
            free = [q for q in self.s.quantities if lo <= q[0] < hi and not self._other_owner(q, t) and not self._actors(q, t, top)]
            if len(free) == 1 and (tree.pos[top] in ("VERB", "AUX") or free[0][0] < t.head) and abs(free[0][0] - t.head) <= 10:
                return free[0]
            up = tree.head[self.counted_by(t.head)]
            if up >= 0 and tree.pos[up] in ("VERB", "AUX") and t.role != "phrases":
                near = [
                    q
                    for q in self.s.quantities
                    if tree.under(q[0], up) and not self._other_owner(q, t) and abs(q[0] - t.head) <= 10 and not q[2].counted
                ]
                if len(near) == 1:
                    return near[0]
        return None

    def _actors(self, q: tuple[int, int, Quantity], t: Trigger, top: int) -> bool:
        """Say whether a number counts those who act, not those it befalls ("both presidents agreed on a monitoring")."""
        who = self.tree.subject(top)
        if self.s.words[top].lower in self.lexicon.set("words.receiving"):
            return False  # whoever receives threats undergoes them
        return t.event in _ACTS_OF_FEW and who is not None and self.tree.under(q[0], who)

    def _beside(self, t: Trigger, *, before_only: bool = False) -> tuple[int, int, Quantity] | None:
        """Return a number without a noun that stands right before or behind a verb ("two had been whipped", "has deported 400")."""
        if t.role not in (*VERBAL, "phrases"):
            return None
        words, tree = self.s.words, self.tree
        of = self.lexicon.set("words.of_party")

        def light(i: int) -> bool:
            return tree.pos[i] in ("AUX", "ADV", "PART", "PUNCT", "PRON") or not tree.dep[i] or words[i].lower in of

        for q in self.s.quantities:
            if self._other_owner(q, t) or (before_only and q[0] >= t.start):
                continue
            behind = q[0] - t.stop
            free = behind == 0 or (behind == 1 and (words[t.stop].lower in self.lexicon.set("words.articles") or tree.pos[t.stop] == "ADV"))
            if t.role == "verbs" and free:
                return q  # the object right behind its verb: "killed forty-three teachers"
            gap = list(range(q[1], t.start) if q[0] < t.start else range(t.stop, q[0]))
            if q[2].counted:
                if (
                    q[0] > t.start
                    and 0 < len(gap) <= 8
                    and not before_only
                    and tree.pos[t.head] == "VERB"
                    and not tree.passive(t.head)
                    and self._only_where(gap)
                ):
                    return q
                continue
            gap = self._past_parenthesis(gap)
            if len(gap) <= 5 and all(light(i) and words[i].form not in (";", ":", ".") for i in gap) and (q[0] < t.start or len(gap) <= 1):
                return q
        return None

    def _only_where(self, gap: list[int]) -> bool:
        """Say whether some words only tell when and where: "moved to Bogotá, by 20 July, fourteen leaders"."""
        named = {i for a, b, _ in self.s.places for i in range(a, b)}
        return all(i in named or not self.tree.dep[i] or self.tree.pos[i] in ("ADP", "DET", "PUNCT") for i in gap) and any(
            i in named or not self.tree.dep[i] for i in gap
        )

    def _past_parenthesis(self, gap: list[int]) -> list[int]:
        """Leave out what stands between two commas: "two, its secretary said, had been whipped"."""
        commas = [i for i in gap if self.s.words[i].form == ","]
        if len(commas) >= 2 and commas[0] == gap[0] and commas[-1] - commas[0] <= 14:
            return [i for i in gap if i > commas[-1]]
        return gap

    def _apart(self, q: tuple[int, int, Quantity]) -> bool:
        """Say whether a number counts none of its clause's victims: company ("with his two daughters"), or a whole ("half of the 60")."""
        words = self.s.words
        low = max(0, q[0] - 4)
        company = any(words[i].lower in self.lexicon.set("words.with") for i in range(max(0, q[0] - 2), q[0]))
        part = any(words[i].lower in self.lexicon.set("words.fractions") for i in range(low, q[0]))
        return company or part

    def _other_owner(self, q: tuple[int, int, Quantity], t: Trigger) -> bool:
        """Say whether a number belongs to another trigger: it hangs on it, or stands right before it; or to nobody (`_apart`)."""
        if self._apart(q):
            return True
        for other in self.found:
            if other.head == t.head or other.event == t.event and other.start == t.start:
                continue
            if any(q[0] <= i < q[1] for i in range(other.start, other.stop)):
                return True
            up = self.tree.head[q[0]]
            if up == other.head and up != t.head and other.role in ("nouns", "people"):
                return True
        return False

    def count(self, t: Trigger) -> tuple[Count | None, tuple[int, int] | None]:
        """Return the count of a trigger and the words that state it."""
        got = self.quantity(t)
        if got:
            got = self._risen_to(got)
            return Count(low=got[2].low, high=got[2].high), (got[0], got[1])
        first = self._the_first(t)
        return (Count(low=1, high=1), first) if first else (None, None)

    def _risen_to(self, q: tuple[int, int, Quantity]) -> tuple[int, int, Quantity]:
        """Return the number that a figure has come to: of "rose from 12 to 19" the second."""
        words = self.s.words
        came, goes = self.lexicon.set("words.range_from"), self.lexicon.set("words.range_to")
        if q[0] and words[q[0] - 1].lower in came:
            later = next((x for x in self.s.quantities if 0 < x[0] - q[1] <= 2 and words[x[0] - 1].lower in goes), None)
            return later or q
        return q

    def _the_first(self, t: Trigger) -> tuple[int, int] | None:
        """ "the first refugee": one, where being the first is the point."""
        for hit in self.s.hits:
            if hit.entry.kind == "phrase" and hit.entry.code == "first" and -12 <= hit.start - t.head <= 12 and t.event in _FIRST:
                return hit.start, hit.stop
        if t.event not in _FIRST:
            return None
        ordinals = self.lexicon.set("words.first_one")
        patient = self.patient(t)
        for h in (patient, t.head):
            if h is None:
                continue
            for c in self.tree.children[h]:
                if (
                    self.s.words[c].lower in ordinals
                    and self.tree.dep[c] in ("amod", "det", "nummod", "advmod")
                    and self.s.words[h].lower in self.lexicon.set("words.singular_people")
                ):
                    return c, c + 1
        return None

    # ── when and where ──────────────────────────────────────────────────────────────────────────────────────────

    def when(self, lo: int, hi: int, t: Trigger) -> Time | None:
        """Return the time stated in the clause, else the only one of the sentence beside it."""
        inside = [x for x in self.s.times if lo <= x[0] < hi]
        if not inside:
            inside = [x for x in self.s.times if lo - 4 <= x[0] < hi + 4]
        return min(inside, key=lambda x: abs(x[0] - t.head))[2] if inside else None

    def where(self, lo: int, hi: int, t: Trigger, barred: list[tuple[int, int]]) -> Place | None:
        """Return the place named in the clause, else elsewhere in the sentence outside of sources; the smallest nearest one."""
        usable = [x for x in self.s.places if not any(a <= x[0] < b for a, b in barred)]
        inside = [x for x in usable if lo <= x[0] < hi] or [x for x in usable if x[0] < lo or x[0] >= hi]
        if not inside:
            return None

        def far(x: tuple[int, int, Place]) -> int:
            """Words away; what stands behind a preposition, and behind the trigger, is nearer: "a Russian landed in Lyon"."""
            led = x[0] > 0 and self.tree.pos[x[0] - 1] in ("ADP", "DET")
            return abs(x[0] - t.head) - 4 * led - 3 * (x[0] > t.head)

        return min(inside, key=far)[2]
