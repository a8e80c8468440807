"""The parts of a picture file, one by one: what is there besides the picture, and what must not be.

Promises: every byte of a file belongs to a part that is named; a part that is not on the short list of what a picture needs is refused, and so
are bytes between, inside or after the parts. Nothing is searched for by its look: compressed fields would pass such a search unseen.
Sources: ITU-T T.81 annex B (JPEG); PNG third edition; RFC 9649 (WebP); TIFF 6.0; GIF89a.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator

from temoin.errors import Broken, Unverified

#: Name of a part, and its bytes.
Part = tuple[str, bytes]


def check(raw: bytes, media_type: str) -> list[str]:
    """Return the names of the parts of a file where all are among those a bare picture needs; raise Unverified otherwise.

    Raises Broken where the file cannot be taken apart. media_type: image/jpeg, image/png, image/webp, image/tiff, image/gif.
    """
    try:
        return [name for name, _ in _READERS[media_type](raw)]
    except KeyError as err:
        raise Unverified(f"{media_type} cannot be checked part by part") from err
    except (IndexError, struct.error, zlib.error, UnicodeDecodeError) as err:
        raise Broken(f"the {media_type} cannot be taken apart: it is cut short or damaged") from err


def _refused(name: str) -> Unverified:
    return Unverified(f"the copy holds {name}, which a bare picture does not need")


def _jpeg(raw: bytes) -> Iterator[Part]:
    if raw[:2] != b"\xff\xd8":
        raise Broken("no JPEG")
    at = 2
    while True:
        if raw[at] != 0xFF:
            raise _refused(f"bytes between its segments at {at}")
        marker = raw[at + 1]
        if marker == 0xD9:
            if at + 2 != len(raw):
                raise _refused(f"{len(raw) - at - 2} bytes after its end")
            yield "EOI", b""
            return
        size = struct.unpack_from(">H", raw, at + 2)[0]
        body = raw[at + 4 : at + 2 + size]
        name = {0xDB: "DQT", 0xC4: "DHT", 0xC0: "SOF0", 0xC1: "SOF1", 0xC2: "SOF2", 0xDD: "DRI", 0xDA: "SOS"}.get(marker)
        if marker == 0xE0 and body[:5] == b"JFIF\0" and len(body) == 14 and body[12:] == b"\0\0":  # the JFIF header, without its thumbnail
            name = "JFIF"
        if name is None or len(body) != size - 2:
            raise _refused(f"segment 0xff{marker:02x}")
        yield name, body
        at += 2 + size
        if marker == 0xDA:  # the scan runs to the next marker that is neither a stuffed byte nor a restart
            while not (raw[at] == 0xFF and raw[at + 1] and not 0xD0 <= raw[at + 1] <= 0xD7):
                at = raw.find(b"\xff", at + 1)
                if at < 0:
                    raise IndexError("the scan has no end")


_PNG = ("IHDR", "PLTE", "tRNS", "IDAT", "IEND", "acTL", "fcTL", "fdAT")
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def _png(raw: bytes) -> Iterator[Part]:
    if raw[:8] != b"\x89PNG\r\n\x1a\n":
        raise Broken("no PNG")
    at, ended, shape = 8, False, (0, 0, 0)
    frames: list[tuple[tuple[int, int], bytearray]] = []  # size of each frame and its packed rows
    while at < len(raw):
        if ended:
            raise _refused(f"{len(raw) - at} bytes after its end")
        size, kind = struct.unpack_from(">I4s", raw, at)
        body = raw[at + 8 : at + 8 + size]
        name = kind.decode("ascii")
        if name not in _PNG:
            raise _refused(f"chunk {name}")
        if struct.unpack_from(">I", raw, at + 8 + size)[0] != zlib.crc32(kind + body):
            raise Broken(f"chunk {name} is damaged")
        if name == "IHDR":
            width, height, depth, colour, *ways = struct.unpack(">IIBBBBB", body)
            if any(ways) or colour not in _CHANNELS:
                raise _refused("rows that are interlaced or packed in an unknown way")
            shape = (width, height, depth * _CHANNELS[colour])
        elif name == "fcTL" and (not frames or frames[-1][1]):
            frames.append((struct.unpack_from(">II", body, 4), bytearray()))
        elif name in ("IDAT", "fdAT"):
            if not frames:
                frames.append((shape[:2], bytearray()))
            frames[-1][1].extend(body if name == "IDAT" else body[4:])
        ended = name == "IEND"
        yield name, body
        at += 12 + size
    if not ended:
        raise Broken("the PNG has no end")
    for (width, height), packed in frames:
        wanted = height * (1 + (width * shape[2] + 7) // 8)
        rows = zlib.decompressobj()
        if len(rows.decompress(bytes(packed), wanted + 1)) != wanted or not rows.eof or rows.unused_data:
            raise _refused("packed bytes that are no rows of the picture")


def _webp(raw: bytes) -> Iterator[Part]:
    if raw[:4] != b"RIFF" or raw[8:12] != b"WEBP":
        raise Broken("no WebP")
    if struct.unpack_from("<I", raw, 4)[0] + 8 != len(raw):
        raise _refused("bytes after its end")
    yield from _riff(raw, 12, len(raw), ("VP8 ", "VP8L", "VP8X", "ANIM", "ANMF", "ALPH"))


def _riff(raw: bytes, at: int, stop: int, allowed: tuple[str, ...]) -> Iterator[Part]:
    while at < stop:
        name = raw[at : at + 4].decode("ascii")
        size = struct.unpack_from("<I", raw, at + 4)[0]
        body = raw[at + 8 : at + 8 + size]
        if name not in allowed or len(body) != size or at + 8 + size > stop:
            raise _refused(f"chunk {name!r}")
        if size & 1 and raw[at + 8 + size : at + 9 + size] != b"\0":
            raise _refused("padding that is not empty")
        if name == "VP8X" and (body[0] & ~0x12 or any(body[1:4])):  # animation and transparency; no profile, EXIF, XMP
            raise _refused("a header that announces metadata")
        yield name, body
        if name == "ANMF":
            yield from _riff(body, 16, len(body), ("VP8 ", "VP8L", "ALPH"))
        at += 8 + size + (size & 1)


_TIFF = {
    256: "ImageWidth", 257: "ImageLength", 258: "BitsPerSample", 259: "Compression", 262: "PhotometricInterpretation", 273: "StripOffsets",
    274: "Orientation", 277: "SamplesPerPixel", 278: "RowsPerStrip", 279: "StripByteCounts", 282: "XResolution", 283: "YResolution",
    284: "PlanarConfiguration", 296: "ResolutionUnit", 317: "Predictor", 338: "ExtraSamples", 339: "SampleFormat",
}  # fmt: skip
_WIDTHS = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}


def _tiff(raw: bytes) -> Iterator[Part]:
    known: list[tuple[int, int]] = []
    yield from _directories(raw, known)
    for start, stop in _between(known, len(raw)):
        if stop == len(raw) or any(raw[start:stop]) or stop - start > 31:  # zeros to even an offset
            raise _refused(f"{stop - start} bytes at {start} that belong to no part")


def blanked(raw: bytes) -> bytes:
    """Return a TIFF with zeros where no part of it lies, and cut after the last. Pillow leaves headers there. Raises as `check` does."""
    known: list[tuple[int, int]] = []
    for _ in _directories(raw, known):
        pass
    clean = bytearray(raw)
    for start, stop in _between(known, len(raw)):
        clean[start:stop] = b"" if stop == len(raw) else bytes(stop - start)
    return bytes(clean)


def _between(known: list[tuple[int, int]], size: int) -> list[tuple[int, int]]:
    gaps, end = [], 0
    for start, stop in sorted(known):
        if start > end:
            gaps.append((end, start))
        end = max(end, stop)
    if end > size:
        raise _refused("a part beyond its end")
    return [*gaps, (end, size)] if end < size else gaps


def _directories(raw: bytes, known: list[tuple[int, int]]) -> Iterator[Part]:
    """Give the fields of all directories; add to `known` the stretches of the file whose meaning they tell."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(raw[:4])
    if order is None:
        raise Broken("no TIFF")
    known.append((0, 8))
    at = struct.unpack_from(order + "I", raw, 4)[0]
    while at:
        if any(start <= at < stop for start, stop in known):
            raise Broken("the TIFF's directories run in a circle")
        count = struct.unpack_from(order + "H", raw, at)[0]
        known.append((at, at + 6 + 12 * count))
        held: dict[int, tuple[int, ...]] = {}
        for n in range(count):
            tag, kind, number = struct.unpack_from(order + "HHI", raw, at + 2 + 12 * n)
            if tag not in _TIFF or kind not in _WIDTHS:
                raise _refused(f"field {tag}")
            size, place = number * _WIDTHS[kind], at + 10 + 12 * n
            if size > 4:
                place = struct.unpack_from(order + "I", raw, place)[0]
                known.append((place, place + size))
            body = raw[place : place + size]
            if kind in (3, 4):
                held[tag] = struct.unpack(order + str(number) + ("H" if kind == 3 else "I"), body)
            yield _TIFF[tag], body
        known += [(start, start + size) for start, size in zip(held.get(273, ()), held.get(279, ()), strict=True)]
        at = struct.unpack_from(order + "I", raw, at + 2 + 12 * count)[0]


