"""In whose eyes something is so: "in her view", «по его словам», and the party behind a "for" at the head of a sentence."""

from __future__ import annotations

from temoin.read.lexicon import Lexicon
from temoin.read.sentence import Attribution, Sentence


def inner(sentence: Sentence, lexicon: Lexicon, start: int, stop: int) -> Attribution | None:
    """The party stands inside the cue: «по его словам», "nach ihren Angaben"."""
    words = sentence.words
    if stop - start < 3:
        return None
    begin, last = start, stop
    if begin and words[begin - 1].form == ",":
        begin -= 1
        last += last < len(words) and words[last].form == ","
    elif begin == 0 and last < len(words) and words[last].form == ",":
        last += 1
    owners = lexicon.set("pronouns.possessive")
    owner = next((i for i in range(start, stop) if words[i].lower in owners), None)  # "seiner Meinung nach", "in her view"
    source = (owner, owner + 1) if owner is not None else (start + 1, stop - 1)
    return Attribution(begin, last, *source, start, stop)


def names_a_viewer(sentence: Sentence, lexicon: Lexicon, start: int, stop: int, comma: int) -> bool:
    """Say whether the words from `stop` to a comma name somebody who can hold a view: a pronoun, a role, a first name with its last."""
    words = sentence.words
    if start > 1 or words[comma].form != "," or any(a < comma and b > start for a, b, _ in (*sentence.quantities, *sentence.times)):
        return False
    people = [lexicon.set(f"people.{k}") for k in ("persons", "organisations", "authorities", "titles")]
    names = [i for i in range(stop, comma) if words[i].form[0].isupper()]
    placed = {i for a, b, _ in sentence.places for i in range(a, b)}
    first_name = len(names) > 1 and names[0] == stop and names == list(range(stop, comma)) and not placed & set(names)
    pronoun = comma == stop + 1 and any(words[stop].lower in lexicon.set(f"pronouns.{k}") for k in "mfp")
    role = any(words[i].lower in k for i in range(stop, min(comma, stop + 2)) for k in people)
    return pronoun or first_name or role
