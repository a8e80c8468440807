"""Settings: the later origin counts, each value says where it came from, and what is not understood is refused with a hint."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from temoin.errors import Misused, Unreachable
from temoin.settings import BY_NAME, SETTINGS, Settings, cast, load


def write(folder: Path, text: str) -> Path:
    path = folder / "temoin.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_anything_every_setting_has_its_default_and_says_so() -> None:
    settings = load(environment={})
    assert {name: settings[name] for name in settings} == {one.name: one.default for one in SETTINGS}
    assert {settings.chosen(name).origin for name in settings} == {"default"}


def test_flag_beats_environment_beats_file_beats_default(tmp_path: Path) -> None:
    path = write(tmp_path, "[settings]\njobs = 2\nalone_below = 5\npatience = 1.5\n")
    settings = load(environment={"TEMOIN_JOBS": "3", "TEMOIN_ALONE_BELOW": "7"}, folder=tmp_path).with_flags(jobs=4, lang=None)
    assert (settings["jobs"], settings.chosen("jobs").origin) == (4, "--jobs")
    assert (settings["alone_below"], settings.chosen("alone_below").origin) == (7, "TEMOIN_ALONE_BELOW")
    assert (settings["patience"], settings.chosen("patience").origin) == (1.5, str(path))
    assert (settings["lang"], settings.chosen("lang").origin) == ("", "default")


def test_settings_are_frozen() -> None:
    settings = load(environment={})
    with pytest.raises(TypeError):
        settings["jobs"] = 3  # type: ignore[index]
    changed = settings.with_flags(jobs=3)
    assert (settings["jobs"], changed["jobs"]) == (0, 3)


def test_a_day_may_stand_in_the_file_as_toml_writes_days(tmp_path: Path) -> None:
    write(tmp_path, "[settings]\ntoday = 2017-05-30\n")
    assert load(environment={}, folder=tmp_path)["today"] == date(2017, 5, 30)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("[settings]\njobs = 'many'\n", "wants a whole number", id="word for number"),
        pytest.param("[settings]\njobs = -1\n", "0 or more", id="below its least"),
        pytest.param("[settings]\njobs = 1.5\n", "wants a whole number", id="part of a process"),
        pytest.param("[settings]\njobs = true\n", "wants a whole number", id="yes for a number"),
        pytest.param("[settings]\npatience = nan\n", "wants a number", id="no number at all"),
        pytest.param("[settings]\ntoday = 'soon'\n", "wants a day", id="not a day"),
        pytest.param("[settings]\nfaults = 'maybe'\n", "wants yes or no", id="neither yes nor no"),
        pytest.param("[settings]\nspeed = 9\n", "speed, which is no setting", id="unknown name"),
        pytest.param("settings = 3\n", "wanted a table", id="not a table"),
        pytest.param("[settings\n", "is not TOML", id="not TOML"),
    ],
)
def test_a_file_that_is_not_understood_is_refused_with_what_was_wanted(tmp_path: Path, text: str, said: str) -> None:
    write(tmp_path, text)
    with pytest.raises(Misused, match=said) as caught:
        load(environment={}, folder=tmp_path)
    assert caught.value.hint


def test_a_named_settings_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(Unreachable):
        load(environment={}, file=tmp_path / "absent.toml")


def test_a_folder_without_a_file_is_no_fault(tmp_path: Path) -> None:
    assert isinstance(load(environment={}, folder=tmp_path), Settings)


def test_a_misunderstood_variable_is_named() -> None:
    with pytest.raises(Misused, match="TEMOIN_JOBS"):
        load(environment={"TEMOIN_JOBS": "all"})


@given(st.sampled_from(sorted(BY_NAME)), st.text())
def test_any_text_is_either_cast_or_refused_in_words(name: str, text: str) -> None:
    said = ""
    value = None
    try:
        value = cast(BY_NAME[name], text, "test")
    except Misused as error:
        said = str(error)
    assert name in said or value is None or isinstance(value, BY_NAME[name].kind)
