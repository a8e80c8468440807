"""The vault: payloads of any length, alone and together."""

from __future__ import annotations

import os
import tempfile
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from temoin.errors import Broken
from temoin.store.stream import CHUNK
from temoin.store.vault import SMALL_BYTES, Place, Vault


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([0, 1, 100, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, SMALL_BYTES, SMALL_BYTES + 1]), min_size=1, max_size=6))
def test_payloads_of_any_length_come_back_from_the_files_they_share(sizes: list[int]) -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as name:
        vault = Vault(Path(name) / "originals", os.urandom)
        vault.create()
        contents = [os.urandom(size) for size in sizes]
        for n, content in enumerate(contents[::2]):
            (Path(name) / str(n)).write_bytes(content)
        sources: list[Path | bytes] = [Path(name) / str(n // 2) if n % 2 == 0 else content for n, content in enumerate(contents)]
        stored = vault.put(sources)
        for one, content in zip(stored, contents, strict=True):
            assert b"".join(vault.read(one.name, one.key, one.place)) == content
            assert (one.sha256, one.size_bytes) == (sha256(content).hexdigest(), len(content))
        small = sum(size <= SMALL_BYTES for size in sizes)
        assert len(list(vault.names())) == len(sizes) - small + bool(small)
        # A neighbour's key, a place one byte off, a place cut short: nothing of it is given.
        for key, place in ((os.urandom(32), stored[0].place), (stored[0].key, Place(1, stored[0].place.length)), (stored[0].key, Place(0, 15))):
            with pytest.raises(Broken):
                list(vault.read(stored[0].name, key, place))
