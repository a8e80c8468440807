"""What a small parser gets wrong in a language with cases, put right by the cases themselves.

Russian word order is free and a small parser goes by order: it takes the object before a verb for its subject, and the subject
behind an object for that object's genitive. Case, gender and number say which is which. Other languages' trees stay as they are.
"""

from __future__ import annotations

import re

from temoin.read.lexicon import Lexicon, WordSet
from temoin.read.sentence import Sentence
from temoin.read.tree import SUBJECTS, Tree

_SHORT = "Aspect=Perf|Number=Plur|Tense=Past|Variant=Short|VerbForm=Part|Voice=Pass"
_PAST = "Aspect=Perf|Mood=Ind|Tense=Past|VerbForm=Fin|Voice=Act"
_NOUN = ("NOUN", "PROPN", "PRON", "NUM", "ADJ")


def repaired(s: Sentence, tree: Tree, lexicon: Lexicon) -> Tree:
    """Return the tree with cues as verbs, subjects in the nominative and infinitives as clauses."""
    if not lexicon.flag("words.cases"):
        return tree
    pos, dep, head, morph = list(tree.pos), list(tree.dep), list(tree.head), list(tree.morph)
    cues = {h.start for h in s.hits if h.entry.kind == "cue" and h.stop - h.start == 1}
    negation = lexicon.set("words.negation")
    verbal = re.compile(lexicon.table["words"].get("verb_endings", "(?!)"))
    oblique_endings = tuple(lexicon.table["words"].get("oblique_endings", ()))

    def kids(i: int, *relations: str) -> list[int]:
        return [c for c, h in enumerate(head) if h == i and c != i and dep[c] in relations]

    def negated(i: int) -> bool:
        return any(s.words[c].lower in negation for c in kids(i, "advmod", "aux", "det", "neg"))

    def finite(i: int) -> bool:
        return pos[i] in ("VERB", "AUX") and "VerbForm=Inf" not in morph[i] and "Voice=Pass" not in morph[i]

    events = {h.start for h in s.hits if h.entry.kind == "event" and h.stop - h.start == 1 and h.entry.role in ("verbs", "happen", "arrivals")}
    for i in cues | events:
        # the lexicon knows its verbs better than a small parser does
        if dep[i] and pos[i] in ("NOUN", "PROPN", "ADV", "X") and (m := verbal.search(s.words[i].lower)):
            pos[i], morph[i] = "VERB", _SHORT if m.group(1) else _PAST
    if lexicon.flag("words.cues_are_verbs"):
        for i in sorted(cues):
            if dep[i] in ("nmod", "appos", "amod", "flat", "obl", "obj") and pos[i] in ("NOUN", "PROPN", "ADJ", "X", "ADV"):
                pos[i], morph[i] = "VERB", "Mood=Ind|VerbForm=Fin|Voice=Act"
                who, up = head[i], head[head[i]] if head[i] >= 0 else -1
                if pos[who] == "PRON" and dep[who] == "nsubj" and up > i:
                    # «мы требуем … и призываем …», where the parser takes the first verb for a noun
                    dep[i], head[i] = dep[up], head[up] if head[up] != up else i
                    dep[up], head[up], head[who] = "conj", i, i
    for i in range(len(pos)):
        # a short participle is a predicate, never an attribute: "до 26 мужчин убиты"
        noun = head[i]
        if (
            "Variant=Short" in morph[i]
            and "VerbForm=Part" in morph[i]
            and dep[i] in ("nmod", "amod", "acl", "obl", "appos")
            and pos[noun] in ("NOUN", "PROPN")
        ):
            if kids(i, "nsubj", "nsubj:pass") or kids(noun, "case"):
                continue
            dep[i], head[i] = dep[noun], head[noun] if head[noun] != noun else i
            dep[noun], head[noun] = "nsubj:pass", i
            for c in kids(noun, "conj", "parataxis", "punct", "ccomp"):
                if c > i:
                    head[c] = i
    for i in parted_verbs(s, lexicon):
        if pos[i] in ("VERB", "AUX") and dep[i] != "amod" or not dep[i]:
            continue
        # a verb that has its particle behind it is one, whatever the parser makes of it: "forderte … und kündigte neue Sanktionen an"
        noun, up = head[i], head[head[i]] if head[i] >= 0 else -1
        pos[i], morph[i] = "VERB", "Mood=Ind|VerbForm=Fin"
        if dep[i] == "amod" and noun > i and up >= 0 and up != noun and up < i and pos[up] in ("VERB", "AUX"):
            dep[i], head[i], dep[noun], head[noun] = "conj", up, "obj", i
    parted = parted_infinitives(lexicon)
    marks = lexicon.set("words.infinitive_marks")
    infinitives: set[int] = set()
    for i in range(len(pos)):
        # "freizulassen": an infinitive, whatever the tagger makes of it
        if dep[i] and pos[i] in ("ADV", "ADJ", "NOUN", "X") and s.words[i].form.islower() and parted.match(s.words[i].lower):
            pos[i], morph[i] = "VERB", "VerbForm=Inf"
            if dep[i] in ("dep", "advmod", "obl", "nmod", "amod") and any(w.form == "," for w in s.words[head[i] : i]):
                dep[i] = "xcomp"
        # an infinitive has no subject: "werfen der Armee vor, 30 Männer erschossen zu haben"
        if pos[i] == "VERB" and any(s.words[c].lower in marks and pos[c] == "PART" for c in kids(i, "mark")) and not kids(i, "aux:pass", "obj"):
            infinitives.add(i)
            for c in kids(i, "nsubj"):
                dep[c] = "obj"
    for i in people_in_another_case(s, pos, dep, head, morph):
        # «у 19 задержанных врач зафиксировал …»: participles that stand for people are no attribute of a noun in another case
        noun = head[i]
        pos[i], dep[i], head[i] = "NOUN", "obl", head[noun] if head[noun] != noun else noun
        if i and pos[i - 1] == "NUM":
            for c in kids(i - 1, "case"):
                head[c] = i
            dep[i - 1], head[i - 1] = "nummod", i
    about = lexicon.set("words.about")
    transitive = {h.start for h in s.hits if h.entry.kind == "event" and h.entry.role == "verbs"}
    for i in range(len(pos)):
        # who is counted is an argument, not a circumstance: "вывезли из города 26 человек"
        if (
            dep[i] in ("obl", "xcomp", "vocative", "nmod")
            and kids(i, "nummod", "nummod:gov")
            and not kids(i, "case")
            and pos[head[i]] == "VERB"
            and head[i] != i
        ):
            passive = "Voice=Pass" in morph[head[i]]
            dep[i] = "nsubj:pass" if passive else "obj" if head[i] in transitive or head[i] in cues else "nsubj"
    for i in range(len(pos)):
        if not dep[i]:
            continue
        # an infinitive is a clause, whatever slot it fills
        if (
            pos[i] == "VERB"
            and "VerbForm=Inf" in morph[i]
            and dep[i] in ("obj", "obl", "nmod", "iobj", "nsubj")
            and pos[head[i]] in ("VERB", "AUX", "ADJ")
        ):
            dep[i] = "xcomp"
        if dep[i] in ("nsubj", "obj") and "Case=Dat" in morph[i] and pos[i] in ("NOUN", "PROPN") and not kids(i, "case"):
            dep[i] = "iobj"
        # no subject of an active verb stands in the accusative or, unless denied, in the genitive
        if dep[i] == "nsubj" and pos[i] in _NOUN and finite(head[i]) and not negated(head[i]) and not kids(head[i], "obj") and not kids(i, "case"):
            others = [c for c in kids(head[i], "nsubj") if c != i]
            counted = kids(i, "nummod", "nummod:gov")
            if counted and head[i] not in transitive:
                continue  # "шестеро активистов исчезли"
            oblique = ("Case=Gen" in morph[i] or "Case=Acc" in morph[i]) and not (
                counted and "Number=Plur" not in morph[head[i]] and "Tense=Past" in morph[head[i]]
            )
            # «Епископа удерживают»: what does not agree with its verb is no subject of it
            oblique = oblique or (
                head[i] in transitive | cues
                and s.words[i].lower not in lexicon.set("words.collectives")
                and not counted
                and not kids(i, "conj")
                and _one_and_many(morph[i], morph[head[i]])
            )
            if oblique or (others and s.words[i].lower.endswith(oblique_endings)):
                dep[i] = "obj"
    # a noun in the nominative is nobody's genitive: it is the subject of the verb that agrees with it and has none
    for i in range(len(pos)):
        if (
            dep[i] in ("nmod", "obj")
            and _party(s.words[i].lower, lexicon)
            and pos[i] in ("NOUN", "PROPN")
            and ("Case=Nom" in morph[i] or (head[i] in cues and i > head[i] and _tells_of(s, head, dep, head[i], about)))
            and not kids(i, "case")
            and pos[head[i]] != "PROPN"
        ):
            top = _predicate(i, pos, dep, head)
            if (
                top is None
                or top in infinitives
                or not finite(top)
                or any(dep[c] in SUBJECTS for c, h in enumerate(head) if h == top)
                or not _agree(morph[i], morph[top])
            ):
                continue
            if dep[i] == "nmod" and i - 1 == head[i] and s.words[i].form[0].isupper():
                continue  # "газета «Новый день»": a name beside its kind
            dep[i], head[i] = "nsubj", top
    return Tree(pos, dep, head, morph)


