"""Statements: somebody says something. Found by cue verbs in the tree, by quotation marks, and by source phrases.

Three routes, each of which stands alone: a source phrase attributes its sentence; a cue verb with a subject attributes its
clause, its object or what stands before it; a quotation goes to the cue beside it, else to whoever spoke last.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from temoin.read.cues import Cues
from temoin.read.cueverbs import MARKS
from temoin.read.introduced import RULE, introduced
from temoin.read.lexicon import WordSet
from temoin.read.names import Cast
from temoin.read.quotecues import cue_behind
from temoin.read.quotes import Quote
from temoin.read.said import Said, noun_phrase
from temoin.read.sentence import Sentence
from temoin.read.tree import SUBJECTS, Tree
from temoin.read.words import Word
from temoin.records import Act

#: Words of a party that only gives another figure.
_LONGEST_GAPPED = 8
#: What ends a sentence inside a quotation before a cue is inserted ("« Où est-il ? demande-t-elle. …").
_ENDING = frozenset({"?", "!", ".", "..", "..."})
_FEWEST = 4  # words of a quotation that need no cue right beside it


class Finder(Cues):
    """Finds the statements of one report, by all three routes."""

    def phrases(self, s: Sentence, tree: Tree | None) -> list[Said]:
        """Return what source phrases attribute, and verbs of speech that stand alone between commas."""
        found = []
        for i in s.interpolated(self.lexicon):
            text = s.words[i].lower
            end = s.words[i - 1].start if s.words[i + 1].form == "." else s.end
            found.append(Said(s.number, None, (i, i + 1), "says", s.start, end, "interpolated cue", own_cue=text))
        for a in s.attributions:
            source = (a.source_start, a.source_stop) if a.source_start >= 0 else self._whose_own(s, tree, a.start)
            lo, hi = max(a.of_start, 0), min(a.of_stop, len(s.words))
            if lo >= hi or source is None:
                continue
            start = s.words[a.stop].start if a.start <= lo < a.stop < hi else s.words[lo].start
            end = s.words[a.start - 1].end if a.start < hi <= a.stop and a.start > lo else s.words[hi - 1].end
            if lo < a.start and a.stop < hi and self._about_the_source(s, a.stop):
                end = s.words[a.start - 1].end
            found.append(
                Said(s.number, source, (a.cue_start, a.cue_stop), "says", start, end, "cited source" if a.cited else "source phrase", head=source[0])
            )
        return found

    def _whose_own(self, s: Sentence, tree: Tree | None, at: int) -> tuple[int, int] | None:
        """Return the subject nearest to "by its own account"."""
        subjects = [i for i in range(len(tree)) if tree.dep[i] in SUBJECTS and tree.pos[tree.head[i]] in ("VERB", "AUX", "ADJ")] if tree else []
        near = min(subjects, key=lambda i: abs(i - at), default=None)
        return self._source_words(s, tree, near) if tree is not None and near is not None else None

    def _about_the_source(self, s: Sentence, stop: int) -> bool:
        """Say whether what follows a source is a relative clause about it, told by the report ("…, according to the parish, which shelters them")."""
        i = stop - 1 if s.words[stop - 1].form == "," else stop
        return s.words[i].form == "," and i + 1 < len(s.words) and s.words[i + 1].lower in self.relatives

    def gapped(self, s: Sentence, tree: Tree, said: list[Said]) -> list[Said]:
        """Return the figures of others behind a first one: "the organisers put those present at 5,000; the police, at 800"."""
        found: list[Said] = []
        first = next((x for x in said if x.sentence == s.number and x.cue is not None and x.source is not None and not x.quote), None)
        if first is None or first.cue is None:
            return found
        parting = {i for i, w in enumerate(s.words) if w.form == ";" or w.lower in self.conjunctions}
        for a, b, _ in s.quantities:
            comma = next((i for i in (a - 1, a - 2) if i > first.cue[1] and s.words[i].form == ","), None)
            low = max((i for i in parting if comma is not None and i < comma), default=None)
            if comma is None or low is None or comma - low > _LONGEST_GAPPED or low < first.cue[0]:
                continue
            closed = b >= len(s.words) or s.words[b].form in (";", ".", ",")
            if closed and not any(tree.pos[i] == "VERB" for i in range(low + 1, comma)) and self._speaks(s, tree, low + 1, comma):
                start, end = s.words[a].start, s.words[b - 1].end
                found.append(
                    Said(s.number, (low + 1, comma), (comma, comma + 1), first.act, start, end, "figure of another", low + 1, own_cue=first.own_cue)
                )
        return found

    def backward(self, sentences: list[Sentence], trees: dict[int, Tree]) -> list[Said]:
        """Return what a sentence of its own attributes: «Об этом сообщает X» makes X the source of what its paragraph said before."""
        found: list[Said] = []
        for s in sentences:
            back = next((h for h in s.hits if h.entry.kind == "attribution" and h.entry.code == "back" and h.start < 2), None)
            if back is None or not s.number:
                continue
            same = [x for x in sentences[max(0, s.number - 4) : s.number] if x.paragraph == s.paragraph] or [sentences[s.number - 1]]
            cues = [x for x in self._unattached(s, trees.get(s.number)) if x.source is not None]
            named = [a for a in s.attributions if a.source_stop > a.source_start]
            if named:  # «Об этом сообщает "Интер-Атлас" со ссылкой на союз прессы»: the union says it
                a = named[-1]
                found.append(
                    Said(
                        s.number,
                        (a.source_start, a.source_stop),
                        (a.cue_start, a.cue_stop),
                        "says",
                        same[0].start,
                        same[-1].end,
                        "source in the sentence behind",
                    )
                )
            elif cues:
                x = cues[0]
                found.append(Said(s.number, x.source, x.cue, "says", same[0].start, same[-1].end, "source in the sentence behind", x.head))
        return found

    def quotations(self, quotes: Iterable[Quote], sentences: list[Sentence], said: list[Said], trees: dict[int, Tree], cast: Cast) -> list[Said]:
        """Return a statement for every quotation long enough to say something, each with the source that fits best."""
        found: list[Said] = []
        last: Said | None = None
        for q in quotes:
            touching = [s for s in sentences if s.start < q.outer_end and s.end > q.outer_start]
            if not touching:
                continue
            covered = [w for s in touching for w in s.words if q.start <= w.start and w.end <= q.end and w.form[0].isalnum()]
            tree = trees.get(touching[-1].number)
            behind = cue_behind(self, q, touching[-1], tree) if tree is not None else None
            if len(covered) < _FEWEST and (behind is None or not covered) and not self._announced(q, touching[0], covered):
                last = self._beside(q, touching, sentences, said, trees) or last  # "I was beaten," X said: too short to tell, but X speaks on
                continue
            source = (
                self._inserted(q, touching, sentences, said)
                or behind
                or self._beside(q, touching, sentences, said, trees)
                or self._goes_on(q, touching[-1], said)
                or self._led_in(q, touching[0], trees)
            )
            if source is None:
                source = self._spoke_last(q, touching[0], sentences, said, last)
                if source is None or source.sentence < touching[0].number - 1:
                    source = introduced(q, touching[0], sentences, cast) or source
            if source is None and last is not None and touching[0].paragraph - last.sentence <= 2:
                source = last if sentences[last.sentence].paragraph >= touching[0].paragraph - 1 else None
            if source is None:
                continue
            got = replace(
                source,
                act="says" if source.act == "denies" else source.act,  # what a denier says in quotation marks is his own
                start=q.start,
                end=q.end,
                found_by=RULE if source.found_by == RULE else "quotation",
                negated=False,
                quote=True,
                passive=False,
            )
            found.append(got)
            last = got
        return found

    def _announced(self, q: Quote, s: Sentence, covered: list[Word]) -> bool:
        """Say whether a short quotation stands behind a colon and a word of saying: 'she answered: "No comment."'"""
        colon = next((i for i, w in enumerate(s.words) if w.form == ":" and 0 <= q.outer_start - w.end <= 2), None)
        return bool(covered) and colon is not None and any(h.entry.kind in ("cue", "view") and h.start < colon for h in s.hits)

    def _spoke_last(self, q: Quote, s: Sentence, sentences: list[Sentence], said: list[Said], last: Said | None) -> Said | None:
        """Return who spoke last in the quotation's own paragraph, by whatever cue: 'The pastor speaks of a breach. "They were whipped."'"""
        before = [
            x
            for x in said
            if x.source is not None
            and x.cue is not None
            and x.sentence < s.number
            and sentences[x.sentence].paragraph == s.paragraph
            and not x.passive
        ]
        latest = max(before, key=lambda x: (x.sentence, x.cue[0] if x.cue else 0), default=None)
        return latest if latest is not None and (last is None or latest.sentence > last.sentence) else None

    def going_on(self, sentences: list[Sentence], said: list[Said], trees: dict[int, Tree]) -> list[Said]:
        """Return a statement for every sentence in the mood of what others say ("Elf Tage lang sei er festgehalten worden.") that names
        no speaker: it goes on with what the sentence before it reports. Nothing in a language without words of that mood."""
        moods = self.lexicon.set("words.reported")
        found: list[Said] = []
        if not moods:
            return found
        latest: Said | None = None
        by: dict[int, list[Said]] = {}
        for x in said:
            if x.source is not None and not x.quote and x.end > x.start or x.cue is not None and x.source is not None and x.quote:
                by.setdefault(x.sentence, []).append(x)
        for s in sentences:
            own = by.get(s.number, [])
            found += self._clauses_going_on(s, own, moods)
            if latest is not None and sentences[latest.sentence].paragraph != s.paragraph:
                latest = None
            if own:
                latest = max(own, key=lambda x: (x.end - x.start if not x.quote else 0, x.start))
                continue
            tree = trees.get(s.number)
            if latest is None or tree is None or not self._reported(s, tree, moods):
                latest = latest if latest is not None and tree is None else None
                continue
            found.append(replace(latest, act="says", start=s.start, end=s.end, found_by="mood goes on", negated=False, quote=False, passive=False))
        return found

    def _clauses_going_on(self, s: Sentence, own: list[Said], moods: WordSet) -> list[Said]:
        """Return the same for clauses behind a semicolon or comma of a sentence that itself names a speaker before them
        ("X nannte das eine Lüge, man habe nur elf genommen"; "…, sagte X; Y habe nicht überlebt")."""
        found: list[Said] = []
        marks = [i for i, w in enumerate(s.words) if w.form in (";", ",") and s.quote[i] < 0]
        for k, i in enumerate(marks):
            stop = next((j for j in marks[k + 1 :]), len(s.words))
            start, end = s.words[i].end, s.words[stop - 1].end
            before = [x for x in own if x.cue is not None and x.cue[0] < i and x.end <= start]
            if not before or stop - i < 4 or any(x.start < end and x.end > start for x in own):
                continue
            if any(h.entry.kind == "cue" and i < h.start < stop for h in s.hits) or any(i < a.start < stop for a in s.attributions):
                continue
            if any(w.lower in moods for w in s.words[i + 1 : stop]):
                x = max(before, key=lambda x: x.end)
                told = i > 0 and s.words[i - 1].lower in self.lexicon.set("blanket.subjects")  # "wies die Vorwürfe, Y würden gefoltert, zurück"
                act: Act = x.act if told and x.act in ("denies", "doubts") else "says"
                found.append(replace(x, act=act, start=start, end=end, found_by="mood goes on", negated=False, quote=False, passive=False))
        return found

    def _reported(self, s: Sentence, tree: Tree, moods: WordSet) -> bool:
        """Say whether the main clause's finite verb is in that mood, outside of quotations."""
        for i in range(len(s.words)):
            if tree.dep[i] in ("root", "ROOT") and s.quote[i] < 0:
                return any(s.words[c].lower in moods for c in (i, *(c for c in tree.children[i] if tree.dep[c].startswith(("aux", "cop")))))
        return False

    def _goes_on(self, q: Quote, s: Sentence, said: list[Said]) -> Said | None:
        """ "…", acrescentou.: a cue without a subject right behind a quotation is said by whoever spoke last, up to three sentences before."""
        behind = [h for h in s.hits if h.entry.kind in ("cue", "view") and 0 <= s.words[h.start].start - q.outer_end <= 3]
        before = [x for x in said if x.source is not None and x.cue is not None and s.number - 3 <= x.sentence < s.number and x.start < q.start]
        if not behind or not before:
            return None
        last = max(before, key=lambda x: (x.sentence, x.cue[0] if x.cue else 0))
        return replace(last, at=(s.number, (behind[0].start, behind[0].stop)), addressee=None)  # whom the other cue told stands elsewhere

    def _inserted(self, q: Quote, touching: list[Sentence], sentences: list[Sentence], said: list[Said]) -> Said | None:
        """Return the statement whose cue and party stand inside the quotation itself, behind a mark: « Ils sont venus, raconte Amina. Ils … »."""
        numbers = {s.number for s in touching}
        for x in said:
            if x.sentence not in numbers or x.cue is None or x.source is None or x.act != "says":
                continue
            s = sentences[x.sentence]
            words, at = s.words, x.cue[0]
            if not q.start < words[at].start < q.end or not 0 <= x.source[0] - at <= 3 or words[x.source[0]].lower in self.first_person:
                continue
            low = next((i for i in range(at - 1, max(-1, at - 5), -1) if words[i].form in MARKS or words[i].form in _ENDING), None)
            if low is not None and words[low].start > q.start and all(self._small(w.lower) for w in words[low + 1 : at]):
                return x
        return None

    def _small(self, word: str) -> bool:
        return word in self.auxiliaries or any(word in self.lexicon.set(f"pronouns.{k}") for k in "mfop") or len(word) < 4

    def _led_in(self, q: Quote, s: Sentence, trees: dict[int, Tree]) -> Said | None:
        """ "Sister Graça does not keep silent: “…”": whoever the clause before the colon is about, though no verb of it is one of speech."""
        tree = trees.get(s.number)
        colon = next((i for i, w in enumerate(s.words) if w.form == ":" and 0 <= q.outer_start - w.end <= 2), None)
        if tree is None or colon is None:
            return None
        verb = next((i for i in range(colon) if tree.pos[i] == "VERB" and tree.dep[i] in ("ROOT", "root", "parataxis") and not tree.passive(i)), None)
        who = (
            next((c for c in tree.children[verb] if tree.dep[c] in SUBJECTS and tree.pos[c] in ("NOUN", "PROPN")), None) if verb is not None else None
        )
        if verb is None or who is None or who > colon or not self._speaks(s, tree, *noun_phrase(tree, who)):
            return None
        return Said(s.number, noun_phrase(tree, who), (verb, verb + 1), "says", s.start, s.start, "quotation", who, None, False, s.words[verb].lower)

    def _beside(self, q: Quote, touching: list[Sentence], sentences: list[Sentence], said: list[Said], trees: dict[int, Tree]) -> Said | None:
        """Return the statement whose cue stands outside the quotation and nearest to it, in the same sentences or just before a colon."""
        best: tuple[int, Said] | None = None
        near = {s.number for s in touching}
        first = touching[0].number
        if first and sentences[first - 1].paragraph == touching[0].paragraph and sentences[first - 1].words[-1].form == ":":
            near.add(first - 1)
        if touching[-1].number + 1 < len(sentences) and sentences[touching[-1].number + 1].paragraph == touching[-1].paragraph:
            following = sentences[touching[-1].number + 1]
            if following.start - q.outer_end <= 3:
                near.add(following.number)
        candidates = [x for x in said if x.sentence in near] + [x for n in near for x in self._unattached(sentences[n], trees.get(n))]
        for x in candidates:
            if x.cue is None or x.source is None:
                continue
            words = sentences[x.sentence].words
            at = words[x.cue[0]].start
            if q.start <= at < q.end:
                continue
            gap = min(abs(at - q.outer_end), abs(words[x.cue[1] - 1].end - q.outer_start))
            if best is None or gap < best[0]:
                best = (gap, x)
        return best[1] if best and best[0] < 160 else None

    def _unattached(self, s: Sentence, tree: Tree | None) -> list[Said]:
        """Return cue verbs with a subject whose content is not in their own sentence: they may belong to a quotation."""
        if tree is None:
            return []
        found = []
        for hit in s.hits:
            if hit.entry.kind in ("cue", "view") and tree.dep[hit.start] and tree.pos[hit.start] in ("VERB", "AUX", "NOUN", "ADJ", "PROPN"):
                subject, told = self._speaker(s, tree, hit.start)
                source = self._source_words(s, tree, subject)
                if source is not None and subject is not None:
                    to = noun_phrase(tree, told) if told is not None else None
                    text = " ".join(w.lower for w in s.words[hit.start : hit.stop])
                    act: Act = hit.entry.code if hit.entry.code == "promises" else "says"  # type: ignore[assignment]
                    found.append(Said(s.number, source, (hit.start, hit.stop), act, s.start, s.start, "quotation", subject, to, False, text))
        return found
