#!/usr/bin/env python3
"""Check a Témoin bundle (.temoin) alone: this file, Python 3.9 or later, and the package `cryptography`. No network, no Témoin.

    python3 temoin_verify.py BUNDLE [FILE ...] [--policy POLICY.txt] [--root ROOT.pem ...] [--earlier BUNDLE ...] [--json]

It does these things in this order, and stops with exit status 3 at the first that does not hold:
   1  the container: a zip of stored files in the one form it can have, every byte determined
   2  the policy: the log's and witnesses' public keys, from --policy if given, else the bundle's own (then compare them yourself)
   3  the checkpoint: the log's signed statement of its size and root, and enough witnesses' signatures for the policy
   4  the manifest: signed by the log; every listed file is here with its SHA-256, and no other
   5  the entries: each opens its commitment with its salt, and its commitment is tied to the checkpoint's root
   6  the payloads: the originals have the size and SHA-256 that their entries say
   7  the officers: named as the log began, later by two of them; the erasures: each signed by two, of nothing that was held, and tied to the root
   8  the cases: what was made from an original names that very one; each has no hole, and ends with the entry of its own export
   9  the whole log, where the bundle claims it: the entries alone give the checkpoint's root; it begins with each --earlier bundle
  10  the time stamps (RFC 3161): over this checkpoint or one that it extends
  11  the files named on the command line: each is the original of some entry
Formats: RFC 6962; C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof, tlog-policy; RFC 3161, 5652, 5816.
Written apart from Témoin's own verifier and sharing no code with it, so that a mistake in one shows against the other.
"""

# ruff: noqa: UP017
from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import json
import re
import struct
import sys
import zipfile
import zlib
from datetime import datetime, timedelta, timezone
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

LATEST_S = 253402300800  # the year 10000, beyond which no calendar here reaches


class Wrong(Exception):
    """Something that does not hold."""


def want(holds, sentence):
    if not holds:
        raise Wrong(sentence)


def sha256(data):
    return hashlib.sha256(data).digest()


def unbase64(text):
    raw = base64.b64decode(text, validate=True)
    want(base64.b64encode(raw).decode() == text, "base64 that is not spelled in its one way")
    return raw


# 1 ── the container ──────────────────────────────────────────────────────────────────────────────────────────────────────


def open_container(path):
    """Return {name: content}. The zip is packed anew from what is read; the result must be the same bytes."""
    raw = Path(path).read_bytes()
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            want(all(i.compress_type == 0 and i.flag_bits == 0 for i in infos), "the bundle holds packed or encrypted files")
            files = {i.filename: archive.read(i) for i in infos}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError, struct.error) as err:
        raise Wrong(f"the container was changed or cut short: {err}") from err
    want(len(files) == len(infos) and [*files] == sorted(files), "the container's files are doubled or out of order")
    again, directory, starts = bytearray(), b"", []
    for name, content in files.items():
        starts.append((len(again), name))
        want(re.fullmatch(r"[\w][\w.-]*(/[\w][\w.-]*)*", name, re.ASCII), f"{name!r} is no plain name")
        spelled, common = name.encode("ascii"), struct.pack("<HHHHIIIHH", 0, 0, 0, 33, zlib.crc32(content), len(content), len(content), len(name), 0)
        directory += b"PK\1\2\x14\3\x14\0" + common + struct.pack("<HHHII", 0, 0, 0, 0o100644 << 16, len(again)) + spelled
        again += b"PK\3\4\x14\0" + common + spelled + content
    start = len(again)
    again += directory + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, len(files), len(files), len(directory), start, 0)
    if bytes(again) != raw:
        at = next((n for n in range(min(len(again), len(raw))) if again[n] != raw[n]), min(len(again), len(raw)))
        where = "in the container's directory" if at >= start else f"in the header of {[name for begin, name in starts if begin <= at][-1]}"
        raise Wrong(f"the container was changed {where}, at byte {at}")
    return files


# 2, 3 ── keys, notes, policy, checkpoint ─────────────────────────────────────────────────────────────────────────────────


