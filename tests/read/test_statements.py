"""Who says what, of every subject: whole phrases for source and content, every saying once. Invented news of sport, business, courts and science."""

from __future__ import annotations

import pytest

from temoin.read import read, statements

#: language, text, (source, cue, content) of every statement
WHOLE = [
    (
        "en",
        "“Sales were poor in autumn,” said Petra Lindqvist, head of the Karlby brewery, when she met investors on Friday.",
        [("Petra Lindqvist, head of the Karlby brewery", "said", "Sales were poor in autumn,")],
    ),
    (
        "en",
        "The tenant, a retired baker from Osby, said he was “cold and rather angry”.",
        [("The tenant, a retired baker from Osby", "said", "he was “cold and rather angry”")],
    ),
    (
        "en",
        "The bridge is safe but ugly, according to the engineers' annual report.",
        [("the engineers' annual report", "according to", "The bridge is safe but ugly")],
    ),
    ("fr", "Le pont est solide, affirme-t-elle.", [("elle", "affirme", "Le pont est solide")]),
    (
        "fr",
        "« Nous avons perdu trois clients », a déclaré lundi Odile Marchais, la patronne du garage.",
        [("Odile Marchais, la patronne du garage", "déclaré", "Nous avons perdu trois clients")],
    ),
    ("de", "Die Brücke sei sicher, sagte die Ingenieurin am Mittwoch.", [("die Ingenieurin", "sagte", "Die Brücke sei sicher")]),
    (
        "es",
        "«Perdimos tres clientes en otoño», declaró el lunes Olga Marchena, dueña del taller.",
        [("Olga Marchena, dueña del taller", "declaró", "Perdimos tres clientes en otoño")],
    ),
    (
        "ru",
        "«Мы потеряли трёх клиентов», — заявила во вторник хозяйка мастерской Ольга Марченко.",
        [("хозяйка мастерской Ольга Марченко", "заявила", "Мы потеряли трёх клиентов")],
    ),
]


@pytest.mark.parametrize(("lang", "text", "wanted"), WHOLE, ids=[f"{w[0]}: {w[1][:40]}" for w in WHOLE])
def test_a_statement_has_its_whole_source_and_its_whole_content_once(lang: str, text: str, wanted: list[tuple[str, str, str]]) -> None:
    got = [(s.source.text if s.source else None, s.cue.text if s.cue else None, text[s.start : s.end]) for s in statements(text, lang)]
    assert got == wanted


def test_a_cue_behind_a_left_out_subject_is_its_own_and_not_that_of_the_sentence_before() -> None:
    text = "La alcaldesa Rita Bosch anunció que el mercado cerrará. Añadió que los puestos se trasladarán en mayo."
    got = [(s.source.text if s.source else None, s.cue.text if s.cue else None) for s in statements(text, "es")]
    assert got == [("La alcaldesa Rita Bosch", "anunció"), ("La alcaldesa Rita Bosch", "Añadió")]


#: What is thought, hoped, shown or said about a thing: language, text, (source, cue, content)
VIEWS = [
    ("en", "Growers had expected a far better harvest.", ("Growers", "expected", "a far better harvest")),
    ("en", "The survey shows that most readers prefer paper.", ("The survey", "shows", "that most readers prefer paper")),
    ("en", "The chamber of dentists welcomed the reform.", ("The chamber of dentists", "welcomed", "the reform")),
    ("fr", "Le syndicat des boulangers salue cette réforme.", ("Le syndicat des boulangers", "salue", "cette réforme")),
    ("ru", "Пекари надеются, что мука подешевеет.", ("Пекари", "надеются", "что мука подешевеет")),
    ("es", "La patronal celebra la reforma.", ("La patronal", "celebra", "la reforma")),
    ("pt", "A pesquisa mostra que os leitores preferem papel.", ("A pesquisa", "mostra", "que os leitores preferem papel")),
    ("de", "Die Bäcker hoffen, dass das Mehl billiger wird.", ("Die Bäcker", "hoffen", "dass das Mehl billiger wird")),
]

