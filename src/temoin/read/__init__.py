"""From a text to what is said in it: sentences, statements, numbers, times, places, claims. Pure: no file, no database, no network."""

from __future__ import annotations

from temoin.read.places import places
from temoin.read.quantities import quantities
from temoin.read.report import read, statements
from temoin.read.times import times

__all__ = ["places", "quantities", "read", "statements", "times"]
