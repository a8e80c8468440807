"""Which report repeats another's words: an exact index of five-word shingles, and the passages that were copied.

Each shingle points to the first reports that carried it (`CARRIERS`), so memory and time grow with the text, never with the pairs: the
thousandth copy of a dispatch meets its first eight appearances, not 999 others. Candidates are confirmed word by word.
Direction: a line that credits the other, else the date, else an agency's name, else the longer text; each echo says which.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from temoin.account.credits import Credit, credits, is_credited
from temoin.account.shingles import Ints, Shingled, Uints, shingle, shingle_all
from temoin.account.spelling import fold
from temoin.account.wording import wording
from temoin.records import Reading, Report
from temoin.records_account import Echo, Shared

#: A report is an echo where the smaller of two shares this part of its shingles, and at least this many.
#: Chosen on the development texts: copies share 0.12 to 0.60 (33 to 134 shingles), unrelated reports of one event at most 1 shingle.
SHARE, LEAST = 0.10, 12
#: First carriers kept in view for each shingle.
CARRIERS = 8
#: Sources told for one report: more are named only where each adds words of its own.
SOURCES = 3
_DOC_BITS = np.uint64(24)
_DOC_MASK = np.uint64((1 << 24) - 1)
#: Runs up to this size are merged while adding (about 40 ms); larger ones wait for `settle`.
_MERGE_LIMIT = 1 << 22
_CHUNK = 1 << 22
#: Copies whose texts are hashed together, and hashed texts kept at hand.
_AHEAD, _KEPT = 64, 4096

Counts = dict[int, int]


class _Entry(NamedTuple):
    id: str
    text: str | None
    furniture: tuple[tuple[int, int], ...]
    published: date | None
    outlet: str | None
    lang: str | None
    size: int  # distinct shingles


class EchoIndex:
    """Reports added so far, by their shingles. Adding costs what the report costs.

    fetch: returns the text and furniture of a report by id; without it the index holds on to the texts it was given.
    """

    def __init__(self, fetch: Callable[[str], tuple[str, tuple[tuple[int, int], ...]]] | None = None) -> None:
        self._fetch = fetch
        self._entries: list[_Entry] = []
        self._runs: list[Uints] = []
        self._recent: OrderedDict[int, Shingled] = OrderedDict()
        self._credits: dict[int, tuple[Credit, ...]] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, report: Reading | Report) -> tuple[Echo, ...]:
        """Add one report; return its echoes, of or by the reports added before, largest share first."""
        shingled = shingle(report.text, _furniture(report))
        keys = _keys(shingled.hashes)
        at = self._enter(report, len(keys))
        self._remember(at, shingled)
        counts = self._look_up(keys)
        self._insert(keys | np.uint64(at))
        pairs = [(at, other) for other, count in counts.items() if self._enough(at, other, count)]
        return self._echoes(pairs, counts_of={(at, other): counts[other] for _, other in pairs})

    def add_all(self, reports: Sequence[Reading | Report]) -> tuple[Echo, ...]:
        """Add many reports at once, in their order; return all their echoes. Equal to adding one by one, and much faster."""
        if self._entries:
            return tuple(echo for report in reports for echo in self.add(report))
        packed: list[Uints] = []
        for first in range(0, len(reports), 256):
            part = reports[first : first + 256]
            for report, shingled in zip(part, shingle_all([r.text for r in part], [_furniture(r) for r in part]), strict=True):
                keys = _keys(shingled.hashes)
                at = self._enter(report, len(keys))
                packed.append(keys | np.uint64(at))
                if at < _KEPT:
                    self._remember(at, shingled)
        run = np.concatenate(packed) if packed else np.zeros(0, dtype=np.uint64)
        del packed
        run.sort()
        self._runs = [run]
        counts = {pair: count for pair, count in _pair_counts(run).items() if self._enough(*pair, count)}
        return self._echoes(sorted(counts), counts)

    def settle(self) -> None:
        """Merge all runs into one: looking up is fastest then. Costs one sort of everything; done when there is time."""
        if len(self._runs) > 1:
            run = np.concatenate(self._runs)
            run.sort(kind="stable")
            self._runs = [run]

    # -- the index

    def _enter(self, report: Reading | Report, size: int) -> int:
        text = report.text if self._fetch is None else None
        self._entries.append(_Entry(report.id, text, _furniture(report), report.published, report.outlet, report.lang, size))
        if len(self._entries) > int(_DOC_MASK):
            raise ValueError(f"an echo index holds at most {int(_DOC_MASK)} reports")
        return len(self._entries) - 1

    def _look_up(self, keys: Uints) -> Counts:
        """Return how many of these shingles each earlier report carried among the first."""
        owners: list[Ints] = []
        docs: list[Ints] = []
        for run in self._runs:
            at = np.searchsorted(run, keys)
            alive = np.arange(len(keys))
            for _ in range(CARRIERS):
                alive = alive[at[alive] < len(run)]
                alive = alive[(run[at[alive]] & ~_DOC_MASK) == keys[alive]]
                if not len(alive):
                    break
                owners.append(alive.astype(np.int64))
                docs.append((run[at[alive]] & _DOC_MASK).astype(np.int64))
                at[alive] += 1
        if not owners:
            return {}
        owner, doc = np.concatenate(owners), np.concatenate(docs)
        order = np.lexsort((doc, owner))
        owner, doc = owner[order], doc[order]
        rank = np.arange(len(owner)) - np.searchsorted(owner, owner)
        found, counts = np.unique(doc[rank < CARRIERS], return_counts=True)
        return dict(zip(found.tolist(), counts.tolist(), strict=True))

    def _insert(self, run: Uints) -> None:
        self._runs.append(run)
        while len(self._runs) > 1 and len(self._runs[-2]) <= 2 * len(self._runs[-1]) and len(self._runs[-2]) <= _MERGE_LIMIT:
            merged = np.concatenate((self._runs[-2], self._runs[-1]))
            merged.sort(kind="stable")
            self._runs[-2:] = [merged]

    def _enough(self, one: int, other: int, count: int) -> bool:
        return count >= LEAST and count >= SHARE * min(self._entries[one].size, self._entries[other].size)

    # -- who from whom

    def _echoes(self, pairs: Iterable[tuple[int, int]], counts_of: dict[tuple[int, int], int]) -> tuple[Echo, ...]:
        """Return the echoes of some pairs: for each copy its earliest good source, and others that add words."""
        sources: dict[int, list[tuple[int, int, str]]] = {}
        for one, other in pairs:
            copy, source, why = self._direct(one, other)
            sources.setdefault(copy, []).append((counts_of[one, other], source, why))
        out: list[Echo] = []
        ordered = sorted(sources.items())
        for nth, (copy, found) in enumerate(ordered):
            if nth % _AHEAD == 0:
                self._fetch_ahead(at for c, near in ordered[nth : nth + _AHEAD] for at in (c, *(source for _, source, _ in near[:SOURCES])))
            best = max(count for count, _, _ in found)
            found.sort(key=lambda s: (s[0] < 0.9 * best, self._when(s[1]) if s[0] >= 0.9 * best else (0, 0, ""), -s[0], self._entries[s[1]].id))
            covered: set[int] = set()
            told = 0
            for _, source, why in found[: 2 * SOURCES]:
                mine, theirs = self._shingled(copy), self._shingled(source)
                hits, there = _align(mine, theirs)
                new = set(hits.tolist()) - covered
                if len(hits) < LEAST or (told and len(new) < max(LEAST, SHARE * len(mine.hashes))) or told == SOURCES:
                    continue
                covered |= new
                told += 1
                share = round(len(hits) / max(1, len(mine.hashes)), 3)
                passages = _passages(mine, theirs, hits, there)
                out.append(Echo(report=self._entries[copy].id, of=self._entries[source].id, share=share, why=why, passages=passages))
        return tuple(sorted(out, key=lambda e: (-e.share, e.report, e.of)))

    def _when(self, at: int) -> tuple[int, int, str]:
        entry = self._entries[at]
        return (entry.published is None, entry.published.toordinal() if entry.published else 0, entry.id)

    def _direct(self, one: int, other: int) -> tuple[int, int, str]:
        """Return (copy, source, why) of two reports."""
        a, b = self._entries[one], self._entries[other]
        mine, theirs = self._credit(one, b.outlet), self._credit(other, a.outlet)
        if bool(mine) != bool(theirs):
            return (one, other, f"it says so: “{mine}”") if mine else (other, one, f"it says so: “{theirs}”")
        if a.published and b.published and a.published != b.published:
            copy, source = (one, other) if a.published > b.published else (other, one)
            days = abs((a.published - b.published).days)
            return copy, source, f"published {days} day{'s' * (days > 1)} later"
        if _is_agency(a) != _is_agency(b):
            copy, source = (other, one) if _is_agency(a) else (one, other)
            return copy, source, "the same day, and the other is an agency" if a.published == b.published else "the other is an agency"
        if a.size != b.size:
            copy, source = (one, other) if a.size < b.size else (other, one)
            return copy, source, "the other has the longer text" + ("" if a.published and b.published else ", and a date is missing")
        copy, source = (one, other) if a.id > b.id else (other, one)
        return copy, source, "nothing tells which came first"

    def _credit(self, at: int, outlet: str | None) -> str:
        """Return the words in which a report credits an outlet that is not its own; "" where it does not."""
        if not outlet:
            return ""
        if at not in self._credits:
            self._credits[at] = credits(self._text(at)[0], self._entries[at].lang)
        own = self._entries[at].outlet
        return next((c.words for c in self._credits[at] if is_credited(outlet, c.outlet) and not is_credited(own, c.outlet)), "")

    def _text(self, at: int) -> tuple[str, tuple[tuple[int, int], ...]]:
        entry = self._entries[at]
        if entry.text is not None:
            return entry.text, entry.furniture
        assert self._fetch is not None
        return self._fetch(entry.id)

    def _shingled(self, at: int) -> Shingled:
        if at not in self._recent:
            self._remember(at, shingle(*self._text(at)))
        self._recent.move_to_end(at)
        return self._recent[at]

    def _fetch_ahead(self, wanted: Iterable[int]) -> None:
        """Hash reports that are about to be compared, together: a third of the cost of one by one."""
        missing = [at for at in dict.fromkeys(wanted) if at not in self._recent]
        texts = [self._text(at) for at in missing]
        for at, shingled in zip(missing, shingle_all([text for text, _ in texts], [furniture for _, furniture in texts]), strict=True):
            self._remember(at, shingled)

    def _remember(self, at: int, shingled: Shingled) -> None:
        self._recent[at] = shingled
        while len(self._recent) > _KEPT:
            self._recent.popitem(last=False)


def _furniture(report: Reading | Report) -> tuple[tuple[int, int], ...]:
    return report.furniture if isinstance(report, Reading) else ()


def _keys(hashes: Uints) -> Uints:
    """Return the hashes as keys of the index, each once, in order. A sort and a glance: numpy's own `unique` costs twice as much here (measured)."""
    keys = hashes & ~_DOC_MASK
    keys.sort()
    return keys[np.concatenate(([True], keys[1:] != keys[:-1]))] if len(keys) else keys


