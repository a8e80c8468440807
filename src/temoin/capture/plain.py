"""Plain text: the text exactly as given, and what its head and foot say of title, day and outlet.

Only what is said clearly is taken: a first line that is a headline, one single day in the lines around it, a copyright or "originally
published on" line. Anything else stays None, because a wrong day moves every "yesterday" in the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from temoin.capture.days import days_in
from temoin.capture.encoding import decode
from temoin.capture.limits import Limits
from temoin.capture.original import Original
from temoin.records import Report, Unread

TITLE_LONGEST = 200
HEAD_LINES = 10
KICKER_WORDS = 4

_BREADCRUMB = re.compile(r"^\S[^.!?]{0,40}(\s+[>›»|/→]\s+[^.!?>›»|/→]{1,40}){1,6}$")
#: What joins a headline to the site's name in a page title.
_SITE = re.compile(r"\s+[–—|-]\s+|\s+[»:]\s+")
_ORIGINALLY = re.compile(
    r"(?:originally (?:published|appeared) (?:on|in|by|at)|first (?:published|appeared) (?:on|in|by)"
    r"|(?:publié|paru) (?:initialement|à l.origine|d.abord) (?:sur|dans|par)|(?:initialement|d.abord) (?:publié|paru) (?:sur|dans|par)"
    r"|publicado originalmente (?:en|em|no|na|por|pelo|pela)|originalmente publicado (?:en|em|no|na|por|pelo|pela)"
    r"|(?:zuerst|ursprünglich) (?:erschienen|veröffentlicht) (?:auf|bei|in|im)"
    r"|(?:впервые|первоначально|изначально) (?:опубликован\w*|вышл\w*) (?:на сайте|на|в|изданием))"
    r"\s+[«“\"„]?(?P<name>[^\n.,;:»”\"()|]{2,60})",
    re.IGNORECASE,
)
_ORIGINALLY_STEMS = (
    "original", "first published", "first appeared", "initialement", "l'origine", "l’origine", "abord", "zuerst", "ursprünglich", "впервые",
    "первоначально", "изначально",
)  # fmt: skip
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:copyright\s*)?"
    r"(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?[,.]?\s*)?(?P<name>[^\W\d_][^\n.,;|·©]{1,60})",
    re.IGNORECASE,
)
_RIGHTS = re.compile(r"\s*(?:[-–—]\s*)?(?:all rights reserved|tous droits.*|alle rechte.*|todos (?:los|os) .*|все права.*)$", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"\b(?:published|posted|publié|paru|mis en ligne|publicad[oa]|veröffentlicht|erschienen|опубликован\w*|дата публикации)\b", re.IGNORECASE
)
#: What may follow the day in a dateline: an agency in brackets, a dash, a slash, the end of the line.
_AFTER_DATELINE = re.compile(r"\s*(?:года?|г\.)?[.,]?\s*(?:\(|/|[-–—]|\.[-–—]|$)")


class Head(NamedTuple):
    """What a plain text says about itself."""

    title: str | None
    published: date | None
    outlet: str | None
    notes: tuple[str, ...] = ()


def read(original: Original, limits: Limits) -> Iterator[Report | Unread]:
    """Yield the one report of a text file, its text as given (line ends untouched, a byte-order mark dropped and noted)."""
    decoded = decode(original.content(), original.charset)
    if decoded is None:
        yield original.unread("binary data, not text", "if it is a text, save it as UTF-8")
        return
    if not decoded.text.strip():
        yield original.unread("holds no text, only blank space")
        return
    about = head(decoded.text)
    notes = original.notes + ((decoded.note,) if decoded.note else ()) + about.notes
    yield Report(
        id="", text=decoded.text, path=original.path, sha256=original.sha256, title=about.title, published=about.published,
        outlet=about.outlet, url=original.url, media_type=original.media_type, notes=notes,
    )  # fmt: skip


def head(text: str) -> Head:
    """Return title, day of publication and outlet, each None unless the text states it plainly. Looks at the first and last lines only."""
    lines = [line.strip() for line in text[:20_000].splitlines()]
    lines = [line for line in lines if line][: HEAD_LINES + 1]
    title, site = _title(lines)
    if site is None and (first := _first_outlet(text)):
        return Head(title, _published(lines), first, (f"outlet taken from the text, which was first published by {first}",))
    return Head(title, _published(lines), site or _copyright(text))


def masthead(text: str, name: str) -> str | None:
    """Return a name that a file's properties give, where one of the text's first lines begins with it and so signs it; else None."""
    lines = (line.strip() for line in text[:5_000].splitlines())
    heads = [line for line in lines if line][:HEAD_LINES]
    return name if name and any(re.match(re.escape(name) + r"\s*(?:$|[,|·–—-])", line) for line in heads) else None


def _title(lines: list[str]) -> tuple[str | None, str | None]:
    """Return the headline and, where the first line is "headline – site" and the headline stands again below, the site's name."""
    for line in lines:
        first = re.sub(r"^#{1,6}\s+", "", line)
        if again := _again(line, lines):
            return again, first[len(again) :].strip(" –—|-»:") or None
        if _BREADCRUMB.match(line) and line not in lines[lines.index(line) + 1 :]:
            continue
        below = lines[lines.index(line) + 1 :][:1]
        if first.isupper() and len(first.split()) <= KICKER_WORDS and below and not _ends_as_sentence(below[0]) and not days_in(below[0]):
            continue  # "PRESS RELEASE"
        return (None if _ends_as_sentence(first) or len(first) > TITLE_LONGEST or len(lines) == 1 else first), None
    return None, None


