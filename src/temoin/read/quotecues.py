"""The words right behind a quotation that say whose it is, by whatever verb: “…,” laughs Marit; « … », s'emporte la députée; “…” the coach told us.

No list of verbs is ever whole. Between a closing mark and the next comma stands a verb and a party, in either order, and nothing else
of weight; so there the marks are believed and neither the lexicon nor the tree is needed to know the verb for one of speech.
"""

from __future__ import annotations

from temoin.read.quotes import Quote
from temoin.read.said import Said, noun_phrase
from temoin.read.sentence import Sentence
from temoin.read.speakers import Speakers
from temoin.read.tree import SUBJECTS, Tree

_LONGEST = 30  # words between a quotation and the next mark
_FIRST_VERB = 12  # words before its verb
_STOPS = frozenset({",", ";", ":", ".", '"', "?", "!", "("})
_SMALL = frozenset({"AUX", "PRON", "PART", "ADV", "INTJ"})


def cue_behind(speakers: Speakers, q: Quote, s: Sentence, tree: Tree) -> Said | None:
    """Return who is named right behind a quotation with a verb, as a statement without content yet; None where nobody is.

    speakers: of the language. s, tree: the sentence in which the quotation ends.
    """
    w, n = s.words, len(s.words)
    first = next((i for i in range(n) if w[i].start >= q.outer_end), n)
    parted = any(i and w[i - 1].end <= q.end and w[i - 1].form in (",", "?", "!", ".", "...") for i in range(n) if w[i].start == q.end)
    while first < n and w[first].form in (",", "-", "--", '"') and s.quote[first] < 0:
        parted = parted or w[first].form != '"'
        first += 1
    named = any(w[b].end == q.outer_end or w[a].start == q.outer_start for a, b in s.quoted_names)
    leaning = any(v.start < q.outer_start and v.form[0].isalnum() and q.outer_start - v.end <= 1 for v in w)
    if not parted or named or leaning:
        return None  # words in quotation marks inside a clause, or a name
    if first >= n or s.quote[first] >= 0 or w[first - 1].form not in (",", '"', "-", "--", "?", "!", "."):
        return None
    stop = next((i for i in range(first, min(n, first + _LONGEST)) if w[i].form in _STOPS and not any(a <= i <= b for a, b in s.quoted_names)), n)
    if w[first].lower in speakers.lexicon.set("attribution.so"):
        return _made(speakers, s, tree, (first, first + 1), _party(speakers, s, tree, first, stop))
    cue = _verb(s, tree, first, stop)
    if cue is None or w[first].lower in speakers.conjunctions or w[first].lower in speakers.relatives:
        return None
    verb = next((i for i in range(*cue) if tree.pos[i] == "VERB"), cue[0])
    lead = range(first, cue[0])
    small = all(tree.pos[i] in _SMALL or w[i].lower in speakers.auxiliaries or w[i].form[0] == "-" or len(w[i].form) < 3 for i in lead)
    subject_first = any(tree.dep[i] in SUBJECTS and tree.pos[i] == "PRON" and w[i].form[0] != "-" for i in lead)
    if small and not subject_first:
        clitic = speakers._clitic(s, verb)
        party = (clitic, clitic + 1) if clitic is not None else _party(speakers, s, tree, max(verb, cue[1] - 1), stop)
    else:
        last = cue[0]
        while last > first and (tree.pos[last - 1] in ("AUX", "ADV", "PART") or w[last - 1].lower in speakers.auxiliaries):
            last -= 1
        named = any(tree.pos[i] in ("NOUN", "PROPN", "PRON", "NUM") or w[i].form[0].isupper() for i in range(first, last))
        if tree.pos[first] in ("ADP", "SCONJ", "CCONJ") or any(tree.pos[i] == "VERB" for i in range(first, last)):
            return None
        party = (first, last) if named and last > first else None
    return _made(speakers, s, tree, cue, party)


def _verb(s: Sentence, tree: Tree, first: int, stop: int) -> tuple[int, int] | None:
    """Return the words of the verb: one that the lexicon knows for speech, else the first that the parser takes for a verb."""
    near = range(first, min(stop, first + _FIRST_VERB))
    hits = (h for h in s.hits if h.entry.kind in ("cue", "view") and h.start in near and h.entry.code != "demands")
    known = next(((h.start, min(h.stop, stop)) for h in hits if not _adverbial(tree, h.start)), None)
    if known is not None:
        return known
    return next(((i, i + 1) for i in near if tree.pos[i] == "VERB" and not _adverbial(tree, i) and s.words[i].form[0].islower()), None)


def _adverbial(tree: Tree, i: int) -> bool:
    """Say whether a verb form only goes with another verb: "…, telling reporters", "…, précisant"."""
    return tree.has(i, "VerbForm=Ger") or tree.has(i, "VerbForm=Conv") or (tree.has(i, "VerbForm=Part") and tree.has(i, "Tense=Pres"))


def _party(speakers: Speakers, s: Sentence, tree: Tree, verb: int, stop: int) -> tuple[int, int] | None:
    """Return the party behind a verb: its subject where the tree has it there, else the first noun phrase."""
    subject = tree.subject(verb)
    first_named = next((i for i in range(verb + 1, stop) if tree.has(i, "Case=Nom") and tree.pos[i] in ("NOUN", "PROPN", "ADJ", "DET")), None)
    if first_named is not None and speakers.lexicon.flag("words.cases"):
        return speakers._party_after(s, tree, first_named, stop)
    if subject is not None and verb < subject < stop and tree.pos[subject] in ("NOUN", "PROPN", "PRON") and not tree.kids(subject, "case"):
        return noun_phrase(tree, subject)
    first = verb + 1
    while first < stop and ((at := next((b for a, b, _ in s.times if a <= first < b), 0)) or tree.pos[first] in ("ADV", "PRON", "PART")):
        if tree.pos[first] == "PRON" and any(s.words[first].lower in speakers.lexicon.set(f"pronouns.{k}") for k in "mfp"):
            return first, first + 1
        first = at or first + 1
    if first >= stop:
        return None
    start, last = speakers._party_after(s, tree, first, stop)
    if tree.pos[start] == "ADP" or not any(
        tree.pos[i] in ("NOUN", "PROPN", "NUM") or s.words[i].form[:1] != s.words[i].form[:1].lower() for i in range(start, last)
    ):
        return None
    return start, last


def _made(speakers: Speakers, s: Sentence, tree: Tree, cue: tuple[int, int], party: tuple[int, int] | None) -> Said | None:
    if party is None or party[1] <= party[0]:
        return None
    opening = s.words[party[0]].lower
    if opening in speakers.relatives and opening not in speakers.lexicon.set("words.articles"):
        return None
    head = next((i for i in range(*party) if not party[0] <= tree.head[i] < party[1]), party[1] - 1)
    return Said(s.number, party, cue, "says", s.start, s.start, "quotation", head, None, False, s.words[cue[0]].lower)
