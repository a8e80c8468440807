"""Whether a word of saying is used as a verb, and how its verb phrase is built: auxiliaries, clitics, participles.

Small parsers take verbs for nouns and nouns for verbs; the lexicon's verbs and the words around them are trusted before the tree is.
"""

from __future__ import annotations

from temoin.read.addressees import Addressees
from temoin.read.casework import parted_infinitives
from temoin.read.lexicon import Hit, Lexicon
from temoin.read.sentence import Sentence
from temoin.read.tree import Tree

#: Marks that set a cue and its subject off from what is said.
MARKS = (",", '"', "-", "--", "?", "!")


class CueVerbs(Addressees):
    """Tells verbs of saying from what looks like them, on top of who is told. lexicon: of the language."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(lexicon)
        self.negation = lexicon.set("words.negation")
        self.complementizers = lexicon.set("words.complementizers")
        self.relatives = lexicon.set("words.relatives")
        self.tell = lexicon.set("attribution.tell")
        self.to = lexicon.set("attribution.addressee")
        self.by = lexicon.set("words.by")
        self.auxiliaries = lexicon.set("words.auxiliaries")
        self.conjunctions = lexicon.set("words.and")
        self.no_party = lexicon.set("attribution.no_party")
        self.impersonal = lexicon.set("words.impersonal")
        self.first_person = lexicon.set("words.first_person")
        self.confirming = lexicon.set("words.confirming")
        self._parted_infinitive = parted_infinitives(lexicon)

    def _mark(self, s: Sentence, i: int) -> bool:
        """Say whether a mark sets a cue off; the hyphen of "Tehran-based" does not."""
        w = s.words
        joined = w[i].form == "-" and 0 < i < len(w) - 1 and w[i - 1].end == w[i].start and w[i].end == w[i + 1].start
        return w[i].form in MARKS and not joined and not (w[i].form == '"' and any(i in pair for pair in s.quoted_names))

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
            if s.words[i].form in (*MARKS, ";", ":"):
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
        if self.lexicon.flag("words.nouns_are_capitals") and s.words[first].form[0].isupper() and first and s.words[first - 1].form[0].isalnum():
            return False  # a capital inside a sentence makes a noun: "hat Berichte zurückgewiesen"
        if self.lexicon.flag("words.cues_are_verbs"):
            return True  # no other word has these endings
        if self._nominal(s, tree, first, hit.stop):
            return False
        after_auxiliary = self._after_auxiliary(s, tree, first)
        if hit.stop - first > 1 and (tree.pos[first] in ("VERB", "AUX") or tree.pos[v] == "VERB"):
            return True
        if self.lexicon.flag("words.cues_before_that") and first > 2 and s.words[first - 1].form in (",", '"') and s.words[first].form.islower():
            after = s.words[min(hit.stop, len(s.words) - 1)]  # ", soupire son frère", whatever the parser takes it for
            if after.lower in self.lexicon.set("words.articles") or after.form[0].isupper() or after.lower in self.lexicon.set("pronouns.possessive"):
                return True
        if tree.dep[first] in ("amod", "compound", "aux", "case") and not after_auxiliary:
            return tree.pos[first] in ("ADV", "ADJ", "NOUN") and self._bare(s, tree, first)
        if tree.pos[first] in ("VERB", "AUX"):
            return True
        if (
            tree.pos[first] == "NOUN"
            and tree.dep[first] in ("obj", "obl", "nmod")
            and 0 <= tree.head[first] < first - 1
            and tree.kids(first, "compound")
        ):
            return False  # "covered land disputes"
        if hit.entry.code == "denies" and first and s.words[first].form.islower() and tree.pos[first - 1] in ("NOUN", "PROPN", "PRON", "ADV"):
            return s.words[first - 1].lower not in self.lexicon.set("words.articles")  # forms of denying are seldom anything else
        return after_auxiliary or self._like_a_verb(tree, first) or self._bare(s, tree, first)

    def _nominal(self, s: Sentence, tree: Tree, i: int, stop: int) -> bool:
        """Say whether a word is a noun by its neighbours: behind an article, an adjective, a mark or "that", and before "of" or "that"."""
        if i == 0 or stop >= len(s.words) or stop - i > 1 or tree.pos[i] == "AUX":
            return False
        before, behind = s.words[i - 1], s.words[stop].lower
        opened = (
            before.form == '"'
            or before.lower in self.complementizers
            or before.lower in self.lexicon.set("words.articles")
            or tree.pos[i - 1] == "DET"
        )
        return opened and (behind in self.lexicon.set("words.of") or behind in self.complementizers)

    def _bare(self, s: Sentence, tree: Tree, i: int) -> bool:
        """Say whether a word in lower case stands where a finite verb may: after a noun, a name, a pronoun, a comma or "and"."""
        if not s.words[i].form[0].islower() or i == 0 or s.words[i - 1].lower in self.lexicon.set("words.articles"):
            return False
        if i + 1 < len(s.words) and s.words[i + 1].form in (".", ",", ";"):
            return False
        if tree.pos[i] == "NOUN" and tree.pos[i - 1] in ("NOUN", "PROPN") and any(q[0] == i + 1 for q in s.quantities):
            return True  # "Rights group counts more than 1,300 arrests"
        return (
            (tree.pos[i - 1] in ("NOUN", "PROPN", "PRON") or s.words[i - 1].form[0].isupper())
            and tree.pos[i] in ("ADJ", "ADV", "X")
            or (tree.pos[i - 1] in ("CCONJ", "PUNCT", "ADV") and tree.pos[i] in ("ADJ", "X"))
        )

    def _after_auxiliary(self, s: Sentence, tree: Tree, v: int) -> bool:
        """Say whether a participle stands behind its auxiliary, adverbs between, whatever the tree makes of it ("have both repeatedly denied")."""
        i = v - 1
        while i >= 0 and v - i <= 4 and tree.pos[i] in ("ADV", "CCONJ", "PART"):
            i -= 1
        return i >= 0 and tree.pos[i] == "AUX"

    def _like_a_verb(self, tree: Tree, v: int) -> bool:
        return any(tree.dep[c] in ("nsubj", "ccomp", "aux", "obj") for c in tree.children[v]) or tree.dep[v] in ("parataxis", "ROOT", "root")