class Key:
    """A C2SP verifier key, name+id+base64(algorithm || key)."""

    def __init__(self, text):
        self.text = text.strip()
        parts = self.text.split("+", 2)
        want(len(parts) == 3, f"{text[:60]!r} is no verifier key")
        self.name, identity, encoded = parts
        raw = base64.b64decode(encoded, validate=True)
        want(raw, "an empty verifier key")
        self.algorithm, self.raw = raw[0], raw[1:]
        want(self.algorithm in (1, 4, 6) and len(self.raw) == (1312 if self.algorithm == 6 else 32), f"key {self.name} is of an unknown kind")
        self.id = sha256(self.name.encode() + b"\n" + raw)[:4]
        want(self.id.hex() == identity.lower(), f"key {self.name} does not have the id it says")

    def check(self, text, signature):
        """Return the time of a cosignature, or None; raise Wrong where the signature does not hold."""
        time_s, message = None, text
        if self.algorithm != 1:
            want(len(signature) > 8, f"the cosignature by {self.name} is cut short")
            time_s, signature = int.from_bytes(signature[:8], "big"), signature[8:]
            want(time_s < LATEST_S, f"the cosignature by {self.name} is of no year that is counted")
            if self.algorithm == 4:
                message = b"cosignature/v1\ntime %d\n" % time_s + text
            else:
                origin, size, root = text.split(b"\n")[:3]
                name = self.name.encode()
                head = b"subtree/v1\n\0" + bytes([len(name)]) + name + struct.pack(">Q", time_s) + bytes([len(origin)]) + origin
                message = head + struct.pack(">QQ", 0, int(size)) + unbase64(root.decode())
        try:
            if self.algorithm == 6:
                try:
                    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey
                except ImportError as err:
                    raise Wrong(f"key {self.name} is ML-DSA-44: install cryptography 50 or later") from err
                MLDSA44PublicKey.from_public_bytes(self.raw).verify(signature, message)
            else:
                Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except InvalidSignature:
            raise Wrong(f"the signature by {self.name} does not verify") from None
        return time_s


def split_note(raw):
    """Return a note's text and its signatures [(name, id, signature)]."""
    full = raw.decode("utf-8")
    want(not re.search(r"[\x00-\x09\x0b-\x1f]", full), "a note with control characters")
    text, gap, tail = full.rpartition("\n\n")
    want(gap and tail.endswith("\n"), "a note without signatures")
    signatures = []
    for line in tail[:-1].split("\n"):
        found = re.fullmatch(r"— (\S+) ([A-Za-z0-9+/]+={0,2})", line)
        want(found, f"{line[:50]!r} is no signature line")
        value = unbase64(found[2])
        signatures.append((found[1], value[:4], value[4:]))
    return text + "\n", signatures


def signers(raw, keys):
    """Return {key text: time} of the known keys that signed; a known key's bad signature refuses the note."""
    text, signatures = split_note(raw)
    found = {}
    for name, identity, value in signatures:
        for key in keys:
            if (key.name, key.id) == (name, identity):
                found[key.text] = key.check(text.encode(), value)
    return found


def read_policy(text):
    """Return (log keys, {name: witness key}, {group: (k, members)}, quorum). Source: C2SP tlog-policy."""
    logs, witnesses, groups, quorum = [], {}, {}, None
    for line in text.split("\n"):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        taken = {"none", *witnesses, *groups}
        if words[0] == "log" and len(words) in (2, 3):
            logs.append(Key(words[1]))
            want(logs[-1].algorithm == 1, "a log's key is Ed25519")
        elif words[0] == "witness" and len(words) in (3, 4) and words[1] not in taken:
            witnesses[words[1]] = Key(words[2])
            want(witnesses[words[1]].algorithm != 1, "a witness's key signs with a time")
        elif words[0] == "group" and len(words) > 3 and words[1] not in taken and set(words[3:]) <= taken - {"none"}:
            members = words[3:]
            want(len({*members}) == len(members) and not any(set(members) & set(m) for _, m in groups.values()), "a member stands twice")
            k = {"any": 1, "all": len(members)}.get(words[2]) or int(words[2])
            want(1 <= k <= len(members), "a group that cannot be reached")
            groups[words[1]] = (k, members)
        elif words[0] == "quorum" and len(words) == 2 and quorum is None and words[1] in taken:
            quorum = words[1]
        else:
            raise Wrong(f"policy line {line[:60]!r} cannot be read")
    raw = [key.raw for key in [*logs, *witnesses.values()]]
    want(quorum and logs and len(set(raw)) == len(raw), "a policy names logs, each key once, and a quorum")
    return logs, witnesses, groups, quorum


