"""The time that a report is telling of, for sentences that state none.

Two kinds only, where readers agree. A live ticker, whose paragraphs open with the time of day, tells what happens on its day. And a story goes
on: "On 8 January seven boys were waiting for me. They beat me": what is told in the simple past right behind a sentence that opens
with a day, in the same paragraph and by the same voice, was on that day.
"""

from __future__ import annotations

import re
from datetime import date

from temoin.read.lexicon import VERBAL, Lexicon
from temoin.read.said import Said
from temoin.read.sentence import Sentence
from temoin.read.tree import Tree
from temoin.read.triggers import Trigger

#: What happens at a moment, and can be told as it happens.
HAPPENING = frozenset(
    {"killing", "detention", "abduction", "torture", "sexual_violence", "threat", "displacement", "evacuation", "protest", "campaign"}
)
_STAMP = re.compile(r"[\[(]?(?:[01]?[0-9]|2[0-3])(?:[:.][0-5][0-9]|\s?[hH]\s?[0-5][0-9])(?:\s?(?:Uhr|[ap]\.?m\.?|[hH]))?\b[\])]?[.:,]?\s")
_STAMPS = 3  # paragraphs that make a ticker
_GOES_ON = 2  # sentences behind the one that opens with a day
_DATELINE = 6  # words: a shorter sentence is no story
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", re.ASCII)


class Scenes:
    """Knows what time the sentences of one report tell of."""

    def __init__(self, text: str, sentences: list[Sentence], said: list[Said], lexicon: Lexicon, published: date | None) -> None:
        self.sentences, self.lexicon, self.published = sentences, lexicon, published
        self._speech = {x.sentence for x in said if x.cue is not None}
        opening = {s.paragraph: s.start for s in reversed(sentences)}
        stamped = {n for n, start in opening.items() if _STAMP.match(text, text.rfind("\n", 0, start) + 1)}
        self._ticker = stamped if len(stamped) >= _STAMPS else set()

    def when(self, s: Sentence, tree: Tree, t: Trigger, innermost: Said | None) -> str | None:
        """Return the EDTF of the time that a trigger without one is told of, None where that is not plain."""
        if s.times or t.event not in HAPPENING:
            return None
        if s.paragraph in self._ticker:
            return self.published.isoformat() if self.published and not self._before_it(tree, t) else None
        if t.role == "nouns" or (t.role not in VERBAL and t.role != "phrases") or not self._told(tree, t):
            return None
        for number in range(s.number - 1, max(-1, s.number - 1 - _GOES_ON), -1):
            before = self.sentences[number]
            beside = innermost is not None and innermost.found_by != "source phrase" and innermost.start > before.start
            if before.paragraph != s.paragraph or beside or (before.quote[-1] >= 0) != (s.quote[t.head] >= 0) or number in self._speech:
                return None
            if before.times and len(before.words) > _DATELINE:
                first, _, time = before.times[0]
                return time.edtf if self._opens(before, first) and len(before.times) == 1 and _DAY.match(time.edtf) else None
        return None

    def _opens(self, s: Sentence, first: int) -> bool:
        """Say whether nothing but small words and marks stands before a time."""
        small = self.lexicon.set("words.time_prepositions")
        return first <= 2 and all(w.lower in small or not w.form[0].isalnum() for w in s.words[:first])

    def _told(self, tree: Tree, t: Trigger) -> bool:
        """Say whether a trigger is told in the tense of a story: the simple past, or the perfect where that is the tense of stories."""
        verb = tree.clause(t.head)
        own, helpers = tree.kids(verb, "aux"), tree.kids(verb, "aux:pass", "cop")
        if own and not self.lexicon.flag("words.perfect_tells"):
            return False
        if any("Tense=Past" in tree.morph[c] or "Tense=Imp" in tree.morph[c] or "Mood=Cnd" in tree.morph[c] for c in own):
            return False
        told = own or [verb, *helpers]
        return any("Tense=Past" in tree.morph[c] for c in told) or bool(own)

    def _before_it(self, tree: Tree, t: Trigger) -> bool:
        """Say whether a ticker looks back: "had been arrested"."""
        return any("Tense=Past" in tree.morph[c] or "Tense=Imp" in tree.morph[c] for c in tree.kids(tree.clause(t.head), "aux"))
