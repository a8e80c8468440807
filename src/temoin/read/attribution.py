"""Source phrases ("according to X", "selon X", "by the union's reckoning"), found by pattern before anything is parsed."""

from __future__ import annotations

from temoin.read.eyes import inner, names_a_viewer
from temoin.read.lexicon import Hit, Lexicon
from temoin.read.sentence import Attribution, Sentence

_BREAKS = frozenset({",", ";", ":", ".", '"', "(", ")", "!", "?", "--", "-"})
_LONGEST = 16  # words of a source
_APPOSITION = 8
#: How far behind "as" its verb of saying may stand, in words and in commas.
_AS_REACH = 24
_AS_COMMAS = 3


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
        if hit.entry.code == "citing" and not _names_a_party(sentence, lexicon, hit.stop):
            continue  # "citing a lack of evidence"
        if hit.start and sentence.words[hit.start - 1].lower in lexicon.set("attribution.not_after"):
            continue  # "o segundo dia": an ordinal, no source
        if hit.entry.code == "inner":
            got: Attribution | None = inner(sentence, lexicon, hit.start, hit.stop)
        else:
            read = {
                "before": _before,
                "before_name": _before_name,
                "after": _after,
                "as": _as,
                "own": _own,
                "whole": _whole,
                "citing": _before,
                "for": _for,
            }[hit.entry.code]
            got = read(sentence, lexicon, hit.start, hit.stop)
            if got and hit.entry.code == "citing":
                got.cited = True
        if got:
            found.append(got)
            taken = got.stop
    found += _possessed(sentence, lexicon, found)
    found.sort(key=lambda a: a.start)
    _scope(sentence, lexicon, found)
    return found + _cited_inside(sentence, lexicon, found)


def _names_a_party(sentence: Sentence, lexicon: Lexicon, first: int) -> bool:
    """Say whether a party stands close behind a word: a name, a role, a body, or sources."""
    kinds = [lexicon.set(f"people.{k}") for k in ("persons", "organisations", "authorities", "outlets")]
    for i in range(first, min(len(sentence.words), first + 6)):
        w = sentence.words[i]
        if w.form in _BREAKS:
            return False
        if w.form[0].isupper() or any(w.lower in k for k in kinds) or w.lower in lexicon.set("attribution.quotative_nouns"):
            return True
    return False


def _cited_inside(sentence: Sentence, lexicon: Lexicon, found: list[Attribution]) -> list[Attribution]:
    """Return the parties whom the party of a source phrase itself repeats: "according to X, which cites Y, …"."""
    inner = []
    for hit in sentence.hits:
        if hit.entry.kind != "attribution" or hit.entry.code != "citing" or not _names_a_party(sentence, lexicon, hit.stop):
            continue
        outer = next((a for a in found if not a.cited and a.source_stop <= hit.start < a.stop), None)
        if outer is not None:
            stop = next((i for i in range(hit.stop, outer.stop) if _breaks(sentence, i)), outer.stop)
            inner.append(Attribution(outer.start, outer.stop, hit.stop, stop, hit.start, hit.stop, outer.of_start, outer.of_stop, True))
    return inner


def _for(sentence: Sentence, lexicon: Lexicon, start: int, stop: int) -> Attribution | None:
    """The party in whose eyes something is so, at the head of a sentence: "Pour Thomas Riquier, biologiste, l'échantillon est trop petit"."""
    comma = next((i for i in range(stop, min(len(sentence.words), stop + _LONGEST)) if _breaks(sentence, i)), None)
    return _before(sentence, lexicon, start, stop) if comma is not None and names_a_viewer(sentence, lexicon, start, stop, comma) else None