def read_checkpoint(raw, policy):
    """Return (log key, origin, size, root, {witness name: time}) of a checkpoint that satisfies the policy."""
    logs, witnesses, groups, quorum = policy
    by_log = signers(raw, logs)
    want(by_log, "the checkpoint is not signed by a known log")
    log = next(key for key in logs if key.text in by_log)
    text, _ = split_note(raw)
    lines = text.split("\n")
    want(len(lines) >= 4 and re.fullmatch(r"0|[1-9]\d{0,18}", lines[1], re.ASCII), "the checkpoint cannot be read")
    root = unbase64(lines[2])
    want(lines[0] == log.name and len(root) == 32, "the checkpoint is of another log")
    times = signers(raw, witnesses.values())
    present = {name: times[key.text] for name, key in witnesses.items() if key.text in times}

    def reached(name):
        return sum(map(reached, groups[name][1])) >= groups[name][0] if name in groups else name in present

    want(quorum == "none" or reached(quorum), f"too few witnesses signed the checkpoint: {sorted(present) or 'none'}, quorum {quorum}")
    return log, lines[0], int(lines[1]), root, {witnesses[name].name: time_s for name, time_s in present.items()}


# the tree ── RFC 6962 ────────────────────────────────────────────────────────────────────────────────────────────────────


def leaf_hash(commitment):
    return sha256(b"\0temoin.v1\n" + commitment)


def pair(left, right):
    return sha256(b"\1" + left + right)


def tree_root(leaves):
    """The root by RFC 6962, 2.1, level by level: an odd last hash moves up as it is."""
    while len(leaves) > 1:
        leaves = [pair(*leaves[i : i + 2]) if i + 1 < len(leaves) else leaves[i] for i in range(0, len(leaves), 2)]
    return leaves[0] if leaves else sha256(b"")


def climb(index, size, leaf, path):
    """The root that an inclusion path leads to. By recursion over RFC 6962, 2.1.1, from the root down."""
    if size == 1:
        want(not path, "the path is too long")
        return leaf
    want(path, "the path is too short")
    left = 1 << ((size - 1).bit_length() - 1)
    if index < left:
        return pair(climb(index, left, leaf, path[:-1]), path[-1])
    return pair(path[-1], climb(index - left, size - left, leaf, path[:-1]))


def grow(old, new, old_root, path, whole):
    """The roots (old, new) that a consistency path leads to. By recursion over RFC 6962, 2.1.2."""
    if old == new:
        if whole:
            want(not path, "the path is too long")
            return old_root, old_root
        want(len(path) == 1, "the path has another length")
        return path[0], path[0]
    want(path, "the path is too short")
    left = 1 << ((new - 1).bit_length() - 1)
    if old <= left:
        was, now = grow(old, left, old_root, path[:-1], whole)
        return was, pair(now, path[-1])
    was, now = grow(old - left, new - left, old_root, path[:-1], False)
    return pair(path[-1], was), pair(path[-1], now)


def check_proof(raw, index, commitment, checkpoint, size, root):
    """A tlog-proof of this entry under this very checkpoint."""
    head, _, note = raw.partition(b"\n\n")
    want(note == checkpoint, "its proof is under another checkpoint")
    lines = head.decode("ascii").split("\n")
    want(lines[0] == "c2sp.org/tlog-proof@v1", "its proof is no tlog-proof")
    lines = lines[2:] if lines[1].startswith("extra ") else lines[1:]
    want(lines[0] == f"index {index}" and index < size, "its proof is of another entry")
    path = [unbase64(line) for line in lines[1:]]
    want(all(len(h) == 32 for h in path), "its proof holds something that is no hash")
    want(climb(index, size, leaf_hash(commitment), path) == root, "its proof does not lead to the checkpoint's root")


# 5 ── entries ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def strict_json(raw):
    """Read JSON and refuse any spelling but one: sorted keys, no spaces, each key once, no floats."""

    def refuse(_):
        raise Wrong("a number that is not whole")

    value = json.loads(raw.decode("utf-8"), parse_float=refuse, parse_constant=refuse)
    want(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() == raw, "it is not spelled in its one way")
    return value


def by_index(files, folder, suffix):
    found = {}
    for name in files:
        if name.startswith(folder + "/"):
            match = re.fullmatch(rf"{folder}/(\d{{12}}){re.escape(suffix)}", name, re.ASCII)
            want(match, f"{name} has no place in a bundle")
            found[int(match[1])] = files[name]
    return found


