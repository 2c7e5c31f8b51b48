"""Every route of the site with a person who may see it, for the tests that look at all pages: queries, access, speed.

A route that stands in none of the tables here fails `tests/web/test_queries.py`, so that no page goes unlooked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from clustermark.web.accounts.domain.invitations import invite
from clustermark.web.accounts.people import today
from clustermark.web.cases.domain import charging, deciding, panel, report_files, reporting, review, visiting
from clustermark.web.cases.domain.starting import start_case
from clustermark.web.cases.models import Case, ReportFile, SchemeEdition
from clustermark.web.cases.queries.report_files import PATIENCE
from clustermark.web.cases.queries.schemes import scheme_of
from clustermark.web.clusters.models import Cluster
from clustermark.web.register.domain.issuing import issue_certificate
from clustermark.web.register.domain.keys import make_keys
from clustermark.web.register.models import Award
from clustermark.web.register.queries.signing import issuer_of_site
from clustermark.web.seeding import Sample, lead, sample_case, seed

RATED, MEASURED = "4.2", "3.1"


@dataclass(frozen=True, slots=True)
class Shown:
    """A page: its route, who looks at it, the state of the case it belongs to, and further arguments."""

    route: str
    login: str
    state: str = ""
    arguments: Mapping[str, object] = field(default_factory=dict, hash=False)
    query: str = ""

    @property
    def name(self) -> str:
        """The page in a word or two, for tables and messages."""
        said = (str(value) for name, value in self.arguments.items() if name not in ("reference", "expert"))
        return " ".join(part for part in (self.route, self.state, *said, self.query, self.login) if part)


@dataclass(slots=True)
class Filled:
    """The site with a case in every state; `cases` are by state."""

    sample: Sample
    cases: dict[str, Case]

    def address(self, page: Shown) -> str:
        """Where the page is."""
        named = {
            "expert": self.sample.people["expert-a"].reference,
            "cluster": self.sample.cluster.reference,
        }
        arguments = {
            name: named.get(str(value), value) if name in ("reference", "expert") else value
            for name, value in page.arguments.items()
        }
        if page.state:
            arguments["reference"] = self.cases[page.state].reference
        award = Award.objects.earliest("pk")
        if arguments.get("number") == "certificate":
            arguments["number"] = award.number
        old, new = SchemeEdition.objects.values_list("pk", flat=True).order_by("pk")[:2]
        return reverse(page.route, kwargs=arguments) + page.query.format(
            old=old, new=new, holder=award.holder_id
        )


_DOSSIER = {"code": MEASURED}
PAGES: tuple[Shown, ...] = (
    # everybody's
    Shown("start", "manager"),
    Shown("start", "expert-a"),
    Shown("start", "secretariat"),
    Shown("start", "decider"),
    Shown("start", "agency"),
    Shown("start", "admin"),
    Shown("profile", "manager"),
    Shown("account_login", ""),
    Shown("account_signup", ""),
    Shown("account_reset_password", ""),
    Shown("account_reset_password_done", ""),
    Shown("account_reset_password_from_key_done", ""),
    Shown("account_inactive", ""),
    Shown("account_email_verification_sent", ""),
    Shown("socialaccount_login_cancelled", ""),
    Shown("account_logout", "manager"),
    Shown("account_reauthenticate", "manager"),
    Shown("account_email", "manager"),
    Shown("account_change_password", "manager"),
    Shown("socialaccount_connections", "manager"),
    Shown("mfa_index", "expert-a"),
    Shown("mfa_reauthenticate", "expert-a"),
    Shown("mfa_activate_totp", "manager"),
    Shown("mfa_deactivate_totp", "expert-a"),
    Shown("mfa_generate_recovery_codes", "expert-a"),
    Shown("mfa_list_webauthn", "expert-a"),
    Shown("mfa_add_webauthn", "expert-a"),
    Shown("usersessions_list", "manager"),
    Shown("style", "manager"),
    Shown("sample-people", "manager"),
    Shown("dev-mail", "manager"),
    # the secretariat's
    Shown("people", "secretariat"),
    Shown("people", "secretariat", query="?search=a&page=2"),
    Shown("invite", "secretariat"),
    Shown("person", "secretariat", arguments={"reference": "expert"}),
    Shown("mail-texts", "secretariat"),
    Shown("mail-text", "secretariat", arguments={"name": "notice", "language": "de"}),
    Shown("office", "secretariat"),
    Shown("office", "secretariat", query="?view=list&q=cluster&sort=cluster"),
    Shown("calendar", "secretariat"),
    Shown("fees", "secretariat"),
    Shown("experts", "secretariat"),
    Shown("experts", "secretariat", query="?name=expert"),
    Shown("expert", "secretariat", arguments={"reference": "expert"}),
    Shown("schemes", "secretariat"),
    Shown("schemes-compare", "secretariat", query="?old={old}&new={new}"),
    Shown("all-feedback", "secretariat"),
    Shown("log", "secretariat"),
    Shown("log", "secretariat", query="?page=20"),
    Shown("log", "secretariat", query="?about=cluster&who=anna&act=declare&since=2026-01-01"),
    Shown("portfolio", "agency"),
    Shown("portfolio", "agency", query="?name=cluster"),
    # a case
    Shown("case", "manager", "draft"),
    Shown("case", "manager", "hearing"),
    Shown("case", "secretariat", "submitted"),
    Shown("case", "expert-a", "rating"),
    Shown("case", "decider", "deciding"),
    Shown("act", "manager", "draft", {"name": "submit"}),
    Shown("act", "secretariat", "submitted", {"name": "return"}),
    Shown("eligibility", "secretariat", "submitted"),
    Shown("panel", "secretariat", "admitted"),
    Shown("panel", "secretariat", "panel"),
    Shown("panel", "manager", "panel"),
    Shown("visit", "manager", "site_visit"),
    Shown("visit-plan", "secretariat", "site_visit"),
    Shown("visit-people", "expert-a", "site_visit"),
    Shown("fee", "manager", "deciding"),
    Shown("fee", "secretariat", "deciding"),
    Shown("case-log", "secretariat", "decided"),
    # the applicant's
    Shown("clusters", "manager"),
    Shown("cluster", "manager", arguments={"reference": "cluster"}),
    Shown("dossier", "manager", "draft"),
    Shown("dossier", "expert-a", "rating"),
    Shown("dossier-problems", "manager", "draft"),
    Shown("dossier-seals", "manager", "decided"),
    Shown("dossier-changes", "manager", "renewal"),
    Shown("indicator", "manager", "draft", _DOSSIER),
    Shown("indicator", "manager", "draft", {"code": RATED}),
    Shown("indicator", "secretariat", "decided", _DOSSIER),
    Shown("indicator-records", "manager", "draft", _DOSSIER),
    Shown("tables", "manager", "draft"),
    Shown("table", "manager", "draft", {"name": "participants"}),
    Shown("row-new", "manager", "draft", {"name": "participants"}),
    Shown("row", "manager", "draft", {"name": "participants", "at": 1}),
    Shown("evidence", "manager", "draft"),
    Shown("evidence-open", "manager", "draft", {"evidence_id": "E01"}),
    Shown("evidence-edit", "manager", "draft", {"evidence_id": "E01"}),
    Shown("dossier-exchange", "manager", "draft"),
    # the experts'
    Shown("expert-home", "expert-a"),
    Shown("declare", "expert-a", "declaring"),
    Shown("work", "expert-a", "rating"),
    Shown("work-indicator", "expert-a", "rating", _DOSSIER),
    Shown("work-indicator", "expert-a", "rating", {"code": RATED}, "?evidence=E02"),
    Shown("offline", "expert-a", "rating"),
    Shown("questions", "manager", "desk_review"),
    Shown("questions", "expert-a", "desk_review"),
    Shown("question", "manager", "desk_review", {"expert": "expert", "number": 1}),
    Shown("consensus", "expert-a", "consensus"),
    Shown("consensus-indicator", "expert-a", "consensus", {"code": RATED}),
    Shown("report", "expert-a", "reporting"),
    Shown("report", "manager", "hearing"),
    Shown("report", "expert-b", "recommending"),
    Shown("report", "manager", "decided"),
    Shown("report", "secretariat", "decided"),
    # in the order of `REPORTS`: made, asked for, failed, not asked for
    Shown("report-making", "secretariat", "decided", {"ending": "json"}),
    Shown("report-making", "secretariat", "decided", {"ending": "xlsx"}),
    Shown("report-making", "secretariat", "decided", {"ending": "docx"}),
    Shown("report-making", "secretariat", "decided", {"ending": "pdf"}),
    # the committee's, and after
    Shown("decision", "decider", "deciding"),
    Shown("decision", "manager", "decided"),
    Shown("decision", "decider-2", "appealed"),
    Shown("items", "manager", "deferred"),
    Shown("items", "expert-a", "deferred"),
    Shown("feedback", "manager", "decided"),
    Shown("feedback", "expert-a", "decided"),
    # the register
    Shown("verify", ""),
    Shown("register", ""),
    Shown("register-map", ""),
    Shown("holder", "", query="?id={holder}"),
    Shown("membership", ""),
    Shown("statistics", ""),
    Shown("statistic", "", arguments={"key": "in_force"}),
    Shown("transparency", ""),
    Shown("certificate", "", arguments={"number": "certificate"}),
    Shown("office-register", "secretariat"),
    Shown("office-draw", "secretariat"),
    Shown("office-import", "secretariat"),
    Shown("office-issue", "secretariat", "decided"),
    Shown("office-certificate", "secretariat", arguments={"number": "certificate"}),
    Shown("office-announcement", "secretariat", arguments={"number": "certificate"}),
    Shown("office-act", "secretariat", arguments={"number": "certificate", "kind": "suspend"}),
    Shown("holding", "manager", arguments={"number": "certificate"}),
)
"""Pages, each with a fitting person; several where people see different things."""

FILES: tuple[Shown, ...] = (
    Shown("my-data", "manager"),
    Shown("office-export", "secretariat", arguments={"kind": "csv"}),
    Shown("visit-file", "manager", "site_visit", {"kind": "ics"}),
    Shown("visit-file", "manager", "site_visit", {"kind": "pdf"}),
    Shown("fee-file", "manager", "deciding"),
    Shown("evidence-file", "manager", "draft", {"evidence_id": "E01"}),
    Shown("dossier-xlsx", "manager", "draft"),
    Shown("dossier-zip", "manager", "draft"),
    Shown("offline-package", "expert-a", "rating"),
    Shown("report-file", "secretariat", "decided", {"ending": "json"}),
    Shown("log-export", "secretariat"),
    Shown("certificate-pdf", "", arguments={"number": "certificate", "language": "en"}),
    Shown("certificate-token", "", arguments={"number": "certificate"}),
    Shown("badge", "", arguments={"number": "certificate"}),
    Shown("feed", ""),
    Shown("did-document", ""),
    Shown("status-revocation", ""),
    Shown("status-suspension", ""),
    Shown("log-checkpoint", ""),
    Shown("log-key", ""),
    Shown("log-entries", ""),
    Shown("sitemap-index", ""),
    Shown("sitemap", "", arguments={"part": 1}),
    Shown("robots", ""),
)
"""What is downloaded."""

DEVELOPMENT = frozenset({"style", "sample-people", "dev-mail"})
"""Routes that only a development site has."""

POSTED = frozenset(
    [
        "read-notices",
        "set-language",
        "set-theme",
        "withdraw-invitation",
        "end-grant",
        "panel-propose",
        "panel-override",
        "panel-confirm",
        "panel-decline",
        "panel-objection",
        "panel-answer",
        "question-ask",
        "add-finding",
        "add-comment",
        "answer-comment",
        "finish-comments",
        "decide",
        "defer",
        "correct-item",
        "close-item",
        "give-feedback",
        "account_set_password",
        "erasure",
        "holding-consent",
        "holding-participants",
    ]
)
"""Routes that only take what is sent, or show again a page above with what was wrong in it."""

ELSEWHERE = {
    "accept-invitation": "needs the token of a mail; tests/web/accounts/test_invitations.py",
    "account_confirm_email": "needs the key of a mail",
    "account_reset_password_from_key": "needs the key of a mail",
    "account_confirm_login_code": "only while signing in by a code",
    "mfa_authenticate": "only while signing in; tests/e2e",
    "mfa_reauthenticate_webauthn": "needs a passkey",
    "mfa_remove_webauthn": "needs a passkey",
    "mfa_edit_webauthn": "needs a passkey",
    "mfa_login_webauthn": "answers the browser's passkeys",
    "mfa_view_recovery_codes": "needs codes that were made",
    "mfa_download_recovery_codes": "needs codes that were made",
    "socialaccount_login_error": "answers 401",
    "socialaccount_signup": "only while signing in elsewhere",
    "openid_connect_login": "goes to another site",
    "openid_connect_callback": "comes from another site",
    "dossier-preview": "needs an upload; tests/e2e/test_founding_story.py",
    "membership-file": "needs what the form of membership asks; tests/web/register",
    "membership-confirm": "needs the token of a mail; tests/web/register",
    "statistic-file": "needs a statistic and a form; tests/web/register",
    "status-revocation-more": "needs a second list; tests/web/register/test_status_lists.py",
    "status-suspension-more": "needs a second list; tests/web/register/test_status_lists.py",
    "log-inclusion": "needs an entry and a size; tests/web/register",
    "log-consistency": "needs two sizes; tests/web/register",
    "office-import-list": "needs an upload; tests/web/register",
    "office-announcement-file": "needs a form and a language; tests/web/register",
    "api-root": "not a page; tests/web/register/test_api.py",
    "openapi-json": "not a page; tests/web/register/test_api.py",
    "certificates": "not a page; tests/web/register/test_api.py",
    "kept": "needs something typed before the sign-in; tests/e2e/test_bad_luck.py",
    "sealed": "a sealed record by its number; tests/web/cases",
}
"""Routes that cannot be opened by their address alone, and why."""

STATES = tuple(dict.fromkeys(page.state for page in (*PAGES, *FILES) if page.state))


def routes(resolver: URLResolver | None = None) -> Iterator[str]:
    """The names of all routes of the site; those without a name only lead to one that has one."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from routes(one)
        elif isinstance(one, URLPattern) and one.name:
            yield one.name


