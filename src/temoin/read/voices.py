"""Whose claim it is: the statements over a word, the innermost speaker, the outermost relay, and whoever acts in person."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from temoin.read.arguments import DONE_TOGETHER, Arguments
from temoin.read.lexicon import Lexicon
from temoin.read.names import Cast
from temoin.read.said import Said, noun_phrase
from temoin.read.sentence import Sentence
from temoin.read.tree import Tree
from temoin.read.triggers import Trigger
from temoin.read.unsaid import Party, Unsaid
from temoin.records import Span

#: Sentences back to whoever a left-out subject may stand for, items of lists between them included.
_AGO = 12
#: Events that are done by their subject, whoever undergoes them.
_DONE = DONE_TOGETHER | {"investigation", "aid", "sanction", "condemnation", "evacuation"}

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


class Voices:
    """Finds who stands behind each claim of one report."""

    def __init__(
        self, text: str, lexicon: Lexicon, sentences: list[Sentence], said: list[Said], cast: Cast, names: dict[int, str | None], unsaid: Unsaid
    ) -> None:
        self.text, self.lexicon, self.sentences, self.said, self.cast, self.names = text, lexicon, sentences, said, cast, names
        self.unsaid = unsaid
        self._near: dict[int, list[Said]] = {}
        begins = [s.start for s in sentences]
        for x in said:
            for n in {x.sentence, *range(max(0, bisect_right(begins, x.start) - 1), bisect_left(begins, x.end))}:
                self._near.setdefault(n, []).append(x)

    def near(self, s: Sentence) -> list[Said]:
        """Return the statements that a sentence makes or is covered by: of a long report these are few."""
        return self._near.get(s.number, [])

    def chain_at(self, s: Sentence, at: int) -> list[Said]:
        covering = [
            x
            for x in self.near(s)
            if x.start <= at < x.end
            and not (x.sentence == s.number and x.cue is not None and s.words[x.cue[0]].start <= at < s.words[x.cue[1] - 1].end)
            or (x.sentence == s.number and x.cue is not None and s.words[x.cue[0]].start < x.start <= at < x.end)  # in the gap of "put … at"
        ]
        covering = sorted(covering, key=lambda x: (self.depth(x, covering), x.end - x.start, x.quote, x.start))
        chain: list[Said] = []
        for x in covering:
            # A cue without a speaker ("it is alleged that") says nothing about who; a quotation inside the clause that
            # reports it is the same speaker's.
            if x.source is None and x.act == "says":
                continue
            if chain and (
                self.names.get(id(x)) is not None
                and self.names.get(id(x)) == self.names.get(id(chain[-1]))
                or self.source_text(x) == self.source_text(chain[-1])
            ):
                if chain[-1].act == "says" and x.act != "says":
                    chain[-1] = x
                continue
            if chain and x.sentence == chain[-1].sentence and x.cue == chain[-1].cue:
                continue
            chain.append(x)
        return chain

    def depth(self, x: Said, others: list[Said]) -> int:
        """Return 0 for a source phrase that stands between a cue and what it says ("X mentions, on the word of Y, …"), else 1."""
        if x.found_by == "cited source":
            return 0
        if x.found_by != "source phrase" or x.cue is None:
            return 1
        at = self.sentences[x.sentence].words[x.cue[0]].start
        home = self.sentences[x.sentence]
        outlet = x.source is not None and any(w.lower in self.lexicon.set("people.outlets") for w in home.words[slice(*x.source)])
        inner = not outlet and any(
            y.sentence == x.sentence
            and y.found_by != "source phrase"
            and y.cue is not None
            and self.sentences[y.sentence].words[y.cue[0]].start < at < y.end - 1
            for y in others
        )
        # «ТАСС со ссылкой на полицию»: a phrase right behind the party of a cue names the one whom that party repeats
        behind = any(y.sentence == x.sentence and y.source is not None and y.source[1] == x.cue[0] for y in others)
        return 0 if inner or behind else 1

    def source_text(self, x: Said) -> str | None:
        return self.sentences[x.sentence].span(*x.source, self.text).text if x.source else None

    def voice(self, s: Sentence, chain: list[Said]) -> Voice:
        if not chain:
            return Voice()
        x = chain[0]
        if x.source is None:
            outer = next((y for y in chain[1:] if y.source is not None), None)
            if outer is None:
                return Voice(said=x)
            # a cue without a subject of its own, as in the items of a list: whoever is over it speaks
            return self.voice(s, [outer, *[y for y in chain if y is not outer and y.source is not None]])
        home = self.sentences[x.sentence]
        span = _without_hyphen(home.span(*x.source, self.text))
        via = None
        if len(chain) > 1 and chain[-1].source is not None:
            relay = self.source_text(chain[-1]) or ""
            pronoun = any(relay.lower() in self.lexicon.set(f"pronouns.{k}") for k in "mfop")
            via = (self.names.get(id(chain[-1])) if pronoun else None) or relay
        if via is None:
            # "dismissed the report as a lie, telling the agency …": whoever spoke told all of it there
            also = (y for y in self.near(home) if y.sentence == x.sentence and y.source == x.source and y.addressee is not None)
            via = next((told for y in (x, *also) if (told := self.told(self.heard(y), y))), None) or self._quoted_in(home, x.source[0])
        return Voice(
            span.text, self.names.get(id(x)) or _bare(span.text, self.lexicon), via, span, home.span(*x.cue, self.text) if x.cue else None, x
        )

    def heard(self, x: Said) -> Sentence:
        """Return the sentence of a cue, in which whoever was told is named."""
        return self.sentences[x.at[0] if x.at is not None else x.sentence]

    def told(self, s: Sentence, x: Said) -> str | None:
        """Return the outlet told, if it is named or is an outlet: not "reporters", nor a person."""
        if x.addressee is None:
            return None
        words = [w.lower for w in s.words[x.addressee[0] : x.addressee[1]]]
        if any(a < x.addressee[1] and b > x.addressee[0] for a, b, _ in s.places) and not any(w in self.lexicon.set("people.outlets") for w in words):
            return None
        if words[-1] in self.lexicon.set("attribution.not_told"):
            return None  # "told reporters": no outlet in particular
        named = any(a < x.addressee[1] and b > x.addressee[0] for a, b in self.cast.runs(s))
        outlet = any(w in self.lexicon.set("people.outlets") for w in words)
        person = any(w in self.lexicon.set("people.persons") for w in words)
        if not (named or outlet) or (person and not outlet):
            return None
        start, stop = x.addressee
        articles = self.lexicon.set("words.articles")
        stop = next(
            (b for a, b in self.cast.runs(s) if a == stop or a == stop + 1 and s.words[stop].lower in articles and s.words[stop].form[0].isupper()),
            stop,
        )  # "the agency | Ostwind", as some parses have it
        while s.tree is not None and start and s.tree.pos[start - 1] in ("ADJ", "NOUN", "PROPN", "DET") and s.tree.head[start - 1] >= start - 1:
            start -= 1  # "state | television"
        return s.span(start, stop, self.text).text

    def _quoted_in(self, s: Sentence, source: int) -> str | None:
        """Return the outlet behind "quoted by", "interviewed by", "cité par", where its sentence names a speaker by that phrase."""
        for h in s.hits:
            if h.entry.kind != "attribution" or h.entry.code != "quoted_in":
                continue
            run = next(((a, b) for a, b in self.cast.runs(s) if h.stop <= a <= h.stop + 3), None)
            words = range(h.stop, min(h.stop + 5, len(s.words)))
            mark = next((i for i in words if s.words[i].form in (",", ".", ";", ":", '"')), words.stop)
            outlet = any(s.words[i].lower in self.lexicon.set("people.outlets") for i in range(h.stop, mark))
            if run is not None and run[0] < mark or outlet:
                stop = max(mark if outlet else 0, run[1] if run is not None and run[0] < mark else 0)
                return s.span(h.stop, stop, self.text).text if not h.stop <= source < stop else None
        return None

    def actor(self, s: Sentence, tree: Tree, t: Trigger, voice: Voice, arguments: Arguments) -> Voice:
        """Return the voice of whoever does the act, where the text names them: who condemns, who is concerned."""
        top = arguments.clause_head(t)
        if voice.text is None and self.unsaid.we(s, tree, top):
            return self.own(s, tree, top, voice)
        who = tree.subject(top) if top is not None else None
        if who is None and voice.text is None and tree.pos[top] == "VERB":
            return self.understood(s, tree, top, voice)
        if who is not None and s.words[who].lower in self.lexicon.set("words.relatives") and tree.dep[top] == "acl:relcl":
            who = tree.head[top]  # "the Vatican, which expresses …"
        if who is not None and any(u.head == who for u in arguments.found):
            return voice  # "the arrest of nine women caused alarm": an arrest condemns nothing
        if who is None or tree.passive(top) and tree.dep[top] not in ("ROOT", "root") or s.words[who].lower in self.lexicon.set("words.relatives"):
            return voice
        if tree.passive(top) and tree.pos[top] == "VERB" and t.role == "verbs":
            agents = tree.kids(top, "obl:agent")
            if not agents:
                return voice
            who = agents[0]
        if who == t.head or who in arguments.heads and tree.pos[who] != "PROPN":
            return voice  # "the killing was met with outrage": nobody in particular
        words = noun_phrase(tree, who)
        span = s.span(*words, self.text)
        name = self.cast.full(s, *words, []) or _bare(span.text, self.lexicon)
        if voice.text is not None and s.words[who].lower in self.lexicon.set("words.first_person"):
            return voice
        if voice.text is not None and voice.name != name:
            # told by somebody else: the act's doer is the claimant only where the report itself tells it
            return voice
        return Voice(span.text, name, voice.via or self._quoted_in(s, words[0]), span, voice.cue, voice.said)

    def undertaker(self, s: Sentence, tree: Tree, t: Trigger, voice: Voice, arguments: Arguments, top: int) -> Voice:
        """Return the voice of whoever will do it, in a report's own future: "the government will pay". top: the verb of the future."""
        if voice.text is None and self.unsaid.we(s, tree, top):
            return self.own(s, tree, top, voice)
        who = tree.subject(top)
        if who is None and t.event in DONE_TOGETHER and self._human_noun(s, tree, arguments.patient(t) or top):
            who = arguments.patient(t)  # "Vor der Botschaft wollen Unterstützer demonstrieren"
        if who is None and voice.text is None and t.event in DONE_TOGETHER:
            return self.understood(s, tree, top, voice)
        does = t.event in _DONE and s.words[top].lower not in self.lexicon.set("words.receiving")
        if who is None or tree.passive(top) or (who == arguments.patient(t) and not does):
            return voice
        words = noun_phrase(tree, who)
        named = (who, *tree.kids(who, "flat", "flat:name", "appos", "compound", "amod", "nmod:poss", "conj"))
        lowers = {s.words[i].lower for i in named}  # "the trial of eleven students will open": the students do nothing
        acts = any(
            w in self.lexicon.set("people.authorities") or w in self.lexicon.set("people.organisations") or w in self.lexicon.set("people.persons")
            for w in lowers
        )
        acts = acts or s.words[who].lower in self.lexicon.set("words.humans") or self._human_noun(s, tree, who)
        pronoun = words[1] - words[0] == 1 and tree.pos[who] == "PRON"
        if not acts and not pronoun and not any(a <= who < b for a, b in self.cast.runs(s)):
            # "recurrirá la sentencia", where the parser takes what stands behind for the subject
            return self.understood(s, tree, top, voice) if who > top and t.event in DONE_TOGETHER and voice.text is None else voice
        span = s.span(*words, self.text)
        return Voice(span.text, self.cast.full(s, *words, self.speakers(s)) or _bare(span.text, self.lexicon), voice.via, span, voice.cue, voice.said)

    def own(self, s: Sentence, tree: Tree, verb: int, voice: Voice) -> Voice:
        """Return the voice of the body in whose name the text is written, for what it does as "we": by that word where it is there."""
        word = self.unsaid.pronoun(s, tree, verb)
        if word is not None:
            span = s.span(word, word + 1, self.text)
            return Voice(span.text, self.unsaid.own_name or span.text, voice.via, span, voice.cue, voice.said)
        return self._party(self.unsaid.own, voice)

    def understood(self, s: Sentence, tree: Tree, verb: int, voice: Voice) -> Voice:
        """Return the voice of the subject that a verb leaves out, where the language does so ("No se rinde: apelará en enero")."""
        if s.quote[verb] >= 0 or not tree.has(verb, "VerbForm=Fin") or not self.lexicon.flag("words.prodrop"):
            return voice
        before = sorted(
            (x for x in self.said if 0 < s.number - x.sentence <= _AGO and not x.quote), key=lambda x: (x.sentence, x.cue[0] if x.cue else -1)
        )
        return self._party(self.unsaid.behind(s, tree, verb, before), voice)

    def _party(self, party: Party | None, voice: Voice) -> Voice:
        if party is None:
            return voice
        number, words = party
        home = self.sentences[number]
        span = home.span(*words, self.text)
        return Voice(span.text, self.cast.full(home, *words, []) or _bare(span.text, self.lexicon), voice.via, span, voice.cue, voice.said)

    def _human_noun(self, s: Sentence, tree: Tree, i: int) -> bool:
        endings: tuple[str, ...] = tuple(self.lexicon.table["words"].get("human_suffixes", ()))
        return tree.pos[i] == "NOUN" and len(s.words[i].lower) > 4 and s.words[i].lower.endswith(endings)

    def speakers(self, s: Sentence) -> Speakers:
        return [(x.sentence, name) for x in self.said if x.sentence < s.number and (name := self.names.get(id(x)))]

    def verb_subject(self, s: Sentence, tree: Tree, i: int, voice: Voice) -> Voice:
        top = tree.clause(i)
        who = tree.subject(top)
        if who is None or not tree.dep[who] or s.words[who].lower in self.lexicon.set("blanket.subjects"):
            return voice
        words = noun_phrase(tree, who)
        if not any(
            w.lower in self.lexicon.set("people.persons") or w.lower in self.lexicon.set("people.authorities") for w in s.words[words[0] : words[1]]
        ) and not any(a <= who < b for a, b in self.cast.runs(s)):
            return voice
        span = s.span(*words, self.text)
        return Voice(span.text, self.cast.full(s, *words, self.speakers(s)) or _bare(span.text, self.lexicon), None, span)


def _without_hyphen(span: Span) -> Span:
    """Return a French pronoun behind its verb ("dit-elle", "a-t-il") without its hyphens."""
    bare = re.sub(r"^[-‐‑](?:t[-‐‑])?", "", span.text)
    return Span(start=span.end - len(bare), end=span.end, text=bare)


def _bare(name: str, lexicon: Lexicon) -> str:
    """Return a party's words without the article before them, or what a compound of telling says of it."""
    first, _, rest = name.partition(" ")
    for ending in lexicon.table["attribution"].get("party_endings", ()):
        if not rest and name.endswith(ending) and len(name) > len(ending) + 2:
            return name[: -len(ending)]  # "Polizeiangaben": the police
    return rest if rest and first.lower() in lexicon.set("words.articles") else name
