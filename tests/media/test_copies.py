"""A public copy shows what the original shows, and nothing else is in it; what is covered is gone; what cannot be copied is refused."""

from __future__ import annotations

import io
import json
import shutil
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from temoin import media
from temoin.errors import Broken, Misused, Refused, TemoinError, Unreadable, Unverified
from temoin.media import Cover, anatomy, cell, cover, film, paper, picture
from tests.media import marked
from tests.media.marked import MARK, scene, traces

needs_ffmpeg = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
PICTURES = {"jpeg": marked.jpeg, "png": marked.png, "webp": marked.webp, "tiff": marked.tiff, "gif": marked.gif}


def _opened(raw: bytes) -> Image.Image:
    made = Image.open(io.BytesIO(raw))
    made.load()
    return made


@pytest.mark.parametrize("kind", PICTURES)
def test_no_marker_of_any_format_comes_through(kind: str) -> None:
    original = PICTURES[kind]()
    assert traces(original), "the test itself must find the marker"
    with pytest.raises(TemoinError):
        anatomy.check(original, f"image/{kind}")
    made = media.copy(original)
    assert traces(made.content) == []
    assert made.media_type == f"image/{kind}"
    seen = _opened(made.content)
    assert not set(seen.getexif()) & {0x010E, 0x013B, 0x8769, 0x8825, 700, 34675, 65000}
    assert "icc_profile" not in seen.info and "xmp" not in seen.info and "comment" not in seen.info
    assert (made.width, made.height) == seen.size == (240, 160)
    # It still shows the same: formats that keep every pixel keep them, the others nearly.
    off = max(high for _, high in ImageChops.difference(seen.convert("RGB").resize((24, 16)), scene().resize((24, 16))).getextrema())
    assert off <= 40


def test_the_marker_of_a_pdf_is_gone_in_every_layer() -> None:
    original = marked.pdf()
    assert traces(original)
    made = media.copy(original, [Cover(left=0, top=80, right=600, bottom=240, page=1)])
    assert traces(made.content) == []
    assert (made.media_type, made.pages, made.covers) == ("application/pdf", 2, ("1:0,80,600,240",))
    import pypdfium2

    document = pypdfium2.PdfDocument(made.content)
    assert len(document) == 2
    assert document[0].get_textpage().get_text_range() == ""
    assert not any(document.get_metadata_dict().values())
    black, kept = (document[n].render(scale=150 / 72).to_pil().convert("L") for n in (0, 1))
    assert black.crop((8, 88, 590, 232)).getextrema()[1] < 16
    assert kept.crop((0, 80, 600, 240)).getextrema() == (0, 255) or kept.getextrema()[0] < 60
    document.close()


@needs_ffmpeg
@pytest.mark.parametrize(("kind", "sound_only"), [("mp4", False), ("mkv", False), ("mov", False), ("mp3", True), ("m4a", True), ("ogg", True)])
def test_no_marker_of_a_film_or_a_sound_comes_through(tmp_path: Path, kind: str, sound_only: bool) -> None:
    original = marked.film(tmp_path, kind, sound_only)
    assert traces(original)
    made = media.copy(original)
    assert traces(made.content) == []
    assert made.media_type == ("audio/mp4" if sound_only else "video/mp4")
    assert made.tools["ffmpeg"]
    if kind == "mp4":
        with pytest.raises(Unverified):
            film.check(original)


@needs_ffmpeg
def test_a_cover_stays_for_the_whole_film(tmp_path: Path) -> None:
    made = media.copy(marked.film(tmp_path), [Cover(left=10, top=10, right=60, bottom=40)])
    (tmp_path / "made.mp4").write_bytes(made.content)
    subprocess.run(["ffmpeg", "-v", "error", "-i", str(tmp_path / "made.mp4"), str(tmp_path / "%02d.png")], check=True, timeout=60)
    frames = sorted(tmp_path.glob("*.png"))
    assert len(frames) == 10
    for frame in frames:
        with Image.open(frame) as seen:
            assert max(high for _, high in seen.convert("RGB").crop((14, 14, 56, 36)).getextrema()) < 24
    with pytest.raises(Refused, match="beyond"):
        media.copy(marked.film(tmp_path), [Cover(left=10, top=10, right=600, bottom=40)])


