"""Five words in a row as one 64-bit number: what echoes are found by.

Words are runs of letters and digits, compared without case and accents. All texts of a batch are hashed together in numpy arrays, because a
call per word costs more than the hash. The numbers depend on the text only, so they can be kept and compared between runs.
Measured: about 75 µs a report of 300 words on a busy core; run `bench/echoes.py` after any change.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

#: Words in a shingle. Five is long enough that chance agreement is rare, and short enough to survive a changed word in ten.
SIZE = 5
#: Characters hashed at once: as much as stays in the cache of a small machine (tried 20 000 to 2 000 000).
_BATCH_CHARS = 200_000
_MULTIPLIER = 0x9E3779B97F4A7C15
_TURN = 0xD1342543DE82EF95
_MASK = (1 << 64) - 1

Uints = NDArray[np.uint64]
Ints = NDArray[np.int64]
Stretches = Sequence[tuple[int, int]]


class Shingled(NamedTuple):
    """The shingles of one text, in its order."""

    hashes: Uints  # one for each five words in a row
    starts: Ints  # code point where each begins
    ends: Ints  # code point where each ends, exclusive


def _powers(base: int, count: int) -> Uints:
    out, value = [], 1
    for _ in range(count):
        out.append(value)
        value = value * base & _MASK
    return np.array(out, dtype=np.uint64)


_WORD_POWERS = _powers(_MULTIPLIER, 64)
_SHINGLE_POWERS = _powers(_TURN, SIZE)
_SIZE_OF_UNICODE = 0x110000
_UNKNOWN = 0xFFFFFFFF
_folded = np.full(_SIZE_OF_UNICODE, _UNKNOWN, dtype=np.uint32)  # 0: no part of a word; 1: a mark that is skipped; else the plain letter


def _learn(points: NDArray[np.uint32]) -> None:
    """Fold the characters not met before."""
    for point in np.unique(points[_folded[points] == _UNKNOWN]).tolist():
        char = chr(point)
        plain = unicodedata.normalize("NFD", char.lower() or char)[:1]
        _folded[point] = 0
        if unicodedata.combining(char):
            _folded[point] = 1
        elif char.isalnum():
            _folded[point] = ord(plain or char)


def shingle(text: str, furniture: Stretches = ()) -> Shingled:
    """Return the shingles of one text; stretches of furniture hold none, and none runs across them."""
    return shingle_all([text], [furniture])[0]


def shingle_all(texts: Sequence[str], furniture: Sequence[Stretches]) -> list[Shingled]:
    """Return the shingles of each text."""
    out: list[Shingled] = []
    batch: list[int] = []
    size = 0
    for at, text in enumerate(texts):
        if batch and size + len(text) > _BATCH_CHARS:
            out.extend(_batch([texts[n] for n in batch], [furniture[n] for n in batch]))
            batch, size = [], 0
        batch.append(at)
        size += len(text) + 1
    if batch:
        out.extend(_batch([texts[n] for n in batch], [furniture[n] for n in batch]))
    return out


def _batch(texts: Sequence[str], furniture: Sequence[Stretches]) -> list[Shingled]:
    joined = "\n".join(texts)
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    letters = _folded[points]
    if len(letters) and letters.max() == _UNKNOWN:
        _learn(points)
        letters = _folded[points]
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    begins = np.concatenate(([0], np.cumsum(lengths + 1)[:-1])).astype(np.int64)
    for begin, length, stretches in zip(begins.tolist(), lengths.tolist(), furniture, strict=True):
        for first, last in stretches:
            letters[begin + max(0, first) : begin + min(length, max(0, last))] = 0
    marks = letters == 1
    if marks.any():
        places = np.flatnonzero(~marks)
        letters = letters[places]
    else:
        places = np.arange(len(letters), dtype=np.int64)
    inside = letters != 0
    edges = np.flatnonzero(np.diff(np.concatenate(([False], inside, [False]))))
    begun, ended = edges[0::2], edges[1::2]  # of each word, in letters
    if not len(begun):
        empty = np.zeros(0, dtype=np.int64)
        return [Shingled(np.zeros(0, dtype=np.uint64), empty, empty) for _ in texts]
    sizes = ended - begun
    index = np.flatnonzero(inside)
    depth = np.arange(len(index), dtype=np.int64) - np.repeat(np.concatenate(([0], np.cumsum(sizes)[:-1])), sizes)
    with np.errstate(over="ignore"):
        mixed = (letters[index].astype(np.uint64) + np.uint64(0x9E37)) * np.uint64(_TURN)
        mixed ^= mixed >> np.uint64(29)
        words = np.add.reduceat(mixed * _WORD_POWERS[depth & 63], np.concatenate(([0], np.cumsum(sizes)[:-1])))
        words = _scatter(words)
        count = len(words) - SIZE + 1
        hashes = np.zeros(max(count, 0), dtype=np.uint64)
        for k in range(SIZE if count > 0 else 0):
            hashes += words[k : k + count] * _SHINGLE_POWERS[k]
        hashes = _scatter(hashes)
    starts: Ints = places[begun].astype(np.int64)
    ends: Ints = (places[ended - 1] + 1).astype(np.int64)
    owner = np.searchsorted(begins, starts, side="right") - 1
    cut = _cuts(starts, begins, furniture)
    if count > 0:
        whole = (owner[:count] == owner[SIZE - 1 :]) & (cut[:count] == cut[SIZE - 1 :])
        at = np.flatnonzero(whole)
    else:
        at = np.zeros(0, dtype=np.int64)
    bounds = np.searchsorted(owner[at], np.arange(len(texts) + 1))
    out = []
    for n in range(len(texts)):
        mine = at[bounds[n] : bounds[n + 1]]
        out.append(Shingled(hashes[mine], starts[mine] - begins[n], ends[mine + SIZE - 1] - begins[n]))
    return out


def _cuts(starts: Ints, begins: Ints, furniture: Sequence[Stretches]) -> Ints:
    """Return for each word how many stretches of furniture lie before it: a shingle must not run across one."""
    cuts = sorted(int(begin) + first for begin, stretches in zip(begins.tolist(), furniture, strict=True) for first, _ in stretches)
    return np.searchsorted(np.array(cuts, dtype=np.int64), starts, side="right").astype(np.int64)


def _scatter(values: Uints) -> Uints:
    """Return the values well mixed. Source: splitmix64, Steele, Lea and Flood 2014."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: Uints = values ^ (values >> np.uint64(31))
    return mixed
