"""Other people's answers: RFC 6962's tree, transparency-dev's proofs, Tessera's log, Go's note keys. All right ones pass, all mutated ones fail."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from temoin.errors import TemoinError
from temoin.seal import checkpoint, note, proof, tile
from temoin.seal.key import VerifyingKey
from temoin.seal.tree import EMPTY_ROOT, Tree, naive_root

VECTORS = Path(__file__).resolve().parents[3] / "shared" / "vectors"
needs_vectors = pytest.mark.skipif(not VECTORS.is_dir(), reason="the shared vectors are not beside this checkout")
TESSERA_KEY = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"

# RFC 6962 reference leaves and roots, as in certificate-transparency's own tests.
LEAVES = [b"", b"\x00", b"\x10", b"\x20\x21", b"\x30\x31", b"\x40\x41\x42\x43", bytes(range(0x50, 0x58)), bytes(range(0x60, 0x70))]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def test_the_reference_tree_of_rfc_6962_has_its_roots() -> None:
    tree = Tree()
    assert tree.root() == EMPTY_ROOT
    tree.append(LEAVES)
    for size, root in enumerate(ROOTS, 1):
        assert tree.root(size).hex() == root == naive_root(LEAVES[:size]).hex()


def _cases(kind: str) -> list[Path]:
    return sorted((VECTORS / "merkle" / "testdata" / kind).rglob("*.json"))


def _b(value: str | None) -> bytes:
    return base64.b64decode(value or "")


@needs_vectors
@pytest.mark.parametrize(("kind", "count"), [("inclusion", 98), ("consistency", 98), ("subtreeinclusion", 204), ("subtreeconsistency", 118)])
def test_every_proof_vector_is_judged_as_its_makers_judge_it(kind: str, count: int) -> None:
    paths = _cases(kind)
    assert len(paths) == count
    wrong = []
    for path in paths:
        v = json.loads(path.read_text())
        hashes = [_b(h) for h in v["proof"] or []]
        try:
            if kind == "inclusion":
                proof.verify_inclusion(v["leafIdx"], v["treeSize"], _b(v["leafHash"]), hashes, _b(v["root"]))
            elif kind == "consistency":
                proof.verify_consistency(v["size1"], v["size2"], hashes, _b(v["root1"]), _b(v["root2"]))
            elif kind == "subtreeinclusion":
                proof.verify_subtree_inclusion(v["leafIdx"], v["start"], v["end"], _b(v["leafHash"]), hashes, _b(v["root"]))
            else:
                proof.verify_subtree_consistency(v["start"], v["end"], v["size"], hashes, _b(v["root1"]), _b(v["root2"]))
            refused = False
        except TemoinError:
            refused = True
        # Stricter than the makers in two respects, by design: a root of 12 bytes is no root, and nothing follows from an empty tree.
        roots = [_b(v[name]) for name in ("root", "root1", "root2") if name in v]
        wanted = v["wantErr"] or any(len(root) != 32 for root in roots) or ("end" in v and v["start"] == v["end"])
        if refused != wanted:
            wrong.append(f"{path.relative_to(VECTORS)}: {v['desc']}")
    assert wrong == []


@needs_vectors
def test_tesseras_checkpoints_tiles_and_entries_agree_with_our_tree() -> None:
    log = VECTORS / "tessera" / "testdata" / "log"
    key = VerifyingKey.parse(TESSERA_KEY)
    for size in range(16):
        stated = checkpoint.verify(note.parse((log / f"checkpoint.{size}").read_bytes()), key)
        assert stated.size == size
        if not size:
            assert stated.root == EMPTY_ROOT
            continue
        place = tile.Tile(0, 0, size)
        entries = tile.unpack((log / place.entries_path).read_bytes())
        assert tile.pack(entries) == (log / place.entries_path).read_bytes()
        tree = Tree()
        tree.append(entries)
        assert tree.root() == stated.root
        assert tile.content(tree.node, place) == (log / place.path).read_bytes()


def test_the_note_of_gos_documentation_verifies() -> None:
    key = VerifyingKey.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    text = (
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    )
    signed = note.parse(text)
    assert [s.key.name for s in note.signed_by(signed, [key])] == ["PeterNeumann"]
    assert str(signed) == text


def test_the_cosignature_of_the_specifications_example_reads_back() -> None:
    line = "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA=="
    signature = note.parse_signature(line)
    assert str(signature) == line + "\n"
    assert int.from_bytes(signature.value[:8], "big") == 1679315147
