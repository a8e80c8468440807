"""One claim for one thing said: triggers of one event, claimant and stance, joined where they tell the same."""

from __future__ import annotations

import msgspec

from temoin.read.tree import Tree
from temoin.read.triggers import Trigger
from temoin.records import Claim


def joined(got: list[tuple[Trigger, Claim]], tree: Tree) -> list[Claim]:
    """Join triggers of one event, claimant and stance that tell one thing: overlapping clauses, or counts that do not differ."""
    got.sort(key=lambda x: (x[1].start, x[0].start))
    kept: list[tuple[Trigger, Claim]] = []
    for t, c in got:
        for k, (u, d) in enumerate(kept):
            same = (
                d.event == c.event
                and d.stance == c.stance
                and d.claimant == c.claimant
                and (d.count == c.count or d.count is None or c.count is None)
            )
            if d.event == c.event and d.stance == c.stance and (d.claimant is None) != (c.claimant is None) and _one_thing(u, d, t, c):
                kept[k] = (t, c) if d.claimant is None else (u, d)
                break
            if d.event == c.event and d.stance == c.stance and d.counted is not None and d.counted == c.counted and None in (d.claimant, c.claimant):
                kept[k] = (t, c) if d.claimant is None else (u, d)
                break  # "police put the dead at three" is told once, by the police
            again = d.count is None and c.count is None and c.stance in ("denies", "doubts")  # "there was no raid, there were no arrests"
            if same and (c.start < d.end and d.start < c.end or again or _coordinated(tree, u, t)):
                better, other = (d, c) if d.count is not None or c.count is None else (c, d)
                kept[k] = (u if better is d else t, msgspec.structs.replace(better, when=better.when or other.when))
                break
        else:
            kept.append((t, c))
    return [c for _, c in kept]


def _one_thing(u: Trigger, d: Claim, t: Trigger, c: Claim) -> bool:
    """Say whether two triggers side by side tell one thing: one lies in the words of the other or right behind, and no count differs."""
    beside = u.start <= t.stop and t.start <= u.stop
    return beside and (d.count == c.count or None in (d.count, c.count))


def _coordinated(tree: Tree, u: Trigger, t: Trigger) -> bool:
    return (
        tree.head[t.head] == u.head
        and tree.dep[t.head] == "conj"
        and not any(tree.dep[c] in ("nsubj", "nsubj:pass", "obj") for c in tree.children[t.head])
    )
