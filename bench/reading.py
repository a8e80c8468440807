"""Reading against the bare parse of the same sentences, both parsers included, in one process and one run.

Two kinds of text: the demo's reports, dense with what Témoin looks for, and, where the treebanks lie beside the project, sentences
of news and encyclopaedia put together to reports of 400 words, which is nearer to what a newsroom's stream is like.
"""

from __future__ import annotations

import json
import lzma
import time
from collections.abc import Callable
from pathlib import Path

from bench import Row

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
LANGS = ("en", "fr", "ru", "es", "pt", "de")
WORDS = 400
TRIES = 3


def best(work: Callable[[], object]) -> float:
    """Return the least CPU time of several tries, in seconds."""
    times = []
    for _ in range(TRIES):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return min(times)


def dense(lang: str) -> list[str]:
    path = SHARED / "gold" / f"dev-{lang}.jsonl"
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def ordinary(lang: str) -> list[str]:
    """Return reports of about 400 words made of treebank sentences."""
    path = SHARED / "treebanks" / lang / ("porttinari-dev.conllu.xz" if lang == "pt" else "pud.conllu.xz")
    if not path.exists():
        return []
    with lzma.open(path, "rt", encoding="utf-8") as file:
        sentences = [line.removeprefix("# text = ").strip() for line in file if line.startswith("# text = ")][:500]
    reports, now = [], ""
    for sentence in sentences:
        now += sentence + " "
        if len(now.split()) >= WORDS:
            reports.append(now)
            now = ""
    return reports


def measure(lang: str, texts: list[str]) -> tuple[float, float, float, float]:
    """Return seconds for reading all texts, for the bare parse of the sentences read, for that of all sentences, and the number of words."""
    from temoin.read.parse import pack
    from temoin.read.relevance import relevant
    from temoin.read.report import Reader, read
    from temoin.read.words import words

    readers = [Reader(text, lang, None, []) for text in texts]
    ours = [relevant(reader.sentences, reader.lexicon) for reader in readers]
    forms = [[[w.form for w in s.words] for s in one.sentences if one._worth_parsing(s, ok)] for one, ok in zip(readers, ours, strict=True)]
    every = [[[w.form for w in s.words] for s in reader.sentences] for reader in readers]

    def bare(reports: list[list[list[str]]]) -> None:
        from spacy.tokens import Doc

        for nlp in pack(lang):
            for report in reports:
                for _ in nlp.pipe([Doc(nlp.vocab, words=s, sent_starts=[True, *[False] * (len(s) - 1)]) for s in report], batch_size=64):
                    pass

    reading = best(lambda: [read(text, lang=lang) for text in texts])
    return reading, best(lambda: bare(forms)), best(lambda: bare(every)), float(sum(len(words(text, lang)) for text in texts))


def main() -> list[Row]:
    """Measure every language that has a pack, on dense and on ordinary text."""
    rows = []
    for lang in LANGS:
        if not (ROOT / "src" / "temoin" / "languages" / lang / "second").is_dir():
            continue
        for kind, texts in (("dense", dense(lang)), ("ordinary", ordinary(lang))):
            if not texts:
                continue
            took, chosen, every, count = measure(lang, texts)
            per_second = count / WORDS / took
            against = f"bare parse {chosen:.2f} s; of all sentences {every:.2f} s"
            rows.append(
                Row(f"reading {lang}, {kind}", f"{took:.2f} s, {per_second:.0f} reports/s", against, took / chosen, "≤ 1.3", took <= 1.3 * chosen)
            )
            if kind == "ordinary":
                rows.append(Row(f"reading {lang}, {kind}, against all", f"{took:.2f} s", against, took / every, "≤ 0.6", took <= 0.6 * every))
    return rows
