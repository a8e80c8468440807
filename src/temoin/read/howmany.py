"""How many an event counts: the number that a trigger's clause states, and no other."""

from __future__ import annotations

from msgspec import structs

from temoin.read.arguments import DONE_TOGETHER, Arguments
from temoin.read.lexicon import VERBAL
from temoin.read.triggers import Trigger
from temoin.records import Count, Quantity

#: Events of which the number of those who do them tells nothing.
_ACTS_OF_FEW = frozenset({"investigation", "condemnation", "sanction", "persecution", "threat", "judgment", "aid"})
_FIRST = frozenset({"asylum", "evacuation", "protest", "displacement", "killing"})


class HowMany(Arguments):
    """The arguments of triggers, with how many each counts."""

    def quantity(self, t: Trigger) -> tuple[int, int, Quantity] | None:
        """Return the number that says how many the event counts, with its words; None where none is stated."""
        tree = self.tree
        if t.role in ("nouns", "people"):
            close = next((q for q in self.s.quantities if q[1] == t.start and not self._other_owner(q, t)), None)
            if close:
                return close  # "пятерых исчезнувших": no parser is needed for that
        if t.role == "nouns" and t.event in DONE_TOGETHER:
            company = self.lexicon.set("words.with")  # "eine Mahnwache mit rund 80 Teilnehmern"
            attending = next((q for q in self.s.quantities if t.stop < q[0] <= t.stop + 2 and self.s.words[t.stop].lower in company), None)
            if attending and attending[2].counted:
                return attending
        if t.role == "verbs":
            described = next((q for q in self.s.quantities if q[1] == t.start and self._opens_counted(q, t)), None)
            if described:
                return described  # "siebzehn ermordete Gemeindeführer": the participle is a part of what is counted
        patient = self.patient(t)
        tried = [patient] if patient is not None else []
        if t.role in ("nouns", "people", "phrases"):
            tried.append(t.head)
        up = tree.head[t.head]
        if (
            t.role in ("nouns", "phrases")
            and up >= 0
            and tree.dep[t.head] == "nmod"
            and self.s.words[up].lower in self.lexicon.set("words.case_nouns")
        ):
            tried.insert(0, up)  # "45 cases of torture"
        drawn = tree.kids(up, "obj") if t.role == "nouns" and t.event in DONE_TOGETHER and up >= 0 and tree.dep[t.head].startswith("nsubj") else []
        if drawn and self.number_under(drawn[0]) and not self._own_number(t.head):
            return self.number_under(drawn[0])  # "a rally drew 2,000 people"
        alone = self._beside(t, before_only=True)
        if alone and not alone[2].counted:
            return alone  # "and at least three have been killed": a number right before its verb is that verb's
        standing = self._standing_before(t, patient)
        if standing:
            return standing
        for p in tried:
            got = self.number_under(p)
            if got and t.event in _ACTS_OF_FEW and self.at(p) is None and not self._own_figure(got, p):
                continue  # "investigate the treatment of the two sisters" counts no inquiries
            if got and not self._other_owner(got, t, p):
                return got
            first = min(tree.subtree(p))
            among = next((q for q in self.s.quantities if q[1] == first and tree.pos[first] == "DET"), None)
            if among and not self._other_owner(among, t, p):
                return among  # "zwei seiner Mitarbeiter", "50 der Frauen"
            counted = self.counted_by(p)
            if counted != p or self.s.words[p].lower in self.lexicon.set("words.number_nouns"):
                # "put at more than 60 the number of men who …": the number hangs on the verb over the number noun
                near = [q for q in self.s.quantities if not q[2].counted and abs(q[0] - counted) <= 10 and not self._other_owner(q, t)]
                if near:
                    return min(near, key=lambda q: abs(q[0] - counted))
            # "the number of arrests had climbed to 64", "put the arrests at 57", "arrests reach 64"
        bare = next((q for q in self.s.quantities if not q[2].counted and tree.head[q[0]] == t.head and not self._other_owner(q, t)), None)
        if bare and t.role in VERBAL and patient is None:
            return bare  # "more than 1200 had by their own means fled": a number alone on its verb
        if t.role == "phrases" and tree.pos[t.start] == "ADP" and tree.dep[t.head] in ("nmod", "obl"):
            noun = tree.head[t.head]  # "eleven reporters behind bars"
            of_noun = self.number_under(noun) if tree.pos[noun] in ("NOUN", "PROPN", "NUM") else None
            if of_noun and not self._other_owner(of_noun, t):
                return of_noun
        inside = [q for q in self.s.quantities if t.start <= q[0] < t.stop and not self._apart(q)]
        if inside:
            return inside[0]
        beside = self._beside(t)
        if beside:
            return beside
        undergoing = self._undergoing(t, patient)
        if undergoing:
            return undergoing
        of = self.lexicon.set("words.of")
        after = (
            next((q for q in self.s.quantities if q[0] == t.stop + 1 and self.s.words[t.stop].lower in of and not self._apart(q)), None)
            if t.stop < len(self.s.words)
            else None
        )
        to_whom = next((q for q in self.s.quantities if q[0] == t.stop and tree.has(q[0], "Case=Dat") and not self._other_owner(q, t)), None)
        if to_whom and t.role in ("nouns", "phrases"):
            return to_whom  # «вынесли приговор четверым …»
        if after and t.role in ("nouns", "phrases"):
            return after  # "travel bans on forty officials"
        if t.role in ("nouns", "people", "phrases"):
            lo, hi = self.clause(t)
            top = self.clause_head(t)
            free = [q for q in self.s.quantities if lo <= q[0] < hi and not self._other_owner(q, t, tree.head[q[0]]) and not self._actors(q, t, top)]
            if len(free) == 1 and (tree.pos[top] in ("VERB", "AUX") or free[0][0] < t.head) and abs(free[0][0] - t.head) <= 10:
                return free[0]
            up = tree.head[self.counted_by(t.head)]
            told = t.role != "phrases" or (tree.dep[t.head] in ("obj", "nsubj") and any(h.start == up and h.entry.kind == "cue" for h in self.s.hits))
            if up >= 0 and up not in self.heads and tree.pos[up] in ("VERB", "AUX") and told:
                near = [
                    q
                    for q in self.s.quantities
                    if tree.under(q[0], up)
                    and not self._other_owner(q, t)
                    and abs(q[0] - t.head) <= 10
                    and not q[2].counted
                    and not any(w.form == ";" for w in self.s.words[min(q[0], t.head) : max(q[0], t.head)])
                ]
                if len(near) == 1:
                    return near[0]
        return None

    def _standing_before(self, t: Trigger, patient: int | None) -> tuple[int, int, Quantity] | None:
        """Return the number of those who stand right before what they undergo, with nothing or a parenthesis between.

        "Three teenagers remain missing"; "at least 30 people, most of them students, were arrested", where the tree has lost the subject.
        """
        tree, words = self.tree, self.s.words
        participle = tree.passive(t.head) or tree.has(t.head, "VerbForm=Part") or tree.pos[t.head] == "ADJ"
        if t.role not in ("verbs", "phrases") or not participle or tree.kids(t.head, "obj"):
            return None
        for q in self.s.quantities:
            noun = next((i for i in range(q[1], min(q[1] + 3, t.start)) if words[i].form == (q[2].counted or "").split(" ")[-1]), None)
            if noun is None or self._other_owner(q, t):
                continue
            if patient is not None and (noun < patient < t.start or tree.under(noun, patient)):
                continue
            gap = self._past_parenthesis(list(range(noun + 1, t.start)))
            if len(gap) <= 3 and all(tree.pos[i] in ("AUX", "ADV", "PART") or not tree.dep[i] for i in gap):
                return q
        return None

    def _undergoing(self, t: Trigger, patient: int | None) -> tuple[int, int, Quantity] | None:
        """Return the only number before a participle whose subject the tree missed: "waren nach dem Auftritt 57 Menschen festgenommen worden"."""
        tree = self.tree
        if t.role != "verbs" or patient is not None or not (tree.passive(t.head) or tree.dep[t.head] == "compound"):
            return None
        lo, hi = self.clause(t)
        near = [q for q in self.s.quantities if lo <= q[0] < min(hi, t.start) and q[2].counted and not self._other_owner(q, t)]
        return near[0] if len(near) == 1 and (near[0][0] == 0 or tree.pos[near[0][0] - 1] != "ADP") else None

    def _own_figure(self, q: tuple[int, int, Quantity], p: int) -> bool:
        """Say whether a number hangs on a noun itself or on its article ("los dos hombres"), not on what stands under it."""
        near = [*self.tree.children[p], *(k for c in self.tree.kids(p, "det") for k in self.tree.children[c])]
        return any(q[0] <= c < q[1] for c in near)

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
            if (
                len(gap) <= 5
                and all(light(i) and words[i].form not in (";", ":", ".") for i in gap)
                and (q[0] < t.start or len(gap) <= 1 and words[q[0] - 1].form != ",")
            ):
                return q
        return None

    def _only_where(self, gap: list[int]) -> bool:
        """Say whether some words only tell when, where or how: "moved to Bogotá, by 20 July, fourteen leaders", "tötete in dem Lager 15 Frauen"."""
        tree = self.tree
        named = {i for a, b, _ in self.s.places for i in range(a, b)}
        if all(i in named or not tree.dep[i] or tree.pos[i] in ("ADP", "DET", "PUNCT") for i in gap) and any(
            i in named or not tree.dep[i] for i in gap
        ):
            return True
        phrase = tree.pos[gap[0]] == "ADP" and tree.pos[gap[-1]] in ("NOUN", "PROPN")
        return phrase and all(tree.pos[i] in ("ADP", "DET", "ADJ", "NOUN", "PROPN") for i in gap)

    def _past_parenthesis(self, gap: list[int]) -> list[int]:
        """Leave out what stands between two commas: "two, its secretary said, had been whipped"."""
        commas = [i for i in gap if self.s.words[i].form == ","]
        if len(commas) >= 2 and commas[0] == gap[0] and commas[-1] - commas[0] <= 14:
            return [i for i in gap if i > commas[-1]]
        return gap

    def _of_doers(self, q: tuple[int, int, Quantity], t: Trigger) -> bool:
        """Say whether a number counts those who do it: the agent of a passive, or the subject of a verb with an object of its own."""
        if t.role not in (*VERBAL, "phrases") or t.event in DONE_TOGETHER or self.tree.pos[t.head] != "VERB":
            return False
        tree, by = self.tree, self.lexicon.set("words.by")
        active = not tree.passive(t.head) and not tree.has(t.head, "Variant=Short")
        if active and t.role == "verbs" and self.s.words[q[0]].lower in self.lexicon.set("words.nominative_numbers"):
            return True  # «двое полицейских изнасиловали студентку», in either order
        for c in tree.children[t.head]:
            if not tree.under(q[0], c):
                continue
            cases = [k for i in (c, q[0]) for k in tree.kids(i, "case")]
            if tree.passive(t.head) and any(self.s.words[k].lower in by for k in cases) and tree.dep[c].startswith("obl"):
                return True
            own = any(o != c for o in tree.kids(t.head, "obj")) or self.patient(t) not in (None, c)
            if t.role == "verbs" and tree.dep[c] == "nsubj" and own and not tree.passive(t.head):
                return True
        return False

    def _apart(self, q: tuple[int, int, Quantity]) -> bool:
        """Say whether a number counts none of its clause's victims: company ("with his two daughters"), a whole ("half of the 60"), a ratio."""
        words = self.s.words
        low = max(0, q[0] - 4)
        company = any(words[i].lower in self.lexicon.set("words.with") for i in range(max(0, q[0] - 2), q[0]))
        part = any(words[i].lower in self.lexicon.set("words.fractions") for i in range(low, q[0]))
        ratio = q[0] > 0 and not q[2].counted and words[q[0] - 1].lower in self.lexicon.set("words.ratio")  # "un moine sur trois"
        behind = [w.lower for w in words[q[1] : q[1] + 3]]
        put_right = (
            q[0] > 0 and words[q[0] - 1].lower in self.lexicon.set("words.negation") and any(w in self.lexicon.set("words.contrast") for w in behind)
        )
        return company or part or ratio or put_right  # "nicht elf, sondern sechs"

    def _other_owner(self, q: tuple[int, int, Quantity], t: Trigger, patient: int | None = None) -> bool:
        """Say whether a number belongs to another trigger: it hangs on it, or stands right before it; or to nobody (`_apart`).

        patient: those whom the trigger befell; their number is its own, though they be known by what befell them before.
        """
        if self._apart(q) or self._of_doers(q, t):
            return True
        if t.role == "nouns" and self._of_a_cause(q[0], t):
            return True
        for other in self.found:
            if other.head == t.head or other.event == t.event and other.start == t.start:
                continue
            if any(q[0] <= i < q[1] for i in range(other.start, other.stop)):
                return True
            up = self.tree.head[q[0]]
            if up == other.head and up != t.head and other.role in ("nouns", "people"):
                if other.role == "people" and up == patient and t.role in (*VERBAL, "phrases"):
                    continue  # "five detainees were tortured"
                return True
        return False

    def _of_a_cause(self, i: int, t: Trigger) -> bool:
        """Say whether a number counts those whom another act named under a trigger befell: "a petition against the killing of eleven"."""
        causes = [u for u in self.found if u.role == "nouns" and u.event != t.event and u.head != t.head and self.tree.under(u.head, t.head)]
        return any(self.tree.under(i, u.head) for u in causes)

    def _opens_counted(self, q: tuple[int, int, Quantity], t: Trigger) -> bool:
        return bool(q[2].counted) and (q[2].counted or "").split()[0] == self.s.words[t.start].form and not self._apart(q)

    def count(self, t: Trigger) -> tuple[Count | None, tuple[int, int] | None]:
        """Return the count of a trigger and the words that state it."""
        got = self.quantity(t)
        if got:
            got = self._risen_to(got)
            low, high, stop = got[2].low, got[2].high, got[1]
            if t.role in VERBAL or self.tree.pos[t.head] == "VERB":
                one = self._and_one(got, t)
                if one is not None:
                    low, high, stop = low + 1 if low is not None else None, high + 1 if high is not None else None, one + 1
                for more in self._and_more(got, t):
                    low = low + (more[2].low or 0) if low is not None else None
                    high = high + more[2].high if high is not None and more[2].high is not None else None
                    stop = more[1]
            return Count(low=low, high=high), (got[0], stop)
        first = self._the_first(t)
        return (Count(low=1, high=1), first) if first else (None, None)

    def _and_more(self, q: tuple[int, int, Quantity], t: Trigger) -> list[tuple[int, int, Quantity]]:
        """Return the numbers of those who undergo the same beside the first: "three monks and two nuns were arrested"."""
        tree, patient = self.tree, self.patient(t)
        if patient is None or not tree.under(q[0], patient) or not q[2].counted or patient == tree.head[t.head]:
            return []
        more = [x for x in self.s.quantities if x[0] >= q[1] and x[2].counted and x[2].low is not None]
        conjoined = [
            (c, x) for c in tree.kids(patient, "conj") for x in more if x[0] < c <= x[1] and tree.head[x[0]] == c and not self._other_owner(x, t)
        ]
        return [x for c, x in conjoined if all(self._joins(i) or q[1] <= i < c for i in range(q[1], x[0]))]

    def _and_one(self, q: tuple[int, int, Quantity], t: Trigger) -> int | None:
        """Return a single person who undergoes the same beside those counted: "two men and a girl were killed"."""
        tree, patient = self.tree, self.patient(t)
        if patient is None or patient == tree.head[t.head] or not q[2].counted:
            return None
        top = tree.head[patient] if tree.dep[patient] == "conj" else patient
        if not tree.under(q[0], top):
            return None
        humans, singles = self.lexicon.set("words.humans"), self.lexicon.set("words.one")
        for c in tree.kids(top, "conj"):
            article = any(self.s.words[k].lower in singles for k in tree.kids(c, "det", "nummod"))
            person = self.s.words[c].lower in humans or self.s.words[c].lower in self.lexicon.set("people.persons")
            if article and person and c > q[1] and not any(x[0] <= k < x[1] for x in self.s.quantities for k in (c - 1, c)):
                return c
        return None

    def _joins(self, i: int) -> bool:
        return self.s.words[i].lower in self.lexicon.set("words.and") or self.s.words[i].form == ","

    def _risen_to(self, q: tuple[int, int, Quantity]) -> tuple[int, int, Quantity]:
        """Return the number that a figure has come to: of "rose from 12 to 19" the second."""
        words = self.s.words
        came, goes = self.lexicon.set("words.range_from"), self.lexicon.set("words.range_to")
        rising = self.lexicon.set("words.rising")
        if q[2].low is None and q[2].high and any(w.lower in rising for w in words[max(0, q[0] - 4) : q[0]]):
            return q[0], q[1], structs.replace(q[2], low=q[2].high)  # «выросло до 14»: has reached 14
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