def read_entry(body, salt_text, shown):
    want(re.fullmatch(rb"[0-9a-f]{64}\n", salt_text), "its salt is not 32 bytes")
    salt = bytes.fromhex(salt_text.decode())
    entry = strict_json(body)
    for name, kind in (("kind", str), ("at", str), ("case", str), ("seq", int), ("tool", str)):
        want(isinstance(entry.get(name), kind), f"it has no {name}")
    want((entry["prev"] is None) == (entry["seq"] == 0), "its place in its case is not well formed")
    commitment = hmac.new(salt, b"temoin/commit/v1\0" + sha256(body), hashlib.sha256).digest()
    for one in strict_json(shown):
        name, value = one["name"].encode(), one["value"].encode()
        message = b"temoin/field/v1\0" + struct.pack(">I", len(name)) + name + struct.pack(">Q", len(value)) + value
        digest = hmac.new(bytes.fromhex(one["salt"]), message, hashlib.sha256).hexdigest()
        good = len(one["salt"]) == 64 and entry.get("fields", {}).get(one["name"]) == digest
        want(good, f"the disclosed field {one['name']} is not what was sealed")
    return entry, commitment


# 10 ── time stamps: RFC 3161 over RFC 5652 ───────────────────────────────────────────────────────────────────────────────


def der(data, at=0):
    """Return (tag, content, whole element, next position)."""
    tag, size, start = data[at], data[at + 1], at + 2
    if size & 128:
        count = size & 127
        want(1 <= count <= 4, "DER of a length that is not read")
        size, start = int.from_bytes(data[start : start + count], "big"), start + count
    want(start + size <= len(data), "DER that is cut short")
    return tag, data[start : start + size], data[at : start + size], start + size


def parts(content):
    at, found = 0, []
    while at < len(content):
        tag, inner, whole, at = der(content, at)
        found.append((tag, inner, whole))
    return found


TST_INFO, CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_CERT, SIGNING_CERT_V2 = (
    bytes.fromhex(h)
    for h in ("2a864886f70d0109100104", "2a864886f70d010903", "2a864886f70d010904", "2a864886f70d010910020c", "2a864886f70d010910022f")
)
SHA2 = {bytes.fromhex("60864801650304020" + n): kind for n, kind in (("1", hashes.SHA256), ("2", hashes.SHA384), ("3", hashes.SHA512))}


def digest(algorithm, data):
    state = hashes.Hash(algorithm())
    state.update(data)
    return state.finalize()


def check_stamp(reply, data, roots):
    """Return (time, root certificate) of a time-stamp reply over `data`."""
    response = parts(der(reply)[1])
    want(parts(response[0][1])[0][1] in (b"\0", b"\1") and len(response) == 2, "the authority did not grant it")
    signed = parts(parts(parts(response[1][1])[1][1])[0][1])
    encapsulated = parts(signed[2][1])
    want(encapsulated[0][1] == TST_INFO, "it holds no time stamp")
    content = parts(encapsulated[1][1])[0][1]
    info = parts(der(content)[1])
    imprint = parts(info[2][1])
    want(SHA2.get(parts(imprint[0][1])[0][1]) is hashes.SHA256 and imprint[1][1] == sha256(data), "it is of another checkpoint")
    stated = info[4][1].decode("ascii")
    want(info[4][0] == 0x18 and re.fullmatch(r"\d{14}(\.\d+)?Z", stated), "its time cannot be read")
    at = datetime.strptime(stated[:14], "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)
    certificates = [x509.load_der_x509_certificate(whole) for tag, inner, _ in signed if tag == 0xA0 for _, _, whole in parts(inner)]
    infos = parts(signed[-1][1])
    want(len(infos) == 1, "it has not one signer")
    signer = parts(infos[0][1])
    algorithm = SHA2.get(parts(signer[2][1])[0][1])
    attributes = next(whole for tag, _, whole in signer if tag == 0xA0)
    signature = next(inner for tag, inner, _ in signer if tag == 0x04)
    want(algorithm, "it is signed over a digest that is not read")
    values = {parts(inner)[0][1]: parts(parts(inner)[1][1])[0] for _, inner, _ in parts(der(attributes)[1])}
    want(values[CONTENT_TYPE][1] == TST_INFO and values[MESSAGE_DIGEST][1] == digest(algorithm, content), "its content is not what was signed")
    if SIGNING_CERT_V2 in values:
        first = parts(parts(parts(values[SIGNING_CERT_V2][1])[0][1])[0][1])
        kind = SHA2[parts(first[0][1])[0][1]] if first[0][0] == 0x30 else hashes.SHA256
        named = first[1][1] if first[0][0] == 0x30 else first[0][1]
    else:
        kind, named = hashes.SHA1, parts(parts(parts(values[SIGNING_CERT][1])[0][1])[0][1])[0][1]  # RFC 2634 knew SHA-1 only
    leaf = next((c for c in certificates if c.fingerprint(kind()) == named), None)
    want(leaf is not None, "the signer's certificate is not in it")
    usage = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    want(usage.critical and [u.dotted_string for u in usage.value] == ["1.3.6.1.5.5.7.3.8"], "the signer's certificate is not for time stamps")
    key, message = leaf.public_key(), b"\x31" + attributes[1:]
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, message, padding.PKCS1v15(), algorithm())
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, message, ec.ECDSA(algorithm()))
    else:
        raise Wrong("the signer's key is of a kind that is not read")
    root = chain(leaf, certificates, roots, at, 5)
    want(root is not None, "it does not lead to a known root that was valid at its time")
    return at, root