@needs_ffmpeg
@pytest.mark.parametrize("mark", [b"\0\0\0\x18ftypisom", b"\x1aE\xdf\xa3", b"OggS", b"ID3\4", b"RIFF\x40\0\0\0AVI ", b"fLaC", b"\xff\xfb"])
def test_a_film_that_is_none_or_asks_for_other_files_is_refused(tmp_path: Path, mark: bytes) -> None:
    (tmp_path / "secret.png").write_bytes(marked.png())
    playlist = f"#EXTM3U\n#EXTINF:1,\nfile://{tmp_path / 'secret.png'}\n#EXT-X-ENDLIST\n".encode()
    for raw in (mark + playlist, mark + bytes(400), mark):
        with pytest.raises(TemoinError):
            media.copy(raw)
    with pytest.raises(Refused, match="of this kind"):
        media.copy(playlist)


def test_without_ffmpeg_a_film_is_refused_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(film, "program", lambda: None)
    with pytest.raises(Refused, match="without ffmpeg"):
        media.copy(b"\0\0\0\x18ftypisom" + bytes(40))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_photograph_stands_upright_before_it_is_covered(orientation: int) -> None:
    made = media.copy(marked.jpeg(orientation), [Cover(left=0, top=0, right=32, bottom=32)])
    seen = _opened(made.content)
    assert seen.size == ((240, 160) if orientation < 5 else (160, 240))
    assert max(high for _, high in seen.crop((0, 0, 24, 24)).getextrema()) < 16  # the corner that a person sees, not the one in the file
    upright = {1: scene(), 3: scene().transpose(Image.Transpose.ROTATE_180), 6: scene().transpose(Image.Transpose.ROTATE_270)}
    if orientation in upright:
        off = ImageChops.difference(seen, upright[orientation]).crop((40, 40, 150, 150))
        assert sum(off.resize((1, 1)).getpixel((0, 0))) < 12


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["PNG", "TIFF", "WEBP", "GIF", "JPEG"]), st.data())
def test_what_is_covered_is_black_and_the_rest_as_it_was(kind: str, data: st.DataObject) -> None:
    left, top = data.draw(st.integers(0, 90)), data.draw(st.integers(0, 60))
    one = Cover(left=left, top=top, right=data.draw(st.integers(left + 1, 96)), bottom=data.draw(st.integers(top + 1, 64)))
    out = io.BytesIO()
    scene(96, 64).save(out, kind)
    said, raw = picture.rebuild(out.getvalue(), [str(one)])
    seen = _opened(raw).convert("RGB")
    assert anatomy.check(raw, said["media_type"])
    inside = seen.crop((one.left, one.top, one.right, one.bottom)).getextrema()
    if kind in ("PNG", "TIFF"):
        assert inside == ((0, 0),) * 3
        seen.paste(scene(96, 64).crop((one.left, one.top, one.right, one.bottom)), (one.left, one.top))
        assert ImageChops.difference(seen, scene(96, 64)).getbbox() is None
    elif kind == "GIF":
        assert inside == ((0, 0),) * 3


def test_what_was_covered_cannot_be_told_from_the_copy() -> None:
    """Two originals that differ only under the cover give the same copy, bit for bit."""
    for kind in ("JPEG", "PNG", "WEBP", "TIFF", "GIF"):
        raws = []
        for hidden in ("red", "blue"):
            base = Image.new("RGB", (80, 60), "white")
            base.paste(hidden, (20, 20, 40, 40))
            out = io.BytesIO()
            base.save(out, kind, **({"lossless": True} if kind == "WEBP" else {"quality": 100, "subsampling": 0} if kind == "JPEG" else {}))
            # JPEG itself smears what is hidden over its block of eight pixels: a cover reaches that far, as docs say.
            raws.append(picture.rebuild(out.getvalue(), ["16,16,48,48"])[1])
        assert raws[0] == raws[1], kind


