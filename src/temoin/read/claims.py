"""Claims: every trigger of a report with who puts it forward, with what stance, of how many, when and where.

For each trigger, in this order: (1) what stands over it: the statements that cover it, the innermost speaker being the claimant and
the outermost link the relay; (2) its stance: of the speech act, else denied by a negation over it, else promised by a future;
(3) its arguments. A hypothesis, a question and a bare topic make no claim.
"""

from __future__ import annotations

from functools import cached_property

from temoin.read.blanket import Blanket
from temoin.read.elliptic import Elliptic
from temoin.read.howmany import HowMany
from temoin.read.joined import joined
from temoin.read.lexicon import VERBAL
from temoin.read.moments import Moments
from temoin.read.said import Said
from temoin.read.scenes import Scenes
from temoin.read.sentence import Sentence
from temoin.read.stances import Stances
from temoin.read.tree import Tree
from temoin.read.triggers import Trigger, triggers
from temoin.read.voices import Voices
from temoin.records import Claim, Count, EventType, Stance

STANCE: dict[str, Stance] = {
    "says": "asserts",
    "denies": "denies",
    "doubts": "doubts",
    "promises": "promises",
    "demands": "demands",
    "asks": "demands",
}
#: Events whose doer puts them forward: "X condemns …" is X's claim.
_OWN_ACT = frozenset({"condemnation"})
#: Marks over which a clause does not grow to its number, and how many words it grows.
_CLOSED = frozenset({",", ";", ":", '"', "(", ")"})
_NEAR = 3
#: What nobody promises to have done to others: told of the future it is a fear.
_HARMS = frozenset({"killing", "detention", "abduction", "torture", "sexual_violence", "persecution", "displacement"})
#: What nobody asks for or undertakes: behind a demand or promise it is what that is about.
_NEVER_ASKED = frozenset({"killing", "torture", "sexual_violence", "abduction", "persecution"})
#: Events whose phrases may open with a verb of asking that is not the event itself (to ask for asylum is).
_ASKED_FOR = frozenset({"aid", "evacuation", "investigation", "judgment", "sanction"})
_ASKING = frozenset({"demands", "promises"})
#: What is asked of a court or an office, so that whoever rejects it does not deny it.
_REFUSED = frozenset({"asylum", "complaint", "judgment", "campaign"})
#: Events that somebody may undertake to do.
_OWN_DOING = frozenset({"asylum", "aid", "investigation", "sanction", "evacuation", "protest", "campaign", "complaint", "condemnation"})


