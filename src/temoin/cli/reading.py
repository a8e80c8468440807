"""How the verbs that read do it: by the rules on all cores, then by the second reader where the settings name one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from temoin.settings import Settings

if TYPE_CHECKING:
    from temoin.desk.reading import Item, Outcome


def read_all(settings: Settings, items: Iterable[Item]) -> Iterator[Outcome]:
    """Yield the outcome of every item, in order. Raises Misused where the settings of the second reader cannot be used."""
    from temoin.desk.reading import readings

    outcomes = readings(items, jobs=settings["jobs"], alone_below=settings["alone_below"], faults=settings["faults"])
    if not settings["second_reader"]:
        return outcomes
    from temoin.cli.model_http import second_reader
    from temoin.desk.second_reader import second_opinions

    second = second_reader(settings)
    return second_opinions(outcomes, second) if second else outcomes
