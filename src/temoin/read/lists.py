"""Lists: what a line that ends in a colon says of the items below it ("We call on the government to: – appoint …; – investigate …")."""

from __future__ import annotations

from temoin.read.lexicon import Lexicon
from temoin.read.said import Said
from temoin.read.sentence import Sentence
from temoin.read.tree import Tree
from temoin.read.unsaid import Unsaid
from temoin.records import Act

_LONGEST_HEAD = 8  # words of a line that only names who speaks


def items(sentences: list[Sentence], said: list[Said], trees: dict[int, Tree], lexicon: Lexicon, unsaid: Unsaid) -> list[Said]:
    """Return one statement for each item of a list whose lead-in says who speaks, with the lead-in's source and act.

    A lead-in is a cue with a subject ("we demand:"), or a name alone ("Toits pour tous :"), before a colon, or before an item with nothing
    that ends its sentence.
    """
    found: list[Said] = []
    lead: Said | None = None
    for s, following in zip(sentences, (*sentences[1:], None), strict=False):
        marks = s.bullet
        if marks and lead is not None and len(s.words) > marks + 1:
            start = s.words[marks].start
            found.append(Said(lead.sentence, lead.source, lead.cue, lead.act, start, s.end, "item of a list", lead.head, None, False, lead.own_cue))
        elif s.words[-1].form == ":" or (not marks and following is not None and following.bullet and s.words[-1].form not in (".", "!", "?")):
            lead = _lead(s, said, trees.get(s.number), lexicon, sentences, unsaid)
        elif not marks and (not s.number or sentences[s.number - 1].paragraph != s.paragraph):
            lead = None
    return found


def _lead(s: Sentence, said: list[Said], tree: Tree | None, lexicon: Lexicon, sentences: list[Sentence], unsaid: Unsaid) -> Said | None:
    own = [x for x in said if x.source is not None and (x.sentence == s.number or s.start <= x.start < s.end and x.cue is None)]
    if own:
        return max(own, key=lambda x: x.cue[0] if x.cue else -1)
    cue = next((h for h in reversed(s.hits) if h.entry.kind == "cue" and h.entry.code in ("demands", "promises")), None)
    if cue is not None and tree is not None:
        act: Act = "demands" if cue.entry.code == "demands" else "promises"
        if unsaid.we(s, tree, cue.start) and unsaid.own is not None:
            number, words = unsaid.own
            return Said(number, words, None, act, s.start, s.start, "item of a list", words[0])
        who = tree.subject(cue.start)
        if who is not None:
            return Said(s.number, (who, who + 1), (cue.start, cue.stop), act, s.start, s.start, "item of a list", who)
    name = [w.lower for w in s.words[:-1]]
    known = any(_holds([w.lower for w in other.words], name) for other in sentences if other is not s)
    if known and len(s.words) <= _LONGEST_HEAD and s.words[0].form[0].isupper() and not any(h.entry.kind == "event" for h in s.hits):
        return Said(s.number, (0, len(s.words) - 1), None, "says", s.start, s.start, "item of a list", 0)
    return None


def _holds(words: list[str], name: list[str]) -> bool:
    """Say whether some words hold a name, so that a line that is nothing else may be known for one."""
    return any(words[i : i + len(name)] == name for i in range(len(words) - len(name) + 1)) if name else False
