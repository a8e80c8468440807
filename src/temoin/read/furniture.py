"""Page furniture: the stretches of a scraped text that belong to the page and not to the story.

Menus, breadcrumbs, share buttons, "read also" links and most-read lists, cookie and newsletter lines, tags, copyright, the second copy of a
headline. Both mistakes are dear: a sentence of the story must not be lost, and the headline of another story ("70,000 dead of Covid") must
not become a claim. So a line is judged by its words (`furniture.toml` of each language) and by its shape: links are short, do not end like
sentences, and stand under a heading that announces them, until a real paragraph follows.

Pure: text in, offsets out. Time grows with the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from temoin.languages import CODES, tables

#: A line at least this long is a paragraph of the story, whatever it ends with.
PARAGRAPH_LENGTH = 220
#: The longest notice that asks for consent, or advertises.
NOTICE_LENGTH = 450
#: The longest line that can be a link to another story.
LINK_LENGTH = 170
#: In how many of the first lines that are not blank the headline may stand a second time.
HEAD_LINES = 12
#: The longest name of a site behind a headline.
SITE_LENGTH = 60
#: A last line right above a paragraph, in a list whose links stand apart, is a crosshead of the story where it is so many words and no more,
#: without bullet, digit or mark. Links of three words are rare; crossheads of more would cost the headlines of other stories.
CROSSHEAD_WORDS = 3

_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "ё": "е", "Ё": "Е", "\xa0": " ", "\u202f": " ", "\u2009": " ", "„": '"', "“": '"', "”": '"'})
_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
_BULLET = re.compile(r"^\s*(?:[•▪◦‣●○■□▶►»›>*+·–—-]|\d{1,2}[.)]?(?=\s))\s*")
_SENTENCE_END = re.compile(r"[.…]['\"»”’)\]]*$|[!?]['\"»”’]+[.]?$")
_INNER_END = re.compile(r"[^\W\d_]{3,}[.!?…]['\"»”’)\]]*\s+['\"«“„(—–-]{0,2}\s?[^\W\d_a-zа-я]")
_CELLS = re.compile(r"\s{2,}|\t+|\s*[|·•¦]\s*|\s+[–—]\s+|\s+/\s+(?=\S)")
_BAR = re.compile(r"\s{2,}|\t+|\s+[|·•¦]\s+")
_CRUMB = re.compile(r"\s+(?:[>›»→]|/)\s+")
_SITE = re.compile(r"\s+[–—|-]\s+")
_DATE_CELL = re.compile(
    r"^(?:[^\W\d_]+\.?,? ){0,2}(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}(?:er|st|nd|rd|th|º|\.)? (?:de |of )?[^\W\d_]+\.?,? (?:de |del )?\d{4}"
    r"|[^\W\d_]+\.? \d{1,2},? \d{4})(?: г(?:ода|\.)?)?(?:[ ,]*(?:à|um|às|a las|в|at|-|–|—)?[ ,]*\d{1,2}[:hH.]\d{2}(?: ?uhr| ?[ap]m)?)?$"
)
_COPYRIGHT = re.compile(r"^(?:©|\(c\)|copyright\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one language, or of several together, ready to be asked."""

    headings: frozenset[str]
    lead_ins: frozenset[str]
    glued: frozenset[str]
    lines: frozenset[str]
    line_starts: tuple[str, ...]
    cells: frozenset[str]
    cell_starts: tuple[str, ...]
    bylines: tuple[str, ...]
    cookies: tuple[str, ...]
    consent: tuple[str, ...]
    channels: tuple[str, ...]
    joins: tuple[str, ...]
    patterns: re.Pattern[str]


@dataclass(slots=True)
class _Line:
    """A line that is not blank, and what is decided about it."""

    start: int
    end: int
    text: str
    plain: str  # lower case, typographic marks made plain, bullets off
    blank_above: bool
    bullet: bool
    paragraph: bool
    marked: bool = False


def furniture(text: str, lang: str | None) -> list[tuple[int, int]]:
    """Return the stretches of `text` that are page furniture: start and stop in code points, in order, apart from each other.

    lang: ISO 639-1 code; English words are looked for beside it, because pages of every language carry them; None or a language without a
    pack: the words of all six. Whole lines are marked. Of a headline that stands twice the first copy stays, unless it is the page's title,
    with the site's name behind it.
    """
    words = _words(lang if lang in CODES else None)
    lines = _lines(text)
    _mark_doubled_titles(lines)
    first, last = _body(lines)
    for n, line in enumerate(lines):
        if _advert(line, words) if line.paragraph else _stands_alone(line, words, outside=n < first or n > last):
            line.marked = True
    _mark_lists(lines, words, last)
    return [(line.start, line.end) for line in lines if line.marked]