#: In whose eyes, at the head of a sentence
VIEWS += [
    ("en", "In her view, the storm is over.", ("her", "In her view", "the storm is over")),
    ("fr", "Pour Odile Crépon, l'échantillon est trop petit.", ("Odile Crépon", "Pour", "l'échantillon est trop petit")),
    ("es", "A su juicio, lo peor ha pasado.", ("su", "A su juicio", "lo peor ha pasado")),
    ("pt", "A seu ver, o pior já passou.", ("seu", "A seu ver", "o pior já passou")),
]


@pytest.mark.parametrize(("lang", "text", "wanted"), VIEWS, ids=[f"{v[0]}: {v[1][:40]}" for v in VIEWS])
def test_a_view_is_a_statement_too(lang: str, text: str, wanted: tuple[str, str, str]) -> None:
    got = [(s.source.text if s.source else None, s.cue.text if s.cue else None, text[s.start : s.end]) for s in statements(text, lang)]
    assert got == [wanted]


def test_a_view_makes_no_claim() -> None:
    text = "Police arrested nine journalists on Monday. Their lawyers hope that the nine arrested journalists will be home by May."
    assert {c.claimant for c in read(text, lang="en").claims} <= {None}


#: A quotation and the words right behind it, by verbs of any kind: language, text, (source, cue, content)
BESIDE = [
    (
        "en",
        "“He mends clocks in the attic,” laughs Greta, who has lived below him for years.",
        ("Greta, who has lived below him for years", "laughs"),
    ),
    ("en", "“I've heard worse songs,” the 44-year-old told reporters.", ("the 44-year-old", "told")),
    ("fr", "« Il a vendu la maison, j'ai l'acte ici », s'emporte la notaire Anne Crépon.", ("la notaire Anne Crépon", "s'emporte")),
    ("ru", "«Он продал дом, бумага у меня», — возмутилась нотариус Анна Крепова.", ("нотариус Анна Крепова", "возмутилась")),
    ("es", "“No sabía nada de la venta”, confesó una vecina que paseaba al perro.", ("una vecina que paseaba al perro", "confesó")),
    ("pt", "“Ele vendeu a casa sem avisar”, protestou o notário Daniel Crespo.", ("o notário Daniel Crespo", "protestou")),
    ("de", "„Er hat das Haus längst verkauft“, so der 44-Jährige.", ("der 44-Jährige", "so")),
]


@pytest.mark.parametrize(("lang", "text", "wanted"), BESIDE, ids=[f"{b[0]}: {b[1][:40]}" for b in BESIDE])
def test_a_quotation_is_whose_the_words_right_behind_it_say(lang: str, text: str, wanted: tuple[str, str]) -> None:
    quoted = [s for s in statements(text, lang) if s.start <= 2]
    assert [(s.source.text if s.source else None, s.cue.text if s.cue else None) for s in quoted] == [wanted]


def test_whom_one_cue_told_is_not_looked_for_in_the_sentence_of_another() -> None:
    text = "“Não se trava um comboio assim”, disse à Gazeta da Costa a secretária do sindicato, Rita Moniz. “Deram-nos dois dias”, acrescentou."
    told = [s.addressee.text if s.addressee else None for s in statements(text, "pt")]
    assert told[-1] is None and len(told) == 2


def test_for_a_day_or_a_place_is_no_view_of_anybodys() -> None:
    for lang, text in (("fr", "Pour Noël, les prix baissent."), ("es", "Para el lunes, los precios bajan."), ("en", "For Christmas, prices fall.")):
        assert statements(text, lang) == []


#: A turn of a dialogue after a dash: language, text, (source, content) of both parts
TURNS = [
    (
        "ru",
        "— Не помню, где ключ, — ответила хозяйка. — Наверное, забыла его в саду.",
        ("хозяйка", ["Не помню, где ключ,", "Наверное, забыла его в саду."]),
    ),
    ("es", "—No recuerdo dónde está —respondió la dueña—. Quizá en el jardín.", ("la dueña", ["No recuerdo dónde está", "Quizá en el jardín."])),
]


@pytest.mark.parametrize(("lang", "text", "wanted"), TURNS, ids=[t[0] for t in TURNS])
def test_a_turn_of_a_dialogue_is_said_before_and_behind_its_cue(lang: str, text: str, wanted: tuple[str, list[str]]) -> None:
    found = statements(text, lang)
    assert [text[s.start : s.end] for s in found] == wanted[1]
    assert {s.source.text if s.source else None for s in found} == {wanted[0]}
