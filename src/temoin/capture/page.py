"""Pages: the story of an HTML page, without menus and adverts, and what its head says of title, author, day and site.

trafilatura finds the story; pictures, scripts and styles are taken out before it sees the page, because a saved page may hold megabytes of
them. Nothing is fetched.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from temoin.capture.encoding import decode
from temoin.capture.limits import Limits, bytes_told
from temoin.capture.original import Original
from temoin.capture.plain import head
from temoin.records import Report, Unread

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([A-Za-z0-9_.-]{2,40})", re.IGNORECASE)
_DATA_URI = re.compile(r"data:[a-z]+/[a-z0-9.+-]+[a-z0-9=;.-]*,[A-Za-z0-9+/=%_-]{64,}", re.IGNORECASE)
_SCRIPT = re.compile(r"<(script|style|svg|noscript|template)\b(?![^>]*ld\+json)[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{1,500})</title", re.IGNORECASE)
_CANONICAL = re.compile(r"<link[^>]+rel=[\"']?canonical[\"']?[^>]+href=[\"'](https?://[^\"'<>\s]{4,500})", re.IGNORECASE)

#: Days that are accepted as days of publication. Fixed, so that the same page reads the same next year.
FIRST_DAY, LAST_DAY = "1990-01-01", "2100-12-31"

#: Parts of an author's name that are no name.
_NO_AUTHOR = re.compile(r"^(redaktion|redaction|rédaction|redacción|redação|редакция|admin|administrator|editor|staff)$", re.IGNORECASE)


def read(original: Original, limits: Limits) -> Iterator[Report | Unread]:
    """Yield the one report of a page, or why there is none."""
    data = original.content()
    stated = original.charset or _stated(data)
    decoded = decode(data, stated)
    if decoded is None:
        yield original.unread("binary data, not a page", "save the page again as HTML")
        return
    notes = (*original.notes, *((decoded.note,) if decoded.note else ()))
    yield report_of(decoded.text, original, limits, notes)


def report_of(markup: str, original: Original, limits: Limits, notes: tuple[str, ...]) -> Report | Unread:
    """Return the report that stands in a page's markup, or why there is none. Also the way of mails whose words are HTML."""
    markup = _SCRIPT.sub(" ", _DATA_URI.sub("data:,", markup)).replace("\x00", "")
    if len(markup) > limits.markup_bytes:
        return original.unread(
            f"a page of {bytes_told(len(markup))} without its pictures and scripts, more than the {bytes_told(limits.markup_bytes)} allowed",
            "save the story alone as text",
        )
    if (tags := markup.count("<")) > limits.tags:
        return original.unread(f"a page of {tags:,} tags, more than the {limits.tags:,} allowed", "save the story alone as text")
    try:
        found = _extracted(markup, original.url)
    except RecursionError:
        return original.unread("a page nested too deep to be parsed", "save the story as text")
    except Exception as err:  # trafilatura and lxml raise of every kind on hostile markup; one page must not end the run
        return original.unread(f"a page that cannot be parsed ({type(err).__name__}: {str(err)[:120]})", "save the story as text")
    text = (found.text or "").strip() if found is not None else ""
    if not text:
        return original.unread("no story found on this page", "it may need JavaScript, or hold only links; save the story as text")
    title = _said(found.title)
    if title and title not in [" ".join(line.split()) for line in text[:2_000].splitlines()]:
        text = f"{title}\n\n{text}"  # a headline is a part of the story, wherever the page's markup puts it
    about = head(text)
    url = original.url or _said(found.url) or (m[1] if (m := _CANONICAL.search(markup)) else None)
    return Report(
        id="", text=text, path=original.path, sha256=original.sha256, lang=None, published=_day(found.date) or about.published,
        outlet=_said(found.sitename) or _site(markup, title) or about.outlet or (host(url) if url else None),
        title=title, authors=_authors(found.author), url=url, media_type=original.media_type, notes=notes,
    )  # fmt: skip


def _stated(data: bytes) -> str | None:
    head = data[:4096]
    found = _XML_CHARSET.search(head) or _META_CHARSET.search(head)
    return found[1].decode("ascii") if found else None


def _extracted(markup: str, url: str | None) -> Any:
    # Imported here: half a second that a run on plain text need not wait for.
    from trafilatura import bare_extraction

    for noisy in ("trafilatura", "htmldate", "courlan", "readability"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    return bare_extraction(
        markup, url=url, include_comments=False, include_tables=True, with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False, "min_date": FIRST_DAY, "max_date": LAST_DAY},
    )  # fmt: skip


def _said(value: str | None) -> str | None:
    return " ".join(value.split())[:500] or None if value else None


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


def _site(markup: str, title: str | None) -> str | None:
    """Return the site's name where the page's title is "headline – site"."""
    whole = _TITLE.search(markup)
    if whole is None or not title:
        return None
    said = " ".join(unescape(whole[1]).split())
    behind = re.fullmatch(r"\s+[–—|·-]\s+(\S.{1,59})", said[len(title) :]) if said.startswith(title) else None
    return behind[1] if behind else None


def host(url: str) -> str | None:
    """Return an address's host without "www.", or None where it has none."""
    try:
        found = urlsplit(url).hostname
    except ValueError:
        return None
    return found.removeprefix("www.") if found else None


def _authors(value: str | None) -> tuple[str, ...]:
    names = (" ".join(name.split()) for name in (value or "").split(";"))
    return tuple(name[:200] for name in names if name and not _NO_AUTHOR.match(name))[:20]
