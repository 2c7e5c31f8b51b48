"""Experts, schemes, the portfolio of an agency, and the daily jobs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from clustermark.casework.policy import Subject, decide
from clustermark.ground.problems import ProblemsError
from clustermark.schemes.scheme import find
from clustermark.scoring.validity import add_months
from clustermark.web.accounts.domain.experts import accredit, add_tie, end_accreditation, end_tie
from clustermark.web.accounts.models import Accreditation, Tie
from clustermark.web.accounts.people import today
from clustermark.web.cases.domain.mailing import mail_accreditations, mail_notices
from clustermark.web.cases.models import Case, Feedback, Notice, SchemeEdition
from clustermark.web.cases.queries.expert_pages import ending_accreditations, record_of
from clustermark.web.cases.queries.experts import candidates
from clustermark.web.cases.queries.portfolio import holdings, portfolio_subject
from clustermark.web.cases.queries.schemes import scheme_of
from clustermark.web.clusters.models import Cluster
from clustermark.web.jobs.domain.days import begin_day
from clustermark.web.log.models import LogRow
from clustermark.web.mail.models import Outbox
from clustermark.web.seeding import Sample
from tests.web.cases.site import Site
from tests.web.jobs.working import work


def last_act() -> str:
    row = LogRow.objects.order_by("-number").first()
    assert row is not None
    return row.act


def test_accreditations_are_given_and_ended_with_the_log(site: Site, sample: Sample) -> None:
    expert = sample.people["expert-a"].expert
    day = today()
    given = accredit(
        expert=expert,
        scheme="ecei-bronze-2019",
        starts_on=day - timedelta(days=1),
        ends_on=day + timedelta(days=9),
        reason="Training",
        by=site.by("secretariat"),
    )
    assert last_act() == "expert.accredit"
    end_accreditation(accreditation=given, by=site.by("secretariat"), reason="Left the pool.")
    given.refresh_from_db()
    assert given.ends_on == day - timedelta(days=1)
    assert last_act() == "expert.end_accreditation"
    with pytest.raises(PermissionDenied):
        add_tie(user=expert.user, cluster=sample.cluster, kind="advised", by=site.by("expert-b"))
    assert not Tie.objects.exists()


def test_an_accreditation_from_the_first_day_there_is_ends_too(site: Site, sample: Sample) -> None:
    days = {"starts_on": date.min, "ends_on": date.max}
    by = site.by("secretariat")
    given = accredit(
        expert=sample.people["expert-a"].expert, scheme="ecei-bronze-2019", reason="Always.", by=by, **days
    )
    end_accreditation(accreditation=given, by=by, reason="No more.")
    given.refresh_from_db()
    assert given.ends_on == today() - timedelta(days=1)


def test_a_tie_is_ended_with_a_reason_and_cools_off_from_then(site: Site, sample: Sample) -> None:
    case, user, day = site.case("admitted"), sample.people["expert-c"], today()
    office = site.by("secretariat")
    started = day - timedelta(days=4000)
    tie = add_tie(user=user, cluster=case.cluster, kind="advised", starts_on=started, by=office)

    def refusals() -> list[str]:
        (row,) = candidates(case, users=[user.pk])
        return [one.code for one in row.refusals]

    assert refusals() == ["advises"]
    for ends_on, reason, field in [
        (day, " ", "reason"),
        (day + timedelta(days=1), "Over.", "ends_on"),
        (started - timedelta(days=1), "Over.", "ends_on"),
    ]:
        with pytest.raises(ProblemsError) as caught:
            end_tie(tie=tie, ends_on=ends_on, by=office, reason=reason)
        assert caught.value.problems[0].place.field == field
    assert last_act() == "expert.tie"
    with pytest.raises(PermissionDenied):
        end_tie(tie=tie, ends_on=day, by=site.by("expert-c"), reason="Over.")
    end_tie(tie=tie, ends_on=day - timedelta(days=1), by=office, reason="The contract has ended.")
    row = LogRow.objects.select_related("words").latest("number")
    assert (row.act, row.words.text) == ("expert.end_tie", "The contract has ended.")
    assert row.facts["until"] == (day - timedelta(days=1)).isoformat()
    assert refusals() == ["cooling-off"]
    with pytest.raises(ProblemsError):
        end_tie(tie=tie, ends_on=day - timedelta(days=2000), by=office, reason="Earlier still.")
    panel = scheme_of(case.edition).document.panel
    assert panel is not None
    Tie.objects.update(ends_on=add_months(day, -12 * panel.cooling_off_years) + timedelta(days=1))
    assert refusals() == ["cooling-off"]
    Tie.objects.update(ends_on=add_months(day, -12 * panel.cooling_off_years))
    assert refusals() == []


def test_nobody_ends_a_tie_of_their_own(site: Site, sample: Sample) -> None:
    office = site.by("secretariat")
    tie = Tie.objects.create(user=office.user, cluster=sample.cluster, kind="advised")
    with pytest.raises(PermissionDenied):
        end_tie(tie=tie, ends_on=today(), by=office, reason="Over.")


def test_the_expert_page_ends_a_tie(site: Site, sample: Sample) -> None:
    user, day = sample.people["expert-c"], today()
    url, office = f"/office/experts/{user.reference}/", site.client("secretariat")
    ties = [Tie.objects.create(user=user, cluster=sample.cluster, kind="advised") for _number in range(2)]
    typed = {
        "act": "end-tie",
        "tie": ties[0].pk,
        f"tie{ties[0].pk}-ends_on": (day + timedelta(days=3)).isoformat(),
        f"tie{ties[0].pk}-reason": "The contract has ended.",
    }
    wrong = office.post(url, typed)
    assert wrong.status_code == 422
    assert (
        wrong.content.decode().count("The last day is not yet over.") == 2
    )  # above the form and at the field
    assert wrong.content.decode().count('value="The contract has ended."') == 1
    typed[f"tie{ties[0].pk}-ends_on"] = (day - timedelta(days=1)).isoformat()
    assert office.post(url, typed).status_code == 302
    assert office.get(url).content.decode().count('value="end-tie"') == 1


def test_only_ends_that_nothing_follows_are_told(sample: Sample, db: None) -> None:
    day = today()
    held = Accreditation.objects.get(expert__user=sample.people["expert-a"], scheme="ecei-gold-2013")
    held.ends_on = day + timedelta(days=30)
    held.save()
    assert list(ending_accreditations()) == [held]
    assert mail_accreditations([day]) == 1
    mail = Outbox.objects.get(mail="accreditation")
    assert (mail.to, "ecei-gold-2013" in mail.subject) == ("expert-a@clustermark.example", True)
    Accreditation.objects.create(
        expert=held.expert, scheme=held.scheme, starts_on=day, ends_on=day + timedelta(days=400)
    )
    assert not ending_accreditations().exists()


def test_the_expert_page_changes_things(site: Site, sample: Sample) -> None:
    user = sample.people["expert-c"]
    url, office = f"/office/experts/{user.reference}/", site.client("secretariat")
    wrong = office.post(url, {"act": "accredit", "accredit-scheme": "ecei-gold-2013"})
    assert wrong.status_code == 422
    day = today()
    dates = {"accredit-starts_on": day.isoformat(), "accredit-ends_on": (day - timedelta(days=1)).isoformat()}
    data = {"act": "accredit", "accredit-scheme": "ecei-gold-2013", "accredit-reason": "Training", **dates}
    assert "before the first" in office.post(url, data).content.decode()
    data["accredit-ends_on"] = (day + timedelta(days=1000)).isoformat()
    assert office.post(url, data).status_code == 302
    assert Accreditation.objects.filter(expert__user=user, ends_on=day + timedelta(days=1000)).count() == 1
    profile = {
        "act": "profile",
        "profile-country": "IT",
        "profile-languages": "it, EN, it",
        "profile-sectors": "health",
        "profile-most_cases": "5",
    }
    assert office.post(url, profile).status_code == 302
    user.expert.refresh_from_db()
    assert (user.expert.languages, user.expert.most_cases) == (["it", "en"], 5)
    tie = {"act": "tie", "tie-cluster": sample.cluster.pk, "tie-kind": "advised"}
    assert office.post(url, tie).status_code == 302
    assert sample.cluster.name in office.get(url).content.decode()
    assert site.client("expert-c").get(url).status_code == 403


def test_experts_cost_the_same_however_many(
    site: Site, sample: Sample, asked: Callable[[Client, str], int]
) -> None:
    office = site.client("secretariat")
    url = "/office/experts/"
    one = asked(office, url + "?name=Rossi")
    assert asked(office, url) == one <= 15
    assert asked(office, f"/office/experts/{sample.people['expert-a'].reference}/") <= 15


def test_marks_of_clusters_are_averaged_for_the_secretariat(site: Site, sample: Sample) -> None:
    user = sample.people["expert-a"]
    for name, mark in (("Alpha", 4), ("Beta", 5)):
        seat = site.case("panel", name).seats.get(expert=user)
        Feedback.objects.create(
            case=seat.case,
            seat=seat,
            from_cluster=True,
            marks={"fair": mark},
            given_by=sample.people["manager"],
        )
    assert [(name, str(mean)) for name, mean in record_of(user).marks] == [("fair", "4.5")]


def test_a_scheme_is_published_from_a_file_or_all_is_said(site: Site, sample: Sample) -> None:
    office = site.client("secretariat")
    text = find("ecei-silver-2017").read_text(encoding="utf-8")
    old = SchemeEdition.objects.get(scheme="ecei-silver-2017")
    broken = text.replace("experts: 2", "experts: none").replace("amount: 3620", "amount: much")
    page = office.post("/office/schemes/", {"file": SimpleUploadedFile("s.yaml", broken.encode())})
    assert page.status_code == 422
    assert page.content.decode().count("scheme.yaml") >= 2
    newer = text.replace("amount: 3620", "amount: 3800").replace('version: "2017.1"', 'version: "2026.1"')
    assert (
        office.post("/office/schemes/", {"file": SimpleUploadedFile("s.yaml", newer.encode())}).status_code
        == 302
    )
    new = SchemeEdition.objects.filter(scheme="ecei-silver-2017").exclude(pk=old.pk).get()
    old.refresh_from_db()
    assert (new.open, old.open) == (True, False)
    words = office.get(f"/office/schemes/compare/?old={old.pk}&new={new.pk}").content.decode()
    assert "3,620" in words or "3620" in words
    assert "3,800" in words or "3800" in words
    assert site.client("manager").get("/office/schemes/").status_code == 403


def test_a_file_that_is_no_text_is_refused(site: Site, sample: Sample) -> None:
    page = site.client("secretariat").post(
        "/office/schemes/", {"file": SimpleUploadedFile("s.yaml", b"\xff\xfe\x00")}
    )
    assert page.status_code == 422
    assert "UTF-8" in page.content.decode()


def test_an_agency_sees_what_was_decided_in_its_region(site: Site, sample: Sample) -> None:
    site.case("submitted")
    client = site.client("agency")
    page = client.get("/portfolio/").content.decode()
    assert sample.cluster.name in page
    assert "none" in page
    case = site.case("decided")
    (held,) = holdings([sample.cluster])
    assert held.decision is not None
    assert (held.decision.level, held.valid) == ("silver", True)
    assert held.valid_until == case.decisions.get().valid_until
    Cluster.objects.create(
        organisation=sample.bodies["cluster"], name="Elsewhere", country="RU", region="Ural", sector="ict"
    )
    assert "Elsewhere" not in client.get("/portfolio/").content.decode()
    other = Cluster.objects.get(name="Elsewhere")
    agency = sample.bodies["agency"]
    assert decide(site.by("agency").actor, "portfolio.view", portfolio_subject(sample.cluster, [agency]))
    assert not decide(site.by("agency").actor, "portfolio.view", portfolio_subject(other, [agency]))
    assert not decide(site.by("agency").actor, "portfolio.view", Subject(kind="cluster"))
    assert site.client("manager").get("/portfolio/").status_code == 403


def test_notices_are_mailed_once_in_the_language_of_the_reader(site: Site, sample: Sample) -> None:
    sample.people["manager"].language = "de"
    sample.people["manager"].save()
    case = site.case("admitted")
    n = Notice.objects.filter(mailed_at=None).count()
    assert n > 0
    assert mail_notices() == n
    assert mail_notices() == 0
    mail = Outbox.objects.filter(mail="notice", to="manager@clustermark.example").first()
    assert mail is not None
    assert mail.language == "de"
    assert str(case.reference) in mail.body


def test_the_day_reminds_and_lets_expire(site: Site, sample: Sample, db: None) -> None:
    soon, over = site.case("submitted", "Alpha"), site.case("submitted", "Beta")
    Case.objects.filter(pk=soon.pk).update(due_on=today() + timedelta(days=7))
    Case.objects.filter(pk=over.pk).update(state="returned", due_on=today() - timedelta(days=1))
    begin_day()
    work()
    over.refresh_from_db()
    assert over.state == "expired"
    reminded = Notice.objects.filter(case=soon, name="reminder_secretariat")
    assert {notice.user for notice in reminded} == {
        sample.people["secretariat"],
        sample.people["secretariat-2"],
    }
    assert Outbox.objects.filter(mail="reminder").count() == 2
    sample.people["manager"].language = "en"
