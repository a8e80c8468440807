"""What an account has to tell, in the order a reader with four minutes wants it, before any language or layout.

Everything here is counted from the account; nothing is weighed for truth. Writers (page, terminal, Markdown) put it into words; only `spread`,
which all of them need alike, is said here.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Literal

from temoin.publish.index import HARM, Index
from temoin.publish.neutral import line
from temoin.publish.wording import Words
from temoin.records import EventType
from temoin.records_account import Commitment, Denial, Drift, Event, Figure, Gap, SourcedClaim

Number = tuple[int | None, int | None]
MomentKind = Literal["event", "figure", "denial", "commitment", "due"]


@dataclass(frozen=True)
class Voice:
    """One origin's part in an event: where it was first said, and where it was said again."""

    origin: str
    first_day: date | None
    said: tuple[SourcedClaim, ...]  # in order of publication, copies left out
    copied: tuple[SourcedClaim, ...]
    figures: tuple[Figure, ...]

    @property
    def reports(self) -> int:
        """How many reports carry this origin."""
        return len({claim.report for claim in (*self.said, *self.copied)})


@dataclass(frozen=True)
class Told:
    """One number, and all origins that give it for an event."""

    figure: Figure  # the first that was told
    origins: tuple[str, ...]  # by name, those whom most reports carry first
    unnamed: int  # origins without a name that give it, too


@dataclass(frozen=True)
class Answer:
    """What one party denies or doubts, all of it."""

    by: str  # origin
    stances: tuple[str, ...]
    first: SourcedClaim
    denials: tuple[Denial, ...]  # in the order of publication
    events: tuple[str, ...]  # what it answers, that which most reports tell of first
    answered: tuple[EventType, ...]  # the types of these, each once


@dataclass(frozen=True)
class EventStory:
    """One event: who asserts it, with what numbers, and who answers."""

    event: Event
    reports: tuple[str, ...]
    voices: tuple[Voice, ...]  # origins that assert, promise or demand; those with most reports first
    figures: tuple[Figure, ...]  # current ones, earliest first
    deniers: tuple[str, ...]  # origins
    doubters: tuple[str, ...]
    answers: tuple[Denial, ...]


@dataclass(frozen=True)
class Moment:
    """Something said, or falling due, on a day."""

    day: date
    kind: MomentKind
    claim: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True)
class Story:
    """The whole, ready to be told."""

    outlets: int
    languages: tuple[str, ...]
    first_day: date | None
    last_day: date | None
    echoing: int  # reports that repeat another's words
    checks: int  # claims only one reading of the sentence found
    proposed: int  # of them, those that no rule found: a language model proposed them
    origins: int  # origins behind what is asserted
    alleged: tuple[EventStory, ...]  # harm that somebody asserts
    done: tuple[EventStory, ...]  # what somebody says was done about it: inquiries, help, protest
    others: tuple[EventStory, ...]  # events nobody asserts: only denied, promised or demanded
    commitments: tuple[Commitment, ...]
    answers: tuple[Answer, ...]  # of those by name first, then of those who answer most
    drifts: tuple[Drift, ...]  # most misleading first
    gaps: tuple[Gap, ...]
    moments: tuple[Moment, ...]
    undated: int  # claims whose report bears no date


def tell(index: Index) -> Story:
    """Return what the account has to tell."""
    account = index.account
    days = sorted(reading.published for reading in account.readings if reading.published)
    asserted = index.asserted()
    known = {event.id for event in asserted}
    rest = [event for event in account.events if event.id not in known]
    states = {"overdue": 0, "broken": 1, "open": 2, "overtaken": 3, "kept": 4}
    return Story(
        outlets=len({line(reading.outlet).casefold() for reading in account.readings if reading.outlet}),
        languages=tuple(sorted({reading.lang for reading in account.readings if reading.lang})),
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        echoing=len({echo.report for echo in account.echoes}),
        checks=sum(not claim.claim.sure for claim in account.claims),
        proposed=sum(claim.claim.proposed_by is not None for claim in account.claims),
        origins=len({origin for event in asserted for origin in event.origins}),
        alleged=tuple(_event(index, event) for event in asserted if event.type in HARM),
        done=tuple(_event(index, event) for event in asserted if event.type not in HARM),
        others=tuple(_event(index, event) for event in rest),
        commitments=tuple(sorted(account.commitments, key=lambda kept: (states[kept.state], index.order(index.claims[kept.claim])))),
        answers=_answers(index),
        drifts=tuple(sorted(account.drifts, key=lambda drift: -drift.weight)),
        gaps=account.gaps,
        moments=_moments(index),
        undated=sum(index.day(claim) is None for claim in account.claims),
    )


def spread(story: Story, own: Words) -> str:
    """Return, in words, how many outlets and languages the reports come from, and from when to when."""
    outlets, languages = own.say("count.outlets", story.outlets), own.say("count.languages", len(story.languages))
    if story.first_day is None or story.last_day is None:
        return own.say("summary.undated", outlets=outlets, languages=languages)
    said = own.say("summary.spread", outlets=outlets, languages=languages, period=own.days(story.first_day, story.last_day))
    return said[:-1] if said.endswith("..") else said  # Russian days end in a full stop of their own: «2017 г.»