@cache
def _words(lang: str | None) -> _Words:
    packs = [tables(code, "furniture") for code in (dict.fromkeys((lang, "en")) if lang else CODES)]

    def all_of(key: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(word for pack in packs for word in pack[key]))

    return _Words(
        headings=frozenset(all_of("headings")), lead_ins=frozenset(all_of("lead_ins")), glued=frozenset(all_of("glued")),
        lines=frozenset(all_of("lines")), line_starts=all_of("line_starts"),
        cells=frozenset(all_of("cells")), cell_starts=all_of("cell_starts"), bylines=all_of("bylines"),
        cookies=all_of("cookies"), consent=all_of("consent"), channels=all_of("channels"), joins=all_of("joins"),
        patterns=re.compile("|".join(f"(?:{one})" for one in all_of("patterns"))),
    )  # fmt: skip


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    for match in _LINE.finditer(text):
        raw = match[0]
        stripped = raw.strip()
        if not stripped:
            continue
        start = match.start() + len(raw) - len(raw.lstrip())
        blank = not found or text.count("\n", found[-1].end, start) > 1 or text.count("\r", found[-1].end, start) > 1
        bullet = _BULLET.match(stripped)
        # The words of a long line are never asked for, so it is not copied.
        long = len(stripped) > PARAGRAPH_LENGTH
        plain = "" if len(stripped) > NOTICE_LENGTH else _plainly(stripped[bullet.end() :] if bullet else stripped)
        found.append(_Line(start, start + len(stripped), stripped, plain, blank, bullet is not None, long or _is_paragraph(stripped)))
    return found


def _plainly(text: str) -> str:
    return text.translate(_PLAIN).lower().strip()


def _is_paragraph(line: str) -> bool:
    """Tell whether a line reads like running text: it ends as a sentence does, and has the length of one, or holds more than one."""
    words = len(line.split())
    if _SENTENCE_END.search(line):
        return words >= 7 or (words >= 4 and line[-1] in '”»"')
    return (words >= 14 and _INNER_END.search(line) is not None) or words > 35


def _body(lines: list[_Line]) -> tuple[int, int]:
    """Return the places of the first and last paragraph; the whole text where there is none."""
    places = [n for n, line in enumerate(lines) if line.paragraph]
    return (places[0], places[-1]) if places else (0, len(lines))


def _mark_doubled_titles(lines: list[_Line]) -> None:
    """Mark, near the head, the second copy of a headline, and a page title ("headline – site") whose headline stands alone below it."""
    head = [line.text.translate(_PLAIN) for line in lines[:HEAD_LINES]]
    for n, line in enumerate(lines[:HEAD_LINES]):
        if len(line.text.split()) < 3 or (line.paragraph and (len(line.text) > LINK_LENGTH or head[n] != head[0])):
            continue
        if head[n] in head[:n]:
            line.marked = True
        for joint in _SITE.finditer(head[n]):
            if head[n][: joint.start()] in head[n + 1 :] and len(head[n]) - joint.end() <= SITE_LENGTH:
                line.marked = True


def _stands_alone(line: _Line, words: _Words, *, outside: bool) -> bool:
    """Tell whether a line is furniture by itself. outside: before the first paragraph or behind the last, where menus stand."""
    plain = line.plain.rstrip(" :")
    if plain in words.lines or _COPYRIGHT.match(line.plain):
        return True
    if len(line.text) <= LINK_LENGTH and plain.startswith(words.line_starts) and _at_word_end(plain, words.line_starts):
        return True
    if _any(plain, words.cookies) and _any(plain, words.consent):
        return True
    if _any(plain, words.channels) and _any(plain, words.joins) and not line.text.endswith((".", "»", "”", '"')):
        return True
    if _link_behind(line, words) is not None:
        return True
    return _buttons(line, words) or (outside and (_breadcrumb(line) or _menu(line)))


def _advert(line: _Line, words: _Words) -> bool:
    """Tell whether a line that reads like running text is none of the story: it begins as adverts and notices do, or asks for consent."""
    if not line.plain:
        return False
    if len(line.text) <= PARAGRAPH_LENGTH and (_COPYRIGHT.match(line.plain) or _at_word_end(line.plain, words.line_starts)):
        return True
    if _any(line.plain, words.cookies) and sum(stem in line.plain for stem in words.consent) >= 2:
        return True
    lead = line.plain.partition(":")[0].strip()
    return len(line.text) <= LINK_LENGTH and " " in lead and lead in words.lead_ins and line.plain != lead


def _any(plain: str, stems: tuple[str, ...]) -> bool:
    return any(stem in plain for stem in stems)


def _at_word_end(plain: str, starts: tuple[str, ...]) -> bool:
    return any(plain.startswith(one) and not plain[len(one) : len(one) + 1].isalnum() for one in starts)


def _link_behind(line: _Line, words: _Words) -> str | None:
    """Return the link that follows "READ ALSO:" on the same line, or None where there is no such lead-in."""
    lead, mark, rest = line.plain.partition(":")
    if not mark:
        lead, mark, rest = line.plain.partition(" | ")
    if mark and rest.strip() and lead.strip() in words.lead_ins | words.headings:
        return rest.strip()
    # Scrapers glue a link to its lead-in: "Lire aussiEn Tchétchénie, …", "Read also Two dead …".
    for size in range(min(40, len(line.plain) - 3), 6, -1):
        lead = line.plain[:size]
        if " " in lead and lead in words.headings:
            behind = line.text[len(line.text) - len(line.plain) + size :]
            if behind[:1] == " " and lead not in words.glued:
                return None
            return behind.strip() if behind.lstrip()[:1].isupper() or behind.lstrip()[:1] in tuple("«“\"'„") else None
    return None