def _is_agency(entry: _Entry) -> bool:
    words = wording(None)  # an outlet's name may be in any language
    return any(words.is_in("agencies", word) for word in fold(entry.outlet or "").replace("-", " ").split())


def _pair_counts(run: Uints) -> dict[tuple[int, int], int]:
    """Return how many shingles each two reports share, among the first carriers of each, where at least LEAST; (later added, earlier added)."""
    pairs: list[Uints] = []
    counts: list[Ints] = []
    first = 0
    while first < len(run):
        last = min(len(run), first + _CHUNK)
        while last < len(run) and (run[last] & ~_DOC_MASK) == (run[last - 1] & ~_DOC_MASK):
            last += 1
        part = run[first:last]
        first = last
        keys = part >> _DOC_BITS
        new = np.concatenate(([True], keys[1:] != keys[:-1]))
        begins = np.flatnonzero(new)
        begin = np.repeat(begins, np.diff(np.concatenate((begins, [len(part)]))))
        rank = np.arange(len(part)) - begin
        shared = np.flatnonzero(rank > 0)
        for k in range(CARRIERS):
            shared = shared[rank[shared] > k]
            if not len(shared):
                break
            met = ((part[shared] & _DOC_MASK) << _DOC_BITS) | (part[begin[shared] + k] & _DOC_MASK)
            found, count = np.unique(met, return_counts=True)
            pairs.append(found)
            counts.append(count)
    if not pairs:
        return {}
    every, times = np.concatenate(pairs), np.concatenate(counts)
    order = np.argsort(every, kind="stable")
    every, times = every[order], times[order]
    begins = np.flatnonzero(np.concatenate(([True], every[1:] != every[:-1])))
    totals = np.add.reduceat(times, begins)
    many = totals >= LEAST
    kept = every[begins[many]]
    later, earlier = (kept >> _DOC_BITS).tolist(), (kept & _DOC_MASK).tolist()
    return dict(zip(zip(later, earlier, strict=True), totals[many].tolist(), strict=True))


