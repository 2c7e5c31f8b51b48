"""Ratings that leave a coefficient without a number get words, never NaN."""

import json

import pytest

from clustermark.analysis.agreement import agreement_of
from clustermark.ground.problems import ProblemsError
from tests.analysis.agreement.material import RUBRIC, estimates_of, oracle_table

NOTHING: dict[str, list[list[float | None]]] = {
    "Nothing has been rated yet.": [[None, None], [None, None]],
    "Only one expert has rated: there is nothing to compare the ratings with.": [[1, None], [2, None]],
    "No two experts rated the same unit: there is nothing to compare.": [[1, None], [None, 2]],
}


@pytest.mark.parametrize("words", NOTHING)
def test_nothing_to_compare(words: str) -> None:
    found = agreement_of(NOTHING[words], RUBRIC)
    assert {estimate.words for estimate in estimates_of(found).values()} == {words}
    assert {estimate.value for estimate in estimates_of(found).values()} == {None}
    assert found.nominal.words == words
    assert found.compared == 0


def test_all_ratings_the_same_on_a_known_scale() -> None:
    found = agreement_of([[3, 3]] * 5, RUBRIC)
    assert found.percent.value == 1
    assert found.percent.low is None
    assert found.nominal.ac.value == 1
    assert found.nominal.kappa.value is None
    assert found.nominal.kappa.words == (
        "All ratings are the same, so kappa cannot tell agreement from chance: read AC beside it."
    )
    assert found.alpha_ordinal.value is None
    assert found.alpha_ordinal.words == (
        "All ratings are the same: without any difference alpha says nothing about reliability."
    )
    assert {form.value for form in found.intraclass} == {None}
    assert found.intraclass[0].words == (
        "All ratings are the same: without differences between units there is no correlation."
    )


def test_three_experts_and_all_ratings_the_same() -> None:
    found = agreement_of([[3, 3, 3]] * 5, RUBRIC)
    assert found.quadratic.kappa.coefficient == "fleiss_kappa"
    assert found.quadratic.kappa.value is None
    assert found.quadratic.ac.value == 1


def test_one_category_and_no_known_scale() -> None:
    found = agreement_of([[3, 3]] * 5)
    assert found.percent.value == 1
    assert found.nominal.ac.value is None
    assert found.nominal.ac.words == (
        "Only one category is known, so there is no chance to agree by: name the whole scale."
    )


def test_kappa_warns_of_the_paradox_and_stands_beside_ac() -> None:
    """Nearly all ratings are 4: AC1 .45 and AC2 .96, kappa below zero."""
    found = agreement_of(oracle_table("skewed"), RUBRIC)
    assert found.quadratic.kappa.value is not None
    assert found.quadratic.kappa.value < 0
    assert found.quadratic.ac.value == pytest.approx(0.962428, abs=1e-6)
    assert found.quadratic.words == (
        "Most ratings fall into few categories. Kappa is then low even where experts agree; "
        "read Gwet's coefficient instead."
    )
    plain = agreement_of(oracle_table("pair"), RUBRIC).nominal
    assert plain.words == "Kappa and Gwet's coefficient tell the same story."


def test_units_that_cannot_be_told_apart() -> None:
    """Two units, two experts, opposite ratings: no mean differs; what is defined is the worst there is."""
    found = agreement_of([[1, 2], [2, 1]])
    values = {estimate.coefficient: estimate.value for estimate in found.intraclass}
    assert values["ICC3"] == pytest.approx(-1)
    assert values["ICC3k"] is None
    assert found.nominal.kappa.value == -1
    assert found.percent.value == 0


def test_an_expert_who_is_always_one_step_milder() -> None:
    """Consistency is perfect, agreement is not, and no interval is invented for the perfect one."""
    forms = {f.coefficient: f for f in agreement_of([[0, 1], [2, 3], [4, 5]], RUBRIC).intraclass}
    assert forms["ICC3"].value == pytest.approx(1)
    assert forms["ICC3"].low is None
    assert (
        forms["ICC3"].words
        == "1: excellent reliability. The ratings are too few or too equal for an interval."
    )
    assert forms["ICC2"].value == pytest.approx(8 / 9)


@pytest.mark.parametrize(
    "ratings", [[[1, 2]], [[1, 1]], [[1, 2], [2, 1]], [[0, 5, None]] * 2, [[1, None, 2], [None, 3, 3]]]
)
def test_the_document_is_always_plain_json(ratings: list[list[float | None]]) -> None:
    text = agreement_of(ratings, RUBRIC).model_dump_json()
    assert "NaN" not in text
    assert all(estimate.words for estimate in estimates_of(agreement_of(ratings, RUBRIC)).values())
    assert json.loads(text)["raters"] in {2, 3}


def test_every_rating_off_the_scale_is_named() -> None:
    with pytest.raises(ProblemsError) as error:
        agreement_of([[1, 7], [-1, 2]], RUBRIC)
    assert [str(problem) for problem in error.value.problems] == [
        "ratings, unit 1, rater 2: A rating is not on the scale. Found: 7. Allowed: 0, 1, 2, 3, 4, 5.",
        "ratings, unit 2, rater 1: A rating is not on the scale. Found: -1. Allowed: 0, 1, 2, 3, 4, 5.",
    ]


@pytest.mark.parametrize("ratings", [[1, 2, 3], [["good", "bad"]], [[1, 2], [3]]])
def test_not_a_table_of_numbers(ratings: list[object]) -> None:
    with pytest.raises(ProblemsError) as error:
        agreement_of(ratings)  # type: ignore[arg-type] # what a careless caller might pass
    assert [problem.code for problem in error.value.problems] == ["ratings-not-a-table"]
