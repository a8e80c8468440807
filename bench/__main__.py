"""Run every bench, each in a process of its own, and print one table: python -m bench [NAME …]"""

from __future__ import annotations

import importlib
import json
import pkgutil
import subprocess
import sys
import tempfile
from pathlib import Path

import bench
from bench import Row


def main(names: list[str]) -> int:
    """Run the named benches, or all; return 1 where a budget does not hold or a bench fails."""
    rows: list[Row] = []
    failed = []
    for name in names or sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if not module.name.startswith("_")):
        # By itself, so that neither the memory nor the imports of one bench are counted to the next.
        with tempfile.TemporaryDirectory() as folder:
            handed = Path(folder) / "rows.json"
            done = subprocess.run([sys.executable, "-c", f"from bench.__main__ import one; one({name!r}, {str(handed)!r})"], check=False)
            rows += [Row(*row) for row in json.loads(handed.read_text())] if handed.exists() else []
        if done.returncode:
            failed.append(name)
    table(rows)
    failed += [row.what for row in rows if row.holds is False]
    if failed:
        print(f"failed or over budget: {'; '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def one(name: str, handed: str) -> None:
    """Run one bench, if it is one, and write its rows to a file."""
    module = importlib.import_module(f"bench.{name}")
    if not hasattr(module, "main"):
        return
    print(f"── {name}", flush=True)
    sys.argv = [f"bench.{name}"]
    Path(handed).write_text(json.dumps([row for row in module.main() or () if isinstance(row, Row)]))


def table(rows: list[Row]) -> None:
    """Print rows as columns."""
    if not rows:
        return
    head = ("what", "seen", "against", "ratio", "budget", "")
    marks = {True: "holds", False: "OVER", None: ""}
    lines = [
        head,
        *((row.what, row.seen, row.against, "" if row.ratio is None else f"{row.ratio:.2f}", row.budget, marks[row.holds]) for row in rows),
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        print("  ".join(f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)).rstrip())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
