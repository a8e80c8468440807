"""Report text made harmless to show: nothing in it can turn the line around, hide, ring a bell or break an encoder.

Every replacement is one code point for one, so offsets into the text still hold afterwards.
Escaping for HTML, Markdown or CSV is each writer's own business and comes after this.
"""

from __future__ import annotations

import re

#: Shown in place of what must not be shown.
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# Embeddings, overrides and isolates (UAX 9) may reorder what surrounds them; each quotation gets its own direction from `dir` instead.
_BIDI = "\u202a-\u202e\u2066-\u2069"
# Lone surrogates cannot be encoded; noncharacters and tag characters carry hidden text; interlinear anchors break layout.
_UNSAFE = re.compile(f"[{_BIDI}\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]")
_LINES = re.compile("[\x0b\x0c\r\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f]")
_LANG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})


def _picture(found: re.Match[str]) -> str:
    """Return the visible picture of a control character: U+0007 becomes ␇."""
    code = ord(found.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else REPLACEMENT


def neutral(text: str) -> str:
    """Return the text with control characters, direction overrides, lone surrogates and hidden tags made visible or replaced.

    The result has as many code points as the text, and every kind of line break has become a newline.
    """
    if text.isascii() and text.isprintable():
        return text
    # CR LF is one break: the CR becomes a blank, so that the offsets hold and no empty line appears.
    text = text.replace("\r\n", " \n")
    text = _LINES.sub("\n", text)
    text = _CONTROLS.sub(_picture, text)
    return _UNSAFE.sub(REPLACEMENT, text)


def line(text: str, limit: int | None = None) -> str:
    """Return the text neutral and on one line, its runs of white space made single blanks, cut with an ellipsis beyond `limit` code points."""
    whole = " ".join(neutral(text if limit is None else text[: 4 * limit + 64]).split())
    if limit is not None and len(whole) > limit:
        return whole[: limit - 1].rstrip() + "…"
    return whole


def encodable(text: str) -> str:
    """Return the text with lone surrogates replaced, one for one, so that it can be written as UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", REPLACEMENT, text)
    return text


def language_tag(lang: str | None) -> str:
    """Return a BCP 47 tag fit for an attribute; the empty string, which HTML reads as unknown, where there is none."""
    if lang is not None and len(lang) <= 35 and lang != "und" and _LANG.fullmatch(lang):
        return lang
    return ""


def direction(lang: str | None) -> str:
    """Return "ltr" or "rtl" by the language, and "auto" where the language is not known."""
    tag = language_tag(lang)
    if not tag:
        return "auto"
    return "rtl" if tag.split("-")[0].lower() in _RIGHT_TO_LEFT or "-arab" in tag.lower() or "-hebr" in tag.lower() else "ltr"
