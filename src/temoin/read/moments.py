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
from temoin.read.said import Said
from temoin.read.sentence import Sentence
from temoin.read.timewords import small
from temoin.read.tree import SUBJECTS, Tree
from temoin.read.triggers import Trigger
from temoin.records import Time

#: How closely a time belongs to a trigger; the closest is taken, among equals the nearest.
_OWN_PHRASE, _OWN_CLAUSE, _COMPLETED, _SHARED, _STATED = 5, 4, 3, 2, 1
#: Relations through which a clause completes the one over it, and shares its time.
_COMPLETING = frozenset({"xcomp", "ccomp", "csubj", "obj", "nsubj", "nsubj:pass", "obl", "nmod", "acl", "amod", "iobj", "obl:agent", "appos"})
#: Relations of a clause whose time is its own, not that of the clause over it.
_BELOW = frozenset({"acl:relcl", "acl", "advcl", "ccomp", "conj"})
_MARKS = frozenset({",", ";", ":", '"', "(", ")", "-", "--", "—", "–", "•", "."})
_BREAKS = frozenset({";", ":", '"', "(", ")", "—", "–", "."})
#: Relations of what is no part of a noun phrase.
_NO_PART = frozenset({"acl", "acl:relcl", "appos", "conj", "parataxis", "advcl", "punct"})
_HOPS = 12  # steps up the tree from a trigger
_WEEKS = 9  # days; a longer stretch is what is counted over, not when somebody spoke


