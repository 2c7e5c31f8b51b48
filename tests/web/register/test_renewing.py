"""A renewal that runs as a case of its own: application, decision, certificate, and the chain of both."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from clustermark.ground.problems import ProblemsError
from clustermark.register.statistics import renewals
from clustermark.scoring.validity import add_months
from clustermark.web.accounts.models import Accreditation
from clustermark.web.accounts.people import today
from clustermark.web.cases.domain.importing import content_of_raw, take_content
from clustermark.web.cases.models import Case
from clustermark.web.cases.queries.sealed import content_of, latest
from clustermark.web.mail.models import Outbox
from clustermark.web.register.domain.issuing import issue_certificate
from clustermark.web.register.domain.living import renew_award, suspend_award, void_award
from clustermark.web.register.domain.reminding import remind_holders
from clustermark.web.register.models import Award
from clustermark.web.register.queries.whole import whole_register
from clustermark.web.seeding import Sample, brought_up_to, lead
from tests.web.conftest import SignIn

STATES = ("decided",)


def month_end_after(day: date, years: int) -> date:
    """The last day of the month of `day`, so many years later, reckoned another way than the scheme's rules do."""
    first = date(day.year + years, day.month, 1)
    return add_months(first, 1) - timedelta(days=1)


def apply_again(sample: Sample, before: Case, sign_in: SignIn) -> Case:
    """The manager starts a renewal in the browser; the case is led to its decision by the acts of everybody."""
    Accreditation.objects.update(ends_on=today() + timedelta(days=400))
    client = sign_in(sample.people["manager"])
    aim = f"{before.edition_id}:{before.level}"
    said = {"aim": aim, "previous": str(before.reference), "visit_form": "on_site", "language": "en"}
    assert client.post(f"/clusters/{before.cluster.reference}/", said).status_code == 302
    case = Case.objects.select_related("cluster", "edition", "previous").get(previous=before)
    assert case.kind == "renewal"
    content = brought_up_to(content_of_raw(sample.raw), today())
    take_content(case=case, content=content, by=sample.by("manager"))
    lead(sample, case, to="deciding")
    return case


def decide(sample: Sample, case: Case, sign_in: SignIn) -> dict[str, Any]:
    """The committee awards in the browser; the sealed decision."""
    said = {"decide-outcome": "award", "decide-level": case.level, "decide-reason": "As recommended."}
    client = sign_in(sample.people["decider"])
    assert client.post(f"/cases/{case.reference}/decision/decide/", said).status_code == 302
    sealed = latest(case, "decision")
    assert sealed is not None
    return content_of(sealed)


def issue(sample: Sample, case: Case, sign_in: SignIn) -> Award:
    """The secretariat issues in the browser."""
    said = {"languages": ["en"], "immediately": "on", "reason": "The cluster waived its appeal."}
    place = f"/office/register/issue/{case.reference}/"
    assert sign_in(sample.people["secretariat"]).post(place, said).status_code == 302
    return Award.objects.get(case=case)


@pytest.mark.parametrize("days", [-40, 200])
def test_a_renewal_continues_the_certificate_before_it(
    sample: Sample, award: Award, sign_in: SignIn, time_machine: Any, days: int, queries: Any
) -> None:
    """Before its end and within the term for renewal after it: no gap, three years more, the end of a month."""
    end, before = award.valid_until, award.case
    assert end is not None
    assert before is not None
    time_machine.move_to(end + timedelta(days=days))
    case = apply_again(sample, before, sign_in)
    decider, place = sign_in(sample.people["decider"]), f"/cases/{case.reference}/decision/"
    page = decider.get(place).content.decode()
    with queries(15):
        decider.get(place)
    assert f"renews certificate {award.number} and is valid from" in page
    content = decide(sample, case, sign_in)
    assert content["renews"] == award.number
    renewed = issue(sample, case, sign_in)
    assert (renewed.previous, renewed.valid_from) == (award.number, end + timedelta(days=1))
    assert renewed.valid_until == month_end_after(end, 3)
    file = renewed.files.get()
    assert json.loads(file.record)["renews"] == award.number
    # the chain, both ways, on the pages of the certificates and of the holder
    link = '<dt>{}</dt><dd><a href="/register/{}/">{}</a></dd>'
    old = Client().get(f"/register/{award.number}/").content.decode()
    assert link.format("Renewed by", renewed.number, renewed.number) in old
    new = Client().get(f"/register/{renewed.number}/").content.decode()
    assert link.format("Renews", award.number, award.number) in new
    with queries(15):
        holder = Client().get("/register/holder/", {"id": award.holder_id}).content.decode()
    assert f'Renews <a href="#{award.number}">' in holder
    assert f'Renewed by <a href="#{renewed.number}">' in holder
    assert (
        f"{renewed.number} · Cluster Management Excellence, Silver, version {renewed.scheme_version}"
        in holder
    )
    api = Client().get(f"/api/certificates/{renewed.number}").json()
    assert api["certificate"]["previous"] == award.number
    assert api["state"] == ("not_yet" if days < 0 else "valid")
    told = renewals(whole_register(), as_of=end + timedelta(days=300), grace_months=12)
    assert {group.key: group.numbers for group in told.groups}["renewed"] == [award.number]


