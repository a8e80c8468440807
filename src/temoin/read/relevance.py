"""Is this a story of ours at all? Sport, weather, business and everyday crime share our words; a report must earn its claims."""

from __future__ import annotations

from collections.abc import Iterable

from temoin.read.lexicon import Lexicon
from temoin.read.sentence import Sentence

#: Events that ordinary news seldom tells; each kind found weighs.
_TELLING = frozenset({"torture", "persecution", "abduction", "asylum", "sexual_violence", "evacuation"})


def relevant(sentences: Iterable[Sentence], lexicon: Lexicon) -> bool:
    """Say whether a report tells of a persecution rather than of sport, weather, business or accidents.

    The weight of groups, rights and telling events (each kind counted once) must outdo that of hazards (each word once).
    """
    groups, rights, hazards = (lexicon.set(f"gate.{k}") for k in ("groups", "rights", "hazards"))
    ours: set[str] = set()
    theirs: set[str] = set()
    kinds: set[str] = set()
    for s in sentences:
        for w in s.words:
            if w.lower in hazards:
                theirs.add(w.lower)
            elif w.lower in groups or w.lower in rights:
                ours.add(w.lower)
        for h in s.hits:
            if h.entry.kind == "event" and not h.entry.weak:
                kinds.add(h.entry.code)
    if not kinds:
        return False
    weight = len(ours) + 2 * len(kinds & _TELLING) + len(kinds)
    return weight >= 2 * len(theirs) and (weight >= 2 or bool(ours))
