"""Forms of names, adjectives and names of peoples: what a report may write for one entry of the tables.

Each function takes one base form as the tables have it and returns every form, the base form among them.
Wrong forms do no harm here (nobody writes them); missing ones do.
"""

from __future__ import annotations

from collections.abc import Callable

_HARD_AFTER = "гкхжшчщ"  # after these, и stands where ы would
_ADJECTIVE_M = ("ого", "ому", "ым", "ом")
_FLEETING = {"египет": "египт", "орел": "орл", "орёл": "орл", "рог": "рог"}  # stems that lose a vowel
# Nouns that are declined before a name; the name itself then may stay: «в республике Дагестан».
_KINDS = frozenset(["республика", "область", "край", "штат", "провинция", "регион", "остров", "озеро", "сектор", "берег"])
_ADJECTIVE_M_SOFT = ("его", "ему", "им", "ем")


def english(form: str) -> set[str]:
    """Inflect "Chechen" → Chechen, Chechens; forms in -ese, -ish, -ch and -men have no plural of their own."""
    if form.endswith(("ese", "ish", "ch", "sh", "men", "ss", "women", "man")):
        return {form}
    return {form, form + "s"}


def french(form: str) -> set[str]:
    """ "tchétchène" → tchétchène, tchétchènes; "français" → français, française, françaises."""
    if form.endswith(("turques", "turque")):
        return {form, form.rstrip("s") + "s"}
    if form.endswith("e"):
        return {form, form + "s"}
    if form.endswith(("en", "on")):
        return {form, form + "s", form + "ne", form + "nes"}
    if form.endswith("grec"):
        return {form, form + "s", form + "que", form + "ques"}
    if form.endswith("s"):
        return {form, form + "e", form + "es"}
    return {form, form + "s", form + "e", form + "es"}


def spanish(form: str) -> set[str]:
    """Inflect "checheno" → -o, -a, -os, -as; "francés" → francesa, franceses; "alemán" → alemana; "iraní" → iraníes."""
    for accented, plain in (("és", "es"), ("án", "an"), ("ón", "on")):
        if form.endswith(accented):
            stem = form[: -len(accented)] + plain
            return {form, stem + "a", stem + "es", stem + "as"}
    if form.endswith("o"):
        return {form, *(form[:-1] + end for end in ("a", "os", "as"))}
    if form.endswith(("í", "ú")):
        return {form, form + "es", form + "s"}
    if form.endswith("l"):
        return {form, form + "a", form + "es", form + "as"}
    if form[-1] in "rn":
        return {form, form + "a", form + "es", form + "as"}
    return {form, form + "s"} if form[-1] in "aeéiá" else {form, form + "es"}


def portuguese(form: str) -> set[str]:
    """Inflect "tchetcheno" → -o, -a, -os, -as; "francês" → francesa, franceses; "europeu" → europeia."""
    if form.endswith("ês"):
        stem = form[:-2] + "es"
        return {form, stem + "a", stem + "es", stem + "as"}
    if form.endswith("ão"):
        return {form, form + "s"}
    if form.endswith("o"):
        return {form, *(form[:-1] + end for end in ("a", "os", "as"))}
    if form.endswith("eu"):
        return {form, form + "s", form[:-2] + "eia", form[:-2] + "eias"}
    if form.endswith("ol"):
        return {form, form + "a", form[:-1] + "óis", form + "as", form[:-2] + "óis"}
    if form.endswith("s"):
        return {form}
    if form[-1] in "rz":
        return {form, form + "es"}
    return {form, form + "s"}


def german(form: str) -> set[str]:
    """Inflect "russisch" → russisch(e, er, es, en, em); "Russe" → Russen, Russin, Russinnen; "Syrer" → Syrern, Syrers, Syrerin."""
    if form[0].islower() or form.startswith("US-am"):
        return {form, *(form + end for end in ("e", "er", "es", "en", "em"))}
    if form.endswith("innen"):
        return {form}
    if form.endswith("in"):
        return {form, form + "nen"}
    if form.endswith("e"):
        return {form, form + "n", form[:-1] + "in", form[:-1] + "innen"}
    ends = ("s", "n", "in", "innen") if form.endswith("er") else ("s", "en", "in", "innen")
    return {form, *(form + end for end in ends)}


