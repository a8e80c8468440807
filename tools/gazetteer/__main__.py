"""`python -m tools.gazetteer` writes `src/temoin/read/data/gazetteer.bin` and says what is in it."""

from __future__ import annotations

from temoin.read.gazetteer import DATA, Gazetteer
from tools.gazetteer.pack import pack

MOST_BYTES = 6_000_000  # the wheel carries it


def main() -> None:
    """Build, check and write the gazetteer. Raises SystemExit where it has grown too large."""
    packed = pack()
    book = Gazetteer(packed)
    if len(packed) > MOST_BYTES:
        raise SystemExit(f"the gazetteer has {len(packed)} bytes, at most {MOST_BYTES} are allowed")
    DATA.parent.mkdir(exist_ok=True)
    DATA.write_bytes(packed)
    print(f"{len(book)} places, {len(packed)} bytes")


if __name__ == "__main__":
    main()