def test_nothing_is_hidden_under_transparent_pixels() -> None:
    hidden = Image.new("RGBA", (16, 16), (1, 2, 3, 255))
    hidden.paste((77, 88, 99, 0), (4, 4, 12, 12))
    for kind in ("PNG", "WEBP", "TIFF"):
        out = io.BytesIO()
        hidden.save(out, kind, **({"lossless": True, "exact": True} if kind == "WEBP" else {}))
        assert (77, 88, 99, 0) in {p for _, p in _opened(out.getvalue()).getcolors() or ()}
        seen = _opened(picture.rebuild(out.getvalue())[1]).convert("RGBA")
        assert (77, 88, 99) not in {p[:3] for _, p in seen.getcolors(256) or ()}


def test_all_frames_of_an_animation_stay_and_each_is_covered() -> None:
    for kind in ("GIF", "PNG", "WEBP", "TIFF"):
        out = io.BytesIO()
        more = {} if kind == "TIFF" else {"duration": [40, 80, 120], "loop": 0}
        scene().save(out, kind, save_all=True, append_images=[scene(seed=1), scene(seed=2)], **more)
        said, raw = picture.rebuild(out.getvalue(), ["0,0,40,40"])
        assert anatomy.check(raw, said["media_type"])
        seen = Image.open(io.BytesIO(raw))
        assert (said["pages"], getattr(seen, "n_frames", 1)) == (3, 3), kind
        for number in range(3):
            seen.seek(number)
            assert max(high for _, high in seen.convert("RGB").crop((2, 2, 30, 30)).getextrema()) < 16
    assert picture.rebuild(out.getvalue(), ["2:0,0,40,40"])  # one page only
    with pytest.raises(Refused, match="page 4 of 3"):
        picture.rebuild(out.getvalue(), ["4:0,0,40,40"])


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "YCbCr"])
def test_every_common_kind_of_pixel_can_be_copied(mode: str) -> None:
    kind = {"CMYK": "JPEG", "YCbCr": "JPEG"}.get(mode, "PNG")
    base = scene().convert("L").convert("I;16") if mode == "I;16" else scene().convert(mode)
    out = io.BytesIO()
    base.save(out, kind)
    made = media.copy(out.getvalue())
    assert _opened(made.content).size == (240, 160)


@pytest.mark.parametrize("text", ["", "1,2,3", "5,5,5,9", "5,9,8,9", "-1,0,4,4", "a", "1:2:3,4,5,6", "1,2,3,4,5", "9" * 7 + ",0,1,1"])
def test_a_rectangle_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Misused):
        cover.parse(text)
    assert str(cover.parse("3:1,2,30,40")) == "3:1,2,30,40"


def test_a_cover_outside_the_picture_makes_nothing() -> None:
    for raw in (marked.png(), marked.pdf()):
        with pytest.raises(Refused, match="beyond"):
            media.copy(raw, [Cover(left=0, top=0, right=5_000, bottom=10)])
    with pytest.raises(Refused, match="page 3 of 2"):
        media.copy(marked.pdf(), [Cover(left=0, top=0, right=5, bottom=10, page=3)])


