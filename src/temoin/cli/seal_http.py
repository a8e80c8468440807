"""The wire under `temoin stamp`, `temoin witness` and `temoin log`: one way to post, one to fetch, one small server.

Everything it carries is checked by others.
"""

from __future__ import annotations

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from temoin.errors import Misused, Unreachable

if TYPE_CHECKING:
    from temoin.seal.witness import Answer

TIMEOUT_S = 30
MAX_ANSWER_BYTES = 1 << 18
#: The longest file of a log: an entry bundle of 256 entries of 65,535 bytes, with their lengths.
MAX_FILE_BYTES = 256 * (2 + 65_535)


def post(url: str, body: bytes) -> tuple[int, bytes]:
    """Post a body and return status and answer. Raises Unreachable where nobody answers, Misused for an address that is not http."""
    from urllib.error import HTTPError, URLError
    from urllib.request import Request, urlopen

    if not url.startswith(("https://", "http://")):
        raise Misused(f"{url} is no http address")
    kind = "text/plain; charset=utf-8" if url.endswith("/add-checkpoint") else "application/timestamp-query"
    try:
        with urlopen(Request(url, data=body, headers={"Content-Type": kind}, method="POST"), timeout=TIMEOUT_S) as answer:
            return answer.status, answer.read(MAX_ANSWER_BYTES)
    except HTTPError as err:
        with err:
            return err.code, err.read(MAX_ANSWER_BYTES)
    except (URLError, OSError, ValueError) as err:
        raise Unreachable(f"{url} does not answer: {getattr(err, 'reason', err)}") from err


def get(url: str) -> tuple[int, bytes]:
    """Fetch an address and return status and answer. Raises Unreachable where nobody answers or the answer is too long."""
    from urllib.error import HTTPError, URLError
    from urllib.request import Request, urlopen

    try:
        with urlopen(Request(url, headers={"User-Agent": "temoin"}), timeout=TIMEOUT_S) as answer:
            body = answer.read(MAX_FILE_BYTES + 1)
            if len(body) > MAX_FILE_BYTES:
                raise Unreachable(f"{url} sends more than {MAX_FILE_BYTES} bytes: it is no file of a log")
            return answer.status, body
    except HTTPError as err:
        with err:
            return err.code, b""
    except (URLError, OSError, ValueError) as err:
        raise Unreachable(f"{url} does not answer: {getattr(err, 'reason', err)}") from err


def server(host: str, port: int, answer: Callable[[bytes], Answer], limit_bytes: int) -> ThreadingHTTPServer:
    """Return a server for `POST /add-checkpoint`, bound and not yet running. Nothing of a request is written to any log."""

    class Handler(BaseHTTPRequestHandler):
        timeout = TIMEOUT_S
        server_version = "temoin"
        sys_version = ""
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if self.path != "/add-checkpoint":
                self._say(404, "nothing is here\n", "text/plain; charset=utf-8")
            elif not length.isdigit() or int(length) > limit_bytes:
                self.close_connection = True
                self._say(413, "too long\n", "text/plain; charset=utf-8")
            else:
                said = answer(self.rfile.read(int(length)))
                self._say(said.status, said.body, said.content_type)

        def _say(self, status: int, body: str, kind: str) -> None:
            raw = body.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, format: str, *args: object) -> None:
            """Keep no record of who asked."""

    return ThreadingHTTPServer((host, port), Handler)
