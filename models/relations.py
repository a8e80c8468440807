"""How well the shipped parsers find the relations that the rules ask for: python -m models.relations [LANG …] [--treebanks DIR]

Labelled F per relation on the held-out part, on given words, and of what both parsers agree on the precision and the share found.
Figures go to models/figures.json under "relations".
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from models.train import DATA, HERE, PACKS, load
from models.treebank import doc_of
from temoin.read.parse import pack, second_trees, trees

RELATIONS = {
    "subject": {"nsubj", "nsubj:pass", "csubj"},
    "object": {"obj"},
    "clause": {"ccomp", "xcomp"},
    "number": {"nummod"},
    "of a noun": {"nmod", "nmod:poss"},
    "participle": {"acl", "acl:relcl"},
    "conjunct": {"conj"},
}


def measure(lang: str, treebanks: Path) -> dict[str, dict[str, float]]:
    """Return for each relation F of the first parser, and precision and share found where both parsers agree, in per cent."""
    test = load(treebanks, lang, DATA[lang][2], testing=True)
    vocab = pack(lang).model.vocab
    gold = [doc_of(vocab, [sentence]) for sentence in test]
    forms = [[token.text for token in doc] for doc in gold]
    first = trees(lang, forms)
    second = second_trees(lang, forms, first)
    of = {label: name for name, labels in RELATIONS.items() for label in labels}
    right, found, wanted, agreed, agreed_right = (Counter[str]() for _ in range(5))
    for doc, a, b in zip(gold, first, second, strict=True):
        for i, token in enumerate(doc):
            true, seen = of.get(token.dep_), of.get(a.dep[i])
            same = a.head[i] == token.head.i
            wanted[true or ""] += 1
            found[seen or ""] += 1
            right[seen or ""] += seen == true and same
            if seen and of.get(b.dep[i]) == seen and b.head[i] == a.head[i]:
                agreed[seen] += 1
                agreed_right[seen] += seen == true and same
    pc = lambda part, whole: round(100 * part / whole, 1) if whole else 0.0  # noqa: E731
    return {
        name: {
            "gold": wanted[name],
            "F": pc(2 * right[name], found[name] + wanted[name]),
            "agreed precision": pc(agreed_right[name], agreed[name]),
            "agreed share": pc(agreed_right[name], wanted[name]),
        }
        for name in RELATIONS
    }


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("langs", nargs="*")
    args.add_argument("--treebanks", type=Path, default=HERE.parent.parent / "shared" / "treebanks")
    asked = args.parse_args()
    path = HERE / "figures.json"
    for lang in asked.langs or [lang for lang in DATA if (PACKS / lang / "second").is_dir()]:
        got = measure(lang, asked.treebanks)
        known = json.loads(path.read_text())
        known.setdefault(lang, {})["relations"] = got
        path.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n")
        print(lang, {name: row["F"] for name, row in got.items()})


if __name__ == "__main__":
    main()
