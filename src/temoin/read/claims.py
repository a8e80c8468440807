"""Claims: every trigger of a report with who puts it forward, with what stance, of how many, when and where.

For each trigger, in this order: (1) what stands over it: the statements that cover it, the innermost speaker being the claimant and
the outermost link the relay; (2) its stance: of the speech act, else denied by a negation over it, else promised by a future;
(3) its arguments. A hypothesis, a question and a bare topic make no claim.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from temoin.read.arguments import Arguments
from temoin.read.lexicon import VERBAL, Lexicon
from temoin.read.names import Cast
from temoin.read.sentence import Sentence
from temoin.read.statements import Finder, Said, noun_phrase
from temoin.read.tree import Tree
from temoin.read.triggers import Trigger, triggers
from temoin.records import Claim, Count, EventType, Modality, Span, Stance

_STANCE: dict[str, Stance] = {"says": "asserts", "denies": "denies", "doubts": "doubts", "promises": "promises", "demands": "demands", "asks": "demands"}
#: Events whose doer puts them forward: "X condemns …" is X's claim.
_OWN_ACT = frozenset({"condemnation"})
#: Events whose number may be given without naming the event again: "the police speak of 20".
_COUNTED = frozenset({"killing", "detention", "abduction", "displacement", "evacuation", "protest", "torture", "campaign"})
_SHORT = 14  # words of a content that is little more than the number
_BACK = 2  # sentences between a number and the event it counts
Speakers = list[tuple[int, str]]


@dataclass(slots=True)
class Voice:
    """Who stands behind a claim: the claimant and the relay, as words and as names."""

    text: str | None = None
    name: str | None = None
    via: str | None = None
    span: Span | None = None
    cue: Span | None = None
    said: Said | None = None


class Claimer:
    """Turns the triggers of one report into claims."""

    def __init__(self, text: str, lexicon: Lexicon, sentences: list[Sentence], said: list[Said], cast: Cast, names: dict[int, str | None], finder: Finder) -> None:
        self.text, self.lexicon, self.sentences, self.said, self.cast, self.names, self.finder = text, lexicon, sentences, said, cast, names, finder
        self._before: list[tuple[Sentence, Claim]] = []  # the last claim with a number, for numbers that name no event
        self._human_endings: tuple[str, ...] = tuple(lexicon.table["words"].get("human_suffixes", ()))

    def claims(self, s: Sentence, tree: Tree) -> list[Claim]:
        """Return the claims of one sentence by one of its trees, in text order."""
        found = triggers(s, tree, self.lexicon)
        found = [t for t in found if not self._is_cue(s, t)]
        arguments = Arguments(s, tree, self.lexicon, found)
        found = [t for t in found if self._counts(s, tree, t, arguments)]
        arguments = Arguments(s, tree, self.lexicon, found)
        got: list[tuple[Trigger, Claim]] = []
        for t in found:
            claim = self._claim(s, tree, t, arguments)
            if claim is not None:
                got.append((t, claim))
        got += self._blanket(s, tree, [c for _, c in got])
        got += self._elliptic(s, tree, [c for _, c in got])
        merged = self._merge(got, tree)
        self._before = [(s, c) for c in merged if c.count is not None and c.event in _COUNTED][-1:] or [x for x in self._before if s.number - x[0].number <= _BACK]
        return merged

    # ── what counts as a trigger here ───────────────────────────────────────────────────────────────────────────

    def _is_cue(self, s: Sentence, t: Trigger) -> bool:
        """Say whether a trigger word only names the source's own words ("its complaint says")."""
        at = s.words[t.head].start
        return any(a.start <= t.head < a.stop for a in s.attributions) or any(
            x.sentence == s.number and x.source is not None and x.source[0] <= t.head < x.source[1] and not (x.start <= at < x.end) for x in self.said
        )

    def _counts(self, s: Sentence, tree: Tree, t: Trigger, arguments: Arguments) -> bool:
        if self._hypothetical(s, tree, t) or s.words[-1].form == "?" and not self._quoted(s, t):
            return False
        if t.role == "people":
            return arguments.quantity(t) is not None
        if t.role == "arrivals":
            return self._arrival(s, tree, t, arguments)
        if t.event in _OWN_ACT and t.role == "verbs" and not tree.kids(t.head, "obj", "ccomp", "obl", "xcomp") and not tree.passive(t.head):
            return False
        if t.weak:
            patient = arguments.patient(t)
            return self._human(s, tree, patient) or arguments.quantity(t) is not None
        return True

    def _arrival(self, s: Sentence, tree: Tree, t: Trigger, arguments: Arguments) -> bool:
        """Say whether people of ours arrive in a host country: a place, somebody who arrives, and a report of flight or asylum."""
        if not self._of_flight or not self._human(s, tree, arguments.patient(t)):
            return False
        lo, hi = arguments.clause(t)
        if s.number and tree.pos[arguments.patient(t) or 0] == "PRON" and any(h.entry.code in ("asylum", "displacement") for h in self.sentences[s.number - 1].hits):
            return True
        return any(lo <= p[0] < hi for p in s.places) or any(h.entry.kind == "event" and h.entry.code == "asylum" and h.start != t.start for h in s.hits)

    @cached_property
    def _of_flight(self) -> bool:
        """Say whether the report speaks of refuge at all, so that "landed in Lyon" may be an arrival of somebody in flight."""
        telling = ("asylum", "displacement", "evacuation")
        return any(h.entry.kind == "event" and h.entry.code in telling and not h.entry.weak and h.entry.role != "arrivals" for s in self.sentences for h in s.hits)

    def _quoted(self, s: Sentence, t: Trigger) -> bool:
        return s.quote[t.head] >= 0

    def _human(self, s: Sentence, tree: Tree, i: int | None) -> bool:
        if i is None:
            return False
        for j in tree.subtree(i, drop=frozenset({"acl:relcl", "appos", "parataxis"})):
            w = s.words[j].lower
            if w in self.lexicon.set("gate.groups") or w in self.lexicon.set("people.persons") or w in self.lexicon.set("words.humans"):
                return True
            if j == i and tree.pos[j] == "NOUN" and len(w) > 4 and w.endswith(self._human_endings):
                return True
            if j == i and (tree.pos[j] == "PRON" or w in self.lexicon.set("pronouns.m") or w in self.lexicon.set("pronouns.f") or w in self.lexicon.set("pronouns.p")) and w not in self.lexicon.set("pronouns.o"):
                return w not in self.lexicon.set("words.relatives")
        return any(a <= i < b for a, b in self.cast.runs(s)) and tree.pos[i] == "PROPN" and not any(p[0] <= i < p[1] for p in s.places)

    def _hypothetical(self, s: Sentence, tree: Tree, t: Trigger) -> bool:
        marks = self.lexicon.set("words.hypothetical")
        for n in (t.head, *tree.above(t.head)):
            if tree.dep[n] in ("advcl", "acl", "ccomp", "root", "ROOT", "conj", "parataxis"):
                for c in tree.children[n]:
                    if tree.dep[c] in ("mark", "advmod", "cc") and s.words[c].lower in marks and not tree.under(t.head, c):
                        return True
            if tree.dep[n] in ("ccomp", "parataxis"):
                break
        return False

    # ── one claim ───────────────────────────────────────────────────────────────────────────────────────────────

    def _claim(self, s: Sentence, tree: Tree, t: Trigger, arguments: Arguments) -> Claim | None:
        lo, hi = arguments.clause(t)
        chain = self._chain(s, t)
        voice = self._voice(s, chain)
        innermost = chain[0] if chain else None
        stance: Stance = _STANCE[innermost.act] if innermost else "asserts"
        rule = innermost.found_by if innermost else "own voice"
        if stance in ("promises", "demands") and any(u.head != t.head and tree.under(t.head, u.head) for u in arguments.found) and t.role not in VERBAL:
            stance = "asserts"  # "demands an inquiry into the arrests": the inquiry is demanded, the arrests are told
        if innermost is not None and innermost.sentence == s.number and not innermost.quote:
            lo, hi = self._within(s, lo, hi, innermost, t)
        if t.event in _OWN_ACT and stance == "asserts":
            voice = self._actor(s, tree, t, voice, arguments)
        predicate = self._called(s, tree, t)
        if predicate and stance == "asserts":
            stance = predicate
            rule += f", called so: {predicate}"
        negated = self._negated(s, tree, t, lo, hi)
        if negated and stance == "asserts":
            stance = "doubts" if t.event == "complaint" else "denies"  # "no complaint has reached me" doubts that there is a case
            rule += ", negated"
        elif stance == "asserts" and self._future(s, tree, t, arguments):
            stance = "promises"
            rule += ", future"
            if voice.text is None:
                voice = self._undertaker(s, tree, t, voice, arguments)
        count, counted = arguments.count(t)
        if negated and count is not None and counted is not None and s.words[counted[0]].lower in self.lexicon.set("words.negation"):
            count, counted = None, None
        when = arguments.when(lo, hi, t)
        barred = [x.source for x in self.said if x.sentence == s.number and x.source is not None]
        where = arguments.where(lo, hi, t, barred)
        quote = s.span(lo, hi, self.text)
        event: EventType = t.event  # type: ignore[assignment]
        return Claim(
            start=quote.start, end=quote.end, quote=quote.text, event=event, stance=stance, claimant=voice.text, claimant_name=voice.name, via=voice.via,
            count=count, when=when.edtf if when else None, where=where.name if where else None, modality=self._modality(s, tree, t, innermost, lo, hi),
            found_by=f"{t.role.removesuffix('s')} '{t.entry}' · {rule}", trigger=s.span(t.start, t.stop, self.text), claimant_span=voice.span, cue=voice.cue,
            counted=s.span(*counted, self.text) if counted else None,
        )  # fmt: skip

    def _chain(self, s: Sentence, t: Trigger) -> list[Said]:
        """Return the statements that cover a trigger, the innermost first."""
        return self._chain_at(s, s.words[t.head].start)

    def _chain_at(self, s: Sentence, at: int) -> list[Said]:
        covering = [x for x in self.said if x.start <= at < x.end and not (x.sentence == s.number and x.cue is not None and s.words[x.cue[0]].start <= at < s.words[x.cue[1] - 1].end)]
        covering = sorted(covering, key=lambda x: (self._depth(x, covering), x.end - x.start, x.quote, x.start))
        chain: list[Said] = []
        for x in covering:
            # A cue without a speaker ("it is alleged that") says nothing about who; a quotation inside the clause that
            # reports it is the same speaker's.
            if x.source is None and x.act == "says":
                continue
            if chain and (self.names.get(id(x)) is not None and self.names.get(id(x)) == self.names.get(id(chain[-1])) or self._source_text(x) == self._source_text(chain[-1])):
                if chain[-1].act == "says" and x.act != "says":
                    chain[-1] = x
                continue
            if chain and x.sentence == chain[-1].sentence and x.cue == chain[-1].cue:
                continue
            chain.append(x)
        return chain

    def _depth(self, x: Said, others: list[Said]) -> int:
        """Return 0 for a source phrase that stands between a cue and what it says ("X mentions, on the word of Y, …"), else 1."""
        if x.found_by != "source phrase" or x.cue is None:
            return 1
        at = self.sentences[x.sentence].words[x.cue[0]].start
        inner = any(y.sentence == x.sentence and y.found_by != "source phrase" and y.cue is not None and self.sentences[y.sentence].words[y.cue[0]].start < at < y.end - 1 for y in others)
        return 0 if inner else 1

    def _source_text(self, x: Said) -> str | None:
        return self.sentences[x.sentence].span(*x.source, self.text).text if x.source else None

    def _voice(self, s: Sentence, chain: list[Said]) -> Voice:
        if not chain:
            return Voice()
        x = chain[0]
        if x.source is None:
            return Voice(said=x)
        home = self.sentences[x.sentence]
        span = home.span(*x.source, self.text)
        via = None
        if len(chain) > 1 and chain[-1].source is not None:
            via = self._source_text(chain[-1])
        told = self._told(home, x)
        if via is None and told is not None:
            via = told
        return Voice(span.text, self.names.get(id(x)) or _bare(span.text, self.lexicon), via, span, home.span(*x.cue, self.text) if x.cue else None, x)

    def _told(self, s: Sentence, x: Said) -> str | None:
        """Return the outlet told, if it is named or is an outlet: not "reporters", nor a person."""
        if x.addressee is None:
            return None
        words = [w.lower for w in s.words[x.addressee[0] : x.addressee[1]]]
        named = any(a < x.addressee[1] and b > x.addressee[0] for a, b in self.cast.runs(s))
        outlet = any(w in self.lexicon.set("people.outlets") for w in words)
        person = any(w in self.lexicon.set("people.persons") for w in words)
        return s.span(*x.addressee, self.text).text if (named or outlet) and not (person and not outlet) else None

    def _within(self, s: Sentence, lo: int, hi: int, said: Said, t: Trigger) -> tuple[int, int]:
        """Keep a clause inside what its speaker says."""
        while lo < t.start and s.words[lo].start < said.start:
            lo += 1
        while hi > t.stop and s.words[hi - 1].end > said.end:
            hi -= 1
        while lo < t.start and (s.words[lo].lower in self.lexicon.set("words.complementizers") or not s.words[lo].form[0].isalnum()):
            lo += 1
        return lo, hi

    def _actor(self, s: Sentence, tree: Tree, t: Trigger, voice: Voice, arguments: Arguments) -> Voice:
        """Return the voice of whoever does the act, where the text names them: who condemns, who is concerned."""
        top = arguments.clause_head(t)
        who = tree.subject(top) if top is not None else None
        if who is None or tree.passive(top) and tree.dep[top] not in ("ROOT", "root") or s.words[who].lower in self.lexicon.set("words.relatives"):
            return voice
        if tree.passive(top) and tree.pos[top] == "VERB" and t.role == "verbs":
            agents = tree.kids(top, "obl:agent")
            if not agents:
                return voice
            who = agents[0]
        words = noun_phrase(tree, who)
        span = s.span(*words, self.text)
        name = self.cast.full(s, *words, []) or _bare(span.text, self.lexicon)
        if voice.text is not None and s.words[who].lower in self.lexicon.set("words.first_person"):
            return voice
        if voice.text is not None and voice.name != name:
            # told by somebody else: the act's doer is the claimant only where the report itself tells it
            return voice
        return Voice(span.text, name, voice.via, span, voice.cue, voice.said)

    def _undertaker(self, s: Sentence, tree: Tree, t: Trigger, voice: Voice, arguments: Arguments) -> Voice:
        """Return the voice of whoever will do it, in a report's own future: "the government will pay"."""
        top = arguments.clause_head(t)
        who = tree.subject(top)
        if who is None or tree.passive(top) or who == arguments.patient(t):
            return voice
        words = noun_phrase(tree, who)
        lowers = {w.lower for w in s.words[words[0] : words[1]]}
        acts = any(w in self.lexicon.set("people.authorities") or w in self.lexicon.set("people.organisations") or w in self.lexicon.set("people.persons") for w in lowers)
        pronoun = words[1] - words[0] == 1 and tree.pos[who] == "PRON"
        if not acts and not pronoun and not any(a <= who < b for a, b in self.cast.runs(s)):
            return voice
        span = s.span(*words, self.text)
        return Voice(span.text, self.cast.full(s, *words, self._speakers(s)) or _bare(span.text, self.lexicon), voice.via, span, voice.cue, voice.said)

    def _speakers(self, s: Sentence) -> Speakers:
        return [(x.sentence, name) for x in self.said if x.sentence < s.number and (name := self.names.get(id(x)))]

    # ── stance ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _negated(self, s: Sentence, tree: Tree, t: Trigger, lo: int, hi: int) -> bool:
        """Say whether a negation holds over the trigger: on it, on its verb, on its subject or as its determiner."""
        negation = self.lexicon.set("words.negation")
        pattern_has = any(s.words[i].lower in negation for i in range(t.start, t.stop))
        if pattern_has:
            return False
        spine = self._spine(tree, t)
        if any(s.words[n].lower in negation for n in spine[1:]):
            return True  # "You cannot detain …", where the parser makes "cannot" the head
        for n in spine:
            for c in tree.children[n]:
                if s.words[c].lower in negation and tree.dep[c] in ("advmod", "det", "aux", "cc", "mark", "nsubj", "nsubj:pass", "case", "neg", "discourse", "amod", "obj", "expl") and not self._only(s, c):
                    return True
            subject = next((c for c in tree.children[n] if tree.dep[c] in ("nsubj", "nsubj:pass")), None)
            if subject is not None and any(s.words[c].lower in negation and tree.dep[c] in ("det", "advmod", "amod") for c in tree.children[subject]):
                return True
            patient = tree.kids(n, "obj")
            if patient and n == t.head and any(s.words[c].lower in negation and tree.dep[c] in ("det", "advmod") for c in tree.children[patient[0]]):
                return True
        return False

    def _called(self, s: Sentence, tree: Tree, t: Trigger) -> Literal["denies", "doubts"] | None:
        """Return what the sentence calls a trigger: a lie ("the cases of torture are an invention"), or unproven ("no proof of any campaign")."""
        for h in s.hits:
            if h.entry.kind != "blanket" or h.entry.code == "complaint_doubts" or not tree.dep[h.stop - 1] or h.start <= t.head < h.stop:
                continue
            word = next((i for i in range(h.stop - 1, h.start - 1, -1) if tree.pos[i] in ("NOUN", "ADJ", "VERB")), h.stop - 1)
            if h.entry.code == "doubts" and tree.under(t.head, word) and t.head > word:
                return "doubts"
            if h.entry.code == "denies" and t.role in ("nouns", "phrases"):
                top = tree.clause(word)
                who = tree.subject(top)
                if who is not None and tree.under(t.head, who) and word != who and top != tree.clause(t.head) or (who is not None and who == t.head and tree.under(word, top)):
                    return "denies"
                if who is not None and tree.under(t.head, who) and not tree.under(word, who):
                    return "denies"
        return None

    def _only(self, s: Sentence, c: int) -> bool:
        """Say whether "not" is part of "not only", or French "ne" part of "ne … que" (only)."""
        after = [w.lower for w in s.words[c + 1 : c + 8]]
        only = self.lexicon.set("words.only")
        return bool(after) and (after[0] in only or (s.words[c].lower in self.lexicon.set("words.half_negation") and any(w in only for w in after)))

    def _spine(self, tree: Tree, t: Trigger) -> list[int]:
        """Return the trigger and the verbs of its clause above it, down from which a negation holds."""
        spine = [t.head]
        n = t.head
        for up in tree.above(t.head):
            if tree.dep[n] in ("nsubj", "nsubj:pass", "obj", "obl", "xcomp", "nmod", "conj", "iobj", "obl:arg") and len(spine) < 4:
                if tree.dep[n] in ("nmod", "obl") and t.role in VERBAL:
                    break
                if tree.dep[n] == "conj" and tree.subject(n) != tree.subject(up):
                    break
                spine.append(up)
                n = up
            else:
                break
        return spine

    def _future(self, s: Sentence, tree: Tree, t: Trigger, arguments: Arguments) -> bool:
        """Say whether the trigger's clause lies ahead: by tense, auxiliary or phrase."""
        future = self.lexicon.set("words.future")
        for n in {t.head, arguments.clause_head(t)}:
            if tree.has(n, "Tense=Fut"):
                return True
            for c in tree.children[n]:
                if tree.dep[c] in ("aux", "aux:pass", "cop", "advmod", "compound:prt") and (s.words[c].lower in future or tree.has(c, "Tense=Fut")):
                    return True
        lo = max(0, min(arguments.clause_head(t), t.head) - 6)
        for h in s.hits:
            if h.entry.kind == "phrase" and h.entry.code == "future" and lo <= h.start and h.stop <= t.head + 1:
                between = s.words[h.stop : t.head]
                if not any(w.form in (",", ";", '"') for w in between):
                    return True
        return False

    def _modality(self, s: Sentence, tree: Tree, t: Trigger, said: Said | None, lo: int, hi: int) -> Modality:
        if said is not None and said.own_cue.split(" ")[0] in self.lexicon.set("words.admitted"):
            return "admitted"
        clause = [w.lower for w in s.words[max(0, lo - 2) : hi]]
        if any(w in self.lexicon.set("words.hearsay") for w in clause) or (self.lexicon.flag("words.conditional_is_hearsay") and self._conditional(tree, t)):
            return "alleged"
        if any(s.words[c].lower in self.lexicon.set("words.possible") and tree.dep[c] in ("aux", "advmod") for n in {t.head, tree.head[t.head]} if n >= 0 for c in tree.children[n]):
            return "possible"
        return "alleged" if said is not None else "fact"

    def _conditional(self, tree: Tree, t: Trigger) -> bool:
        return any(tree.has(n, "Mood=Cnd") or tree.has(n, "Mood=Sub") for n in (t.head, *[c for c in tree.children[t.head] if tree.dep[c].startswith("aux")]))

    # ── denying or doubting the whole ───────────────────────────────────────────────────────────────────────────

    def _blanket(self, s: Sentence, tree: Tree, claims: list[Claim]) -> list[tuple[Trigger, Claim]]:
        """Return denials and doubts that name no act: "an absolute lie", "the reports remain unconfirmed"."""
        found: list[tuple[Trigger, Claim]] = []
        subjects = self.lexicon.set("blanket.subjects")
        groups = self.lexicon.set("gate.groups")
        hits = [h for h in s.hits if h.entry.kind == "blanket"]
        hits.sort(key=lambda h: (h.entry.code != "complaint_doubts", -(h.stop - h.start)))
        used: list[tuple[int, int]] = []
        denial_cues = [x for x in self.said if x.sentence == s.number and x.act in ("denies", "doubts") and not x.quote]
        for h in hits:
            if any(a < h.stop and b > h.start for a, b in used):
                continue
            doubt = h.entry.code != "denies"
            event: Literal["complaint", "persecution"] = "complaint" if h.entry.code == "complaint_doubts" else "persecution"
            near = s.words[max(0, h.start - 14) : h.stop + 8]
            about = any(w.lower in subjects for w in near) or any(w.lower in groups for w in near)
            at = s.words[h.start].start
            speaker = next((x for x in sorted(self.said, key=lambda x: x.end - x.start) if x.start <= at < x.end and x.source is not None), None)
            own = next((x for x in denial_cues if x.source is not None), None)
            if event == "complaint" and speaker is None:
                continue
            if event == "persecution" and not (about or speaker is not None and speaker.quote) or (speaker is None and own is None and not doubt and not about):
                continue
            lo, hi = self._around(s, tree, h.start, h.stop)
            if any(c.stance in ("denies", "doubts") and c.start < s.words[hi - 1].end and c.end > s.words[lo].start for c in [*claims, *(c for _, c in found)]):
                continue
            x = speaker or own
            voice = self._voice(s, [x] if x else [])
            if x is None:
                voice = self._verb_subject(s, tree, h.start, voice)
                if voice.text is None:
                    continue
            used.append((lo, hi))
            quote = s.span(lo, hi, self.text)
            t = Trigger(h.start, h.stop, min(range(h.start, h.stop), key=lambda i: not tree.dep[i]), event, "phrases", False, h.entry.text)
            found.append((t, Claim(
                start=quote.start, end=quote.end, quote=quote.text, event=event, stance="doubts" if doubt else "denies", claimant=voice.text, claimant_name=voice.name,
                via=voice.via, modality="alleged", found_by=f"blanket '{h.entry.text}'", trigger=s.span(h.start, h.stop, self.text), claimant_span=voice.span, cue=voice.cue,
            )))  # fmt: skip
        if not found and not any(c.stance in ("denies", "doubts") for c in claims):
            found += self._bare_denial(s, tree, denial_cues, claims)
        return found

    def _elliptic(self, s: Sentence, tree: Tree, claims: list[Claim]) -> list[tuple[Trigger, Claim]]:
        """Return figures for an event named before: "the police speak of 20", "7,500 according to the organisers", "it was more than 2,000".

        Only a number without a noun of its own, put forward by somebody, close behind a claim with a number.
        """
        found: list[tuple[Trigger, Claim]] = []
        for first, stop, q in s.quantities:
            counted = (q.counted or "").split(" ")[0].lower()
            if counted and counted not in self.lexicon.set("words.anaphors"):
                continue
            at, end = s.words[first].start, s.words[stop - 1].end
            if any(c.start <= at < c.end for c in claims):
                continue
            earlier = [c for c in claims if c.end <= at and c.count is not None and c.event in _COUNTED]
            model = earlier[-1] if earlier else (self._before[-1][1] if self._before and self._before[-1][0].paragraph == s.paragraph or self._before and s.number - self._before[-1][0].number <= 1 else None)
            said = [x for x in self.said if x.sentence == s.number and x.start <= at < x.end and x.source is not None and not x.quote]
            if model is None or not said:
                continue
            x = min(said, key=lambda x: x.end - x.start)
            inside = [i for i, w in enumerate(s.words) if x.start <= w.start < x.end]
            if x.act not in ("says", "doubts") or any(s.hits_event(i) for i in inside if abs(i - first) < 6) or (x.found_by != "source phrase" and len(inside) > _SHORT):
                continue
            voice = self._voice(s, self._chain_at(s, at))
            span = s.span(first, stop, self.text)
            found.append((Trigger(first, stop, first, model.event, "people", False, "number alone"), Claim(
                start=at, end=end, quote=span.text, event=model.event, stance="asserts", claimant=voice.text, claimant_name=voice.name, via=voice.via,
                count=Count(low=q.low, high=q.high), modality="alleged", found_by=f"number alone, of the event before · {x.found_by}", trigger=model.trigger,
                where=model.where, claimant_span=voice.span, cue=voice.cue, counted=span,
            )))  # fmt: skip
        return found

    def _bare_denial(self, s: Sentence, tree: Tree, cues: list[Said], claims: list[Claim]) -> list[tuple[Trigger, Claim]]:
        """ "X has denied the allegations": a denial whose object is a report of something, not the thing."""
        subjects = self.lexicon.set("blanket.subjects")
        for x in cues:
            if x.source is None or x.cue is None:
                continue
            inside = [i for i, w in enumerate(s.words) if x.start <= w.start < x.end]
            if not any(s.words[i].lower in subjects for i in inside):
                continue
            lo, hi = min([x.cue[0], *inside]), max([x.cue[1] - 1, *inside]) + 1
            voice = self._voice(s, [x])
            quote = s.span(lo, hi, self.text)
            t = Trigger(x.cue[0], x.cue[1], x.cue[0], "persecution", "phrases", False, x.own_cue)
            stance: Stance = _STANCE[x.act]
            return [(t, Claim(
                start=quote.start, end=quote.end, quote=quote.text, event="persecution", stance=stance, claimant=voice.text, claimant_name=voice.name, via=voice.via,
                modality="alleged", found_by=f"denial of a report · {x.found_by}", trigger=s.span(*x.cue, self.text), claimant_span=voice.span, cue=voice.cue,
            ))]  # fmt: skip
        return []

    def _verb_subject(self, s: Sentence, tree: Tree, i: int, voice: Voice) -> Voice:
        top = tree.clause(i)
        who = tree.subject(top)
        if who is None or not tree.dep[who] or s.words[who].lower in self.lexicon.set("blanket.subjects"):
            return voice
        words = noun_phrase(tree, who)
        if not any(w.lower in self.lexicon.set("people.persons") or w.lower in self.lexicon.set("people.authorities") for w in s.words[words[0] : words[1]]) and not any(
            a <= who < b for a, b in self.cast.runs(s)
        ):
            return voice
        span = s.span(*words, self.text)
        return Voice(span.text, self.cast.full(s, *words, self._speakers(s)) or _bare(span.text, self.lexicon), None, span)

    def _around(self, s: Sentence, tree: Tree, start: int, stop: int) -> tuple[int, int]:
        """Return the clause around some words."""
        i = min(range(start, stop), key=lambda i: (not tree.dep[i], -len(tree.children[i])))
        top = tree.clause(i)
        inside = set(tree.subtree(top, drop=frozenset({"parataxis", "advcl", "acl:relcl"}))) | set(range(start, stop))
        lo, hi = start, stop
        while lo - 1 in inside:
            lo -= 1
        while hi in inside:
            hi += 1
        while lo < start and (tree.dep[lo] in ("cc", "mark", "punct") or not s.words[lo].form[0].isalnum()):
            lo += 1
        while hi > stop and not s.words[hi - 1].form[0].isalnum():
            hi -= 1
        return lo, hi

    # ── one claim for one thing said ────────────────────────────────────────────────────────────────────────────

    def _merge(self, got: list[tuple[Trigger, Claim]], tree: Tree) -> list[Claim]:
        """Join triggers of one event, claimant and stance that tell one thing: overlapping clauses, or counts that do not differ."""
        got.sort(key=lambda x: (x[1].start, x[0].start))
        kept: list[tuple[Trigger, Claim]] = []
        for t, c in got:
            for k, (u, d) in enumerate(kept):
                same = d.event == c.event and d.stance == c.stance and d.claimant == c.claimant and (d.count == c.count or d.count is None or c.count is None)
                if same and (c.start < d.end and d.start < c.end or self._coordinated(tree, u, t)):
                    better = d if d.count is not None or c.count is None else c
                    kept[k] = (u if better is d else t, better)
                    break
            else:
                kept.append((t, c))
        return [c for _, c in kept]

    def _coordinated(self, tree: Tree, u: Trigger, t: Trigger) -> bool:
        return (tree.head[t.head] == u.head and tree.dep[t.head] == "conj" and not any(tree.dep[c] in ("nsubj", "nsubj:pass", "obj") for c in tree.children[t.head]))


def _bare(name: str, lexicon: Lexicon) -> str:
    """Return a party's words without the article before them."""
    first, _, rest = name.partition(" ")
    return rest if rest and first.lower() in lexicon.set("words.articles") else name