class Claimer:
    """Turns the triggers of one report into claims."""

    def __init__(self, voices: Voices, scenes: Scenes) -> None:
        self.scenes = scenes
        self.voices, self.text, self.lexicon, self.sentences, self.cast = voices, voices.text, voices.lexicon, voices.sentences, voices.cast
        self.stances = Stances(self.lexicon)
        self.blanket, self.elliptic = Blanket(voices), Elliptic(voices)
        self._called: set[int] = set()  # words of this sentence that call an act untrue
        self._denied: tuple[int, set[str | None]] = (-9, set())  # the last sentence with claims, and who denies in it
        self._human_endings: tuple[str, ...] = tuple(self.lexicon.table["words"].get("human_suffixes", ()))

    def claims(self, s: Sentence, tree: Tree) -> list[Claim]:
        """Return the claims of one sentence by one of its trees, in text order."""
        found = triggers(s, tree, self.lexicon)
        found = [t for t in found if not self._is_cue(s, t)]
        arguments = HowMany(s, tree, self.lexicon, found)
        counting = [t for t in found if self._counts(s, tree, t, arguments)]
        if len(counting) < len(found):
            found, arguments = counting, HowMany(s, tree, self.lexicon, counting)
        moments = Moments(s, tree, arguments, self.voices.near(s))
        got: list[tuple[Trigger, Claim]] = []
        self._called = set()
        for t in found:
            claim = self._claim(s, tree, t, arguments, moments)
            if claim is not None:
                got.append((t, claim))
        got += [(t, c) for t, c in self.blanket.blanket(s, tree, [c for _, c in got], self._called) if not self._denies_a_denial(s, tree, t, c)]
        got += self.elliptic.elliptic(s, tree, [c for _, c in got])
        merged = joined(got, tree)
        self.elliptic.remember(s, merged)
        self._denied = (s.number, {c.claimant_name for c in merged if c.stance == "denies"})
        return merged

    def _denies_a_denial(self, s: Sentence, tree: Tree, t: Trigger, claim: Claim) -> bool:
        """Say whether "that is false" answers somebody else's denial right before it: then it denies no persecution."""
        number, deniers = self._denied
        who = tree.subject(tree.clause(t.head))
        points_back = who is not None and tree.pos[who] in ("PRON", "DET")
        return claim.stance == "denies" and points_back and s.number - number <= 1 and bool(deniers - {claim.claimant_name})

    def _is_cue(self, s: Sentence, t: Trigger) -> bool:
        """Say whether a trigger word only names the source's own words ("its complaint says")."""
        at = s.words[t.head].start
        return any(a.start <= t.head < a.stop for a in s.attributions) or any(
            x.sentence == s.number and x.source is not None and x.source[0] <= t.head < x.source[1] and not (x.start <= at < x.end)
            for x in self.voices.near(s)
        )

    def _counts(self, s: Sentence, tree: Tree, t: Trigger, arguments: HowMany) -> bool:
        if self.stances.hypothetical(s, tree, t) or s.words[-1].form == "?" and not self._quoted(s, t):
            return False
        if t.event in _HARMS and self.stances.conditioned(s, tree, arguments.clause_head(t)):
            return False
        if s.headline and all(t.start <= i < t.stop or not w.form[0].isalnum() for i, w in enumerate(s.words)):
            return False  # "OPEN LETTER": a label
        if t.role == "people":
            undergoing = any(
                u.head != t.head and u.role != "people" and (arguments.patient(u) == t.head or self._inside(tree, t.head, u.head))
                for u in arguments.found
            )
            return not undergoing and arguments.quantity(t) is not None  # "seven prisoners were executed" tells of no arrest
        if t.event in _HARMS and self._threatened(tree, t, arguments):
            return False
        reflexive = t.role == "verbs" and tree.kids(t.head, "expl", "expl:pv") and not tree.kids(t.head, "obj", "obl:agent")
        if reflexive and any(s.words[c].lower in self.lexicon.set("words.reflexive") for c in tree.kids(t.head, "expl", "expl:pv")):
            return False  # French "une voiture s'arrête"
        if t.role == "arrivals":
            return self._arrival(s, tree, t, arguments)
        if t.event in _OWN_ACT and t.role == "verbs" and not tree.kids(t.head, "obj", "ccomp", "obl", "xcomp") and not tree.passive(t.head):
            return False
        if t.event == "complaint" and t.weak and any(tree.head[u.head] == t.head and tree.dep[u.head] == "nmod" for u in arguments.found):
            return False  # Spanish "la denuncia de torturas": a report of them, filed nowhere
        if t.weak:
            patient = arguments.patient(t)
            return self._human(s, tree, patient) or arguments.quantity(t) is not None
        return True

    def _inside(self, tree: Tree, i: int, top: int) -> bool:
        """Say whether a word stands below another with no clause between."""
        while i != top:
            if tree.dep[i] not in ("nmod", "obl", "obj", "nsubj", "nsubj:pass", "conj", "compound") or tree.head[i] in (i, -1):
                return False
            i = tree.head[i]
        return True

    def _threatened(self, tree: Tree, t: Trigger, arguments: HowMany) -> bool:
        """Say whether a harm is what somebody threatens with: "threatened to rape his sister", "threats of arrest", "go or be killed"."""
        threats = {u.head for u in arguments.found if u.event == "threat" and u.head != t.head}
        n = t.head
        for up in tree.above(t.head):
            if tree.dep[n] not in ("xcomp", "ccomp", "conj", "obl", "acl", "nmod", "compound", "advcl") or tree.has(n, "VerbForm=Fin"):
                return False
            if up in threats:
                return True
            n = up
        return False

    def _arrival(self, s: Sentence, tree: Tree, t: Trigger, arguments: HowMany) -> bool:
        """Say whether people of ours arrive in a host country: a place, somebody who arrives, and a report of flight or asylum."""
        if not self._of_flight or not self._human(s, tree, arguments.patient(t)):
            return False
        lo, hi = arguments.clause(t)
        if (
            s.number
            and tree.pos[arguments.patient(t) or 0] == "PRON"
            and not (self._quoted(s, t) and tree.has(arguments.patient(t) or 0, "Number=Plur"))  # "they came in trucks, shooting"
            and any(h.entry.code in ("asylum", "displacement") for h in self.sentences[s.number - 1].hits)
        ):
            return True
        return any(lo <= p[0] < hi for p in s.places) or any(
            h.entry.kind == "event" and h.entry.code == "asylum" and h.start != t.start for h in s.hits
        )

    @cached_property
    def _of_flight(self) -> bool:
        """Say whether the report speaks of refuge at all, so that "landed in Lyon" may be an arrival of somebody in flight."""
        telling = ("asylum", "displacement", "evacuation")
        return any(
            h.entry.kind == "event" and h.entry.code in telling and not h.entry.weak and h.entry.role != "arrivals"
            for s in self.sentences
            for h in s.hits
        )

    def _quoted(self, s: Sentence, t: Trigger) -> bool:
        return s.quote[t.head] >= 0

    def _human(self, s: Sentence, tree: Tree, i: int | None) -> bool:
        if i is None:
            return False
        for j in tree.subtree(i, drop=frozenset({"acl:relcl", "acl", "advcl", "appos", "parataxis"})):
            w = s.words[j].lower
            if w in self.lexicon.set("gate.groups") or w in self.lexicon.set("people.persons") or w in self.lexicon.set("words.humans"):
                return True
            if j == i and tree.pos[j] == "NOUN" and len(w) > 4 and w.endswith(self._human_endings):
                return True
            personal = tree.pos[j] == "PRON" or any(w in self.lexicon.set(f"pronouns.{k}") for k in "mfp")
            if (
                j == i
                and personal
                and (w not in self.lexicon.set("pronouns.o") or w in self.lexicon.set("pronouns.m") or w in self.lexicon.set("pronouns.f"))
            ):
                return w not in self.lexicon.set("words.relatives")
            if w in self.lexicon.set("people.titles") and s.words[j].form[0].isupper():
                return True
        return any(a <= i < b for a, b in self.cast.runs(s)) and tree.pos[i] == "PROPN" and not any(p[0] <= i < p[1] for p in s.places)

    def _claim(self, s: Sentence, tree: Tree, t: Trigger, arguments: HowMany, moments: Moments) -> Claim | None:
        lo, hi = arguments.clause(t)
        chain = self._chain(s, t)
        voice = self.voices.voice(s, chain)
        innermost = chain[0] if chain else None
        stance: Stance = STANCE[innermost.act] if innermost else "asserts"
        rule = innermost.found_by if innermost else "own voice"
        if innermost is not None and innermost.negated and innermost.act == "says":
            return None  # "did not say that …"
        if innermost is not None and innermost.act in ("promises", "says") and self._only_reported(s, tree, t):
            return None  # "promised to look into the reported persecution": what others say is no claim of his
        if stance in ("promises", "demands") and innermost is not None and self._beside_what_is_asked(s, tree, t, innermost, arguments):
            stance = "asserts"  # "demands an inquiry into the arrests": the inquiry is demanded, the arrests are told
        if stance in ("demands", "promises") and t.event in _NEVER_ASKED and t.role not in VERBAL:
            stance = "asserts"  # "forderte, die Tötungen zu untersuchen": no one asks for those
        if stance == "promises" and innermost is not None and innermost.found_by == "noun after cue" and t.event not in _OWN_DOING:
            stance = "asserts"  # "announced the arrest of eight": told, not promised
        if innermost is not None and innermost.sentence == s.number and not innermost.quote:
            lo, hi = self._within(s, lo, hi, innermost, t)
        if t.event in _OWN_ACT and stance == "asserts":
            voice = self.voices.actor(s, tree, t, voice, arguments)
        elif voice.text is None and stance == "asserts":
            over = next((u for u in arguments.found if u.event in _OWN_ACT and u.head != t.head and self._part_of(tree, t.head, u.head)), None)
            if over is not None:  # "condemns the arrest of eighteen lawyers": the arrest is that party's claim, too
                voice = self.voices.actor(s, tree, over, voice, arguments)
        if stance == "denies" and innermost is not None and t.event in _REFUSED and innermost.found_by.startswith("noun"):
            stance, voice = "asserts", self.voices.voice(s, chain[1:])  # "the court rejected her asylum claim" denies nothing
        if stance == "asserts" and innermost is not None and self._announced(s, tree, t, innermost, arguments):
            stance = "promises"
        asked = self._asks_by_itself(s, tree, t) if stance == "asserts" else None
        if asked is not None:
            stance = asked
            voice = self.voices.undertaker(s, tree, t, voice, arguments, arguments.clause_head(t)) if voice.text is None else voice
        predicate = self.stances.called(s, tree, t)
        if predicate and stance == "asserts":
            stance = predicate[0]
            self._called.add(predicate[1])
            rule += f", called so: {stance}"
        if stance == "asserts" and self.stances.wished(s, tree, t, arguments):
            stance = "demands"
            rule += ", wished"
        negated = self.stances.negated(s, tree, t, arguments)
        if negated and t.event in _HARMS and self.stances.ought(s, tree, t):
            return None  # "nobody should be jailed for a faith"
        if negated and stance == "asserts":
            stance = "doubts" if t.event == "complaint" else "denies"  # "no complaint has reached me" doubts that there is a case
            rule += ", negated"
        elif stance == "asserts" and t.event in _HARMS and self.stances.future(s, tree, t, arguments):
            return None  # "they will be tortured" is feared, not promised
        elif stance == "asserts" and t.event != "threat" and self.stances.future(s, tree, t, arguments):
            stance = "promises"
            rule += ", future"
            if voice.text is None:
                top = next(iter(self.stances.governing(tree, t)), arguments.clause_head(t))
                voice = self.voices.undertaker(s, tree, t, voice, arguments, top)
        if stance == "asserts" and not negated and voice.text is not None and self.stances.demanded(s, tree, t, arguments):
            stance = "demands"
            rule += ", called for"
        count, counted = arguments.count(t)
        if count is None and innermost is not None:
            count = self._of_whoever_tells(s, tree, arguments.patient(t), innermost)
        if negated and count is not None and counted is not None and s.words[counted[0]].lower in self.lexicon.set("words.negation"):
            count, counted = None, None
        if counted is not None and tree.dep[counted[0]] and not any(w.form in _CLOSED for w in s.words[min(hi, counted[0]) : max(lo, counted[1])]):
            near = max(lo - counted[1], counted[0] - hi) <= _NEAR
            lo, hi = (min(lo, counted[0]), max(hi, counted[1])) if near else (lo, hi)  # "45 cases of torture"
        when = moments.when(lo, hi, t, innermost, t.event in _OWN_ACT)
        if when is None and stance == "asserts":
            when = self.scenes.when(s, tree, t, innermost)
        barred = [x.source for x in self.voices.near(s) if x.sentence == s.number and x.source is not None]
        where = arguments.where(lo, hi, t, barred)
        quote = s.span(lo, hi, self.text)
        event: EventType = t.event  # type: ignore[assignment]
        return Claim(
            start=quote.start,
            end=quote.end,
            quote=quote.text,
            event=event,
            stance=stance,
            claimant=voice.text,
            claimant_name=voice.name,
            via=voice.via,
            count=count,
            when=when,
            where=where.name if where else None,
            modality=self.stances.modality(s, tree, t, innermost, lo, hi),
            found_by=f"{t.role.removesuffix('s')} '{t.entry}' · {rule}",
            trigger=s.span(t.start, t.stop, self.text),
            claimant_span=voice.span,
            cue=voice.cue,
            counted=s.span(*counted, self.text) if counted else None,
        )

    def _only_reported(self, s: Sentence, tree: Tree, t: Trigger) -> bool:
        """Say whether a noun bears a mark of hearsay of its own ("the alleged torture")."""
        marks = self.lexicon.set("words.hearsay_adjectives")
        return t.role == "nouns" and any(s.words[c].lower in marks and tree.pos[c] != "ADV" for c in tree.kids(t.head, "amod", "acl"))

    def _announced(self, s: Sentence, tree: Tree, t: Trigger, said: Said, arguments: HowMany) -> bool:
        """Say whether a conditional is the future of a past: "a annoncé qu'une enquête serait ouverte"."""
        if (
            (t.event not in _OWN_DOING and t.event != "judgment")
            or said.cue is None
            or said.sentence != s.number
            or not self.lexicon.flag("words.conditional_is_hearsay")
        ):
            return False
        promised = any(h.start == said.cue[0] and h.entry.kind == "cue" and h.entry.code == "promises" for h in s.hits)
        top = arguments.clause_head(t)
        verbs = (top, *(c for c in tree.children[top] if tree.dep[c].startswith("aux")))
        return promised and any(tree.has(v, "Mood=Cnd") for v in verbs) and said.found_by in ("that-clause", "clause after cue")

    def _asks_by_itself(self, s: Sentence, tree: Tree, t: Trigger) -> Stance | None:
        """Return the stance of a phrase that opens with its own verb of asking or promising ("appealed for blankets"), else None."""
        if t.role != "phrases" or tree.pos[t.start] != "VERB":
            return None
        acts = {h.entry.code for h in s.hits if h.start == t.start and h.entry.kind == "cue" and h.entry.code in _ASKING}
        if "demands" in acts and t.event in _ASKED_FOR:
            return "demands"
        return "promises" if "promises" in acts and t.event in _OWN_DOING else None

    def _of_whoever_tells(self, s: Sentence, tree: Tree, patient: int | None, said: Said) -> Count | None:
        """Return the number of those who tell of themselves: "seven men said they had been whipped"."""
        if patient is None or tree.pos[patient] != "PRON" or said.sentence != s.number or said.source is None or said.found_by == "source phrase":
            return None
        if s.words[patient].lower not in self.lexicon.set("pronouns.p") and s.words[patient].lower not in self.lexicon.set("words.first_person"):
            return None
        q = next((q for q in s.quantities if q[0] == said.source[0] and q[1] <= said.source[1]), None)
        return Count(low=q[2].low, high=q[2].high) if q is not None else None

    def _part_of(self, tree: Tree, i: int, top: int) -> bool:
        """Say whether a word stands under another, and not in a relative clause: "follows with concern the case of X, who has not been seen"."""
        return tree.under(i, top) and all(
            tree.dep[n] != "acl:relcl" or tree.pos[tree.head[n]] in ("PRON", "DET") for n in (i, *tree.above(i)) if n != top and tree.under(n, top)
        )

    def _beside_what_is_asked(self, s: Sentence, tree: Tree, t: Trigger, said: Said, arguments: HowMany) -> bool:
        """Say whether a trigger only describes what is promised or demanded: behind the first one, and not coordinated with it."""
        if tree.dep[t.head] == "acl:relcl" and t.role in VERBAL and not tree.has(t.head, "Mood=Sub"):
            return True  # "demand the release of the 31 who are still held"
        asked = [u for u in arguments.found if said.start <= s.words[u.head].start < said.end]
        if not asked or asked[0].start >= t.start or (t.role in VERBAL and tree.dep[t.head] not in ("acl", "amod", "acl:relcl")):
            return False
        opens = min(tree.subtree(t.head, drop=frozenset({"conj"})))
        return not (tree.dep[t.head] == "conj" or tree.pos[max(opens - 1, 0)] == "CCONJ" or tree.pos[opens] == "CCONJ")

    def _chain(self, s: Sentence, t: Trigger) -> list[Said]:
        """Return the statements that cover a trigger, the innermost first."""
        return self.voices.chain_at(s, s.words[t.head].start)

    def _within(self, s: Sentence, lo: int, hi: int, said: Said, t: Trigger) -> tuple[int, int]:
        """Keep a clause inside what its speaker says."""
        while lo < t.start and s.words[lo].start < said.start:
            lo += 1
        while hi > t.stop and s.words[hi - 1].end > said.end:
            hi -= 1
        while lo < t.start and (s.words[lo].lower in self.lexicon.set("words.complementizers") or not s.words[lo].form[0].isalnum()):
            lo += 1
        return lo, hi
