"""A PostgreSQL server of our own, on a socket in a folder of its own, where Debian's postgresql is installed."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """Return the newest installed server's folder of programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def _as(user: str | None, *words: str) -> list[str]:
    return ["runuser", "-u", user, "--", *words] if user else list(words)


@contextmanager
def server() -> Iterator[str]:
    """Run a server and give the URL of an empty database."""
    programs = binaries()
    assert programs
    # The server refuses to run as root; Debian's package brings a user for it.
    user = "postgres" if os.getuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="temoin-pg-"))
    try:
        if user:
            found = pwd.getpwnam(user)
            os.chown(folder, found.pw_uid, found.pw_gid)
        data = folder / "data"
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c max_connections=20"

        def run(*words: str) -> None:
            subprocess.run(_as(user, *words), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60, cwd=folder)

        run(str(programs / "initdb"), "-D", str(data), "-A", "trust", "-U", "temoin", "--no-sync")
        run(str(programs / "pg_ctl"), "-D", str(data), "-w", "-o", options, "-l", str(folder / "log"), "start")
        try:
            run(str(programs / "createdb"), "-h", str(folder), "-U", "temoin", "temoin")
            yield f"postgresql://temoin@/temoin?host={folder}"
        finally:
            run(str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