def fill(dossier: Path) -> Filled:
    """The sample site with a case in every state that a page wants."""
    sample = seed(dossier)
    # with a second cluster the manager chooses which
    Cluster.objects.create(
        organisation=sample.bodies["cluster"], name="Oka Valley Optics", country="RU", sector="digital"
    )
    filled = Filled(sample, {})
    issuer = issuer_of_site({"en": "Label Secretariat (sample)"})
    now = timezone.now().replace(microsecond=0)
    make_keys(issuer=issuer, name="sample", passphrase=settings.KEY_PASSPHRASE, now=now)
    issue_certificate(
        case=sample_case(sample, to="decided"),
        by=sample.by("secretariat"),
        immediately=True,
        reason="A sample.",
    )
    for state in STATES:
        filled.cases[state] = one_more(sample, state)
    _ask_for_reports(filled)
    return filled


def _ask_for_reports(filled: Filled) -> None:
    """The secretariat's report as JSON was made, as Excel it is waited for, as Word it failed."""
    case, by = filled.cases["decided"], filled.sample.by("secretariat")
    for ending in ("json", "xlsx", "docx"):
        row = report_files.ask_for_report(case=case, by=by, ending=ending, language="en")
        assert row.task_id is not None
        if ending == "json":
            report_files.make(pk=row.pk, task=row.task_id)
        if ending == "docx":
            ReportFile.objects.filter(pk=row.pk).update(reason="There was no paper.")
        if ending != "xlsx":
            DBTaskResult.objects.get(pk=row.task_id).set_successful(None)
    # asked long enough ago that the page also looks whether there is a worker
    ReportFile.objects.update(asked_at=timezone.now() - 2 * PATIENCE)