def _bomb() -> bytes:
    """A PNG of a few kilobytes that says it is 60,000 pixels wide and high."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _wide_pdf() -> bytes:
    return marked.pdf().replace(b"[0 0 300 200]", b"[0 0 9999999 9999999]")


@pytest.mark.parametrize(
    ("raw", "error", "said"),
    [
        (b"", Refused, "of this kind"),
        (b"plain words", Refused, "of this kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Refused, "of this kind"),
        (_bomb(), Refused, "million pixels"),
        (marked.jpeg()[:400], Unreadable, "broken"),
        (marked.png()[:90], Unreadable, "broken"),
        (b"\xff\xd8\xff" + bytes(500), Unreadable, "no JPEG"),
        (b"%PDF-1.7 and then nothing", Unreadable, "PDF"),
        (_wide_pdf(), (Refused, Unreadable), "page"),
        (b"GIF89a", Unreadable, "broken|no JPEG"),
        (b"II*\0\xff\xff\xff\xff", Unreadable, "broken|no JPEG"),
    ],
    ids=["empty", "text", "svg", "bomb", "cut jpeg", "cut png", "no jpeg", "no pdf", "wide pdf", "bare gif", "bare tiff"],
)
def test_a_hostile_or_broken_medium_is_refused_with_a_sentence(raw: bytes, error: type[TemoinError], said: str) -> None:
    with pytest.raises(error, match=said):
        media.copy(raw)


def test_what_takes_too_much_memory_or_time_ends_in_its_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits are real: a task that eats memory, one that never ends, and one that dies do not take the caller with them."""
    monkeypatch.setattr(cell, "_START", "import tests.media.greedy as g; g.main()")
    monkeypatch.setattr(cell, "_SURROUNDINGS", cell._SURROUNDINGS | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])})
    real = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda words, **more: real([w for w in words if w != "-I"], **more))
    for task, said in (("memory", "memory"), ("time", "broke the program"), ("death", "broke the program"), ("file", "broken")):
        with pytest.raises(Unreadable, match=said):
            cell.run(task, b"", seconds=1)


def test_the_cell_knows_no_settings_of_its_user_and_writes_no_file() -> None:
    """Run in isolated mode: a module that lies in the current folder, or on PYTHONPATH, is not taken for a library."""
    seen = {}
    real = subprocess.run

    def watch(words: list[str], **more: object) -> object:
        seen.update(more, words=words)
        return real(words, **more)  # type: ignore[call-overload]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subprocess, "run", watch)
        media.copy(marked.gif())
    assert seen["words"][:2] == [sys.executable, "-I"]
    assert "PYTHONPATH" not in seen["env"] and "HOME" not in seen["env"]


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(PICTURES)), st.data())
def test_nothing_can_be_added_to_a_copy_unnoticed(kind: str, data: st.DataObject) -> None:
    said, raw = picture.rebuild(PICTURES[kind]())
    anatomy.check(raw, said["media_type"])
    added = data.draw(st.binary(min_size=1, max_size=40))
    with pytest.raises(TemoinError):
        anatomy.check(raw + added, said["media_type"])


def test_nothing_can_be_added_to_the_copy_of_a_pdf_unnoticed() -> None:
    _, raw = paper.draw(marked.pdf())
    assert "SOS" in paper.check(raw)
    for bad in (raw + b"x", raw.replace(b"/Type/Catalog", b"/Type/Catalog/A(b)"), raw[:-2], b"", raw.replace(b"%PDF-1.4", b"%PDF-1.5")):
        with pytest.raises((Unverified, Broken)):
            paper.check(bad)
    assert paper.compose(list(paper._pictures(raw))) == raw


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["image/jpeg", "image/png", "image/webp", "image/tiff", "image/gif"]))
def test_whatever_is_taken_apart_gives_parts_or_an_error_of_ours(raw: bytes, kind: str) -> None:
    head = {"image/jpeg": b"\xff\xd8", "image/png": b"\x89PNG\r\n\x1a\n", "image/webp": b"RIFF", "image/tiff": b"II*\0", "image/gif": b"GIF89a"}[kind]
    for one in (raw, head + raw):
        try:
            anatomy.check(one, kind)
        except TemoinError:
            continue


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(PICTURES)), st.integers(0, 10**6), st.integers(1, 255))
def test_a_damaged_picture_gives_a_clean_copy_or_a_refusal(kind: str, at: int, flip: int) -> None:
    raw = bytearray(PICTURES[kind]())
    raw[at % len(raw)] ^= flip
    said, made = cell._do("picture", bytes(raw), {"covers": []})
    if said.get("failed"):
        assert json.dumps(said["sentence"])
    else:
        assert anatomy.check(made, said["media_type"])
        assert MARK not in made