def _before(sentence: Sentence, lexicon: Lexicon, start: int, stop: int) -> Attribution | None:
    """The party follows the cue: "according to the ministry, …"."""
    words, n = sentence.words, len(sentence.words)
    first = stop
    if lexicon.flag("attribution.phrase_ends_unmarked"):
        return _noun_phrase(sentence, lexicon, start, stop)
    relatives = lexicon.set("words.relatives")
    numbers = {i for a, b, _ in sentence.quantities for i in range(a, b)}
    times = {i for a, b, _ in sentence.times for i in range(a, b)}
    sure = lexicon.flag("words.cues_are_verbs")
    verbs = {h.start for h in sentence.hits if h.entry.kind == "cue" and (h.entry.role == "verbs" or sure)}
    if sure and first < n and words[first].lower in lexicon.set("words.time_prepositions"):
        return None  # «по данным на вечер»
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
        if sure and start and last in verbs:
            break  # «агентство со ссылкой на полицию сообщает …»
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


def _before_name(sentence: Sentence, lexicon: Lexicon, start: int, stop: int) -> Attribution | None:
    """The party follows and begins with a capital: "…, so Gewerkschaftschefin Lena Morath"."""
    opens = stop < len(sentence.words) and sentence.words[stop].form[0].isupper()
    return _before(sentence, lexicon, start, stop) if opens else None


def _set_off(sentence: Sentence, start: int, stop: int) -> tuple[int, int]:
    """Return a phrase with the commas around it."""
    words = sentence.words
    if start and words[start - 1].form == ",":
        start -= 1
        stop += stop < len(words) and words[stop].form == ","
    return start, stop


def _own(sentence: Sentence, lexicon: Lexicon, start: int, stop: int) -> Attribution:
    """The party is whoever the clause is about: "hat nach eigenen Angaben 31 Männer in Sicherheit gebracht". It is found by the tree."""
    begin, last = _set_off(sentence, start, stop)
    return Attribution(begin, last, -1, -1, start, stop)


def _whole(sentence: Sentence, lexicon: Lexicon, start: int, stop: int) -> Attribution:
    """The party is a part of the phrase's last word: "nach Polizeiangaben"."""
    begin, last = _set_off(sentence, start, stop)
    return Attribution(begin, last, stop - 1, stop, start, stop)


def _noun_phrase(sentence: Sentence, lexicon: Lexicon, start: int, first: int) -> Attribution | None:
    """Where no comma closes a source phrase ("Nach Angaben der Polizei wurden …"), the party is a noun phrase, read by its capitals."""
    words, n = sentence.words, len(sentence.words)
    barred = {i for a, b, _ in (*sentence.quantities, *sentence.times) for i in range(a, b)}
    of, articles, joins = lexicon.set("words.of_party"), lexicon.set("words.articles"), lexicon.set("words.and")
    named = [lexicon.set(f"people.{k}") for k in ("persons", "organisations", "outlets", "authorities", "titles")]
    documents = lexicon.set("attribution.quotative_nouns")

    def noun(i: int) -> int:
        """Return where a run of articles, adjectives, nouns and names ends; `i` where it holds no noun."""
        j = i
        while (
            j < n
            and j - i < 4
            and j not in barred
            and words[j].form[0].islower()
            and (words[j].lower in articles or words[j].lower.endswith(("e", "en", "er", "em", "es")))
        ):
            j += 1
        k = j
        while (
            k < n
            and k not in barred
            and (words[k].form[0].isupper() or words[k].form in ('"', "'") and (k > j or sentence.quote[min(k + 1, n - 1)] >= 0))
        ):
            if k > j and words[k].form[0].isupper() and words[k - 1].form[0].isupper() and j > i:
                known = any(words[m].lower in s for m in range(j, k + 1) for s in named)
                if not known and not words[k - 1].lower.endswith("er"):
                    break  # two nouns in a row are a role and its bearer, a town and its paper, or not of one phrase
            k += 1
        return k if k > j else i

    last = noun(first)
    if last == first:
        return None
    while last < n - 1:
        after = last + 1 if words[last].lower in of or words[last].lower in joins or words[last].lower in documents else last
        if after == last and not (words[last].lower in articles and words[last].lower in ("der", "des")):
            break
        more = noun(after)
        if more == after:
            break
        last = more
    source = _party(sentence, lexicon, first, last)
    if last < n and words[last].form == ",":
        closing = _past_apposition(sentence, lexicon, last, barred)
        if closing != last or (start and words[start - 1].form == ","):
            last = closing + 1
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
    if lexicon.flag("attribution.phrase_ends_unmarked"):
        first = _back_over_nouns(sentence, lexicon, first, start)
        return Attribution(first, stop, *_party(sentence, lexicon, first, start), start, stop) if first < start else None
    # In the middle of a clause only the phrase itself is taken: back to the article that opens it.
    if start - first > 5:
        opens = [i for i in range(start - 1, first - 1, -1) if words[i].lower in lexicon.set("words.articles")]
        if not opens:
            return None
        first = opens[0]
    last = stop + 1 if stop < len(words) and words[stop].form == "," else stop
    return Attribution(first, last, *_party(sentence, lexicon, first, start), start, stop)


