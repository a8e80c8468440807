"""Beside a speaker: whoever is told, and the body from which something is said."""

from __future__ import annotations

from temoin.read.lexicon import Lexicon
from temoin.read.sentence import Sentence
from temoin.read.tree import Tree


class Addressees:
    """Finds whoever is told, and bodies that speak without being a subject. lexicon: of the sentence's language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def _from_a_place(self, s: Sentence, tree: Tree, v: int) -> int | None:
        """Return the body from which something is said with no subject: «в министерстве заявили», Spanish "desde el ministerio aseguran"."""
        prepositions = self.lexicon.set("words.locative_sources")
        bodies = [self.lexicon.set(f"people.{k}") for k in ("authorities", "organisations", "outlets")]
        for c in tree.kids(v, "obl", "nmod", "obj"):
            if any(s.words[k].lower in prepositions for k in tree.kids(c, "case")) and any(s.words[c].lower in b for b in bodies):
                return c
        return None

    def _dative(self, s: Sentence, tree: Tree, i: int) -> bool:
        """Say whether a noun phrase without a preposition is a dative, by relation, form or article; where a language has such articles."""
        articles = self.lexicon.set("words.dative_articles")
        marked = any(tree.has(k, "Case=Dat") or s.words[k].lower in articles for k in (i, *tree.kids(i, "det")))
        return bool(articles) and not tree.kids(i, "case") and (marked or tree.dep[i] == "obl")

    def _past_addressee(self, s: Sentence, tree: Tree, start: int, stop: int) -> int:
        """Return where whoever was told ends, behind a cue, in a language with cases: «рассказала изданию "Восход" сестра задержанного»."""
        if not self.lexicon.flag("words.cues_are_verbs") or not tree.has(start, "Case=Dat"):
            return start
        i = start + 1
        i = next((b + 1 for a, b in s.quoted_names if a == i), i)
        return i if i < stop and tree.pos[i] in ("NOUN", "PROPN", "X", "ADJ") and tree.pos[start] == "NOUN" else start
