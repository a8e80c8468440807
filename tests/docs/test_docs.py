"""The docs hold what they say: links lead somewhere, generated pages are current, options and settings are documented."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from docs.generate import commands, pages
from temoin.cli.group import temoin
from temoin.settings import SETTINGS

ROOT = Path(__file__).parents[2]
PAGES = sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md"), ROOT / "demo" / "README.md"])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def anchors(page: Path) -> set[str]:
    """The anchors that a forge gives to a page's headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_internal_link_leads_somewhere(page: Path) -> None:
    lost = []
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.S)
    for target in LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (page.parent / name) if name else page
        if not file.exists() or (anchor and file.suffix == ".md" and anchor not in anchors(file)):
            lost.append(target)
    assert not lost


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_page_can_be_reached_from_the_index(page: Path) -> None:
    index = ROOT / "docs" / "index.md"
    seen, ahead = {index}, [index]
    while ahead:
        here = ahead.pop()
        for target in LINK.findall(here.read_text(encoding="utf-8")):
            there = (here.parent / target.partition("#")[0]).resolve()
            if there.suffix == ".md" and there.exists() and there not in seen:
                seen.add(there)
                ahead.append(there)
    assert page.resolve() in seen


@pytest.mark.parametrize(("path", "text"), list(pages().items()), ids=lambda value: str(value) if isinstance(value, Path) else "")
def test_generated_pages_are_current(path: Path, text: str) -> None:
    assert (ROOT / path).read_text(encoding="utf-8") == text, "run: make docs"


@pytest.mark.parametrize(("name", "help"), list(commands(temoin)), ids=lambda value: value if value.startswith("temoin") else "")
def test_every_command_explains_itself_and_ends_with_an_example(name: str, help: str) -> None:
    assert re.search(r"Example: .*\btemoin\b", help.splitlines()[-1])


def test_every_option_has_a_sentence() -> None:
    mute = [
        f"{verb.name} {option.opts}"
        for verb in (temoin, *temoin.commands.values())
        for option in verb.params
        if isinstance(option, click.Option) and not option.help
    ]
    assert not mute


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_says_its_unit_and_its_sentence(setting: object) -> None:
    assert getattr(setting, "unit", "")
    assert str(getattr(setting, "sentence", "")).endswith(".")
