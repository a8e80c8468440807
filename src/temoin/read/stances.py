"""What a claimant does with an event: deny it by a negation, call it a lie, announce it for the future, suppose it; and how sure."""

from __future__ import annotations

import re
from typing import Literal

from temoin.read.arguments import Arguments
from temoin.read.lexicon import VERBAL, Lexicon
from temoin.read.said import Said
from temoin.read.sentence import Sentence
from temoin.read.tree import Tree
from temoin.read.triggers import Trigger
from temoin.records import Modality

#: What is done against a harm, and so may be called for.
_REMEDIES = frozenset({"investigation", "judgment", "sanction", "evacuation", "asylum", "aid", "complaint", "condemnation", "campaign", "protest"})


_CLOSE = 9  # words from what is doubted to the words of the doubt


class Stances:
    """Reads the stance of triggers. lexicon: of the report's language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._future_verbs = re.compile(lexicon.table["words"].get("future_verbs", "(?!)"))

    def hypothetical(self, s: Sentence, tree: Tree, t: Trigger) -> bool:
        marks = self.lexicon.set("words.hypothetical")
        fears, that = self.lexicon.set("words.fearing"), self.lexicon.set("words.complementizers")
        for n in tree.above(t.head):
            if s.words[n].lower in fears and not any(s.words[i].lower in that for i in range(n, t.head)):
                return True  # "those who fear being arrested"
        for n in (t.head, *tree.above(t.head)):
            if tree.dep[n] in ("advcl", "acl", "ccomp", "root", "ROOT", "conj", "parataxis"):
                for c in tree.children[n]:
                    if tree.dep[c] in ("mark", "advmod", "cc") and s.words[c].lower in marks and not tree.under(t.head, c):
                        return True
            if tree.dep[n] in ("ccomp", "parataxis"):
                break
        return False

    def conditioned(self, s: Sentence, tree: Tree, top: int) -> bool:
        """Say whether a clause that is not of the past hangs on a condition: "wenn sie ausgeliefert werden, werden sie gefoltert"."""
        marks = self.lexicon.set("words.hypothetical")
        around = (top, *tree.children[top])
        if any(tree.has(i, "Tense=Past") and tree.pos[i] == "AUX" or tree.has(i, "VerbForm=Fin") and tree.has(i, "Tense=Past") for i in around):
            return False
        conditions = [c for c in tree.children[top] if tree.dep[c] == "advcl"]
        return any(s.words[k].lower in marks and tree.dep[k] == "mark" for c in conditions for k in tree.children[c])

    def negated(self, s: Sentence, tree: Tree, t: Trigger, arguments: Arguments) -> bool:
        """Say whether a negation holds over the trigger: on it, on its verb, on its subject or as its determiner."""
        negation = self.lexicon.set("words.negation")
        if any(form in negation for part in t.entry.split() for form in part.split("|")):
            return False  # "not seen since": the pattern holds its own negation
        spine = self.spine(tree, t, {u.head for u in arguments.found})
        if t.role == "people" and not self._existence(s, tree, spine):
            spine = spine[:1]  # "three prisoners did not survive": there were prisoners
        if any(s.words[n].lower in negation for n in spine[1:]):
            return True  # "You cannot detain …", where the parser makes "cannot" the head
        for n in spine:
            for c in tree.children[n]:
                if (
                    s.words[c].lower in negation
                    and tree.dep[c]
                    in ("advmod", "det", "aux", "cc", "mark", "nsubj", "nsubj:pass", "case", "neg", "discourse", "amod", "obj", "expl")
                    and not self.only(s, c)
                    and not self._in_a_title(s, c, t.head)
                    and not (c > n and s.words[c - 1].form == ",")  # "tried for membership, not for their work"
                    and not self._corrects(s, c)
                ):
                    return True
            subject = next((c for c in tree.children[n] if tree.dep[c] in ("nsubj", "nsubj:pass")), None)
            if subject is not None and any(
                s.words[c].lower in negation and tree.dep[c] in ("det", "advmod", "amod") and not self._in_a_title(s, c, t.head)
                for c in tree.children[subject]
            ):
                return True
            patient = tree.kids(n, "obj")
            if patient and n == t.head and any(s.words[c].lower in negation and tree.dep[c] in ("det", "advmod") for c in tree.children[patient[0]]):
                return True
        return self._of_nobody(s, tree, t)

    def _existence(self, s: Sentence, tree: Tree, spine: list[int]) -> bool:
        """Say whether the verb over a noun only says that there is somebody, or none: "there are no prisoners"."""
        existential = self.lexicon.set("words.existential")
        return any(s.words[c].lower in existential for n in spine for c in (n, *tree.children[n]))

    def _in_a_title(self, s: Sentence, c: int, head: int) -> bool:
        """Say whether a word stands in a quoted title that another word is outside of: the petition "Lhasa is not alone"."""
        if s.quote[c] < 0 or s.quote[c] == s.quote[head]:
            return False
        first = next(i for i, q in enumerate(s.quote) if q == s.quote[c])
        return first > 0 and s.words[first].form[0].isupper()

    def _of_nobody(self, s: Sentence, tree: Tree, t: Trigger) -> bool:
        """Say whether a participle describes those of whom it is said that there are none ("there are no persecuted Tatars")."""
        if tree.dep[t.head] not in ("acl", "amod", "acl:relcl") or t.role not in VERBAL:
            return False
        noun = tree.head[t.head]
        verb = tree.clause(noun)
        around = [noun, verb, *tree.children[noun], *tree.children[verb]]
        denied = any(s.words[c].lower in self.lexicon.set("words.negation") for c in around)
        return denied and any(s.words[c].lower in self.lexicon.set("words.existential") for c in around)

    def wished(self, s: Sentence, tree: Tree, t: Trigger, arguments: Arguments) -> bool:
        """Say whether the trigger's clause is an imperative ("sign the petition") or a wish ("qu'ils gèlent les avoirs")."""
        top = arguments.clause_head(t)
        if tree.subject(top) is None and tree.has(top, "Mood=Imp") and tree.dep[top] in ("ROOT", "root", "conj"):
            return True
        if t.event not in _REMEDIES or any(a == 0 for a, _, _ in s.times):
            return False  # "Free Tibet activists were arrested", "May 12: five were arrested": nobody calls for that
        opens = next((w.lower for w in s.words if w.form[0].isalnum() and w.lower not in self.lexicon.set("words.and")), "")
        if opens in self.lexicon.set("words.imperatives") and s.words[0].lower == opens:
            return True
        return opens in self.lexicon.set("words.optative") and s.words[-1].form != "?" and tree.dep[top] in ("ROOT", "root", "conj", "ccomp")

    def called(self, s: Sentence, tree: Tree, t: Trigger) -> tuple[Literal["denies", "doubts"], int] | None:
        """Return what the sentence calls a trigger: a lie ("the cases of torture are an invention"), or unproven ("no proof of any campaign"),
        with the first word that does so."""
        for h in s.hits:
            if h.entry.kind != "blanket" or h.entry.code == "complaint_doubts" or h.start <= t.head < h.stop:
                continue
            if h.entry.code == "denies" and self._framed(s, t, h.start, h.stop):
                return "denies", h.start
            if not tree.dep[h.stop - 1]:
                continue
            word = next((i for i in range(h.stop - 1, h.start - 1, -1) if tree.pos[i] in ("NOUN", "ADJ", "VERB")), h.stop - 1)
            between = [tree.pos[i] for i in range(h.stop, t.head)]
            joined = "ADP" in between[:1] and all(pos in ("ADP", "DET", "ADJ") for pos in between)  # "keine Belege für schwere Misshandlungen"
            if h.entry.code == "doubts" and t.head > word and (joined or tree.under(t.head, word)):
                return "doubts", h.start
            if h.entry.code == "doubts" and self._about_which(s, t, h.start):
                return "doubts", h.start  # "of torture, he added, the ministry knows nothing"
            if h.entry.code == "denies" and tree.has(word, "Case=Ins") and self._named_as(s, t, word):
                return "denies", h.start  # «назвали сообщения о пытках выдумкой»
            if h.entry.code == "denies" and self._content_of(s, tree, t.head, word):
                return "denies", h.start  # "it is false that monks were killed", "reports that they were killed are untrue"
            if h.entry.code == "denies" and tree.head[t.head] == word and tree.dep[t.head] in ("obj", "nsubj", "nsubj:pass") and t.role == "nouns":
                return "denies", h.start  # "bezeichnete die Tötungen als frei erfunden"
            if h.entry.code == "denies" and self._called_by_a_verb(s, tree, t.head, word):
                return "denies", h.start  # "called the reports of torture a lie"
            if h.entry.code == "denies" and t.role in ("nouns", "phrases"):
                top = tree.clause(word)
                who = tree.subject(top)
                if (
                    who is not None
                    and tree.under(t.head, who)
                    and word != who
                    and top != tree.clause(t.head)
                    or (who is not None and who == t.head and tree.under(word, top))
                ):
                    return "denies", h.start
                if who is not None and tree.under(t.head, who) and not tree.under(word, who):
                    return "denies", h.start
        return None

    def _about_which(self, s: Sentence, t: Trigger, doubt: int) -> bool:
        """Say whether a noun behind "of" or "about" stands before the words of a doubt in its sentence."""
        about = self.lexicon.set("words.about")
        led = any(w.lower in about for w in s.words[max(0, t.start - 2) : t.start])
        return led and t.role in ("nouns", "phrases") and 0 < doubt - t.stop <= _CLOSE and not any(w.form == ";" for w in s.words[t.stop : doubt])

    def _named_as(self, s: Sentence, t: Trigger, word: int) -> bool:
        """Say whether a report of the trigger is called something by a noun in the instrumental behind it."""
        reports = self.lexicon.set("blanket.subjects")
        return t.stop <= word <= t.stop + 3 and any(w.lower in reports for w in s.words[max(0, t.start - 4) : t.start])

    def _called_by_a_verb(self, s: Sentence, tree: Tree, i: int, word: int) -> bool:
        verb = tree.clause(tree.head[word] if tree.head[word] >= 0 else word)
        if verb == word or not tree.under(word, verb):
            return False
        reports = [c for c in tree.children[verb] if s.words[c].lower in self.lexicon.set("blanket.subjects")]
        if any(tree.under(i, c) and not tree.under(word, c) for c in reports):
            return True
        # "nannte die Berichte über Verhaftungen eine Lüge", where the parser hangs the arrests on the verb
        return tree.head[i] == verb and any(
            c < i < word and all(tree.pos[k] in ("ADP", "DET", "ADJ", "NOUN", "NUM") for k in range(c, i)) for c in reports
        )

    def _content_of(self, s: Sentence, tree: Tree, i: int, predicate: int) -> bool:
        """Say whether a word stands in a clause that a predicate is said of: its own "that" clause, or that of the report it calls untrue."""
        path = [i]
        for up in tree.above(i):
            if up == predicate:
                if any(tree.dep[n] in ("csubj", "ccomp", "xcomp") for n in path):
                    return True
                break
            path.append(up)
        top = tree.clause(predicate)
        who = tree.subject(top)
        if who is None or s.words[who].lower not in self.lexicon.set("blanket.subjects") or not tree.under(i, who) or tree.under(predicate, who):
            return False
        inner = path[: path.index(who)] if who in path else path
        return any(tree.dep[n] in ("acl", "ccomp", "acl:relcl") for n in inner)

    def _framed(self, s: Sentence, t: Trigger, start: int, stop: int) -> bool:
        """Say the same by word order where the tree fails: "reports that … are untrue" around a trigger, or "untrue that …" before it.

        start, stop: the words that call something untrue.
        """
        that, reports = self.lexicon.set("words.complementizers"), self.lexicon.set("blanket.subjects")
        lowers = [w.lower for w in s.words]
        if s.quote[start] != s.quote[t.head]:
            return False
        if stop <= t.start:
            opened = next((i for i in range(stop, min(stop + 2, t.start)) if lowers[i][0].isalnum()), None)
            return opened is not None and lowers[opened] in that and t.start - opened <= 12 and ";" not in lowers[opened : t.start]
        opened = next((i for i in range(t.start - 1, -1, -1) if lowers[i] in that), None)
        if opened is None or start - t.stop > 8 or any(lowers[i] in that or lowers[i] == ";" for i in range(t.stop, start)):
            return False
        joined = self.lexicon.set("words.and")
        if any(lowers[i] in joined for i in range(t.stop, start)):
            return False  # "reports that they were killed and that the figures are false"
        return any(lowers[i] in reports and i + 1 < start for i in range(max(0, opened - 4), opened))

    def ought(self, s: Sentence, tree: Tree, t: Trigger) -> bool:
        """Say whether a trigger stands under "should" or "must": what nobody may do is no denial ("nobody must be jailed")."""
        ought = self.lexicon.set("words.ought")
        return any(s.words[c].lower in ought for n in (t.head, tree.head[t.head]) if n >= 0 for c in (n, *tree.children[n]))

    def only(self, s: Sentence, c: int) -> bool:
        """Say whether "not" is part of "not only", or French "ne" part of "ne … que" (only)."""
        after = [w.lower for w in s.words[c + 1 : c + 8]]
        only = self.lexicon.set("words.only")
        return bool(after) and (after[0] in only or (s.words[c].lower in self.lexicon.set("words.half_negation") and any(w in only for w in after)))

    def _corrects(self, s: Sentence, c: int) -> bool:
        """Say whether a negation only corrects a number: "nicht elf, sondern sechs"."""
        contrast = self.lexicon.set("words.contrast")
        return any(q[0] == c + 1 for q in s.quantities) and any(w.lower in contrast for w in s.words[c + 1 : c + 8])

    def spine(self, tree: Tree, t: Trigger, heads: set[int]) -> list[int]:
        """Return the trigger and the verbs of its clause above it, down from which a negation holds."""
        spine = [t.head]
        n = t.head
        for up in tree.above(t.head):
            if tree.dep[n] in ("nsubj", "nsubj:pass", "obj", "obl", "xcomp", "nmod", "conj", "iobj", "obl:arg") and len(spine) < 4:
                if tree.dep[n] == "obl" and up in heads:
                    break  # "nobody was tried for that massacre" denies no massacre
                if tree.dep[n] in ("nmod", "obl") and t.role in VERBAL:
                    break
                if tree.dep[n] == "conj" and tree.subject(n) != tree.subject(up):
                    break
                spine.append(up)
                n = up
            else:
                break
        return spine

    def future(self, s: Sentence, tree: Tree, t: Trigger, arguments: Arguments) -> bool:
        """Say whether the trigger's clause lies ahead: by tense, auxiliary or phrase."""
        future = self.lexicon.set("words.future")
        over = {t.head, arguments.clause_head(t)}
        # "werde vorlegen und gewähren": the second infinitive shares the auxiliary of the first, whatever the parser calls it
        over |= {tree.head[n] for n in over if tree.dep[n] == "conj" and tree.has(tree.head[n], "VerbForm=Inf") and not tree.has(n, "Tense=Past")}
        endings = self.lexicon.table["words"].get("future_endings")
        if endings and t.role in (*VERBAL, "phrases") and re.search(endings, s.words[t.start].lower):
            return True  # "déposerons", whatever the parser takes it for
        over |= {tree.head[n] for n in over if tree.dep[n] == "advcl" and tree.has(n, "VerbForm=Inf") and tree.has(tree.head[n], "Tense=Fut")}
        over |= self.governing(tree, t)
        verbs = self._future_verbs
        for n in over:
            if tree.has(n, "Tense=Fut") or verbs.match(s.words[n].lower):
                return True
            for c in tree.children[n]:
                if s.words[c].lower in self.lexicon.set("words.future_perfect"):
                    return False  # "quatro terão sido mortos": said to have been
                if tree.dep[c] not in ("aux", "aux:pass", "cop", "advmod", "compound:prt"):
                    continue
                present = tree.dep[c] == "aux:pass" and s.words[c].lower in self.lexicon.set("words.passive_auxiliaries")  # "wird gefoltert"
                if (s.words[c].lower in future and not present) or tree.has(c, "Tense=Fut"):
                    return True
            if self._modal(s, tree, n, "words.planned"):
                return True  # "soll geprüft werden" lies ahead, "soll geprüft worden sein" is hearsay
        lo = max(0, min(arguments.clause_head(t), t.head) - 6)
        for h in s.hits:
            if h.entry.kind == "phrase" and h.entry.code == "future" and lo <= h.start and h.stop <= t.head + 1:
                between = s.words[h.stop : t.head]
                if not any(w.form in (",", ";", '"') for w in between):
                    return True
        return False

    def governing(self, tree: Tree, t: Trigger) -> set[int]:
        """Return the verb of whose object a trigger's noun is a part: "propondrá la adopción de sanciones", but not of a clause between."""
        if tree.pos[t.head] != "NOUN" or t.event not in _REMEDIES:
            return set()
        n = t.head
        for _ in range(4):
            up = tree.head[n]
            if up < 0 or up == n or tree.dep[n] not in ("nmod", "conj", "obj", "appos"):
                return set()
            if tree.pos[up] == "VERB":
                return {up} if tree.dep[n] == "obj" else set()
            n = up
        return set()

    def demanded(self, s: Sentence, tree: Tree, t: Trigger, arguments: Arguments) -> bool:
        """Say whether somebody calls for what the trigger names by a modal verb: "Deutschland muss Visa ausstellen"."""
        return t.event in _REMEDIES and any(self._modal(s, tree, n, "words.obligation") for n in {t.head, arguments.clause_head(t)})

    def _modal(self, s: Sentence, tree: Tree, n: int, words: str) -> bool:
        """Say whether a verb stands under a modal of a list, without a perfect infinitive ("worden sein", "haben")."""
        lowers = [s.words[c].lower for c in (n, *tree.children[n]) if c == n or tree.dep[c] in ("aux", "aux:pass")]
        modals = self.lexicon.set(words)
        perfect = self.lexicon.set("words.perfect_auxiliaries")
        return any(w in modals for w in lowers) and not any(w in perfect for w in lowers)

    def modality(self, s: Sentence, tree: Tree, t: Trigger, said: Said | None, lo: int, hi: int) -> Modality:
        if said is not None and said.own_cue.split(" ")[0] in self.lexicon.set("words.admitted"):
            return "admitted"
        clause = [w.lower for w in s.words[max(0, lo - 2) : hi]]
        if any(w in self.lexicon.set("words.hearsay") for w in clause) or (
            self.lexicon.flag("words.conditional_is_hearsay") and self.conditional(tree, t)
        ):
            return "alleged"
        if any(
            s.words[c].lower in self.lexicon.set("words.possible") and tree.dep[c] in ("aux", "advmod")
            for n in {t.head, tree.head[t.head]}
            if n >= 0
            for c in tree.children[n]
        ):
            return "possible"
        return "alleged" if said is not None else "fact"

    def conditional(self, tree: Tree, t: Trigger) -> bool:
        return any(
            tree.has(n, "Mood=Cnd") or tree.has(n, "Mood=Sub") for n in (t.head, *[c for c in tree.children[t.head] if tree.dep[c].startswith("aux")])
        )
