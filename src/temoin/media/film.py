"""Films and sounds: encoded anew with ffmpeg where it is installed, else refused with the reason. The original is sealed either way.

Promises: the copy is an MP4 of at most one picture track (H.264) and one sound track (AAC), made from decoded pictures and samples; no tags,
chapters, subtitles, cover pictures, data tracks or places come along, and `check` takes it apart box by box to see that none did.
ffmpeg runs as a process of its own with the limits of the cell, reads no network and no second file. What is heard stays: a voice is a face.
"""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from temoin.errors import Broken, Refused, Unreadable, Unverified
from temoin.media.bounds import BOUNDS
from temoin.media.cover import Cover

MEDIA_TYPE = "video/mp4"
_MARKS = ((4, b"ftyp"), (0, b"\x1aE\xdf\xa3"), (0, b"OggS"), (0, b"ID3"), (0, b"fLaC"), (8, b"AVI "), (8, b"WAVE"), (4, b"moov"), (4, b"mdat"))
#: What a film may be as a container: no playlists or concatenations, which would make ffmpeg open other files.
_READING = ("-protocol_whitelist", "file", "-format_whitelist", "mov,matroska,ogg,mp3,flac,avi,wav,aac,mpegts,mpeg")
#: Limits (no core file, processor seconds, blocks of 512 bytes in a file, kilobytes of memory), then the program itself.
_CONFINED = 'ulimit -c 0; ulimit -t "$1"; ulimit -f "$2"; ulimit -v "$3"; shift 3; exec "$@"'
_MP3 = (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xf1", b"\xff\xf9")
#: ISO base media boxes that hold other boxes.
_BRANCHES = ("moov", "trak", "edts", "mdia", "minf", "dinf", "stbl")
_LEAVES = ("ftyp", "mvhd", "tkhd", "elst", "mdhd", "hdlr", "vmhd", "smhd", "dref", "stsd", "stts", "stss", "ctts", "stsc", "stsz", "stco", "co64")
_MORE = ("sdtp", "sgpd", "sbgp", "free", "mdat")


def is_one(raw: bytes) -> bool:
    """Whether the first bytes are those of a film or a sound."""
    return any(raw[at : at + len(mark)] == mark for at, mark in _MARKS) or raw[:2] in _MP3


def program() -> str | None:
    """Return where ffmpeg is, None where it is not installed."""
    return shutil.which("ffmpeg")


def version() -> str:
    """Return ffmpeg's version as it tells it."""
    said = subprocess.run([program() or "ffmpeg", "-version"], capture_output=True, text=True, timeout=30, check=False).stdout
    found = re.match(r"ffmpeg version (\S+)", said)
    return found[1] if found else "unknown"


def copy(raw: bytes, covers: Sequence[Cover] = ()) -> tuple[dict[str, Any], bytes]:
    """Return what is said of the copy and the copy. covers stay in their place for the whole film.

    Raises Refused where ffmpeg is not installed or a cover lies outside the picture; Unreadable where ffmpeg cannot make it.
    """
    if program() is None:
        raise Refused("without ffmpeg no public copy of a film or sound can be made; the original is sealed all the same", hint="Install ffmpeg.")
    if len(raw) > BOUNDS.input_bytes:
        raise Refused(f"a film of {len(raw)} bytes; at most {BOUNDS.input_bytes} are copied")
    if any(one.page for one in covers):
        raise Refused("a film has no pages: a cover stays for the whole of it", hint="Write LEFT,TOP,RIGHT,BOTTOM.")
    # In memory where there is a folder for that: neither the original nor the uncovered frames should lie on a disk in the clear.
    base = Path("/dev/shm") if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(prefix="temoin-film-", dir=base) as folder:
        source, made = Path(folder) / "source", Path(folder) / "made.mp4"
        source.write_bytes(raw)
        width, height = _size(source) if covers else (0, 0)
        for one in covers:
            if one.right > width or one.bottom > height:
                raise Refused(f"cover {one} reaches beyond the picture of {width} × {height}", hint="Nothing was made.")
        # H.264 in its common form wants even sides: one row or column of black may be added.
        filters = [f"drawbox={one.left}:{one.top}:{one.right - one.left}:{one.bottom - one.top}:black:fill" for one in covers]
        filters += ["pad=ceil(iw/2)*2:ceil(ih/2)*2", "setsar=1"]
        _ffmpeg(
            *(*_READING, "-i", str(source), "-map", "0:V:0?", "-map", "0:a:0?", "-sn", "-dn"),
            *("-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"),
            *("-vf", ",".join(filters), "-c:v", "libx264", "-preset", "fast", "-crf", "23", "-pix_fmt", "yuv420p"),
            *("-bsf:v", "filter_units=remove_types=6", "-c:a", "aac", "-b:a", "128k", "-movflags", "+faststart", "-f", "mp4", str(made)),
        )
        content = _without_tags(made.read_bytes())
        width, height = _size(made)
    said = {"media_type": MEDIA_TYPE if width else "audio/mp4", "width": width, "height": height, "pages": 1}
    return said | {"notes": ["pictures and sound were encoded anew", "voices can still be known"]}, content


def _without_tags(raw: bytes) -> bytes:
    """Return the file with the box for tags, which ffmpeg writes though it is empty, made a box of zeros: no place in the file moves by it."""
    at = 0
    while at + 8 <= len(raw):
        size, kind = struct.unpack_from(">I4s", raw, at)
        if kind == b"moov":
            inner = at + 8
            while inner + 8 <= at + size:
                length, name = struct.unpack_from(">I4s", raw, inner)
                if name == b"udta":
                    raw = raw[: inner + 4] + b"free" + bytes(length - 8) + raw[inner + length :]
                inner += max(length, 8)
        at += max(size, 8)
    return raw


def _size(path: Path) -> tuple[int, int]:
    """Return width and height as they are shown, upright; (0, 0) where there is no picture."""
    words = ("-map", "0:V:0?", "-frames:v", "1", "-vf", "showinfo", "-f", "null", "-")
    said = _ffmpeg(*_READING, "-i", str(path), *words, talk="info", may_fail=True)
    found = re.search(r"showinfo.*? s:(\d{1,5})x(\d{1,5}) ", said)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _ffmpeg(*words: str, talk: str = "error", may_fail: bool = False) -> str:
    limits = [str(BOUNDS.film_s), str(4 * BOUNDS.input_bytes // 512), str(2 * BOUNDS.memory_bytes // 1024)]
    command = ["/bin/sh", "-c", _CONFINED, "sh", *limits, program() or "ffmpeg", "-nostdin", "-hide_banner", "-v", talk, "-threads", "2", *words]
    try:
        done = subprocess.run(command, capture_output=True, timeout=2 * BOUNDS.film_s, check=False, env={"PATH": os.defpath, "LC_ALL": "C"})
    except subprocess.TimeoutExpired as err:
        raise Unreadable(f"the film could not be copied within {2 * BOUNDS.film_s} s") from err
    if done.returncode and not may_fail:
        raise Unreadable("the film is broken, of an unknown kind, or has neither pictures nor sound", hint="The original stays sealed as it is.")
    return done.stderr.decode("utf-8", "replace")


def check(raw: bytes) -> list[str]:
    """Return the names of the boxes of a copy where all are among those that pictures and sound need; raise Unverified otherwise.

    Source: ISO/IEC 14496-12, 4.2 and table 1. Tags would stand in udta, meta or uuid; places in udta; subtitles and data in tracks of their own.
    """
    try:
        names = list(_boxes(raw, 0, len(raw), ""))
    except (struct.error, IndexError, UnicodeDecodeError) as err:
        raise Broken("the copy of the film cannot be taken apart") from err
    if "moov" not in names:
        raise Broken("the copy of the film has no tracks")
    return names


def _boxes(raw: bytes, at: int, stop: int, inside: str) -> Iterator[str]:
    while at < stop:
        size, kind = struct.unpack_from(">I4s", raw, at)
        name, head = kind.decode("ascii"), 8
        if size == 1:
            size, head = struct.unpack_from(">Q", raw, at + 8)[0], 16
        body = raw[at + head : at + size] if name not in ("mdat", *_BRANCHES) else b""
        if name not in (*_BRANCHES, *_LEAVES, *_MORE) or size < head or at + size > stop:
            raise Unverified(f"the copy holds a box {name!r} in {inside or 'the file'}, which pictures and sound do not need")
        if name == "free" and any(body):
            raise Unverified("the copy holds bytes in a box that should be empty")
        if name == "hdlr" and (body[8:12] not in (b"vide", b"soun") or body[24:].rstrip(b"\0") not in (b"VideoHandler", b"SoundHandler", b"")):
            raise Unverified("the copy holds a track that is neither pictures nor sound, or one with a name")
        if name in ("mvhd", "tkhd", "mdhd") and any(body[4:12]):
            raise Unverified("the copy tells when it was made")
        yield name
        if name in _BRANCHES:
            yield from _boxes(raw, at + head, at + size, name)
        at += size
