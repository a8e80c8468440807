"""Encoding: from bytes to text, deterministically, saying what was decided.

Order of evidence: a byte-order mark; strict UTF-8; the pattern of zero bytes that UTF-16 leaves; what the carrier said (a header, a meta
element); and last the letters themselves: in the right Cyrillic code page the commonest Russian letters are common and small letters
outnumber capitals. Line ends are never translated.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple


class Decoded(NamedTuple):
    """Text, and what a person should know of how it was had; None for plain UTF-8."""

    text: str
    note: str | None


_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)

#: Single-byte code pages in which Russian was written, commonest first: ties go to the first.
_CYRILLIC = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")

#: How often a letter stands in 1,000 letters of Russian, rounded.
_COMMON_RUSSIAN = {
    "о": 110, "е": 84, "а": 79, "и": 74, "н": 67, "т": 62, "с": 54, "р": 47, "в": 45, "л": 43, "к": 34, "м": 32, "д": 30, "п": 28, "у": 26,
    "я": 20, "ы": 19, "з": 16, "б": 16, "г": 17, "ч": 14, "й": 12,
}  # fmt: skip

SAMPLE_BYTES = 1 << 16

#: Share of bytes that strict UTF-8 may refuse in a text that is UTF-8 otherwise: a page put together from two sources, a cut last letter.
_STRAY_SHARE = 0.002


def decode(data: bytes, stated: str | None = None) -> Decoded | None:
    """Return the text of `data`, or None where it is not text at all.

    stated: the encoding that a header or meta element names; believed where it decodes without a fault and UTF-8 does not.
    """
    for mark, name, told in _MARKS:
        if data.startswith(mark):
            body = data[len(mark) :]
            return _checked(body.decode(name, "replace"), f"decoded as {told}, its byte-order mark dropped{_lost(body, name)}")
    text = _strict(data, "utf-8")
    if text is not None and "\x00" not in text[:SAMPLE_BYTES]:
        return _checked(text, None)
    wide = _wide(data)
    if wide:
        return _checked(data.decode(wide, "replace"), f"decoded as {wide.upper()} without a byte-order mark{_lost(data, wide)}")
    if b"\x00" in data[:SAMPLE_BYTES]:
        return None
    if strays := _strays(data):
        return _checked(data.decode("utf-8", "replace"), f"decoded as UTF-8; {strays} unreadable byte{'s' if strays > 1 else ''} shown as U+FFFD")
    if stated and (told_text := _named(data, stated)) is not None:
        return told_text
    guess = _single_byte(data)
    return _checked(data.decode(guess, "replace"), f"decoded as {guess}")


def _named(data: bytes, stated: str) -> Decoded | None:
    try:
        name = codecs.lookup(stated.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    if name in ("iso8859-1", "ascii"):
        name = "cp1252"  # as every browser reads the label
    try:
        text = _strict(data, name)
    except (LookupError, ValueError, AssertionError):  # codecs that are not text encodings ("zip", "rot13", "idna")
        return None
    return None if text is None else _checked(text, f"decoded as {name}, as stated")


def _checked(text: str, note: str | None) -> Decoded | None:
    """Return the text unless it is full of control characters, which no report has."""
    sample = text[:SAMPLE_BYTES]
    odd = sum(1 for c in sample if (c < " " and c not in "\t\n\r\f\x0b") or "\x7f" <= c <= "\x84" or "\x86" <= c <= "\x9f")
    return None if odd > max(8, len(sample) * 0.01) else Decoded(text, note)


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _lost(data: bytes, name: str) -> str:
    return "" if _strict(data, name) is not None else "; unreadable bytes shown as U+FFFD"


def _wide(data: bytes) -> str | None:
    """Return the name of the UTF-16 that leaves such a pattern of high bytes, or None."""
    sample = data[: SAMPLE_BYTES & ~1]
    if len(sample) < 4 or len(data) % 2:
        return None
    half = len(sample) // 2
    even, odd = sample[0::2], sample[1::2]
    for name, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        blocks = high.count(0) + high.count(4) + high.count(0x20)  # Latin, Cyrillic, general punctuation
        if blocks > 0.9 * half and low.count(0) < 0.05 * half and _strict(sample[: len(sample) - 2], name) is not None:
            return name
    return None


def _strays(data: bytes) -> int:
    """Return how many bytes strict UTF-8 refuses, 0 where so many are refused (or so little is multi-byte) that it is not UTF-8."""
    if not re.search(rb"[\xc3-\xf4][\x80-\xbf]", data):
        return 0
    # "surrogateescape" keeps each refused byte countable without a second pass over the errors.
    text = data.decode("utf-8", "surrogateescape")
    refused = sum(1 for c in text if "\udc80" <= c <= "\udcff")
    beyond_ascii = sum(1 for c in text if c > "\x7f") - refused
    return refused if refused <= max(1, len(data) * _STRAY_SHARE) and beyond_ascii > 4 * refused else 0


def _single_byte(data: bytes) -> str:
    """Return the single-byte encoding that fits the letters best: a Cyrillic code page, cp1252, or latin-1 where cp1252 has no letter."""
    sample = data[:SAMPLE_BYTES]
    letters = len(re.findall(rb"[A-Za-z]", sample))
    beyond = len(re.findall(rb"[\x80-\xff]", sample))
    # In a Western text one letter in five at most is accented; in a Russian one nearly all letters lie beyond ASCII.
    if beyond > 0.4 * (letters + beyond) and re.search(rb"[\x80-\xff]{3}", sample):
        return max(_CYRILLIC, key=lambda name: _russian(sample.decode(name, "replace")))
    return "cp1252" if _strict(data, "cp1252") is not None else "latin-1"


def _russian(text: str) -> int:
    """Return how Russian a text looks: common small letters count, letters that are no Russian ones and capitals inside words count against it."""
    score = sum(_COMMON_RUSSIAN.get(c, 0) for c in text)
    odd = sum(1 for c in text if c > "\x7f" and not ("а" <= c.lower() <= "я" or c in "ёЁ«»—–№…“”„’‘ "))
    return score - 60 * odd - 60 * len(re.findall(r"[а-яё][А-ЯЁ]", text))
