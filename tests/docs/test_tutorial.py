"""What the docs tell people to type runs, and what they say it prints is printed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)


def steps(page: str) -> list[tuple[str, list[str]]]:
    """Return the commands of a page's console blocks, each with the lines it is said to print ("…" stands for any lines)."""
    found: list[tuple[str, list[str]]] = []
    for block in CONSOLE.findall((ROOT / "docs" / page).read_text(encoding="utf-8")):
        inside = None
        for line in block.splitlines():
            if inside:
                found[-1] = (found[-1][0] + line + "\n", [])
                inside = None if line == inside else inside
            elif line.startswith("$ "):
                found.append((line[2:] + "\n", []))
                inside = match.group(1) if (match := re.search(r"<<'(\w+)'$", line)) else None
            elif line.strip() not in ("", "…"):
                found[-1][1].append(line.strip())
    return found


def walk(page: str, folder: Path) -> None:
    """Run a page's commands in a folder, one after the other, and compare what they print."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for command, promised in steps(page):
        done = subprocess.run(["bash", "-euc", command], cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        told = [line.strip() for line in done.stdout.splitlines()]
        missing = [line for line in promised if line not in told]
        assert not missing, f"{command} does not print {missing}, but:\n{done.stdout}"


def test_the_tutorial_runs_as_written(tmp_path: Path) -> None:
    walk("tutorial/first-account.md", tmp_path)
    assert (tmp_path / "account.html").stat().st_size > 1000


@pytest.mark.parametrize("page", ["howto/many-reports.md"])
def test_the_howto_runs_as_written(tmp_path: Path, page: str) -> None:
    text = "Novaya Gazeta said on Saturday that at least three gay men had been killed in Chechnya."
    for name in ("reports", "new"):
        (tmp_path / name).mkdir()
        line = json.dumps({"id": name, "lang": "en", "published": "2017-04-05", "text": text})
        (tmp_path / name / "harbour.jsonl").write_text(line + "\n", encoding="utf-8")
    walk(page, tmp_path)


def test_every_tutorial_has_steps() -> None:
    assert len(steps("tutorial/first-account.md")) >= 6
