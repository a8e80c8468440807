"""Every setting of Témoin: its name, default, unit and one sentence; where its value came from; read once, then frozen.

Default < file (`temoin.toml`) < environment (`TEMOIN_…`) < flag. `temoin settings` prints the result. Rooms receive plain values,
never this object: only the front doors and the desk know that there are settings.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from temoin.errors import Misused, Unreachable

FILE_NAME = "temoin.toml"
PREFIX = "TEMOIN_"

YES_OR_NO = {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False, "": False}

Value = int | float | bool | str | date | None


@dataclass(frozen=True)
class Setting:
    """One thing a person can choose. `kind` is the type of its value; `empty` says what an empty value means."""

    name: str
    kind: type[Any]
    default: Value
    unit: str
    sentence: str
    low: float | None = None
    secret: bool = False  # never printed

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return PREFIX + self.name.upper()


def shown(value: Value) -> str:
    """Return a value as a person writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "empty" if value in ("", None) else str(value)


def told(chosen: Chosen) -> str:
    """Return a chosen value as it may be printed: a secret only says whether it is there."""
    return "given, not shown" if chosen.setting.secret and chosen.value else shown(chosen.value)


# fmt: off
SETTINGS: tuple[Setting, ...] = (
    Setting("jobs", int, 0, "processes", "How many processes read at the same time; 0 takes every core of this machine.", low=0),
    Setting("alone_below", int, 30, "reports", "Fewer reports than this are read in one process, which costs less than starting others.", low=1),
    Setting("lang", str, "", "language code", "The language of reports whose language is not known; empty lets each be identified."),
    Setting("words", str, "en", "language code", "The language of the account's own words; quotations always stay in theirs."),
    Setting("today", date, None, "day", "The day from which promises are counted as overdue; empty is the day of the run."),
    Setting("patience", float, 2.0, "seconds", "How long work may last before a progress bar shows on a terminal.", low=0),
    Setting(
        "second_reader", str, "", "address",
        "A language model that you run, asked about every report after the rules: the address of an OpenAI-compatible server, such as "
        "http://localhost:11434/v1; empty asks none.",
    ),
    Setting("second_model", str, "", "model name", "Which of that server's models is asked."),
    Setting("second_key", str, "", "key", "The key that server wants, if it wants one; better in the environment than in a file.", secret=True),
    Setting(
        "second_elsewhere", bool, False, "yes or no",
        "Allow that server to be another machine. Every report's text is then sent there, and whoever runs it can read what you read.",
    ),
    Setting("second_patience", float, 300.0, "seconds", "How long that server may take for one answer.", low=1),
    Setting("faults", bool, False, "yes or no", "Show the whole trace of a fault in Témoin itself, for those who mend it."),
)
# fmt: on
BY_NAME: Mapping[str, Setting] = MappingProxyType({setting.name: setting for setting in SETTINGS})


@dataclass(frozen=True)
class Chosen:
    """The value of a setting, and where it came from: "default", a file's path, a variable's name, or a flag."""

    setting: Setting
    value: Value
    origin: str


class Settings(Mapping[str, Any]):
    """All settings, each with its value; read with `settings["jobs"]`, explained with `settings.chosen("jobs")`. Frozen."""

    def __init__(self, chosen: Mapping[str, Chosen]) -> None:
        self._chosen = MappingProxyType(dict(chosen))

    def __getitem__(self, name: str) -> Any:
        return self._chosen[name].value

    def __iter__(self) -> Any:
        return iter(self._chosen)

    def __len__(self) -> int:
        return len(self._chosen)

    def chosen(self, name: str) -> Chosen:
        """Return the value of a setting together with its origin. Raises KeyError where there is no such setting."""
        return self._chosen[name]

    def with_flags(self, **flags: Any) -> Settings:
        """Return the same settings with those flags on top that were given: None means that a flag was not used."""
        given = {name: value for name, value in flags.items() if value is not None}
        return Settings({**self._chosen, **{name: _choose(name, value, f"--{name}") for name, value in given.items()}})


def cast(setting: Setting, value: Any, origin: str) -> Value:
    """Return the value as the setting's kind. Raises Misused with what was seen, what was wanted and where."""
    if setting.kind is date and value in ("", None):
        return None
    try:
        if setting.kind is date:
            seen: Any = value if isinstance(value, date) else date.fromisoformat(str(value))
        elif setting.kind is bool:
            seen = value if isinstance(value, bool) else YES_OR_NO[str(value).lower()]
        elif setting.kind is int and (isinstance(value, bool | float)):
            raise ValueError(value)
        else:
            seen = setting.kind(value)
        if setting.low is not None and not seen >= setting.low:
            raise ValueError(value)
    except (ValueError, KeyError, TypeError) as error:
        wanted = {int: "a whole number", float: "a number", bool: "yes or no", date: "a day such as 2017-05-30", str: "words"}[setting.kind]
        least = "" if setting.low is None else f", {setting.low:g} or more"
        raise Misused(f"{setting.name} is {value!r} ({origin}); it wants {wanted}{least}", hint="temoin settings") from error
    return seen  # type: ignore[no-any-return]


def load(*, environment: Mapping[str, str], file: Path | None = None, folder: Path | None = None) -> Settings:
    """Read every setting once.

    environment: usually os.environ. file: a settings file somebody named; it must exist. folder: where `temoin.toml` is looked for otherwise.
    Raises Unreachable where the named file is absent, Misused where a name or value in file or environment is not understood.
    """
    chosen = {setting.name: Chosen(setting, setting.default, "default") for setting in SETTINGS}
    path = file or (folder / FILE_NAME if folder else None)
    if path is not None and (file is not None or path.is_file()):
        for name, value in _table(path).items():
            chosen[name] = _choose(name, value, str(path))
    for setting in SETTINGS:
        if setting.variable in environment:
            chosen[setting.name] = _choose(setting.name, environment[setting.variable], setting.variable)
    return Settings(chosen)


def _choose(name: str, value: Any, origin: str) -> Chosen:
    return Chosen(BY_NAME[name], cast(BY_NAME[name], value, origin), origin)


def _table(path: Path) -> dict[str, Any]:
    """Return the [settings] table of a file, every name of which is known."""
    try:
        whole = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Unreachable(f"{path}: {error.strerror or error}", hint="name a settings file that exists, or leave --settings out") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Misused(f"{path} is not TOML: {error}", hint='write lines such as: jobs = 2, under the heading "[settings]"') from error
    table = whole.get("settings", {})
    if not isinstance(table, dict):
        raise Misused(f"{path}: settings is {table!r}, wanted a table", hint='write the heading "[settings]"')
    strange = sorted(set(table) - set(BY_NAME))
    if strange:
        raise Misused(f"{path} sets {', '.join(strange)}, which is no setting", hint=f"there are {', '.join(BY_NAME)}")
    return table
