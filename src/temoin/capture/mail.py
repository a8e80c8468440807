"""Mail and saved pages in mail form (MHTML): the message's own words, then every attachment that can be read, each a report.

Mails inside mails are followed as deep as `Limits.nesting`; whatever lies deeper is Unread. Headers give title (Subject), author and outlet
(From) and day (Date, in the sender's own zone).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, Message

from temoin.capture.encoding import decode
from temoin.capture.limits import Limits, bytes_told
from temoin.capture.original import Original
from temoin.capture.page import report_of
from temoin.capture.plain import head
from temoin.records import Report, Unread

#: Reads a part found inside a file: (outer, name, bytes, limits, charset stated, address) -> what it holds.
ReadInside = Callable[..., Iterator[object]]

#: What mails carry along that nobody reads as a report: passed over, and named in a note.
_PASSED_OVER = frozenset({"image", "audio", "video", "font"})
_PASSED_TYPES = frozenset({"text/css", "text/javascript", "application/javascript", "application/pkcs7-signature", "application/pgp-signature",
                           "text/calendar", "application/pgp-keys", "text/x-amp-html"})  # fmt: skip

_FAULTS = (MessageError, LookupError, ValueError, AttributeError, TypeError, IndexError, AssertionError)


def read(original: Original, limits: Limits, read_inside: ReadInside) -> Iterator[object]:
    """Yield the message's report, then its attachments' reports, in the order in which they stand."""
    try:
        message = message_from_bytes(original.content(), policy=policy.default)
    except RecursionError:
        yield original.unread("mails nested too deep", "save the innermost mail by itself")
        return
    except _FAULTS as err:
        yield original.unread(f"broken mail ({err})", "save it again as .eml, or as text")
        return
    budget = [limits.attachments]
    yield from _message(message, original, limits, read_inside, budget)


def _message(message: Message, original: Original, limits: Limits, read_inside: ReadInside, budget: list[int]) -> Iterator[object]:
    words: list[Message] = []
    attached: list[Message] = []
    passed: list[str] = []
    try:
        _sort(message, words, attached, passed)
    except RecursionError:
        yield original.unread("parts nested too deep", "save the words of the mail as text")
        return
    notes = (*original.notes, *((f"not read: {', '.join(passed[:20])}{' …' if len(passed) > 20 else ''}",) if passed else ()))
    body = _body(words, message, original, limits, notes)
    if body is not None:
        yield body
    elif not attached:
        yield original.unread("mail without words", "its content may be pictures only")
    for part in attached:
        budget[0] -= 1
        if budget[0] == -1:
            yield original.unread(f"more than {limits.attachments} attachments; the rest was not read", "save those that matter by themselves")
        if budget[0] < 0:
            return
        yield from _attachment(part, original, limits, read_inside, budget)


def _sort(part: Message, words: list[Message], attached: list[Message], passed: list[str], depth: int = 0) -> None:
    """Put each leaf of a message among its words, its attachments, or what is passed over. Mails inside are leaves here."""
    kind, main = part.get_content_type(), part.get_content_maintype()
    if main == "multipart" and part.is_multipart():
        if depth > 100:
            raise RecursionError
        for one in part.get_payload():
            if isinstance(one, Message):
                _sort(one, words, attached, passed, depth + 1)
    elif main in _PASSED_OVER or kind in _PASSED_TYPES:
        passed.append(_name(part) or kind)
    elif kind in ("text/plain", "text/html") and _disposition(part) != "attachment" and _name(part) is None:
        words.append(part)
    elif main != "multipart":
        attached.append(part)


def _body(words: list[Message], message: Message, original: Original, limits: Limits, notes: tuple[str, ...]) -> Report | Unread | None:
    """Return the report of a message's own words: the plain text, or the page where the plain text is missing or a mere pointer to it."""
    plain = [text for part in words if part.get_content_type() == "text/plain" and (text := _text(part)) and text.strip()]
    pages = [text for part in words if part.get_content_type() == "text/html" and (text := _text(part)) and text.strip()]
    saved_page = _header(message, "Snapshot-Content-Location") or (_header(message, "Content-Location") if pages else None)
    about = _about(message)
    words_plain = "\n\n".join(text.strip() for text in plain)
    if pages and (saved_page or len(words_plain) < 200):
        page = report_of(pages[0], original.inside("", "page", b"", url=saved_page), limits, notes)
        if isinstance(page, Report) and len(page.text) > len(words_plain):
            return Report(
                id="", text=page.text, path=original.path, sha256=original.sha256, published=page.published if saved_page else about.published,
                title=(page.title if saved_page else about.title) or page.title, outlet=page.outlet if saved_page else about.outlet,
                authors=page.authors if saved_page else about.authors, url=page.url, media_type=original.media_type, notes=notes,
            )  # fmt: skip
        if not words_plain:
            return original.unread(page.reason, page.hint) if isinstance(page, Unread) else None
    if not words_plain:
        return None
    text = words_plain.replace("\r\n", "\n")
    stated = head(text)
    return Report(
        id="", text=text, path=original.path, sha256=original.sha256, published=about.published or stated.published,
        title=about.title or stated.title, outlet=about.outlet, authors=about.authors, url=original.url, media_type=original.media_type, notes=notes,
    )  # fmt: skip


