"""Page furniture: other stories' headlines never stay in, and the story is never marked."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from temoin.languages import CODES, tables
from temoin.read.furniture import furniture

SHARED = Path(__file__).parents[3] / "shared"
STORY = {
    "en": "Seven journalists were detained in the capital on Tuesday, a rights group said.",
    "fr": "Sept journalistes ont été arrêtés mardi dans la capitale, selon une association.",
    "ru": "Во вторник в столице задержаны семеро журналистов, сообщили правозащитники из объединения.",
    "es": "Siete periodistas fueron detenidos el martes en la capital, según una organización.",
    "pt": "Sete jornalistas foram detidos na terça-feira na capital, segundo uma organização.",
    "de": "Sieben Journalisten sind am Dienstag in der Hauptstadt festgenommen worden, teilte eine Organisation mit.",
}


def marked(text: str, lang: str | None = "en") -> list[str]:
    return [text[start:end] for start, end in furniture(text, lang)]


def kept(text: str, lang: str | None = "en") -> list[str]:
    for start, end in reversed(furniture(text, lang)):
        text = text[:start] + text[end:]
    return [line.strip() for line in text.splitlines() if line.strip()]


LISTS = [
    ("en", "Most read this week", ["Two dead in coach crash", "Man, 34, arrested over fraud"]),
    ("en", "YOU MAY ALSO LIKE", ["1. Nurse killed nine, court told"]),
    ("en", "Related:", ["Four killed as ferry sinks", "How to cook rice"]),
    ("fr", "À lire aussi", ["Accident de car : trois morts", "Impôts : êtes-vous concerné ?"]),
    ("fr", "Les plus lus aujourd’hui", ["1. Loyers : 300 plaintes", "2. Le loup est revenu"]),
    ("fr", "Sur le même sujet", ["EN DIRECT - Covid : 70.000 morts"]),
    ("ru", "Читайте также", ["В ДТП погибли трое", "Задержан бывший замглавы района"]),
    ("ru", "Самое читаемое за неделю", ["1. Паводок: эвакуируют ли район"]),
    ("ru", "Материалы по теме:", ["Ещё пятеро задержаны в порту"]),
    ("es", "LE PUEDE INTERESAR", ["Cae una avioneta: cinco fallecidos"]),
    ("es", "Lea también:", ["Aprehenden a 18 pandilleros", "El calor deja 200 muertos"]),
    ("es", "Lo más leído", ["1. Dos muertos en un choque"]),
    ("pt", "Leia também", ["> Queda de avião mata 17", "> Preso suspeito de matar empresário"]),
    ("pt", "Mais lidas do dia", ["1. Tribunal solta vereador"]),
    ("de", "Lesen Sie auch", ["Busunglück: 14 Tote", "Razzia gegen Schleuser: Sechs Festnahmen"]),
    ("de", "Am meisten gelesen", ["1 Mord an Touristin: Prozess hat begonnen"]),
    ("de", "Mehr zum Thema", ["› Lawine im Gebirge: Fünf Bergsteiger tot"]),
]


@pytest.mark.parametrize(("lang", "heading", "links"), LISTS, ids=[heading for _, heading, _ in LISTS])
@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["close", "apart"])
def test_links_under_a_heading_are_furniture_until_the_story_goes_on(lang: str, heading: str, links: list[str], gap: str) -> None:
    story = STORY[lang]
    block = gap.join([heading, *links])
    assert kept(f"Headline\n\n{story}\n\n{block}\n\n{story}\n\n{story}\n\n{block}", lang) == ["Headline", story, story, story]
    assert kept(f"Headline\n\n{story}\n\n{block}", None) == ["Headline", story]
    assert kept(f"Headline\r\n\r\n{story}\r\n\r\n" + block.replace("\n", "\r\n"), lang) == ["Headline", story]


ALONE = [
    (line[:2], line[3:])
    for line in """\
