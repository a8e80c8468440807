"""Do our words agree with a treebank's? python -m models.words LANG FILE [--treebanks DIR] prints the F-score and the commonest differences."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from models.train import HERE
from models.treebank import sentences
from temoin.read.words import words


def agreement(path: Path, lang: str) -> tuple[float, Counter[str]]:
    """Return the F-score of our words against those of a treebank file, in per cent, and the words of it that we cut otherwise."""
    same = theirs = ours = 0
    missed: Counter[str] = Counter()
    for sentence in sentences(path, merge=lang != "en"):
        text, gold = "", set()
        for word in sentence:
            gold.add((len(text), len(text) + len(word.form)))
            text += word.form + (" " if word.space_after else "")
        got = {(w.start, w.end) for w in words(text, lang)}
        same, theirs, ours = same + len(gold & got), theirs + len(gold), ours + len(got)
        missed.update(text[a:b] for a, b in gold - got)
    return round(200 * same / (theirs + ours), 2), missed


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("lang")
    args.add_argument("file", nargs="?", default="pud")
    args.add_argument("--treebanks", type=Path, default=HERE.parent.parent / "shared" / "treebanks")
    asked = args.parse_args()
    score, missed = agreement(asked.treebanks / asked.lang / f"{asked.file}.conllu.xz", asked.lang)
    print(f"{asked.lang} {asked.file}: {score} of 100 words agree")
    for word, times in missed.most_common(30):
        print(f"  {times:4} {word}")


if __name__ == "__main__":
    main()