def _gif(raw: bytes) -> Iterator[Part]:
    if raw[:6] not in (b"GIF87a", b"GIF89a"):
        raise Broken("no GIF")
    at = 13 + _colours(raw[10])
    yield "header", raw[:at]
    while True:
        mark = raw[at]
        if mark == 0x3B:
            if at + 1 != len(raw):
                raise _refused(f"{len(raw) - at - 1} bytes after its end")
            yield "end", b""
            return
        if mark == 0x2C:
            stop = at + 10 + _colours(raw[at + 9]) + 1
            body, following = _blocks(raw, stop)
            yield "picture", body
        elif mark == 0x21:
            body, following = _blocks(raw, at + 2)
            if raw[at + 1] == 0xF9 and len(body) == 4:
                yield "timing", body
            elif raw[at + 1] == 0xFF and body[:11] == b"NETSCAPE2.0" and len(body) == 14:
                yield "repetition", body
            else:
                raise _refused(f"extension 0x{raw[at + 1]:02x}")
        else:
            raise _refused(f"bytes between its blocks at {at}")
        at = following


def _colours(packed: int) -> int:
    return 3 << ((packed & 7) + 1) if packed & 0x80 else 0


def _blocks(raw: bytes, at: int) -> tuple[bytes, int]:
    body = bytearray()
    while raw[at]:
        body += raw[at + 1 : at + 1 + raw[at]]
        at += 1 + raw[at]
    return bytes(body), at + 1


_READERS: dict[str, Callable[[bytes], Iterator[Part]]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
    "image/tiff": _tiff,
    "image/gif": _gif,
}
