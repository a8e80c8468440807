"""Denials and doubts that name no act: "an absolute lie", "the reports remain unconfirmed", "has denied the allegations"."""

from __future__ import annotations

from typing import Literal

from temoin.read.lexicon import Hit
from temoin.read.said import Said
from temoin.read.sentence import Sentence
from temoin.read.tree import Tree
from temoin.read.triggers import Trigger
from temoin.read.voices import Voices
from temoin.records import Claim, Stance

_CLOSE = 20  # characters from where what is said begins


class Blanket:
    """Finds what denies or doubts the whole."""

    def __init__(self, voices: Voices) -> None:
        self.voices, self.text, self.lexicon = voices, voices.text, voices.lexicon

    def blanket(self, s: Sentence, tree: Tree, claims: list[Claim], used_up: set[int]) -> list[tuple[Trigger, Claim]]:
        """Return denials and doubts that name no act: "an absolute lie", "the reports remain unconfirmed".

        used_up: first words of those that were said of an act by name.
        """
        found: list[tuple[Trigger, Claim]] = []
        subjects = self.lexicon.set("blanket.subjects")
        groups = self.lexicon.set("gate.groups")
        hits = [h for h in s.hits if h.entry.kind == "blanket" and not any(h.start <= i < h.stop for i in used_up)]
        hits.sort(key=lambda h: (h.entry.code != "complaint_doubts", -(h.stop - h.start)))
        used: list[tuple[int, int]] = []
        denial_cues = [x for x in self.voices.near(s) if x.sentence == s.number and x.act in ("denies", "doubts") and not x.quote]
        for h in hits:
            if any(a < h.stop and b > h.start for a, b in used):
                continue
            doubt = h.entry.code != "denies"
            event: Literal["complaint", "persecution"] = "complaint" if h.entry.code == "complaint_doubts" else "persecution"
            near = s.words[max(0, h.start - 14) : h.stop + 8]
            about = any(w.lower in subjects for w in near) or any(w.lower in groups for w in near)
            at = s.words[h.start].start
            speaker = next(
                (x for x in sorted(self.voices.near(s), key=lambda x: x.end - x.start) if x.start <= at < x.end and x.source is not None), None
            )
            own = next((x for x in denial_cues if x.source is not None), None)
            if event == "complaint" and speaker is None:
                continue
            about = about or (speaker is not None and speaker.found_by == "noun after cue" and at - speaker.start < _CLOSE)  # "sprach von Lügen"
            if (
                event == "persecution"
                and not (about or speaker is not None and speaker.quote)
                or (speaker is None and own is None and not doubt and not about)
            ):
                continue
            if own is not None and own is speaker and any(c.stance == "denies" and c.claimant == self.voices.source_text(own) for c in claims):
                continue  # "rejected the reports of torture as invented": the torture is what is denied
            if not doubt and self._untold(s, tree, h):
                continue
            lo, hi = self.around(s, tree, h.start, h.stop)
            if any(
                c.stance in ("denies", "doubts") and c.start < s.words[hi - 1].end and c.end > s.words[lo].start
                for c in [*claims, *(c for _, c in found)]
            ):
                continue
            x = speaker or own
            voice = self.voices.voice(s, [x] if x else [])
            if x is None:
                voice = self.voices.verb_subject(s, tree, h.start, voice)
                if voice.text is None:
                    continue
            used.append((lo, hi))
            quote = s.span(lo, hi, self.text)
            t = Trigger(h.start, h.stop, min(range(h.start, h.stop), key=lambda i: not tree.dep[i]), event, "phrases", False, h.entry.text)
            found.append(
                (
                    t,
                    Claim(
                        start=quote.start,
                        end=quote.end,
                        quote=quote.text,
                        event=event,
                        stance="doubts" if doubt else "denies",
                        claimant=voice.text,
                        claimant_name=voice.name,
                        via=voice.via,
                        modality="alleged",
                        found_by=f"blanket '{h.entry.text}'",
                        trigger=s.span(h.start, h.stop, self.text),
                        claimant_span=voice.span,
                        cue=voice.cue,
                    ),
                )
            )
        if not found and not any(c.stance in ("denies", "doubts") for c in claims):
            found += self.bare_denial(s, tree, denial_cues, claims)
        return found

    def _untold(self, s: Sentence, tree: Tree, h: Hit) -> bool:
        """Say whether a word of denial is itself negated: "I do not count rumours", "these are no lies"."""
        negation = self.lexicon.set("words.negation")
        if any(w.lower in negation for w in s.words[h.start : h.stop]):
            return False
        i = min(range(h.start, h.stop), key=lambda i: (not tree.dep[i], -len(tree.children[i])))
        governor = tree.head[i] if tree.dep[i] in ("obj", "xcomp", "obl", "nsubj") and tree.head[i] >= 0 else i
        return any(s.words[c].lower in negation and tree.dep[c] in ("advmod", "det") and c < h.start for n in {i, governor} for c in tree.children[n])

    def bare_denial(self, s: Sentence, tree: Tree, cues: list[Said], claims: list[Claim]) -> list[tuple[Trigger, Claim]]:
        """ "X has denied the allegations": a denial whose object is a report of something, not the thing."""
        subjects = self.lexicon.set("blanket.subjects")
        for x in cues:
            if x.source is None or x.cue is None:
                continue
            inside = [i for i, w in enumerate(s.words) if x.start <= w.start < x.end]
            if not any(s.words[i].lower in subjects for i in inside):
                continue
            lo, hi = min([x.cue[0], *inside]), max([x.cue[1] - 1, *inside]) + 1
            voice = self.voices.voice(s, [x])
            quote = s.span(lo, hi, self.text)
            t = Trigger(x.cue[0], x.cue[1], x.cue[0], "persecution", "phrases", False, x.own_cue)
            stance: Stance = "doubts" if x.act == "doubts" else "denies"
            return [
                (
                    t,
                    Claim(
                        start=quote.start,
                        end=quote.end,
                        quote=quote.text,
                        event="persecution",
                        stance=stance,
                        claimant=voice.text,
                        claimant_name=voice.name,
                        via=voice.via,
                        modality="alleged",
                        found_by=f"denial of a report · {x.found_by}",
                        trigger=s.span(*x.cue, self.text),
                        claimant_span=voice.span,
                        cue=voice.cue,
                    ),
                )
            ]
        return []

    def around(self, s: Sentence, tree: Tree, start: int, stop: int) -> tuple[int, int]:
        """Return the clause around some words."""
        i = min(range(start, stop), key=lambda i: (not tree.dep[i], -len(tree.children[i])))
        top = tree.clause(i)
        inside = set(tree.subtree(top, drop=frozenset({"parataxis", "advcl", "acl:relcl"}))) | set(range(start, stop))
        lo, hi = start, stop
        while lo - 1 in inside:
            lo -= 1
        while hi in inside:
            hi += 1
        while lo < start and (tree.dep[lo] in ("cc", "mark", "punct") or not s.words[lo].form[0].isalnum()):
            lo += 1
        while hi > stop and not s.words[hi - 1].form[0].isalnum():
            hi -= 1
        return lo, hi
