"""What holds for every test: the network is refused, and Hypothesis is given a hundred tries without a clock."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("house", max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


class NetworkRefused(RuntimeError):
    """A test has tried to reach another machine."""


def _is_here(address: Any) -> bool:
    """Whether an address is on this machine: a path, localhost, or a loopback number."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Refuse every connection and every name look-up that leaves this machine, and tell child processes to stay offline too."""
    patch = pytest.MonkeyPatch()
    for name in ("connect", "connect_ex", "sendto"):
        original = getattr(socket.socket, name)

        def guarded(self: socket.socket, *args: Any, _original: Any = original, _name: str = name) -> Any:
            if not _is_here(args[-1] if _name == "sendto" else args[0]):
                raise NetworkRefused(f"{_name} to {args[-1]!r}: tests have no network")
            return _original(self, *args)

        patch.setattr(socket.socket, name, guarded)
    look_up = socket.getaddrinfo

    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host is not None and not _is_here((host.decode() if isinstance(host, bytes) else host,)):
            raise NetworkRefused(f"look-up of {host!r}: tests have no network")
        return look_up(host, *args, **kwargs)

    patch.setattr(socket, "getaddrinfo", getaddrinfo)
    for name in [name for name in os.environ if name.startswith("TEMOIN_")]:
        patch.delenv(name)
    yield
    patch.undo()