LISTED = ("draft", "submitted", "panel", "desk_review", "rating", "hearing", "deferred", "decided")
"""States whose cases stand in the lists of somebody."""


def fill_up(filled: Filled) -> None:
    """Three rows where there was one: cases of every list, and what the pages of one case show."""
    sample = filled.sample
    for state in LISTED * 2:
        one_more(sample, state)
    by = sample.by
    for number in range(2):
        about = f"And what of number {number}?"
        review.ask_question(
            case=filled.cases["desk_review"], indicator=RATED, question=about, by=by("expert-a")
        )
        reporting.state_finding(
            case=filled.cases["reporting"], by=by("expert-a"), text=about, indicator=MEASURED
        )
        reporting.comment(case=filled.cases["hearing"], by=by("manager"), text=about)
    case = filled.cases["site_visit"]
    first = timezone.make_aware(datetime.combine(today(), time(9)))
    hour = timedelta(hours=1)
    slots = [
        visiting.Slot(first + n * hour, first + (n + 1) * hour, f"Talk {n}", "Members") for n in range(9)
    ]
    visiting.plan_visit(
        case=case, by=by("secretariat"), starts_on=today(), ends_on=today(), place="Oka Valley", slots=slots
    )
    met = [visiting.Met(f"Member {n}", "Oka Valley", "Director") for n in range(9)]
    visiting.note_people(case=case, by=by("expert-a"), people=met)


