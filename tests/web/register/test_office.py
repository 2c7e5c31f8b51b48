"""The secretariat's and the holders' pages."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from docx import Document

from clustermark.certificates.verify import verify
from clustermark.web.accounts.people import today
from clustermark.web.cases.models import Case, SealedRecord
from clustermark.web.cases.queries.portfolio import holdings
from clustermark.web.cases.queries.sealed import latest
from clustermark.web.clusters.models import Cluster
from clustermark.web.mail.models import Outbox
from clustermark.web.register.domain.issuing import issue_certificate
from clustermark.web.register.domain.living import reinstate_award, suspend_award, withdraw_award
from clustermark.web.register.domain.participating import confirm_participation
from clustermark.web.register.domain.reminding import remind_holders
from clustermark.web.register.models import Award, Consent, IssuerKeys, Participation
from clustermark.web.register.queries.signing import key_document
from clustermark.web.seeding import Sample
from tests.web.conftest import SignIn

STATES = ("decided",)


def test_issuing_in_the_browser(sample: Sample, decided: Case, keys: IssuerKeys, sign_in: SignIn) -> None:
    client = sign_in(sample.people["secretariat"])
    assert "Oka Valley" in client.get("/office/register/").content.decode()
    place = f"/office/register/issue/{decided.reference}/"
    page = client.get(place).content.decode()
    assert "can appeal until" in page
    refused = client.post(place, {"languages": ["en"], "immediately": "on", "reason": ""})
    assert refused.status_code == 422
    assert "A reason is needed." in refused.content.decode()
    done = client.post(place, {"languages": ["en"], "immediately": "on", "reason": "The cluster waived it."})
    award = Award.objects.get()
    assert done.headers["Location"] == f"/office/register/{award.number}/"
    assert Client().get(f"/register/{award.number}/").status_code == 200


def test_nobody_else_gets_in(sample: Sample, award: Award, sign_in: SignIn) -> None:
    places = (
        "/office/register/",
        "/office/register/draw/",
        "/office/register/import/",
        f"/office/register/{award.number}/",
        f"/office/register/{award.number}/withdraw/",
        f"/office/register/{award.number}/release/",
    )
    for who in ("manager", "expert-a", "decider", "agency", "admin"):
        client = sign_in(sample.people[who])
        for place in places:
            assert client.get(place).status_code == 403, (who, place)
            assert client.post(place, {"reason": "x"}).status_code == 403, (who, place)
    for place in places:
        assert Client().get(place).status_code == 302
    for who in ("expert-a", "decider", "agency"):
        assert sign_in(sample.people[who]).get(f"/certificates/{award.number}/").status_code == 404


def test_the_acts_of_a_life(sample: Sample, award: Award, sign_in: SignIn, queries: Any) -> None:
    client = sign_in(sample.people["secretariat"])
    with queries(15):
        page = client.get(f"/office/register/{award.number}/").content.decode()
    # what can be done comes first; nothing is suspended, so nothing can be reinstated
    assert page.rindex(f'href="/office/register/{award.number}/') < page.index("This is not possible")
    place = f"/office/register/{award.number}/suspend/"
    late = client.post(place, {"until": (today() + timedelta(days=400)).isoformat(), "reason": "Papers."})
    assert late.status_code == 422
    assert "at most 6 months" in late.content.decode()
    done = client.post(place, {"until": (today() + timedelta(days=60)).isoformat(), "reason": "Papers."})
    assert done.status_code == 302
    public = Client().get(f"/register/{award.number}/").content.decode()
    assert "<strong>suspended</strong>" in public
    assert "Papers." not in public
    assert (
        client.post(f"/office/register/{award.number}/reinstate/", {"reason": "They came."}).status_code
        == 302
    )
    assert client.post(f"/office/register/{award.number}/reinstate/", {"reason": "Again."}).status_code == 422
    assert client.get(f"/office/register/{award.number}/nothing/").status_code == 404


def test_a_renewal_adds_to_the_previous_end_and_issues_anew(
    sample: Sample, award: Award, sign_in: SignIn, time_machine: Any
) -> None:
    end = award.valid_until
    assert end is not None
    time_machine.move_to(end + timedelta(days=90))
    client = sign_in(sample.people["secretariat"])
    assert client.post(f"/office/register/{award.number}/renew/", {"reason": "Assessed."}).status_code == 302
    renewed = award.acts.get(kind="renew")
    assert renewed.starts == end + timedelta(days=1)
    assert renewed.until is not None
    assert (renewed.until.year, renewed.until.month) == (end.year + 3, end.month)
    newest = award.files.first()
    assert newest is not None
    assert renewed.until.isoformat() in newest.record
    assert award.files.count() == 2


def test_an_old_list_is_shown_before_it_is_entered(sample: Sample, sign_in: SignIn) -> None:
    client = sign_in(sample.people["secretariat"])
    text = "holder,country,level,decided_on\nAlpha e.V.,DE,gold,2015-03-01\nAlpha,DE,gold,2015-03-01\nBeta,FR,bronze,\n"
    shown = client.post(
        "/office/register/import/",
        {"file": SimpleUploadedFile("old.csv", text.encode()), "mark": "imported"},
    )
    assert shown.status_code == 302
    place = shown.headers["Location"]
    page = client.get(place).content.decode()
    assert "1 of them may be entered twice" in page
    assert not Award.objects.exists()
    assert client.post(place).status_code == 302
    assert sorted(Award.objects.values_list("holder", flat=True)) == ["Alpha e.V.", "Beta"]
    assert Client().get("/register/?state=any").content.decode().count('scope="row"') == 2
    # a second time every row may be there already, so nothing is entered unless it is chosen
    again = client.post(
        "/office/register/import/",
        {"file": SimpleUploadedFile("old.csv", text.encode()), "mark": "imported"},
    ).headers["Location"]
    client.post(again)
    assert Award.objects.count() == 2
    client.post(again, {"keep": ["3"]})
    assert Award.objects.count() == 3


def test_hostile_lists(sample: Sample, sign_in: SignIn) -> None:
    client = sign_in(sample.people["secretariat"])
    for name, data in (
        ("x.csv", b"\xff\xfe\x00"),
        ("x.xlsx", b"PK\x03\x04 nonsense"),
        ("x.csv", b"a,b\n1,2\n"),
    ):
        answer = client.post(
            "/office/register/import/", {"file": SimpleUploadedFile(name, data), "mark": "imported"}
        )
        assert answer.status_code == 422, name
    text = '"holder","country","level","number"\n"<script>alert(1)</script>","DE","gold","../../etc"\n'
    shown = client.post(
        "/office/register/import/", {"file": SimpleUploadedFile("x.csv", text.encode()), "mark": "imported"}
    )
    if shown.status_code == 302:
        page = client.get(shown.headers["Location"]).content.decode()
        assert "<script>alert" not in page
        assert client.post(shown.headers["Location"]).status_code == 422
    assert not Award.objects.exists()


def test_the_draw_is_repeatable_and_once_a_year(sample: Sample, award: Award, sign_in: SignIn) -> None:
    client = sign_in(sample.people["secretariat"])
    shown = client.post("/office/register/draw/", {"seed": "42", "year": "2026", "show": ""})
    assert award.holder in shown.content.decode()
    assert not award.acts.filter(kind="surveillance_due").exists()
    assert (
        client.post("/office/register/draw/", {"seed": "42", "year": "2026", "note": ""}).status_code == 302
    )
    assert award.acts.get(kind="surveillance_due").reference == "draw-2026"
    again = client.post("/office/register/draw/", {"seed": "43", "year": "2026", "note": ""})
    assert again.status_code == 422
    assert "look due" in client.get("/office/register/").content.decode()


def test_the_release_has_every_figure(sample: Sample, award: Award, sign_in: SignIn) -> None:
    client = sign_in(sample.people["secretariat"])
    page = client.get(f"/office/register/{award.number}/release/?in=de")
    assert page.status_code == 200
    text = page.content.decode()
    assert "<mark>[Zitat" in text
    assert 'href="#figure-1"' in text
    word = client.get(f"/office/register/{award.number}/release.docx?in=ru")
    assert award.holder in "\n".join(one.text for one in Document(BytesIO(word.content)).paragraphs)
    html = client.get(f"/office/register/{award.number}/release.html?in=en")
    assert html.headers["Content-Disposition"].startswith("attachment")


def test_the_release_tells_of_peers_only_from_the_schemes_minimum_on(
    sample: Sample, award: Award, decided: Case, sign_in: SignIn
) -> None:
    client, place = sign_in(sample.people["secretariat"]), f"/office/register/{award.number}/release/?in=en"
    sealed = latest(decided, "consensus")
    assert sealed is not None
    for n in range(12):
        page = client.get(place).content.decode()
        if n < 5:
            assert f"decided on under this scheme so far: {n + 1}." in page
            assert "median of its peers" not in page
        facts = {"country": "AT", "sector": "health", "region": "", "city": ""}
        cluster = Cluster.objects.create(organisation=sample.bodies["cluster"], name=f"Peer {n}", **facts)
        other = Case.objects.create(
            cluster=cluster,
            edition=decided.edition,
            state="closed",
            started_by=sample.people["manager"],
            submitted_at=decided.submitted_at,
        )
        SealedRecord.objects.create(
            case=other,
            kind="consensus",
            version=1,
            content=sealed.content,
            digest=sealed.digest,
            sealed_by=sealed.sealed_by,
            sealed_at=sealed.sealed_at,
        )
    page = client.get(place).content.decode()
    assert "lie above the median of its peers" in page
    assert "decided on under this scheme so far" not in page
    assert "Certificates in force in the sector" in page


def test_points_show_only_while_the_manager_consents(sample: Sample, award: Award, sign_in: SignIn) -> None:
    public = f"/register/{award.number}/"
    assert "consent)" not in Client().get(public).content.decode()
    assert sign_in(sample.people["team"]).post(f"/certificates/{award.number}/consent/").status_code == 403
    client = sign_in(sample.people["manager"])
    client.post(f"/certificates/{award.number}/consent/")
    shown = Client().get(public)
    assert "consent)" in shown.content.decode()
    client.post(f"/certificates/{award.number}/consent/", {"withdraw": "1"})
    again = Client().get(public, headers={"if-none-match": shown.headers["ETag"]})
    assert again.status_code == 200
    assert "consent)" not in again.content.decode()
    consent = Consent.objects.get()
    assert (consent.given_by, consent.withdrawn_by) == (sample.people["manager"],) * 2


def test_consent_in_two_tabs_is_given_and_taken_back_once(
    sample: Sample, award: Award, sign_in: SignIn
) -> None:
    client, place = sign_in(sample.people["manager"]), f"/certificates/{award.number}/consent/"
    for sent, words in (
        ({}, "The consent was given already."),
        ({"withdraw": "1"}, "There is no consent to withdraw."),
    ):
        client.post(place, sent)
        assert words in client.post(place, sent, follow=True).content.decode()
    assert Consent.objects.count() == 1


def test_no_act_names_a_day_that_nothing_can_follow(
    sample: Sample, decided: Case, keys: Any, sign_in: SignIn
) -> None:
    award = issue_certificate(
        case=decided, by=sample.by("secretariat"), immediately=True, conditional=True, reason="Papers."
    )
    office, holder = sign_in(sample.people["secretariat"]), sign_in(sample.people["manager"])
    place = f"/office/register/{award.number}/extend/"
    assert office.post(place, {"until": "9999-12-31", "reason": "For good."}).status_code == 422
    assert office.post(place, {"until": "2200-12-31", "reason": "For long."}).status_code == 302
    # reminders, grace and the next day are still days
    for client, page in ((office, "/"), (office, f"/office/register/{award.number}/"), (holder, "/")):
        assert client.get(page).status_code == 200


def test_a_reported_change_asks_for_a_review(sample: Sample, award: Award, sign_in: SignIn) -> None:
    client = sign_in(sample.people["team"])
    place = f"/certificates/{award.number}/"
    assert client.post(place, {"change": "merger", "reason": "With Volga Pharma."}).status_code == 302
    assert client.post(place, {"change": "nothing", "reason": "?"}).status_code == 422
    page = sign_in(sample.people["secretariat"]).get("/office/register/").content.decode()
    assert "change to review" in page
    assert "Volga" not in Client().get(f"/register/{award.number}/").content.decode()


def test_membership_wants_both_confirmations(sample: Sample, award: Award, sign_in: SignIn) -> None:
    client = sign_in(sample.people["team"])
    stated = {
        "participant": "Volkov Labs",
        "participant_id": "RU-7701",
        "joined_on": "2024-02-01",
    }
    assert client.post(f"/certificates/{award.number}/participants/", stated).status_code == 302
    asked = {"cluster": award.cluster.name, "participant": "volkov labs", "on": today().isoformat()}  # type: ignore[union-attr] # it has one
    open_ = Client().get("/register/membership/", asked)
    assert open_.status_code == 422
    assert "The participant has not confirmed this day." in open_.content.decode()
    link = f"/register/membership/confirm/{Participation.objects.get().token}/"
    assert Client().post(link).status_code == 302
    proved = Client().get("/register/membership/", asked)
    assert proved.status_code == 200
    assert award.number in proved.content.decode()
    token = Client().get("/register/membership.jwt", asked).content
    document = key_document()
    assert document is not None
    verdict = verify(token, documents=[document], now=timezone.now())
    assert (verdict.kind, verdict.standing, verdict.ok) == ("membership", "valid", True)
    assert verdict.membership is not None
    assert verdict.membership.certificates == [award.number]
    page = Client().post("/verify/", {"text": token.decode()}).content.decode()
    assert "The statement of membership is genuine." in page
    assert "Volkov Labs" in page
    before = {**asked, "on": date(2024, 1, 31).isoformat()}
    assert Client().get("/register/membership/", before).status_code == 422
    assert Client().post("/register/membership/confirm/guessed/").status_code == 404


def test_a_participant_is_asked_again_about_what_it_did_not_confirm(
    sample: Sample, award: Award, sign_in: SignIn
) -> None:
    client, cluster = sign_in(sample.people["team"]), award.cluster
    assert cluster is not None

    def state(name: str, left_on: str = "") -> None:
        stated = {"participant": name, "participant_id": "RU-7701", "joined_on": "2020-02-01"}
        place = f"/certificates/{award.number}/participants/"
        assert client.post(place, {**stated, "left_on": left_on}).status_code == 302

    def proven(name: str, on: str) -> bool:
        asked = {"cluster": cluster.name, "participant": name, "on": on}
        return Client().get("/register/membership/", asked).status_code == 200

    state("Volkov Labs", "2022-01-01")
    confirm_participation(token=Participation.objects.get().token)
    assert proven("Volkov Labs", "2021-06-01")
    # it never said that it belonged in 2023, nor that it is called otherwise
    state("Volkov Labs")
    assert not proven("Volkov Labs", "2023-06-01")
    confirm_participation(token=Participation.objects.get().token)
    assert proven("Volkov Labs", "2023-06-01")
    state("Wolf Ltd")
    assert not proven("Wolf Ltd", "2023-06-01")
    confirm_participation(token=Participation.objects.get().token)
    # that it left since then needs no word of its own
    state("Wolf Ltd", "2024-01-01")
    assert proven("Wolf Ltd", "2023-06-01")
    assert not proven("Wolf Ltd", "2024-06-01")


def test_an_agency_is_told_what_became_of_a_certificate(
    sample: Sample, award: Award, sign_in: SignIn
) -> None:
    by, until = sample.by("secretariat"), today() + timedelta(days=60)

    client = sign_in(sample.people["secretariat"])

    def told() -> tuple[bool, date | None]:
        (held,) = holdings([sample.cluster])
        # the page of the cluster says the same
        page = client.get(f"/clusters/{sample.cluster.reference}/").content.decode()
        assert ("Holds the label Silver" in page, "it is not valid today" in page) == (
            held.valid,
            not held.valid,
        )
        return held.valid, held.valid_until

    assert told() == (True, award.valid_until)
    suspend_award(award=award, by=by, until=until, reason="Papers.")
    assert told()[0] is False
    reinstate_award(award=award, by=by, reason="They came.")
    assert told() == (True, award.valid_until)
    withdraw_award(award=award, by=by, reason="Given back.")
    assert told()[0] is False


def test_reminders_are_sent_once(sample: Sample, award: Award) -> None:
    end = award.valid_until
    assert end is not None
    wanted = {12: 365, 6: 183, 3: 91, 1: 30}
    for days in wanted.values():
        day = end - timedelta(days=days - 1)
        first, second = remind_holders(day), remind_holders(day)
        assert (first, second) == (1, 0), days
    mails = Outbox.objects.filter(mail="reminder")
    assert mails.count() == 4
    assert award.number in mails[0].body
    assert remind_holders(end - timedelta(days=200)) == 0
