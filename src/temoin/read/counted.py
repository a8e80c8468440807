"""The noun that a number counts: "more than 60 gay men", "20 humanitarian visas", «четырнадцать общинных лидеров».

Found by the look of the words behind the number, with a language's table of nouns; modest on purpose: where no noun is plain to see,
there is None, never a guess across a verb or a mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from temoin.read.bounds import Token
from temoin.read.numerals import spelled

_MOST_WORDS = 3


class Nouns:
    """The nouns of one language that reports count, and how others are known, from its table `numbers`."""

    def __init__(self, table: dict[str, Any]) -> None:
        nouns = table.get("nouns", {})

        def words(name: str) -> frozenset[str]:
            return frozenset(spelled(nouns.get(name, [])))

        self.people, self.toll, self.inverted = words("people"), words("toll"), words("inverted")
        self._stop, self._preposed, self._irregular = words("stop"), words("before"), words("irregular")
        self._skip = words("skip") | frozenset(spelled(table.get("link", [])))
        self._plural = tuple(nouns.get("plural", ""))
        self._capitalised: bool = nouns.get("capitalised", False)
        self._adjectives_first: bool = nouns.get("adjectives_first", False)
        self._adjective_ends = tuple(nouns.get("adjective_ends", []))

    def follow(self, after: Sequence[Token]) -> bool:
        """Say whether a noun that is certainly counted follows, with no more than two adjectives before it."""
        words = [t.text for t in after[:3]]
        return any(w in self.people for w in words[: 1 + sum(w in self._preposed for w in words[:2])])

    def counted(self, text: str, at: int, after: Sequence[Token], single: bool) -> str | None:
        """Return the noun behind a number that ends at `at`, as written, with the adjectives before it; None where none is seen.

        single: the number is one, so that no plural can be asked for.
        """
        words: list[Token] = []
        for token in after[:5]:
            passed = text[at : token.start].strip()
            at = token.end
            if not words and not passed and token.text in self._skip:
                continue
            if passed or len(token.text) < 3 or not token.text[0].isalpha() or token.text in self._stop:
                break
            words.append(token)
            if self._is_noun(text, token, single):
                return text[words[0].start : token.end]
            adjective = token.text in self._preposed or token.text.endswith(self._adjective_ends)
            if len(words) == _MOST_WORDS or not (self._capitalised or adjective or (self._adjectives_first and len(words) < 2)):
                break
        if words and self._adjective_ends and not self._capitalised:
            return text[words[0].start : words[0].end]  # a participle that stands for people: «арестованных»
        return None

    def _is_noun(self, text: str, token: Token, single: bool) -> bool:
        if token.text in self.people or token.text in self._irregular:
            return True
        if token.text in self._preposed:
            return False
        if self._capitalised:
            return text[token.start].isupper()
        if self._adjective_ends and token.text.endswith(self._adjective_ends):
            return False
        return len(token.text) > 3 and (not self._plural or (not single and token.text.endswith(self._plural)))
