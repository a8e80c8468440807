"""Damage: which item a damaged file of a bundle belongs to, so that whoever reads the refusal knows what to ask for again.

Promises: it decides nothing and believes nothing; it adds a number to a sentence that refuses already.
"""

from __future__ import annotations

import re
from mmap import mmap

_NUMBERED = re.compile(r"\b(?:entries|proofs|salts|disclosures)/(\d{12})\.")
_PAYLOAD = re.compile(r"\bpayloads?[/ ]([0-9a-f]{64})\b")
_ENTRY = re.compile(rb"entries/(\d{12})\.json$")


def placed(sentence: str, view: memoryview) -> str:
    """Return a sentence about a file of a bundle with the number of the entry that the file belongs to, where it can be told."""
    bundle = view.obj if isinstance(view.obj, bytes | mmap) else bytes(view)
    if found := _NUMBERED.search(sentence):
        return f"{sentence} (it belongs to entry {int(found[1])})"
    if found := _PAYLOAD.search(sentence):
        spoken = bundle.find(b'"sha256":"%s"' % found[1].encode())
        start = bundle.rfind(b"PK\x03\x04", 0, spoken) if spoken >= 0 else -1
        # The name stands between the header of 30 bytes and the content: entries/000000000004.json, 25 bytes.
        if start >= 0 and (entry := _ENTRY.match(bundle[start + 30 : start + 55])):
            return f"{sentence} (it belongs to entry {int(entry[1])})"
    return sentence
