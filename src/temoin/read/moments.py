"""When the event of a trigger was: which of a sentence's times is its, and which is when somebody said so.

Times are taken out before parsing, so each hangs on the words beside it. At the opening of a clause ("On Friday, police …", "Entre enero y
junio …") it belongs to the clause that follows; elsewhere to the word before it, and to the clause of that word. A trigger has the time of
its own phrase or clause, else that of a clause it completes; never that of the verb of speech over it ("said on Monday that three were
killed"), unless speaking is the event (a condemnation), or the time is a stretch that the verb counts over ("has recorded 14 beatings since
January"). What came after an event with a date has that date as its open beginning ("arrested after the concert of 22 September").
"""

from __future__ import annotations

from temoin.read import edtf
from temoin.read.arguments import Arguments
from temoin.read.lexicon import VERBAL
from temoin.read.said import Said
from temoin.read.sentence import Sentence
from temoin.read.timewords import small
from temoin.read.tree import Tree
from temoin.read.triggers import Trigger
from temoin.records import Time

#: How closely a time belongs to a trigger; the closest is taken, among equals the nearest.
_OWN_PHRASE, _OWN_CLAUSE, _COMPLETED, _SHARED, _STATED = 5, 4, 3, 2, 1
#: Relations through which a clause completes the one over it, and shares its time.
_COMPLETING = frozenset({"xcomp", "ccomp", "csubj", "obj", "nsubj", "nsubj:pass", "obl", "nmod", "acl", "amod", "iobj", "obl:agent", "appos"})
_MARKS = frozenset({",", ";", ":", '"', "(", ")", "-", "--", "—", "–", "•", "."})
_BREAKS = frozenset({";", ":", '"', "(", ")", "—", "–", "."})
_HOPS = 12  # steps up the tree from a trigger
_WEEKS = 9  # days; a longer stretch is what is counted over, not when somebody spoke


