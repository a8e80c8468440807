"""Time stamps over checkpoints (RFC 3161): somebody outside says that this state of the log existed at an hour.

Promises: a stamp is taken only for our own question (nonce bound), from a root we pinned, from a clock within five minutes of ours; replies with
an unsorted certificate set, which `openssl ts -chain` makes, are read too. Checkpoints are stamped, never items: a stamp reveals nothing.
What it cannot show: with a stolen key of the authority a stamp can be back-dated. Hence two authorities, and witnesses.
Parsing and signature checks are rfc3161-client's. Sources: RFC 3161; RFC 5652, 5.1 (certificates are an unsigned SET OF); RFC 5816.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from hashlib import sha256

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from temoin.errors import Broken, Unreachable, Unreadable, Unverified

SKEW_S = 300
MAX_BYTES = 1 << 18


class Stamp(msgspec.Struct, frozen=True, kw_only=True):
    """A time stamp that holds."""

    at: datetime  # aware, UTC: the authority's word, not ours
    serial: int
    root: str  # SHA-256 of the root certificate that vouches for it
    authority: str  # the root's subject


def read_root(pem: bytes) -> x509.Certificate:
    """Read a pinned root certificate. Raises Unreadable."""
    try:
        return x509.load_pem_x509_certificate(pem)
    except ValueError as err:
        raise Unreadable("this is no certificate in PEM", hint="It begins with -----BEGIN CERTIFICATE-----.") from err


def take(data: bytes, roots: Sequence[x509.Certificate], send: Callable[[bytes], bytes], clock: Callable[[], datetime]) -> tuple[bytes, Stamp]:
    """Ask one authority to stamp `data` and return its raw reply and what it says, checked.

    roots: the pinned root or roots of this authority. send: posts a request, returns the reply. clock: aware UTC.
    Raises Unverified where the reply answers another question, chains to another root or tells another time.
    """
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    request = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).nonce(nonce=True).cert_request(cert_request=True).build()
    reply = send(request.as_bytes())
    stamp = verify(reply, data, roots, nonce=request.nonce)
    off_s = abs((stamp.at - clock()).total_seconds())
    if off_s > SKEW_S:
        raise Unverified(f"the authority's clock says {stamp.at:%Y-%m-%d %H:%M:%S}, {off_s:.0f} s from ours; at most {SKEW_S} s are taken")
    return reply, stamp


def verify(reply: bytes, data: bytes, roots: Sequence[x509.Certificate], *, nonce: int | None = None) -> Stamp:
    """Return what a time stamp says of `data`, where it holds under one of the roots; raise Unverified or Broken otherwise.

    nonce: the question's, bound where it is known. A stamp read back from a file is checked without it.
    """
    from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

    if not roots:
        raise Unverified("no root certificate is pinned for this authority")
    if len(reply) > MAX_BYTES:
        raise Broken(f"a time stamp of {len(reply)} bytes; at most {MAX_BYTES} are read")
    try:
        response = decode_timestamp_response(sort_certificates(reply))
    except ValueError as err:
        raise Broken(f"the time stamp cannot be read: {err}") from err
    if response.status > 1:
        raise Unreachable(f"the authority refused: status {response.status} {'; '.join(response.status_string)}")
    problems = []
    for root in roots:
        builder = VerifierBuilder().add_root_certificate(root)
        if nonce is not None:
            builder = builder.nonce(nonce)
        try:
            builder.build().verify(response, sha256(data).digest())
        except (VerificationError, ValueError) as err:
            problems.append(str(err))
            continue
        at = response.tst_info.gen_time
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
        if not root.not_valid_before_utc <= at <= root.not_valid_after_utc:
            problems.append("the root was not valid at that time")
            continue
        fingerprint = root.fingerprint(hashes.SHA256()).hex()
        return Stamp(at=at, serial=response.tst_info.serial_number, root=fingerprint, authority=root.subject.rfc4514_string())
    raise Unverified(f"the time stamp does not hold: {'; '.join(problems)}")


def sort_certificates(reply: bytes) -> bytes:
    """Return the reply with its certificate set in DER order. The set is outside the signature; its length does not change.

    Raises Broken where the bytes are no time-stamp response.
    """
    try:
        _, body, _ = _read(reply, 0)
        status_stop = _read(reply, body)[2]
        if status_stop >= len(reply):
            return reply  # a refusal carries no token
        _, token, _ = _read(reply, status_stop)
        _, explicit, _ = _read(reply, _read(reply, token)[2])
        _, at, stop = _read(reply, explicit)
        while at < stop:
            tag, inner, following = _read(reply, at)
            if tag == 0xA0:
                parts = []
                while inner < following:
                    parts.append(reply[inner : _read(reply, inner)[2]])
                    inner = _read(reply, inner)[2]
                joined = b"".join(sorted(parts))
                return reply[: following - len(joined)] + joined + reply[following:]
            at = following
    except IndexError as err:
        raise Broken("the reply is no time stamp") from err
    return reply


def _read(der: bytes, at: int) -> tuple[int, int, int]:
    """Return tag, first byte of the content and the byte after it."""
    tag, length, start = der[at], der[at + 1], at + 2
    if length & 0x80:
        count = length & 0x7F
        if not 1 <= count <= 4:
            raise IndexError
        length = int.from_bytes(der[start : start + count], "big")
        start += count
    if start + length > len(der):
        raise IndexError
    return tag, start, start + length
