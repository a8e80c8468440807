"""Which language: six told quickly, a hundred told surely, and nothing made up."""

from __future__ import annotations

import json
import lzma
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from temoin.read import language as room
from temoin.read.language import language

SHARED = Path(__file__).parents[3] / "shared"

SAMPLES = {
    "en": "Police detained seven journalists in the capital on Tuesday, a rights group said. According to the lawyer they were beaten.",
    "fr": "La police a arrêté mardi sept journalistes dans la capitale, selon une association. D'après l'avocat, ils ont été battus.",
    "ru": "Во вторник в столице задержали семерых журналистов, сообщили правозащитники. По словам адвоката, их избивали в камере.",
    "es": "La policía detuvo el martes a siete periodistas en la capital, según una organización. El abogado dice que los golpearon.",
    "pt": "A polícia deteve na terça-feira sete jornalistas na capital, segundo uma organização. O advogado diz que foram espancados.",
    "de": "Die Polizei hat am Dienstag in der Hauptstadt sieben Journalisten festgenommen, teilte eine Organisation mit.",
    "fi": "Poliisi pidätti tiistaina seitsemän toimittajaa pääkaupungissa, kertoi ihmisoikeusjärjestö. Asianajajan mukaan heitä lyötiin sellissä.",
    "nl": "De politie heeft dinsdag zeven journalisten opgepakt in de hoofdstad, zegt een organisatie. Volgens de advocaat werden zij geslagen.",
    "it": "La polizia ha arrestato martedì sette giornalisti nella capitale. Secondo l'avvocato sono stati picchiati in cella e non hanno acqua.",
    "ca": "La policia va detenir dimarts set periodistes a la capital, segons una organització. L'advocat diu que els van colpejar a la cel·la.",
    "gl": "A policía detivo o martes sete xornalistas na capital, segundo unha organización. O avogado di que foron golpeados na cela.",
    "uk": "Поліція затримала у вівторок сімох журналістів у столиці, повідомила організація. За словами адвоката, їх били в камері.",
    "bg": "Полицията задържа във вторник седем журналисти в столицата. По думите на адвоката те са били бити в килията.",
    "sr": "Полиција је у уторак ухапсила седам новинара у главном граду. Према речима адвоката, они су претучени у ћелији.",
    "pl": "Policja zatrzymała we wtorek siedmiu dziennikarzy w stolicy, podała organizacja. Według adwokata byli bici w celi.",
    "sv": "Polisen grep på tisdagen sju journalister i huvudstaden, uppger en organisation. Enligt advokaten blev de slagna i cellen.",
    "ar": "اعتقلت الشرطة سبعة صحفيين في العاصمة يوم الثلاثاء، حسبما أعلنت منظمة لحقوق الإنسان.",
}


@pytest.mark.parametrize("code", SAMPLES)
def test_two_sentences_are_enough_and_neighbours_are_told_apart(code: str) -> None:
    assert language(SAMPLES[code]) == code


@pytest.mark.parametrize("code", ["en", "fr", "ru", "es", "pt", "de"])
def test_reports_in_our_languages_never_wake_the_large_model(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_by_model", lambda _: pytest.fail("asked"))
    assert language(SAMPLES[code] * 3) == code


@pytest.mark.parametrize("code", ["en", "fr", "ru", "es", "pt", "de"])
def test_every_development_document_is_told_without_the_large_model(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file = SHARED / "gold" / f"dev-{code}.jsonl"
    if not file.exists():
        pytest.skip("../shared/gold is not here")
    monkeypatch.setattr(room, "_by_model", lambda _: pytest.fail("asked"))
    assert {language(json.loads(line)["text"]) for line in file.read_text(encoding="utf-8").splitlines()} == {code}


@pytest.mark.parametrize("code", ["en", "fr", "ru", "es", "pt", "de"])
def test_the_quick_reader_is_never_wrong_on_paragraphs_of_the_treebanks(code: str) -> None:
    file = next(iter(sorted((SHARED / "treebanks" / code).glob("*dev*.xz"))), None) if (SHARED / "treebanks").exists() else None
    if file is None:
        pytest.skip("../shared/treebanks is not here")
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        sentences = [line.removeprefix("# text = ").strip() for line in lines if line.startswith("# text = ")][:1500]
    told = []
    for n in range(0, len(sentences) - 5, 5):
        sample = " ".join(sentences[n : n + 5])
        words = room._WORD.findall(sample.lower())
        told.append(room._clear(words, room._shares(words), sample))
    assert set(told) <= {code, None}
    assert told.count(code) > 0.8 * len(told)


@pytest.mark.parametrize(("text", "hint", "code"), [
    ("", None, None), ("12 345 !!!", None, None), ("", "pt-BR", "pt"), ("Kremlin", "fr", "fr"), ("Kremlin", None, None),
    ("Deux morts à Grozny", None, "fr"),     ("Убиты двое", None, "ru"), ("Seven held in the capital", "xx-not a tag", "en"), ("x", "", None),
])  # fmt: skip
def test_a_headline_is_told_by_its_words_its_letters_or_its_source(text: str, hint: str | None, code: str | None) -> None:
    assert language(text, hint) == code


def test_a_source_that_names_the_wrong_language_is_not_believed() -> None:
    assert language(SAMPLES["ru"], "en") == "ru"


@given(st.text(max_size=300))
def test_any_text_gives_a_code_or_nothing(text: str) -> None:
    code = language(text)
    assert code is None or (code.isascii() and code.islower() and 2 <= len(code) <= 3)


def test_the_large_model_is_not_loaded_for_two_plain_reports() -> None:
    code = (
        "import sys, importlib.util; from temoin.read.language import language; "
        f"print(language({SAMPLES['en'] * 2!r}), language({SAMPLES['fr'] * 2!r}), 'py3langid' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["en", "fr", "False"]
