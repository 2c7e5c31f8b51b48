"""The expression language is closed: what it has works, anything else is refused with what is allowed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustermark.schemes.expressions import DIALECTS, names, parse
from clustermark.schemes.expressions.dialects import ExpressionError
from clustermark.schemes.expressions.writing import to_sql, to_text

OUTSIDE = {
    "fact": [
        "count(*) + read_csv('x')",
        "count(*) filter (where exists (select 1))",
        "(select count(*) from t)",
        "sum(a) over ()",
        "sum(a / 2)",
        "sum(a) / count(*)",
        "avg(a)",
        "sum(sum(a))",
        "sum(a) + 1",
        "a",
        "sum(a::int)",
        "sum(cast(a as int))",
        "max(date 'nonsense')",
        "count(distinct a, b)",
        "sum(t.a)",
        "sum(a) filter (where b like 'x%')",
        "sum(a) filter (where b in (select 1))",
        "sum(getenv('HOME'))",
        "count(*); drop table t",
        "sum(a % 2)",
        "sum(a || b)",
        "sum(if(a, 1, 0))",
        "max(as_of - interval 1 hour)",
        "coalesce(sum(a), b)",
        "lambda x: x",
        "sum([1, 2])",
        "sum(*)",
        "pragma version",
        "",
    ],
    "measure": ["sum(a)", "a / (select 1)", "'text'", "lower(a)", "full_years(a, b)", "date '2024-01-01'", "value('2.5')", "a ^ 2", "random()", "sqrt(a)", "floor(a, 2)", "case a when 1 then 2 end", "a is true"],
    "rule": ["sum(a)", "points >= (select 1)", "lower('x') = 'x'", "system('x')", "value()", "x -> y"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("dialect", "text"), [(name, text) for name, texts in OUTSIDE.items() for text in texts]
)
def test_anything_outside_the_subset_is_refused(dialect: str, text: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text, DIALECTS[dialect])
    assert caught.value.allowed


@pytest.mark.parametrize(
    ("text", "sql", "words"),
    [
        ("count(*) filter (where committed)", 'count(*) filter (where "committed")', "count(*) where committed"),
        ("coalesce(sum(a * b), 0)", 'coalesce(sum(("a" * "b")), 0)', "coalesce(sum(a × b), 0)"),
        (
            "count(distinct p) filter (where d > as_of - interval 12 months and k not in ('x', 'y''z'))",
            ('count(distinct "p") filter (where (("d" > cast({as_of} - interval 12 month as date)) '
            "and (not (\"k\" in ('x', 'y''z')))))"),
            "count(distinct p) where d > as_of − 12 month and not k in ('x', 'y'z')",
        ),
        ("max(full_years(a, as_of))", "max(datesub('year', \"a\", {as_of}))", "max(full_years(a, as_of))"),
        ("bool_and(k >= 1)", 'bool_and(("k" >= 1))', "bool_and(k ≥ 1)"),
        ("min(a) filter (where b is not null)", 'min("a") filter (where (not ("b" is null)))', "min(a) where b is not null"),
        ("sum(case when a then 1.50 else -2 end)", 'sum((case when "a" then 1.50 else (- 2) end))', "sum(case when a then 1.5 else −2 end)"),
    ],
)  # fmt: skip
def test_facts_become_sql_and_words(text: str, sql: str, words: str) -> None:
    node = parse(text, DIALECTS["fact"])
    assert (to_sql(node), to_text(node)) == (sql, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("100*a/b", "100 × 7 ÷ b"),
        ("a-(b-1)", "7 − (b − 1)"),
        ("(a+b)*2", "(7 + b) × 2"),
        ("a/(b*2)", "7 ÷ (b × 2)"),
        ("-(a+1)", "−(7 + 1)"),
        (
            "case when a>=1 and (b<2 or b>3) then 1 end",
            "case when 7 ≥ 1 and (b < 2 or b > 3) then 1 else null end",
        ),
    ],
)
def test_formulas_with_numbers_put_in_keep_their_meaning(text: str, words: str) -> None:
    assert to_text(parse(text, DIALECTS["measure"]), {"a": "7"}) == words


def test_names_are_listed_once_in_order() -> None:
    assert names(parse("b + a * b / c", DIALECTS["measure"])) == ("b", "a", "c")


@pytest.mark.parametrize("text", ["(" * 3000 + "a", "a" + " + a" * 600, "not " * 300 + "a", "x" * 3000])
def test_long_and_deep_expressions_are_refused_without_harm(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text, DIALECTS["rule"])


@given(st.text(max_size=60))
def test_any_text_parses_or_is_refused(text: str) -> None:
    for dialect in DIALECTS.values():
        try:
            parse(text, dialect)
        except ExpressionError as error:
            assert error.message
