"""The tests themselves have no network: another machine is refused, this one is not."""

from __future__ import annotations

import socket

import pytest


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_another_machine_is_refused(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as door, pytest.raises(RuntimeError, match="tests have no network"):
        door.connect((host, 443))


def test_a_name_is_not_looked_up() -> None:
    with pytest.raises(RuntimeError, match="tests have no network"):
        socket.create_connection(("example.org", 443), timeout=1)


def test_this_machine_is_not_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname(), timeout=5):
        pass
