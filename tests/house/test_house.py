"""The house itself: pins and ranges agree, imports are declared, modules say what they promise, and nothing belongs to one machine."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINS = {
    canonicalize_name(line.split("==")[0]): line.split("==")[1].strip()
    for line in (ROOT / "requirements" / "pins.txt").read_text(encoding="utf-8").splitlines()
    if "==" in line and not line.startswith("#")
}
MODULES = sorted((ROOT / "src").rglob("*.py"))


def requirements() -> Iterator[Requirement]:
    for line in (*PROJECT["dependencies"], *(one for extra in PROJECT["optional-dependencies"].values() for one in extra)):
        if not line.startswith("temoin["):
            yield Requirement(line)


@pytest.mark.parametrize("wanted", list(requirements()), ids=str)
def test_every_pin_satisfies_its_range(wanted: Requirement) -> None:
    name = canonicalize_name(wanted.name)
    assert name in PINS, f"{wanted.name} has no pin; run make pins"
    assert wanted.specifier.contains(PINS[name])


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    return {name.split(".")[0] for name in names}


def test_every_library_that_is_imported_is_declared() -> None:
    extras = [line for extra, lines in PROJECT["optional-dependencies"].items() if extra != "dev" for line in lines]
    declared = {canonicalize_name(Requirement(line).name) for line in (*PROJECT["dependencies"], *extras)}
    known = packages_distributions()
    missing = {
        f"{name} in {path.relative_to(ROOT)}"
        for path in MODULES
        for name in imports(path) - set(sys.stdlib_module_names) - {"temoin", "__future__"}
        if not declared & {canonicalize_name(distribution) for distribution in known.get(name, ())}
    }
    assert not missing, "not declared in pyproject.toml; or declared and not installed here: make .venv/.ready-to-check"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_every_module_says_what_it_promises(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if text.strip():
        assert ast.get_docstring(ast.parse(text)), "a module opens with a docstring"


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_no_file_is_longer_than_one_can_read_at_once() -> None:
    long = [str(path.relative_to(ROOT)) for path in tracked("src/*.py") if len(path.read_text(encoding="utf-8").splitlines()) > 400]
    assert not long


def test_no_file_names_a_place_on_one_machine_or_a_package_host() -> None:
    # Written in pieces, so that this file does not find itself.
    places = re.compile(r"(?<![\w.])/(?:work|root|farm)" + r"/|py" + r"pi\.org|python" + r"hosted\.org|registry\.npm" + "js")
    found = []
    for path in tracked("*.py", "*.toml", "*.md", "*.txt", "Makefile", ".ci/*"):
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{path.relative_to(ROOT)}: {match.group()}" for match in places.finditer(text)]
    assert not found


def test_make_help_lists_every_target_a_person_may_call() -> None:
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("help", "demo", "test", "check", "bench", "models", "gazetteer"):
        assert re.search(rf"^make {target} ", listed, re.M)
