"""Is this a story of ours at all? Sport, weather, business and everyday crime share our words; a report must earn its claims."""

from __future__ import annotations

from collections.abc import Iterable

from temoin.read.lexicon import Lexicon
from temoin.read.sentence import Sentence

#: Words of rights that stand for somebody persecuted where nobody is named as such.
_RIGHTS_ENOUGH = 3
#: How much several words of hazards outweigh ours; a single one may be a mere detail.
_HAZARD = 1.5


def relevant(sentences: Iterable[Sentence], lexicon: Lexicon) -> bool:
    """Say whether a report tells of a persecution rather than of sport, weather, business, crime or accidents.

    An event must be told and somebody persecuted, or a word of rights, must occur. Where words of hazards occur as well, somebody persecuted
    must be named (or rights three times), and these words, with institutions at half, must outweigh the hazards, several of them by half. Every
    word counts once. What is told does not weigh: sport and business use all our words.
    """
    groups, rights, institutions, hazards = (lexicon.set(f"gate.{k}") for k in ("groups", "rights", "institutions", "hazards"))
    seen: dict[str, set[str]] = {"groups": set(), "rights": set(), "institutions": set(), "hazards": set()}
    told = False
    for s in sentences:
        told = told or any(h.entry.kind == "event" for h in s.hits)
        for w in s.words:
            word = w.lower
            if word in hazards:
                seen["hazards"].add(word)
            elif word in groups:
                seen["groups"].add(word)
            elif word in rights:
                seen["rights"].add(word)
            elif word in institutions:
                seen["institutions"].add(word)
    ours, theirs = len(seen["groups"]) + len(seen["rights"]), len(seen["hazards"])
    if not told or not ours:
        return False
    named = bool(seen["groups"]) or len(seen["rights"]) >= _RIGHTS_ENOUGH
    weight = _HAZARD if theirs > 1 else 1
    return not theirs or (named and ours + len(seen["institutions"]) / 2 >= weight * theirs)