def _event(index: Index, event: Event) -> EventStory:
    claims = index.claims_of_event[event.id]
    by_origin: dict[str, list[SourcedClaim]] = defaultdict(list)
    for claim in claims:
        if claim.claim.stance not in ("denies", "doubts"):
            by_origin[claim.origin].append(claim)
    figures = index.figures_of_event[event.id]
    voices = []
    for origin, said in by_origin.items():
        fresh = tuple(claim for claim in said if not claim.echo)
        copied = tuple(claim for claim in said if claim.echo)
        days = [day for day in (index.day(claim) for claim in said) if day]
        voices.append(
            Voice(
                origin,
                min(days, default=index.origins[origin].first_day),
                fresh or copied[:1],
                copied if fresh else copied[1:],
                tuple(sorted((f for f in figures if f.origin == origin), key=lambda f: f.day or date.max)),
            )
        )
    voices.sort(key=lambda voice: (-voice.reports, voice.first_day or date.max))
    answers = tuple(index.denials_of_event[event.id])
    stances: dict[str, dict[str, None]] = {"denies": {}, "doubts": {}}
    for answer in answers:
        stance = index.claims[answer.claim].claim.stance
        stances["doubts" if stance == "doubts" else "denies"][answer.by] = None
    current = tuple(sorted(index.current_figures(event.id), key=lambda figure: (figure.day or date.max, figure.low or 0)))
    doubters = tuple(origin for origin in stances["doubts"] if origin not in stances["denies"])
    return EventStory(event, tuple(index.reports_of_event(event)), tuple(voices), current, tuple(stances["denies"]), doubters, answers)


def numbers(index: Index, told: EventStory) -> tuple[Told, ...]:
    """Return the current figures of an event by number: first what most origins by name give, then what most reports tell."""
    carried = {voice.origin: voice.reports for voice in told.voices}
    groups: dict[Number, list[Figure]] = {}
    for figure in told.figures:
        groups.setdefault((figure.low, figure.high), []).append(figure)
    telling: dict[Number, set[str]] = {}
    for figure in index.figures_of_event[told.event.id]:
        telling.setdefault((figure.low, figure.high), set()).add(index.claims[figure.claim].report)
    out: list[tuple[tuple[int, int, int], Told]] = []
    for nth, (number, figures) in enumerate(groups.items()):
        origins = list(dict.fromkeys(figure.origin for figure in figures))
        named = sorted((key for key in origins if index.origins[key].named), key=lambda key: -carried.get(key, 0))
        first = next((figure for key in named for figure in figures if figure.origin == key), figures[0])
        out.append(((-len(named), -len(telling[number]), nth), Told(first, tuple(named), len(origins) - len(named))))
    return tuple(each for _, each in sorted(out, key=lambda pair: pair[0]))


def _answers(index: Index) -> tuple[Answer, ...]:
    by_origin: dict[str, list[Denial]] = defaultdict(list)
    for denial in index.account.denials:
        by_origin[denial.by].append(denial)
    out: list[tuple[tuple[bool, int, int], Answer]] = []
    for nth, (by, denials) in enumerate(by_origin.items()):
        events = {event: len(index.reports_of_event(index.events[event])) for denial in denials for event in denial.answers}
        most = tuple(sorted(events, key=lambda event: -events[event]))
        types = dict.fromkeys(index.events[event].type for event in most)
        claims = [index.claims[denial.claim] for denial in denials]
        stances = tuple(sorted({claim.claim.stance for claim in claims}))
        first = next((claim for claim, denial in zip(claims, denials, strict=True) if denial.answers), claims[0])
        out.append(((not index.origins[by].named, -len(events), nth), Answer(by, stances, first, tuple(denials), most, tuple(types))))
    return tuple(answer for _, answer in sorted(out, key=lambda pair: pair[0]))


def _moments(index: Index) -> tuple[Moment, ...]:
    """Return the first report of each event, each new figure of an origin, each denial and promise, each day a promise falls due."""
    account = index.account
    moments: list[Moment] = []
    for event in account.events:
        first = next((claim for claim in index.claims_of_event[event.id] if claim.claim.stance == "asserts"), None)
        if first is not None and (day := index.day(first)):
            moments.append(Moment(day, "event", first.id))
    seen: set[tuple[str, str, int | None, int | None]] = set()
    for figure in sorted(account.figures, key=lambda figure: figure.day or date.max):
        key = (figure.event, figure.origin, figure.low, figure.high)
        if figure.day and key not in seen:
            seen.add(key)
            moments.append(Moment(figure.day, "figure", figure.claim, figure.low, figure.high))
    for denial in account.denials:
        if day := index.day(index.claims[denial.claim]):
            moments.append(Moment(day, "denial", denial.claim))
    for commitment in account.commitments:
        if day := index.day(index.claims[commitment.claim]):
            moments.append(Moment(day, "commitment", commitment.claim))
        if commitment.due_day:
            moments.append(Moment(commitment.due_day, "due", commitment.claim))
    # A first report that is told with a number would stand twice: the figure says both.
    numbered = {moment.claim for moment in moments if moment.kind == "figure"}
    weights = {event.id: nth for nth, event in enumerate(index.asserted())}
    answered = {
        denial.claim: min((weights[event] for event in denial.answers if event in weights), default=len(weights)) for denial in account.denials
    }

    def rank(moment: Moment) -> tuple[date, bool, int]:
        """Within a day first what weighs most: harm that many tell of, and each answer to it beside it; last what falls due."""
        weight = weights.get(index.claims[moment.claim].event, len(weights))
        return moment.day, moment.kind == "due", answered.get(moment.claim, weight) if moment.kind == "denial" else weight

    return tuple(sorted((m for m in moments if m.kind != "event" or m.claim not in numbered), key=rank))
