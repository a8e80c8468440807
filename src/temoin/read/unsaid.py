"""Speakers whom a sentence leaves unsaid: the subject that Spanish and Portuguese drop ("añadió que …"), and whoever "we" is.

A dropped subject is whoever spoke last and agrees with the verb, else the named person whom the lines before are about. "We" outside of
quotations is the body in whose name a text is written: what it demands or promises is that body's, what it tells is the text's own voice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from temoin.read.lexicon import Lexicon
from temoin.read.name import Name
from temoin.read.names import Cast
from temoin.read.said import Said
from temoin.read.sentence import Sentence
from temoin.read.tree import SUBJECTS, Tree

_BACK = 3  # sentences between a left-out subject and whoever it stands for
_RECENT = 60  # statements among which a left-out subject is sought
_LISTED = 12  # the same, items of lists between them included
_ROLE = 4  # words before a name that opens a sentence ("El escritor y poeta X")
_LONGEST_PARTY = 8  # words of "we are …"
_HEAD = 4  # sentences in which a text says who writes it

Party = tuple[int, tuple[int, int]]  # sentence number, words


class Unsaid:
    """Who is meant in one report where nobody is named. outlet: who published it, where that is known."""

    def __init__(self, sentences: list[Sentence], lexicon: Lexicon, cast: Cast, outlet: str | None = None) -> None:
        self.sentences, self.lexicon, self.cast, self.outlet = sentences, lexicon, cast, outlet
        self._endings = tuple(lexicon.table["words"].get("we_endings", ()))

    def pronoun(self, s: Sentence, tree: Tree, i: int) -> int | None:
        """Return the word "we" that is the subject of a verb, None where another word or none is."""
        subject = tree.subject(i)
        return subject if subject is not None and s.words[subject].lower in self.lexicon.set("words.we") else None

    @property
    def own_name(self) -> str | None:
        """Return the name of the body in whose name the text is written."""
        if self.own is None:
            return None
        number, (start, stop) = self.own
        return " ".join(w.form for w in self.sentences[number].words[start:stop])

    def we(self, s: Sentence, tree: Tree, i: int) -> bool:
        """Say whether a verb outside of quotations has "we" for its subject, as a word or in its ending ("exigimos", "hemos pedido")."""
        if s.quote[i] >= 0:
            return False
        subject = tree.subject(i)
        if subject is not None and s.words[subject].lower in self.lexicon.set("words.we"):
            return True
        finite = [i, *(c for c in tree.children[i] if tree.dep[c].startswith("aux") or tree.dep[c] == "cop")]
        return any(s.words[c].lower.endswith(self._endings) and tree.pos[c] in ("VERB", "AUX") for c in finite) if self._endings else False

    @cached_property
    def own(self) -> Party | None:
        """Return the body in whose name the text is written: the outlet where it is named, else the body named most that its first lines name."""
        for s in self.sentences[: 2 * _HEAD]:
            at = next((i for i, w in enumerate(s.words) if w.lower in self.lexicon.set("words.we_are") and s.quote[i] < 0), None)
            if at is not None:
                number = next((b for a, b, _ in s.quantities if a <= at + 1 < b), at + 1)
                stop = next((i for i in range(number, len(s.words)) if s.words[i].form in (",", ".", ";", ":", "(")), len(s.words))
                if 0 < stop - number <= _LONGEST_PARTY:
                    return s.number, (number, stop)
        bodies = [n for n in self.cast.names if n.person is not True and not self._heading(n)]
        if self.outlet:
            wanted = set(self.outlet.lower().split())
            named = [n for n in bodies if set(n.words) <= wanted or wanted <= set(n.words)]
            if named:
                return self._party(named[0].first, len(named[0].text.split()))
        bodies = [n for n in bodies if n.first[0] < _HEAD and self._acts(n)]
        heads = [n for n in bodies if n.person is False] or bodies
        best = max(heads, key=lambda n: (len(n.mentions), -n.first[0], -n.first[1]), default=None)
        return self._party(best.first, len(best.text.split())) if best is not None else None

    def _heading(self, name: Name) -> bool:
        """Say whether a name is none but a heading in capitals ("LETTERS", "PRESS RELEASE")."""
        line = self.sentences[name.first[0]]
        shouted = all(w.form.isupper() for w in line.words if w.form[0].isalpha())
        if line.headline and len(name.mentions) == 1 and sum(w.form[0].isalnum() for w in line.words) <= len(name.text.split()):
            return True  # "Communiqué" on a line of its own
        return name.text.isupper() and (len(name.text) > 12 or shouted and len(name.mentions) == 1)

    def _acts(self, name: Name) -> bool:
        """Say whether a body does something in the first lines, or is named in a line above them without a clause ("Statement by the X network")."""
        size = len(name.text.split())
        for number, at in name.mentions:
            s = self.sentences[number]
            if number >= 2 * _HEAD:
                break
            if number < _HEAD and (s.headline or at <= _ROLE):
                return True  # a line of its own, or the first words of a sentence
            if s.tree is not None and any(s.tree.dep[i] in SUBJECTS for i in range(max(0, at - 2), min(len(s.words), at + size))):
                return True
        return False

    def _party(self, first: tuple[int, int], size: int) -> Party:
        number, at = first
        return number, (at, min(len(self.sentences[number].words), at + size))

    def filled(self, said: list[Said], trees: dict[int, Tree], answers: Iterable[Said], spoken: Iterable[Said] = ()) -> list[Said]:
        """Return the statements with the speakers that were left out, in text order; "we" report in the text's own voice, and so not at all.

        answers: what an interviewed person says; "we" in it is theirs. spoken: what else is said, by whom a subject may be left out.
        """
        interviewed = [(x.start, x.end) for x in answers]
        prodrop = self.lexicon.flag("words.prodrop")
        got: list[Said] = []
        for x in sorted(said, key=lambda x: (x.sentence, x.cue[0] if x.cue else -1)):
            tree = trees.get(x.sentence)
            if x.cue is None or tree is None or x.passive or x.found_by == "source phrase":
                got.append(x)
                continue
            s = self.sentences[x.sentence]
            at = s.words[x.cue[0]].start
            inside = any(a <= at < b for a, b in interviewed)
            if self.we(s, tree, x.cue[0]) and not inside:
                got += self._of_own(x, s)
            elif x.source is None and prodrop and not inside and s.quote[x.cue[0]] < 0:
                before = [y for y in spoken if y.sentence <= x.sentence and not y.quote]
                got.append(self._understood(x, s, tree, sorted([*before, *got], key=lambda y: y.sentence) if before else got))
            else:
                got.append(x)
        return got

    def _of_own(self, x: Said, s: Sentence) -> list[Said]:
        if x.source is not None:
            hearing = x.own_cue.split(" ")[0] in self.lexicon.set("attribution.hearing") and s.words[x.source[0]].lower in self.lexicon.set(
                "words.we"
            )
            return [] if hearing else [x]  # the word itself stands there; whose it is, is for the names; but a newsroom "knows" in its own voice
        if x.act == "says":
            return []
        if self.own is None:
            return [x]
        number, words = self.own
        return [Said(number, words, None, x.act, x.start, x.end, x.found_by, words[0], None, x.negated, x.own_cue)]

    def _understood(self, x: Said, s: Sentence, tree: Tree, before: list[Said]) -> Said:
        """Give a cue without a subject the speaker before it, or the person whom the sentences before are about."""
        assert x.cue is not None
        last = self._speaker_before(s, tree, x.cue[0], before)
        if last is not None:
            return replace(x, sentence=last.sentence, source=last.source, cue=last.cue, head=last.head, at=(x.sentence, x.cue))
        party = self._protagonist(s, tree, x.cue[0])
        if party is None:
            return x
        number, words = party
        return replace(x, sentence=number, source=words, cue=None, head=words[0], at=(x.sentence, x.cue))

    def behind(self, s: Sentence, tree: Tree, verb: int, before: list[Said]) -> Party | None:
        """Return whom a verb without a subject stands for: the last speaker that agrees with it, else the person whom the text is about."""
        last = self._speaker_before(s, tree, verb, before)
        if last is not None and last.source is not None:
            return last.sentence, last.source
        return self._protagonist(s, tree, verb)

    def _speaker_before(self, s: Sentence, tree: Tree, verb: int, before: list[Said]) -> Said | None:
        before = before[-_RECENT:]
        for last in reversed(before):
            if last.source is None or not self._near(s, self.sentences[last.sentence]) or last.sentence == s.number and last.cue == (verb, verb + 1):
                continue
            if last.sentence < s.number and self._told_by_another(last, before):
                continue  # "X said that Y had denied it. He added …": X goes on
            if not self._disagree(s, tree, verb, last):
                return last
        return None

    def _told_by_another(self, x: Said, others: list[Said]) -> bool:
        """Say whether a statement stands inside what somebody else says in the same sentence."""
        if x.cue is None:
            return False
        at = self.sentences[x.sentence].words[x.cue[0]].start
        return any(
            y.sentence == x.sentence and y.source is not None and y.source != x.source and y.cue != x.cue and y.start <= at < y.end for y in others
        )

    def _near(self, s: Sentence, other: Sentence) -> bool:
        between = [x for x in self.sentences[other.number + 1 : s.number] if not x.bullet] if s.number - other.number <= _LISTED else []
        paragraphs = {x.paragraph for x in between} - {s.paragraph, other.paragraph}
        return s.number - other.number <= _LISTED and len(between) < _BACK and not paragraphs

    def _plural(self, s: Sentence, tree: Tree, i: int) -> bool:
        finite = [i, *(c for c in tree.children[i] if tree.dep[c].startswith("aux"))]
        return any(tree.has(c, "Number=Plur") and tree.has(c, "VerbForm=Fin") for c in finite)

    def _disagree(self, s: Sentence, tree: Tree, verb: int, last: Said) -> bool:
        """Say whether a verb's number rules a speaker out; a body may take either."""
        home = self.sentences[last.sentence]
        if home.tree is None or last.source is None or not 0 <= last.head < len(home.words):
            return False
        head = home.words[last.head].lower
        if any(head in self.lexicon.set(f"people.{k}") for k in ("organisations", "authorities", "outlets")):
            return False
        several = home.tree.has(last.head, "Number=Plur") or bool(home.tree.kids(last.head, "conj"))
        single = home.tree.has(last.head, "Number=Sing") or home.tree.pos[last.head] == "PROPN"
        plural = self._plural(s, tree, verb)
        return several and not plural or single and not several and plural

    def _protagonist(self, s: Sentence, tree: Tree, verb: int) -> Party | None:
        """Return the named person who is the subject of a clause shortly before, if the verb is of one person; not those whom something befell."""
        if self._plural(s, tree, verb):
            return None
        people = {n.words for n in self.cast.names if n.person is True}
        for other in reversed(self.sentences[max(0, s.number - _BACK) : s.number]):
            if not self._near(s, other):
                continue
            if other.tree is None:
                opening = next((r for r in self.cast.runs(other) if r[0] <= _ROLE and self._known(other, r, people)), None)
                if opening is not None:
                    return other.number, opening  # nothing else of that sentence was read: its first words are what it is about
                continue
            events = {h.start for h in other.hits if h.entry.kind == "event"}
            for a, b in self.cast.runs(other):
                i = next((i for i in range(a, b) if other.tree.dep[i] in SUBJECTS), None)
                if i is None or other.quote[i] >= 0 or other.tree.head[i] in events or other.tree.passive(other.tree.head[i]):
                    continue
                if self._known(other, (a, b), people):
                    return other.number, (a, b)
        return None

    def _known(self, s: Sentence, run: tuple[int, int], people: set[tuple[str, ...]]) -> bool:
        last = s.words[run[1] - 1].lower
        return any(last == p[-1] for p in people)
