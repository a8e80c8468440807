"""Source phrases ("according to X", "selon X", "by the union's reckoning"), found by pattern before anything is parsed."""

from __future__ import annotations

from temoin.read.lexicon import Lexicon
from temoin.read.sentence import Attribution, Sentence

_BREAKS = frozenset({",", ";", ":", ".", '"', "(", ")", "!", "?", "--", "-"})
_LONGEST = 16  # words of a source
_APPOSITION = 8


def _breaks(sentence: Sentence, i: int) -> bool:
    """Say whether a mark ends a phrase; those around a name («Новая газета») do not, nor the hyphen of "Tehran-based"."""
    w = sentence.words
    if w[i].form not in _BREAKS or any(a <= i <= b for a, b in sentence.quoted_names):
        return False
    return not (w[i].form == "-" and 0 < i < len(w) - 1 and w[i - 1].end == w[i].start and w[i].end == w[i + 1].start)


def attributions(sentence: Sentence, lexicon: Lexicon) -> list[Attribution]:
    """Return the source phrases of a sentence in text order, never overlapping."""
    found = []
    taken = -1
    for hit in sentence.hits:
        if hit.entry.kind != "attribution" or hit.entry.code in ("quoted_in", "back") or hit.start < taken:
            continue
        if hit.entry.code == "inner":
            got: Attribution | None = _inner(sentence, hit.start, hit.stop)
        elif hit.entry.code == "before":
            got = _before(sentence, lexicon, hit.start, hit.stop)
        else:
            got = _after(sentence, lexicon, hit.start, hit.stop)
        if got:
            found.append(got)
            taken = got.stop
    found += _possessed(sentence, lexicon, found)
    found.sort(key=lambda a: a.start)
    _scope(sentence, found)
    return found


def _inner(sentence: Sentence, start: int, stop: int) -> Attribution | None:
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
    return Attribution(begin, last, start + 1, stop - 1, start, stop)


def _before(sentence: Sentence, lexicon: Lexicon, start: int, stop: int) -> Attribution | None:
    """The party follows the cue: "according to the ministry, …"."""
    words, n = sentence.words, len(sentence.words)
    first = stop
    relatives = lexicon.set("words.relatives")
    numbers = {i for a, b, _ in sentence.quantities for i in range(a, b)}
    times = {i for a, b, _ in sentence.times for i in range(a, b)}
    verbs = {h.start for h in sentence.hits if h.entry.kind == "cue" and h.entry.role == "verbs"}
    if any(w.lower in relatives for w in words[first : first + 2]):
        return None  # "allegations selon lesquelles …": what follows is the allegation, not who makes it
    verb = next((h for h in sentence.hits if h.start == first and h.entry.kind == "cue"), None)
    if verb is not None and words[first].form.islower():
        first = verb.stop  # "según informó la policía"; where nobody follows, it is whoever spoke last
        if first >= n or words[first].form in _BREAKS:
            return None
    last = first
    while last < n and last - first < _LONGEST and not _breaks(sentence, last):
        if last > first and (
            words[last].lower in relatives
            or (last in times and not any(w.form == "," for w in words[last : last + 10]))
            or (last in verbs and words[last].form.islower() and words[last - 1].lower not in lexicon.set("words.articles"))
        ):
            break
        if last > first and last in numbers and start == 0 and not any(w.form == "," for w in words[last : last + 9]):
            break  # "Según Amnistía veinte personas …": no comma parts the source from what it says
        last += 1
    if last == first:
        return None
    source_stop = last
    # A relative clause belongs to the source: go on to the next mark.
    while last < n and last - first < 3 * _LONGEST and not _breaks(sentence, last):
        if start == 0 and last in numbers and source_stop == last:
            break
        last += 1
    if start == 0 or _opening(sentence, start):
        if last >= n or words[last].form != ",":
            if last >= n - 1 and start:
                pass
            else:
                return _initial_without_comma(sentence, start, first, source_stop)
        else:
            last = _past_apposition(sentence, lexicon, last, numbers) + 1
    elif last < n and words[last].form == "," and start and words[start - 1].form == ",":
        last += 1
    # "a count published by the group": the party is the group
    source = _party(sentence, lexicon, first, source_stop)
    begin = start - 1 if start and words[start - 1].form == "," else start
    return Attribution(begin, min(last, n), *source, start, first)


def _opening(sentence: Sentence, start: int) -> bool:
    return all(w.form in _BREAKS or i < 2 for i, w in enumerate(sentence.words[:start])) and start <= 2


def _initial_without_comma(sentence: Sentence, start: int, first: int, stop: int) -> Attribution | None:
    """ "Según Amnistía 20 personas …": the party is the run of names and small words that opens the phrase."""
    words = sentence.words
    last = first
    while last < stop and (words[last].form[0].isupper() or (last + 1 < stop and len(words[last].form) <= 3 and words[last].form.isalpha())):
        last += 1
    if last == first or last >= len(words) - 2:
        return None
    return Attribution(start, last, first, last, start, first)


