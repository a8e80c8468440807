"""Pictures, papers and films that tell more than they show: a marker in every place where a format can keep one. And what looks for it."""

from __future__ import annotations

import io
import re
import struct
import subprocess
import zlib
from pathlib import Path

from PIL import Image, ImageCms, ImageDraw, PngImagePlugin, TiffImagePlugin

MARK = b"SecretMarker4711"
PLACE = (55.0, 45.0, 7.0)


def scene(width: int = 240, height: int = 160, seed: int = 0) -> Image.Image:
    """A picture with something to see in it."""
    import random

    seeded = random.Random(seed)
    made = Image.new("RGB", (width, height), (200, 210, 220))
    pen = ImageDraw.Draw(made)
    for _ in range(14):
        left, top = seeded.randrange(width), seeded.randrange(height)
        box = (left, top, left + seeded.randrange(10, width // 2), top + seeded.randrange(10, height // 2))
        colour = tuple(seeded.randrange(256) for _ in range(3))
        (pen.rectangle if seeded.random() < 0.5 else pen.ellipse)(box, fill=colour)
    return made


def _exif(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = MARK.decode()  # description
    exif[0x013B] = MARK.decode()  # artist
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[29] = "N", PLACE, MARK.decode()
    return exif


def _profile() -> bytes:
    raw = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    raw[24:36] = bytes(12)  # the hour at which it was made: the same picture is the same bytes at any hour
    return bytes(raw) + MARK


XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><d>' + MARK + b"</d></x:xmpmeta>"


def jpeg(orientation: int = 1) -> bytes:
    out = io.BytesIO()
    scene().save(out, "JPEG", exif=_exif(orientation), icc_profile=_profile(), xmp=XMP, comment=MARK)
    raw = out.getvalue()
    private = b"\xff\xed" + struct.pack(">H", len(MARK) + 2) + MARK  # APP13, where Photoshop writes
    return raw[:2] + private + raw[2:] + MARK


def png() -> bytes:
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", MARK.decode())
    said.add_text("Author", MARK.decode(), zip=True)
    said.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=True)
    said.add(b"teSt", MARK)
    out = io.BytesIO()
    scene().save(out, "PNG", pnginfo=said, exif=_exif(), icc_profile=_profile())
    return out.getvalue() + MARK


def webp() -> bytes:
    out = io.BytesIO()
    scene().save(out, "WEBP", exif=_exif(), icc_profile=_profile(), xmp=XMP)
    raw = out.getvalue()
    raw += b"PRIV" + struct.pack("<I", len(MARK)) + MARK
    return raw[:4] + struct.pack("<I", len(raw) - 8) + raw[8:] + MARK


def tiff() -> bytes:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[270], tags[315], tags[33432], tags[700], tags[65000] = MARK.decode(), MARK.decode(), MARK.decode(), XMP, MARK.decode()
    tags.tagtype[700] = 1
    out = io.BytesIO()
    scene().save(out, "TIFF", tiffinfo=tags, icc_profile=_profile(), exif=_exif())
    return out.getvalue() + MARK


def gif() -> bytes:
    out = io.BytesIO()
    first = scene()
    first.save(out, "GIF", save_all=True, append_images=[scene(seed=1), scene(seed=2)], duration=[40, 80, 120], loop=0, comment=MARK)
    raw = out.getvalue()
    plain = b"\x21\xff\x0bXMP DataXMP" + bytes([len(MARK)]) + MARK + b"\0"
    return raw[:-1] + plain + raw[-1:] + MARK


def pdf() -> bytes:
    """Two pages with words, a comment, an attachment, properties, an earlier version that was only struck out."""
    marked = MARK.decode()
    objects = [
        "<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a) 9 0 R]>>>>/OpenAction<</S/JavaScript/JS(app.alert('" + marked + "'))>>>>",
        "<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 5 0 R/Resources<</Font<</F 7 0 R>>>>/Annots[8 0 R]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 6 0 R/Resources<</Font<</F 7 0 R>>>>>>",
        _stream(f"BT /F 18 Tf 30 100 Td ({marked}) Tj ET"),
        _stream("BT /F 18 Tf 30 100 Td (second page) Tj ET"),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</Type/Annot/Subtype/Text/Rect[10 10 20 20]/Contents({marked})>>",
        "<</Type/Filespec/F(a.txt)/EF<</F 10 0 R>>>>",
        _stream(marked),
        f"<</Author({marked})/Title({marked})>>",
    ]
    out, places = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(b"%010d 00000 n \n" % p for p in places)
    out += f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R/Info 11 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out) + MARK


def _stream(text: str) -> str:
    return f"<</Length {len(text)}>>stream\n{text}\nendstream"


def film(folder: Path, kind: str = "mp4", sound_only: bool = False) -> bytes:
    """A second of film or sound with tags, a chapter and a subtitle that hold the marker; made with ffmpeg."""
    marked = MARK.decode()
    (folder / "chapters.txt").write_text(f";FFMETADATA1\ntitle={marked}\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=900\ntitle={marked}\n")
    (folder / "words.srt").write_text(f"1\n00:00:00,000 --> 00:00:00,900\n{marked}\n")
    made = folder / f"film.{kind}"
    pictures = [] if sound_only else ["-f", "lavfi", "-i", "testsrc=size=97x65:rate=10:duration=1"]
    words = [] if sound_only or kind not in ("mp4", "mkv") else ["-i", str(folder / "words.srt")]
    number = 1 if sound_only else 2
    maps = ["-map", "0"] if sound_only else ["-map", "0:v", "-map", "1:a"]
    inputs = [*pictures, "-f", "lavfi", "-i", "sine=duration=1", "-i", str(folder / "chapters.txt"), *words]
    more = ["-map", f"{number + 1}:s", "-c:s", "mov_text" if kind == "mp4" else "srt"] if words else []
    tags = [x for name in ("comment", "artist", "location") for x in ("-metadata", f"{name}={marked}")]
    tags += ["-metadata:s:a:0", f"title={marked}", "-metadata:s:a:0", f"handler_name={marked}", "-metadata", "creation_time=2017-04-01T09:30:00Z"]
    command = ["ffmpeg", "-nostdin", "-v", "error", "-y", *inputs, *maps, *more, "-map_metadata", str(number), *tags, str(made)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return made.read_bytes()


def traces(raw: bytes) -> list[str]:
    """Where the marker is: as it is, in UTF-16, or in anything packed with zlib, however deep."""
    found = []
    for name, spelled in (("plain", MARK), ("utf-16", MARK.decode().encode("utf-16-le"))):
        if spelled.lower() in raw.lower():
            found.append(name)
    for start in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", raw):
        try:
            inner = zlib.decompressobj().decompress(raw[start.start() :], 10_000_000)
        except zlib.error:
            continue
        if MARK.lower() in inner.lower():
            found.append(f"packed at {start.start()}")
    return found
