"""The number of a certificate and its check digits, against the published procedure of IBANs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustermark.certificates.number import CertificateNumber, read_number
from clustermark.ground.problems import ProblemsError

numbers = st.builds(
    CertificateNumber,
    country=st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=2),
    year=st.integers(1990, 2999),
    month=st.integers(1, 12),
    serial=st.integers(1, 999_999_999),
)


def remainder(text: str) -> int:
    """ISO/IEC 7064 MOD 97-10 digit by digit, as one would by hand; 1 when the check digits fit."""
    rest = 0
    for character in text.replace("-", ""):
        value = ord(character) - 55 if character.isalpha() else int(character)
        rest = (rest * (100 if value > 9 else 10) + value) % 97
    return rest


@given(numbers)
def test_a_number_is_read_back_and_its_check_digits_fit(number: CertificateNumber) -> None:
    assert read_number(str(number)) == number
    assert remainder(str(number)) == 1


@given(numbers, st.data())
def test_one_wrong_digit_is_found(number: CertificateNumber, data: st.DataObject) -> None:
    text = str(number)
    place = data.draw(st.sampled_from([index for index, letter in enumerate(text) if letter.isdigit()]))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != text[place]]))
    with pytest.raises(ProblemsError):
        read_number(text[:place] + other + text[place + 1 :])


@given(numbers, st.data())
def test_two_swapped_neighbours_are_found(number: CertificateNumber, data: st.DataObject) -> None:
    text = str(number)
    swaps = [index for index in range(len(text) - 1) if text[index] != text[index + 1]]
    place = data.draw(st.sampled_from([index for index in swaps if "-" not in text[index : index + 2]]))
    with pytest.raises(ProblemsError):
        read_number(text[:place] + text[place + 1] + text[place] + text[place + 2 :])


def test_the_form_of_a_number() -> None:
    assert str(CertificateNumber("RU", 2017, 10, 42)).startswith("RU-2017-10-0042-")
    for wrong in ("", "RU-2017-13-0042-40", "ru-2017-10-0042-40", "RU-2017-10-42-40", "RU-2017-10-0042-40 "):
        with pytest.raises(ProblemsError, match="not the number"):
            read_number(wrong)


def test_the_check_digits_are_computed_as_for_an_iban() -> None:
    # RU -> 27 30: 98 - (2730 2017 10 0042 00 mod 97)
    assert int(str(CertificateNumber("RU", 2017, 10, 42))[-2:]) == 98 - 2730201710004200 % 97
