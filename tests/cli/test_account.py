"""The main job on the demo: what its README says is planted is found, in every form, and reading and reckoning may run apart."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from temoin.cli import run
from temoin.records_account import Account

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "demo" / "reports"
TODAY = ["--today", "2017-06-01"]


@pytest.fixture(scope="module")
def made() -> Account:
    """The account of the demo, in this process."""
    from datetime import date

    from temoin.desk.accounting import make_account
    from temoin.desk.gathering import gather
    from temoin.desk.reading import readings

    return make_account(readings(gather([str(DEMO)]), jobs=1), today=date(2017, 6, 1))


def names(made: Account) -> dict[str, str]:
    return {origin.id: origin.name for origin in made.origins}


def test_every_demo_report_is_read(made: Account) -> None:
    assert len(made.readings) == 13
    assert not made.unread


def test_a_town_meets_the_region_it_lies_in() -> None:
    """Nothing in the reports says where Argun lies; the gazetteer does."""
    from temoin.desk.accounting import make_account
    from temoin.records import Claim, Reading

    def told(n: int, where: str) -> Reading:
        text = f"Men were detained in {where}."
        claim = Claim(start=0, end=len(text), quote=text, event="detention", stance="asserts", where=where, when="2017-03")
        return Reading(id=f"r{n}", lang="en", outlet=f"Outlet {n}", text=text, claims=(claim,))

    made = make_account([told(1, "Argun"), told(2, "Chechnya"), told(3, "Uganda")])
    assert sorted(event.reports for event in made.events) == [("r1", "r2"), ("r3",)]


def test_promises_are_judged_on_the_day_of_the_run_where_no_day_is_given() -> None:
    from datetime import date

    from temoin.desk.accounting import make_account
    from temoin.records import Claim, Reading

    text = "The ministry will grant visas in June 2017."
    claim = Claim(start=0, end=len(text), quote=text, event="asylum", stance="promises", claimant="The ministry", when="2017-06")
    report = Reading(id="r", lang="en", outlet="Outlet", published=date(2017, 5, 1), text=text, claims=(claim,))
    assert [c.state for c in make_account([report]).commitments] == ["overdue"]
    assert [c.state for c in make_account([report], today=date(2017, 5, 2)).commitments] == ["open"]


def test_both_echoes_are_found_with_their_direction(made: Account) -> None:
    assert {(echo.report, echo.of) for echo in made.echoes} == {
        ("02-valley-news", "01-harbour-courier"),
        ("04-lettre-du-reseau", "03-relais-du-midi"),
    }


def test_the_denial_stands_beside_what_it_answers(made: Account) -> None:
    answered = {names(made)[denial.by]: denial.answers for denial in made.denials}
    assert answered["Alvi Karimov"]


def test_the_promises_have_their_speakers(made: Account) -> None:
    assert {"Vladimir Putin", "Joël Deumier"} <= {names(made)[promise.by] for promise in made.commitments}


@pytest.mark.parametrize("kind", ["bound", "speaker"])
def test_both_planted_drifts_are_found_between_their_two_reports(made: Account, kind: str) -> None:
    reports = {claim.id: claim.report for claim in made.claims}
    found = {frozenset((reports[drift.earlier], reports[drift.later])) for drift in made.drifts if drift.kind == kind}
    assert frozenset(("01-harbour-courier", "05-evening-mirror")) in found


def test_four_reports_of_the_killings_go_back_to_one_origin(made: Account) -> None:
    killed = {claim.report: names(made)[claim.origin] for claim in made.claims if claim.claim.event == "killing" and claim.claim.count}
    assert set(killed) == {"01-harbour-courier", "02-valley-news", "05-evening-mirror", "09-voix-ouvertes"}
    assert len(set(killed.values())) == 1


def test_nothing_from_menus_and_link_lists_is_a_claim(made: Account) -> None:
    quotes = " ".join(claim.claim.quote for claim in made.claims)
    for other in ("Ferry strike", "harbour lights", "incendie", "Orages", "gardens", "visiteurs"):
        assert other not in quotes


@pytest.mark.parametrize("ending", [".html", ".json", ".md"])
def test_the_account_is_written_whole_and_nothing_else_is_left(tmp_path: Path, ending: str, capfd: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / f"account{ending}"
    assert run(["account", str(DEMO), "-o", str(target), *TODAY]) == 0
    assert list(tmp_path.iterdir()) == [target]
    assert "Novaya Gazeta" in target.read_text(encoding="utf-8")
    told = capfd.readouterr()
    assert told.out == ""
    assert "13 reports" in told.err


def test_reading_and_reckoning_may_run_apart(tmp_path: Path) -> None:
    temoin = [sys.executable, "-m", "temoin"]
    lines = subprocess.run([*temoin, "read", str(DEMO), "--json"], capture_output=True, check=True).stdout
    (tmp_path / "readings.jsonl").write_bytes(lines)
    for reports, name in ((str(DEMO), "at-once.json"), (str(tmp_path / "readings.jsonl"), "apart.json")):
        subprocess.run([*temoin, "account", reports, "-o", str(tmp_path / name), *TODAY], check=True, capture_output=True)
    assert json.loads((tmp_path / "apart.json").read_bytes()) == json.loads((tmp_path / "at-once.json").read_bytes())


def test_what_stayed_unread_is_told_and_the_rest_is_done(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "torn.pdf").write_bytes((DEMO / "07-monitoring-bulletin.pdf").read_bytes()[:400])
    (tmp_path / "good.txt").write_text("Novaya Gazeta said that at least three gay men had been killed in Chechnya.")
    assert run(["account", str(tmp_path)]) == 0
    told = capfd.readouterr()
    assert "torn.pdf" in told.err
    assert "Novaya Gazeta" in told.out
    assert "\x1b" not in told.out


def test_the_account_fits_eighty_columns(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["account", str(DEMO), *TODAY]) == 0
    assert max(map(len, capfd.readouterr().out.splitlines())) <= 80


def test_two_reports_under_one_name_stay_two(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(
        '{"id": "a", "text": "Three men were killed in Grozny."}\n{"id": "a", "text": "Four men were detained in Moscow."}\n'
    )
    assert run(["account", str(tmp_path / "in.jsonl"), "-o", str(tmp_path / "out.json")]) == 0
    assert len(json.loads((tmp_path / "out.json").read_bytes())["readings"]) == 2


def test_a_report_in_a_language_without_a_pack_is_told_by_name(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = "Poliisi kertoi maanantaina, että kolme miestä on pidätetty. Järjestöt epäilevät asiaa ja vaativat tutkintaa."
    (tmp_path / "finnish.txt").write_text(text, encoding="utf-8")
    (tmp_path / "english.txt").write_text("The police said that three gay men had been detained in Grozny.")
    for command in (["account"], ["read", "--json"]):
        assert run([*command, str(tmp_path)]) == 0
        told = capfd.readouterr().err
        assert "not searched for claims: 1" in told
        assert "finnish.txt  language fi" in told
        assert "english.txt" not in told


def _lines(folder: Path, *rows: dict[str, str]) -> str:
    path = folder / "reports.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return str(path)


EARLY = {"id": "early", "outlet": "The Post", "published": "2017-04-01", "lang": "en"}
EARLY["text"] = "At least three men have been killed in Chechnya, Human Rights Watch said."
LATE = {"id": "late", "outlet": "The Mirror", "published": "2017-05-01", "lang": "en"}
LATE["text"] = "At least seven men have been killed in Chechnya, Human Rights Watch said."


def test_what_is_new_since_a_day_is_told_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["account", _lines(tmp_path, EARLY, LATE), *TODAY, "--since", "2017-04-15"]) == 0
    out = capsys.readouterr().out
    assert "Since April 15, 2017: 1 new report." in out
    assert "Killing · Chechnya · Raised · Human Rights Watch · at least 3, now at least 7" in " ".join(out.split())


def test_the_rule_of_reckoning_can_be_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = {**LATE, "text": "At least seven gay men have been killed in Chechnya, the newspaper Novaya Gazeta said."}
    for rule, told in (("lowest", "Taken together: at least 3"), ("highest", "Taken together: at least 7")):
        assert run(["account", _lines(tmp_path, EARLY, other), *TODAY, "--rule", rule]) == 0
        assert told in capsys.readouterr().out
    assert run(["account", _lines(tmp_path, EARLY), "--rule", "sum"]) == 2


def test_what_is_new_beside_an_account_written_before_is_told_in_its_json(tmp_path: Path) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    assert run(["account", _lines(tmp_path, EARLY), *TODAY, "-o", str(old)]) == 0
    assert run(["account", _lines(tmp_path, EARLY, LATE), *TODAY, "--diff", str(old), "-o", str(new)]) == 0
    since = json.loads(new.read_bytes())["since"]
    assert since["reports"] == ["late"]
    assert [item["kind"] for item in since["news"]] == ["raised"]


def test_an_old_account_that_is_none_ends_before_anything_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reports = _lines(tmp_path, EARLY)
    assert run(["account", reports, "--diff", str(tmp_path / "absent.json")]) == 1
    assert run(["account", reports, "--diff", reports]) == 1
    assert "this is not an account" in capsys.readouterr().err


def test_two_things_to_compare_with_are_refused(tmp_path: Path) -> None:
    assert run(["account", _lines(tmp_path, EARLY), "--diff", "old.json", "--since", "2017-04-15"]) == 2
