"""WARC and WACZ: the pages inside; a broken record ends its archive, not the run."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

from temoin import capture
from temoin.records import Report, Unread
from tests.capture.makers import gathered, page


def record(kind: str, url: str, content_type: str, block: bytes) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-05-04T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
    return f"{head}Content-Type: {content_type}\r\nContent-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def warc(*responses: tuple[str, str, bytes], gzipped: bool = True, status: str = "200 OK") -> bytes:
    """Return a WARC of (address, content type, body) responses."""
    records = [record("warcinfo", "urn:x", "application/warc-fields", b"software: test\r\n")]
    for url, kind, body in responses:
        http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        records.append(record("response", url, "application/http; msgtype=response", http))
    return b"".join(gzip.compress(one) if gzipped else one for one in records)


SEVEN = ("https://news.example/world/seven?x=1", "text/html; charset=utf-8", page().encode())
EIGHT = ("https://news.example/eight", "text/html", page("Eight detained").encode())
PICTURE = ("https://news.example/a.png", "image/png", b"\x89PNG")


def test_pages_in_a_warc_are_reports_with_their_address(tmp_path: Path) -> None:
    for gzipped, name in ((True, "a.warc.gz"), (False, "b.warc")):
        file = tmp_path / name
        file.write_bytes(warc(SEVEN, PICTURE, EIGHT, gzipped=gzipped))
        found = gathered(file)
        assert [r.url for r in found if isinstance(r, Report)] == [SEVEN[0], EIGHT[0]]
        assert [r.id for r in found if isinstance(r, Report)] == ["news.example-seven", "news.example-eight"]
        assert isinstance(found[0], Report)
        assert found[0].published is None
        assert found[0].notes == ("captured 2031-05-04",)
        assert found[0].outlet == "news.example"


def test_a_warc_cut_in_the_middle_keeps_what_came_before(tmp_path: Path) -> None:
    file = tmp_path / "a.warc.gz"
    whole = warc(SEVEN, EIGHT)
    file.write_bytes(whole[:-200])
    first, *_, last = gathered(file)
    assert isinstance(first, Report)
    assert isinstance(last, Unread)
    file.write_bytes(whole[:400] + b"\x00garbage" * 40)
    assert isinstance(gathered(file)[-1], Unread)


def test_a_warc_with_broken_gzip_is_unread(tmp_path: Path) -> None:
    file = tmp_path / "a.warc.gz"
    file.write_bytes(b"\x1f\x8b\x08\x00" + b"\xff" * 500)
    (found,) = gathered(file)
    assert isinstance(found, Unread)
    assert "broken" in found.reason
    assert found.hint


def test_an_archive_without_pages_says_so(tmp_path: Path) -> None:
    file = tmp_path / "a.warc.gz"
    file.write_bytes(warc(PICTURE))
    (found,) = gathered(file)
    assert isinstance(found, Unread)
    assert "without a page" in found.reason
    file.write_bytes(warc(SEVEN, status="404 Not Found"))
    assert isinstance(gathered(file)[0], Unread)


def test_a_record_that_claims_too_much_ends_the_archive(tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    file.write_bytes(warc(SEVEN, EIGHT, gzipped=False))
    found = gathered(file, limits=capture.Limits(inflated_stream_bytes=1500))
    assert "the rest was not read" in getattr(found[-1], "reason", "")


def wacz(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {"datapackage.json": b"{}", **parts}.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_wacz_gives_the_pages_of_all_its_warcs(tmp_path: Path) -> None:
    file = tmp_path / "a.wacz"
    file.write_bytes(wacz({"archive/b.warc.gz": warc(EIGHT), "archive/a.warc.gz": warc(SEVEN)}))
    assert [r.url for r in gathered(file) if isinstance(r, Report)] == [SEVEN[0], EIGHT[0]]


def test_a_wacz_bomb_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.wacz"
    file.write_bytes(wacz({"archive/a.warc": b"WARC/1.0\r\n" + bytes(3_000_000)}))
    (found,) = gathered(file, limits=capture.Limits(inflated_stream_bytes=1_000_000))
    assert isinstance(found, Unread)
    assert "unfolds to 3 MB" in found.reason
