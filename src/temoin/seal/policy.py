"""Trust policies: which logs are known, which witnesses, and how many of these must have signed.

Promises: a policy is read strictly; a checkpoint that does not reach the quorum is refused with the names that are missing.
Source: C2SP tlog-policy.
"""

from __future__ import annotations

import re

import msgspec

from temoin.errors import Broken, TemoinError, Unverified
from temoin.seal import note
from temoin.seal.checkpoint import Checkpoint
from temoin.seal.checkpoint import parse as parse_checkpoint
from temoin.seal.key import ED25519, VerifyingKey


class Group(msgspec.Struct, frozen=True):
    """Witnesses, or groups of them, of which `needed` must have signed."""

    needed: int
    members: tuple[str, ...]


class Witnessed(msgspec.Struct, frozen=True, kw_only=True):
    """A checkpoint that satisfies a policy, and who signed it when."""

    checkpoint: Checkpoint
    log: VerifyingKey
    cosigned: tuple[note.Signed, ...]


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """Logs, witnesses by name, groups by name, and the quorum's name (None where none is asked)."""

    logs: tuple[VerifyingKey, ...]
    witnesses: dict[str, VerifyingKey]
    groups: dict[str, Group]
    quorum: str | None
    urls: dict[str, str] = {}  # verifier key -> address, where the policy gives one

    def __str__(self) -> str:
        lines = [" ".join(["log", str(k), *filter(None, [self.urls.get(str(k))])]) for k in self.logs]
        lines += [" ".join(["witness", n, str(k), *filter(None, [self.urls.get(str(k))])]) for n, k in self.witnesses.items()]
        lines += [" ".join(["group", n, str(g.needed), *g.members]) for n, g in self.groups.items()]
        return "\n".join([*lines, f"quorum {self.quorum or 'none'}"]) + "\n"

    def verify(self, signed: note.Note) -> Witnessed:
        """Return who vouches for the checkpoint; raise Unverified where no known log signed it or the quorum is not reached."""
        log = next(s.key for s in note.signed_by(signed, self.logs))
        checkpoint = parse_checkpoint(signed.text)
        if checkpoint.origin != log.name:
            raise Unverified(f"the checkpoint is of log {checkpoint.origin}, signed by {log.name}")
        names = {key: name for name, key in self.witnesses.items()}
        try:
            cosigned = tuple(note.signed_by(signed, self.witnesses.values()))
        except Unverified:
            if any((s.name, s.key_id) == (k.name, k.id) for s in signed.signatures for k in self.witnesses.values()):
                raise  # a known witness's signature is there and fails: the note is refused whole
            cosigned = ()
        present = {names[s.key] for s in cosigned}
        if self.quorum is not None and not self._reached(self.quorum, present):
            absent = ", ".join(sorted(set(self.witnesses) - present))
            raise Unverified(f"quorum {self.quorum} is not reached at size {checkpoint.size}: no cosignature by {absent}")
        return Witnessed(checkpoint=checkpoint, log=log, cosigned=cosigned)

    def _reached(self, name: str, present: set[str]) -> bool:
        group = self.groups.get(name)
        if group is None:
            return name in present
        return sum(self._reached(member, present) for member in group.members) >= group.needed


def only(log: VerifyingKey) -> Policy:
    """Return the policy that knows one log and asks for no witness."""
    return Policy(logs=(log,), witnesses={}, groups={}, quorum=None)


def parse(data: bytes | str) -> Policy:
    """Read a policy file. Raises Broken with the number of the line that is wrong."""
    text = data if isinstance(data, str) else data.decode("utf-8", "surrogateescape")
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text):
        raise Broken("a policy holds no control characters but tab and newline")
    logs: list[VerifyingKey] = []
    witnesses: dict[str, VerifyingKey] = {}
    groups: dict[str, Group] = {}
    urls: dict[str, str] = {}
    used: set[str] = set()
    quorum: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        words = [word for word in re.split(r"[ \t]+", line) if word]
        if not words or words[0].startswith("#"):
            continue
        try:
            match words:
                case ["log", vkey, *url] if len(url) < 2:
                    key = VerifyingKey.parse(vkey)
                    _want(key.algorithm == ED25519 and key.public not in {k.public for k in logs}, "a log key is Ed25519 and stands once")
                    logs.append(key)
                    urls.update({str(key): u for u in url})
                case ["witness", name, vkey, *url] if len(url) < 2:
                    key = VerifyingKey.parse(vkey)
                    _want(key.cosigns and key.public not in {k.public for k in witnesses.values()}, "a witness key cosigns and stands once")
                    _want(name != "none" and name not in witnesses and name not in groups, f"the name {name} is taken")
                    witnesses[name] = key
                    urls.update({str(key): u for u in url})
                case ["group", name, needed, *members] if members:
                    _want(name != "none" and name not in witnesses and name not in groups, f"the name {name} is taken")
                    _want(all(m in witnesses or m in groups for m in members), "a member is defined before its group")
                    _want(len(set(members)) == len(members) and not used & set(members), "a name is a member once")
                    _want(needed in ("any", "all") or bool(re.fullmatch(r"[1-9][0-9]{0,3}", needed)), "any, all or a number")
                    k = {"any": 1, "all": len(members)}.get(needed) or int(needed)
                    _want(1 <= k <= len(members), f"{k} of {len(members)} cannot be reached")
                    used |= set(members)
                    groups[name] = Group(k, tuple(members))
                case ["quorum", name]:
                    _want(not quorum, "one quorum line only")
                    _want(name == "none" or name in witnesses or name in groups, f"{name} is not defined")
                    quorum.append(name)
                case _:
                    raise Broken(f"{line.strip()[:60]!r} is no policy line")
        except TemoinError as err:
            raise Broken(f"policy line {number}: {err}") from err
    if not quorum:
        raise Broken("a policy has a quorum line", hint="Write 'quorum none' where no witness is asked.")
    return Policy(logs=tuple(logs), witnesses=witnesses, groups=groups, quorum=None if quorum[0] == "none" else quorum[0], urls=urls)


def _want(holds: bool, sentence: str) -> None:
    if not holds:
        raise Broken(sentence)
