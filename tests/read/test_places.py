"""What `temoin.read.places` promises: real places, in six languages, and no ordinary words or persons."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from temoin.errors import Broken
from temoin.read.gazetteer import DATA, Gazetteer, country_of, fold, gazetteer, inside
from temoin.read.places import CHUNK, places
from temoin.read.unknownplaces import romanise
from temoin.records import Place

LANGS = ("en", "fr", "es", "pt", "de", "ru")


def found(text: str, lang: str) -> list[tuple[str, str]]:
    return [(text[place.start : place.end], place.name) for place in places(text, lang)]


def names(text: str, lang: str) -> list[str]:
    return [name for _, name in found(text, lang)]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Police in Grozny deny it.", [("Grozny", "Grozny")]),
        ("en", "Chechens fled to Moscow and Berlin.", [("Chechens", "Chechnya"), ("Moscow", "Moscow"), ("Berlin", "Berlin")]),
        ("en", "The U.S. and the UK condemned it.", [("U.S", "United States"), ("UK", "United Kingdom")]),
        ("en", "South Sudanese refugees reached Upper Egypt.", [("South Sudanese", "South Sudan"), ("Upper Egypt", "Upper Egypt")]),
        ("en", "The boat sank on Lake Victoria.", [("Lake Victoria", "Lake Victoria")]),
        ("fr", "Des associations tchétchènes, à Moscou.", [("tchétchènes", "Chechnya"), ("Moscou", "Moscow")]),
        ("fr", "Il vient de Tchétchénie, d’Astrakhan.", [("Tchétchénie", "Chechnya"), ("Astrakhan", "Astrakhan")]),
        ("fr", "En Haute-Égypte et en Côte d’Ivoire.", [("Haute-Égypte", "Upper Egypt"), ("Côte d’Ivoire", "Ivory Coast")]),
        ("es", "Un joven checheno huyó a Moscú.", [("checheno", "Chechnya"), ("Moscú", "Moscow")]),
        ("es", "Las autoridades de Estados Unidos y de Turquía.", [("Estados Unidos", "United States"), ("Turquía", "Turkey")]),
        ("pt", "Um jovem tchetcheno chegou a Moscovo.", [("tchetcheno", "Chechnya"), ("Moscovo", "Moscow")]),
        ("pt", "Em São Paulo e no Brasil.", [("São Paulo", "São Paulo"), ("Brasil", "Brazil")]),
        ("de", "Tschetschenische Behörden in Moskau.", [("Tschetschenische", "Chechnya"), ("Moskau", "Moscow")]),
        ("de", "Russlands Präsident reiste nach Wien.", [("Russlands", "Russia"), ("Wien", "Vienna")]),
        ("ru", "В Чечне и в Грозном.", [("Чечне", "Chechnya"), ("Грозном", "Grozny")]),
        ("ru", "Чеченские власти отвергли слова Москвы.", [("Чеченские", "Chechnya"), ("Москвы", "Moscow")]),
        ("ru", "Чеченцев вывезли из Астраханской области.", [("Чеченцев", "Chechnya"), ("Астраханской области", "Astrakhan")]),
        ("ru", "Глава Чечни Рамзан Кадыров и президент России Владимир Путин.", [("Чечни", "Chechnya"), ("России", "Russia")]),
        ("ru", "Жители Северного Кавказа", [("Северного Кавказа", "North Caucasus")]),
        ("ru", "Чечня: жителя Аргуна отпустили", [("Чечня", "Chechnya"), ("Аргуна", "Argun")]),
        ("fr", "le président de la Russie Vladimir Poutine", [("Russie", "Russia")]),
        ("ru", "Он бежал в Нью-Йорк из Коста-Рики.", [("Нью-Йорк", "New York"), ("Коста-Рики", "Costa Rica")]),
    ],
)
def test_places_are_found_under_their_english_short_names(lang: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, lang) == expected


@pytest.mark.parametrize("form", ["Чечня", "Чечни", "Чечне", "Чечню", "Чечнёй", "Чечней"])
def test_every_case_of_a_russian_name_is_the_same_place(form: str) -> None:
    assert names(f"Сказано: {form}.", "ru") == ["Chechnya"]


@pytest.mark.parametrize(
    "form",
    (
        "чеченский чеченского чеченскому чеченским чеченском чеченская чеченской чеченскую чеченское чеченские чеченских чеченскими "
        "чеченец чеченца чеченцы чеченцев чеченцам чеченка"
    ).split(),
)
def test_every_form_of_a_russian_adjective_points_at_its_region(form: str) -> None:
    assert names(f"Это {form} случай", "ru") == ["Chechnya"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Nice work. Most people agreed. Date unknown. Split the bill. Bar none. Man up. Same here. Home at last. Of course."),
        ("en", "Reading is fun. Police said so. Union leaders met in March. Mary said no. He came on a Sunday in May."),
        ("en", "Marina Orlova spoke. Victoria Nkemelu was there. Florence told us."),
        ("en", "The Washington Post and the Moscow Times reported it."),
        ("en", "Mr Paris and Dr London disagreed with Jack London."),
        ("fr", "Paris Saint-Germain a gagné. Marie est partie. Mars et Mai."),
        ("es", "La paz llegó al fin. Don Santiago Córdoba habló. Mercedes no."),
        ("pt", "Os homens e As mulheres. Era tarde. Marina Silva falou."),
        ("de", "Essen ist fertig. Herr Hof sagte nein. Frau Berlin auch."),
        ("ru", "Марина Орлова сказала. Владимир Путин ответил. Самое важное. Он был рад."),
    ],
)
def test_ordinary_words_and_persons_are_no_places(lang: str, text: str) -> None:
    assert found(text, lang) == []


def test_a_preposition_makes_a_place_of_an_ordinary_word() -> None:
    assert names("A protest was held in Nice, France.", "en") == ["Nice", "France"]


def test_a_word_of_one_language_is_a_place_in_another() -> None:
    assert names("Nice est une ville française.", "fr") == ["Nice", "France"]


def test_a_place_inside_an_organisation_after_a_preposition_is_kept() -> None:
    assert found("Human Rights Watch in Russia", "en") == [("Russia", "Russia")]


def test_homonyms_are_decided_by_the_country_beside_them() -> None:
    [texan, _] = places("He lives in Paris, Texas.", "en")
    assert texan.country == "US"
    [french] = places("He lives in Paris.", "en")
    assert french.country == "FR" and french.lat == pytest.approx(48.85, abs=0.1)


def test_homonyms_are_decided_by_the_countries_of_the_text() -> None:
    [_, leon, _] = places("Nicaragua: protestas en León. Managua calla.", "es")
    assert leon.country == "NI"
    [leon] = places("Protestas en León, España.", "es")[:1]
    assert leon.country == "ES"


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "in the town of Xuvaloro", Place(start=15, end=23, name="Xuvaloro", country=None, lat=None, lon=None)),
        ("en", "shot dead in Xuvaloro village", Place(start=13, end=21, name="Xuvaloro", country=None, lat=None, lon=None)),
        ("es", "en el municipio de Xuvaloro", Place(start=19, end=27, name="Xuvaloro", country=None, lat=None, lon=None)),
        ("pt", "na aldeia de Xuvaloro", Place(start=13, end=21, name="Xuvaloro", country=None, lat=None, lon=None)),
        ("de", "in der Kleinstadt Xuvaloro", Place(start=18, end=26, name="Xuvaloro", country=None, lat=None, lon=None)),
        ("ru", "в селе Ксувалоро", Place(start=7, end=16, name="Ksuvaloro", country=None, lat=None, lon=None)),
    ],
)
def test_an_unknown_town_is_a_place_where_the_sentence_says_so(lang: str, text: str, expected: Place) -> None:
    assert places(text, lang) == [expected]


def test_an_unknown_town_has_the_country_of_the_place_that_locates_it() -> None:
    unknown, mali = places("À Xuvaloro, dans le centre du Mali, on attend.", "fr")
    assert (unknown.name, unknown.country, unknown.lat) == ("Xuvaloro", "ML", None)
    assert mali.name == "Mali"


def test_marks_on_latin_letters_may_be_missing_or_apart() -> None:
    assert names("en Tchetchenie", "fr") == ["Chechnya"]
    assert found("en Tche\u0301tche\u0301nie", "fr") == [("Tche\u0301tche\u0301nie", "Chechnya")]


def test_names_need_a_capital() -> None:
    assert found("he saw turkey and china in the cupboard", "en") == []
    assert found("tell us", "en") == []


def test_a_dateline_is_a_place() -> None:
    assert names("BAMENDA, April 19 (Meridian) - Soldiers came.", "en")[:1] == ["Bamenda"]


def test_argun_is_in_chechnya_and_chechnya_in_russia() -> None:
    assert inside("Argun", "Chechnya") and inside("Grozny", "Chechnya")
    assert inside("Chechnya", "Russia") and inside("Grozny", "Russia") and inside("Grozny", "Europe")
    assert inside("Chechnya", "North Caucasus") and inside("Minya", "Upper Egypt") and inside("Kumbo", "North-West Region")
    assert not inside("Russia", "Chechnya") and not inside("Moscow", "Chechnya")
    assert not inside("Russia", "Russia") and not inside("", "Russia") and not inside("Xuvaloro", "Russia")


def test_the_country_of_a_place_is_known_by_its_english_name() -> None:
    assert [country_of(name) for name in ("Chechnya", "Grozny", "France", "Bankass")] == ["RU", "RU", "FR", "ML"]
    assert [country_of(name) for name in ("Europe", "Xuvaloro", "")] == [None, None, None]


def test_every_name_found_is_a_name_that_inside_understands() -> None:
    for name in names("Moscow, Kyiv, Tbilisi, Cairo, Geneva, Bogotá and São Paulo in Turkey, Czechia and the DRC", "en"):
        assert gazetteer().named(name), name


@pytest.mark.parametrize("lang", [*LANGS, "fi", "", "pt-BR", "zh-Hant"])
def test_any_language_code_is_read(lang: str) -> None:
    assert "Russia" in names("RUSSIA: Russia", lang) or lang in {"fr", "es", "pt", "de", "ru", "pt-BR"}


PIECES = (
    "Moscow",
    "Москва",
    "in ",
    "the town of ",
    ", ",
    "Paris",
    "St. ",
    "U.S.",
    "«",
    "\n",
    "Dar es Salaam",
    "чеченцы",
    "e\u0301",
    "d’",
    "-",
    "(",
    "\ud800",
    "ß",
    "İ",
)


@given(st.text(max_size=300) | st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.sampled_from(LANGS))
@settings(max_examples=100, deadline=None)
def test_offsets_are_valid_ordered_and_apart_in_any_text(text: str, lang: str) -> None:
    end = 0
    for place in places(text, lang):
        assert end <= place.start < place.end <= len(text)
        assert place.name and (place.lat is None) == (place.lon is None)
        assert place.country is None or len(place.country) == 2
        end = place.end


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_folding_twice_changes_nothing(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=50, deadline=None)
def test_inside_answers_any_text(inner: str, outer: str) -> None:
    assert isinstance(inside(inner, outer), bool)
    assert not inside(inner, inner)


def test_a_name_that_town_and_province_share_does_not_lie_in_itself() -> None:
    assert not inside("Nan", "Nan")
    assert not inside("NAN", "nan")


def test_cyrillic_is_romanised_as_on_english_maps() -> None:
    assert [romanise(name) for name in ("Щукино", "Юрьев", "Грозный", "Xuvaloro")] == ["Shchukino", "Yurev", "Grozny", "Xuvaloro"]


@pytest.mark.parametrize("piece", ["Ab ", "Moscow ", "A", "\n", ".", "in the town of ", "Paris, ", "«", "e\u0301", "St. ", "Dar es ", "Нью-"])
def test_hostile_text_takes_time_in_proportion(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        start = time.process_time()
        places(text, "en")
        return time.process_time() - start

    seconds(20_000)
    short, long = (min(seconds(length) for _ in range(2)) for length in (20_000, 160_000))
    assert long < 0.1 + 24 * short  # 8 times as much text; a square would be 64 times as long


def test_a_place_across_the_seam_of_two_chunks_is_whole() -> None:
    text = "x " * (CHUNK // 2 - 3) + "in New York and in Moscow"
    assert names(text, "en") == ["New York", "Moscow"]


def test_a_report_is_read_within_its_budget() -> None:
    text = "Officials in Grozny told the agency on Tuesday that nobody had been held in Argun, and Chechen leaders in Moscow said so too. " * 18
    places(text, "en")
    start = time.process_time()
    for _ in range(10):
        places(text, "en")
    assert (time.process_time() - start) / 10 < 0.02  # measured: 0.002 s; the rest is for slow machines


def test_the_gazetteer_is_small_and_opens_fast() -> None:
    assert DATA.stat().st_size < 6_000_000
    packed = DATA.read_bytes()
    start = time.process_time()
    book = Gazetteer(packed)
    assert time.process_time() - start < 0.15  # measured: 0.01 s
    assert len(book) > 70_000


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04", None])
def test_a_damaged_gazetteer_is_named_broken(damage: bytes | None) -> None:
    with pytest.raises(Broken):
        Gazetteer(DATA.read_bytes()[:5_000] if damage is None else damage)


def test_the_places_of_the_marked_documents_are_found() -> None:
    import json

    folder = Path(__file__).parents[2].parent / "shared" / "gold"
    if not folder.is_dir():
        pytest.skip("the marked documents (../shared/gold) are not here")
    wanted = hit = 0
    for path in sorted(folder.glob("dev-*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            report = json.loads(line)
            known = set(names(report["text"], report["lang"]))
            where = [claim["where"] for claim in report["claims"] if claim["where"]]
            wanted += len(where)
            hit += sum(name in known for name in where)
    assert hit >= 0.95 * wanted
