"""Witnessing: one log remembers another's last checkpoint and signs only what adds to it. Whoever forks is found out.

Promises: what was cosigned is persisted before the answer leaves, by compare-and-set; every refusal has the status of the protocol.
No socket is opened here: `answer` takes the request's bytes and gives status and body; `submit` is handed a way to send.
Source: C2SP tlog-witness.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import msgspec

from temoin.errors import Broken, TemoinError, Unreachable, Unverified
from temoin.seal import checkpoint, note
from temoin.seal.key import SigningKey, VerifyingKey
from temoin.seal.proof import MAX_PATH, verify_consistency

MAX_REQUEST_BYTES = 1 << 18


class Memory(Protocol):
    """What a witness keeps: the last checkpoint it cosigned for each log."""

    def last(self, origin: str) -> tuple[int, bytes]:
        """Return size and root last cosigned; (0, b"") where there is none."""

    def advance(self, origin: str, before: tuple[int, bytes], after: tuple[int, bytes]) -> bool:
        """Persist `after` where `before` is still the last, in one step. Returns False, changing nothing, where it is not."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An HTTP answer."""

    status: int
    body: str
    content_type: str = "text/plain; charset=utf-8"


def request(old: int, path: Sequence[bytes], signed: note.Note) -> bytes:
    """Return the body of an add-checkpoint request."""
    lines = [f"old {old}", *(base64.b64encode(value).decode() for value in path)]
    return ("\n".join(lines) + "\n\n" + str(signed)).encode()


def answer(body: bytes, logs: Mapping[str, Sequence[VerifyingKey]], keys: Sequence[SigningKey], memory: Memory, clock: Callable[[], int]) -> Answer:
    """Answer one add-checkpoint request.

    logs: the keys trusted for each origin. keys: the witness's own. clock: seconds since 1970.
    """
    try:
        old, path, signed = _read(body)
        stated = checkpoint.parse(signed.text)
    except Broken as err:
        return Answer(status=400, body=f"{err}\n")
    if stated.origin not in logs:
        return Answer(status=404, body=f"log {stated.origin} is not known here\n")
    try:
        note.signed_by(signed, logs[stated.origin])
    except Unverified as err:
        return Answer(status=403, body=f"{err}\n")
    if old > stated.size:
        return Answer(status=400, body=f"old size {old} is beyond the checkpoint's {stated.size}\n")
    before = memory.last(stated.origin)
    if old != before[0]:
        return _conflict(before[0])
    if old == stated.size and old and stated.root != before[1]:
        return _conflict(before[0])  # two roots for one size: a fork
    try:
        if old == 0:
            if path:
                raise Unverified("from size 0 the path is empty")
        else:
            verify_consistency(old, stated.size, path, before[1], stated.root)
    except Unverified as err:
        return Answer(status=422, body=f"{err}\n")
    if not memory.advance(stated.origin, before, (stated.size, stated.root)):
        return _conflict(memory.last(stated.origin)[0])
    now_s = clock()
    return Answer(status=200, body="".join(str(checkpoint.cosign(signed, key, now_s)) for key in keys))


def _conflict(size: int) -> Answer:
    return Answer(status=409, body=f"{size}\n", content_type="text/x.tlog.size")


def _read(body: bytes) -> tuple[int, list[bytes], note.Note]:
    if len(body) > MAX_REQUEST_BYTES:
        raise Broken(f"a request of {len(body)} bytes; at most {MAX_REQUEST_BYTES} are read")
    try:
        head, found, rest = body.decode().partition("\n\n")
        lines = head.split("\n")
        word, _, number = lines[0].partition(" ")
        if not found or word != "old" or not number.isascii() or not number.isdigit() or str(int(number[:20])) != number:
            raise ValueError("no old size")
        path = [base64.b64decode(line, validate=True) for line in lines[1:]]
    except (ValueError, binascii.Error) as err:
        raise Broken(f"the request cannot be read: {err}") from err
    if len(path) > MAX_PATH or any(len(value) != 32 for value in path):
        raise Broken(f"a consistency path has at most {MAX_PATH} hashes of 32 bytes")
    return int(number), path, note.parse(rest)


def submit(
    signed: note.Note,
    witness: VerifyingKey,
    consistency: Callable[[int, int], Sequence[bytes]],
    send: Callable[[bytes], tuple[int, bytes]],
    now_s: int,
    skew_s: int = 300,
) -> note.Signature:
    """Ask a witness to cosign and return its signature line, checked.

    consistency: gives the path from a size to a size. send: posts a body, returns status and body.
    Raises Unverified where the witness remembers more than we have, or another history, and where its signature does not hold or
    its clock is off by more than skew_s; Unreachable where it refuses for another reason.
    """
    stated = checkpoint.parse(signed.text)
    status, body = send(request(0, [], signed))
    if status == 409:
        known = body.decode("ascii", "replace").strip()
        if not known.isdigit() or len(known) > 19:
            raise Broken(f"witness {witness.name} answers 409 without a size")
        old = int(known)
        if old > stated.size:
            raise Unverified(
                f"witness {witness.name} has seen size {old}, this log has {stated.size}: it was rolled back",
                hint="Do not sign. Restore the newer state, or begin a new log and say so.",
            )
        status, body = send(request(old, consistency(old, stated.size) if old and old < stated.size else [], signed))
    if status in (409, 422):
        raise Unverified(
            f"witness {witness.name} remembers another history than the checkpoint at size {stated.size} (status {status})",
            hint="Keep both checkpoints: together they prove the fork.",
        )
    if status != 200:
        raise Unreachable(f"witness {witness.name} answers {status}: {body[:200].decode('utf-8', 'replace').strip()}")
    try:
        lines = [note.parse_signature(line) for line in body.decode().splitlines()]
        signature = next(line for line in lines if (line.name, line.key_id) == (witness.name, witness.id))
    except (UnicodeDecodeError, StopIteration, TemoinError) as err:
        raise Broken(f"witness {witness.name} answers without its own signature") from err
    time_s = witness.verify(signed.text.encode(), signature.value)
    if time_s is None or abs(time_s - now_s) > skew_s:
        raise Unverified(f"witness {witness.name} signs with a clock {abs((time_s or 0) - now_s)} s from ours; at most {skew_s} s are taken")
    return signature
