"""A program that seals for ever and says what was acknowledged, one line each, so that somebody can kill it at any moment.

python tests/store/sealer.py FOLDER [ROUNDS]
"""

from __future__ import annotations

import sys
from hashlib import sha256
from itertools import count
from pathlib import Path

from temoin.errors import TemoinError
from temoin.store.draft import Draft
from temoin.store.erasure import sweep
from temoin.store.ledger import Ledger


def main() -> int:
    folder, rounds = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None
    try:
        with Ledger(folder) as ledger:
            sweep(ledger)
            case = ledger.case("main")
            assert case
            for turn in count() if rounds is None else range(rounds):
                contents = [b"%d %d" % (ledger.trunk.size, n) * 50 for n in range(turn % 5 + 1)]
                for index, content in zip(ledger.seal([Draft(kind="capture", case=case, source=c) for c in contents]), contents, strict=True):
                    print(index, sha256(content).hexdigest(), flush=True)
                if turn % 4 == 3:
                    ledger.sign()
                    print("signed", ledger.trunk.size, flush=True)
    except TemoinError as err:
        print("refused", err, flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
