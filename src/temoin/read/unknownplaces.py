"""Places that no gazetteer knows, where the sentence itself says that they are places.

"in the town of Ouro Hoggo"; "à Ouro Hoggo, au sud de Bankass"; "in Muhala village"; «в селе Мухала». The name is kept as written,
Cyrillic in Latin letters; there is no point on the map. The country is that of the known place beside it, where one is.
"""

from __future__ import annotations

from temoin.read.placespans import BLANKS, HYPHENS, Cues, Token, spot
from temoin.records import Place

Found = tuple[int, int, int, int, int]  # start, end, gazetteer row, first token, last token
MOST_WORDS = 3  # of an unknown name
MOST_PARTS = 8  # words of a phrase such as "a village in the centre of"
_INNER = frozenset(["de", "del", "do", "da", "des", "du", "la", "el", "al", "es"])
_BREAKS = '.;:!?()«»“”"\n'

_LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў",
        "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya i yi ye g u".replace("_", "").split(" "),
        strict=True,
    )
)


def romanise(name: str) -> str:
    """Return a name with its Cyrillic letters in Latin ones, the way English maps write them."""
    out = []
    for char in name:
        latin = _LATIN.get(char.lower())
        out.append(char if latin is None else latin.capitalize() if char.isupper() else latin)
    return "".join(out).replace("yy", "y")


def unknown(text: str, words: list[Token], known: list[Found], table: Cues, lang: str) -> list[Place]:
    """Return the unknown places of a text.

    known: the places already found, in text order; none of them is touched.
    """
    taken = {at for *_, first, last in known for at in range(first, last + 1)}
    first_tokens = {first: row for _, _, row, first, _ in known}
    made: list[Place] = []
    at = 1
    while at < len(words):
        token = words[at]
        if not token.capital or at in taken or token.plain in table.levels or token.plain in table.openers or token.plain in table.kinds:
            at += 1
            continue
        last = _name_end(text, words, at, taken, lang)
        named, country = _after_noun(text, words, at, table), None
        follower = words[last + 1] if last + 1 < len(words) and _follows(text, words, last) else None
        if not named and _cue(text, words, at, table) >= 2 and not (follower and follower.capital):
            named = lang == "en" and follower is not None and follower.plain in table.towns
            if not named:
                row = _located(text, words, last, table, first_tokens)
                if row is not None:
                    named, country = True, spot(row).country
        if named and len(token.word) > 2 and token.plain not in table.after and not (token.word.isupper() and len(token.word) < 5):
            start, end = token.start, words[last].end
            made.append(Place(start=start, end=end, name=romanise(" ".join(text[start:end].split())), country=country, lat=None, lon=None))
        at = last + 1
    return made


def _follows(text: str, words: list[Token], at: int) -> bool:
    return text[words[at].end : words[at + 1].start] in BLANKS


def _name_end(text: str, words: list[Token], at: int, taken: set[int], lang: str) -> int:
    """Return the last word of the capitalised name that begins here; of one word in German, whose nouns are capitalised too."""
    last = at
    while last + 1 < len(words) and last - at < MOST_WORDS - 1:
        gap = text[words[last].end : words[last + 1].start]
        follower = words[last + 1]
        if last + 1 in taken or not (gap in HYPHENS or (gap in BLANKS and lang != "de")):
            break
        if follower.capital:
            last += 1
        elif follower.plain in _INNER and last + 2 < len(words) and words[last + 2].capital and _follows(text, words, last + 1):
            if last + 2 in taken:
                break
            last += 2
        else:
            break
    return last


def _after_noun(text: str, words: list[Token], at: int, table: Cues) -> bool:
    """Tell whether "the town of", «в селе» stands before a word."""
    for back in range(at - 1, max(at - 4, -1), -1):
        gap = text[words[back].end : words[back + 1].start]
        if gap not in BLANKS and gap not in ("'", "’"):
            return False
        if words[back].plain in table.towns:
            return back + 1 < at or not table.links & {"of"}  # English says "the town of X"; "town Hall" is none
        if words[back].plain not in table.links:
            return False
    return False


def _cue(text: str, words: list[Token], at: int, table: Cues) -> int:
    gap = text[words[at - 1].end : words[at].start]
    return table.levels.get(words[at - 1].plain, 0) if gap in BLANKS else 0


def _located(text: str, words: list[Token], last: int, table: Cues, first_tokens: dict[int, int]) -> int | None:
    """Return the known place by which a name is located: "X, au sud de Bankass", "X, Mali", "X (Mali)"; None where there is none."""
    if last + 1 >= len(words):
        return None
    gap = text[words[last].end : words[last + 1].start].strip()
    if gap not in (",", "("):
        return None
    for step in range(last + 1, min(last + 2 + MOST_PARTS, len(words))):
        between = text[words[step - 1].end : words[step].start]
        if step > last + 1 and any(mark in between for mark in _BREAKS + ","):
            return None
        if step in first_tokens:
            return first_tokens[step]
        if words[step].plain not in table.parts:
            return None
    return None
