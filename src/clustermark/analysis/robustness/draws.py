"""Random numbers that belong to a draw: the counter of Philox is the number of the draw, the key is the seed.

Philox 4×64 (Salmon et al., *Parallel random numbers: as easy as 1, 2, 3*, SC11) gives four 64-bit words for each
value of a counter and has no other state. Draw i owns the blocks i·b … i·b + b − 1, where b is the number of
blocks a draw needs. A draw can thus be made alone, in a chunk or by any thread, and is the same to the bit.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

WORDS_A_BLOCK = 4


def raw_words(seed: int, first: int, count: int, width: int) -> NDArray[np.uint64]:
    """Words of the draws `first` … `first + count − 1`: shape (count, blocks·4 ≥ `width`), uint64."""
    blocks = -(-width // WORDS_A_BLOCK)
    stream = np.random.Philox(key=seed, counter=first * blocks)
    words: NDArray[np.uint64] = stream.random_raw(count * blocks * WORDS_A_BLOCK)
    return words.reshape(count, blocks * WORDS_A_BLOCK)


def uniforms(seed: int, first: int, count: int, width: int) -> NDArray[np.float64]:
    """Numbers strictly between 0 and 1 for the draws `first` … , shape (count, `width`)."""
    words = raw_words(seed, first, count, width)[:, :width]
    return between_0_and_1(words)


def between_0_and_1(words: NDArray[np.uint64]) -> NDArray[np.float64]:
    """A word as a number strictly between 0 and 1: its upper 52 bits and a half."""
    found: NDArray[np.float64] = ((words >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52
    return found
