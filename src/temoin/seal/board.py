"""The board: who may decide about a log, and what must not be erased, as the log's own entries say one after the other.

Promises: the first officers are named while the log begins; afterwards officers are added and revoked, and legal holds lifted, only by a mandate that
two officers of that moment signed for that very place in the log. So whoever holds the log's key alone can neither make officers nor lift a hold.
Anybody may place a hold. An erasure of what is held is refused here, and by every verifier.
"""

from __future__ import annotations

import re

import msgspec

from temoin.errors import Broken, Unverified
from temoin.seal import note
from temoin.seal.entry import Entry
from temoin.seal.key import VerifyingKey
from temoin.seal.tombstone import NEEDED

_HEADER = "temoin/mandate/v1"
_AT = re.compile(r"at \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\n", re.ASCII)


class Mandate(msgspec.Struct, frozen=True, kw_only=True):
    """What two officers sign: one act upon one subject, at one place of one case of one log."""

    origin: str
    act: str  # add-officer, revoke-officer, lift-hold
    subject: str  # the officer's verifier key, or the index of the hold
    case: str
    seq: int
    at: str

    @property
    def stem(self) -> str:
        """All lines but the hour."""
        return f"{_HEADER}\norigin {self.origin}\nact {self.act}\nsubject {self.subject}\ncase {self.case}\nseq {self.seq}\n"

    @property
    def text(self) -> str:
        """The lines that are signed."""
        return f"{self.stem}at {self.at}\n"


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """A legal hold that stands: on one entry, or on a whole case."""

    index: int  # the entry that placed it
    case: str
    of: int | None  # the entry that is held; None for all of the case

    def covers(self, case: str, index: int) -> bool:
        """Whether an entry of a case is held by it."""
        return self.case == case and self.of in (None, index)


class Board:
    """Officers and holds. Give it the entries of the house and the holds, in order of index; others change nothing."""

    def __init__(self, origin: str, house: str) -> None:
        self._origin = origin
        self._house = house
        self._beginning = True
        self._officers: dict[str, VerifyingKey] = {}
        self._holds: dict[int, Hold] = {}

    @property
    def officers(self) -> list[VerifyingKey]:
        """The officers of this moment."""
        return list(self._officers.values())

    @property
    def holds(self) -> list[Hold]:
        """The holds that stand."""
        return list(self._holds.values())

    @property
    def beginning(self) -> bool:
        """Whether nothing but the naming of keys was given so far: officers are then named without a mandate."""
        return self._beginning

    def take(self, index: int, entry: Entry) -> None:
        """Follow the next entry. Raises Unverified where it does what it has no mandate for, Broken where it cannot be understood."""
        if self._beginning and (entry.case, entry.kind, entry.seq) != (self._house, "key-event", index):
            self._beginning = False
        if entry.kind == "key-event" and entry.case == self._house and entry.detail.get("role") == "officer":
            self._officer(index, entry)
        elif entry.kind == "hold":
            self._hold(index, entry)

    def check_erasure(self, case: str, index: int) -> None:
        """Return where an entry of a case may be erased; raise Unverified where it is held."""
        for hold in self._holds.values():
            if hold.covers(case, index):
                raise Unverified(f"entry {index} is under the legal hold of entry {hold.index}")

    def _officer(self, index: int, entry: Entry) -> None:
        action, text = entry.detail.get("action"), str(entry.detail.get("vkey"))
        if action not in ("add", "revoke"):
            raise Unverified(f"entry {index} does something to an officer's key that is not known: {action!r}")
        if not self._beginning:
            self._mandate(index, entry, f"{action}-officer", text)
        if action == "add":
            self._officers[text] = VerifyingKey.parse(text)
        else:
            self._officers.pop(text, None)

    def _hold(self, index: int, entry: Entry) -> None:
        action, of, lifted = (entry.detail.get(name) for name in ("action", "index", "hold"))
        if action == "place" and (of is None or (type(of) is int and of >= 0)):
            self._holds[index] = Hold(index=index, case=entry.case, of=of)
        elif action == "lift" and type(lifted) is int and lifted in self._holds and self._holds[lifted].case == entry.case:
            self._mandate(index, entry, "lift-hold", str(lifted))
            del self._holds[lifted]
        else:
            raise Unverified(f"entry {index} does something to a legal hold that is not known")

    def _mandate(self, index: int, entry: Entry, act: str, subject: str) -> None:
        """Check that two officers of this moment signed for this act at this place."""
        wanted = Mandate(origin=self._origin, act=act, subject=subject, case=entry.case, seq=entry.seq, at=entry.at)
        try:
            signed = note.parse(str(entry.detail.get("note")))
            holds = {found.key.public for found in note.signed_by(signed, self.officers)}
        except (Broken, Unverified) as err:
            raise Unverified(f"entry {index}: its mandate does not hold: {err}") from err
        if not signed.text.startswith(wanted.stem) or not _AT.fullmatch(signed.text[len(wanted.stem) :]):
            raise Unverified(f"entry {index}: its mandate is for something else")
        if len(holds) < NEEDED:
            raise Unverified(f"entry {index}: its mandate bears {len(holds)} officer's signature, wanted {NEEDED}")