class Moments:
    """Finds the times of triggers in one sentence, by one of its trees."""

    def __init__(self, s: Sentence, tree: Tree, arguments: Arguments, said: list[Said]) -> None:
        self.s, self.tree, self.arguments = s, tree, arguments
        self.said = [x for x in said if x.sentence == s.number]
        self.cues = {i for x in self.said if x.cue is not None for i in range(*x.cue)}
        lang = arguments.lexicon.lang
        self.after, self.since, self.towards = small(lang, "after"), small(lang, "since"), small(lang, "towards")
        self._taken = {i for a in s.attributions for i in range(a.start, a.stop)}
        named = s.quoted_names
        self._beside = [(x, *self._neighbour(x[0], x[1])) for x in s.times if not any(a < x[0] < b for a, b in named)]

    def when(self, lo: int, hi: int, t: Trigger, innermost: Said | None, speaks: bool) -> str | None:
        """Return the EDTF of the time that a trigger's event has, None where the sentence states none for it.

        lo, hi: the words of the clause that states it. innermost: whoever says so. speaks: the event is an act of speech.
        """
        best: tuple[int, int, str] | None = None
        for (a, _, time), word, opens in self._beside:
            if word is None or a in self._taken:
                continue
            if self._beside_speech(word, time, t, innermost):
                rank = _OWN_CLAUSE if speaks and not self._of_a_noun(word, t) else _COMPLETED if self._counted_over(a, time, innermost) else 0
            else:
                rank = self._rank(a, word, opens, t, innermost)
                if not rank and lo <= a < hi and not self._of_another(word, t):
                    rank = _STATED
                if any(w.form == ";" for w in self.s.words[min(a, t.head) : max(a, t.head)]):
                    rank = 0
            if rank:
                found = (rank, -abs(a - t.head), self._open(time, word, t))
                best = found if best is None or found[:2] > best[:2] else best
        return best[2] if best else None

    def _neighbour(self, first: int, stop: int) -> tuple[int | None, bool]:
        """Return the parsed word that a time hangs on, and whether the time opens its clause."""
        words, dep = self.s.words, self.tree.dep

        def left_out(n: int) -> bool:
            """What was taken out before parsing, the commas around it too, stands in no one's way."""
            return n in self._taken or (not dep[n] and words[n].form not in _BREAKS)

        i, j = first - 1, stop
        while i >= 0 and left_out(i):
            i -= 1
        opens = i < 0 or words[i].form in _MARKS
        while j < len(words) and (left_out(j) or (opens and words[j].form == "," and "," not in (words[k].form for k in range(stop, j) if dep[k]))):
            j += 1
        right = j if j < len(words) and words[j].form not in _MARKS else None
        parted = any(w.form == "," for w in words[stop:j])
        if not opens:
            hanging = self.tree.pos[i] == "ADP" and 0 <= self.tree.head[i] < i
            return (self.tree.head[i] if hanging else i), False  # "the concert of 2 May"
        if right is not None and (i < 0 or words[i].form in _BREAKS or not parted):
            return right, True
        while i >= 0 and (not dep[i] or words[i].form in _MARKS):
            if words[i].form in _BREAKS:
                return right, True
            i -= 1
        return (i if i >= 0 else right), False

    def _beside_speech(self, word: int, time: Time, t: Trigger, innermost: Said | None) -> bool:
        """Say whether a time belongs to the verb of speech over a trigger, or stands outside of what is said."""
        if innermost is None or innermost.sentence != self.s.number or innermost.found_by == "source phrase" or t.head in self.cues:
            return False
        return not innermost.start <= time.start < innermost.end or (innermost.cue is not None and word in range(*innermost.cue))

    def _counted_over(self, at: int, time: Time, innermost: Said | None) -> bool:
        """Say whether a time beside a verb of speech is that of what it counts or calls for.

        "Has recorded 14 beatings since January", «convocó para el sábado una marcha».
        """
        if innermost is None or innermost.found_by != "noun after cue":
            return False
        ahead = at > 0 and any(self.s.words[i].lower in self.towards for i in (at - 1, at))
        first, last = edtf.days(time.edtf)
        return ahead or first is None or last is None or (last - first).days > _WEEKS

    def _of_a_noun(self, word: int, t: Trigger) -> bool:
        """Say whether a time hangs on a noun that is another trigger: "deplores the arrests of 3 May"."""
        for i in (word, *self.tree.above(word)):
            if self.tree.verbal(i):
                return False
            if i != t.head and i in self.arguments.heads:
                return True
        return False

    def _rank(self, at: int, word: int, opens: bool, t: Trigger, innermost: Said | None) -> int:
        """Return how closely a time that hangs on a word belongs to a trigger; 0 where it does not."""
        tree, h = self.tree, t.head
        top = self.arguments.clause_head(t)
        if not opens:
            for i in (word, *tree.above(word)):
                if i == h or i == top and tree.pos[i] in ("NOUN", "PROPN"):
                    return _OWN_PHRASE
                if tree.verbal(i):
                    break
                if i in self.arguments.heads and not tree.under(h, i):
                    return 0
        over = tree.clause(word)
        if over in (h, top):
            return _OWN_CLAUSE
        if over in self.arguments.heads and t.role not in VERBAL and over == tree.clause(h):
            return 0  # "last October a court jailed two men over the killing of a preacher"
        if over in self.cues and innermost is None:
            return 0  # "said on Tuesday the group, which shelters them"
        if over == tree.clause(h):
            return _OWN_CLAUSE
        noun = tree.head[over] if tree.dep[over] == "acl" else -1
        if noun >= 0 and at > noun and any(tree.under(h, c) for c in tree.kids(noun, "conj")):
            return _SHARED  # "17 leaders killed from January to June and five more missing"
        return self._below(h, over, at, opens)

    def _below(self, h: int, over: int, at: int, opens: bool) -> int:
        """Return how closely a time of the clause `over` belongs to a trigger that stands under it."""
        tree, rank, i = self.tree, _COMPLETED, h
        for _ in range(_HOPS):
            if i == over:
                return rank
            up, dep = tree.head[i], tree.dep[i]
            if up < 0 or up == i or i in self.cues:
                return 0
            if dep == "conj":
                lone = tree.verbal(i) and any(tree.dep[c] in ("nsubj", "nsubj:pass", "aux", "aux:pass", "cop") for c in tree.children[i])
                if lone and at > up:
                    return 0
                rank = min(rank, _SHARED)
            elif dep in ("parataxis", "advcl"):
                if not (opens and at < min(up, i)):
                    return 0
                rank = min(rank, _SHARED)
            elif dep == "nmod" and i != h:
                return 0  # "has had 58 requests from people who are persecuted"
            elif dep not in _COMPLETING:
                return 0
            i = up
        return 0

    def _of_another(self, word: int, t: Trigger) -> bool:
        """Say whether a time inside the clause is another's: of a clause below, or of another trigger."""
        over = self.tree.clause(word)
        below = over != t.head and self.tree.under(over, self.tree.clause(t.head)) and self.tree.dep[over] in ("acl:relcl", "advcl", "ccomp", "conj")
        return below or any(u.head == over for u in self.arguments.found if u.head != t.head)

    def _open(self, time: Time, word: int | None, t: Trigger) -> str:
        """Return the EDTF, with an open end where the event came after what has that time, or has gone on since."""
        first, _ = edtf.days(time.edtf)
        if "/" in time.edtf or first is None or word is None:
            return time.edtf
        tree, s = self.tree, self.s
        if word not in (t.head, self.arguments.clause_head(t)) and tree.pos[word] in ("NOUN", "PROPN"):
            for i in (word, *tree.above(word)):
                if i == t.head or tree.verbal(i):
                    break
                if any(s.words[c].lower in self.after for c in tree.kids(i, "case")):
                    return f"{time.edtf}/.."
        over = tree.clause(word)
        if over != t.head and tree.dep[over] == "advcl":
            opening = s.words[min(tree.subtree(over))].lower
            if opening in self.since or opening in self.after:
                return f"{time.edtf}/.."
        return time.edtf
