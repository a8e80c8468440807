"""Pictures rebuilt from their pixels: JPEG, PNG, WebP, TIFF, GIF. Runs in the cell.

Promises: the copy shows what the original showed, upright and in sRGB, and is written from bare pixels, so that no field of the original can come
along; what lay unseen under transparent pixels is black; covers are filled before anything is written.
Source: SEAL.md's measurement that saving again keeps metadata in four formats of five, and bare pixels in none.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageDraw, ImageOps, ImageSequence, UnidentifiedImageError

from temoin.errors import Refused, Unreadable
from temoin.media import anatomy, cover
from temoin.media.bounds import BOUNDS

#: Format as Pillow calls it -> media type of the copy. MPO is a JPEG with more pictures behind the first, as many phones make it.
KINDS = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "TIFF": "image/tiff", "GIF": "image/gif"}
_WRITTEN: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 90, "optimize": True},
    "PNG": {},
    "WEBP": {"quality": 90, "method": 4},
    "TIFF": {"compression": "tiff_adobe_deflate"},
    "GIF": {"optimize": False},
}


def rebuild(raw: bytes, covers: list[str] | tuple[str, ...] = ()) -> tuple[dict[str, Any], bytes]:
    """Return what is said of the copy (media type, size, frames, notes) and the copy. covers: as `cover.parse` reads them.

    Raises Unreadable for what is no picture or a broken one, Refused for one that is too large and for a cover outside it.
    """
    frames, durations, kind, notes = _decoded(raw)
    drawn = [_covered(frame, number, covers, len(frames)) for number, frame in enumerate(frames, 1)]
    first, rest = drawn[0], drawn[1:]
    more: dict[str, Any] = {}
    if rest:
        more = {"save_all": True, "append_images": rest}
        if kind != "TIFF":
            more |= {"duration": durations, "loop": 0}
            if kind == "GIF":
                more["disposal"] = 2
    out = BytesIO()
    first.save(out, kind, **_WRITTEN[kind], **more)
    made = anatomy.blanked(out.getvalue()) if kind == "TIFF" else out.getvalue()
    said = {"media_type": KINDS[kind], "width": first.width, "height": first.height, "pages": len(drawn), "notes": notes}
    return said, made


def open_upright(raw: bytes) -> Image.Image:
    """Return the first picture of a file, upright and in sRGB, from bare pixels. Raises as `rebuild` does."""
    return _decoded(raw, most=1)[0][0]


def _decoded(raw: bytes, most: int = BOUNDS.frames) -> tuple[list[Image.Image], list[int], str, list[str]]:
    notes: list[str] = []
    # Pillow warns of a bomb at its limit and refuses at twice that: take the warning for the refusal.
    Image.MAX_IMAGE_PIXELS = BOUNDS.pixels
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            opened = Image.open(BytesIO(raw), formats=["JPEG", "PNG", "WEBP", "TIFF", "GIF"])
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as err:
            raise Refused(f"a picture of more than {BOUNDS.pixels // 10**6} million pixels is not opened") from err
        except UnidentifiedImageError as err:
            raise Unreadable("this is no JPEG, PNG, WebP, TIFF or GIF", hint="Save a copy in one of them; the original stays sealed.") from err
        kind = "JPEG" if opened.format == "MPO" else str(opened.format)
        count = getattr(opened, "n_frames", 1)
        if opened.format == "MPO":
            notes.append(f"the {count - 1} further pictures inside the file are left out")
            count = 1
        if most > 1 and (count > most or count * opened.width * opened.height > BOUNDS.pixels):
            seen = f"{count} frames of {opened.width} × {opened.height}"
            raise Refused(f"a picture of {seen}; at most {most} frames, {BOUNDS.pixels // 10**6} million pixels in all, are opened")
        profile = opened.info.get("icc_profile")
        frames, durations = [], []
        for frame in ImageSequence.Iterator(opened):
            frame.load()
            durations.append(max(0, int(frame.info.get("duration") or 0)))
            frames.append(_bare(frame, kind, profile, notes))
            if len(frames) >= min(count, most):
                break
    return frames, durations, kind, notes


def _bare(frame: Image.Image, kind: str, profile: bytes | None, notes: list[str]) -> Image.Image:
    """Return the pixels of a frame and nothing else: upright, in sRGB, in one of L, RGB, RGBA."""
    upright = ImageOps.exif_transpose(frame)
    clear = upright.has_transparency_data and kind != "JPEG"
    alpha = upright.convert("RGBA").getchannel("A") if clear else None
    seen = _in_srgb(_eight_bits(upright, notes), profile, notes)
    if alpha is not None:
        # Under a pixel that is wholly transparent may stand anything: nobody has seen it, so it goes.
        black = Image.new("RGB", seen.size)
        seen = Image.composite(seen.convert("RGB"), black, alpha.point(lambda a: 255 if a else 0))
        seen.putalpha(alpha)
    return Image.frombytes(seen.mode, seen.size, seen.tobytes())


def _eight_bits(picture: Image.Image, notes: list[str]) -> Image.Image:
    if picture.mode.startswith("I;16"):
        if "16 bits were made 8" not in notes:
            notes.append("16 bits were made 8")
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in ("I", "F"):
        raise Refused("a picture of 32-bit measurements is not rebuilt", hint="Save a copy with 8 bits a channel.")
    return picture


def _in_srgb(picture: Image.Image, profile: bytes | None, notes: list[str]) -> Image.Image:
    mode = "L" if picture.mode in ("1", "L", "LA", "La") else "RGB"
    if profile and picture.mode in ("RGB", "RGBA", "CMYK", "L"):
        base = picture.convert("RGB") if picture.mode == "RGBA" else picture
        try:
            made = ImageCms.profileToProfile(base, ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode="RGB")
            if made is not None:
                return made.convert(mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            if "its colour profile could not be applied" not in notes:
                notes.append("its colour profile could not be applied")
    return picture.convert(mode)


def _covered(frame: Image.Image, number: int, covers: list[str] | tuple[str, ...], count: int) -> Image.Image:
    pen = ImageDraw.Draw(frame)
    for one in map(cover.parse, covers):
        if one.page > count:
            raise Refused(f"cover {one} is on page {one.page} of {count}")
        if one.page in (0, number):
            if one.right > frame.width or one.bottom > frame.height:
                raise Refused(f"cover {one} reaches beyond the picture of {frame.width} × {frame.height}", hint="Nothing was made.")
            fill = (0, 0, 0, 255) if frame.mode == "RGBA" else (0, 0, 0) if frame.mode == "RGB" else 0
            pen.rectangle((one.left, one.top, one.right - 1, one.bottom - 1), fill=fill)
    return frame