def chain(certificate, others, roots, at, depth):
    """Return the root that vouches for a certificate at that time, or None."""
    for issuer in [*roots, *others]:
        if issuer.subject != certificate.issuer or not depth:
            continue
        if not (before(certificate, at) and before(issuer, at)):
            continue
        try:
            certificate.verify_directly_issued_by(issuer)
            if not issuer.extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
                continue
        except (InvalidSignature, ValueError, TypeError, x509.ExtensionNotFound):
            continue
        if issuer in roots:
            return issuer
        if issuer != certificate and (found := chain(issuer, others, roots, at, depth - 1)):
            return found
    return None


def before(certificate, at):
    """Whether a certificate was valid at that time."""

    def end(name):  # cryptography before version 42 gave these without a time zone
        return getattr(certificate, name + "_utc", None) or getattr(certificate, name).replace(tzinfo=timezone.utc)

    return end("not_valid_before") <= at <= end("not_valid_after")


# the steps ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def verify(path, policy_path=None, root_paths=(), given=(), earlier=()):
    """Do the eleven steps and return what was found; say of what does not hold, where it can be told, to which entry it belongs."""
    try:
        return eleven_steps(path, policy_path, root_paths, given, earlier)
    except Wrong as err:
        raise Wrong(placed(str(err), Path(path).read_bytes())) from err


def placed(sentence, raw):
    """Add the entry that a damaged file belongs to. It decides nothing: the sentence refuses already."""
    found = re.search(r"\b(?:entries|proofs|salts|disclosures)/(\d{12})\.", sentence)
    payload = re.search(r"\bpayloads/([0-9a-f]{64})\b", sentence)
    if payload and not found:
        spoken = raw.find(b'"sha256":"%s"' % payload[1].encode())
        start = raw.rfind(b"PK\3\4", 0, spoken) if spoken >= 0 else -1
        found = re.match(rb"entries/(\d{12})\.json$", raw[start + 30 : start + 55]) if start >= 0 else None
    return f"{sentence} (it belongs to entry {int(found[1])})" if found else sentence


def eleven_steps(path, policy_path, root_paths, given, earlier):
    """Do the eleven steps and return what was found."""
    files = open_container(path)  # 1
    for name in ("policy.txt", "checkpoint.txt", "MANIFEST.txt"):
        want(name in files, f"{name} is missing from the bundle")
    policy_bytes = Path(policy_path).read_bytes() if policy_path else files["policy.txt"]
    policy = read_policy(policy_bytes.decode("utf-8", "surrogateescape"))  # 2
    log, origin, size, root, witnesses = read_checkpoint(files["checkpoint.txt"], policy)  # 3
    scope, house, counts = check_manifest(files, log, origin, size)  # 4
    entries, commitments, proofs = {}, {}, by_index(files, "proofs", ".tlog-proof")
    salts, shown = by_index(files, "salts", ".txt"), by_index(files, "disclosures", ".json")
    for index, body in by_index(files, "entries", ".json").items():  # 5
        try:
            want(index in salts and index in proofs, "its salt or its proof is missing")
            entries[index], commitments[index] = read_entry(body, salts[index], shown.get(index, b"[]"))
            check_proof(proofs[index], index, commitments[index], files["checkpoint.txt"], size, root)
        except (Wrong, ValueError, KeyError, TypeError, IndexError, RecursionError) as err:
            raise Wrong(f"entry {index}: {err}") from err
    want({*salts} | {*shown} <= {*entries}, "a salt or a disclosure without its entry")
    check_payloads(files, entries, scope)  # 6
    erased = check_erasures(entries, commitments, proofs, house, origin, files["checkpoint.txt"], size, root)  # 7
    check_cases(entries, commitments, erased, scope, house, counts)  # 8
    if scope == "whole":  # 9
        for index in range(size):
            want(index in commitments, f"entry {index} of {size} is missing: neither open nor erased")
        want(tree_root([leaf_hash(commitments[i]) for i in range(size)]) == root, "the entries do not give the checkpoint's root")
    for name in earlier:
        check_earlier(open_container(name), log, size, root, commitments, scope)
    pinned = [x509.load_pem_x509_certificate(Path(p).read_bytes()) for p in root_paths]
    stamps = check_stamps(files, log, origin, size, root, pinned)  # 10
    known = {e["payload"]["sha256"]: i for i, e in sorted(entries.items(), reverse=True) if e.get("payload")}
    matched = {}
    for name in given:  # 11
        found = sha256(Path(name).read_bytes()).hex()
        want(found in known, f"{name} is not what was sealed: its SHA-256 {found} stands in no entry of the bundle")
        matched[name] = known[found]
    return {
        "origin": origin, "key": log.text, "key_from": "--policy" if policy_path else "the bundle itself",
        "size": size, "root": root.hex(), "scope": scope,
        "entries": len(entries), "originals": len(known), "erased": {i: s["ground"] for i, s in sorted(erased.items())}, "cases": counts,
        "witnesses": witnesses, "time_stamps": stamps, "files": matched,
    }  # fmt: skip