def _tells_of(s: Sentence, head: list[int], dep: list[str], verb: int, about: WordSet) -> bool:
    """Say whether a verb tells of something that stands before it: «об арестах сообщает профсоюз»."""
    return any(dep[c] == "case" and s.words[c].lower in about and head[head[c]] == verb and c < verb for c in range(verb) if head[c] >= 0)


def people_in_another_case(s: Sentence, pos: list[str], dep: list[str], head: list[int], morph: list[str]) -> list[int]:
    """Return words for people that the parser hung as attributes on a noun in another case, or on a verb."""
    named = [h.start for h in s.hits if h.entry.kind == "event" and h.entry.role == "people" and h.stop - h.start == 1]
    told = {h.start for h in s.hits if h.entry.kind == "event" and h.entry.role == "verbs"}
    found = []
    for i in named:
        if dep[i] != "amod" or head[i] < 0:
            continue
        cases = [next((f for f in morph[k].split("|") if f.startswith("Case=")), None) for k in (i, head[i])]
        done_to = pos[head[i]] == "VERB" and head[i] in told and "VerbForm=Inf" not in morph[head[i]]
        if done_to or (pos[head[i]] in ("NOUN", "PROPN") and None not in cases and cases[0] != cases[1]):
            found.append(i)
    return found


