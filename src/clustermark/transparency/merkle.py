"""The Merkle tree of an append-only log, by RFC 6962 section 2.1 and RFC 9162 section 2.1 (SHA-256).

A tree of size n has the leaves 0 … n - 1. Proofs are lists of 32-byte hashes. Verification needs no tree
and runs once over the proof, as RFC 9162 sections 2.1.3.2 and 2.1.4.2 say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry; its prefix keeps a leaf from being taken for a node."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of the node over two subtrees."""
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree that grows at its end; a root or a proof of any size it ever had takes O(log² n) look-ups."""

    def __init__(self, entries: Iterable[bytes] = ()) -> None:
        # _full[k][i] is the root of the full subtree over the leaves i·2^k … (i + 1)·2^k - 1
        self._full: list[list[bytes]] = [[]]
        for entry in entries:
            self.append(entry)

    def __len__(self) -> int:
        return len(self._full[0])

    def append(self, entry: bytes) -> bytes:
        """Add an entry and return its leaf hash."""
        leaf = leaf_hash(entry)
        row, made = 0, leaf
        self._full[0].append(made)
        while len(self._full[row]) % 2 == 0:
            made = node_hash(self._full[row][-2], made)
            row += 1
            if row == len(self._full):
                self._full.append([])
            self._full[row].append(made)
        return leaf

    def grown(self, entries: Iterable[bytes]) -> Tree:
        """A tree that goes on with `entries`; this one stays as it is, for whoever reads it meanwhile."""
        tree = Tree()
        tree._full = [row.copy() for row in self._full]
        for entry in entries:
            tree.append(entry)
        return tree

    def leaf(self, index: int) -> bytes:
        """The hash of the leaf `index`; raises IndexError outside the tree."""
        return self._full[0][index]

    def root(self, size: int | None = None) -> bytes:
        """The root of the first `size` leaves (default: all). Raises ValueError for a size it never had."""
        size = self._known(size)
        return self._over(0, size) if size else EMPTY_ROOT

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """The proof that leaf `index` is in the tree of `size` leaves (RFC 9162, 2.1.3.1)."""
        size = self._known(size)
        if not 0 <= index < size:
            raise ValueError(f"no leaf {index} in a tree of {size}")
        low, high, proof = 0, size, []
        while high - low > 1:
            middle = low + _split(high - low)
            if index < middle:
                proof.append(self._over(middle, high))
                high = middle
            else:
                proof.append(self._over(low, middle))
                low = middle
        return proof[::-1]

    def consistency(self, earlier: int, later: int | None = None) -> list[bytes]:
        """The proof that the tree of `later` leaves continues that of `earlier` (RFC 9162, 2.1.4.1)."""
        later = self._known(later)
        if not 0 < earlier <= later:
            raise ValueError(f"a tree of {later} cannot continue one of {earlier}")
        low, high, proof = 0, later, []
        while earlier != high:
            middle = low + _split(high - low)
            if earlier <= middle:
                proof.append(self._over(middle, high))
                high = middle
            else:
                proof.append(self._over(low, middle))
                low = middle
        # the verifier knows the earlier root, so the last subtree is told only where it is not the whole of it
        return ([self._over(low, high)] if low else []) + proof[::-1]

    def _known(self, size: int | None) -> int:
        size = len(self) if size is None else size
        if not 0 <= size <= len(self):
            raise ValueError(f"the tree never had {size} leaves")
        return size

    def _over(self, low: int, high: int) -> bytes:
        """The root over the leaves low … high - 1, where `low` is a multiple of the full subtree that fits."""
        width = high - low
        if width & (width - 1) == 0:
            return self._full[width.bit_length() - 1][low // width]
        middle = low + _split(width)
        return node_hash(self._over(low, middle), self._over(middle, high))


def _split(width: int) -> int:
    """The largest power of two below `width`."""
    return 1 << ((width - 1).bit_length() - 1)


def verify_inclusion(proof: Sequence[bytes], *, leaf: bytes, index: int, size: int, root: bytes) -> bool:
    """Whether `proof` shows that the leaf hash `leaf` stands at `index` of the tree of `size` with `root`.

    RFC 9162, section 2.1.3.2.
    """
    if not 0 <= index < size or len(root) != HASH_BYTES:
        return False
    place, last, made = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            made = node_hash(step, made)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            made = node_hash(made, step)
        place, last = place >> 1, last >> 1
    return last == 0 and made == root


def verify_consistency(
    proof: Sequence[bytes], *, earlier: int, later: int, earlier_root: bytes, later_root: bytes
) -> bool:
    """Whether `proof` shows that the tree of `later` leaves begins with that of `earlier` leaves.

    RFC 9162, section 2.1.4.2. Trees of one size are consistent when their roots are equal and the proof is
    empty. Nothing can be shown about the empty tree, which any tree continues.
    """
    if not 0 < earlier <= later:
        return False
    if earlier == later:
        return not proof and earlier_root == later_root
    steps = list(proof)
    if earlier & (earlier - 1) == 0:
        steps.insert(0, earlier_root)
    if not steps:
        return False
    place, last = earlier - 1, later - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, step)
        place, last = place >> 1, last >> 1
    return last == 0 and old == earlier_root and new == later_root
