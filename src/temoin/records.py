"""The frozen values that travel between the rooms: what was received, what was read in it, what is claimed.

Offsets are code points into the report's text, start included, stop excluded, so that `text[start:end] == quote`.
Days are `datetime.date`; a stated time is an EDTF string, as exact as its source and no more. A bound of None is open.
Records of a whole account stand in `temoin.records_account`.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

EventType = Literal[
    "killing", "detention", "abduction", "torture", "sexual_violence", "threat", "persecution", "displacement", "investigation",
    "complaint", "judgment", "sanction", "condemnation", "evacuation", "asylum", "aid", "protest", "campaign",
]  # fmt: skip
Stance = Literal["asserts", "denies", "doubts", "promises", "demands"]
#: What kind of speech act a statement is; the reporting verb or phrase decides.
Act = Literal["says", "denies", "doubts", "promises", "demands", "asks"]
#: How sure the claimant makes the event: told as fact, told with a mark of hearsay, admitted against own interest, or possible.
Modality = Literal["fact", "alleged", "admitted", "possible"]


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A value compared by content, refused at the edge where a field is unknown."""


class Span(Record):
    """A stretch of a report's text."""

    start: int
    end: int
    text: str


class Quantity(Record):
    """A number of people or things, with inclusive bounds; None where a side is open."""

    start: int
    end: int
    low: int | None
    high: int | None
    approximate: bool = False
    counted: str | None = None  # the noun that is counted, as written; None where none stands there


class Time(Record):
    """A stated time, resolved against the day of publication: as it was said, and as calendars count it.

    The two differ on purpose: "from August to October" is "2016-08/2016-10" as said, and its days end on 30 September.
    Whoever needs the days of what was said takes them from the EDTF. The convention and its reasons: `temoin.read.timedays`.
    """

    start: int
    end: int
    edtf: str  # as said, both ends included: "2017-04", "2017-02/..", "2017-01-01/2017-05-30"
    first_day: date | None  # by the convention of calendars; None where the beginning is open or unknown
    last_day: date | None  # likewise; None where the end is open or unknown


class Place(Record):
    """A place named in the text, or pointed at by an adjective or a demonym."""

    start: int
    end: int
    name: str  # English short name: "Chechnya", "Moscow"
    country: str | None  # ISO 3166-1 alpha-2; None where it is larger than a country
    lat: float | None
    lon: float | None


class Statement(Record):
    """Somebody says something: the content's offsets, and who and how, each where it is stated."""

    start: int
    end: int
    source: Span | None
    cue: Span | None
    act: Act
    addressee: Span | None = None  # the outlet or person told


class Count(Record):
    """How many, inclusive; None where a side is open."""

    low: int | None
    high: int | None


class Claim(Record):
    """What somebody, or the report in its own voice, puts forward about one event. Codes: docs/explanation/claims.md."""

    start: int
    end: int
    quote: str
    event: EventType
    stance: Stance
    claimant: str | None = None  # as the text names them nearest by; None for the report's own voice
    claimant_name: str | None = None  # the same party by its fullest name in the report
    via: str | None = None  # the outlet or person through whom the statement reached the report
    count: Count | None = None
    when: str | None = None  # EDTF
    where: str | None = None  # English short name
    modality: Modality = "fact"
    sure: bool = False  # two readers of the sentence agree
    found_by: str = ""  # the rule that found it
    proposed_by: str | None = None  # the language model that proposed it, where the optional second reader did; no rule found it then
    trigger: Span | None = None  # the word that names the event
    claimant_span: Span | None = None
    cue: Span | None = None  # the word or phrase that attributes it
    counted: Span | None = None  # the number, where there is one


class Report(Record):
    """One text read out of an original, with what is known of its publication."""

    id: str
    text: str
    path: str | None = None
    sha256: str | None = None  # of the original's bytes, 64 hex digits
    lang: str | None = None  # BCP 47, None until somebody or something has said
    published: date | None = None
    outlet: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    media_type: str | None = None
    notes: tuple[str, ...] = ()  # what capture wants a person to know: "decoded as cp1251"


class Reading(Record):
    """A report and everything the reader found in it. This is one line of `temoin read --json`."""

    id: str
    path: str | None = None
    sha256: str | None = None
    lang: str | None = None
    published: date | None = None
    outlet: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    text: str = ""
    notes: tuple[str, ...] = ()
    furniture: tuple[tuple[int, int], ...] = ()
    statements: tuple[Statement, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    claims: tuple[Claim, ...] = ()


class Unread(Record):
    """Something that could not be read, and why: a value like any other, shown, counted and kept."""

    path: str
    reason: str
    hint: str | None = None
    sha256: str | None = None
    size_bytes: int | None = None
