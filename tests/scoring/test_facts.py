"""Facts: absent is not empty, many equal each alone, and the engine stays locked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import duckdb
import pytest

from clustermark.dossiers.dossier import Dossier
from clustermark.dossiers.tables import TABLES
from clustermark.dossiers.views import VIEWS
from clustermark.ground.problems import ProblemsError
from clustermark.schemes.scheme import Scheme
from clustermark.scoring import facts as facts_module
from clustermark.scoring.facts import FEW_ROWS, FactValue, Records, check_types, compute_facts
from tests.builders import AS_OF, ROOT, contact, dossier, met, mini, mini_text, participant, rows


def fact(source: str, value: str, *dossiers: Dossier) -> list[FactValue]:
    text = mini_text().replace(
        "indicators:", f'  probe: {{from: {source}, value: "{value}", title: {{en: Probe}}}}\nindicators:'
    )
    return compute_facts(Scheme.from_text(text), dossiers, as_of=AS_OF)["probe"]


def test_a_table_that_is_not_stated_makes_the_fact_missing_an_empty_one_makes_it_zero() -> None:
    people = rows(participant("P1"), participant("P2", commitment="none"))
    absent, empty = dossier(participants=people), dossier(participants=people, contacts=())
    found = compute_facts(mini(), [absent, empty], as_of=AS_OF)
    assert found == {"committed": [1, 1], "contacted": [None, 0]}


def test_many_dossiers_give_what_each_gives_alone() -> None:
    several = [met(3, 7), met(0, 2), dossier(), met(5, 5), dossier(participants=())]
    together = compute_facts(mini(), several, as_of=AS_OF)
    alone = [compute_facts(mini(), [one], as_of=AS_OF) for one in several]
    assert together == {name: [found[name][0] for found in alone] for name in together}
    assert together["contacted"] == [3, 0, None, 5, None]


@pytest.mark.parametrize(
    ("held_on", "counted"),
    [(date(2024, 10, 26), 0), (date(2024, 10, 27), 1), (date(2025, 10, 26), 1), (date(2025, 10, 27), 0)],
)
def test_twelve_months_end_on_the_reference_date(held_on: date, counted: int) -> None:
    one = dossier(participants=rows(participant("P1")), contacts=rows(contact("C1", "P1", held_on)))
    assert compute_facts(mini(), [one], as_of=AS_OF)["contacted"] == [counted]


@pytest.mark.parametrize(
    ("values", "committed"),
    [
        ({}, 1),
        ({"commitment": "none"}, 0),
        ({"left_on": date(2025, 10, 26)}, 0),
        ({"left_on": date(2025, 10, 27)}, 1),
        ({"joined_on": date(2025, 10, 27)}, 0),
        ({"committed_on": date(2025, 10, 27)}, 0),
    ],
)
def test_committed_means_present_with_a_documented_commitment(
    values: dict[str, object], committed: int
) -> None:
    one = dossier(participants=rows(participant("P1", **values)))  # type: ignore[arg-type]  # cells of these columns
    assert compute_facts(mini(), [one], as_of=AS_OF)["committed"] == [committed]


def test_sums_of_money_are_exact_decimals() -> None:
    lines = rows(
        *({"year": 2024, "kind": "income", "source": "services", "amount": Decimal("0.10"), "closed": True},)
        * 3
    )
    found = fact("finances", "sum(amount)", dossier(finances=lines))
    assert found == [Decimal("0.30")]


def test_full_years_and_months_count_complete_ones() -> None:
    one = dossier()  # established on 2015-05-01
    assert fact("profile", "max(full_years(established_on, as_of))", one) == [10]
    assert fact("profile", "max(full_months(established_on, as_of))", one) == [125]
    assert fact("profile", "max(days(established_on, date '2015-05-31'))", one) == [30]


def test_a_sum_over_no_record_is_missing_unless_the_scheme_says_zero() -> None:
    one = dossier(finances=())
    assert fact("finances", "sum(amount)", one) == [None]
    assert fact("finances", "coalesce(sum(amount), 0)", one) == [0]
    assert fact("finances", "coalesce(sum(amount), 0)", dossier()) == [None]


def test_text_with_quotes_and_braces_is_only_text() -> None:
    people = rows(participant("P1", name="a'b {as_of} \" ; drop"))
    one = dossier(participants=people)
    assert fact("participants", "count(*) filter (where name = 'a''b {as_of} \\\" ; drop')", one) == [1]


def test_cooperation_takes_projects_or_groups_as_stated() -> None:
    people = rows(participant("P1"), participant("P2"), participant("P3"))
    projects = rows({"project_id": "J1", "title": "J", "started_on": date(2024, 1, 1)})
    members = rows({"project_id": "J1", "participant_id": "P1"}, {"project_id": "J1", "participant_id": "P2"})
    one = dossier(participants=people, projects=projects, project_participants=members)
    assert fact("cooperation", "count(distinct participant_id) filter (where committed)", one) == [2]
    assert fact("cooperation", "count(*)", dossier(participants=people)) == [None]


def test_deliveries_make_a_matrix_between_present_participants() -> None:
    gone = participant("P3", left_on=date(2025, 1, 1))
    people = rows(
        participant("P1", output=Decimal(1000)),
        participant("P2", output=Decimal(500)),
        gone,
        participant("P4"),
    )
    lines = rows(
        {"supplier_id": "P1", "buyer_id": "P2", "amount": Decimal("100.50")},
        {"supplier_id": "P1", "buyer_id": "P3", "amount": Decimal(900)},
        {"supplier_id": "P1", "buyer_id": "P1", "amount": Decimal(900)},
    )
    one = dossier(participants=people, deliveries=lines)
    assert fact("delivery_matrix", "sum(delivered)", one) == [Decimal("100.50")]
    assert fact("delivery_matrix", "count(*) filter (where bound)", one) == [2]
    assert fact("delivery_matrix", "count(*)", one) == [3]


def test_every_governing_body_needs_a_vote_of_a_knowledge_provider() -> None:
    people = rows(participant("P1"), participant("P2", knowledge_provider=True))
    bodies = rows(
        *(
            {"body_id": key, "name": key, "kind": "board", "governing": key != "B3"}
            for key in ("B1", "B2", "B3")
        )
    )
    seats = rows(
        {"seat_id": "S1", "body_id": "B1", "participant_id": "P2", "voting": True},
        {"seat_id": "S2", "body_id": "B2", "participant_id": "P1", "voting": True},
        {"seat_id": "S3", "body_id": "B2", "participant_id": "P2", "voting": False},
    )
    one = dossier(participants=people, bodies=bodies, seats=seats)
    assert fact("governing_bodies", "bool_and(knowledge_votes >= 1)", one) == [False]
    assert fact("governing_bodies", "sum(voting_seats)", one) == [2]


def test_the_last_survey_before_the_reference_date_counts() -> None:
    surveys = rows(
        {"survey_id": "Q1", "kind": "both", "held_on": date(2023, 1, 1), "invited": 9},
        {"survey_id": "Q2", "kind": "both", "held_on": date(2025, 1, 1), "invited": 4},
        {"survey_id": "Q3", "kind": "both", "held_on": date(2025, 12, 1), "invited": 5},
    )
    answers = rows(
        *(
            {"survey_id": "Q2", "respondent": r, "question": "q", "score": Decimal(s)}
            for r, s in (("1", "70"), ("2", "85.5"))
        )
    )
    one = dossier(surveys=surveys, survey_answers=answers)
    assert fact("last_survey", "sum(invited)", one) == [4]
    assert fact("last_survey", "sum(score_sum)", one) == [Decimal("155.5")]
    assert fact("last_survey", "sum(respondents)", one) == [2]


def test_every_view_has_the_columns_it_declares() -> None:
    everything = Dossier(source="", tables=dict.fromkeys(TABLES, ()))
    engine = Records([everything], as_of=AS_OF)
    for name, view in VIEWS.items():
        engine.prepare(name)
        listed = ", ".join(f'"{column}"' for column in ("dossier", "row_no", *view.columns))
        description = engine.execute(f'select {listed} from "{name}"').description or []
        assert {column[0] for column in description} >= {"dossier", "row_no", *view.columns}, name
    engine.close()


def test_a_table_holds_the_columns_that_its_own_readers_name() -> None:
    engine = Records([dossier()], as_of=AS_OF)
    for source in ("press", "events", "team"):
        engine.prepare(source)
    queries = (
        'select count("title") as titles from "t_events"',
        'select * from "t_press"',
        'select * from "team"',
    )
    found = engine.execute(*queries).description or []
    # the view reads two columns itself, and what it adds is there; nobody asks the press for a title
    assert [column[0] for column in found] == [
        *("titles", "dossier"),
        *("dossier", "started_on", "ended_on", "present"),
    ]
    engine.close()


def test_records_are_read_side_by_side_and_leave_nothing_behind() -> None:
    teams = [rows(*({"name": name, "fte": Decimal(1)} for name in names)) for names in ("A", "ABC")]
    first, second = (Records([dossier(team=team)], as_of=AS_OF) for team in teams)

    def counts(engine: Records) -> set[object]:
        engine.prepare("team")
        return {engine.execute('select count("name") from "team"').fetchone() for _time in range(20)}

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(counts, [first, second])) == [{(1,)}, {(3,)}]
    first.close()
    assert counts(second) == {(3,)}
    assert second.connection.execute("select count(*) from duckdb_tables()").fetchall() == [(0,)]
    second.close()


@pytest.mark.parametrize("few", [0, FEW_ROWS])
@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_csv('/etc/passwd')",
        "copy (select 1) to '/tmp/x'",
        "set threads = 2",
        "set enable_external_access = true",
        "install httpfs",
        "attach '/tmp/x.db'",
    ],
)
def test_the_engine_is_locked(sql: str, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts_module, "FEW_ROWS", few)
    engine = Records([dossier()], as_of=AS_OF)
    with pytest.raises(duckdb.Error):
        engine.connection.execute(sql)
    engine.close()


def test_well_planned_facts_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    scheme, sample = Scheme.load("ecei-silver-2017"), Dossier.open(ROOT / "examples/oka-valley")
    as_they_stand = compute_facts(scheme, [sample], as_of=AS_OF)
    monkeypatch.setattr(facts_module, "FEW_ROWS", 0)
    assert compute_facts(scheme, [sample], as_of=AS_OF) == as_they_stand


def test_a_fact_that_does_not_fit_its_columns_is_told_with_its_place() -> None:
    scheme = mini(committed="sum(name)")
    with pytest.raises(ProblemsError) as caught:
        check_types(scheme, as_of=AS_OF)
    assert [(problem.code, problem.place.field) for problem in caught.value.problems] == [
        ("fact-type", "facts.committed.value")
    ]
    with pytest.raises(ProblemsError, match="A fact is a number or a truth value"):
        check_types(mini(committed="max(name)"), as_of=AS_OF)
    check_types(mini(), as_of=AS_OF)
