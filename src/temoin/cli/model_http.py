"""The wire to the second reader: one question to an OpenAI-compatible server, one answer, both bounded.

The text of a report leaves the process here, so the address is held to this machine unless a person has said otherwise, redirects are not
followed, proxies are not used, and nothing that the server says is believed or printed beyond a short reason.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import ssl
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Event, Timer
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import msgspec

from temoin.desk.second_reader import SecondReader
from temoin.errors import Misused, Unreachable, Unreadable
from temoin.read.proposals import INSTRUCTIONS, SCHEMA
from temoin.settings import Settings

MAX_ANSWER_BYTES = 1 << 20
#: Enough for every claim of one question; a model that rambles is stopped here.
MAX_TOKENS = 4_096


class _Message(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Message


class _Completion(msgspec.Struct):
    choices: list[_Choice]


class Address(NamedTuple):
    """Where questions go."""

    secure: bool
    host: str
    port: int
    path: str


def second_reader(settings: Settings) -> SecondReader | None:
    """Return the second reader that the settings ask for, None where they ask for none.

    Raises Misused where the address is no server's, or another machine's without leave, or where no model is named.
    """
    address = str(settings["second_reader"]).strip()
    if not address:
        return None
    model = str(settings["second_model"]).strip()
    if not model:
        raise Misused("second_reader is set, but no model is named", hint="set second_model, as in TEMOIN_SECOND_MODEL=llama3.1:8b")
    checked = _checked(address, elsewhere=bool(settings["second_elsewhere"]))
    key, patience_s = str(settings["second_key"]).strip(), float(settings["second_patience"])
    if not key.isascii() or not key.isprintable():
        raise Misused("second_key holds signs that no key has", hint="copy it again")
    return SecondReader(model, lambda text: ask(checked, key, model, text, patience_s))


def _checked(address: str, *, elsewhere: bool) -> Address:
    """Return the address questions go to. Raises Misused."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.query or parts.fragment:
        raise Misused(f"second_reader is {address!r}, which is no server's address", hint="write it as http://localhost:11434/v1")
    if not _is_here(host):
        if not elsewhere:
            raise Misused(
                f"second_reader is on another machine ({host}): the text of every report would be sent there",
                hint="run the model here, or set second_elsewhere = yes if whoever runs that machine may read all that you read",
            )
        if parts.scheme != "https":
            raise Misused(f"second_reader sends reports to {host} for everybody on the way to read", hint="use https://, or a tunnel to this machine")
    path = parts.path.rstrip("/")
    secure = parts.scheme == "https"
    return Address(secure, host, port or (443 if secure else 80), path if path.endswith("/chat/completions") else path + "/chat/completions")


def _is_here(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def ask(address: Address, key: str, model: str, text: str, patience_s: float) -> str:
    """Return what the model writes about a text. Raises Unreachable where nobody answers in time, Unreadable where the answer is none.

    Servers differ in the kinds of `response_format` they know; one that refuses ours (400, 422) is asked once more without.
    """
    # A text may hold half characters that UTF-8 cannot carry; the model reads a question mark there, and no quotation of it will be kept.
    told = text.encode("utf-8", "replace").decode()
    body: dict[str, Any] = {
        "model": model,
        "messages": [{"role": "system", "content": INSTRUCTIONS}, {"role": "user", "content": told}],
        "temperature": 0,
        "seed": 0,
        "max_tokens": MAX_TOKENS,
        "stream": False,
    }
    form = {"response_format": {"type": "json_schema", "json_schema": {"name": "claims", "strict": True, "schema": SCHEMA}}}
    status, raw = _post(address, key, body | form, patience_s)
    if status in (400, 422):
        status, raw = _post(address, key, body, patience_s)
    if status != 200:
        known = {
            401: ": it wants a key (second_key)",
            403: ": it refuses this key (second_key)",
            404: f": it knows no model {model!r}, or no such path",
        }
        raise Unreachable(f"the second reader answered {status}{known.get(status, '')}")
    try:
        content = msgspec.json.decode(raw, type=_Completion).choices[0].message.content
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, IndexError) as error:
        raise Unreadable("the second reader's answer is not an OpenAI-compatible completion") from error
    if not content:
        raise Unreadable("the second reader's answer is empty")
    return content


def _post(address: Address, key: str, body: dict[str, Any], patience_s: float) -> tuple[int, bytes]:
    """Post a question; return status and answer. Raises Unreachable.

    http.client follows no redirect and asks no proxy. A timer ends the connection: a socket's own time-out counts from byte to byte, and a server
    that drips would hold the whole run.
    """
    headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "temoin"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    where = (address.host, address.port)
    if address.secure:
        connection: HTTPConnection = HTTPSConnection(*where, timeout=patience_s, context=ssl.create_default_context())
    else:
        connection = HTTPConnection(*where, timeout=patience_s)
    watch: Timer | None = None
    late = Event()
    try:
        connection.connect()
        watch = Timer(patience_s, _end, [connection.sock, late])
        watch.daemon = True
        watch.start()
        connection.request("POST", address.path, msgspec.json.encode(body), headers)
        answer = connection.getresponse()
        status, raw = answer.status, _bounded(answer)
        if late.is_set():  # the timer has cut the answer short
            raise TimeoutError
        return status, raw
    except (OSError, HTTPException, ValueError) as error:
        reason = "it took too long" if late.is_set() or isinstance(error, TimeoutError) else str(error) or type(error).__name__
        raise Unreachable(f"the second reader does not answer: {reason[:200]}") from error
    finally:
        if watch is not None:
            watch.cancel()
        connection.close()


def _end(wire: socket.socket, late: Event) -> None:
    """Wake whoever waits for a connection by shutting it down, having said why."""
    late.set()
    with contextlib.suppress(OSError):
        wire.shutdown(socket.SHUT_RDWR)


def _bounded(answer: HTTPResponse) -> bytes:
    """Read an answer of at most MAX_ANSWER_BYTES."""
    raw = answer.read(MAX_ANSWER_BYTES + 1)
    if len(raw) > MAX_ANSWER_BYTES:
        raise ValueError(f"its answer is longer than {MAX_ANSWER_BYTES} bytes")
    return raw