def one_more(sample: Sample, state: str) -> Case:
    """A case in this state with something in every list that its pages show."""
    by = sample.by
    if state == "renewal":
        return _renewal(sample)
    before = {"deferred": "deciding", "appealed": "decided"}.get(state, state)
    on_the_road = {"deciding", "deferred", "decided", "appealed"}
    first = "reporting" if state in on_the_road | {"hearing", "recommending"} else before
    case = sample_case(sample, to=first)
    if state == "desk_review":
        review.ask_question(case=case, indicator=RATED, question="Who wrote it?", by=by("expert-a"))
    if first == "reporting":
        reporting.state_finding(case=case, by=by("expert-a"), text="Name one owner.", indicator=RATED)
    lead(sample, case, to=before)
    if state in ("deciding", "decided"):
        fee = scheme_of(case.edition).document.fees[0]
        charging.quote_fee(case=case, item=fee.item, by=by("secretariat"))
    if state == "deferred":
        conditions = [
            deciding.Condition("Renew the strategy.", "Cluster manager", today() + timedelta(days=30))
        ]
        deciding.defer_case(case=case, by=by("decider"), reason="Not yet.", conditions=conditions)
    if state == "appealed":
        deciding.appeal(case=case, by=by("manager"), reason="A fact was overlooked.")
    if state == "panel":
        seat = case.seats.earliest("pk")
        panel.object_to_expert(seat=seat, by=by("manager"), reason="A rival's adviser.")
    if state == "draft":
        invite(
            email=f"guest-{case.pk}@clustermark.example",
            name="A Guest",
            role="team",
            organisation=sample.bodies["cluster"],
            actor=sample.people["secretariat"],
        )
    return Case.objects.get(pk=case.pk)


def _renewal(sample: Sample) -> Case:
    before = sample_case(sample, to="decided")
    return start_case(
        cluster=sample.cluster,
        edition=before.edition,
        by=sample.by("manager"),
        level=before.level,
        previous=before,
    )
