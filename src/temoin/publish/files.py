"""An account written to a file, the kind chosen by the file's ending, the whole or nothing.

The bytes go to a temporary file beside the target, reach the disk, and take its name in one step: a reader never meets half an account, and a
failure leaves what stood there before.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from temoin.errors import Misused, Unreachable
from temoin.publish.diary import diary
from temoin.publish.entities import entities
from temoin.publish.geojson import geojson
from temoin.publish.marginalia import annotations as marginalia
from temoin.publish.page import html
from temoin.publish.paper import pdf
from temoin.publish.plain import markdown
from temoin.publish.screen import terminal
from temoin.publish.tables import TABLES, csv, parquet
from temoin.publish.wire import json
from temoin.records_account import Account

Writer = Callable[[Account, str], bytes]


def _writers() -> dict[str, Writer]:
    kinds: dict[str, Writer] = {
        ".html": lambda account, lang: html(account, lang=lang).encode(),
        ".htm": lambda account, lang: html(account, lang=lang).encode(),
        ".json": lambda account, lang: json(account),
        ".md": lambda account, lang: markdown(account, lang=lang).encode(),
        ".txt": lambda account, lang: terminal(account, lang=lang).encode(),
        ".pdf": lambda account, lang: pdf(account, lang=lang),
        ".csv": lambda account, lang: csv(account),
        ".parquet": lambda account, lang: parquet(account),
        ".jsonld": lambda account, lang: marginalia(account),
        ".ftm.json": lambda account, lang: entities(account),
        ".geojson": lambda account, lang: geojson(account),
        ".ics": lambda account, lang: diary(account, lang=lang),
    }
    for table in TABLES:
        kinds[f".{table}.csv"] = lambda account, lang, table=table: csv(account, table)  # type: ignore[misc]
        kinds[f".{table}.parquet"] = lambda account, lang, table=table: parquet(account, table)  # type: ignore[misc]
    return kinds


#: What can be written, by the ending of the file's name. The longest ending that fits decides.
WRITERS: Mapping[str, Writer] = _writers()


def ending(path: Path) -> str:
    """Return the known ending of a file's name. Raises Misused, with the known ones, where there is none."""
    name = path.name.lower()
    for known in sorted(WRITERS, key=len, reverse=True):
        if name.endswith(known) and len(name) > len(known):
            return known
    simple = [known for known in WRITERS if known.count(".") == 1] + [".ftm.json"]
    raise Misused(f"nothing can be written to {path.name!r}: its ending is not known", hint=f"use one of {', '.join(simple)}")


def write(account: Account, path: Path | str, *, lang: str = "en") -> None:
    """Write the account to a file, replacing it in one step.

    path: its ending chooses the kind (see WRITERS). lang: the language of the writer's own words, where the kind has any.
    Raises Misused for an unknown ending or language, Unreachable where the place cannot be written.
    """
    target = Path(path)
    body = WRITERS[ending(target)](account, lang)
    try:
        # Through a symbolic link, the file it points to is replaced, not the link.
        target = target.resolve()
        descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.", suffix=".part")
    except OSError as err:
        raise Unreachable(f"{target.parent} cannot be written: {err.strerror or err}", hint="choose a folder that exists and is yours") from err
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files for the owner alone; a file that stood there keeps its rights, a new one gets those of the user's mask.
        Path(temporary).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_mask())
        Path(temporary).replace(target)
    except OSError as err:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise Unreachable(f"{target} cannot be written: {err.strerror or err}") from err


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
