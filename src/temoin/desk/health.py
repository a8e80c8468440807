"""What this machine has and lacks, as findings: needed things present, missing, or worth a word."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Literal

import temoin.languages

#: Below this SQLite two connections that write can corrupt a write-ahead log. https://sqlite.org/releaselog/3_51_3.html
SQLITE_SAFE = (3, 51, 3)
FREE_WANTED_MB = 500
MEMORY_WANTED_MB = 1500


@dataclass(frozen=True)
class Finding:
    """One thing looked at: "ok", "note" where Témoin works but a person should know, "missing" where it does not."""

    what: str
    state: Literal["ok", "note", "missing"]
    seen: str
    hint: str | None = None


def examine(folder: Path) -> list[Finding]:
    """Look at versions, packs, tables, SQLite, memory and the disk that holds the folder."""
    return [_python(), *_libraries(), *_packs(), _places(), _sqlite(), _films(), _likeness(), _memory(), _disk(folder), _cores()]


def _python() -> Finding:
    seen = f"{platform.python_version()} on {platform.system()} {platform.machine()}, Témoin {_version('temoin') or 'not installed'}"
    good = sys.version_info >= (3, 11)
    return Finding("Python", "ok" if good else "missing", seen, None if good else "install Python 3.11 or newer")


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _libraries() -> list[Finding]:
    """Say which library of the run-time dependencies is there, in which version."""
    try:
        wanted = [match.group() for line in requires("temoin") or () if "extra ==" not in line and (match := re.match(r"[\w.-]+", line))]
    except PackageNotFoundError:
        return [Finding("libraries", "missing", "temoin is not installed as a package", "pip install -e .")]
    found = {name: _version(name) for name in wanted}
    present = ", ".join(f"{name} {seen}" for name, seen in found.items() if seen)
    absent = ", ".join(name for name, seen in found.items() if not seen)
    if absent:
        return [Finding("libraries", "missing", absent, "make test sets everything up; or pip install -e .")]
    return [Finding("libraries", "ok", present)]


def _packs() -> list[Finding]:
    """Say for every language whether its tables and both its parsers are in the package."""
    findings = []
    for code in temoin.languages.CODES:
        folder = Path(temoin.languages.__file__).parent / code
        lacks = [name for name in ("lexicon.toml", "model", "second") if not (folder / name).exists()]
        if not lacks:
            findings.append(Finding(f"language {code}", "ok", "lexicon and two parsers"))
        elif "lexicon.toml" in lacks:
            findings.append(Finding(f"language {code}", "note", "no pack yet: reports in it stay unread"))
        else:
            findings.append(Finding(f"language {code}", "missing", f"no {' and no '.join(lacks)}", f'make models LANGS="{code}"'))
    return findings


def _places() -> Finding:
    """Say whether the table of places is in the package."""
    table = Path(temoin.languages.__file__).parent.parent / "read" / "data" / "gazetteer.bin"
    if not table.is_file():
        return Finding("places", "missing", f"no {table.name}", "make gazetteer")
    return Finding("places", "ok", f"table of {table.stat().st_size / 1e6:.1f} MB")


def _sqlite() -> Finding:
    """Say which SQLite workspaces use: the one that comes with apsw, not the one of this Python."""
    try:
        import apsw
    except ImportError:
        return Finding("SQLite", "missing", "apsw is not installed", "make test sets everything up; or pip install -e .")
    seen = apsw.sqlite_lib_version()
    if tuple(map(int, seen.split("."))) >= SQLITE_SAFE:
        return Finding("SQLite", "ok", seen)
    return Finding("SQLite", "note", seen, f"{'.'.join(map(str, SQLITE_SAFE))} is wanted for workspaces; reading and accounts do not use it")


def _films() -> Finding:
    """Say whether public copies of films and sounds can be made."""
    from temoin.media import film

    if film.program() is None:
        return Finding("films", "note", "no ffmpeg", "without it no public copies of films and sounds are made; pictures and PDF are")
    return Finding("films", "ok", f"ffmpeg {film.version()}")


def _likeness() -> Finding:
    """Say whether pictures that look alike can be found."""
    found = _version("imagehash")
    return Finding(
        "look-alikes",
        "ok" if found else "note",
        f"imagehash {found}" if found else "no imagehash",
        None if found else "pip install 'temoin[likeness]'",
    )


def _memory() -> Finding:
    try:
        total_mb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    except (ValueError, OSError, AttributeError):
        return Finding("memory", "note", "this system does not say")
    good = total_mb >= MEMORY_WANTED_MB
    return Finding("memory", "ok" if good else "note", f"{total_mb} MB", None if good else f"{MEMORY_WANTED_MB} MB are wanted; use --jobs 1")


def _disk(folder: Path) -> Finding:
    free_mb = shutil.disk_usage(folder).free // 2**20
    good = free_mb >= FREE_WANTED_MB
    return Finding(
        "free disk", "ok" if good else "note", f"{free_mb} MB where {folder.resolve()} is", None if good else f"{FREE_WANTED_MB} MB are wanted"
    )


def _cores() -> Finding:
    from temoin.desk.reading import cores

    return Finding("cores", "ok", str(cores()))