def _attachment(part: Message, original: Original, limits: Limits, read_inside: ReadInside, budget: list[int]) -> Iterator[object]:
    name = _name(part) or _default_name(part)
    if part.get_content_type() == "message/rfc822" and part.is_multipart():
        inner = original.inside(name, "mail", b"", notes=(f"mail inside {original.name!r}",))
        if inner.depth > limits.nesting:
            yield inner.unread(f"mails nested deeper than {limits.nesting}", "save the innermost mail by itself")
            return
        for one in part.get_payload():
            if isinstance(one, Message):
                yield from _message(one, inner, limits, read_inside, budget)
        return
    try:
        data = part.get_payload(decode=True)
    except _FAULTS as err:
        yield original.inside(name, "text", b"").unread(f"attachment that cannot be decoded ({err})", "save it by itself")
        return
    if not isinstance(data, bytes) or not data:
        yield original.inside(name, "text", b"").unread("empty attachment")
        return
    if len(data) > limits.file_bytes:
        yield original.inside(name, "text", b"").unread(f"attachment of {bytes_told(len(data))}, more than {bytes_told(limits.file_bytes)} allowed")
        return
    yield from read_inside(original, name, data, limits, charset=part.get_content_charset(), notes=(f"attachment of {original.name!r}",))


class _About:
    """What a message's headers say; a header that cannot be read says nothing."""

    def __init__(self, title: str | None, authors: tuple[str, ...], outlet: str | None, published: datetime.date | None) -> None:
        self.title, self.authors, self.outlet, self.published = title, authors, outlet, published


def _about(message: Message) -> _About:
    title = _header(message, "Subject")
    name = domain = None
    try:
        if isinstance(message, EmailMessage) and (sender := message["From"]) is not None and sender.addresses:
            name, domain = sender.addresses[0].display_name or None, sender.addresses[0].domain or None
    except _FAULTS:
        pass
    day = None
    try:
        when = getattr(message["Date"], "datetime", None)
        day = when.date() if when is not None else None
    except _FAULTS:
        pass
    name = _clean(name)
    return _About(title, (name,) if name else (), name or domain, day)


def _header(message: Message, name: str) -> str | None:
    try:
        return _clean(str(message[name])) if message[name] is not None else None
    except _FAULTS:
        return None


def _clean(value: str | None) -> str | None:
    if not value:
        return None
    whole = value.encode("utf-8", "replace").decode("utf-8")
    return re.sub(r"\s+", " ", "".join(c if c.isprintable() else " " for c in whole)).strip()[:500] or None


def _text(part: Message) -> str | None:
    try:
        data = part.get_payload(decode=True)
        stated = part.get_content_charset()
    except _FAULTS:
        return None
    if not isinstance(data, bytes):
        return None
    decoded = decode(data, stated)
    return decoded.text if decoded else None


def _name(part: Message) -> str | None:
    try:
        name = part.get_filename()
    except _FAULTS:
        return None
    return re.split(r"[\\/]", name)[-1].strip() or None if name else None


def _default_name(part: Message) -> str:
    subject = None
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        subject = _header(inner[0], "Subject") if isinstance(inner, list) and inner and isinstance(inner[0], Message) else None
    return subject[:60] if subject else part.get_content_type().replace("/", "-")


def _disposition(part: Message) -> str | None:
    try:
        return part.get_content_disposition()
    except _FAULTS:
        return None
