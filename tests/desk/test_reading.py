"""Reading on one core or many: the order stays, what needs no reading passes, and a fault costs one report."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from temoin.desk import reading as room
from temoin.desk.reading import BATCH_CODE_POINTS, BATCH_REPORTS, Item, _batches, cores, readings
from temoin.errors import Unreadable
from temoin.records import Reading, Report, Unread


def report(name: str, text: str = "Nothing happened.") -> Report:
    return Report(id=name, text=text, path=f"{name}.txt")


@pytest.fixture
def simple_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that only hands on the text, and fails where the text says so."""

    def read_report(one: Report) -> Reading:
        match one.text:
            case "unreadable":
                raise Unreadable("written in a language without a pack", hint="add a pack")
            case "fault":
                raise ZeroDivisionError("division by zero")
            case "no pack":
                raise FileNotFoundError(2, "No such file", "packs/xx/lexicon.toml")
            case "deep":
                raise RecursionError
        return Reading(id=one.id, text=one.text)

    monkeypatch.setattr(room, "_read", read_report)


@pytest.mark.usefixtures("simple_reader")
def test_what_needs_no_reading_passes_and_the_order_stays() -> None:
    items: list[Item] = [report("a"), Unread(path="b.bin", reason="binary"), Reading(id="c"), report("d")]
    assert [getattr(one, "id", None) or one.path for one in readings(items, jobs=1)] == ["a", "b.bin", "c", "d"]


@pytest.mark.usefixtures("simple_reader")
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("unreadable", "written in a language without a pack"),
        ("no pack", "lacks xx/lexicon.toml"),
        ("fault", "a fault in the reader (ZeroDivisionError"),
        ("deep", "too deep"),
    ],
)
def test_a_report_on_which_the_reader_fails_is_unread_with_its_reason(text: str, reason: str) -> None:
    before, bad, after = readings([report("a"), report("b", text), report("c")], jobs=1)
    assert isinstance(before, Reading)
    assert isinstance(after, Reading)
    assert isinstance(bad, Unread)
    assert bad.path == "b.txt"
    assert reason in bad.reason
    assert bad.hint


@pytest.mark.usefixtures("simple_reader")
def test_whoever_mends_temoin_sees_the_fault_itself() -> None:
    with pytest.raises(ZeroDivisionError):
        list(readings([report("b", "fault")], jobs=1, faults=True))


@pytest.mark.usefixtures("simple_reader")
def test_reports_are_taken_as_needed_and_never_all_at_once() -> None:
    taken = 0

    def endless() -> Iterator[Report]:
        nonlocal taken
        while True:
            taken += 1
            yield report(str(taken))

    stream = readings(endless(), jobs=1, alone_below=5)
    next(stream)
    assert taken <= 6


def test_there_is_at_least_one_core() -> None:
    assert cores() >= 1


ITEMS = st.lists(
    st.one_of(
        st.integers(0, 3 * BATCH_CODE_POINTS // 2).map(lambda size: report(str(size), "x" * size)),
        st.just(Unread(path="u", reason="r")),
        st.just(Reading(id="r")),
    ),
    max_size=60,
)


@given(ITEMS)
def test_errands_hold_everything_in_order_and_none_is_too_large(items: list[Item]) -> None:
    errands = list(_batches(items))
    assert [one for errand in errands for one in (errand if isinstance(errand, list) else [errand])] == items
    for errand in errands:
        if isinstance(errand, list):
            assert 1 <= len(errand) <= BATCH_REPORTS
            assert sum(len(one.text) for one in errand[:-1]) < BATCH_CODE_POINTS


def many(number: int) -> list[Item]:
    text = "Report {0}. The harbour watch said that {0} people had been detained in Grozny."
    return [Report(id=f"r{n}", lang="en", text=text.format(n), path=f"{n}.txt") for n in range(number)]


def test_many_processes_give_what_one_gives_in_the_same_order() -> None:
    items: list[Item] = [*many(20), Unread(path="u.bin", reason="binary"), *many(20)]
    assert list(readings(items, jobs=2, alone_below=10)) == list(readings(items, jobs=1))


def test_a_process_that_dies_takes_only_the_report_that_killed_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_work", deadly_work)
    items = many(40)
    items[17] = report("killer", "kill the process")
    told = list(readings(items, jobs=2, alone_below=10))
    assert [one.id if isinstance(one, Reading) else one.path for one in told] == ["killer.txt" if n == 17 else f"r{n}" for n in range(40)]
    assert isinstance(told[17], Unread)
    assert "died" in told[17].reason


def deadly_work(errand: bytes) -> bytes:
    """In the other process: die at one text, as from a lack of memory; else hand back readings without reading."""
    reports = msgspec.msgpack.decode(errand, type=list[Report])
    if any(one.text == "kill the process" for one in reports):
        os.kill(os.getpid(), signal.SIGKILL)
    return msgspec.msgpack.encode([room._Done(reading=Reading(id=one.id)) for one in reports])