def test_after_the_term_for_renewal_it_is_a_first_award(
    sample: Sample, award: Award, sign_in: SignIn, time_machine: Any
) -> None:
    end, before = award.valid_until, award.case
    assert end is not None
    assert before is not None
    time_machine.move_to(add_months(end, 12) + timedelta(days=1))
    case = apply_again(sample, before, sign_in)
    page = sign_in(sample.people["decider"]).get(f"/cases/{case.reference}/decision/").content.decode()
    assert "is a first award" in page
    assert decide(sample, case, sign_in)["renews"] is None
    renewed = issue(sample, case, sign_in)
    assert (renewed.previous, renewed.valid_from) == (None, today())
    assert renewed.valid_until == month_end_after(today(), 2)


def test_a_suspended_certificate_is_not_continued(
    sample: Sample, award: Award, sign_in: SignIn, time_machine: Any
) -> None:
    end, before = award.valid_until, award.case
    assert end is not None
    assert before is not None
    time_machine.move_to(end - timedelta(days=40))
    case = apply_again(sample, before, sign_in)
    until = today() + timedelta(days=100)
    suspend_award(award=award, by=sample.by("secretariat"), until=until, reason="Papers are missing.")
    assert decide(sample, case, sign_in)["renews"] is None


def test_a_certificate_is_renewed_once(
    sample: Sample, award: Award, sign_in: SignIn, time_machine: Any
) -> None:
    end, before, by = award.valid_until, award.case, sample.by("secretariat")
    assert end is not None
    assert before is not None
    time_machine.move_to(end - timedelta(days=40))
    case = apply_again(sample, before, sign_in)
    decide(sample, case, sign_in)
    with pytest.raises(ProblemsError, match="issue the certificate of that case"):
        renew_award(award=award, by=by, reason="Once more.")
    renewed = issue(sample, case, sign_in)
    with pytest.raises(ProblemsError, match="renewed already"):
        renew_award(award=award, by=by, reason="Once more.")
    # nobody is asked to renew what is renewed
    Outbox.objects.all().delete()
    remind_holders(end - timedelta(days=20))
    assert not Outbox.objects.exists()
    # a void certificate never was: the one before it can be renewed after all
    void_award(award=renewed, by=by, reason="False papers.")
    assert "Renewed by" not in Client().get(f"/register/{award.number}/").content.decode()
    told = renewals(whole_register(), as_of=end + timedelta(days=1), grace_months=12)
    assert {group.key: group.numbers for group in told.groups}["renewed"] == []
    renew_award(award=award, by=by, reason="Once more.")


def test_two_decisions_are_not_both_issued(
    sample: Sample, award: Award, sign_in: SignIn, time_machine: Any
) -> None:
    end, before = award.valid_until, award.case
    assert end is not None
    assert before is not None
    time_machine.move_to(end - timedelta(days=40))
    first = apply_again(sample, before, sign_in)
    decide(sample, first, sign_in)
    second = apply_again(sample, first, sign_in)
    assert decide(sample, second, sign_in)["renews"] == award.number
    issue(sample, first, sign_in)
    with pytest.raises(ProblemsError, match="was renewed already"):
        issue_certificate(case=second, by=sample.by("secretariat"), immediately=True, reason="Both.")