def _buttons(line: _Line, words: _Words) -> bool:
    """Tell whether a line is made of buttons, counts, a byline and a date only, at least one of them a button or a count."""
    plain = line.plain
    if len(plain) > LINK_LENGTH:
        return False
    cells = [cell.strip(" :,") for cell in _CELLS.split(plain) if cell.strip(" :,")]
    buttons = [_button(cell, words) for cell in cells]
    if not any(buttons):
        return False
    return all(button or _byline(cell, words) or _DATE_CELL.match(cell) or _time(cell) for cell, button in zip(cells, buttons, strict=True))


def _button(cell: str, words: _Words) -> bool:
    count = len(cell.split())
    if cell in words.cells or cell in words.lines or _COPYRIGHT.match(cell):
        return True
    if count <= 7 and _at_word_end(cell, words.cell_starts):
        return True
    if count <= 8 and _at_word_end(cell, words.line_starts):
        return True
    if count <= 8 and _any(cell, words.channels) and _any(cell, words.joins):
        return True
    if any(c.isdigit() for c in cell) and words.patterns.fullmatch(cell):
        return True
    # "Share Tweet Email", spaces only between them.
    return count >= 2 and all(word in words.cells for word in re.split(r"[\s,]+", cell))


def _byline(cell: str, words: _Words) -> bool:
    return len(cell.split()) <= 8 and _at_word_end(cell, words.bylines)


def _time(cell: str) -> bool:
    return re.fullmatch(r"(?:à |um |às |в )?\d{1,2}[:h.]\d{2}(?: ?uhr| ?[ap]m)?", cell) is not None


def _breadcrumb(line: _Line) -> bool:
    """Tell whether a line is the way to this page: "Home > World > Europe"."""
    parts = _CRUMB.split(line.text)
    if len(parts) < 2 or len(line.text) > 120 or (len(parts) == 2 and "/" in line.text):
        return False
    return all(1 <= len(part.split()) <= 5 and len(part) <= 45 and not re.search(r"[.!?]$", part) for part in parts)


def _menu(line: _Line) -> bool:
    """Tell whether a line is a row of at least three short links."""
    parts = [part for part in _BAR.split(line.text) if part]
    return len(parts) >= 3 and len(line.text) <= 200 and all(len(part.split()) <= 3 and len(part) <= 28 and part[-1] not in ".,;!?" for part in parts)


def _heading(line: _Line, below: _Line | None, words: _Words) -> bool:
    """Tell whether a line announces links: a known heading, or one that goes on for up to three words above a line that looks like a link."""
    plain = line.plain.rstrip(" :.…>›»→")
    if plain in words.headings:
        return True
    parts = plain.split()
    if len(parts) < 3 or line.text[-1:] in ".!?," or below is None or not _link_shaped(below):
        return False
    return any(" ".join(parts[:n]) in words.headings for n in range(max(2, len(parts) - 3), len(parts)))


def _link_shaped(line: _Line) -> bool:
    if line.bullet and len(line.text) <= LINK_LENGTH:
        return True
    return not line.paragraph and len(line.text) <= LINK_LENGTH and line.text[-1] not in ",;:"


def _crosshead(line: _Line) -> bool:
    return not line.bullet and len(line.text.split()) <= CROSSHEAD_WORDS and re.search(r"[\d.,:;!?|]", line.text) is None


def _mark_lists(lines: list[_Line], words: _Words, last: int) -> None:
    """Mark each heading that announces links, and the links under it up to the next paragraph of the story."""
    n = 0
    while n < len(lines):
        line, below = lines[n], lines[n + 1] if n + 1 < len(lines) else None
        inline = None if line.paragraph else _link_behind(line, words)
        if (line.paragraph and inline is None) or not (_heading(line, below, words) or inline is not None):
            n += 1
            continue
        line.marked = True
        n += 1
        if inline is not None and not (below is not None and below.bullet and not below.blank_above):
            continue
        n = _mark_links(lines, n, words, last)


def _mark_links(lines: list[_Line], n: int, words: _Words, last: int) -> int:
    """Mark the links that begin at line `n`; return the place behind them.

    Links that follow each other without a blank line end at the next blank line, unless the story is over. Links that stand apart go on to
    the next paragraph; a few words right above it are a crosshead and stay, unless they are the only candidate.
    """
    close = n < len(lines) and not lines[n].blank_above
    taken = 0
    while n < len(lines):
        line = lines[n]
        # A bullet makes a link of what reads like a sentence, right under its heading or once the story is over.
        if not _link_shaped(line) or (line.paragraph and not (line.bullet and (taken == 0 or n > last))):
            break
        if close and taken and line.blank_above and n < last:
            break
        below = lines[n + 1] if n + 1 < len(lines) else None
        if _heading(line, below, words):
            break
        if taken and not close and not line.marked and below is not None and below.paragraph and _crosshead(line):
            break
        line.marked = True
        taken += 1
        n += 1
    return n
