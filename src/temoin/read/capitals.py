"""Capitals: words of bodies' names, and, in a language that writes every noun with one, which of those that no parser has seen are names."""

from __future__ import annotations

from temoin.read.lexicon import Lexicon
from temoin.read.sentence import Sentence

#: Words of English names of bodies, which keep them in every language ("Human Rights Watch", "Amnesty International").
BODIES = frozenset(
    "rights watch international amnesty network initiative front foundation fund institute press union monitor project without nations memorial "
    "centre center desk line alliance committee council federation association society league group house office agency news times post gazette "
    "herald radio tv".split()
)
_SMALL = ("words.articles", "words.time_prepositions", "words.opening", "words.first_person", "words.relatives", *(f"pronouns.{k}" for k in "mfop"))
_ROLES = ("people.persons", "people.organisations", "people.authorities", "people.outlets")


def one_of_two(s: Sentence, i: int, lexicon: Lexicon) -> bool:
    """Say whether a word is one of two capitals in a row, neither a number, a small word nor a role: "Kofi Mensah hat …"."""

    def plain(k: int) -> bool:
        if not 0 <= k < len(s.words) or not s.words[k].form[0].isupper() or any(a <= k < b for a, b, _ in (*s.quantities, *s.times)):
            return False
        w = s.words[k].lower
        role = any(w in lexicon.set(path) for path in _ROLES) and w not in lexicon.set("people.titles")
        return not role and not any(w in lexicon.set(path) for path in _SMALL)

    return plain(i) and (plain(i - 1) or plain(i + 1))
