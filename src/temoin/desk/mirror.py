"""The log in public: written as files that any web server serves, read back from there, compared with bundles, and witnessed.

Nothing here prints or opens a socket: a way to fetch an address is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from temoin.desk.workspace import Send, Workspace
from temoin.errors import Unreachable, Unverified
from temoin.seal import checkpoint, verify, witness
from temoin.seal.key import SigningKey, VerifyingKey
from temoin.seal.policy import Policy, Witnessed
from temoin.seal.static import StaticLog
from temoin.store.static import publish
from temoin.store.witnessed import Witnessed as Memory

#: Fetches an address; gives status and answer.
Fetch = Callable[[str], tuple[int, bytes]]


def write_log(workspace: Workspace, folder: Path, send: Send | None, *, unwitnessed: bool = False) -> tuple[int, int]:
    """Write the log as files into a folder; return its size and how many files are new. Raises as `Workspace.export` and `publish` do."""
    signed = workspace.head(send, unwitnessed)
    return checkpoint.parse(signed.text).size, publish(workspace.ledger, signed, folder)


def read_log(source: str, fetch: Fetch) -> StaticLog:
    """Return the log that a folder or an http address serves."""
    if source.startswith(("https://", "http://")):

        def read(name: str) -> bytes:
            status, body = fetch(f"{source.rstrip('/')}/{name}")
            if status != 200:
                raise Unreachable(f"{source} answers {status} for {name}")
            return body

        return StaticLog(read)

    def from_disk(name: str) -> bytes:
        try:
            return (Path(source) / name).read_bytes()
        except OSError as err:
            raise Unreachable(f"{Path(source) / name} cannot be read: {err.strerror}") from err

    return StaticLog(from_disk)


def check_log(log: StaticLog, trust: Policy, bundles: Sequence[Path] = ()) -> Witnessed:
    """Read a public log whole, hold every bundle against it, and return its checkpoint; raise Unverified naming what does not hold."""
    head = log.check(trust)
    for path in bundles:
        found = verify(path, trust=trust)
        if found.size > head.checkpoint.size:
            raise Unverified(
                f"{path.name} is of size {found.size}, the public log ends at {head.checkpoint.size}", hint="Ask its owner to publish the log anew."
            )
        root = log.root(found.size, head.checkpoint.size).hex()
        if root != found.root:
            raise Unverified(
                f"fork: {path.name} was signed with root {found.root} at size {found.size}, the public log has {root} there",
                hint="Keep both: together they prove that two histories were signed.",
            )
    return head


def cosign_log(workspace: Workspace, log: StaticLog, key: VerifyingKey, signer: SigningKey) -> witness.Answer:
    """Witness a public log: follow it from what was cosigned last, by the same rules as a request over the wire."""
    served = log.note()
    stated, old = checkpoint.parse(served.text), Memory(workspace.ledger.database).last(key.name)[0]
    path = log.consistency(old, stated.size) if 0 < old < stated.size else []
    return workspace.answer(witness.request(old, path, served), [key], signer)
