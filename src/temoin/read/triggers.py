"""Triggers: the words of a sentence that tell an event, checked against word classes and against names that only contain them."""

from __future__ import annotations

from typing import NamedTuple

from temoin.read.lexicon import VERBAL, Hit, Lexicon, WordSet
from temoin.read.sentence import Sentence
from temoin.read.tree import Tree

#: Relations of a noun to its clause: a participle in one of them is a noun.
_SLOTS = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod"})


class Trigger(NamedTuple):
    """A matched entry of an event, with the word that stands for it in the tree."""

    start: int
    stop: int
    head: int
    event: str
    role: str
    weak: bool
    entry: str  # as the lexicon writes it


def triggers(s: Sentence, tree: Tree, lexicon: Lexicon) -> list[Trigger]:
    """Return the triggers of a sentence in text order; where entries overlap the longer wins, then the stronger."""
    hits = [h for h in s.hits if h.entry.kind in ("event", "ignore")]
    hits.sort(key=lambda h: (-_weight(h), h.entry.weak, h.start))
    taken: dict[int, str] = {}
    found: list[Trigger] = []
    for h in hits:
        head = _head(h, s, tree)
        if head is None or any(i in taken for i in _content(h, s, tree)):
            continue
        if h.entry.kind == "ignore":
            taken.update(dict.fromkeys(_content(h, s, tree), "ignore"))
            continue
        if not _fits(h, head, s, tree, lexicon) or _only_a_name(h, head, s, tree, lexicon):
            continue
        for i in _content(h, s, tree):
            if not (h.entry.code == "condemnation" and i != head and _other_act(s, i)):
                taken[i] = h.entry.code
        found.append(Trigger(h.start, h.stop, head, h.entry.code, h.entry.role, h.entry.weak, h.entry.text))
    found.sort()
    return found


def _other_act(s: Sentence, i: int) -> bool:
    """Say whether a word of a condemnation is what is condemned ("deplores the *arrest*"): that is told, too."""
    return any(
        h.start == i and h.stop == i + 1 and h.entry.kind == "event" and h.entry.code != "condemnation" and h.entry.role == "nouns" for h in s.hits
    )


def _weight(h: Hit) -> int:
    return len([p for p in _atoms(h) if p is not None])


def _atoms(h: Hit) -> list[WordSet | None]:
    return [p for part in (h.entry.pattern, *h.entry.others) for p in part]


def _content(h: Hit, s: Sentence, tree: Tree) -> list[int]:
    """Return the words of a match that carry its sense."""
    if h.stop - h.start == 1:
        return [h.start]
    own = [p for p in _atoms(h) if p is not None]  # what stands in a gap ("nahm … fest") is not the match's
    bearing = ("VERB", "NOUN", "ADJ", "PROPN", "ADV", "AUX")
    return [i for i in range(h.start, h.stop) if tree.pos[i] in bearing and (i in (h.start, h.stop - 1) or any(s.words[i].lower in p for p in own))]


def _head(h: Hit, s: Sentence, tree: Tree) -> int | None:
    """Return the word of a match on which its other words hang, a verb or noun before others; None where none was parsed."""
    parsed = [i for i in range(h.start, h.stop) if tree.dep[i]]
    if h.entry.others:  # what stands between its parts is not the match's
        own = [p for p in _atoms(h) if p is not None]
        parsed = [i for i in parsed if i in (h.start, h.stop - 1) or any(s.words[i].lower in p for p in own)] or parsed
    if not parsed:
        return None
    if h.stop - h.start == 1:
        return parsed[0]
    inside = set(parsed)
    tops = [i for i in parsed if tree.head[i] not in inside or tree.head[i] == i]
    return min(
        tops,
        key=lambda i: (
            h.entry.role in VERBAL and tree.pos[i] not in ("VERB", "AUX"),  # "7.500 Menschen auf die Straße gegangen"
            tree.dep[i].startswith("flat"),
            tree.pos[i] not in ("VERB", "NOUN", "ADJ", "PROPN"),
            tree.pos[i] in ("ADV", "ADP", "PUNCT"),
            len(tops) > 1 and tree.pos[i] != "VERB" and h.entry.role == "phrases" and tree.has(i, "Case="),
            i,
        ),
    )


