"""Who "he", "the organisation" and "Desmaret" are: parties of one report by the fullest name it gives them.

A name is a run of capitalised words. What it was introduced with ("Paul Desmaret, its president", "the newspaper X") is kept, so
that a role or a kind of body used later finds its bearer. Where nothing fits, nothing is resolved: a wrong name hurts.
"""

from __future__ import annotations

from collections.abc import Sequence

from temoin.languages import tables
from temoin.read.capitals import BODIES, one_of_two
from temoin.read.lexicon import Lexicon
from temoin.read.name import Name, spell
from temoin.read.sentence import Sentence
from temoin.read.tree import Tree

#: Small words inside names; "of" and its like count only between capitalised words.
_JOINS = frozenset(
    "de da do dos das del la le les du des der den van von zu al el bin ibn ben e y of the and et und for ya d' l' - & ' i sans in ag für и".split()
)


_DESCRIBED = 3  # words of a role before an apposed name


class Cast:
    """The named parties of a report, in order of appearance."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.names: list[Name] = []
        self._by_last: dict[str, list[Name]] = {}
        self._runs: dict[int, tuple[Tree | None, list[tuple[int, int]]]] = {}
        calendar = tables(lexicon.lang, "times")
        self.days = frozenset(form for key in ("weekdays", "months") for forms in calendar.get(key, ()) for form in forms)  # "every Friday"
        self.persons = lexicon.set("people.persons")
        self.organisations = lexicon.set("people.organisations")
        self.authorities = lexicon.set("people.authorities")
        self.outlets = lexicon.set("people.outlets")
        self.titles = lexicon.set("people.titles")
        self.feminine = lexicon.set("people.feminine")
        self.masculine = lexicon.set("people.masculine")

    # ── collecting ──────────────────────────────────────────────────────────────────────────────────────────────

    def gather(self, sentences: list[Sentence]) -> None:
        """Find every name of the report and what introduces it."""
        for s in sentences:
            for start, stop in self.runs(s):
                self._note(s, start, stop)

    def runs(self, s: Sentence) -> list[tuple[int, int]]:
        """Return runs of capitalised words: names, with small joining words inside. Remembered while the sentence keeps its tree."""
        known = self._runs.get(s.number)
        if known is None or known[0] is not s.tree:
            known = self._runs[s.number] = (s.tree, self._find_runs(s))
        return known[1]

    def _find_runs(self, s: Sentence) -> list[tuple[int, int]]:
        found, i, n = [], 0, len(s.words)
        quoted = {a + 1: b for a, b in s.quoted_names}
        while i < n:
            if i in quoted:
                found.append((i, quoted[i]))
                i = quoted[i]
                continue
            if not self._capital(s, i):
                i += 1
                continue
            j = last = i
            while j < n and j - last <= 3:
                if self._capital(s, j):
                    last = j
                elif (
                    s.words[j].lower not in _JOINS
                    or s.words[j].form[0].isupper()
                    or (s.words[j].form == "-" and s.words[j].start > s.words[j - 1].end)
                ):
                    break
                j += 1
            found.append((i, last + 1))
            i = last + 1
        return found

    def _capital(self, s: Sentence, i: int) -> bool:
        form = s.words[i].form
        if not form[0].isupper() or any(a.cue_start <= i < a.cue_stop for a in s.attributions):
            return False
        if s.tree is not None and s.tree.dep[i]:
            if s.tree.pos[i] in ("PRON", "DET", "ADP", "SCONJ", "CCONJ", "AUX", "ADV", "NUM", "PART", "INTJ"):
                return False
            if self.lexicon.flag("words.nouns_are_capitals"):
                return s.tree.pos[i] == "PROPN" or s.tree.dep[i].startswith("flat") or (s.tree.dep[i] == "appos" and s.tree.head[i] == i - 1)
        if any(a <= i < b for a, b, _ in s.times) and not (i and s.words[i - 1].form[0].isupper()):
            return False  # "on Monday"
        if self.lexicon.flag("words.nouns_are_capitals"):
            return one_of_two(s, i, self.lexicon)
        initial = i == 0 or s.words[i - 1].form in ('"', ":", "-", "--", "¿", "¡")
        if initial and any(
            s.words[i].lower in self.lexicon.set(f"words.{k}") for k in ("time_prepositions", "articles", "opening", "negation", "we")
        ):
            return i + 1 < len(s.words) and s.words[i].lower in self.lexicon.set("words.articles") and s.tree is not None and s.tree.pos[i] == "PROPN"
        if initial and s.tree is not None and not s.tree.dep[i] and s.words[i].lower in self.lexicon.set("words.place_prepositions"):
            return False  # "In Paris, …", which is not parsed
        if initial and s.tree is not None and s.tree.dep[i]:
            following = i + 1 < len(s.words) and s.words[i + 1].form[0].isupper() and s.tree.pos[i] in ("NOUN", "ADJ", "X", "VERB")
            if s.tree.pos[i] == "VERB" and any(h.start == i and h.entry.kind in ("cue", "attribution") for h in s.hits):
                return False  # "Asked Kovel …"; but "Stop Torture, a rights group" is a name
            return s.tree.pos[i] == "PROPN" or (len(form) > 1 and form.isupper()) or following
        return len(form) > 1 or not initial

    def _note(self, s: Sentence, start: int, stop: int) -> None:
        if any(a <= start and stop <= b for a, b, _ in s.places) and not any(self._role(w.lower) for w in s.words[start:stop]):
            return  # a place, not a party
        text_words = s.words[start:stop]
        keys = tuple(w.lower for w in text_words if w.lower not in _JOINS and w.lower not in self.titles)
        if not keys or all(k in self.days for k in keys):
            return
        text = spell(s, start, stop)
        roles = self._introduced(s, start, stop)
        person = self._person(s, start, stop, roles)
        # A surname alone is another mention of the full name.
        for known in reversed(self.names):
            if known.words == keys or (len(keys) < len(known.words) and (known.words[-len(keys) :] == keys)):
                known.mentions.append((s.number, start))
                known.free = known.free and not self._placed(s, start)
                known.roles |= roles if known.words == keys else set()
                if known.person is None:
                    known.person = person
                self._gender(known, s, start, roles)
                return
        name = Name(text, keys, (s.number, start), person, None, roles, [(s.number, start)], not self._placed(s, start))
        self._gender(name, s, start, roles)
        self.names.append(name)
        self._by_last.setdefault(keys[-1], []).append(name)

    def _placed(self, s: Sentence, start: int) -> bool:
        return start > 0 and s.words[start - 1].lower in self.lexicon.set("words.place_prepositions")

    def _introduced(self, s: Sentence, start: int, stop: int) -> set[str]:
        """Return role and kind words beside the name: up to five words before it, or in the apposition behind it."""
        words = s.words
        found: set[str] = set()
        cues = {h.start for h in s.hits if h.entry.kind in ("cue", "attribution") or h.entry.kind == "event" and h.entry.code == "condemnation"}
        for i in range(max(0, start - 6), start):
            if (words[i].form in (",", ".", ";", ":", '"') and i < start - 1) or i in cues:
                found.clear()  # in "the organisation asks the government" the government is no organisation
            elif self._role(words[i].lower) and not self._owner(s, i) and not self._other_case(s, i, start):
                found.add(words[i].lower)
        if stop < len(words) and words[stop].form in (",", "(", "-"):
            behind: set[str] = set()
            for i in range(stop + 1, min(len(words), stop + 10)):
                if words[i].form in (",", ")", ".", ";", "-"):
                    found |= behind
                    break
                if i in cues:
                    break
                if self._role(words[i].lower):
                    behind.add(words[i].lower)
        found |= {f"@{p.name}" for a, _, p in s.places if start - 6 <= a < stop + 8 and found}
        for i in range(start, stop):
            if self._role(words[i].lower) and words[i].lower not in self.persons:
                found.add(words[i].lower)
        return found

    def _owner(self, s: Sentence, i: int) -> bool:
        """Say whether a word only owns what follows: in "the organisation's president, X" X is no organisation."""
        return i + 1 < len(s.words) and s.words[i + 1].lower == "'s"

    def _other_case(self, s: Sentence, i: int, name: int) -> bool:
        """Say whether a word before a name stands in another case, so that it does not introduce it («сказал агентству Антон Белых»)."""
        if s.tree is None:
            return False
        cases = [next((f for f in s.tree.morph[k].split("|") if f.startswith("Case=")), None) for k in (i, name)]
        return None not in cases and cases[0] != cases[1] and self.lexicon.flag("words.cases")

    def _role(self, word: str) -> bool:
        return word in self.persons or word in self.organisations or word in self.authorities or word in self.outlets

    def _person(self, s: Sentence, start: int, stop: int, roles: set[str]) -> bool | None:
        nearest = self._nearest_role(s, start)
        if nearest is not None:
            return nearest in self.persons
        if any(r in self.persons for r in roles):
            return True
        if start and s.words[start - 1].lower in self.titles:
            return True
        if any(w.lower in BODIES for w in s.words[start:stop]):
            return False
        if any(r in self.organisations or r in self.outlets or r in self.authorities for r in roles):
            return False
        return True if 2 <= stop - start <= 3 and all(w.form[0].isupper() and not w.form.isupper() for w in s.words[start:stop]) else None

    def _nearest_role(self, s: Sentence, start: int) -> str | None:
        """Return the role that introduces a name: the one right before it ("director of the site La Ceiba"), or, before a comma, the first one."""
        comma = start > 0 and s.words[start - 1].form == ","
        low = start - 1 if comma else start
        window = []
        for i in range(low - 1, max(-1, low - 7), -1):
            if s.words[i].form in (",", ".", ";", ":", '"', "("):
                break
            if self._role(s.words[i].lower) and not self._owner(s, i) and not self._other_case(s, i, start):
                window.append(s.words[i].lower)
        return (window[-1] if comma else window[0]) if window else None

    def _gender(self, name: Name, s: Sentence, start: int, roles: set[str]) -> None:
        before = s.words[start - 1].lower if start else ""
        for word in (before, *roles):
            if word in self.feminine:
                name.gender = "f"
            elif word in self.masculine and name.gender is None:
                name.gender = "m"

    # ── resolving ───────────────────────────────────────────────────────────────────────────────────────────────

    def full(self, s: Sentence, start: int, stop: int, speakers: list[tuple[int, str]], over: Sequence[tuple[int, str]] = ()) -> str | None:
        """Return the fullest name of the party that these words name, or None where the words are all there is.

        speakers: who has spoken so far, oldest first, as (sentence number, full name): "he" is the last of them that fits.
        over: who says what these words stand in, innermost last; "the UN said it had documented …" is the UN, unless its kind contradicts.
        """
        named = self._named(s, start, stop)
        if named:
            return named
        last = s.words[stop - 1].lower
        if stop - start == 1:
            kinds = self._pronoun(last)
            for _, text in reversed(over):
                known = next((n for n in self.names if n.text == text), None)
                if kinds and "p" not in kinds and (known is None or known.person is None or any(self._agrees(known, k) for k in kinds)):
                    return text
            if kinds:
                return next((name for kind in kinds if (name := self._antecedent(kind, s, start, speakers))), None)
        return self._bearer(s, start, stop)

    def may_be_person(self, name: Name | None, s: Sentence, start: int, stop: int) -> bool:
        """Say whether a run of capitals may name a person: known for one, or of no known kind and not in capitals alone."""
        if name is not None and name.person is not None:
            return name.person
        return stop - start <= 3 and not any(
            w.form.isupper() and len(w.form) > 1 or self._role(w.lower) or w.lower in BODIES for w in s.words[start:stop]
        )

    def plural(self, s: Sentence, start: int, stop: int) -> bool:
        """Say whether these words are a pronoun for several people: "they", "we"."""
        return stop - start == 1 and (
            s.words[start].lower in self.lexicon.set("pronouns.p") or s.words[start].lower in self.lexicon.set("words.first_person")
        )

    def speaks_of_itself(self, s: Sentence, start: int, stop: int) -> bool:
        """Say whether these words are "I" or "we"."""
        return stop - start == 1 and s.words[start].lower in self.lexicon.set("words.first_person")

    def _named(self, s: Sentence, start: int, stop: int) -> str | None:
        runs = [r for r in self.runs(s) if r[0] < stop and r[1] > start]
        if not runs:
            return self._apposed(s, stop)
        apposed = self._apposed(s, stop)
        if (
            apposed is not None
            and any(self._role(w.lower) for w in s.words[start:stop])
            and any(n.text == apposed and n.person is not False for n in self.names)
        ):
            return apposed  # "the UN rapporteur on Iran, Dalia Okonedo, has urged …"
        # A name that only places or owns the head ("Russia's ombudswoman", "the governor of Sfax") is not the party itself.
        best = max(runs, key=lambda r: (r[1] - r[0], r[0]))
        head_role = next((i for i in range(start, stop) if self._role(s.words[i].lower) and not any(a <= i < b for a, b in runs)), None)
        if self._complement(s, start, stop, best):
            return apposed
        if head_role is not None and (best[0] < head_role or self._governed(s, best[0], head_role)):
            return self._apposed(s, stop)
        return self._fullest(s, *best)

    def _complement(self, s: Sentence, start: int, stop: int, run: tuple[int, int]) -> bool:
        """Say whether a name only belongs to the party: "Iran's judiciary", "the council of Europe's ministers", "the ministry of X"."""
        if s.tree is None:
            return False
        heads = [i for i in range(start, stop) if s.tree.dep[i] and not start <= s.tree.head[i] < stop or s.tree.head[i] == i]
        head = next((i for i in heads if s.tree.pos[i] == "NOUN" and not run[0] <= i < run[1]), None)
        if head is None:
            return False
        behind = run[0] > head and run[0] > start and s.tree.pos[run[0] - 1] == "ADP"
        owner = run[1] <= head and run[1] < stop and s.words[run[1]].lower == "'s"
        return behind or owner

    def _governed(self, s: Sentence, name: int, head: int) -> bool:
        return any(s.words[i].lower in self.lexicon.set("words.of_party") for i in range(head + 1, name))

    def _apposed(self, s: Sentence, stop: int) -> str | None:
        """ "the regional commander, Issa Kalonga, …": the name in apposition behind a role."""
        if stop + 1 < len(s.words) and s.words[stop].form == ",":
            described = stop + 1
            while (
                described < len(s.words)
                and described - stop <= _DESCRIBED
                and s.words[described].form.islower()
                and (
                    s.words[described].lower in self.lexicon.set("words.articles")
                    or self._role(s.words[described].lower)
                    or s.words[described].lower in self.titles
                )
            ):
                described += 1  # "the spokesman, Brigadier Celso Manhiça, …"
            for a, b in self.runs(s):
                if a == described and (b >= len(s.words) or s.words[b].form in (",", ".", ";", ")", ":", '"')):
                    return self._fullest(s, a, b)
        return None

    def _fullest(self, s: Sentence, start: int, stop: int) -> str:
        keys = tuple(w.lower for w in s.words[start:stop] if w.lower not in _JOINS and w.lower not in self.titles)
        fits = [n for n in self.names if keys and n.words[-len(keys) :] == keys]
        if fits:
            return max(fits, key=lambda n: (len(n.words), -n.first[0])).text
        return spell(s, start, stop)

    def _pronoun(self, word: str) -> list[str]:
        """Return whom a pronoun may stand for, persons first: French "elle" is a woman or an association."""
        return [kind for kind in ("m", "f", "o", "p") if word in self.lexicon.set(f"pronouns.{kind}")]

    def _antecedent(self, kind: str, s: Sentence, start: int, speakers: list[tuple[int, str]]) -> str | None:
        fits = [n for n in self.names if self._agrees(n, kind)]
        texts = {n.text for n in fits}
        spoken = [(number, text) for number, text in speakers if text in texts and s.number - number <= 6]
        if spoken:
            return spoken[-1][1]
        if kind == "p":
            return None  # "they" may be anybody; only who has just spoken is taken
        recent = [(m, n) for n in fits for m in n.mentions if m < (s.number, start) and s.number - m[0] <= 3]
        if not recent and kind in ("m", "f"):
            # a single word that nothing introduced ("Yusuf's account is hard to listen to"), if no other is near
            unknown = {n.text: n for n in self.names if n.person is None and n.gender in (None, kind) and not n.text.isupper()}
            near = [n for n in unknown.values() if n.free and any(m < (s.number, start) and s.number - m[0] <= 4 for m in n.mentions)]
            near.sort(key=lambda n: -len(n.mentions))
            return near[0].text if near and (len(near) == 1 or len(near[0].mentions) > len(near[1].mentions)) else None
        return max(recent, key=lambda x: x[0])[1].text if recent else None

    def _agrees(self, name: Name, kind: str) -> bool:
        if kind in ("m", "f"):
            return name.person is True and name.gender in (None, kind)
        if kind == "o":
            return name.person is False
        return name.person is False and not any(r in self.outlets for r in name.roles)

    def _bearer(self, s: Sentence, start: int, stop: int) -> str | None:
        """ "the organisation", "the lawyer", "her union": the last name that was introduced with that word."""
        roles = {w.lower for w in s.words[start:stop] if self._role(w.lower)}
        if not roles or s.words[start].lower in self.lexicon.set("words.indefinite"):
            return None
        if stop - start == 1 and self.lexicon.set("words.articles"):
            return None  # "people", without an article: nobody who was named
        here = (s.number, start)
        lands = {f"@{p.name}" for a, _, p in s.places if start <= a < stop}
        exact = [n for n in self.names if n.first < here and roles & n.roles and (not lands or lands & n.roles)]
        if exact:
            return max(exact, key=lambda n: max((m for m in n.mentions if m < here), default=n.first)).text
        leaders = self.lexicon.set("people.leaders")
        if lands and any(r in leaders for r in roles):
            # "the French premier": the one person whom the report calls the leader of that country by another word
            heads = [n for n in self.names if n.first < here and n.person is not False and lands & n.roles and any(r in leaders for r in n.roles)]
            if len({n.text for n in heads}) == 1:
                return heads[0].text
        if lands or stop - start > 2 or s.words[start].lower not in self.lexicon.set("words.definite"):
            return None
        kinds = [k for k in (self.outlets, self.organisations) if any(r in k for r in roles)]
        for kind in kinds:
            near = [
                n
                for n in self.names
                if n.first < here
                and n.person is not True
                and any(r in kind for r in n.roles)
                and s.number - n.mentions[-1][0] <= 8
                and (kind is self.outlets or not any(r in self.outlets for r in n.roles))
            ]
            if near:
                return max(near, key=lambda n: max((m for m in n.mentions if m < here), default=n.first)).text
        if any(r in self.organisations for r in roles):
            # a body that has just been named, if it is the only one
            bodies = {n.text: n for n in self.names if n.first < here and n.person is False and any(0 < s.number - m[0] <= 2 for m in n.mentions)}
            bodies = {text: n for text, n in bodies.items() if not any(r in self.outlets or r in self.authorities for r in n.roles)}
            if len(bodies) == 1:
                return next(iter(bodies))
        return None
