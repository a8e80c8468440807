"""A PostgreSQL server of our own, on a socket in a folder of its own, where one is installed (Debian: postgresql)."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """Return the folder of programs of the newest installed server, None where there is none that may be run."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: [int(n) for n in re.findall(r"\d+", str(path))])
    elsewhere = shutil.which("initdb")
    if os.getuid() == 0 and (shutil.which("runuser") is None or not any(one.pw_name == "postgres" for one in pwd.getpwall())):
        return None  # it refuses to run as root, and there is nobody else
    return found[-1].parent if found else Path(elsewhere).resolve().parent if elsewhere else None


class Server:
    """A running server: its address, and what may happen to it."""

    def __init__(self, programs: Path, folder: Path, user: str | None) -> None:
        self._programs, self._folder, self._user = programs, folder, user
        self.url = f"postgresql://temoin@/temoin?host={folder}"

    def run(self, program: str, *words: str) -> None:
        """Run one of the server's programs, as whom it accepts."""
        as_user = ["runuser", "-u", self._user, "--"] if self._user else []
        command = [*as_user, str(self._programs / program), *words]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60, cwd=self._folder)

    def start(self) -> None:
        """Start it, or start it again, and wait until it answers."""
        options = f"-c listen_addresses='' -c unix_socket_directories='{self._folder}' -c max_connections=20"
        self.run("pg_ctl", "-D", str(self._folder / "data"), "-w", "-o", options, "-l", str(self._folder / "log"), "start")

    def crash(self) -> None:
        """Stop it as a power cut would: nothing is written any more, every connection is gone."""
        self.run("pg_ctl", "-D", str(self._folder / "data"), "-m", "immediate", "stop")


@contextmanager
def server() -> Iterator[Server]:
    """Run a server with an empty database, thrown away at the end."""
    programs = binaries()
    assert programs
    # The server refuses to run as root; Debian's package brings a user for it.
    user = "postgres" if os.getuid() == 0 else None
    # In memory where there is some: a server that falls loses what its programs held, not what the system holds.
    folder = Path(tempfile.mkdtemp(prefix="temoin-pg-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    try:
        if user:
            found = pwd.getpwnam(user)
            os.chown(folder, found.pw_uid, found.pw_gid)
        made = Server(programs, folder, user)
        made.run("initdb", "-D", str(folder / "data"), "-A", "trust", "-U", "temoin", "--no-sync", "--wal-segsize=1")
        made.start()
        try:
            made.run("createdb", "-h", str(folder), "-U", "temoin", "temoin")
            yield made
        finally:
            made.crash()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
