"""The promises of an account as a calendar (RFC 5545): whole-day entries on the day each falls due, for anybody's diary.

A promise without a day is a task without a date (VTODO), so that it is not lost. Entries bear no time of making unless it is handed in: the same
account gives the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from temoin.publish.index import Index
from temoin.publish.neutral import line
from temoin.publish.wording import words
from temoin.records_account import Account, Commitment

_LONGEST = 75  # bytes of a line before it must be folded


def diary(account: Account, *, lang: str = "en", made: datetime | None = None) -> bytes:
    """Return the commitments as iCalendar, UTF-8 with CRLF.

    made: the instant the entries are stamped with; by default the day of the latest report, so that the result can be repeated.
    """
    index = Index(account)
    own = words(lang)
    days = [reading.published for reading in account.readings if reading.published]
    stamp = made.astimezone(UTC) if made else datetime.combine(max(days, default=date(1970, 1, 1)), time(tzinfo=UTC))
    out = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Temoin//account//EN", "CALSCALE:GREGORIAN"]
    for commitment in account.commitments:
        sourced = index.claims[commitment.claim]
        who = index.origin_name(commitment.by)
        summary = f"{who}: {line(sourced.claim.quote, 120)}"
        where = f"{index.label(sourced.report)}, {own.short_day(index.day(sourced))}"
        told = f"“{line(sourced.claim.quote, 1000)}” — {where}. {own.say(f'state.{commitment.state}')}"
        kind = "VEVENT" if commitment.due_day else "VTODO"
        out += [f"BEGIN:{kind}", f"UID:{_uid(commitment)}", f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"]
        if commitment.due_day:
            out += [f"DTSTART;VALUE=DATE:{commitment.due_day:%Y%m%d}", "TRANSP:TRANSPARENT"]
        elif commitment.state == "kept":
            out.append("STATUS:COMPLETED")
        out += [f"SUMMARY:{_text(summary)}", f"DESCRIPTION:{_text(told)}", f"END:{kind}"]
    out.append("END:VCALENDAR")
    return b"".join(folded + b"\r\n" for each in out for folded in _folded(each))


def _uid(commitment: Commitment) -> str:
    """Return an id that stays the same as long as the claim does, so that a calendar renews the entry and does not double it."""
    return hashlib.sha256(commitment.claim.encode("utf-8", "surrogatepass")).hexdigest()[:32] + "@temoin"


def _text(value: str) -> str:
    """Escape a text value (RFC 5545, 3.3.11)."""
    return value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(content: str) -> Iterator[bytes]:
    """Yield a content line in pieces of at most 75 bytes, none of them cutting a character (RFC 5545, 3.1)."""
    piece = b""
    for character in content:
        encoded = character.encode()
        if len(piece) + len(encoded) > _LONGEST:
            yield piece
            piece = b" "
        piece += encoded
    yield piece