def _align(copy: Shingled, source: Shingled) -> tuple[Ints, Ints]:
    """Return the shingles of a copy that its source has, and where each first stands in the source."""
    order = np.argsort(source.hashes, kind="stable")
    known = source.hashes[order]
    at = np.searchsorted(known, copy.hashes)
    at[at == len(known)] = 0
    hits = np.flatnonzero(known[at] == copy.hashes) if len(known) else np.zeros(0, dtype=np.int64)
    return hits.astype(np.int64), order[at[hits]].astype(np.int64) if len(known) else np.zeros(0, dtype=np.int64)


def _passages(copy: Shingled, source: Shingled, hits: Ints, theirs: Ints) -> tuple[Shared, ...]:
    """Return the stretches two reports share, in the order of the copy, each as long as it runs in both."""
    if not len(hits):
        return ()
    breaks = np.flatnonzero((np.diff(hits) != 1) | (np.diff(theirs) != 1)) + 1
    first = np.concatenate(([0], breaks))
    last = np.concatenate((breaks, [len(hits)])) - 1
    columns = (copy.starts[hits[first]], copy.ends[hits[last]], source.starts[theirs[first]], source.ends[theirs[last]])
    return tuple(Shared(start=a, end=b, of_start=c, of_end=d) for a, b, c, d in zip(*(column.tolist() for column in columns), strict=True))
