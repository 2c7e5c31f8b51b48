"""Numbers of certificates in addresses."""

from __future__ import annotations

import re


class NumberConverter:
    """Any number that can stand in an address: letters, digits, full stops and hyphens, with at least one digit."""

    regex = r"(?=[A-Za-z.-]*[0-9])[A-Za-z0-9][A-Za-z0-9.-]{0,59}"

    def to_python(self, value: str) -> str:
        """The number as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The number as it stands."""
        return value


def stands_in_address(number: str) -> bool:
    """Whether a number can stand in the address of its page."""
    return re.fullmatch(NumberConverter.regex, number) is not None
