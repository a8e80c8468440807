"""Figures for an event that is named before: "the police speak of 20", "7,500 according to the organisers"."""

from __future__ import annotations

from temoin.read.sentence import Sentence
from temoin.read.tree import Tree
from temoin.read.triggers import Trigger
from temoin.read.voices import Voices
from temoin.records import Claim, Count

#: Events whose number may be given without naming the event again.
COUNTED = frozenset({"killing", "detention", "abduction", "displacement", "evacuation", "protest", "torture", "campaign"})
_SHORT = 14  # words of a content that is little more than the number
_BACK = 2  # sentences between a number and the event it counts


class Elliptic:
    """Finds numbers without an event, and remembers the last event that was counted."""

    def __init__(self, voices: Voices) -> None:
        self.voices, self.text, self.lexicon = voices, voices.text, voices.lexicon
        self._before: list[tuple[Sentence, Claim]] = []

    def remember(self, s: Sentence, claims: list[Claim]) -> None:
        """Keep the last claim with a number; forget it two sentences on."""
        counted = [(s, c) for c in claims if c.count is not None and c.event in COUNTED]
        self._before = counted[-1:] or [x for x in self._before if s.number - x[0].number <= _BACK]

    def elliptic(self, s: Sentence, tree: Tree, claims: list[Claim]) -> list[tuple[Trigger, Claim]]:
        """Return figures for an event named before: "the police speak of 20", "7,500 according to the organisers", "it was more than 2,000".

        Only a number without a noun of its own, put forward by somebody, close behind a claim with a number.
        """
        found: list[tuple[Trigger, Claim]] = []
        for first, stop, q in s.quantities:
            counted = (q.counted or "").split(" ")[0].lower()
            if counted and counted not in self.lexicon.set("words.anaphors"):
                continue
            at, end = s.words[first].start, s.words[stop - 1].end
            if any(c.start <= at < c.end for c in claims):
                continue
            earlier = [c for c in claims if c.end <= at and c.count is not None and c.event in COUNTED]
            model = (
                earlier[-1]
                if earlier
                else (
                    self._before[-1][1]
                    if self._before and self._before[-1][0].paragraph == s.paragraph or self._before and s.number - self._before[-1][0].number <= 1
                    else None
                )
            )
            said = [x for x in self.voices.near(s) if x.sentence == s.number and x.start <= at < x.end and x.source is not None and not x.quote]
            if model is None or not said:
                continue
            x = min(said, key=lambda x: x.end - x.start)
            inside = [i for i, w in enumerate(s.words) if x.start <= w.start < x.end]
            if (
                x.act not in ("says", "doubts")
                or any(s.hits_event(i) for i in inside if abs(i - first) < 6)
                or (x.found_by != "source phrase" and len(inside) > _SHORT)
            ):
                continue
            voice = self.voices.voice(s, self.voices.chain_at(s, at))
            span = s.span(first, stop, self.text)
            found.append(
                (
                    Trigger(first, stop, first, model.event, "people", False, "number alone"),
                    Claim(
                        start=at,
                        end=end,
                        quote=span.text,
                        event=model.event,
                        stance="asserts",
                        claimant=voice.text,
                        claimant_name=voice.name,
                        via=voice.via,
                        count=Count(low=q.low, high=q.high),
                        modality="alleged",
                        found_by=f"number alone, of the event before · {x.found_by}",
                        trigger=model.trigger,
                        when=model.when,
                        where=model.where,
                        claimant_span=voice.span,
                        cue=voice.cue,
                        counted=span,
                    ),
                )
            )
        return found