def parted_verbs(s: Sentence, lexicon: Lexicon) -> list[int]:
    """Return words that the lexicon knows with the particle behind them ("kündigte … an")."""
    single = [h for h in s.hits if h.entry.kind in ("cue", "event") and len(h.entry.pattern) == 1 and not h.entry.others and h.entry.pattern[0]]
    known = {h.start for h in single if h.entry.pattern[0] is not None and s.words[h.start].lower not in h.entry.pattern[0]}
    return [i for i in sorted(known) if s.words[i].form[0].islower()] if lexicon.set("words.particles") else []


def parted_infinitives(lexicon: Lexicon) -> re.Pattern[str]:
    """Return the shape of infinitives with their particle inside (German "nachzugehen"); one that nothing has where there are no such verbs."""
    particles, marks = (lexicon.table["words"].get(k, ()) for k in ("particles", "infinitive_marks"))
    return re.compile(rf"(?:{'|'.join(particles)})(?:{'|'.join(marks)})\w{{2,}}en$" if particles and marks else "(?!)")


def _party(word: str, lexicon: Lexicon) -> bool:
    return any(word in lexicon.set(f"people.{k}") for k in ("persons", "organisations", "authorities", "outlets"))


def _predicate(i: int, pos: list[str], dep: list[str], head: list[int]) -> int | None:
    """Return the finite verb of the clause that a word stands in."""
    for _ in range(8):
        if head[i] == i or head[i] < 0:
            return None
        i = head[i]
        if pos[i] in ("VERB", "AUX") and dep[i] not in ("xcomp", "amod", "acl", "aux"):
            return i
    return None


def _one_and_many(noun: str, verb: str) -> bool:
    """Say whether one of two words stands for one and the other for several; gender is no sign, since foreign names have none to see."""
    return ("Number=Sing" in noun and "Number=Plur" in verb) or ("Number=Plur" in noun and "Number=Sing" in verb)


def _agree(noun: str, verb: str) -> bool:
    for feature in ("Number=", "Gender="):
        a = next((f for f in noun.split("|") if f.startswith(feature)), None)
        b = next((f for f in verb.split("|") if f.startswith(feature)), None)
        if feature == "Gender=" and "Number=Plur" in noun:
            continue
        if a and b and a != b:
            return False
    return True
