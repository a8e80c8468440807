"""Who speaks in a quotation that no verb of saying leads in: 'Marta Kovel lowers her voice. "They took my brother."'

Features set the speaker before the eye and let them talk. The sentence right before the quotation, in its own paragraph, is about
them: it opens with their name, their role behind an article, or a pronoun for one person. A claim found so is never sure.
"""

from __future__ import annotations

from temoin.read.names import Cast
from temoin.read.quotes import Quote
from temoin.read.said import Said
from temoin.read.sentence import Sentence

RULE = "quotation after whom it introduces"
_LATEST = 3  # words before the name that the sentence opens with ("For Lena Ost, it began …")


def introduced(q: Quote, s: Sentence, sentences: list[Sentence], cast: Cast) -> Said | None:
    """Return a statement by the person whom the sentence before a quotation is about; None where the quotation opens no sentence or
    that sentence is about nobody in particular."""
    opens = s.start >= q.outer_start - 1 and s.start <= q.start
    if not opens or s.number == 0:
        return None
    before = sentences[s.number - 1]
    if before.paragraph != s.paragraph or before.words[-1].form == "?" or any(i >= 0 for i in before.quote):
        return None
    source = _person(before, cast)
    return Said(before.number, source, None, "says", q.start, q.end, RULE, source[1] - 1) if source is not None else None


def _person(s: Sentence, cast: Cast) -> tuple[int, int] | None:
    lexicon = cast.lexicon
    places = {i for a, b, _ in s.places for i in range(a, b)}
    for start, stop in cast.runs(s):
        named = next((n for n in cast.names if n.text == " ".join(w.form for w in s.words[start:stop])), None)
        if start <= _LATEST and start not in places and cast.may_be_person(named, s, start, stop):
            return start, stop
    first = s.words[0].lower
    if any(first in lexicon.set(f"pronouns.{kind}") for kind in ("m", "f")) and first not in lexicon.set("pronouns.possessive"):
        return 0, 1
    if first in lexicon.set("words.articles") and len(s.words) > 2:
        role = next((i for i in (1, 2) if s.words[i].lower in lexicon.set("people.persons")), None)
        return (0, role + 1) if role is not None else None
    return None