def check_manifest(files, log, origin, size):
    raw = files["MANIFEST.txt"]
    want(signers(raw, [log]), "the manifest is not signed by the log")
    lines = split_note(raw)[0].split("\n")
    ours = lines[0] == "temoin/bundle/v1" and lines[1] == f"origin {origin}" and lines[4] == f"size {size}"
    want(ours, "the manifest is of another log or checkpoint")
    scope, house, counts, listed = lines[3].partition(" ")[2], lines[5].partition(" ")[2], {}, {}
    want(scope in ("whole", "case", "item") and re.fullmatch("[0-9a-f]{32}", house), "the manifest cannot be read")
    for line in lines[6:-1]:
        words = line.split(" ")
        if words[0] == "case" and len(words) == 3:
            counts[words[1]] = int(words[2])
        else:
            want(words[0] == "file" and len(words) == 4, "the manifest cannot be read")
            listed[words[3]] = (words[1], int(words[2]))
    for name, (sha, length) in listed.items():
        want(name in files, f"{name} is listed in the manifest and missing from the bundle")
        want(len(files[name]) == length and sha256(files[name]).hex() == sha, f"{name} is not the file that the manifest lists")
    extra = sorted({*files} - {*listed} - {"MANIFEST.txt"})
    want(not extra, f"{next(iter(extra), 0)} is in the bundle and not in its manifest")
    return scope, house, counts


def check_payloads(files, entries, scope):
    here = {name[9:]: files[name] for name in files if name.startswith("payloads/")}
    spoken = set()
    for index, entry in entries.items():
        payload = entry.get("payload")
        if payload:
            content = here.get(payload["sha256"])
            want(content is not None or scope == "item", f"entry {index}: its payload {payload['sha256']} is missing")
            good = content is None or (len(content) == payload["size_bytes"] and sha256(content).hex() == payload["sha256"])
            want(good, f"entry {index}: its payload is not what was sealed")
            spoken.add(payload["sha256"])
    want({*here} <= spoken, "a payload that no entry speaks of")


