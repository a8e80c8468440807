"""A main verb that a small parser took for a participle, put right.

English past tense and past participle look alike: "Hundreds of protesters marched against …" is read as protesters that somebody
marched, and the sentence is left without a verb. Where nothing else in a whole sentence could be its verb, that participle is;
where one past follows another with no object between them, the later one is. A French cue in the present may look like an adjective
("La Ligue exhorte …"), which leaves an infinitive at the root.
"""

from __future__ import annotations

from temoin.read.lexicon import Lexicon
from temoin.read.sentence import Sentence
from temoin.read.tree import SUBJECTS, Tree

_NOUNS = ("NOUN", "PROPN", "NUM", "PRON")
#: Events that their own subjects do, so that their participles are never passive.
_DONE_BY_ONESELF = frozenset({"protest", "displacement", "asylum", "campaign", "aid", "evacuation"})


def main_verb(s: Sentence, tree: Tree, lexicon: Lexicon) -> Tree:
    """Return the tree with the right verb at its root: a participle, where a noun stood there that had only one behind it; or the later of
    two pasts of one subject ("A rally for lawyers jailed in Ankara drew …"). Else the tree as it is."""
    tree = _telling(s, tree, lexicon)
    root = next((i for i, d in enumerate(tree.dep) if d in ("ROOT", "root")), None)
    if root is None:
        return tree
    if tree.has(root, "VerbForm=Inf"):
        return _cue_before(s, tree, root)
    if not lexicon.flag("words.past_is_participle") or s.headline:
        return tree
    if tree.pos[root] == "VERB":
        return _later(s, tree, root)
    if tree.pos[root] not in _NOUNS or any(tree.dep[c] in SUBJECTS or tree.dep[c] == "cop" for c in tree.children[root]):
        return tree
    nouns = [root, *tree.kids(root, "nmod", "conj", "appos")]
    found = sorted(c for n in nouns for c in tree.kids(n, "acl") if tree.has(c, "Tense=Past") and _active(s, tree, c))
    if not found:
        return tree
    verb = found[0]
    dep, head = list(tree.dep), list(tree.head)
    dep[root], head[root], dep[verb], head[verb] = "nsubj", verb, "ROOT", verb
    for c in tree.children[root]:
        if c > verb:
            head[c] = verb
    return Tree(list(tree.pos), dep, head, list(tree.morph))


def _telling(s: Sentence, tree: Tree, lexicon: Lexicon) -> Tree:
    """Return the tree with cues before "that" as verbs, where they were taken for nouns or adjectives: "Un gardien confirme que …"."""
    that = lexicon.set("words.complementizers")
    cues = {h.start for h in s.hits if h.entry.kind == "cue" and h.stop - h.start == 1}
    wrong = [
        i
        for i in sorted(cues)
        if 0 < i < len(tree) - 2
        and (s.words[i + 1].lower in that or _behind_parenthesis(s, tree, i))
        and (tree.pos[i] in ("NOUN", "ADJ", "X", "PROPN") or tree.dep[i] in ("nmod", "amod", "appos"))
        and tree.pos[i - 1] not in ("DET", "ADP", "ADJ", "AUX", "NUM")
        and s.words[i].form.islower()
        and (tree.pos[i - 1] != "NOUN" or tree.dep[i] != "conj")
    ]
    if not wrong or not lexicon.flag("words.cues_before_that"):
        return tree
    pos, dep, head, morph = list(tree.pos), list(tree.dep), list(tree.head), list(tree.morph)
    for i in wrong:
        pos[i], morph[i] = "VERB", "Mood=Ind|Number=Sing|VerbForm=Fin"
        inner = next((j for j in range(i + 2, len(dep)) if dep[j] and head[j] <= i and pos[j] in ("VERB", "ADJ", "NOUN", "AUX")), None)
        noun = head[i]
        while 0 <= noun < i and dep[noun] in ("appos", "flat:name", "nmod", "flat") and head[noun] < noun:
            noun = head[noun]
        if dep[i] == "conj" and (earlier := [k for k in wrong if k < i]):
            head[i] = earlier[-1]
        elif noun >= 0 and noun < i and pos[noun] in _NOUNS and dep[noun] in ("ROOT", "root"):
            dep[noun], head[noun], dep[i], head[i] = "nsubj", i, "ROOT", i
            for c in range(i + 1, len(head)):
                if head[c] == noun:
                    head[c] = i
                    dep[c] = "obj" if dep[c] == "nmod" and not any(head[k] == c and dep[k] == "case" for k in range(i, c)) else dep[c]
        if inner is not None and head[inner] != inner:
            dep[inner], head[inner] = "ccomp", i
    return Tree(pos, dep, head, morph)