class Moments:
    """Finds the times of triggers in one sentence, by one of its trees."""

    def __init__(self, s: Sentence, tree: Tree, arguments: Arguments, said: list[Said]) -> None:
        self.s, self.tree, self.arguments = s, tree, arguments
        self.said = [x for x in said if x.sentence == s.number]
        self.cues = {i for x in self.said if x.cue is not None for i in range(*x.cue)}
        lang = arguments.lexicon.lang
        self.since, self.towards, self.against = small(lang, "since"), small(lang, "towards"), small(lang, "against")
        self.after = [tuple(phrase.split()) for phrase in small(lang, "after")]
        self.relatives = arguments.lexicon.set("words.relatives")
        self._taken = {i for a in s.attributions for i in range(a.start, a.stop)}
        named = s.quoted_names
        self._name_marks = {i for pair in named for i in pair}
        self._beside = [(x, *self._neighbour(x[0], x[1])) for x in s.times if not any(a < x[0] < b for a, b in named)]

    def when(self, lo: int, hi: int, t: Trigger, innermost: Said | None, speaks: bool) -> str | None:
        """Return the EDTF of the time that a trigger's event has, None where the sentence states none for it.

        lo, hi: the words of the clause that states it. innermost: whoever says so. speaks: the event is an act of speech.
        """
        best: tuple[int, int, int, str] | None = None
        for (a, _, time), word, opens in self._beside:
            if word is None or a in self._taken or any(w.form == ";" for w in self.s.words[min(a, t.head) : max(a, t.head)]):
                continue
            if self._beside_speech(word, opens, time, innermost):
                rank = _OWN_CLAUSE if speaks and not self._of_a_noun(word, t) else _COMPLETED if self._counted_over(a, word, time, innermost) else 0
            else:
                rank = self._rank(a, word, opens, t, innermost, speaks)
                if not rank and lo <= a < hi and not self._of_another(word, a < word and not opens, t):
                    rank = _STATED
            if rank:
                found = (rank, -self._depth(word, opens, t), -abs(a - t.head), self._open(time, word, t))
                best = found if best is None or found[:3] > best[:3] else best
        return best[3] if best else None

    def _neighbour(self, first: int, stop: int) -> tuple[int | None, bool]:
        """Return the parsed word that a time hangs on, and whether the time opens its clause."""
        words, dep = self.s.words, self.tree.dep

        def left_out(n: int) -> bool:
            """What was taken out before parsing, the commas around it too, and marks around a name stand in no one's way."""
            return n in self._taken or n in self._name_marks or (not dep[n] and words[n].form not in _BREAKS)

        i, j = first - 1, stop
        while i >= 0 and left_out(i):
            i -= 1
        opens = i < 0 or words[i].form in _MARKS
        while j < len(words) and (left_out(j) or (opens and words[j].form == "," and "," not in (words[k].form for k in range(stop, j) if dep[k]))):
            j += 1
        right = j if j < len(words) and words[j].form not in _MARKS else None
        parted = any(w.form == "," for w in words[stop:j])
        if opens and i < 0 and right is not None and parted and self._speaks(right):  # "On Tuesday, said X, fourteen were moved"
            comma = next((n for n in range(right + 1, len(words)) if words[n].form == ","), len(words))
            right = next((n for n in range(comma + 1, len(words)) if dep[n] and words[n].form not in _MARKS), None)
        if not opens:
            hanging = self.tree.pos[i] == "ADP" and 0 <= self.tree.head[i] < i
            behind = next((n for n in range(stop, len(words)) if dep[n]), None)
            if self.tree.pos[i] in ("DET", "NUM") and behind is not None and (dep[behind] == "amod" or behind < self.tree.head[i]):
                return behind, False  # "die im April festgenommenen Aktivisten"
            return (self.tree.head[i] if hanging else i), False  # "the concert of 2 May"
        if right is not None and (i < 0 or words[i].form in _BREAKS or not parted):
            return right, True
        while i >= 0 and (not dep[i] or words[i].form in _MARKS):
            if words[i].form in _BREAKS:
                return right, True
            i -= 1
        return (i, False) if i >= 0 else (right, True)

    def _speaks(self, i: int) -> bool:
        """Say whether a verb of speech begins at a word, or its auxiliary."""
        return self.tree.pos[i] in ("VERB", "AUX") and any(h.entry.kind == "cue" and h.start in (i, i + 1) for h in self.s.hits)

    def _beside_speech(self, word: int, opens: bool, time: Time, innermost: Said | None) -> bool:
        """Say whether a time belongs to the verb of speech over a trigger, or stands outside of what is said."""
        if innermost is None or innermost.sentence != self.s.number or innermost.found_by == "source phrase":
            return False
        if innermost.cue is not None and (word in range(*innermost.cue) or (opens and word < innermost.cue[0] == self.tree.head[word])):
            return True
        said = range(innermost.start, innermost.end)
        return time.start not in said and (opens or self.s.words[word].start not in said)

    def _depth(self, word: int, opens: bool, t: Trigger) -> int:
        """Return how many steps lie between the word of a time and a trigger: "killed, almost twice those of last year" is far."""
        if opens:
            return 0
        return next((n for n, i in enumerate((word, *self.tree.above(word))) if i == t.head), _HOPS)

    def _counted_over(self, at: int, word: int, time: Time, innermost: Said | None) -> bool:
        """Say whether a time beside a verb of speech is that of what it counts or calls for.

        "Has recorded 14 beatings since January", «convocó para el sábado una marcha».
        """
        if innermost is None or innermost.cue is None or self.tree.clause(word) not in range(*innermost.cue):
            return False
        first, last = edtf.days(time.edtf)
        if innermost.found_by != "noun after cue":
            return first is None and innermost.act in ("promises", "demands")  # "gave itself until September to …"
        ahead = at > 0 and any(self.s.words[i].lower in self.towards for i in (at - 1, at))
        return ahead or first is None or last is None or ("/" in time.edtf and (last - first).days > _WEEKS)

    def _of_a_noun(self, word: int, t: Trigger) -> bool:
        """Say whether a time hangs on a noun that is another trigger: "deplores the arrests of 3 May"."""
        for i in (word, *self.tree.above(word)):
            if self.tree.verbal(i):
                return False
            if i != t.head and i in self.arguments.heads:
                return True
        return False

    def _rank(self, at: int, word: int, opens: bool, t: Trigger, innermost: Said | None, speaks: bool) -> int:
        """Return how closely a time that hangs on a word belongs to a trigger; 0 where it does not."""
        tree, h = self.tree, t.head
        top = self.arguments.clause_head(t)
        if not opens:
            for i in (word, *tree.above(word)):
                if i in (h, top) and tree.pos[i] in ("NOUN", "PROPN"):
                    return _OWN_PHRASE
                if i == h and i == word and not speaks:
                    return _OWN_CLAUSE  # "the activists detained in April"
                described = i in self.arguments.heads and tree.dep[i] in ("amod", "acl") and tree.under(i, h)
                if i == word and i != h and (at < word or described):
                    return 0  # the time is that of a participle: "die im April festgenommenen Aktivisten"
                if i == h or tree.verbal(i):
                    break
                if any(self.s.words[c].lower in self.against for c in tree.kids(i, "case")):
                    return 0  # "against eleven in March"
                if i in self.arguments.heads and not tree.under(h, i):
                    return 0
        over = tree.clause(word)
        if speaks and not opens and word not in (h, top) and not (tree.head[word] in (h, top) and tree.dep[word] in SUBJECTS):
            said = at < h and not self._of_a_noun(word, t) and tree.under(over, tree.clause(h))
            return _OWN_CLAUSE if said else 0  # "condemns the execution, on the 14th": when that was, not when it was condemned
        if over in (h, top):
            return _OWN_CLAUSE
        if over in self.arguments.heads and t.role == "nouns" and tree.dep[h] != "conj" and over == tree.clause(h):
            return 0  # "last October a court jailed two men over the killing of a preacher"
        if self._came_before(word) in (h, top, tree.clause(h)):
            return _STATED
        if over in self.cues and innermost is None:
            return 0  # "said on Tuesday the group, which shelters them"
        if over == tree.clause(h):
            return 0 if tree.dep[h] == "amod" else _OWN_CLAUSE  # "vigils for the jailed journalists took place on Sunday"
        noun = tree.head[over] if tree.dep[over] == "acl" else -1
        if noun >= 0 and at > noun and any(tree.under(h, c) for c in tree.kids(noun, "conj")):
            return _SHARED  # "17 leaders killed from January to June and five more missing"
        if over not in self.cues and over not in self.arguments.heads and tree.dep[over] in ("acl", "acl:relcl") and tree.head[over] == h:
            return _COMPLETED  # "the complaint that Canada filed in June"
        if opens and at < over < h and tree.dep[over] == tree.dep[h] == "conj" and tree.head[over] == tree.head[h]:
            return _SHARED  # "A week later, he added, the boy was freed, and at night somebody killed him"
        counted = tree.kids(over, "nsubj", "nsubj:pass") or any(h < a < over for a, _, _ in self.s.quantities)
        if tree.dep[over] == "conj" and tree.head[over] == tree.clause(h) and at > over > h and counted:
            return _STATED  # "two were killed and nine wounded on Monday"
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
                trailing = dep == "advcl" and up < at < i and tree.has(i, "VerbForm=") and not tree.has(i, "VerbForm=Fin")
                bare = trailing and not tree.kids(i, "mark", "nsubj", "nsubj:pass", "aux")  # "set fire to it on Monday, killing three"
                if not bare and not (opens and at < min(up, i)):
                    return 0
                rank = min(rank, _SHARED)
            elif dep == "acl:relcl" and i == h and any(tree.pos[c] == "ADV" and self.s.words[c].lower in self.relatives for c in tree.children[i]):
                rank = min(rank, _SHARED)  # "held last weekend in Berlin, where several hundred people stood"
            elif dep == "nmod" and i != h:
                return 0  # "has had 58 requests from people who are persecuted"
            elif dep not in _COMPLETING:
                return 0
            i = up
        return 0

    def _of_another(self, word: int, described: bool, t: Trigger) -> bool:
        """Say whether a time inside the clause is another's: of a clause below, or of another trigger."""
        over = self.tree.clause(word)
        described = described or (self.tree.dep[word] in ("amod", "acl") and self.tree.pos[word] in ("VERB", "ADJ"))
        if word != t.head and described:
            return True
        below = over != t.head and self.tree.under(over, self.tree.clause(t.head)) and self.tree.dep[over] in _BELOW
        return below or any(u.head == over for u in self.arguments.found if u.head != t.head)

    def _open(self, time: Time, word: int, t: Trigger) -> str:
        """Return the EDTF, with an open end where the event came after what has that time, or has gone on since."""
        before = self._came_before(word)
        own = (t.head, self.arguments.clause_head(t), self.tree.clause(t.head))
        return f"{time.edtf}/.." if "/" not in time.edtf and before in own and word not in own[:2] else time.edtf

    def _came_before(self, word: int) -> int:
        """Return the verb that came after what has the time: "arrested after the concert of 2 May", "since the vote was announced in May".

        -1 where the time is that of no such thing.
        """
        tree = self.tree
        over = tree.clause(word)
        noun = tree.head[over] if tree.dep[over] in ("acl", "acl:relcl") else word
        found = False
        for i in (noun, *tree.above(noun)) if tree.pos[noun] in ("NOUN", "PROPN") else ():
            if tree.verbal(i) and found:
                return i
            if tree.verbal(i):
                break
            opening = min(tree.subtree(i, drop=_NO_PART))  # a small parser may leave its preposition out
            found = found or any(self._after(k) or self.s.words[k].lower in self.since for k in (opening, opening - 1) if k >= 0)
        if tree.dep[over] != "advcl":
            return -1
        first = min(tree.subtree(over))
        return tree.head[over] if self.s.words[first].lower in self.since or self._after(first) else -1

    def _after(self, i: int) -> bool:
        """Say whether "after" stands at a word, of one word or several (« à la suite de »)."""
        return any(tuple(w.lower for w in self.s.words[i : i + len(phrase)]) == phrase for phrase in self.after)
