"""The cell: a process of its own, with little memory, little time and no way to write a file, in which hostile media are opened.

Promises: whatever a file does to its decoder, the program that asked goes on and gets a sentence; the file never lies on the disk unencrypted.
How: the task and the bytes go in by a pipe, the result comes back by one. The limits are set before any decoder is loaded.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from temoin.errors import Refused, TemoinError, Unreadable
from temoin.media.bounds import BOUNDS

#: Task -> module and function; loaded in the cell only.
TASKS = {
    "picture": ("temoin.media.picture", "rebuild"),
    "paper": ("temoin.media.paper", "draw"),
    "likeness": ("temoin.media.likeness", "fingerprint"),
}
_START = "from temoin.media.cell import main; main()"
#: Quiet surroundings: one thread for each library, no settings of the user's.
_SURROUNDINGS = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}


def run(task: str, payload: bytes, *, seconds: int, **words: Any) -> tuple[dict[str, Any], bytes]:
    """Do one of TASKS on a payload and return what is said of the result, and the result.

    seconds: of processor time; four times as much by the clock. words: plain values. Raises Refused for what the task refuses, with its
    sentence; Unreadable where the decoder failed, ran out of time or memory, or was killed.
    """
    if len(payload) > BOUNDS.input_bytes:
        raise Refused(f"a file of {len(payload)} bytes; at most {BOUNDS.input_bytes} are opened")
    head = json.dumps({"task": task, "seconds": seconds, "memory": BOUNDS.memory_bytes, "words": words}).encode()
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _START],
            input=len(head).to_bytes(4, "big") + head + payload,
            capture_output=True,
            timeout=4 * seconds,
            env=_SURROUNDINGS,
            check=False,
        )
    except subprocess.TimeoutExpired as err:
        raise Unreadable(f"the file could not be opened within {4 * seconds} s") from err
    if done.returncode or len(done.stdout) < 4:
        why = f"signal {-done.returncode}" if done.returncode < 0 else f"status {done.returncode}"
        raise Unreadable(f"the file broke the program that opened it, or needs more than {seconds} s or {BOUNDS.memory_bytes // 10**6} MB ({why})")
    size = int.from_bytes(done.stdout[:4], "big")
    said = json.loads(done.stdout[4 : 4 + size])
    if said.get("failed"):
        raise (Refused if said["failed"] == "refused" else Unreadable)(said["sentence"], hint=said.get("hint"))
    return said, done.stdout[4 + size :]


def main() -> None:
    """Live in the cell: set the limits, read the task, do it, answer."""
    source = sys.stdin.buffer
    asked = json.loads(source.read(int.from_bytes(source.read(4), "big")))
    _confine(asked["seconds"], asked["memory"])
    said, result = _do(asked["task"], source.read(), asked["words"])
    head = json.dumps(said).encode()
    sys.stdout.buffer.write(len(head).to_bytes(4, "big") + head + result)
    sys.stdout.buffer.flush()


def _confine(seconds: int, memory_bytes: int) -> None:
    for which, most in (
        (resource.RLIMIT_CORE, 0),  # a core file would hold the picture
        (resource.RLIMIT_FSIZE, 0),  # nothing is written: the answer goes down a pipe
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_NOFILE, 64),
    ):
        _, hard = resource.getrlimit(which)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (most, most))


def _do(task: str, payload: bytes, words: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    try:
        return _task(task)(payload, **words)
    except MemoryError:
        return {"failed": "unreadable", "sentence": "the file needs more memory than it is given"}, b""
    except TemoinError as err:
        return {"failed": "refused" if isinstance(err, Refused) else "unreadable", "sentence": str(err), "hint": err.hint}, b""
    except Exception as err:  # whatever a decoder raises: only its kind is told, its words may be the file's
        return {"failed": "unreadable", "sentence": f"the file is broken ({type(err).__name__})"}, b""


def _task(name: str) -> Callable[..., tuple[dict[str, Any], bytes]]:
    room, verb = TASKS[name]
    found: Callable[..., tuple[dict[str, Any], bytes]] = getattr(import_module(room), verb)
    return found
