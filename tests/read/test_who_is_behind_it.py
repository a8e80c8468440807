"""Who stands behind a claim where two parties are named: the one repeated, not the one repeating; the person, not what the person heads."""

from tests.read.claims_table import told


def test_a_wire_that_refers_to_the_police_relays_what_the_police_say() -> None:
    [claim] = told("Убиты три правозащитника, сообщает ТАСС со ссылкой на полицию.", "ru")
    assert (claim.event, claim.claimant, claim.via) == ("killing", "полицию", "ТАСС")


def test_they_is_never_the_president_of_an_organisation() -> None:
    text = (
        "The organisation's president, Joël Deumier, said three activists had been arrested. "
        "The mayor announced that they had agreed on an investigation into the arrests of activists."
    )
    investigations = [c for c in told(text, "en") if c.event == "investigation"]
    assert investigations
    assert all("Deumier" not in (c.claimant_name or "") for c in investigations)


def test_what_is_put_into_the_gap_of_a_cue_is_said_by_its_speaker() -> None:
    [claim] = told("A week earlier the lawyers' union had put the arrests of activists at 57.", "en")
    assert (claim.event, claim.claimant_name, claim.count and claim.count.low) == ("detention", "lawyers' union", 57)