def russian_adjective(form: str) -> set[str]:
    """«чеченский» → all genders, numbers and cases."""
    stem = form[:-2]
    ends = ("ий", "ого", "ому", "им", "ом", "ая", "ой", "ую", "ое", "ие", "их", "ими")
    return {stem + end for end in ends}


def russian_people(form: str) -> set[str]:
    """«чеченец», «россиянин», «чеченка», «ингуш» → all numbers and cases."""
    if form.endswith("ец"):
        stem = form[:-2] + ("йц" if form[-3] in "аеиоуыюя" else "ьц" if form[-3] == "л" else "ц")
        return {form, *(stem + end for end in ("а", "у", "ем", "ев", "ом", "е", "ы", "ам", "ами", "ах"))}
    if form.endswith(("янин", "анин")):
        stem = form[:-2]
        return {form, *(form + end for end in ("а", "у", "ом", "е")), *(stem + end for end in ("е", "", "ам", "ами", "ах"))}
    if form.endswith("арин"):
        stem = form[:-2]
        return {form, *(form + end for end in ("а", "у", "ом", "е")), *(stem + end for end in ("ы", "е", "", "ам", "ами", "ах"))}
    if form.endswith("ка"):
        stem = form[:-1]
        return {form, *(stem + end for end in ("и", "е", "у", "ой", "ам", "ами", "ах")), form[:-2] + "ок"}
    if form.endswith("ок"):  # турок
        stem = form[:-2] + "к"
        return {form, *(stem + end for end in ("а", "у", "ом", "е", "и", "ам", "ами", "ах"))}
    if form[-1] in "гкхшж":
        return {form, *(form + end for end in ("а", "у", "ом", "ем", "е", "и", "ов", "ей", "ам", "ами", "ах"))}
    return {form, *(form + end for end in ("а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах"))}


def russian(form: str) -> set[str]:
    """Every form of an adjective or of a name of a people."""
    return russian_adjective(form) if form.endswith(("ский", "цкий")) else russian_people(form)


INFLECT: dict[str, Callable[[str], set[str]]] = {
    "en": english, "fr": french, "es": spanish, "pt": portuguese, "de": german, "ru": russian,
}  # fmt: skip