def _past_apposition(sentence: Sentence, lexicon: Lexicon, comma: int, numbers: set[int]) -> int:
    """Return the comma that ends the phrase: the next one where what follows the first only describes the party."""
    words = sentence.words
    nxt = next((i for i in range(comma + 1, min(len(words), comma + 2 + _APPOSITION)) if words[i].form == ","), None)
    if nxt is None or len(words) - nxt < 4 or any(i in numbers for i in range(comma + 1, nxt)):
        return comma
    telling = [lexicon.set(k) for k in ("people.persons", "people.organisations", "words.relatives")]
    opens = [lexicon.set("words.articles"), *telling]
    describes = any(words[comma + 1].lower in k for k in opens) and any(words[i].lower in k for i in range(comma + 1, nxt) for k in telling)
    return nxt if describes and nxt - comma <= _APPOSITION + 1 else comma


def _party(sentence: Sentence, lexicon: Lexicon, first: int, stop: int) -> tuple[int, int]:
    """Return the words of the party in a source phrase: of "a report published by the group X", the group X."""
    words = sentence.words
    documents = lexicon.set("attribution.quotative_nouns")
    head = next((i for i in range(first, min(stop, first + 4)) if words[i].lower in documents), None)
    if head is not None and not any(words[i].lower in lexicon.set("words.and") for i in range(first, head)):
        by = lexicon.set("words.by")
        of = lexicon.set("words.of_party")
        for wanted in (by, of):
            for i in range(first + 1, stop - 1):
                if words[i].lower in wanted:
                    return i + 1, stop
    return first, stop


def _after(sentence: Sentence, lexicon: Lexicon, start: int, stop: int) -> Attribution | None:
    """The party comes before the cue: "Angaben der Polizei zufolge", "dem Ministerium zufolge"."""
    words = sentence.words
    first = start
    while first > 0 and start - first < _LONGEST and not _breaks(sentence, first - 1):
        first -= 1
    if first == start:
        return None
    # In the middle of a clause only the phrase itself is taken: back to the article that opens it.
    if start - first > 5:
        opens = [i for i in range(start - 1, first - 1, -1) if words[i].lower in lexicon.set("words.articles")]
        if not opens:
            return None
        first = opens[0]
    last = stop + 1 if stop < len(words) and words[stop].form == "," else stop
    return Attribution(first, last, *_party(sentence, lexicon, first, start), start, stop)


def _possessed(sentence: Sentence, lexicon: Lexicon, taken: list[Attribution]) -> list[Attribution]:
    """ "by the union's reckoning": a preposition, a possessor, a noun of telling or counting."""
    nouns, prepositions = lexicon.set("attribution.possessed"), lexicon.set("attribution.possessors")
    if not nouns:
        return []
    words, found = sentence.words, []
    for i in range(2, len(words)):
        if words[i].lower in nouns and words[i - 1].form == "'s":
            start = next((j for j in range(i - 2, max(-1, i - 9), -1) if words[j].lower in prepositions), None)
            if start is None or start + 1 > i - 2 or any(a.start <= start < a.stop for a in taken):
                continue
            last = i + 1
            begin = start
            if begin and words[begin - 1].form == ",":
                begin -= 1
                last += last < len(words) and words[last].form == ","
            elif begin == 0 and last < len(words) and words[last].form == ",":
                last += 1
            found.append(Attribution(begin, last, start + 1, i - 1, start, i + 1))
    return found


def _scope(sentence: Sentence, found: list[Attribution]) -> None:
    """Say what each phrase attributes: all of its sentence, or, where several stand in it, each what it stands nearest to."""
    n = len(sentence.words)
    semicolons = [-1, *(i for i, w in enumerate(sentence.words) if w.form == ";"), n]
    for k, a in enumerate(found):
        low = max(s for s in semicolons if s < a.start or s == -1) + 1
        high = min((s for s in semicolons if s >= a.stop), default=n)
        if len(found) > 1:
            leading = a.start <= low + 1
            if leading:
                high = min(high, found[k + 1].start) if k + 1 < len(found) and found[k + 1].start - a.stop < 2 else high
                if k + 1 < len(found) and not _leads(sentence, found[k + 1]):
                    high = min(high, found[k + 1].start)
            else:
                if k and found[k - 1].start <= low + 1 or k:
                    low = max(low, found[k - 1].stop)
                high = a.stop
        a.of_start, a.of_stop = low, high


def _leads(sentence: Sentence, a: Attribution) -> bool:
    return a.stop < len(sentence.words) and sentence.words[a.stop - 1].form == ","