def _behind_parenthesis(s: Sentence, tree: Tree, i: int) -> bool:
    """Say whether a word stands right behind what was set off and taken out: "Le colonel X, chef de la police, | nie tout …"."""
    return s.words[i - 1].form == "," and not tree.dep[i - 1] and tree.dep[i] in ("flat:name", "appos", "nmod", "amod", "flat")


def _cue_before(s: Sentence, tree: Tree, root: int) -> Tree:
    """Return the tree with a cue at its root that was taken for an adjective: "La Ligue exhorte le parquet | à ouvrir une enquête"."""
    own = [c for c in tree.kids(root, *SUBJECTS) if c < root]
    marks = [c for c in tree.kids(root, "mark", "case") if c < root]
    cues = {h.start for h in s.hits if h.entry.kind == "cue" and h.stop - h.start == 1}
    behind = [i for i in range(own[0] + 1, marks[0]) if i in cues and tree.pos[i] in ("ADJ", "NOUN", "X")] if own and marks else []
    if not behind:
        return tree
    verb = behind[0]
    pos, dep, head, morph = list(tree.pos), list(tree.dep), list(tree.head), list(tree.morph)
    pos[verb], morph[verb], dep[verb], head[verb] = "VERB", "Mood=Ind|VerbForm=Fin", "ROOT", verb
    head[own[0]], dep[own[0]] = verb, "nsubj"
    dep[root], head[root] = "xcomp", verb
    told = next((i for i in range(verb + 1, marks[0]) if tree.pos[i] in _NOUNS and not verb < tree.head[i] < marks[0]), None)
    if told is not None:
        dep[told], head[told] = "obj", verb
    for c in range(len(head)):
        if head[c] == root and dep[c] == "punct":
            head[c] = verb
    return Tree(pos, dep, head, morph)


def _later(s: Sentence, tree: Tree, root: int) -> Tree:
    """Return the tree with a second past at its root, where the first has no object and the second no subject."""
    own = tree.kids(root, *SUBJECTS)
    behind = [c for c in tree.kids(root, "ccomp") if c > root and tree.has(c, "Tense=Past") and not tree.kids(c, *SUBJECTS, "mark")]
    cue = any(h.start == root and h.entry.kind == "cue" for h in s.hits)
    noun = root - 1
    if len(own) != 1 or not behind or cue or own[0] > root or tree.pos[noun] not in _NOUNS or tree.kids(root, "obj", "aux", "aux:pass"):
        return tree
    verb = behind[0]
    if not tree.has(root, "Tense=Past") or any(w.form in (",", '"', ":") for w in s.words[root:verb]):
        return tree
    dep, head, morph = list(tree.dep), list(tree.head), list(tree.morph)
    dep[verb], head[verb], head[own[0]] = "ROOT", verb, verb
    dep[root], head[root], morph[root] = "acl", noun, "Tense=Past|VerbForm=Part"
    for c in tree.children[root]:
        if c > verb:
            head[c] = verb
    return Tree(list(tree.pos), dep, head, morph)


def _active(s: Sentence, tree: Tree, i: int) -> bool:
    """Say whether a participle can be no passive: it has an object, or its own subject does what it names."""
    if any(tree.dep[c] in ("aux:pass", "obl:agent") for c in tree.children[i]):
        return False
    own = any(
        h.start == i
        and h.entry.kind == "event"
        and (h.entry.role in ("happen", "arrivals") or h.entry.role == "phrases" and h.entry.code in _DONE_BY_ONESELF)
        for h in s.hits
    )
    return own or bool(tree.kids(i, "obj"))
