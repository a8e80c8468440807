"""Ledgers for tests: on SQLite, and on PostgreSQL where a server is installed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from temoin.seal.key import ED25519, SigningKey
from temoin.store.draft import Draft
from temoin.store.ledger import Ledger
from tests.store.postgres import binaries, server

LOG = SigningKey("example.org/log", ED25519, b"\1" * 32)
ANNA, BORIS, CARLA = (SigningKey(f"{n}.example", ED25519, bytes([s]) * 32) for n, s in (("anna", 5), ("boris", 6), ("carla", 7)))
OFFICERS = [ANNA.public, BORIS.public, CARLA.public]


def main_case(ledger: Ledger) -> str:
    """The id of the case that every log begins with."""
    case = ledger.case("main")
    assert case
    return case


def capture(ledger: Ledger, *contents: bytes) -> list[int]:
    """Seal contents as originals."""
    case = main_case(ledger)
    return ledger.seal([Draft(kind="capture", case=case, source=c, sensitive={"name": f"{n}.txt"}) for n, c in enumerate(contents)])


@pytest.fixture
def tmp_path(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: these tests sync thousands of times, and what they ask does not depend on the disk."""
    if not Path("/dev/shm").is_dir():
        yield tmp_path
        return
    made = Path(tempfile.mkdtemp(prefix="temoin-", dir="/dev/shm"))
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a running server."""
    pytest.importorskip("psycopg", reason="psycopg is not installed (the extra postgresql)")
    if binaries() is None:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    with server() as made:
        yield made.url


@pytest.fixture
def emptied(postgresql: str) -> str:
    """The URL of an empty database on that server."""
    from sqlalchemy import create_engine, text

    engine = create_engine(postgresql.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as rows:
        rows.execute(text("DROP SCHEMA public CASCADE"))
        rows.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return postgresql


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str | None:
    """The database to use: None for SQLite in the folder."""
    found: str | None = request.getfixturevalue("emptied") if request.param == "postgresql" else None
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for a log."""
    made = tmp_path / "work"
    made.mkdir()
    return made


@pytest.fixture
def ledger(folder: Path, url: str | None) -> Iterator[Ledger]:
    """A new log with three officers."""
    with Ledger.found(folder, LOG.public.name, LOG, OFFICERS, database=url) as made:
        yield made


@pytest.fixture
def reopened(folder: Path, url: str | None) -> Callable[..., Ledger]:
    """Opens the log again."""

    def again(**edges: Any) -> Ledger:
        return Ledger(folder, database=url, **edges)

    return again
