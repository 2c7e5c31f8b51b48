"""Pages of a case that the secretariat leads: check, panel, visit, fee."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from icalendar import Calendar

from clustermark.web.accounts.models import Tie
from clustermark.web.accounts.people import today
from clustermark.web.cases.models import Case, Fee, Override, SealedRecord, Seat, Visit
from clustermark.web.cases.queries.eligibility import eligibility_of
from clustermark.web.cases.queries.fees import suggested_line
from clustermark.web.cases.queries.panel import choices_for, panel_of
from clustermark.web.cases.queries.visits import month_of
from clustermark.web.seeding import Sample
from tests.web.cases.site import Site


def test_gates_are_shown_with_their_reason(site: Site) -> None:
    case = site.case("submitted")
    check = eligibility_of(case)
    assert (check.eligible, check.valued, check.evidenced, check.indicators) == (True, 31, 31, 31)
    page = site.client("secretariat").get(f"/cases/{case.reference}/eligibility/")
    text = page.content.decode()
    assert all(gate.title in text for gate in check.gates)
    assert check.record is not None
    assert check.record.digest in text
    assert f"/cases/{case.reference}/acts/admit/" in text
    assert site.client("manager").get(f"/cases/{case.reference}/eligibility/").status_code == 403


def test_a_returned_dossier_is_checked_as_it_was_submitted(site: Site) -> None:
    case = site.case("submitted")
    Case.objects.filter(pk=case.pk).update(state="returned")
    case.claims.all().delete()
    case.tables.all().delete()
    case.refresh_from_db()
    assert eligibility_of(case).valued == 31
    assert SealedRecord.objects.filter(case=case, kind="dossier").count() == 1


def test_candidates_stand_by_fit_and_with_reasons(site: Site, sample: Sample) -> None:
    case = site.case("admitted")
    expert = sample.people["expert-b"].expert
    expert.languages = ["de"]
    expert.save()
    Tie.objects.create(user=sample.people["expert-c"], cluster=case.cluster, kind="employed")
    panel_of(case)
    found = choices_for(case)
    assert [one.row.expert.user.name for one in found] == ["Anna Keller", "Jan Novák", "Marta Rossi"]
    assert [one.fit for one in found] == [3, 2, 3]
    assert [one.may_sit for one in found] == [True, True, False]
    assert [refusal.code for refusal in found[2].row.refusals] == ["works-for"]
    assert found[2].overridable == ()
    assert [one.row.expert.user.name for one in choices_for(case, name="ross")] == ["Marta Rossi"]


def test_a_panel_is_proposed_objected_to_and_answered(site: Site, sample: Sample) -> None:
    case = site.case("admitted")
    url, office, cluster = (
        f"/cases/{case.reference}/panel/",
        site.client("secretariat"),
        site.client("manager"),
    )
    one = office.post(
        url + "propose/", {"experts": [sample.people["expert-a"].pk], "reason": "They know it."}
    )
    assert one.status_code == 422
    assert "They know it." in one.content.decode()
    experts = [sample.people[login].pk for login in ("expert-a", "expert-b")]
    assert cluster.post(url + "propose/", {"experts": experts}).status_code == 403
    assert office.post(url + "propose/", {"experts": experts}).status_code == 302
    case.refresh_from_db()
    assert case.state == "panel"
    seat = case.seats.get(expert=sample.people["expert-a"])
    objection = f"{url}seats/{seat.pk}/objection/"
    assert cluster.post(objection, {"reason": " "}).status_code == 422
    assert site.client("expert-b").post(objection, {"reason": "No."}).status_code == 403
    assert cluster.post(objection, {"reason": "A competitor's adviser."}).status_code == 302
    answer = f"{url}seats/{seat.pk}/answer/"
    assert cluster.post(answer, {"answer": "upheld", "reason": "Right."}).status_code == 403
    assert office.post(answer, {"answer": "upheld", "reason": "Right."}).status_code == 302
    seat.refresh_from_db()
    assert (seat.state, seat.objection, seat.objection_answer) == ("vacated", "upheld", "Right.")
    assert "A competitor&#x27;s adviser." in office.get(url).content.decode()
    assert "Anna Keller" not in cluster.get(url).content.decode()  # the history is the secretariat's


def test_an_override_wants_a_second_person(site: Site, sample: Sample) -> None:
    case = site.case("admitted")
    day = today()
    expert = sample.people["expert-c"]
    Tie.objects.create(
        user=expert, cluster=case.cluster, kind="advised", ends_on=day - timedelta(days=30), note="Strategy."
    )
    url, office = f"/cases/{case.reference}/panel/", site.client("secretariat")
    wanted = {"expert": expert.pk, "code": "cooling-off", "reason": "Nobody else speaks the language."}
    assert office.post(url + "override/", {**wanted, "code": "not-accredited"}).status_code == 422
    assert office.post(url + "override/", wanted).status_code == 302
    asked = Override.objects.get(case=case)
    confirm = f"{url}overrides/{asked.pk}/"
    assert confirm not in office.get(url).content.decode()
    assert office.post(confirm).status_code == 403
    second = site.client("secretariat-2")
    assert confirm in second.get(url).content.decode()
    assert second.post(confirm).status_code == 302
    assert next(one for one in choices_for(case) if one.row.expert.user == expert).may_sit


def test_an_override_is_turned_down_by_a_second_person(site: Site, sample: Sample) -> None:
    case, expert = site.case("admitted"), sample.people["expert-c"]
    Tie.objects.create(
        user=expert, cluster=case.cluster, kind="advised", ends_on=today() - timedelta(days=30)
    )
    url, office = f"/cases/{case.reference}/panel/", site.client("secretariat")
    office.post(url + "override/", {"expert": expert.pk, "code": "cooling-off", "reason": "Needed."})
    asked = Override.objects.get(case=case)
    decline = f"{url}overrides/{asked.pk}/decline/"
    assert decline not in office.get(url).content.decode()
    assert office.post(decline, {"reason": "No."}).status_code == 403
    second = site.client("secretariat-2")
    assert decline in second.get(url).content.decode()
    assert second.post(decline, {"reason": ""}).status_code == 422
    assert second.post(decline, {"reason": "Others can."}).status_code == 302
    page = office.get(url).content.decode()
    assert "Why it was turned down: Others can." in page
    assert "set a rule aside for Marta Rossi was turned down" in office.get("/").content.decode()
    assert second.post(decline, {"reason": "Once more."}).status_code == 404
    assert not next(one for one in choices_for(case) if one.row.expert.user == expert).may_sit


def test_an_expert_sees_the_panel_only_after_declaring(site: Site) -> None:
    case = site.case("panel")
    assert site.client("expert-a").get(f"/cases/{case.reference}/panel/").status_code == 403
    later = site.case("desk_review", "Beta")
    assert site.client("expert-a").get(f"/cases/{later.reference}/panel/").status_code == 200


@pytest.mark.parametrize("state", ["admitted", "panel", "declaring"])
def test_pages_cost_at_most_fifteen_queries(
    site: Site, asked: Callable[[Client, str], int], state: str
) -> None:
    case = site.case(state)
    for part in ("panel/", "visit/", "fee/", "eligibility/"):
        assert asked(site.client("secretariat"), f"/cases/{case.reference}/{part}") <= 15, part


def rows(prefix: str, *filled: dict[str, str], first: int = 0) -> dict[str, str]:
    data = {f"{prefix}-TOTAL_FORMS": str(len(filled) + 2), f"{prefix}-INITIAL_FORMS": str(first)}
    return data | {
        f"{prefix}-{at}-{name}": text for at, row in enumerate(filled) for name, text in row.items()
    }


def test_a_visit_is_planned_in_rows(site: Site) -> None:
    case = site.case("desk_review")
    url, day = f"/cases/{case.reference}/visit/", today().isoformat()
    slot = {"day": day, "starts": "09:30", "ends": "11:00", "subject": "Strategy", "with_whom": "Board"}
    plan = {"visit_form": "video", "starts_on": day, "ends_on": day, "place": "https://video.example/1"}
    data = plan | rows("slots", slot | {"indicators": "9.9.9"})
    expert = site.client("expert-a")
    assert "9.9.9" in expert.post(url + "plan/", data).content.decode()
    more = expert.post(url + "plan/", {**plan, **rows("slots", {"subject": "Half a row"}), "more": "1"})
    assert more.status_code == 200
    assert 'name="slots-TOTAL_FORMS" value="6"' in more.content.decode()
    assert "Half a row" in more.content.decode()
    late = expert.post(url + "plan/", plan | rows("slots", slot | {"ends": "09:00"}))
    assert late.status_code == 422
    assert "ends before it begins" in late.content.decode()
    code = "1.1.1"
    assert expert.post(url + "plan/", plan | rows("slots", slot | {"indicators": code})).status_code == 302
    visit = Visit.objects.get(case=case)
    planned = visit.slots.get()
    assert (planned.subject, planned.indicators) == ("Strategy", [code])
    assert planned.starts_at == datetime.combine(today(), datetime.min.time(), ZoneInfo("UTC")).replace(
        hour=9, minute=30
    )
    case.refresh_from_db()
    assert case.visit_form == "video"
    edited = rows("slots", slot | {"indicators": code}, slot | {"starts": "13:00", "ends": "14:00"}, first=1)
    assert expert.post(url + "plan/", plan | edited).status_code == 302
    assert visit.slots.count() == 2
    assert site.client("manager").post(url + "plan/", plan | edited).status_code == 403


def test_people_met_are_noted_and_shown(site: Site) -> None:
    case = site.case("site_visit")
    url = f"/cases/{case.reference}/visit/"
    met = rows("people", {"name": "Olga", "function": "Manager"}, {"name": "Ivan", "absent": "on"})
    assert site.client("secretariat").post(url + "people/", met).status_code == 302
    assert [(one.name, one.present) for one in case.visit.people.all()] == [("Ivan", False), ("Olga", True)]
    assert "Ivan" in site.client("manager").get(url).content.decode()


def test_the_plan_as_calendar_file_and_pdf(site: Site) -> None:
    case = site.case("site_visit")
    url = f"/cases/{case.reference}/visit"
    calendar = Calendar.from_ical(site.client("manager").get(f"{url}.ics").content)
    events = list(calendar.walk("VEVENT"))
    assert [str(event["summary"]).split(" · ")[0] for event in events] == [
        "Opening talk",
        "Strategy and its implementation",
        "Interviews",
    ]
    start = events[0].decoded("dtstart")
    assert (start.date(), start.hour, start.tzinfo) == (today() - timedelta(days=2), 9, None)
    pdf = site.client("expert-a").get(f"{url}.pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")
    assert site.client("expert-c").get(f"{url}.pdf").status_code == 404
    assert site.client("decider").get(f"{url}.ics").status_code == 404


def test_the_calendar_shows_visits_and_terms(site: Site, db: None) -> None:
    case = site.case("site_visit")
    Case.objects.filter(pk=case.pk).update(due_on=date(2030, 3, 5))
    Visit.objects.filter(case=case).update(starts_on=date(2030, 2, 27), ends_on=date(2030, 3, 2))
    days = [day for week in month_of(date(2030, 3, 1)) for day in week]
    assert (days[0].day, days[-1].day) == (date(2030, 2, 25), date(2030, 3, 31))
    assert [day.day.day for day in days if day.visits] == [27, 28, 1, 2]
    assert [day.day for day in days if day.due] == [date(2030, 3, 5)]


@pytest.mark.parametrize(
    ("level", "visit_form", "kind", "items", "line"),
    [
        ("bronze", "video", "first", ["bronze_video", "bronze_site"], "bronze_video"),
        ("bronze", "on_site", "renewal", ["bronze_video", "bronze_site"], "bronze_site"),
        ("gold", "on_site", "renewal", ["gold_first", "gold_renewal"], "gold_renewal"),
        ("gold", "on_site", "first", ["gold_first", "gold_renewal"], "gold_first"),
        ("silver", "video", "first", ["silver"], "silver"),
        ("silver", "on_site", "first", ["gold_first"], None),
    ],
)
def test_the_line_that_fits(
    level: str, visit_form: str, kind: str, items: list[str], line: str | None
) -> None:
    case = Case(level=level, visit_form=visit_form, kind=kind)
    assert suggested_line(case, items) == line


def test_a_fee_is_quoted_invoiced_and_paid(site: Site) -> None:
    case = site.case("submitted")
    url, office = f"/cases/{case.reference}/fee/", site.client("secretariat")
    assert site.client("manager").post(url, {"act": "quote", "item": "silver"}).status_code == 403
    assert office.post(url, {"act": "quote", "item": "platinum"}).status_code == 422
    assert office.post(url, {"act": "quote", "item": "silver"}).status_code == 302
    fee = Fee.objects.get(case=case)
    assert (fee.amount, fee.currency, fee.paid_on) == (Decimal(3620), "EUR", None)
    assert case.cluster.name in office.get("/office/fees/").content.decode()
    empty = office.post(url, {"act": "invoice", "number": "", "invoice_to": "Oka"})
    assert empty.status_code == 422
    assert "Oka</textarea>" in empty.content.decode()
    assert office.post(url, {"act": "invoice", "number": "R-7", "invoice_to": "Oka"}).status_code == 302
    assert office.post(url, {"act": "quote", "item": "silver"}).status_code == 403
    assert "R-7" in site.client("manager").get(url).content.decode()
    assert site.client("manager").get(f"/cases/{case.reference}/fee.pdf").content.startswith(b"%PDF-")
    assert office.post(url, {"act": "paid"}).status_code == 302
    assert case.cluster.name not in office.get("/office/fees/").content.decode()
    assert Seat.objects.filter(case=case).count() == 0
