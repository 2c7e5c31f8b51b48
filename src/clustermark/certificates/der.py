"""Whether bytes are written as DER wants the frame of every element: definite, shortest lengths, nothing between."""

from __future__ import annotations

MAX_DEPTH = 40


def element_end(data: bytes, start: int = 0, limit: int | None = None, depth: int = 0) -> int:
    """Where the element that begins at `start` ends; raises ValueError unless all elements within fill it exactly.

    It ends before `limit` (default: the end of `data`). Contents of primitive elements are not looked at.
    Source: ITU-T X.690, sections 8.1 and 10.1.
    """
    limit = len(data) if limit is None else limit
    if depth > MAX_DEPTH or start + 2 > limit:
        raise ValueError("nested too deeply, or cut off")
    tag, first = data[start], data[start + 1]
    if tag == 0 or tag & 0x1F == 0x1F or first in {0x80, 0xFF}:
        raise ValueError("a tag or length of a kind that is not used")
    begin, length = start + 2, first
    if first > 0x80:
        digits = data[begin : begin + first - 0x80]
        begin += len(digits)
        length = int.from_bytes(digits, "big")
        if length < 0x80 or digits[0] == 0:
            raise ValueError("a length that could be written shorter")
    end = begin + length
    if end > limit:
        raise ValueError("cut off")
    place = begin
    while tag & 0x20 and place < end:
        place = element_end(data, place, end, depth + 1)
    return end
