"""The start of `temoin account` on two reports, language packs loaded, against the bare import of spaCy in the same run."""

from __future__ import annotations

import sys
from pathlib import Path

from bench import Row, run

REPORTS = Path(__file__).parent.parent / "demo" / "reports"
TWO = [str(REPORTS / "01-harbour-courier.html"), str(REPORTS / "03-relais-du-midi.html")]  # one English, one French: both packs
WALL_S = 3.0
PEAK_MB = 700.0


def main() -> list[Row]:
    """Measure both, best of three, and the help, which must not wait for anything."""
    spacy = run([sys.executable, "-c", "import spacy"])
    account = run([sys.executable, "-m", "temoin", "account", *TWO])
    help_ = run([sys.executable, "-m", "temoin", "--help"])
    against = f"import spacy: {spacy.wall_s:.2f} s, {spacy.peak_mb:.0f} MB"
    return [
        Row(
            "temoin account, two reports: time", f"{account.wall_s:.2f} s", against, account.wall_s / spacy.wall_s, "≤ 3 s", account.wall_s <= WALL_S
        ),
        Row(
            "temoin account, two reports: memory",
            f"{account.peak_mb:.0f} MB",
            against,
            account.peak_mb / spacy.peak_mb,
            "≤ 700 MB",
            account.peak_mb <= PEAK_MB,
        ),
        Row("temoin --help: time", f"{help_.wall_s:.2f} s", against, help_.wall_s / spacy.wall_s, "< 0.2 s", help_.wall_s < 0.2),
    ]
