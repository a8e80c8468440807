"""Plain sentences are sure: both readings of them lead to the same claim, with its number."""

from __future__ import annotations

import pytest

from tests.read.claims_table import told

PLAIN = {
    "en": ("At least three men have been killed in Arvenia, Human Rights Watch said.", "killing", (3, None)),
    "es": ("Doce opositores fueron torturados en marzo, denunció la abogada Inés Roldán.", "torture", (12, 12)),
    "pt": ("Doze ativistas foram detidos em março, denunciou a advogada Inês Roldão.", "detention", (12, 12)),
    "fr": ("Douze militants ont été arrêtés en mars, a déclaré l'avocate Inès Rolland.", "detention", (12, 12)),
    "ru": ("Двенадцать активистов были задержаны в марте, сообщила адвокат Инна Роднина.", "detention", (12, 12)),
    "de": ("Zwölf Aktivisten wurden im März festgenommen, sagte die Anwältin Ines Rolland.", "detention", (12, 12)),
}


@pytest.mark.parametrize("lang", PLAIN)
def test_a_plain_sentence_gives_one_sure_claim(lang: str) -> None:
    text, event, count = PLAIN[lang]
    (claim,) = told(text, lang)
    assert claim.event == event and claim.sure
    assert claim.count is not None and (claim.count.low, claim.count.high) == count
