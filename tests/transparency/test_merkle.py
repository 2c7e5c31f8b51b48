"""The tree against the published roots and proofs of Certificate Transparency, and against the recursive definition."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustermark.transparency.merkle import (
    EMPTY_ROOT,
    Tree,
    leaf_hash,
    node_hash,
    verify_consistency,
    verify_inclusion,
)

# the entries and roots of the reference tests of Certificate Transparency
ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
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
PROOFS: dict[str, Any] = json.loads((Path(__file__).parent / "proofs.json").read_text(encoding="utf-8"))


def published(kind: str) -> list[Any]:
    """The published cases of a kind; names of repeated mutations are numbered by pytest."""
    return [pytest.param(case, id=case["case"].removesuffix(".json")) for case in PROOFS[kind]]


def bits(text: str | None) -> bytes:
    return b64decode(text or "")


def test_published_roots() -> None:
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    tree = Tree()
    assert tree.root() == EMPTY_ROOT
    for entry, root in zip(ENTRIES, ROOTS, strict=True):
        tree.append(entry)
        assert tree.root().hex() == root
    assert [tree.root(size).hex() for size in range(1, 9)] == ROOTS


@pytest.mark.parametrize("case", published("inclusion"))
def test_published_inclusion_proofs(case: dict[str, Any]) -> None:
    proof = [bits(step) for step in case["proof"] or []]
    # a negative index cannot be told in the fixed-width numbers of the published file
    held = verify_inclusion(
        proof,
        leaf=bits(case["leafHash"]),
        index=case["leafIdx"],
        size=case["treeSize"],
        root=bits(case["root"]),
    )
    assert held is not case["wantErr"]
    if not case["wantErr"]:
        assert Tree(ENTRIES).inclusion(case["leafIdx"], case["treeSize"]) == proof


@pytest.mark.parametrize("case", published("consistency"))
def test_published_consistency_proofs(case: dict[str, Any]) -> None:
    proof = [bits(step) for step in case["proof"] or []]
    held = verify_consistency(
        proof,
        earlier=case["size1"],
        later=case["size2"],
        earlier_root=bits(case["root1"]),
        later_root=bits(case["root2"]),
    )
    assert held is not case["wantErr"]
    if not case["wantErr"]:
        assert Tree(ENTRIES).consistency(case["size1"], case["size2"]) == proof


def slow_root(entries: list[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1, as written there."""
    if len(entries) < 2:
        return leaf_hash(entries[0]) if entries else EMPTY_ROOT
    k = max(2**i for i in range(len(entries)) if 2**i < len(entries))
    return node_hash(slow_root(entries[:k]), slow_root(entries[k:]))


def slow_path(m: int, entries: list[bytes]) -> list[bytes]:
    """PATH of RFC 6962, section 2.1.1."""
    if len(entries) == 1:
        return []
    k = max(2**i for i in range(len(entries)) if 2**i < len(entries))
    if m < k:
        return [*slow_path(m, entries[:k]), slow_root(entries[k:])]
    return [*slow_path(m - k, entries[k:]), slow_root(entries[:k])]


def slow_subproof(m: int, entries: list[bytes], *, whole: bool) -> list[bytes]:
    """SUBPROOF of RFC 6962, section 2.1.2."""
    if m == len(entries):
        return [] if whole else [slow_root(entries)]
    k = max(2**i for i in range(len(entries)) if 2**i < len(entries))
    if m <= k:
        return [*slow_subproof(m, entries[:k], whole=whole), slow_root(entries[k:])]
    return [*slow_subproof(m - k, entries[k:], whole=False), slow_root(entries[:k])]


logs = st.lists(st.binary(max_size=3), min_size=1, max_size=40)


@given(logs, st.data())
def test_the_tree_is_the_recursive_definition(entries: list[bytes], data: st.DataObject) -> None:
    tree = Tree(entries)
    size = data.draw(st.integers(1, len(entries)))
    index = data.draw(st.integers(0, size - 1))
    earlier = data.draw(st.integers(1, size))
    head = entries[:size]
    assert tree.root(size) == slow_root(head)
    path = tree.inclusion(index, size)
    assert path == slow_path(index, head)
    assert verify_inclusion(path, leaf=tree.leaf(index), index=index, size=size, root=tree.root(size))
    proof = tree.consistency(earlier, size)
    assert proof == slow_subproof(earlier, head, whole=True)
    roots = {"earlier_root": tree.root(earlier), "later_root": tree.root(size)}
    assert verify_consistency(proof, earlier=earlier, later=size, **roots)


@given(logs, st.data())
def test_no_proof_survives_a_change(entries: list[bytes], data: st.DataObject) -> None:
    tree = Tree(entries)
    size = len(entries)
    index = data.draw(st.integers(0, size - 1))
    leaf, root, path = tree.leaf(index), tree.root(), tree.inclusion(index)
    other = data.draw(st.integers(0, size - 1).filter(lambda other: tree.leaf(other) != leaf) | st.none())
    if other is not None:
        assert not verify_inclusion(path, leaf=tree.leaf(other), index=index, size=size, root=root)
    assert not verify_inclusion([*path, leaf], leaf=leaf, index=index, size=size, root=root)
    changed = [*entries]
    changed[index] += b"!"
    earlier = data.draw(st.integers(index + 1, size))
    after = Tree([*changed, b"more"])
    assert not verify_consistency(
        after.consistency(earlier),
        earlier=earlier,
        later=size + 1,
        earlier_root=tree.root(earlier),
        later_root=after.root(),
    )


def test_what_a_tree_never_had_is_refused() -> None:
    tree = Tree(ENTRIES)
    for ask in (
        lambda: tree.root(9),
        lambda: tree.inclusion(8),
        lambda: tree.inclusion(3, 3),
        lambda: tree.consistency(0),
        lambda: tree.consistency(5, 4),
    ):
        with pytest.raises(ValueError, match="tree"):
            ask()


def test_a_tree_that_was_handed_out_stays_as_it_is() -> None:
    first = Tree([b"a", b"b", b"c"])
    root = first.root()
    later = first.grown([b"d", b"e"])
    assert (len(first), first.root()) == (3, root)
    assert (len(later), later.root()) == (5, Tree([b"a", b"b", b"c", b"d", b"e"]).root())
