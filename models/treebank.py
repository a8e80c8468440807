"""Universal Dependencies files, read into spaCy documents the way the reader will see text.

Three things are changed on the way, and the reader does the same to its own sentences (`temoin.read.words`):
contractions that a treebank splits (du, del, zum) stay one word in every language but English; typographic
quotation marks, apostrophes and dashes become plain ones; rare relation subtypes are cut back to their relation.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import spacy
from spacy.tokens import Doc

from temoin.read.words import plain

#: Subtypes that the rules ask for; all others are collapsed (source: shared recipe, "rare subtypes collapsed").
KEPT = {
    "nsubj:pass", "csubj:pass", "aux:pass", "obl:agent", "acl:relcl", "nmod:poss", "compound:prt", "flat:name", "expl:pass", "nsubj:outer",
}  # fmt: skip


class Word(NamedTuple):
    form: str
    lemma: str
    pos: str
    feats: str
    head: int  # index into the sentence, its own index for the root
    relation: str
    space_after: bool


def _collapse(relation: str) -> str:
    relation = {"expl:pv": "expl", "obl:arg": "obl", "flat:foreign": "flat"}.get(relation, relation)
    return relation if relation in KEPT else relation.split(":")[0]


def sentences(path: Path, *, merge: bool) -> Iterator[list[Word]]:
    """Yield the sentences of one `.conllu.xz` file.

    merge: join the words of a contraction into one, which takes the place of the part whose head lies outside.
    Sentences that become cyclic by it are left out.
    """
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for block in file.read().split("\n\n"):
            lines = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
            if lines and (got := _sentence(lines, merge=merge)):
                yield got


def _sentence(lines: list[list[str]], *, merge: bool) -> list[Word] | None:
    rows = {int(f[0]): f for f in lines if f[0].isdigit()}
    ranges = [(int(a), int(b), f) for f in lines if "-" in f[0] for a, b in [f[0].split("-")]]
    stands_for: dict[int, int] = {i: i for i in rows}
    surface: dict[int, tuple[str, str]] = {i: (f[1], f[9]) for i, f in rows.items()}
    for first, last, f in ranges:
        parts = [i for i in range(first, last + 1) if i in rows]
        if not parts:
            continue
        if merge:
            outside = [i for i in parts if not first <= int(rows[i][6]) <= last]
            chosen = outside[0] if outside else parts[0]
            for i in parts:
                stands_for[i] = chosen
            surface[chosen] = (f[1], f[9])
        else:
            _split_surface(f, parts, rows, surface)
    keep = sorted(set(stands_for.values()), key=lambda i: min(j for j, k in stands_for.items() if k == i))
    place = {i: n for n, i in enumerate(keep)}
    words = []
    for i in keep:
        f = rows[i]
        head = int(f[6])
        target = place[i] if head == 0 else place[stands_for[head]]
        form, misc = surface[i]
        words.append(Word(form, f[2] if f[2] != "_" or form == "_" else form, f[3], "" if f[5] == "_" else f[5], target,
                          "root" if head == 0 else _collapse(f[7]), "SpaceAfter=No" not in misc))  # fmt: skip
    roots = [n for n, w in enumerate(words) if w.head == n]
    return words if len(roots) == 1 and words[roots[0]].relation == "root" and _is_tree(words) else None


def _split_surface(range_row: list[str], parts: list[int], rows: dict[int, list[str]], surface: dict[int, tuple[str, str]]) -> None:
    """Give the parts of an English contraction (do + n't) the letters they have in the text, and no space between."""
    text, position = range_row[1], 0
    for n, i in enumerate(parts):
        form = rows[i][1]
        last = n == len(parts) - 1
        piece = text[position:] if last else text[position : position + len(form)]
        position += len(piece)
        surface[i] = (piece or form, range_row[9] if last else "SpaceAfter=No")


def _is_tree(words: list[Word]) -> bool:
    for n in range(len(words)):
        seen, i = set(), n
        while words[i].head != i:
            if i in seen:
                return False
            seen.add(i)
            i = words[i].head
    return True


def doc_of(vocab: spacy.vocab.Vocab, group: list[list[Word]]) -> Doc:
    """Return a spaCy document with all marks, of one sentence or several.

    Spaces are left unknown, so that spaCy trains on these words and does not cut the text anew with a tokenizer of its own.
    """
    words, pos, morphs, lemmas, heads, deps, starts = [], [], [], [], [], [], []
    for sentence in group:
        base = len(words)
        for n, w in enumerate(sentence):
            words.append(plain(w.form))
            pos.append(w.pos if w.pos != "_" else "X")
            morphs.append(w.feats)
            lemmas.append(plain(w.lemma))
            heads.append(base + w.head)
            deps.append("ROOT" if w.relation == "root" else w.relation)
            starts.append(n == 0)
    return Doc(vocab, words=words, pos=pos, morphs=morphs, lemmas=lemmas, heads=heads, deps=deps, sent_starts=starts)