def _fits(h: Hit, head: int, s: Sentence, tree: Tree, lexicon: Lexicon) -> bool:
    """Say whether the word class allows the reading that the entry wants."""
    pos, role = tree.pos[head], h.entry.role
    if (
        pos in ("VERB", "ADJ")
        and (tree.dep[head] in _SLOTS or tree.kids(head, "nummod", "nummod:gov"))
        and tree.has(head, "Case=")
        and not tree.has(head, "Variant=Short")
    ):
        pos = "NOUN"  # a participle that stands for people: "насчитали 64 арестованных"
    if role == "phrases" or h.stop - h.start > 1:
        return True
    others = {e.role for e in lexicon.beginning(s.words[head].lower) if e.kind == "event" and len(e.pattern) == 1}
    if role in VERBAL:
        if pos in ("VERB", "AUX"):
            return True
        if pos == "ADJ":
            return tree.dep[head] in (
                "acl",
                "amod",
                "ROOT",
                "root",
                "conj",
                "ccomp",
                "advcl",
                "xcomp",
                "acl:relcl",
                "appos",
                "parataxis",
            ) or tree.has(head, "VerbForm=Part")
        if head and s.words[head].form[0].islower() and tree.pos[head - 1] == "PRON" and pos in ("NOUN", "X", "ADV"):
            return True  # a pronoun before it makes it a verb: French "en héberge une douzaine"
        return not others & {"nouns", "people"} and not h.entry.weak and pos in ("NOUN", "PROPN", "X") and tree.dep[head] not in ("compound", "case")
    if pos in ("NOUN", "PROPN", "X"):
        return True
    if pos == "ADJ":
        return role == "people" or not others & VERBAL
    return not others & VERBAL and not h.entry.weak


def _only_a_name(h: Hit, head: int, s: Sentence, tree: Tree, lexicon: Lexicon) -> bool:
    """Say whether the word names a body, a document or a trade rather than an event ("anti-torture committee", "crime reporter")."""
    form = s.words[head].form
    if head and form[0].isupper() and not lexicon.flag("words.nouns_are_capitals") and not s.headline and h.entry.role != "phrases":
        before = s.words[head - 1]
        if before.form[0].isalpha() and before.form[0].isupper() and head > 1:
            return True
        if head + 1 < len(s.words) and s.words[head + 1].form[0].isupper() and before.form not in ('"', ":", "-", "."):
            return True
    if head and s.words[head - 1].lower in ("anti", "counter", "pro", "anti-"):
        return True
    if head > 1 and s.words[head - 1].form == "-" and s.words[head - 2].lower in ("anti", "counter", "pro") and h.entry.role != "phrases":
        return True
    noun = tree.head[head]
    if tree.dep[head] == "amod" and noun >= 0 and tree.dep[noun] == "nmod" and tree.head[noun] >= 0 and not tree.kids(noun, "nummod", "det"):
        if s.words[tree.head[noun]].lower in lexicon.set("people.organisations"):
            return True  # "Gesellschaft für bedrohte Völker"
    if h.stop < len(s.words) and any(a == h.stop for a, _ in s.quoted_names) and h.entry.role in ("nouns", "phrases") and tree.pos[head] == "NOUN":
        return h.entry.code == "aid"  # «горячая линия "Надежда"»: a body by its name
    if tree.dep[head] in ("compound", "nmod") and h.entry.role in ("nouns", "people"):
        governor = tree.head[head]
        word = s.words[governor].lower
        body = any(word in lexicon.set(f"people.{k}") for k in ("organisations", "outlets", "authorities"))
        if word in lexicon.set("words.topics") and (head < governor or tree.dep[head] == "compound"):
            return True  # "a torture report"; but "reports of torture" tell of torture
        if body and (tree.dep[head] == "compound" or not tree.kids(head, "nummod", "nmod", "det")):
            return True
    return False
