"""The page that travels with a bundle, for a judge, a clerk, an editor: what this is, how to check it alone, what it does and does not show."""

from __future__ import annotations

from temoin.seal.manifest import Scope

_SCOPE = {
    "whole": "It holds the whole log: every entry from the first to the last, or a tombstone where one was erased.",
    "case": "It holds every entry of the cases listed in MANIFEST.txt, and the entries that name the keys.",
    "item": "It is a receipt: it holds single entries and their proofs. The originals travel beside it.",
}


def text(*, origin: str, key: str, scope: Scope, size: int, root: str, made_at: str, originals: int, erased: int, stamps: int) -> str:
    """Return the README of a bundle."""
    return f"""WHAT THIS FILE IS

This is a bundle of evidence from the archive "{origin}", made on {made_at} (UTC).
{_SCOPE[scope]}
It speaks of {originals} originals (documents, pages, photographs, exactly as received).
Entries erased, each by decision of two officers: {erased}. Time stamps by outside authorities: {stamps}.

HOW TO CHECK IT YOURSELF

You need no trust in us, no network, and nothing of ours but this file.

  With a browser:   open verifier/verify.html from this bundle (rename the bundle to .zip to open it) and drop the bundle on the page.
  With Python 3.9:  pip install cryptography        (once)
                    python3 verifier/temoin_verify.py THE-BUNDLE.temoin
  An original of your own:
                    python3 verifier/temoin_verify.py THE-BUNDLE.temoin photo.jpg

"VERIFIES" means that every check holds. Anything else means that it does not, and the sentence says where.
Whoever forges a bundle can forge the verifier in it: a verifier that you got elsewhere, or from an earlier bundle, is better.
If you would rather not use our verifier: the formats are public (RFC 6962, RFC 3161, and signed-note, tlog-checkpoint, tlog-proof,
tlog-cosignature, tlog-policy at c2sp.org), and any expert can write another. Two were written apart already.

ONE THING YOU MUST DO BY OTHER MEANS

The archive signs with this key:

  {key}

It stands in this bundle, so a forger could have put another one here. Ask the archive for its key by telephone, in its publications, or
from somebody who received an earlier bundle, and compare. The state of the log that was signed:

  size {size}
  root {root}

WHAT IT SHOWS

  - Each original is, to the last bit, what was sealed: payloads/ holds it under its SHA-256.
  - Each entry says when it was received, by which version of the program, and what came before it in its case. Nothing was added, changed
    or removed in between: the entries of a case are numbered without a hole, and each names the one before.
  - The log only ever grew. Whoever holds an earlier bundle or receipt can see that a bundle of the whole log begins with it:
    python3 verifier/temoin_verify.py THE-BUNDLE.temoin --earlier THE-EARLIER-ONE.temoin
  - A time stamp by an outside authority shows that the log up to a size existed at that hour. Times in the entries are the archive's own word.
  - A signature by an outside witness shows that the archive showed the same log to that witness.

WHAT IT DOES NOT SHOW

  - That what a document says is true. It shows what was received and that it was not touched since.
  - What an erased entry said. A person's right to be forgotten comes first; that something was erased, on which ground, and by whose
    decision stays visible.
  - Fields that are hidden on purpose: an entry names them by a salted digest, and they can be shown later, one by one.

WHAT IS WHERE

  MANIFEST.txt   every file with its SHA-256, signed by the archive      entries/      what was sealed, one line of JSON each
  checkpoint.txt the signed state of the log                             salts/        what opens each entry's commitment
  policy.txt     whose signatures count                                  proofs/       the path from each entry to the signed state
  stamps/        time stamps (RFC 3161)                                  payloads/     the originals
  verifier/      two programs that check all this                        disclosures/  fields that are shown
"""
