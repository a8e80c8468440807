"""Echoes against datasketch MinHash LSH (128 permutations), on cut-down and lightly reworded copies: seconds, precision, recall, memory.

    python -m bench echoes             3,000 reports, so that it ends within the minute
    python -m bench.echoes 100000      the whole

Reports have about 400 words, half of them copies of another: cut down to 35 to 90 % of their sentences, with up to one word in fifteen changed.
Both sides go from text to pairs, over the same five-word shingles; ours tells the passages and the direction besides. datasketch is given the better
of two thresholds, and is fed both as its documentation shows (a shingle at a time) and in batches.
"""

from __future__ import annotations

import gc
import random
import re
import resource
import sys
import time
from datetime import date, timedelta

from bench import Row
from bench.seeded import Story, documents, rewritten
from temoin.account import EchoIndex
from temoin.records import Reading

Pairs = set[tuple[str, str]]
_SENTENCE = re.compile(r"(?<=[.!?»”])\s+")


def corpus(count: int, seed: int = 3) -> tuple[list[Reading], Pairs]:
    """Return reports and the (copy, source) pairs among them. The same seed makes the same corpus."""
    rows, chance = documents(), random.Random(seed)
    reports: list[Reading] = []
    pairs: Pairs = set()
    while len(reports) < count:
        n = len(reports)
        if n and n % 2:
            source = reports[chance.randrange(max(0, n - 400), n) // 2 * 2]
            text = _cut(source.text, chance)
            pairs.add((f"r{n:06}", source.id))
        else:
            story = Story(chance.randrange(1 << 30))
            text = "\n\n".join(rewritten(story.text(chance.choice(rows)["text"]), chance, 0.3) for _ in range(2))[:2600]
        reports.append(Reading(id=f"r{n:06}", text=text, published=date(2030, 1, 1) + timedelta(days=n), lang="en"))
    return reports, pairs


def _cut(text: str, chance: random.Random) -> str:
    sentences = _SENTENCE.split(text)
    first = chance.randrange(max(1, len(sentences) // 4))
    kept = sentences[first : first + max(3, int(len(sentences) * chance.uniform(0.35, 0.9)))]
    return rewritten(" ".join(kept), chance, chance.uniform(0, 1 / 15))


def main(count: int = 3_000) -> list[Row]:
    """Return the rows; what each side found goes to stderr."""
    reports, pairs = corpus(count)
    words = sum(len(report.text.split()) for report in reports) / len(reports)
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    begin = time.process_time()
    found = {(echo.report, echo.of) for echo in EchoIndex().add_all(reports)}
    ours_s = time.process_time() - begin
    ours_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - before
    precision, recall = _score(found, pairs)
    print(
        f"{count:,} reports of {words:.0f} words: {ours_s:.2f} s, precision {precision:.3f}, recall {recall:.3f}, {ours_mb:.0f} MB", file=sys.stderr
    )
    share_mb = 2048 * max(0.1, count / 100_000)
    rows = [
        Row(
            f"echoes of {count:,} reports, memory",
            f"{ours_mb:.0f} MB",
            f"{share_mb:.0f} MB",
            ours_mb / share_mb,
            "100,000 in 2 GB",
            ours_mb <= share_mb,
        )
    ]
    measured = min(count, 1_000)
    part = reports[:measured]
    known = {(copy, source) for copy, source in pairs if int(copy[1:]) < measured}
    begin = time.process_time()
    EchoIndex().add_all(part)
    ours_part_s = time.process_time() - begin
    for batch in (False, True):
        try:
            scored = {
                threshold: (*_score(found, known), seconds) for threshold in (0.2, 0.3) for found, seconds in [_datasketch(part, threshold, batch)]
            }
        except ImportError:
            print("datasketch is not installed: no comparison (pip install datasketch)", file=sys.stderr)
            return rows
        way = "update_batch" if batch else "update, as its documentation shows"
        for threshold, (right, whole, seconds) in scored.items():
            print(f"datasketch at {threshold}, {way}: {seconds:.2f} s for {measured:,}, precision {right:.3f}, recall {whole:.3f}", file=sys.stderr)
        right, whole, seconds = max(scored.values(), key=lambda s: (s[1], s[0]))
        faster = seconds / ours_part_s
        budget, holds = ("", None) if batch else ("at least 10", faster >= 10)
        rows += [
            Row(f"echoes of {measured:,}: datasketch, {way}", f"{seconds:.2f} s", f"{ours_part_s:.2f} s", faster, budget, holds),
            Row("  recall: ours, theirs at its best", f"{recall:.3f}", f"{whole:.3f}", recall / max(whole, 1e-9), "no lower", recall >= whole),
            Row("  precision: ours, theirs there", f"{precision:.3f}", f"{right:.3f}", precision / max(right, 1e-9), "", None),
        ]  # fmt: skip
    return rows


def _score(found: Pairs, pairs: Pairs) -> tuple[float, float]:
    """Return precision and recall; a copy of a copy may be given to either of its sources."""
    of = dict(pairs)
    right = {pair for pair in found if pair in pairs or of.get(pair[0]) == of.get(pair[1], pair[1])}
    hit = {copy for copy, _ in right}
    return len(right) / max(1, len(found)), len(hit & set(of)) / max(1, len(of))


def _datasketch(reports: list[Reading], threshold: float, batch: bool) -> tuple[Pairs, float]:
    """Return the pairs datasketch finds, later report first, and its seconds from text to pairs. Raises ImportError where it is not installed."""
    from datasketch import MinHash, MinHashLSH

    begin = time.process_time()
    index = MinHashLSH(threshold=threshold, num_perm=128)
    found: Pairs = set()
    for report in reports:
        words = re.findall(r"\w+", report.text.casefold())
        shingles = sorted({" ".join(words[n : n + 5]).encode() for n in range(len(words) - 4)})
        sketch = MinHash(num_perm=128)
        if batch:
            sketch.update_batch(shingles)
        else:
            for one in shingles:
                sketch.update(one)
        found.update((report.id, other) for other in index.query(sketch))
        index.insert(report.id, sketch)
    return found, time.process_time() - begin


if __name__ == "__main__":
    for row in main(int(sys.argv[1].replace("_", "")) if len(sys.argv) > 1 else 3_000):
        print(*row, sep="  ")
