"""Interviews printed as questions and answers: whose "I" the answers are."""

from __future__ import annotations

from collections.abc import Collection

from temoin.read.lexicon import Lexicon
from temoin.read.names import Cast
from temoin.read.said import Said
from temoin.read.sentence import Sentence

_LONGEST_QUESTION = 300  # characters
_FEWEST = 3


def answers(sentences: list[Sentence], lexicon: Lexicon, cast: Cast) -> list[Said]:
    """Return one statement for every answer of an interview, said by the person whom the lines before the first question introduce.

    Nothing is returned where the text is no interview: fewer than three questions, no answer in the first person, or nobody introduced.
    """
    paragraphs: dict[int, list[Sentence]] = {}
    for s in sentences:
        paragraphs.setdefault(s.paragraph, []).append(s)
    order = sorted(paragraphs)
    asking = [n for n in order if _asks(paragraphs[n])]
    if len(asking) < _FEWEST:
        return []
    first = asking[0]
    names = [n for n in cast.names if n.person is True and sentences[n.first[0]].paragraph < first]
    if not names:
        return []
    speaker = max(names, key=lambda n: (len(n.words) > 1, len(n.mentions), -n.first[0]))
    replies = [n for n in order if n > first and n not in _questions(order, asking, paragraphs)]
    me = lexicon.set("words.first_person")
    if not any(w.lower in me for n in replies for s in paragraphs[n] for w in s.words):
        return []
    number, at = speaker.first
    source = (at, min(len(sentences[number].words), at + len(speaker.text.split())))
    return [
        Said(number, source, None, "says", paragraphs[n][0].start, paragraphs[n][-1].end, "answer in an interview", head=at)
        for n in replies
    ]  # fmt: skip


def _asks(paragraph: list[Sentence]) -> bool:
    return paragraph[-1].words[-1].form == "?" and paragraph[-1].end - paragraph[0].start < _LONGEST_QUESTION


def _questions(order: list[int], asking: list[int], paragraphs: dict[int, list[Sentence]]) -> Collection[int]:
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
