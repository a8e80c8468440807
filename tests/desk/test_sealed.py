"""An account of a workspace cites sealed originals, is sealed itself, and a stranger can check both."""

from __future__ import annotations

from pathlib import Path

import pytest

from temoin.cli import run
from temoin.desk.sealed import PROOFS
from temoin.desk.workspace import Workspace
from temoin.seal.key import SigningKey

FIRST = "At least twelve activists were detained in Brenn on 3 May 2031, the rights group Open Gate said.\n"
SECOND = "The governor of Brenn denied that activists had been detained.\n"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    with Workspace.init(folder, "example.org/log", [SigningKey.generate(name).public for name in ("anna", "boris")]):
        pass
    for name, text in (("first.txt", FIRST), ("second.txt", SECOND), ("photo.jpg", "\xff\xd8\xff no text")):
        (tmp_path / name).write_bytes(text.encode("latin-1"))
        assert run(["add", str(tmp_path / name), "-w", str(folder)]) == 0
        if name != "first.txt":
            (tmp_path / name).unlink()
    return folder


def test_the_account_of_a_workspace_tells_its_originals_and_a_stranger_can_check_it(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "account.html"
    assert run(["account", "-w", str(archive), "-o", str(page), "--lang", "en"]) == 0
    told = capsys.readouterr().err
    assert "2 reports" in told and "photo.jpg" in told, "what cannot be read is named"
    assert "Open Gate" in page.read_text(encoding="utf-8")
    bundle = page.with_name(page.name + PROOFS)
    assert run(["verify", str(bundle), str(page), str(tmp_path / "first.txt")]) == 0, "the page and the original it cites are proven"
    assert not any(part in bundle.read_bytes() for part in (FIRST.encode(), SECOND.encode())), "no original goes out with the proofs"
    page.write_text(page.read_text(encoding="utf-8").replace("twelve", "eleven"), encoding="utf-8")
    assert run(["verify", str(bundle), str(page)]) == 3
    assert run(["verify", str(archive)]) == 0


def test_reports_and_a_workspace_together_or_neither_are_refused(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["account", str(tmp_path / "first.txt"), "-w", str(archive)]) == 2
    assert run(["account"]) == 2
    told = capsys.readouterr().err
    assert "a workspace as well" in told and "or a workspace with -w" in told