en READ ALSO: Two dead and 14 hurt in coach crash
en Share on Facebook   Share on X   Email   Copy link
en By Ann Bee | 3 May 2031 | 2 min read
en 12 comments
en Sign up to our newsletter | Cookie settings | © The Example
en © 2031 The Example. All rights reserved.
en The Herald on WhatsApp: join 46,000 readers
en Advertisement
en Tags: Egypt, concert, trial
en We use cookies. Accept all | Settings
en Sign up to our newsletter to get the best of our reporting every morning.
en This site uses cookies to improve your visit. By continuing you agree to our settings.
en READ ALSO: Two men were found dead in a coach, the police said.
en Read also Two dead in coach crash
fr Lire aussiEn Ardèche, trois morts dans un accident
fr Partager | Copier le lien | 47 commentaires
fr Lire et commenter
fr LIRE AUSSI : Meurtre à Lyon : deux suspects arrêtés
fr Lecture 3 min.
fr Abonnez-vous à notre newsletter
fr Mots-clés : Égypte, concert
fr Suivez-nous sur WhatsApp
ru ВКонтакте  Одноклассники  Телеграм  Скопировать ссылку
ru Подписывайтесь на наш Telegram-канал
ru Читайте также: В ДТП погибли трое
ru Теги: Египет, концерт
ru Время чтения: 2 мин
ru Комментарии (12)
ru Все права защищены
es Facebook   WhatsApp   Imprimir
es PUBLICIDAD
es Etiquetas: Colombia, líderes
es Únete a nuestro canal de WhatsApp
pt Compartilhar no Facebook | Compartilhar no WhatsApp | 14 comentários
pt Este site usa cookies. Aceitar | Saiba mais
pt Comentários (37)
pt LEIA TAMBÉM: Queda de avião mata 17
de Teilen: Mail | Drucken | Link kopieren
de Kommentare (48)
de Lesezeit: 3 Minuten
de Von Anna Muster, Lyon  |  23. Mai 2031  |  Teilen  Merken  Drucken
de Newsletter bestellen · Per WhatsApp teilen
de Diese Website verwendet Cookies, um Ihnen das beste Erlebnis zu bieten. Alle akzeptieren oder Einstellungen ändern.
de Anzeige
""".splitlines()
]


@pytest.mark.parametrize(("lang", "line"), ALONE, ids=[line for _, line in ALONE])
def test_a_line_that_is_furniture_by_itself_is_marked_wherever_it_stands(lang: str, line: str) -> None:
    story = STORY[lang]
    for text in (f"Headline\n{line}\n\n{story}\n\n{story}", f"Headline\n\n{story}\n\n{line}\n\n{story}", f"Headline\n\n{story}\n\n{line}"):
        assert marked(text, lang) == [line]


EDGES = [
    "Home > World > Europe",
    "Accueil › Monde",
    "Главная / Новости / Общество",
    "Menü  Startseite  Glaube  Spenden",
    "Menu | News | Sport | Weather 31°",
]


@pytest.mark.parametrize("line", EDGES)
def test_menus_and_breadcrumbs_stand_at_the_edges_only(line: str) -> None:
    assert marked(f"{line}\nHeadline\n\n{STORY['en']}") == [line]
    assert marked(f"Headline\n\n{STORY['en']}\n\n{line}\n\n{STORY['en']}") == []


def test_the_second_copy_of_a_headline_is_marked_and_the_first_stays() -> None:
    text = f"Seven held in the capital\n\nSeven held in the capital\n\n{STORY['en']}"
    assert furniture(text, "en") == [(27, 52)]


def test_a_page_title_with_the_sites_name_gives_way_to_the_headline() -> None:
    text = f"Seven held in the capital – The Example\n\nSeven held in the capital\n\n{STORY['en']}"
    assert marked(text) == ["Seven held in the capital – The Example"]


STAYS = [
    (line[:2], line[3:])
    for line in """\
