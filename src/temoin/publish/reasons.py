"""Why the account put things as it did, in the page's words: it notes its reasons in English, and each kind has a sentence in every language.

A reason that is not known here, of another version perhaps, stays in English and is marked so.
"""

from __future__ import annotations

import re
from typing import Any

from temoin.publish.wording import Words

#: What an account writes, and the message that says it; a group becomes a part of the message, n a number.
_KNOWN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), key)
    for pattern, key in (
        (r"its own text keeps the bound that this sentence drops", "bound_kept"),
        (r"(?P<n>\d+) reports? gives? it with its bound", "bound_given"),
        (r"the origin had given another figure (?P<n>\d+) days before", "renewed"),
        (r"two numbers of one speaker were added up", "summed"),
        (r"the copy lost the denial", "denial_lost"),
        (r"the copy gives another number than its source", "copy_number"),
        (r"the copy tells as fact what its source marks as told", "copy_fact"),
        (r"the copy tells it in its own voice", "own_voice"),
        (r"the copy names another speaker than its source", "copy_speaker"),
        (r"the copy tells (?P<number>.{1,40}) as something else", "copy_kind"),
        (r"who could not confirm it is told as having denied it", "doubt_denied"),
        (r"no one but the promiser vouches for it", "only_promiser"),
        (r"its own text speaks of visas", "own_visas"),
        (r"others speak of visas", "others_visas"),
        (r"both came through (?P<name>.+)", "one_way"),
        (r"both are of one house: .+", "one_house"),
        (r"(?P<n>\d+) things of the one are credited to the other", "credited"),
        (r"(?P<n>\d+) numbers are credited to the one and to the other", "numbers_of_both"),
        (r"(?P<report>[^;]+) is the older report", "older"),
        (r"it says so: (?P<words>.+)", "says_so"),
        (r"published (?P<n>\d+) days? later", "later"),
        (r"the same day, and the other is an agency", "same_day_agency"),
        (r"the other is an agency", "agency"),
        (r"the other has the longer text", "longer"),
        (r"the other has the longer text, and a date is missing", "longer_undated"),
        (r"nothing tells which came first", "unknown_first"),
        (r"likely translated: (?P<n>\d+) claims with the same numbers and speakers, in the same order, in another language", "translated"),
        (r"a genitive", "genitive"),
        (r"another grammatical case", "case"),
        (r"the same consonants, vowels as another language writes them", "consonants"),
        (r"one letter differs", "letter"),
        (r"the same but for case, accents or script", "script"),
        (r"the same letters, other spaces", "spaces"),
        (r"its initials", "initials"),
        (r"what it is, before its name", "kind_before"),
        (r"the only bearer of this surname in these reports", "surname"),
        (r"nearly the same letters", "nearly"),
        (r"one report uses both", "both_used"),
        (r"both are like (?P<name>.+)", "both_like"),
    )
)
#: Where an account joins two reasons, and how the page does.
_JOINTS = ((", but ", ", "), ("; ", " "))


def reason(noted: str, own: Words) -> str:
    """Return a reason in the page's words; "" where it is none that is known."""
    noted = noted.strip()
    for pattern, key in _KNOWN:
        got = pattern.fullmatch(noted)
        if got is not None:
            parts: dict[str, Any] = {name: own.digits(int(text)) if name == "n" else text for name, text in got.groupdict().items()}
            return own.say(f"reason.{key}", **parts)
    for joint, joined in _JOINTS:
        first, found, last = noted.rpartition(joint)
        if found and (one := reason(first, own)) and (other := reason(last, own)):
            return one + joined + other
    return ""
