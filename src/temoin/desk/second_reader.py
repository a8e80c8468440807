"""The optional second reader: a language model that the user runs is asked about each reading, and its kept proposals are added, marked.

It is off unless a person names a server. One that fails costs its proposals and nothing else: the reading goes on as the rules made it, with a note
that says what happened. Nothing here opens a socket: the way to ask is handed in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import msgspec

from temoin.desk.reading import Outcome
from temoin.errors import TemoinError
from temoin.read.proposals import RULE, kept, questions
from temoin.records import Claim, Reading

#: After so many reports in a row without an answer the rest is not asked about: ten thousand time-outs would be a month.
UNANSWERED_AT_MOST = 3


class SecondReader(NamedTuple):
    """A model's name, and the way to ask it: a text in, its answer out. `ask` raises TemoinError where there is no answer."""

    model: str
    ask: Callable[[str], str]


def second_opinions(outcomes: Iterable[Outcome], reader: SecondReader) -> Iterator[Outcome]:
    """Yield every outcome in its order, readings with the second reader's kept proposals among their claims, and a note.

    A reading that already carries such a note passes as it is, so that a stored reading is not asked about twice.
    """
    unanswered = 0
    for outcome in outcomes:
        if not isinstance(outcome, Reading) or not outcome.text.strip() or any(note.startswith(RULE) for note in outcome.notes):
            yield outcome
        elif unanswered >= UNANSWERED_AT_MOST:
            yield _noted(outcome, reader, f"not asked, for it left {UNANSWERED_AT_MOST} reports in a row without an answer")
        else:
            reading, answered = second_opinion(outcome, reader)
            unanswered = 0 if answered else unanswered + 1
            yield reading


def second_opinion(reading: Reading, reader: SecondReader) -> tuple[Reading, bool]:
    """Return a reading with the second reader's kept proposals, claims in text order, and whether any question was answered."""
    claims: list[Claim] = []
    dropped: Counter[str] = Counter()
    failed: list[str] = []
    asked = questions(reading)
    for question in asked:
        try:
            answer = reader.ask(reading.text[question.start : question.end])
        except TemoinError as error:
            failed.append(str(error))
            continue
        new, lost = kept(reading, question, answer, reader.model, claims)
        claims += new
        dropped += lost
    answered = not asked or len(failed) < len(asked)
    parts = [f"{len(claims)} of {len(claims) + sum(dropped.values())} proposals kept"] if answered else []
    parts += [f"{count} dropped, {reason}" for reason, count in sorted(dropped.items())]
    parts += [f"{len(failed)} of {len(asked)} questions without an answer: {failed[0]}"] if failed else []
    whole = tuple(sorted((*reading.claims, *claims), key=lambda claim: (claim.start, claim.end)))
    return _noted(msgspec.structs.replace(reading, claims=whole), reader, "; ".join(parts)), answered


def _noted(reading: Reading, reader: SecondReader, note: str) -> Reading:
    return msgspec.structs.replace(reading, notes=(*reading.notes, f"{RULE} ({reader.model}): {note}"))