def _ends_as_sentence(line: str) -> bool:
    return line.endswith((".", ";", ",", ":")) and not line.endswith("...")


def _again(line: str, lines: list[str]) -> str | None:
    """Return the part of a page title that stands again, alone, as a headline below it."""
    for joint in _SITE.finditer(line):
        if line[: joint.start()] in lines and len(line) - joint.end() <= 60:
            return line[: joint.start()]
    return None


def _published(lines: list[str]) -> date | None:
    """Return the day that the lines about the report state, if they state one only, or one after "published"."""
    stated: list[date] = []
    for n, line in enumerate(lines[:HEAD_LINES]):
        found = days_in(line)
        if not found:
            continue
        start, end, day = found[0]
        about = len(line) <= 120 and not re.search(r"\w{3,}[.!?…]['\"»”]?$", line) and (n > 0 or len(line) < 40)
        if about and (mark := _PUBLISHED.search(line)):
            after = [one for place, _, one in found if place > mark.start()]
            if after:
                return after[0]
        opens = _AFTER_DATELINE.match(line, end) or (start == 0 and line[end:].startswith(". "))
        if about:
            stated += [one for _, _, one in found]
        elif start <= 60 and opens and not re.search(r"[.!?]\s", line[: max(0, start - 2)]):
            stated.append(day)
    return stated[0] if len(set(stated)) == 1 else None


def _first_outlet(text: str) -> str | None:
    """Return the outlet that an "originally published on …" at the foot or head of a text names."""
    for part in (text[-3000:], text[:3000]):
        lower = part.lower()
        # Asked first because it costs a hundredth of the pattern.
        if any(stem in lower for stem in _ORIGINALLY_STEMS) and (found := _ORIGINALLY.search(part)):
            return found["name"].strip()
    return None


def _copyright(text: str) -> str | None:
    """Return who holds the copyright, as the last lines say."""
    foot = text[-1500:]
    if ("©" in foot or "(c)" in foot.lower() or "copyright" in foot.lower()) and (found := _COPYRIGHT.search(foot)):
        name = _RIGHTS.sub("", found["name"]).strip(' -–—«»“”"')
        return name if 2 <= len(name) <= 60 and name[0].isupper() else None
    return None