def _oblique(word: str) -> list[tuple[str, ...]]:
    """Return the paradigms a Russian word of a name may follow: (gen, dat, acc, ins, prep); none where it stays as it is."""
    low = word.lower()
    stem1, stem2 = word[:-1], word[:-2]
    if len(word) < 3:
        return []
    if low in _FLEETING:
        stem = word[0] + _FLEETING[low][1:]
        return [(stem + "а", stem + "у", word, stem + "ом", stem + "е")]
    if low.endswith(("ый", "ий", "ой")) and not low.endswith(("ай", "ей")):
        soft = low[-3] in "жшчщн" and low.endswith("ий") and low[-3] != "к"
        ends = _ADJECTIVE_M_SOFT if soft else _ADJECTIVE_M
        instrumental = "им" if soft or low[-3] in "гкх" else "ым"
        gen, dat, _, loc = (stem2 + end for end in ends)
        return [(gen, dat, word, stem2 + instrumental, loc), (gen, dat, gen, stem2 + instrumental, loc)]
    if low.endswith(("ая", "яя")):
        of = "ой" if low.endswith("ая") else "ей"
        return [(stem2 + of, stem2 + of, stem2 + ("ую" if low.endswith("ая") else "юю"), stem2 + of, stem2 + of)]
    if low.endswith(("ое", "ее")):
        soft = low.endswith("ее")
        gen, dat, ins, loc = (stem2 + end for end in (_ADJECTIVE_M_SOFT if soft else _ADJECTIVE_M))
        return [(gen, dat, word, stem2 + "им" if low[-3] in "гкх" or soft else ins, loc)]
    if low.endswith(("ые", "ие")):
        vowel = low[-2]
        return [(stem2 + vowel + "х", stem2 + vowel + "м", word, stem2 + vowel + "ми", stem2 + vowel + "х")]
    if low.endswith("ия"):
        return [(stem1 + "и", stem1 + "и", stem1 + "ю", stem1 + "ей", stem1 + "и")]
    if low.endswith("а"):
        if low[-2] in "аеиоуыэюя":
            return []  # Никарагуа, Самоа
        gen = "и" if low[-2] in _HARD_AFTER else "ы"
        ins = "ей" if low[-2] in "жшчщц" else "ой"
        return [(stem1 + gen, stem1 + "е", stem1 + "у", stem1 + ins, stem1 + "е")]
    if low.endswith("я"):
        return [
            (stem1 + "и", stem1 + "е", stem1 + "ю", stem1 + "ей", stem1 + "е"),
            (stem1 + "и", stem1 + "е", stem1 + "ю", stem1 + "ёй", stem1 + "е"),
        ]
    if low.endswith("ь"):
        feminine = (stem1 + "и", stem1 + "и", word, word + "ю", stem1 + "и")
        masculine = (stem1 + "я", stem1 + "ю", word, stem1 + "ем", stem1 + "е")
        return [feminine] if low.endswith("сть") else [feminine, masculine]
    if low.endswith("й"):
        return [(stem1 + "я", stem1 + "ю", word, stem1 + "ем", stem1 + "е")]
    if low.endswith(("ово", "ево", "ёво", "ино", "ыно")):
        return [(stem1 + "а", stem1 + "у", word, stem1 + "ом", stem1 + "е")]
    if low.endswith("ье"):
        return [(stem1 + "я", stem1 + "ю", word, stem1 + "ем", stem1 + "е")]
    if low.endswith("ец"):
        stem = stem2 + ("ьц" if low[-3] == "л" else "ц")
        return [(stem + "а", stem + "у", word, stem + "ом", stem + "е"), (stem + "а", stem + "у", word, stem + "ем", stem + "е")]
    if low.endswith("ы") or (low.endswith("и") and low[-2] in "гкх"):
        return [(stem1, stem1 + "ам", word, stem1 + "ами", stem1 + "ах"), (stem1 + "ов", stem1 + "ам", word, stem1 + "ами", stem1 + "ах")]
    if low[-1] in "бвгджзклмнпрстфхцчшщ":
        ins = "ем" if low[-1] in "жшчщц" else "ом"
        return [(word + "а", word + "у", word, word + ins, word + "е")]
    return []


def russian_name(name: str) -> set[str]:
    """Return the case forms of a Russian place name; in names of several words adjectives and the last word are declined.

    «Чечня» → Чечни, Чечне, Чечню, Чечней; «Астраханская область» → Астраханской области; «Нью-Йорк» → Нью-Йорке.
    """
    parts: list[str] = []
    word = ""
    for char in name:
        if char.isalpha():
            word += char
        else:
            if word:
                parts.append(word)
            parts.append(char)
            word = ""
    if word:
        parts.append(word)
    words = [at for at, part in enumerate(parts) if part[0].isalpha()]
    if not words:
        return {name}
    choices: dict[int, list[tuple[str, ...]]] = {}
    for at in words:
        low = parts[at].lower()
        adjective = low.endswith(("ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие"))
        if at == words[-1] or adjective or low in _KINDS:
            choices[at] = _oblique(parts[at])
    heads = [at for at in words[:-1] if parts[at].lower() in _KINDS]
    forms = {name}
    most = max((len(found) for found in choices.values()), default=0)
    for paradigm in range(most):
        for case in range(5):
            for still in (frozenset(), frozenset(words[words.index(heads[0]) + 1 :])) if heads else (frozenset(),):
                pieces = list(parts)
                for at, found in choices.items():
                    if found and at not in still:
                        pieces[at] = found[min(paradigm, len(found) - 1)][case]
                forms.add("".join(pieces))
    return forms
