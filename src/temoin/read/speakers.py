"""Who speaks: a cue's subject, wherever the tree, the marks or the word order put it.

Small parsers miss subjects behind appositions, behind verbs and across coordination; the lexicon's verbs and the marks around
them are trusted before the tree is.
"""

from __future__ import annotations

from temoin.read.said import Said, noun_phrase
from temoin.read.sentence import Sentence
from temoin.read.subjects import Subjects
from temoin.read.tree import Tree

_LONGEST_QUOTED_PARTY = 4  # words of a name in quotation marks


class Speakers(Subjects):
    """Finds who speaks in a sentence, on top of what is a verb of saying."""

    def _speaker(self, s: Sentence, tree: Tree, v: int) -> tuple[int | None, int | None]:
        """Return who speaks and who is told."""
        quoted = self._quoted_as(s, tree, v)
        if quoted is not None:
            return quoted, None
        subject = tree.subject(v)
        clitic = self._clitic(s, v)
        if subject is not None and s.quote[subject] not in (-1, s.quote[v]) and s.quote.count(s.quote[subject]) > _LONGEST_QUOTED_PARTY:
            subject = None  # whoever says "I" inside a quotation does not say what stands outside of it
        if subject is not None and tree.dep[subject] == "csubj":
            subject = None  # "descarta que exista un plan": a clause speaks of nothing
        if tree.dep[v] == "parataxis" and subject is not None and subject not in tree.children[v] and self.lexicon.flag("words.prodrop"):
            subject = None  # "de los firmantes, dice, once están presos": the eleven say nothing
        quoted = -1 if subject is None or s.quote[v] >= 0 else s.quote[subject]
        if quoted >= 0 and any(q == quoted and tree.pos[i] == "VERB" for i, q in enumerate(s.quote)):
            subject = None  # who is spoken of inside a quotation does not say it
        if self._our_own(s, tree, v, subject):
            subject = None  # "por todo ello exigimos": no noun is its subject
        elif clitic is not None:
            subject = clitic
        elif subject is not None:
            subject = self._outer_subject(s, tree, v, subject)
        told: int | None = None
        kids = tree.children[v]
        if s.words[v].lower in self.tell:
            objects = [c for c in kids if tree.dep[c] in ("obj", "iobj") and tree.pos[c] in ("NOUN", "PROPN", "PRON")]
            if objects:
                told = objects[0]
            if tree.passive(v):
                agent = next(
                    (c for c in kids if tree.dep[c] in ("obl:agent", "obl") and any(s.words[k].lower in self.by for k in tree.kids(c, "case"))), None
                )
                return (agent, subject) if agent is not None else (None, subject)
        if told is None:
            # "sagte dem Sender": a bare dative is who was told
            datives = [c for c in kids if tree.dep[c] in ("iobj", "obl", "obj") and tree.pos[c] in ("NOUN", "PROPN") and self._dative(s, tree, c)]
            told = datives[0] if datives else None
        if told is None:
            for c in kids:
                if c > v and tree.dep[c] in ("obl", "iobj", "obl:arg", "nmod") and tree.pos[c] in ("NOUN", "PROPN"):
                    first = noun_phrase(tree, c)[0]
                    before = "".join(" " + w.lower for w in s.words[max(0, first - 4) : first])
                    case = [s.words[k].lower for k in tree.kids(c, "case")]
                    held = range(*noun_phrase(tree, c))
                    if any(h.entry.kind == "event" and not h.entry.weak and h.start in held for h in s.hits):
                        continue  # "convocó a una marcha": nobody is told
                    dative = not case and self.lexicon.flag("words.cases") and (tree.dep[c] == "iobj" or tree.has(c, "Case=Dat"))
                    if (
                        dative
                        or any(k in self.to for k in case)
                        or any(before.endswith(" " + p) for p in self.lexicon.table["attribution"]["addressee"])
                    ):
                        told = c
                        break
        if subject is None or s.words[subject].lower in self.lexicon.set("blanket.subjects"):
            subject = self._from_a_place(s, tree, v) or subject  # «в МВД эти рассказы называют выдумкой»
        if subject is None and tree.passive(v):
            return None, told
        if subject is not None and tree.passive(v) and s.words[v].lower not in self.tell and tree.dep[v] not in ("acl:relcl",):
            agent = next(
                (c for c in kids if tree.dep[c] in ("obl:agent", "obl", "nmod") and any(s.words[k].lower in self.by for k in tree.kids(c, "case"))),
                None,
            )
            return agent, told
        if subject is None:
            # an inverted subject that was taken for an object: ", a indiqué la préfecture"
            after = [
                c
                for c in kids
                if tree.dep[c] in ("obj", "obl", "xcomp", "nmod") and c > v and tree.pos[c] in ("NOUN", "PROPN", "PRON") and not tree.kids(c, "case")
            ]
            if (
                after
                and self._speaks(s, tree, *noun_phrase(tree, after[0]))
                and (tree.dep[v] in ("parataxis", "ccomp", "ROOT", "root", "conj") and self._after_a_break(s, v))
            ):
                subject = after[0]
        return subject, told

    def _quoted_as(self, s: Sentence, tree: Tree, v: int) -> int | None:
        """Return whom somebody else quotes "as saying": the object of the verb of quoting, or its subject where that is passive."""
        introduces, quoting = self.lexicon.set("attribution.quoted_as"), self.lexicon.set("attribution.quoting")
        if not introduces or v == 0 or s.words[v - 1].lower not in introduces:
            return None
        verb = next((i for i in range(v - 2, max(-1, v - 14), -1) if s.words[i].lower in quoting and tree.dep[i]), None)
        if verb is None:
            return None
        if tree.passive(verb):
            return tree.subject(verb)
        return next((c for c in tree.kids(verb, "obj", "nsubj", "obl") if c > verb), None)

    def _after_a_break(self, s: Sentence, v: int) -> bool:
        return any(s.words[i].form in (",", '"', "-", "--") for i in range(max(0, v - 4), v))

    def _source_words(self, s: Sentence, tree: Tree, subject: int | None) -> tuple[int, int] | None:
        if subject is None:
            return None
        if s.words[subject].lower in self.relatives:
            aside = self._named_aside(s, tree, subject)
            if aside is not None:
                return aside
            verb = tree.head[subject]
            if tree.dep[verb] in ("acl:relcl", "acl"):
                subject = tree.head[verb]
            else:  # the noun right before the pronoun
                before = next((i for i in range(subject - 1, max(-1, subject - 4), -1) if tree.pos[i] in ("NOUN", "PROPN")), None)
                if before is None:
                    return None
                subject = before
        start, stop = noun_phrase(tree, subject)
        roles = [self.lexicon.set(f"people.{k}") for k in ("persons", "organisations", "authorities", "outlets")]
        while stop < len(s.words) and tree.dep[stop] and any(s.words[stop].lower in r for r in roles):
            stop += 1  # "the French premier", where the parser takes "premier" for an adverb
        if self.lexicon.flag("words.nouns_are_capitals"):
            while stop < len(s.words) and tree.pos[stop] in ("PROPN", "NOUN", "X") and tree.dep[stop] and s.words[stop].form[0].isupper():
                if not s.words[stop - 1].form[0].isupper() or tree.has(stop, "Case=Dat"):
                    break
                stop += 1  # "der Fabrikbesitzer Shafiqul Mridha": two capitals in a row are a role and its bearer
        stop = next((b + 1 for a, b in s.quoted_names if a == stop), stop)
        return start, stop

    def _just_before(self, s: Sentence, tree: Tree, v: int, before: list[Said]) -> tuple[int, int] | None:
        """Return the party right before a cue whose subject the tree missed: "Luis Ortega, the bishop, told …".

        A cue right behind a comma or "and" shares the subject of the verb before it ("has condemned it, and announced …").
        """
        opens = v
        while opens and tree.pos[opens - 1] == "PRON" and v - opens < 3:
            opens -= 1
        if opens and (s.words[opens - 1].form == "," or tree.pos[opens - 1] == "CCONJ") and not self._apposed(s, tree, opens - 1):
            said = [x for x in before if x.source is not None and s.quote[x.source[0]] == s.quote[v]]
            if said:
                return said[-1].source
            earlier = next(
                (
                    i
                    for i in range(v - 2, -1, -1)
                    if tree.pos[i] == "VERB"
                    and tree.dep[i] not in ("acl:relcl", "acl")
                    and s.quote[i] == s.quote[v]  # what is quoted never lends its subject to a cue outside
                    and any(tree.dep[c].startswith("nsubj") for c in tree.children[i])
                ),
                None,
            )
            if earlier is not None:
                return self._source_words(s, tree, tree.subject(earlier))
            if opens > 1 and (s.quote[opens - 2] != s.quote[v] or s.words[opens - 2].form == '"'):
                return None  # "…", acrescentou: whoever spoke last goes on
        if v and tree.pos[v - 1] == "PRON" and tree.head[v - 1] == v and tree.dep[v - 1] in ("nsubj", "expl"):
            return v - 1, v  # "in a message on its channel it says"
        i = v - 1
        auxiliary = next((j for j in range(v - 1, max(-1, v - 7), -1) if self._auxiliary(s, tree, j) or s.words[j].form == ","), None)
        if auxiliary is not None and self._auxiliary(s, tree, auxiliary):
            i = auxiliary
        while i >= 0 and (tree.pos[i] in ("ADV", "PART", "CCONJ") or self._auxiliary(s, tree, i)):
            i -= 1
        if i >= 2 and s.words[i].form == ",":
            comma = next((j for j in range(i - 1, max(-1, i - 9), -1) if s.words[j].form == ","), None)
            if comma is None or any(tree.pos[j] == "VERB" for j in range(comma, i)):
                return None
            i = comma - 1
        last = i + 1
        while (
            i >= 0
            and (tree.pos[i] in ("NOUN", "PROPN", "PRON", "ADJ", "DET", "NUM", "X", "CCONJ") or s.words[i].form[0].isupper())
            and s.words[i].form[0].isalnum()
            or (i > 0 and s.words[i].lower in self.lexicon.set("words.of_party") and tree.pos[i] == "ADP" and i < last - 1)
        ):
            i -= 1
        first = i + 1
        while first < last and tree.pos[first] in ("CCONJ", "ADP"):
            first += 1
        relative = first < last and s.words[first].lower in self.relatives
        article = relative and tree.pos[first] != "PRON" and s.words[first].lower in self.lexicon.set("words.articles")  # German "die"
        if first >= last or not any(tree.pos[j] in ("NOUN", "PROPN", "PRON") for j in range(first, last)) or (relative and not article):
            return None
        return first, last

    def _apposed(self, s: Sentence, tree: Tree, comma: int) -> bool:
        """Say whether a comma closes what describes a party ("the authorities, they, speak of …"), rather than a clause before it."""
        first = next((j for j in range(comma - 1, max(-1, comma - 10), -1) if s.words[j].form == ","), None)
        if s.words[comma].form != "," or first is None or first == 0:
            return False
        return tree.pos[first - 1] in ("NOUN", "PROPN", "PRON", "ADJ") and not any(tree.pos[j] in ("VERB", "AUX") for j in range(first, comma))

    def _party_after(self, s: Sentence, tree: Tree, start: int, stop: int) -> tuple[int, int]:
        """Return the party right behind a cue; where the language has cases, the one in the nominative ("сказал агентству Антон Белых")."""
        start = self._past_addressee(s, tree, start, stop)
        role = start < stop and s.words[start].lower in self.lexicon.set("people.persons")
        nominative = (
            start if role and self.lexicon.flag("words.cues_are_verbs") else next((i for i in range(start, stop) if tree.has(i, "Case=Nom")), None)
        )
        if nominative is not None:
            start = nominative
        last = start
        while last < stop and (
            last == start or tree.pos[last] not in ("ADP", "ADV", "SCONJ", "VERB", "") or s.words[last].lower in self.lexicon.set("words.of_party")
        ):
            if nominative is not None and last > start and tree.has(last, "Case=Dat"):
                break
            if last > start and (not tree.dep[last] and any(a - 1 <= last < b for a, b, _ in s.times)):
                break  # "teilte die Kammer am Mittwoch mit"
            if last > start and tree.pos[last - 1] == "PROPN" and tree.pos[last] == "DET" and self.lexicon.set("words.dative_articles"):
                break  # "sagte Omar Haddad der Zeitung": a name takes no genitive behind it
            if last > start and any(a.start == last for a in s.attributions):
                break  # «ТАСС со ссылкой на полицию»: the phrase names another party
            last += 1
        return start, max(last, start + 1)

    def _ends_here(self, s: Sentence, tree: Tree, start: int, stop: int) -> bool:
        """Say whether nothing but when, where and to whom stands between the cue and the next mark."""
        when = self.lexicon.set("words.when_clauses")
        stop = next(
            (i for i in range(start, stop) if s.words[i].lower in when and tree.dep[min(i + 1, len(tree) - 1)]), stop
        )  # "said when reached by telephone"
        return all(tree.pos[i] not in ("VERB", "SCONJ") and s.words[i].lower not in self.complementizers for i in range(start, stop))
