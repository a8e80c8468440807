"""Statements by cue verbs: "X said that …", "…, said X", "X, its president, reported twenty arrests"."""

from __future__ import annotations

from temoin.read.contents import Contents
from temoin.read.lexicon import Hit
from temoin.read.said import Said, noun_phrase
from temoin.read.sentence import Sentence
from temoin.read.tree import SUBJECTS, Tree
from temoin.records import Act


class Cues(Contents):
    """Finds what cue verbs attribute."""

    def cues(self, s: Sentence, tree: Tree, kind: str = "cue") -> list[Said]:
        """Return what cue verbs attribute; with kind "view" what verbs of thinking, feeling and showing do, which make no claims."""
        found: list[Said] = []
        best: dict[int, tuple[Hit, bool]] = {}
        asks: dict[int, tuple[Hit, bool]] = {}
        for hit in s.hits:
            if hit.entry.kind != kind or not tree.dep[hit.start]:
                continue
            nominal = hit.entry.role == "nominal"
            known = best.get(hit.start)
            if known is not None and {known[0].entry.code, hit.entry.code} == {"says", "promises"}:
                # a verb that both tells and undertakes: what it governs decides (see _undertaking), or a particle that it is parted from
                longer = max(hit, known[0], key=lambda h: h.stop - h.start)
                if longer.entry.code == "promises" and None in longer.entry.pattern and self.lexicon.flag("words.separable"):
                    best[hit.start] = (longer, True)
                elif hit.entry.code == "says":
                    best[hit.start] = (hit, True)
                else:
                    best[hit.start] = (known[0], True)
                continue
            if known is not None and {known[0].entry.code, hit.entry.code} == {"says", "demands"} and known[0].stop == hit.stop:
                # "asked the police to open" demands, "…, he asked" says: what it governs decides
                asks[hit.start] = (known[0] if known[0].entry.code == "says" else hit, nominal or known[1])
                best[hit.start] = (hit if hit.entry.code == "demands" else known[0], nominal or known[1])
                continue
            if known is None or (hit.stop - hit.start, nominal) > (known[0].stop - known[0].start, known[1]):
                best[hit.start] = (hit, nominal or (known is not None and known[1] and known[0].entry.code == hit.entry.code))
        for start in sorted(best):
            hit, nominal = best[start]
            if None in hit.entry.pattern and self.lexicon.flag("words.separable"):
                hit = Hit(hit.start, hit.start + 1, hit.entry)  # "sagte 20 Visa zu": what is said stands in the gap
            got = self._cue(s, tree, hit, nominal, found)
            if start in asks and not any(x.found_by in ("clause after cue", "that-clause", "noun after cue") for x in got):
                got = self._cue(s, tree, *asks[start], found)
            found += got
        return found

    def _cue(self, s: Sentence, tree: Tree, hit: Hit, nominal: bool, before: list[Said]) -> list[Said]:
        v = self._verb(tree, hit)
        if not self._is_verb(s, tree, hit, v):
            return []
        subject, addressee = self._speaker(s, tree, v)
        thing = hit.entry.kind == "cue" and subject is not None and subject < hit.start and self._thing(s, tree, subject)
        if thing and subject is not None and any(self._mark(s, i) for i in range(subject, hit.start)):
            subject, thing = None, False  # a word of the clause before
        loose = tree.dep[v] in ("amod", "acl", "conj", "compound") or tree.pos[v] not in ("VERB", "AUX")
        if tree.dep[v] == "amod" or (tree.dep[v] == "acl" and (self._perfect(s, tree, hit.start) or self._coordinated(s, tree, v))):
            subject = None
        nobody = subject is not None and s.words[subject].lower in self.impersonal
        if nobody:
            subject = None  # French "on", German "man": nobody in particular
        if (
            subject is not None
            and subject < hit.start
            and sum(w.form in ("-", "--") and w.start > s.words[i].end for i, w in enumerate(s.words[subject + 1 : hit.start], subject)) == 1
        ):
            subject = None  # "Elf Journalisten festgenommen – Ministerium bestreitet …": a headline of two halves
        negated = self.negates(s, tree, v)
        source: tuple[int, int] | None
        inverted = self._inverted(s, tree, hit)
        if inverted is not None:
            source, content = inverted
            head, contents = source[1] - 1, [content]
        else:
            contents = self._contents(s, tree, hit, v, subject, addressee, nominal)
            source = self._source_words(s, tree, subject)
            head = subject if subject is not None else -1
            between = self._trailing_cue(s, tree, hit)
            if between is not None and between[1][1] == s.words[-1].end and between[0][1] - between[0][0] <= 7:
                source, content = between  # "An appeal, Halim said, would be lodged": both sides are said
                head, contents = source[1] - 1, [content]
            if not contents or source is None:
                beside = self._trailing_cue(s, tree, hit)
                if beside is not None:
                    source, content = beside
                    head, contents = source[1] - 1, [content]
                elif (
                    contents
                    and (loose or not tree.passive(v))
                    and not (nobody and hit.entry.code == "doubts")
                    and not self._our_own(s, tree, v, subject)
                ):
                    source = self._just_before(s, tree, hit.start, before)
                    head = source[1] - 1 if source else -1
        described = source is not None and subject is not None and s.words[subject].lower in self.relatives and source[1] <= subject
        if described and hit.entry.kind == "cue" and source is not None and self._thing(s, tree, source[1] - 1):
            thing = True  # "elements that allow to confirm the deaths"
        if thing:
            source, head = None, -1
        if not contents or (head >= 0 and s.words[head].lower in self.negation):
            return []
        articles = self.lexicon.set("words.articles")
        if source is not None and s.words[source[0]].lower in self.relatives and s.words[source[0]].lower not in articles and inverted is None:
            return []  # "dont l'une a été confirmée": no party
        if source is not None and any(s.words[i].lower in self.no_party for i in (source[0], head) if i >= 0):
            source, head = None, -1  # "the petition demands", "what organisations say"
        act: Act = hit.entry.code  # type: ignore[assignment]
        unsaid = False
        if act == "says" and hit.start in self._undertaking(s) and contents[0][2] == "noun after cue":
            act = "promises"  # "announced sanctions"; but "announced that three had died" says so
        if negated and act == "says":
            if any(w.lower in self.confirming for w in s.words[hit.start : hit.stop]) and source is not None:
                act = "doubts"
            elif nominal and not any(rule in ("clause after cue", "that-clause") for _, _, rule in contents):
                return []
            else:
                unsaid = True  # "nobody said that …": the clause is no claim of anybody's
        elif negated and act == "denies":
            act = "says"
        elif negated and act in ("demands", "promises"):
            return []
        bounds = self._quotation(s, v)
        contents = [(max(a, bounds[0]), min(b, bounds[1]), rule) for a, b, rule in contents]
        if None in hit.entry.pattern and hit.stop - hit.start > 2:  # "put the arrests at 57": what stands in the gap is said, too
            gap = s.words[hit.start + 1].start
            contents = [(min(a, gap) if rule == "noun after cue" else a, b, rule) for a, b, rule in contents]
        cue = (hit.start, hit.stop)
        told = noun_phrase(tree, addressee) if addressee is not None else None
        text = " ".join(w.lower for w in s.words[hit.start : hit.stop])
        return [
            Said(s.number, source, cue, act, a, b, rule, head, told, unsaid, text, passive=source is None and (thing or tree.passive(v)))
            for a, b, rule in contents
            if b > a
        ]

    def _undertaking(self, s: Sentence) -> set[int]:
        return {h.start for h in s.hits if h.entry.kind == "cue" and h.entry.code == "promises" and h.entry.role == "nominal"}

    def _quotation(self, s: Sentence, v: int) -> tuple[int, int]:
        """Return the offsets of the sentence's part of the quotation that a word stands in; of the sentence where it stands in none."""
        if s.quote[v] < 0:
            return s.start, s.end
        same = [w for w, q in zip(s.words, s.quote, strict=True) if q == s.quote[v]]
        return same[0].start, same[-1].end

    def _inverted(self, s: Sentence, tree: Tree, hit: Hit) -> tuple[tuple[int, int], tuple[int, int, str]] | None:
        """Read ", said X" and ", a indiqué X": mark, auxiliary, cue, then a party and nothing but when, where and to whom."""
        words, v, n = s.words, hit.start, len(s.words)
        low = v
        while low > 0 and v - low < 4 and (tree.pos[low - 1] in ("PRON", "PART") or self._auxiliary(s, tree, low - 1)) and not self._mark(s, low - 1):
            low -= 1
        clitic = self._clitic(s, v)
        if any(words[i].lower in self.relatives for i in range(low, v)):
            return None
        if low == v and clitic is None and tree.dep[v] == "acl" and tree.has(v, "VerbForm=Part") and tree.kids(v, "xcomp"):
            return None  # "les gardiens, accusés d'avoir battu un détenu, …": they are the ones accused
        if (
            hit.stop - v > 1
            or low < (2 if self.lexicon.flag("words.cases") else 3)
            or not self._mark(s, low - 1)
            or (not tree.dep[low - 1] and not self.lexicon.flag("words.cases") and not self._where_or_when(s, tree, low - 1))
            or any(x.start <= low - 1 < x.stop for x in s.attributions)
            or self._across_parenthesis(s, tree, low)
            or (clitic is None and words[v].lower in self.tell)
            or not any(tree.pos[i] in ("VERB", "AUX") or s.hits_event(i) or words[i].form == '"' for i in (*range(low - 1), *range(hit.stop + 1, n)))
        ):
            return None
        high = hit.stop
        while high < n and high - v < 16 and not self._mark(s, high) and words[high].form not in (";", ":", ".", ")"):
            high += 1
        if (high == hit.stop and clitic is None) or hit.entry.code == "demands":
            return None
        first = hit.stop
        while clitic is None and first < high and (at := next((b for a, b, _ in s.times if a <= first < b), 0)):
            first = at  # "denunciou esta quinta-feira a organização …"
        if (
            clitic is None and first < high and (words[first].lower in self.to or tree.pos[first] in ("ADP", "SCONJ", "ADV"))
        ):  # "disse à agência X o advogado": the party stands behind whoever is told
            who = tree.subject(v)
            articles = self.lexicon.set("words.articles")
            if who is not None and first < who < high:
                first = noun_phrase(tree, who)[0]
            else:
                first = next(
                    (
                        i
                        for i in range(first + 1, high)
                        if (words[i].lower in articles and tree.pos[i] == "DET" and tree.pos[i - 1] != "ADP")
                        or (tree.pos[i] == "PROPN" and tree.pos[i - 1] == "NOUN" and words[i - 1].form.islower())
                    ),
                    first,
                )
        source = (clitic, clitic + 1) if clitic is not None else self._party_after(s, tree, first, high)
        if tree.has(source[0], "Case=Dat"):
            return None  # who was told, not who tells
        anybody = (
            hit.entry.role == "verbs" and source[0] == hit.stop and words[hit.stop].lower in self.lexicon.set("words.articles")
        )  # "…, rebate a economista"
        if clitic is None and not anybody and not self._speaks(s, tree, *source) or not self._ends_here(s, tree, max(source[1], hit.stop), high):
            return None
        if clitic is None and tree.has(source[0], "Case=Dat"):
            return None  # who is told, not who tells
        middle = high < n - 2 and words[high].form == "," and tree.pos[high + 1] != "CCONJ" and words[high + 1].lower not in self.relatives
        return source, (words[self._begin(s, low - 1)].start, words[n - 1].end if middle else words[low - 1].start, "clause before cue")

    def _where_or_when(self, s: Sentence, tree: Tree, comma: int) -> bool:
        """Say whether what was taken out before a comma told where or when ("…, no município de Amambaí, informou X"), not who somebody is."""
        first = comma
        while first > 0 and not tree.dep[first - 1]:
            first -= 1
        opens = first + (s.words[first].form == ",")
        return opens < comma and s.words[opens].lower in self.lexicon.set("words.time_prepositions")

    def _across_parenthesis(self, s: Sentence, tree: Tree, low: int) -> bool:
        """Say whether a cue's subject stands before what was set off and taken out: "Ihr Sprecher, Oberst X, nannte die Berichte …"."""
        subject = next((c for c in tree.children[low] if tree.dep[c] in SUBJECTS and c < low), None)
        return (
            not self._where_or_when(s, tree, low - 1)
            and subject is not None
            and not tree.dep[low - 1]
            and all(not tree.dep[i] for i in range(noun_phrase(tree, subject)[1], low))
        )

    def _trailing_cue(self, s: Sentence, tree: Tree, hit: Hit) -> tuple[tuple[int, int], tuple[int, int, str]] | None:
        """Read ", X said" by its marks alone: what the tree makes of it varies from parser to parser."""
        words, v, n = s.words, hit.start, len(s.words)
        low = v
        while low > 0 and v - low < 10 and not self._mark(s, low - 1) and words[low - 1].form not in (";", ":", ".", "("):
            low -= 1
        aside = None
        if low == v and v and words[v - 1].form == ",":  # "…, a spokesman for the governor, X, said": the name stands between two commas
            comma = next((i for i in range(v - 2, max(-1, v - 9), -1) if words[i].form == ","), None)
            if comma is not None and not any(tree.pos[i] in ("VERB", "AUX") for i in range(comma, v)):
                aside = comma
                low = comma
                while low > 0 and comma - low < 10 and not self._mark(s, low - 1) and words[low - 1].form not in (";", ":", ".", "("):
                    low -= 1
        if low < 2 or not self._mark(s, low - 1):
            return None
        high = hit.stop
        while high < n and high - v < 14 and not self._mark(s, high) and words[high].form not in (";", ":", ".", ")"):
            high += 1
        last = v
        while last > low and tree.pos[last - 1] in ("AUX", "ADV", "PART"):
            last -= 1
        last = aside if aside is not None else last
        party = (
            last > low
            and any(tree.pos[i] in ("NOUN", "PROPN", "PRON") for i in range(low, last))
            and not any(tree.pos[i] == "VERB" for i in range(low, last))
        )
        if (
            not party
            or any(words[i].lower in self.relatives for i in range(low, min(low + 3, last)))
            or tree.pos[low] in ("CCONJ", "SCONJ", "ADP")
            or not self._ends_here(s, tree, hit.stop, high)
            or (hit.entry.code == "denies" and any(s.hits_event(i) for i in range(hit.stop, high)))  # "– Ministerium bestreitet Misshandlungen"
        ):
            return None
        if not any(tree.pos[i] in ("VERB", "AUX", "NOUN") for i in range(low - 1)):
            return None
        middle = (
            high < n - 2
            and words[high].form == ","
            and words[high + 1].lower not in self.relatives
            and (tree.pos[high + 1] != "CCONJ" or self._resumes(s, low, high + 2))
        )
        return (low, last), (words[self._begin(s, low - 1)].start, words[n - 1].end if middle else words[low - 1].start, "clause before cue")

    def _resumes(self, s: Sentence, low: int, at: int) -> bool:
        """Say whether what follows an inserted cue goes on in the tense before it: "they had been seized, he told me, and had been beaten"."""
        word = s.words[at].lower if at < len(s.words) else ""
        return word in self.auxiliaries and any(w.lower == word for w in s.words[:low])
