"""The frozen values of a whole account: who goes back to whom, what was counted, denied, promised and changed.

Everything points at claims by id (`<report id>#<n>`, n from 0 in text order), so every line is one step from its sentence.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from temoin.records import Claim, EventType, Reading, Record, Unread

PartyKind = Literal["person", "organisation", "outlet", "authority", "group", "unknown"]
CommitmentState = Literal["open", "overdue", "kept", "broken", "overtaken"]
DriftKind = Literal["number", "bound", "speaker", "certainty", "stage", "kind", "negation", "stale"]


#: Rules by which figures can be reckoned, the default first.
RULES = ("span", "lowest", "highest", "latest", "most_repeated")


class Merge(Record):
    """Why one spelling was taken for another: nothing is merged that differs in more than spelling, script, title or case."""

    name: str
    into: str
    why: str
    score: float  # 0 to 1


class Proposal(Record):
    """Two parties that may be one: for a person to decide."""

    one: str  # Party.id
    other: str  # Party.id
    why: str
    score: float  # 0 to 1


class Party(Record):
    """Whoever speaks, under all names it is known by in these reports."""

    id: str
    name: str  # the fullest, commonest spelling
    names: tuple[str, ...]
    kind: PartyKind = "unknown"
    why: str = ""  # why these names were taken for one party
    merges: tuple[Merge, ...] = ()
    office: str | None = None  # "interior_minister", for a party known by its office only
    of: str | None = None  # the country or place of that office


class Link(Record):
    """One step of the way a claim came: who passed it on, and how we know."""

    party: str  # Party.id
    role: Literal["claimant", "via", "outlet", "copied"]
    why: str


class Origin(Record):
    """The party a claim goes back to. An unnamed source counts once for each report that first carried it."""

    id: str
    name: str
    party: str | None  # Party.id; None for an unnamed source
    named: bool
    first_report: str
    first_day: date | None


class SourcedClaim(Record):
    """A claim of one report, with its origin and the way it came."""

    id: str
    report: str
    claim: Claim
    origin: str  # Origin.id
    chain: tuple[Link, ...]  # innermost speaker first, the report's outlet last
    event: str  # Event.id
    echo: bool = False  # the sentence is copied from an earlier report
    event_why: str = ""  # what put the claim into its event


class Shared(Record):
    """A stretch that two reports share, in both."""

    start: int
    end: int
    of_start: int
    of_end: int


class Echo(Record):
    """A report that repeats another's words."""

    report: str
    of: str
    share: float  # part of the report's 5-grams found in the other, 0 to 1
    why: str  # what decided the direction
    passages: tuple[Shared, ...]
    translated: bool = False  # likely a translation: same claims, numbers and names in another language


class Event(Record):
    """Claims that may speak of one happening."""

    id: str
    type: EventType
    where: str | None
    when: str | None
    claims: tuple[str, ...]
    origins: tuple[str, ...]  # origins that assert it
    reports: tuple[str, ...]
    why: str  # what links the claims
    stage: Literal["told", "to_come"] = "told"  # to come: promised or demanded


class Figure(Record):
    """A number with bounds, unit, origin and date. History is kept: a later one of the same origin supersedes, never deletes."""

    event: str
    origin: str
    claim: str
    low: int | None
    high: int | None
    unit: str | None
    day: date | None  # when it was put forward, as far as is known
    superseded_by: str | None = None  # claim id
    change: Literal["first", "raised", "lowered", "repeated", "stale", "changed"] = "first"  # beside the same origin's figure before it


class Choice(Record):
    """What one rule of reckoning gives for an event."""

    rule: str
    low: int | None
    high: int | None


class Reckoning(Record):
    """What is derived from the figures of an event: never a sum, never a maximum, always with rule and working."""

    event: str
    rule: str
    low: int | None
    high: int | None
    low_origins: tuple[str, ...]
    high_origins: tuple[str, ...]
    disputed: bool
    working: str
    choices: tuple[Choice, ...] = ()  # what every rule gives, where two of them differ


class Denial(Record):
    """A denial or doubt, beside what it answers."""

    claim: str
    by: str  # Origin.id
    answers: tuple[str, ...]  # Event ids
    why: str


class Commitment(Record):
    """A promise followed up."""

    claim: str
    by: str  # Origin.id
    due: str | None  # EDTF
    due_day: date | None
    state: CommitmentState
    evidence: tuple[str, ...]  # claim ids of later reports
    why: str


class Drift(Record):
    """An origin's claim changed on the way: both passages, and what changed."""

    kind: DriftKind
    origin: str
    earlier: str  # claim id
    later: str  # claim id
    was: str
    became: str
    weight: int  # how much it misleads, 1 least to 5 most
    why: str


class Gap(Record):
    """What nobody has said, or nobody has followed up."""

    kind: Literal["one_origin", "stale_figure", "overdue", "no_place", "no_time", "no_answer"]
    about: str  # Event.id, or claim id
    detail: str


NewsKind = Literal[
    "event", "origin", "figure", "raised", "lowered", "denied", "doubted", "promised", "kept", "broken", "overtaken", "overdue", "drift",
]  # fmt: skip


class News(Record):
    """One thing that an earlier account did not hold."""

    kind: NewsKind
    claim: str  # the claim that tells it, in this account
    event: str | None = None
    origin: str | None = None
    low: int | None = None  # the number now, where there is one
    high: int | None = None
    was_low: int | None = None  # the same origin's number before
    was_high: int | None = None
    why: str = ""


class Since(Record):
    """What is new beside an earlier account: of the reports before a day, or one that was kept."""

    day: date | None  # from which on reports are new; None where a kept account was handed over
    reports_before: int
    last_day_before: date | None  # of the latest report the earlier account held
    reports: tuple[str, ...]  # ids of the new ones
    gone: tuple[str, ...]  # what the earlier account held and this one does not, by outlet, title or id
    news: tuple[News, ...]


class Account(Record):
    """The whole, at a moment."""

    readings: tuple[Reading, ...]
    unread: tuple[Unread, ...] = ()
    claims: tuple[SourcedClaim, ...] = ()
    parties: tuple[Party, ...] = ()
    origins: tuple[Origin, ...] = ()
    echoes: tuple[Echo, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    reckonings: tuple[Reckoning, ...] = ()
    denials: tuple[Denial, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    drifts: tuple[Drift, ...] = ()
    gaps: tuple[Gap, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    since: Since | None = None  # where it was asked for