def check_erasures(entries, commitments, proofs, house, origin, checkpoint, size, root):
    erased, officers, holds, beginning = {}, {}, {}, True
    for index, entry in sorted(entries.items()):
        detail = entry.get("detail", {})
        # Officers are named freely only while the log holds nothing but the naming of keys; afterwards two of them must have signed.
        beginning = beginning and (entry["case"], entry["kind"], entry["seq"]) == (house, "key-event", index)
        if entry["kind"] == "key-event" and entry["case"] == house and detail.get("role") == "officer":
            action, vkey = detail.get("action"), str(detail.get("vkey"))
            want(action in ("add", "revoke"), f"entry {index} does something to an officer's key that is not known: {action!r}")
            if not beginning:
                check_mandate(index, entry, f"{action}-officer", vkey, officers, origin)
            if action == "add":
                officers[vkey] = Key(vkey)
            else:
                officers.pop(vkey, None)
        if entry["kind"] == "hold":
            of, lifted = detail.get("index"), detail.get("hold")
            if detail.get("action") == "place" and (of is None or (type(of) is int and of >= 0)):
                holds[index] = (entry["case"], of)
            else:
                known = detail.get("action") == "lift" and type(lifted) is int and holds.get(lifted, ("",))[0] == entry["case"]
                want(known, f"entry {index} does something to a legal hold that is not known")
                check_mandate(index, entry, "lift-hold", str(lifted), officers, origin)
                del holds[lifted]
        if entry["kind"] != "tombstone":
            continue
        try:
            raw = detail["note"].encode()
            stone = dict(line.split(" ", 1) for line in split_note(raw)[0].split("\n")[1:-1])
            want(split_note(raw)[0].startswith("temoin/tombstone/v1\norigin "), "it is no tombstone")
            who = {Key(text).raw for text in signers(raw, officers.values())}
            want(len(who) >= 2, f"it bears {len(who)} officer's signature, wanted 2")
            gone = int(stone["index"])
            want(stone["origin"] == origin and stone["case"] == entry["case"] and gone < index, "it speaks of another log, case or time")
            held = [hold for hold, (case, of) in holds.items() if case == stone["case"] and of in (None, gone)]
            want(not held, f"entry {gone} is under the legal hold of entry {next(iter(held), 0)}")
            want(gone not in entries, f"entry {gone} is in the bundle and said to be erased")
            want(gone in proofs, f"erased entry {gone} has no proof of its place")
            commitments[gone] = bytes.fromhex(stone["commitment"])
            check_proof(proofs[gone], gone, commitments[gone], checkpoint, size, root)
            erased[gone] = {"case": stone["case"], "seq": int(stone["seq"]), "ground": stone["ground"]}
        except (Wrong, ValueError, KeyError, TypeError) as err:
            raise Wrong(f"tombstone {index}: {err}") from err
    loose = sorted({*proofs} - {*commitments})
    want(not loose, f"entry {next(iter(loose), 0)} is neither in the bundle nor erased by a tombstone")
    return erased


def check_mandate(index, entry, act, subject, officers, origin):
    """Two officers of that moment signed for this act at this place in the log."""
    try:
        raw = str(entry.get("detail", {}).get("note")).encode()
        who = {Key(text).raw for text in signers(raw, officers.values())}
        want(len(who) >= 2, f"its mandate bears {len(who)} officer's signature, wanted 2")
        stem = f"temoin/mandate/v1\norigin {origin}\nact {act}\nsubject {subject}\ncase {entry['case']}\nseq {entry['seq']}\n"
        text = split_note(raw)[0]
        rest = re.fullmatch(r"at \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\n", text[len(stem) :], re.ASCII)
        want(text.startswith(stem) and rest, "its mandate is for something else")
    except (Wrong, ValueError) as err:
        raise Wrong(f"entry {index}: {err}") from err


def check_cases(entries, commitments, erased, scope, house, counts):
    for index, entry in entries.items():
        if entry["kind"] == "derive":
            detail = entry.get("detail", {})
            parent = detail.get("parent")
            known = type(parent) is int and 0 <= parent < index
            known = known and (parent not in commitments or commitments[parent].hex() == detail.get("commitment"))
            want(known, f"entry {index} says that it was made from an entry {parent!r} that is not the one it names")
    cases = {}
    for index, entry in [*entries.items(), *erased.items()]:
        places = cases.setdefault(entry["case"], {})
        want(entry["seq"] not in places, f"case {entry['case']}: place {entry['seq']} is taken twice")
        places[entry["seq"]] = index
    want(min(cases.get(house, {0: 1}).values()) == 0, "the case that holds the keys is missing")
    want({*cases} <= {*counts}, "a case that the manifest does not count")
    for case, count in counts.items():
        if scope == "item" and case != house:
            continue
        places = cases.get(case, {})
        missing = [seq for seq in range(count) if seq not in places]
        want(not missing, f"case {case}: missing seq {next(iter(missing), 0)} of {count}")
        want(len(places) == count, f"case {case}: more entries than its count of {count}")
        for seq, index in places.items():
            entry = entries.get(index)
            previous = commitments[places[seq - 1]].hex() if seq else None
            after = not seq or places[seq - 1] < index
            follows = entry is None or (entry["prev"] == previous and after)
            want(follows, f"case {case}: entry {index} at seq {seq} does not follow the entry before it")
        if case != house:
            last = entries.get(places.get(count - 1), {})
            detail = last.get("detail", {})
            closed = last.get("kind") == "custody" and detail.get("action") == "export" and detail.get("closing") == count
            closed = closed and detail.get("house") == counts[house]
            want(closed, f"case {case} does not end with the entry of its export: something may be held back")


