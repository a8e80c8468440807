"""The two parsers of a language: a full one, and a smaller one that gives a second opinion about who depends on whom.

Sentences of one report are parsed together and apart from all others, so that a report's reading never depends on its neighbours.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, NamedTuple

from temoin.errors import Unreadable
from temoin.read.tree import Tree

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: A longer sentence is parsed up to here; what follows is read by patterns only.
LONGEST = 160


class Pack(NamedTuple):
    """The trained pipelines of a language."""

    model: Language
    second: Language


@cache
def pack(lang: str) -> Pack:
    """Load the pipelines of a language, once. Raises Unreadable where they were not shipped or trained."""
    import spacy  # late: it costs most of a second, and not every command reads

    folder = files("temoin.languages") / lang
    loaded = []
    for name in ("model", "second"):
        with as_file(folder / name) as path:
            if not path.is_dir():
                raise Unreadable(f"the language pack {lang!r} has no {name}", hint="train it with 'make models', or install the published package")
            loaded.append(spacy.load(path, exclude=["trainable_lemmatizer"]))
    return Pack(*loaded)


def trees(lang: str, sentences: list[list[str]]) -> list[Tree]:
    """Return the full parser's tree of each sentence. sentences: the words as the parser shall see them, none empty."""
    return _trees(pack(lang).model, sentences)


def second_trees(lang: str, sentences: list[list[str]], first: list[Tree]) -> list[Tree]:
    """Return the second opinion of each sentence: the relations anew, the word classes and forms of the first."""
    return [Tree(a.pos, b.dep, b.head, a.morph) for a, b in zip(first, _trees(pack(lang).second, sentences), strict=True)]


def _trees(nlp: Language, sentences: list[list[str]]) -> list[Tree]:
    from spacy.tokens import Doc as Words

    docs = [Words(nlp.vocab, words=s, sent_starts=_starts(len(s))) for s in sentences]
    names = _names(nlp)
    return [_tree(doc, names) for doc in nlp.pipe(docs, batch_size=64)]


class _Names(dict[int, str]):
    """The strings behind a pipeline's numbers, each looked up once."""

    def __init__(self, nlp: Language) -> None:
        self._strings = nlp.vocab.strings

    def __missing__(self, number: int) -> str:
        name = self[number] = self._strings[number]
        return name


@cache
def _names(nlp: Language) -> _Names:
    return _Names(nlp)


def _starts(size: int) -> list[bool | int | None]:
    """One sentence a document: the parser shall not split it."""
    return [True, *[False] * (size - 1)]


def _tree(doc: Doc, names: _Names) -> Tree:
    from spacy.attrs import DEP, HEAD, MORPH, POS  # type: ignore[import-not-found]  # a compiled module without stubs

    rows = doc.to_array([POS, DEP, HEAD, MORPH])
    pos, dep, morph = ([names[number] for number in rows[:, column].tolist()] for column in (0, 1, 3))
    head = [i + step for i, step in enumerate(rows[:, 2].astype("int64").tolist())]
    return Tree(pos, dep, head, morph)
