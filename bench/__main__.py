"""Run every bench and print one table: python -m bench [NAME …]"""

from __future__ import annotations

import importlib
import pkgutil
import sys

import bench
from bench import Row


def main(names: list[str]) -> int:
    """Run the named benches, or all; return 1 where a budget does not hold or a bench fails."""
    rows: list[Row] = []
    failed = []
    for name in names or sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if not module.name.startswith("_")):
        module = importlib.import_module(f"bench.{name}")
        if not hasattr(module, "main"):
            continue
        print(f"── {name}", file=sys.stderr, flush=True)
        try:
            found = module.main()
        except Exception as error:  # one bench that fails must not hide the others
            print(f"bench {name} failed: {type(error).__name__}: {error}", file=sys.stderr)
            failed.append(name)
            continue
        rows += [row for row in found or () if isinstance(row, Row)]
    table(rows)
    failed += [row.what for row in rows if row.holds is False]
    if failed:
        print(f"not within budget: {'; '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


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
