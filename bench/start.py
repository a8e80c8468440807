"""The start of `temoin account` on two reports, language packs loaded, against the bare import of spaCy in the same run."""

from __future__ import annotations

import sys
from pathlib import Path

from bench import Row, run

REPORTS = Path(__file__).parent.parent / "demo" / "reports"
TWO = [str(REPORTS / "01-harbour-courier.html"), str(REPORTS / "03-relais-du-midi.html")]  # one English, one French: both packs
#: 3 seconds on the machine where importing spaCy alone takes 0.8: judged as a ratio, a busy or slow machine does not change the verdict.
WALL_RATIO = 3 / 0.8
PEAK_MB = 700.0
HELP_RATIO = 0.2 / 0.8


def main() -> list[Row]:
    """Measure both, best of three, and the help, which must not wait for anything."""
    spacy = run([sys.executable, "-c", "import spacy"])
    account = run([sys.executable, "-m", "temoin", "account", *TWO])
    help_ = run([sys.executable, "-m", "temoin", "--help"])
    against = f"import spacy: {spacy.wall_s:.2f} s, {spacy.peak_mb:.0f} MB"
    time, memory, told = account.wall_s / spacy.wall_s, account.peak_mb / spacy.peak_mb, help_.wall_s / spacy.wall_s
    return [
        Row("temoin account, two reports: time", f"{account.wall_s:.2f} s", against, time, "≤ 3.75 (3 s to 0.8 s)", time <= WALL_RATIO),
        Row("temoin account, two reports: memory", f"{account.peak_mb:.0f} MB", against, memory, "≤ 700 MB", account.peak_mb <= PEAK_MB),
        Row("temoin --help: time", f"{help_.wall_s:.2f} s", against, told, "≤ 0.25 (0.2 s to 0.8 s)", told <= HELP_RATIO),
    ]