def check_earlier(files, log, size, root, commitments, scope):
    want("checkpoint.txt" in files, "the earlier bundle has no checkpoint")
    _, _, before, before_root, _ = read_checkpoint(files["checkpoint.txt"], ([log], {}, {}, "none"))
    want(before <= size, f"the earlier bundle is of size {before}, this one of {size}: this one is older, or the log was rolled back")
    if before < size:
        want(scope == "whole", f"a bundle of scope {scope} does not show what the log began with: ask for the whole log")
        root = tree_root([leaf_hash(commitments[i]) for i in range(before)])
    now, then = root.hex(), before_root.hex()
    want(now == then, f"fork: the log signed root {then} at size {before} before, and has {now} there now; both bundles together prove it")


def check_stamps(files, log, origin, size, root, pinned):
    found = []
    for name in files:
        if not (name.startswith("stamps/") and name.endswith(".tsr")):
            continue
        base = name[:-4]
        try:
            raw = files[base + ".checkpoint"]
            _, _, earlier, earlier_root, _ = read_checkpoint(raw, ([log], {}, {}, "none"))
            path = [bytes.fromhex(line) for line in files[base + ".consistency"].decode("ascii").split()]
            want(all(len(h) == 32 for h in path) and 0 < earlier <= size, "its checkpoint is not part of this log")
            want(grow(earlier, size, earlier_root, path, True) == (earlier_root, root), "its checkpoint is not part of this log")
            at, vouches = check_stamp(files[name], split_note(raw)[0].encode(), pinned or [x509.load_pem_x509_certificate(files[base + ".pem"])])
        except InvalidSignature:
            raise Wrong(f"{name}: its signature does not verify") from None
        except (Wrong, ValueError, KeyError, IndexError, StopIteration, x509.ExtensionNotFound) as err:
            raise Wrong(f"{name}: {err}") from err
        named = {"root": vouches.fingerprint(hashes.SHA256()).hex(), "by": vouches.subject.rfc4514_string()}
        found.append({"at": at.isoformat(), "size": earlier, **named})
    return found


def main(argv=None):
    parser = argparse.ArgumentParser(description="Check a Témoin bundle alone.")
    parser.add_argument("bundle")
    parser.add_argument("file", nargs="*", help="originals that the bundle must speak of")
    parser.add_argument("--policy", help="a tlog-policy file with the keys you trust, got from elsewhere than the bundle")
    parser.add_argument("--root", action="append", default=[], help="a root certificate of a time-stamp authority you trust (PEM)")
    parser.add_argument("--earlier", action="append", default=[], help="an earlier bundle or receipt with which this log must begin")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(argv)
    try:
        found = verify(chosen.bundle, chosen.policy, chosen.root, chosen.file, chosen.earlier)
    except OSError as err:
        print(f"cannot be read: {err}", file=sys.stderr)
        return 1
    except Exception as err:  # whatever cannot be read does not verify
        print(f"DOES NOT VERIFY: {err if isinstance(err, (Wrong, ValueError)) else f'something is not well formed ({err!r})'}", file=sys.stderr)
        return 3
    if chosen.json:
        print(json.dumps(found, ensure_ascii=False, sort_keys=True))
        return 0
    what = f"{found['entries']} entries and {found['originals']} originals of {found['origin']}"
    print(f"VERIFIES: {what} (log of {found['size']}, scope: {found['scope']})")
    print(f"  log key      {found['key']}\n               (taken from {found['key_from']}; compare it with what the owner published)")
    print(f"  root         {found['root']}")
    for name, time_s in found["witnesses"].items():
        print(f"  witness      {name}, {datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=time_s)}")
    for stamp in found["time_stamps"]:
        print(f"  time stamp   {stamp['at']} over the first {stamp['size']} entries, root {stamp['root'][:16]}… {stamp['by']}")
    for index, ground in found["erased"].items():
        print(f"  erased       entry {index}: {ground}, two officers signed")
    for name, index in found["files"].items():
        print(f"  file         {name} is the original of entry {index}")
    if not found["witnesses"]:
        print("  note         no independent witness signed: the owner could show somebody else another history")
    if not found["time_stamps"]:
        print("  note         no time-stamp authority vouches for an hour: all times are the owner's own")
    return 0


if __name__ == "__main__":
    sys.exit(main())