def _back_over_nouns(sentence: Sentence, lexicon: Lexicon, low: int, start: int) -> int:
    """Return where the noun phrase before a cue begins: its names and nouns, an article, and the noun that a genitive depends on."""
    words, articles, of = sentence.words, lexicon.set("words.articles"), lexicon.set("words.of_party")
    first = start
    while first > low:
        i = first - 1
        if words[i].form[0].isupper() or words[i].form in ('"', "'"):
            first = i
            continue
        adjective = words[i].form[0].islower() and words[i].lower.endswith(("en", "em", "er", "es")) and i > low and words[i - 1].lower in articles
        if words[i].lower in articles or words[i].lower in of or adjective:
            first = i
            if words[i].lower in articles and not (i > low and words[i - 1].form[0].isupper() and words[i].lower in of):
                break
            continue
        break
    return first


def _closing_cue(sentence: Sentence, lexicon: Lexicon, start: int, end: int) -> Hit | None:
    """Return the verb of saying that closes a clause, auxiliaries behind it left out."""
    last = end
    while last > start and sentence.words[last - 1].lower in lexicon.set("words.auxiliaries"):
        last -= 1
    return next(
        (
            h
            for h in sentence.hits
            if h.entry.kind == "cue" and h.entry.code == "says" and h.stop == last and h.start > start and h.stop - h.start == 1
        ),
        None,
    )


def _as(sentence: Sentence, lexicon: Lexicon, start: int, stop: int) -> Attribution | None:
    """The party stands between "as" and a verb of saying that ends the clause: "wie die Polizei der Zeitung mitteilte"."""
    words, n = sentence.words, len(sentence.words)
    if start and words[start - 1].form not in (",", '"', "-"):
        return None
    reach = min(n, stop + _AS_REACH)
    ends = [i for i in range(stop, reach) if words[i].form in (",", ".", ";", ":")] or [n]
    # An apposition to the party stands between commas: "wie der Sprecher des Gerichts, Jan Otte, am Montag sagte".
    cue, end = next(((cue, end) for end in ends[:_AS_COMMAS] if (cue := _closing_cue(sentence, lexicon, stop, end)) is not None), (None, n))
    party = _noun_phrase(sentence, lexicon, start, stop)
    if cue is None:
        return None
    source = (party.source_start, min(party.source_stop, cue.start)) if party is not None else (stop, stop + 1)
    begin = start - 1 if start and words[start - 1].form == "," else start
    return Attribution(begin, end + (1 if end < n and words[end].form == "," else 0), *source, cue.start, cue.stop)


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


def _scope(sentence: Sentence, lexicon: Lexicon, found: list[Attribution]) -> None:
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
        a.of_start, a.of_stop = max(low, _relative_before(sentence, lexicon, a.start)), high


def _relative_before(sentence: Sentence, lexicon: Lexicon, start: int) -> int:
    """Return where a relative clause begins that a phrase stands in from its first words on ("…, às quais, segundo X, foi dado …"), or 0."""
    i = start - 1
    if i > 0 and sentence.words[start].form != "," and sentence.words[i].form == ",":
        i -= 1
    opens = i > 1 and sentence.words[i].lower in lexicon.set("words.relatives")
    return i if opens and any(w.form == "," for w in sentence.words[max(0, i - 2) : i]) else 0


def _leads(sentence: Sentence, a: Attribution) -> bool:
    return a.stop < len(sentence.words) and sentence.words[a.stop - 1].form == ","
