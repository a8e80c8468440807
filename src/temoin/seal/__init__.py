"""The seal: an append-only log that outsiders can check, and erasure that is honest about itself.

Usable alone: needs the standard library, cryptography and msgspec (and rfc3161-client where time stamps are asked for or checked).
It opens no socket and no database: clock, randomness, transport and storage are handed in. `temoin.store` keeps what it makes.
"""

from temoin.seal.evidence import Evidence as Evidence
from temoin.seal.judge import verify as verify
