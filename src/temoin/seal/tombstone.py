"""Tombstones: the honest mark of an erasure. They say that an entry is gone, why, and which two officers decided; never what it said.

Promises: without the signatures of two different officers there is no erasure; a tombstone speaks of one leaf of one log only, so
it cannot be used for another. What it cannot show is that the erased item deserved it: erasures are counted, and the count is public.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, get_args

import msgspec

from temoin.errors import Broken, Refused, Unverified
from temoin.seal import note
from temoin.seal.key import SigningKey, VerifyingKey

#: Why something was erased, as a class and never as a story (GDPR art. 17 and 9; SAFETY.md).
Ground = Literal["consent_withdrawn", "data_subject_request", "danger_to_a_person", "unlawfully_held", "court_order", "retention_over"]
NEEDED = 2
_HEADER = "temoin/tombstone/v1"


class Tombstone(msgspec.Struct, frozen=True, kw_only=True):
    """What two officers sign: which leaf of which log is erased, on which ground, when."""

    origin: str
    index: int
    commitment: str
    case: str
    seq: int
    ground: Ground
    at: str

    @property
    def text(self) -> str:
        """The lines that are signed."""
        return (
            f"{_HEADER}\norigin {self.origin}\nindex {self.index}\ncommitment {self.commitment}\n"
            f"case {self.case}\nseq {self.seq}\nground {self.ground}\nat {self.at}\n"
        )


def parse(text: str) -> Tombstone:
    """Read the text of a tombstone. Raises Broken."""
    found = re.fullmatch(
        rf"{_HEADER}\norigin (\S+)\nindex (0|[1-9]\d{{0,18}})\ncommitment ([0-9a-f]{{64}})\n"
        r"case ([0-9a-f]{32})\nseq (0|[1-9]\d{0,18})\nground (\w+)\nat (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\n",
        text,
        re.ASCII,
    )
    if not found or found[6] not in get_args(Ground):
        raise Broken("this is no tombstone")
    plain = dict(zip(("origin", "index", "commitment", "case", "seq", "ground", "at"), found.groups(), strict=True))
    return msgspec.convert({**plain, "index": int(found[2]), "seq": int(found[5])}, Tombstone)


def sign(tombstone: Tombstone, officers: Sequence[SigningKey]) -> note.Note:
    """Return the tombstone signed by the officers. Raises Refused unless two different ones sign."""
    if len({officer.public.public for officer in officers}) < NEEDED:
        raise Refused("an erasure needs two different officers", hint="Give two key files.")
    return note.sign(tombstone.text, officers)


def verify(signed: note.Note, officers: Iterable[VerifyingKey]) -> Tombstone:
    """Return the tombstone where two different known officers signed it; raise Unverified otherwise."""
    tombstone = parse(signed.text)
    holds = {found.key.public for found in note.signed_by(signed, officers)}
    if len(holds) < NEEDED:
        raise Unverified(f"the tombstone of entry {tombstone.index} bears {len(holds)} officer's signature, wanted {NEEDED}")
    return tombstone