en “They were put on buses,” she said.
en Have you gone to court?
en Police deny holding presenter
en • Police deny holding presenter
en More than 300 people were told to leave
en Related families were held too
en Watch posts were burned in three villages
en Photo: a vigil in Berlin on 3 May, which drew about 200 people. © Ann Bee
en By Ann Bee, Cairo
en 3 May 2031, 10:42
en He told them to join a Telegram channel, the prosecutor said.
en Sign the open letter to the ministry
en Home burned, family gone
en The comments of the minister drew 40 complaints from lawyers
fr Lire, écrire, résister
fr À Moscou, rien ne bouge
fr Plus de 300 familles ont fui
ru По теме пыток в министерстве молчат
ru — Вам хватает этой помощи?
ru На фото: пикет у посольства
ru Главное обвинение снято
es Más de 60 detenidos en la ciudad
es Lo más duro llegó después
es Además, tres abogadas fueron condenadas
es • que liberen a las tres abogadas;
pt Mais de 300 famílias fugiram
pt Foto: jornalistas durante o protesto em Maputo, que reuniu 20 pessoas (Divulgação)
pt 1. a ONU envie uma missão;
de Mehr als 300 Familien geflohen
de Zum Thema Folter schweigt die Regierung
ru По теме Чечни в министерстве молчат
en In pictures Ann Bee saw the dead
de Von Folter will niemand wissen
de Mehr aus Angst als aus Überzeugung
de Aus Kairo geflohen
""".splitlines()
]


@pytest.mark.parametrize(("lang", "line"), STAYS, ids=[line for _, line in STAYS])
def test_lines_of_the_story_are_never_marked(lang: str, line: str) -> None:
    story = STORY[lang]
    places = (f"{line}\n\n{story}", f"Headline\n\n{story}\n\n{line}\n\n{story}", f"Headline\n\n{line}\n\n{story}", f"Headline\n\n{story}\n\n{line}")
    for text in places:
        assert marked(text, lang) == []
        assert marked(text, None) == []


def test_a_crosshead_behind_links_that_stand_apart_stays() -> None:
    text = f"Headline\n\n{STORY['en']}\n\nRead also\n\nTwo dead in coach crash\n\nBeaten in custody\n\n{STORY['en']}"
    assert marked(text) == ["Read also", "Two dead in coach crash"]


@given(st.text(max_size=500), st.sampled_from([*CODES, None, "fi"]))
def test_stretches_are_in_order_apart_and_inside_the_text(text: str, lang: str | None) -> None:
    last = 0
    for start, end in furniture(text, lang):
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        last = end


def test_time_grows_with_length_only() -> None:
    def took(text: str) -> float:
        began = time.process_time()
        furniture(text, "en")
        return time.process_time() - began

    for block in (STORY["en"] + "\n\n", "Read also\nA link to elsewhere\n\n", "a | b | c | d\n", "x", "\n", "READ ALSO: " * 5 + "\n", "\r\n \r\n"):
        took(block * 100)
        assert took(block * 20_000) < 20


def test_every_language_has_the_same_lists() -> None:
    keys = [set(tables(code, "furniture")) for code in CODES]
    assert all(one == keys[0] for one in keys)
    for code in CODES:
        for key, words in tables(code, "furniture").items():
            if key != "patterns":
                assert [w for w in words if w != w.lower() or "’" in w or "ё" in w] == [], (code, key)


def _documents() -> list[dict[str, object]]:
    files = sorted((SHARED / "gold").glob("dev-*.jsonl"))
    if not files:
        pytest.skip("../shared/gold is not here")
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def test_no_claim_of_the_development_documents_lies_in_furniture() -> None:
    lost = []
    for document in _documents():
        spans = furniture(str(document["text"]), str(document["lang"]))
        for claim in document["claims"]:  # type: ignore[attr-defined]  # plain JSON
            if not claim.get("optional") and any(start < claim["end"] and claim["start"] < end for start, end in spans):
                lost.append((document["id"], claim["quote"]))
    assert lost == []


def test_no_headline_of_another_story_stays_in_the_development_documents() -> None:
    """Behind the last paragraph nothing stays but captions, contacts and signatures; a link has a heading above it in these documents."""
    left = []
    for document in _documents():
        text, lang = str(document["text"]), str(document["lang"])
        spans = furniture(text, lang)
        starts = {start for start, _ in spans}
        headings = [start for start, end in spans if text[start:end].lower().strip(" :") in tables(lang, "furniture")["headings"]]
        for heading in headings:
            for line in text[heading:].split("\n\n")[0].splitlines():
                if line.strip() and text.index(line, heading) not in starts:
                    left.append((document["id"], line))
    assert left == []


def test_other_stories_stay_out_of_the_two_real_reports() -> None:
    files = sorted((SHARED / "reports").glob("*.txt"))
    if not files:
        pytest.skip("../shared/reports is not here")
    texts = [file.read_bytes().decode() for file in files]
    stays = "\n".join(kept(texts[0], "fr"))
    for gone in ("70.000 morts", "Impôts", "Pfizer", "Heidi", "Guadeloupe", "Lire et commenter", "En vidéo"):
        assert gone not in stays
    assert stays.count("Des milliers de couples LGBT") == 1
    assert "au moins trois personnes" in stays
    assert marked(texts[1], "en") == []
