"""`temoin read --explain`: why each claim was found, sentence by sentence, for a person.

The sentence stands as it is written, with brackets round what the reader went by: [who: …] the source, [cue: …] the word that
attributes, [event: …] the word that names the event, [number: …] what is counted. Below it one line for each claim, and its rule.
Colour only repeats what the brackets say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from temoin.cli.talk import harmless, many
from temoin.records import Claim, Count, Reading, Span

STYLES = {"who": "bold cyan", "cue": "cyan", "event": "bold magenta", "number": "bold yellow"}

#: Where a sentence may begin or end, as far as showing it goes: a line break, or a closing mark followed by a space.
_EDGE = re.compile(r"\n|(?<=[.!?…])[»”\"’)\]]*\s+")


def explain(reading: Reading) -> None:
    """Print on stdout what was found in one reading, and why."""
    console = Console(highlight=False, soft_wrap=True)
    known = [reading.title, reading.outlet, reading.lang, reading.published.isoformat() if reading.published else None]
    console.print(Text(harmless(reading.id), style="bold"), Text(harmless(" · ".join(part for part in known if part)), style="dim"))
    for note in reading.notes:
        console.print(Text(harmless(f"  note: {note}"), style="dim"))
    furniture = f", {many(len(reading.furniture), 'stretch', 'stretches')} of page furniture left out" if reading.furniture else ""
    console.print(f"  {many(len(reading.claims), 'claim')}, {many(len(reading.statements), 'statement')}{furniture}")
    for (start, end), told in sentences(reading).items():
        console.print()
        console.print(Text("  ") + marked(reading.text, start, end, told))
        for claim in told:
            console.print(Text(harmless(f"    → {line(claim)}")))
            console.print(Text(harmless(f"      {reason(claim)}"), style="dim"))
    console.print()


def reason(claim: Claim) -> str:
    """Return how far a claim is to be believed, and what found it."""
    if claim.proposed_by is not None:
        return f"check, proposed by the language model {claim.proposed_by}; no rule found it"
    return f"{'sure' if claim.sure else 'check'}, by rule {claim.found_by or 'unnamed'}"


def sentences(reading: Reading) -> dict[tuple[int, int], list[Claim]]:
    """Return the claims by the stretch of text that shows all they rest on, in text order; stretches that overlap are one."""
    found: list[tuple[int, int, list[Claim]]] = []
    for start, end, claim in sorted(
        ((*_stretch(reading.text, claim), claim) for claim in reading.claims), key=lambda one: (one[0], one[1], one[2].start)
    ):
        if found and start < found[-1][1]:
            before = found[-1]
            found[-1] = (before[0], max(before[1], end), [*before[2], claim])
        else:
            found.append((start, end, [claim]))
    return {(start, end): claims for start, end, claims in found}


def _spans(claim: Claim) -> list[tuple[str, Span]]:
    named = (("who", claim.claimant_span), ("cue", claim.cue), ("event", claim.trigger), ("number", claim.counted))
    return [(label, span) for label, span in named if span is not None]


def _stretch(text: str, claim: Claim) -> tuple[int, int]:
    """Return the sentence round a claim's quote, wide enough for its source where that stands in a neighbouring sentence."""
    marks = [(span.start, span.end) for _, span in _spans(claim) if abs(span.start - claim.start) < 600]
    low = min([claim.start, *(start for start, _ in marks)])
    high = max([claim.end, *(end for _, end in marks)])
    begin = max([0, *(edge.end() for edge in _EDGE.finditer(text, max(0, low - 1000), low))])
    after = _EDGE.search(text, high)
    return begin, after.start() if after else len(text)


def marked(text: str, start: int, end: int, claims: Iterable[Claim]) -> Text:
    """Return the stretch with its marks in brackets. A mark may lie inside another; of two that cross, the earlier stays."""
    marks = {(span.start, span.end, label) for claim in claims for label, span in _spans(claim) if start <= span.start < span.end <= end}
    shown = Text()
    place = start
    open_marks: list[tuple[int, str]] = []  # end and label, outermost first

    def go_on(to: int) -> None:
        """Write the text up to here, closing the marks that end on the way."""
        nonlocal place
        while open_marks and open_marks[-1][0] <= to:
            stop, label = open_marks.pop()
            shown.append(_plain(text[place:stop]) + "]", style=STYLES[label])
            place = stop
        shown.append(_plain(text[place:to]), style=STYLES[open_marks[-1][1]] if open_marks else "")
        place = to

    for low, high, label in sorted(marks, key=lambda mark: (mark[0], -mark[1])):
        go_on(low)
        if open_marks and high > open_marks[-1][0]:
            continue
        shown.append(f"[{label}: ", style=STYLES[label])
        open_marks.append((high, label))
    go_on(end)
    return shown


def _plain(text: str) -> str:
    return harmless(text.replace("\n", " "))


def line(claim: Claim) -> str:
    """Return one claim in one line: event, stance, who, how many, when, where, how sure the claimant makes it."""
    who = claim.claimant or "the report itself"
    if claim.claimant_name and claim.claimant_name != claim.claimant:
        who += f" = {claim.claimant_name}"
    if claim.via:
        who += f", through {claim.via}"
    parts = [
        claim.event.replace("_", " "),
        f"{who} {claim.stance}",
        bounds(claim.count),
        claim.when,
        claim.where,
        None if claim.modality == "fact" else claim.modality,
    ]
    return " · ".join(part for part in parts if part)


def bounds(count: Count | None) -> str | None:
    """Return a number with its bounds in words; None where there is none."""
    if count is None or (count.low is None and count.high is None):
        return None
    if count.low is None:
        return f"{count.high} or fewer"
    if count.high is None:
        return f"{count.low} or more"
    return str(count.low) if count.low == count.high else f"{count.low} to {count.high}"
