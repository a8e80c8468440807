"""Interviews printed as questions and answers: whose "I" the answers are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from temoin.read.lexicon import Lexicon
from temoin.read.name import Name
from temoin.read.names import Cast
from temoin.read.said import Said
from temoin.read.sentence import Sentence

_LONGEST_QUESTION = 300  # characters
_LONGEST_LABEL = 4  # words before the colon of "Waghmare:"
_FEWEST = 3

Paragraphs = dict[int, list[Sentence]]


def answers(sentences: list[Sentence], lexicon: Lexicon, cast: Cast) -> list[Said]:
    """Return one statement for every answer of an interview.

    Who answers is told by labels ("Waghmare: …"), else it is the person whom the lines before the first question introduce.
    Nothing is returned where the text is no interview: fewer than three questions (where no dashes part them from the answers), no answer
    in the first person, or nobody introduced.
    """
    paragraphs: Paragraphs = {}
    for s in sentences:
        paragraphs.setdefault(s.paragraph, []).append(s)
    order = sorted(paragraphs)
    asking = [n for n in order if _asks(paragraphs[n])]
    dashed = [n for n in order if paragraphs[n][0].words[0].form in ("-", "--")]
    if len(dashed) > _FEWEST and any(n in dashed for n in asking):  # "– Question ? – Réponse", though few of them are questions
        first = next(dashed.index(n) for n in asking if n in dashed)
        order, asking = dashed, [n for n in asking if n in dashed and dashed.index(n) % 2 == first % 2]
    elif len(asking) < _FEWEST:
        return []
    speaker = _speaker(sentences, cast, asking[0])
    if speaker is None:
        return []
    labels = {n: label for n in order if (label := _label(paragraphs[n]))}
    if len(labels) >= _FEWEST:
        askers = {label for label, times in Counter(labels[n] for n in asking if n in labels).items() if times}
        replies = [n for n in order if n in labels and labels[n] not in askers]
    else:
        replies = [n for n in order if n > asking[0] and n not in _questions(order, asking, paragraphs)]
    me = lexicon.set("words.first_person")
    if not any(w.lower in me for n in replies for s in paragraphs[n] for w in s.words):
        return []
    number, at = speaker.first
    source = (at, min(len(sentences[number].words), at + len(speaker.text.split())))
    return [Said(number, source, None, "says", paragraphs[n][0].start, paragraphs[n][-1].end, "answer in an interview", head=at) for n in replies]


def _speaker(sentences: list[Sentence], cast: Cast, first: int) -> Name | None:
    persons = [n for n in cast.names if n.person is True]
    before = [n for n in persons if sentences[n.first[0]].paragraph < first]
    names = before or [n for n in persons if sentences[n.first[0]].paragraph == first]
    return max(names, key=lambda n: (len(n.words) > 1, len(n.mentions), -n.first[0])) if names else None


def _label(paragraph: list[Sentence]) -> str | None:
    """Return the words before a colon that open a paragraph, if they are a label."""
    words = paragraph[0].words
    colon = next((i for i, w in enumerate(words[: _LONGEST_LABEL + 1]) if w.form == ":"), None)
    return " ".join(w.lower for w in words[:colon]) if colon and words[0].form[0].isupper() else None


def _asks(paragraph: list[Sentence]) -> bool:
    return paragraph[-1].words[-1].form == "?" and paragraph[-1].end - paragraph[0].start < _LONGEST_QUESTION


def _questions(order: list[int], asking: list[int], paragraphs: Paragraphs) -> Collection[int]:
    """Return the paragraphs of the interviewer: the questions, and, where questions and answers take turns, the remarks in their place."""
    place = {n: i for i, n in enumerate(order)}
    turns = {place[n] % 2 for n in asking}
    if len(turns) > 1:
        return asking
    (turn,) = turns
    return {
        n
        for n in order
        if place[n] >= place[asking[0]] and place[n] % 2 == turn and paragraphs[n][-1].end - paragraphs[n][0].start < _LONGEST_QUESTION
    }
