"""Is this a story of ours at all? Sport, weather, business and everyday crime share our words; a report must earn its claims."""

from __future__ import annotations

from collections.abc import Iterable

from temoin.read.lexicon import Lexicon
from temoin.read.sentence import Sentence

#: Events that ordinary news seldom tells; each kind found weighs.
_TELLING = frozenset({"torture", "persecution", "abduction", "asylum", "sexual_violence", "evacuation"})


def relevant(sentences: Iterable[Sentence], lexicon: Lexicon) -> bool:
    """Say whether a report tells of a persecution rather than of sport, weather, business, crime or accidents.

    Somebody persecuted, or a word of rights, must occur, and no fewer of these than hazards; together with institutions (half
    each) and events (those that ordinary news seldom tells weigh three) they must outdo the hazards two to one. Every word counts once.
    """
    groups, rights, institutions, hazards = (lexicon.set(f"gate.{k}") for k in ("groups", "rights", "institutions", "hazards"))
    ours: set[str] = set()
    around: set[str] = set()
    theirs: set[str] = set()
    kinds: set[str] = set()
    told = False
    for s in sentences:
        for w in s.words:
            if w.lower in hazards:
                theirs.add(w.lower)
            elif w.lower in groups or w.lower in rights:
                ours.add(w.lower)
            elif w.lower in institutions:
                around.add(w.lower)
        for h in s.hits:
            if h.entry.kind == "event":
                told = True
                if not h.entry.weak:
                    kinds.add(h.entry.code)
    if not told or not ours or len(ours) < len(theirs):
        return False
    return len(ours) + len(around) / 2 + len(kinds) + 2 * len(kinds & _TELLING) >= 2 * len(theirs)
