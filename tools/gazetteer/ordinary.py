"""Which words of the six languages are ordinary words: seen in lower case in a treebank. Facts only, no sentence is kept.

`python -m tools.gazetteer.ordinary TREEBANKS` writes `ordinary.txt`, one line per folded word: the word and the languages
in which it was met at least twice in lower case, for those words only that are also a one-word name in the gazetteer.
German nouns, which are always capitalised, count where they are tagged NOUN.
"""

from __future__ import annotations

import lzma
import sys
from collections import Counter, defaultdict
from pathlib import Path

from temoin.read.gazetteer import LANGUAGES, fold

HERE = Path(__file__).parent
TIMES_SEEN = 2  # once may be a typing error


def count_words(treebanks: Path) -> dict[str, set[str]]:
    """Return the languages in which each folded word is ordinary."""
    ordinary: dict[str, set[str]] = defaultdict(set)
    for lang in LANGUAGES:
        seen: Counter[str] = Counter()
        for path in sorted((treebanks / lang).glob("*.conllu.xz")):
            with lzma.open(path, "rt", encoding="utf-8") as lines:
                for line in lines:
                    cells = line.split("\t")
                    if len(cells) != 10 or not cells[1][0].isalpha():
                        continue
                    if cells[1][0].islower() or (lang == "de" and cells[3] == "NOUN"):
                        seen[fold(cells[1])] += 1
        for word, times in seen.items():
            if times >= TIMES_SEEN:
                ordinary[word].add(lang)
    return ordinary


def main() -> None:
    """Write `ordinary.txt` beside this file."""
    from tools.gazetteer.sources import one_word_names

    ordinary = count_words(Path(sys.argv[1]))
    wanted = one_word_names()
    lines = [f"{word} {' '.join(sorted(langs))}" for word, langs in sorted(ordinary.items()) if word in wanted]
    (HERE / "ordinary.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
