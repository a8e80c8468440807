"""What can be the subject of a verb of speech: somebody or some body that speaks, and that agrees with the verb."""

from __future__ import annotations

from temoin.read.cueverbs import CueVerbs
from temoin.read.said import noun_phrase
from temoin.read.sentence import Sentence
from temoin.read.tree import SUBJECTS, Tree


class Subjects(CueVerbs):
    """Tests the subjects that a tree gives to cues, on top of what is a verb of saying."""

    def _our_own(self, s: Sentence, tree: Tree, v: int, subject: int | None) -> bool:
        """Say whether a verb's ending says "we" while the word taken for its subject does not."""
        endings = tuple(self.lexicon.table["words"].get("we_endings", ()))
        finite = (v, *(c for c in tree.children[v] if tree.dep[c].startswith("aux")))
        if not endings or not any(s.words[c].lower.endswith(endings) and tree.pos[c] in ("VERB", "AUX") for c in finite):
            return False
        return subject is None or s.words[subject].lower not in self.lexicon.set("words.we")

    def _thing(self, s: Sentence, tree: Tree, i: int) -> bool:
        """Say whether a cue's subject is a thing that tells nothing ("elements that allow to confirm it"): no role, body, document, person or name.
        Only asked where a language leaves subjects out, so that a parser takes what stands near for one."""
        if not self.lexicon.flag("words.prodrop") or tree.pos[i] not in ("NOUN", "VERB", "ADJ", "SCONJ") or s.words[i].lower in self.relatives:
            return False
        first, stop = noun_phrase(tree, i)
        if self._speaks(s, tree, first, stop) or any(w.form[0].isupper() and k + first > 0 for k, w in enumerate(s.words[first:stop])):
            return False
        word = s.words[i].lower
        human = word in self.lexicon.set("words.humans") or word in self.lexicon.set("gate.groups") or word in self.lexicon.set("people.persons")
        endings = tuple(self.lexicon.table["words"].get("human_suffixes", ()))
        known = human or word in self.lexicon.set("blanket.subjects") or (len(word) > 4 and word.endswith(endings))
        return not known and not any(a <= k < b for a, b, _ in s.quantities for k in range(first, stop))

    def _speaks(self, s: Sentence, tree: Tree, start: int, stop: int) -> bool:
        """Say whether some words name somebody who can speak: a pronoun, a name, a role, a body, an outlet, an authority."""
        for i in range(start, stop):
            w = s.words[i]
            if i == start and tree.pos[i] == "ADP":
                return False
            if any(
                w.lower in self.lexicon.set(f"people.{k}") for k in ("persons", "organisations", "authorities", "outlets")
            ) or w.lower in self.lexicon.set("attribution.quotative_nouns"):
                return True
            paired = self.lexicon.flag("words.nouns_are_capitals") and i + 1 < stop and s.words[i + 1].form[0].isupper()
            capital = i > 0 and not self.lexicon.flag("words.nouns_are_capitals")  # "prévient la Banque centrale"
            named = tree.pos[i] == "PROPN" or paired or capital  # "teilte Offene Zeile mit": two capitals in a row are a name
            if named and w.form[0].isupper() or i == start and any(w.lower in self.lexicon.set(f"pronouns.{k}") for k in "mfop"):
                return True
        return False

    def _outer_subject(self, s: Sentence, tree: Tree, v: int, subject: int) -> int | None:
        """Return who speaks where a verb was hung on the inside of what the speaker said before ("says that four are held and rules out …"):
        a subject that does not agree with the verb, or is a bare pronoun of a relative clause, gives way to that of a verb further up."""
        if tree.dep[v] != "conj" or any(tree.dep[c] in SUBJECTS for c in tree.children[v]):
            return subject
        relative = s.words[subject].lower in self.relatives and tree.pos[tree.head[tree.head[subject]]] in ("PRON", "DET")
        if not relative and not self._disagree(tree, v, subject):
            return subject
        for up in tree.above(v):
            if tree.pos[up] != "VERB":
                continue
            other = tree.subject(up)
            if other is not None and other != subject and not self._disagree(tree, v, other) and self._speaks(s, tree, *noun_phrase(tree, other)):
                return other
        return subject if relative else None  # whoever spoke before in this sentence goes on

    def _disagree(self, tree: Tree, v: int, subject: int) -> bool:
        if tree.pos[subject] not in ("NOUN", "PRON"):
            return False
        plural, single = tree.has(subject, "Number=Plur"), tree.has(subject, "Number=Sing")
        return (tree.has(v, "Number=Sing") and plural) or (tree.has(v, "Number=Plur") and single and not tree.kids(subject, "conj", "nmod"))

    def _named_aside(self, s: Sentence, tree: Tree, relative: int) -> tuple[int, int] | None:
        """Return the name set off right before a relative pronoun, which was taken out before parsing: "the chancellor, Moses Kabuye, who said"."""
        last = relative - 1
        if last < 2 or s.words[last].form != "," or tree.dep[last] or s.words[relative].lower in self.complementizers:
            return None
        first = last
        while first > 0 and not tree.dep[first - 1] and s.words[first - 1].form != "," and s.words[first - 1].form[0].isupper():
            first -= 1
        return (first, last) if first < last else None
