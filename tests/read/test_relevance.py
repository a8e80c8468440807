"""Sport, business and local news share our words and make no claim; a persecution with an everyday detail does."""

from __future__ import annotations

import pytest

from temoin.read import read


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "Brackwell shares took a beating on Friday after the pensions ombudsman opened an inquiry into the retailer.\n"
            "Analysts called the quarter torture by spreadsheet; a merger with a rival was killed in March.\n"
            "The chief executive denied that anyone had been arrested and said creditors had not been threatened.",
        ),
        (
            "fr",
            "L'action Vaudrel a été battue en brèche vendredi après l'ouverture d'une enquête sur ses bénéfices.\n"
            "Un analyste parle de torture comptable ; la fusion avec un rival a été tuée dans l'œuf en mars.\n"
            "Le patron nie toute arrestation et dit que les actionnaires n'ont pas été menacés.",
        ),
        (
            "pt",
            "Um homem foi detido após um acidente na estrada de Alvorim, num dia de temporal.\n"
            "O padre da terra fez uma vigília pelas vítimas e a polícia abriu um inquérito ao motorista.\n"
            "A trovoada atacou ainda dois telhados; ninguém foi morto.",
        ),
        (
            "es",
            "Un hombre fue detenido tras un accidente en la carretera de Valmera, en plena tormenta.\n"
            "La policía abrió una investigación al conductor, que huyó, y una vigilia recordó a las víctimas.\n"
            "El entrenador del club local condenó el ataque del rival en la prórroga.",
        ),
        (
            "ru",
            "Акции «Ветрома» в пятницу избили рекорд падения: инвесторы бежали из бумаг, выручка упала.\n"
            "Антимонопольное ведомство возбудило дело, аналитики говорят о пытке отчётностью.\n"
            "Слияние с конкурентом убито, дивиденды арестованы судом кредиторов.",
        ),
        (
            "de",
            "Die Aktie von Brenkhaus wurde am Freitag geprügelt, nachdem die Aufsicht Ermittlungen aufgenommen hatte.\n"
            "Analysten sprechen von Folter am Quartalsende; die Fusion mit einem Rivalen ist gestorben.\n"
            "Der Konzernchef bestreitet, dass jemand festgenommen worden sei; Gläubiger seien nicht bedroht worden.",
        ),
    ],
)
def test_business_and_local_news_with_our_words_make_no_claim(lang: str, text: str) -> None:
    assert not read(text, lang=lang).claims


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Six gay men were detained after a football match, the rights group Open Gate said. Activists fear they are being tortured."),
        ("fr", "Six militants ont été arrêtés après un match de football, selon l'ONG Porte ouverte. Leur avocate dénonce des tortures."),
        ("ru", "Шестерых активистов задержали после матча, сообщила правозащитная группа «Дом»."),
        ("es", "Seis activistas fueron detenidos tras un partido de fútbol, según la ONG Puerta Abierta y la defensora Ana Roda."),
        ("pt", "Seis ativistas foram detidos depois de um jogo, segundo a ONG Porta Aberta."),
        (
            "de",
            "Sechs Aktivisten wurden nach einem Fußballspiel festgenommen, so die Menschenrechtsgruppe Offenes Tor. Sie seien gefoltert worden.",
        ),
    ],
)
def test_one_everyday_detail_does_not_hide_a_persecution(lang: str, text: str) -> None:
    assert "detention" in {claim.event for claim in read(text, lang=lang).claims}
