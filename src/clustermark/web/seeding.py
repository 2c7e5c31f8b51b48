"""The sample site: bodies, people of every role, clusters, and a case led along its road by the verbs of the domain.

Everything here is invented and says so in its names. Used by `clustermark site seed`, by tests and benchmarks; it
goes no way that a person could not go in the browser.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.utils import timezone

from clustermark.dossiers.raw import RawDossier
from clustermark.dossiers.reading import DEFAULT_LIMITS, read_raw
from clustermark.ground.problems import ProblemList
from clustermark.web.accounts.domain.people import create_person
from clustermark.web.accounts.middleware import STRONG_ROLES
from clustermark.web.accounts.models import Accreditation, Expert, Grant, Organisation, User
from clustermark.web.accounts.people import Person, person, today
from clustermark.web.cases.domain import (
    admission,
    consensus,
    deciding,
    panel,
    rating,
    reporting,
    review,
    visiting,
)
from clustermark.web.cases.domain.importing import content_of_raw, take_content
from clustermark.web.cases.domain.publishing import publish_scheme
from clustermark.web.cases.domain.starting import start_case
from clustermark.web.cases.domain.submitting import submit_dossier
from clustermark.web.cases.models import Case, SchemeEdition
from clustermark.web.cases.queries.dossiers import Content
from clustermark.web.cases.queries.schemes import scheme_of
from clustermark.web.cases.queries.stated import rows_of
from clustermark.web.clusters.models import Cluster
from clustermark.web.files.domain.storing import store_upload
from clustermark.web.files.limits import evidence_limits
from clustermark.web.files.models import StoredFile
from clustermark.web.register.domain.issuing import issue_certificate
from clustermark.web.register.domain.keys import make_keys
from clustermark.web.register.queries.signing import issuer_of_site

ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
SCHEMES = ("ecei-bronze-2019", "ecei-gold-2013", "ecei-silver-2017")
PASSWORD = "sample-label-2026"  # noqa: S105 - the sample site is for one machine, and its password is printed
TOTP_SECRET = "CLUSTERMARKSAMPLESECRET234567ABC"  # noqa: S105 - as above: one second factor for all sample people
PEOPLE: tuple[tuple[str, str, str, str, str], ...] = (
    ("manager", "Olga Sokolova", "manager", "cluster", "RU"),
    ("team", "Pavel Orlov", "team", "cluster", "RU"),
    ("expert-a", "Anna Keller", "expert", "secretariat", "DE"),
    ("expert-b", "Jan Novák", "expert", "secretariat", "CZ"),
    ("expert-c", "Marta Rossi", "expert", "secretariat", "IT"),
    ("secretariat", "Lena Brandt", "secretariat", "secretariat", "DE"),
    ("secretariat-2", "Tomas Berg", "secretariat", "secretariat", "SE"),
    ("decider", "Helena Costa", "decider", "committee", "PT"),
    ("decider-2", "Niels Holm", "decider", "committee", "DK"),
    ("agency", "Irina Petrova", "agency", "agency", "RU"),
    ("admin", "Site Administrator", "admin", "secretariat", "DE"),
)
"""Login, name, role, body, country of the invented people."""


@dataclass(slots=True)
class Sample:
    """The sample site: people by login, bodies, the cluster and the opened dossier it brings."""

    people: dict[str, User]
    bodies: dict[str, Organisation]
    cluster: Cluster
    raw: RawDossier

    def by(self, login: str) -> Person:
        """The person with this login, signed in with a second factor."""
        return person(self.people[login])


def seed(dossier: Path) -> Sample:
    """Make the sample site from the dossier folder at `dossier`; schemes are published, no case is started."""
    for name in SCHEMES:
        publish_scheme(name=name)
    bodies = {
        "cluster": _body("cluster", "Oka Valley Pharma Cluster (sample)", "RU", "Oka Valley"),
        "secretariat": _body("secretariat", "Label Secretariat (sample)", "DE", ""),
        "committee": _body("committee", "Label Committee (sample)", "DE", ""),
        "agency": _body("agency", "Oka Valley Development Agency (sample)", "RU", "Oka Region"),
    }
    people = {login: _user(login, name, role, country) for login, name, role, _body_, country in PEOPLE}
    start = today() - timedelta(days=365)
    for login, _name, role, body, country in PEOPLE:
        Grant.objects.create(user=people[login], role=role, organisation=bodies[body], starts_on=start)
        if role == "expert":
            _expert(people[login], country)
    problems = ProblemList()
    raw = read_raw(dossier, DEFAULT_LIMITS, problems)
    problems.raise_errors()
    assert raw is not None  # noqa: S101 - without errors there is a dossier
    profile = rows_of(content_of_raw(raw), "profile")[0]
    cluster = Cluster.objects.create(
        organisation=bodies["cluster"],
        name=profile["name"],
        country=profile["country"],
        region=profile.get("region", ""),
        city=profile.get("city", ""),
        sector=profile["sector"],
    )
    return Sample(people=people, bodies=bodies, cluster=cluster, raw=raw)


STAGES = ("decided", "deciding", "consensus", "rating", "desk_review", "panel", "submitted", "draft")
"""Where the live cases of the sample site stand."""


def seed_cases(dossier: Path) -> Sample:
    """The sample site with a live case at every stage that somebody may want to look at, and one certificate."""
    sample = seed(dossier)
    cases = {state: sample_case(sample, to=state) for state in STAGES}
    now = timezone.now().replace(microsecond=0)
    issuer = issuer_of_site({"en": "Label Secretariat (sample)"})
    make_keys(issuer=issuer, name="sample", passphrase=settings.KEY_PASSPHRASE, now=now)
    issue_certificate(
        case=cases["decided"],
        by=sample.by("secretariat"),
        immediately=True,
        reason="A sample does not wait until nobody can appeal any more.",
    )
    return sample


def sample_case(
    sample: Sample, *, scheme: str = "ecei-silver-2017", level: str = "silver", to: str = "draft"
) -> Case:
    """A case of the sample cluster with its dossier, led on to the state `to`."""
    manager = sample.by("manager")
    edition = SchemeEdition.objects.get(scheme=scheme, open=True)
    case = start_case(cluster=sample.cluster, edition=edition, by=manager, level=level)
    files = {name: file.sha256 for name, file in sample.raw.files.items()}
    kept = set(StoredFile.objects.filter(sha256__in=files.values()).values_list("sha256", flat=True))
    for name, sha256 in files.items():
        if sha256 not in kept:
            with sample.raw.open_file(name) as data:
                store_upload(data, limits=evidence_limits())
    take_content(case=case, content=brought_up_to(content_of_raw(sample.raw), today()), by=manager)
    lead(sample, case, to=to)
    return case


def brought_up_to(content: Content, day: date) -> Content:
    """The sample dossier as if it had been written on `day`: every date and year moved by the same time."""
    rated = [
        date.fromisoformat(row["rated_on"]) for row in rows_of(content, "ratings") if row.get("rated_on")
    ]
    days = day - max(rated)
    years = day.year - max(rated).year

    def moved(column: str, cell: str) -> str:
        if ISO_DATE.fullmatch(cell):
            return (date.fromisoformat(cell) + days).isoformat()
        return str(int(cell) + years) if column == "year" and cell.isdigit() else cell

    tables = {
        name: {
            "header": table["header"],
            "rows": [
                [moved(column, cell) for column, cell in zip(table["header"], row, strict=False)]
                for row in table["rows"]
            ],
        }
        for name, table in content["tables"].items()
    }
    return {**content, "tables": tables}


def lead(sample: Sample, case: Case, *, to: str) -> None:
    """Lead `case` along its road to the state `to`, each step by the person whose act it is."""
    steps = dict(_ROAD)
    while case.state != to:
        steps[case.state](sample, case)


def _submit(sample: Sample, case: Case) -> None:
    submit_dossier(case=case, by=sample.by("manager"))


def _admit(sample: Sample, case: Case) -> None:
    admission.admit_case(case=case, by=sample.by("secretariat"))


def _propose(sample: Sample, case: Case) -> None:
    experts = [sample.people["expert-a"], sample.people["expert-b"]]
    panel.propose_panel(case=case, experts=experts, by=sample.by("secretariat"))


def _agree_panel(sample: Sample, case: Case) -> None:
    panel.agree_panel(case=case, by=sample.by("manager"))


def _declare(sample: Sample, case: Case) -> None:
    for seat in case.seats.select_related("expert"):
        panel.declare(seat=seat, free=True, by=person(seat.expert))
    panel.confirm_panel(case=case, by=sample.by("secretariat"))


def _review(sample: Sample, case: Case) -> None:
    asked = review.ask_question(
        case=case,
        indicator=_codes(case)[0],
        question="Which of these participants pay a fee?",
        by=sample.by("expert-a"),
    )
    review.answer_question(
        asked=asked, answer="All but four; see the register of fees.", by=sample.by("manager")
    )
    review.close_question(asked=asked, by=sample.by("expert-a"))
    first = timezone.make_aware(datetime.combine(today() - timedelta(days=2), time(9)))
    hour = timedelta(hours=1)
    visiting.plan_visit(
        case=case,
        by=sample.by("secretariat"),
        starts_on=today() - timedelta(days=2),
        ends_on=today(),
        place="Oka Valley, Innovation Street 1",
        slots=[
            visiting.Slot(first, first + hour, "Opening talk", "Management team"),
            visiting.Slot(
                first + hour, first + 3 * hour, "Strategy and its implementation", "Cluster manager"
            ),
            visiting.Slot(
                first + timedelta(days=1), first + timedelta(days=1) + hour, "Interviews", "Members"
            ),
        ],
    )
    review.finish_review(case=case, by=sample.by("secretariat"))


def _visit(sample: Sample, case: Case) -> None:
    met = [
        visiting.Met("Olga Sokolova", "Oka Valley", "Cluster manager"),
        visiting.Met("Dmitri Volkov", "Volkov Labs", "Director"),
        visiting.Met("Elena Morozova", "State University", "Dean", present=False),
    ]
    visiting.note_people(case=case, by=sample.by("expert-a"), people=met)
    visiting.finish_visit(case=case, by=sample.by("secretariat"))


def _rate(sample: Sample, case: Case) -> None:
    for login, column in (("expert-a", 0), ("expert-b", 1)):
        rate_all(sample, case, login, column)
        rating.submit_ratings(case=case, by=sample.by(login))


def rate_all(sample: Sample, case: Case, login: str, column: int) -> None:
    """Give every rating of the sample dossier's first or second expert (`column`) in the name of `login`."""
    rows = rows_of(content_of_raw(sample.raw), "ratings")
    raters = list(dict.fromkeys(row["rater"] for row in rows if row["view"] == "expert"))
    theirs = {
        row["indicator"]: row for row in rows if row["view"] == "expert" and row["rater"] == raters[column]
    }
    for code in _codes(case):
        row = theirs.get(code)
        if row is not None and row["rating"]:
            rating.record_rating(
                case=case,
                indicator=code,
                by=sample.by(login),
                rating=int(row["rating"]),
                reason=row["reason"] or "As seen on site.",
                recommendation=row["recommendation"],
                evidence=[one for one in row["evidence"].split(";") if one],
            )
        else:
            rubric = scheme_of(case.edition).indicator(code).scale == "rubric"
            rating.record_rating(
                case=case,
                indicator=code,
                by=sample.by(login),
                rating=3 if rubric else None,
                follows_records=not rubric,
                reason="As seen on site." if rubric else "",
            )


def _agree_consensus(sample: Sample, case: Case) -> None:
    rows = rows_of(content_of_raw(sample.raw), "ratings")
    agreed = {row["indicator"]: row for row in rows if row["view"] == "consensus"}
    there = {row.indicator for row in case.consensus.all()}
    for code in _codes(case):
        row = agreed.get(code)
        if code not in there:
            consensus.record_consensus(
                case=case,
                indicator=code,
                by=sample.by("expert-a"),
                rating=int(row["rating"]) if row and row["rating"] else 3,
                reason=(row or {}).get("reason") or "Agreed after the visit.",
            )
    for login in ("expert-a", "expert-b"):
        consensus.agree_consensus(case=case, by=sample.by(login))


def _report(sample: Sample, case: Case) -> None:
    reporting.write_report(
        case=case,
        by=sample.by("expert-a"),
        summary="The cluster is well led; its members take part and its records are in order.",
        strengths="Close contact with members; a clear strategy.",
        improvements="Name one owner for each goal; broaden private funding.",
    )
    reporting.send_report(case=case, by=sample.by("expert-a"))


def _hear(sample: Sample, case: Case) -> None:
    reporting.comment(case=case, by=sample.by("manager"), text="The second workshop was in May, not in June.")
    reporting.end_comments(case=case, by=sample.by("manager"))


def _recommend(sample: Sample, case: Case) -> None:
    for made in case.comments.filter(answer=""):
        reporting.answer_comment(made=made, by=sample.by("expert-b"), answer="Corrected.")
    reporting.write_report(
        case=case,
        by=sample.by("expert-b"),
        outcome="award",
        level=case.level,
        recommendation="All minimums are met; most indicators lie significantly above the required values.",
    )
    reporting.recommend(case=case, by=sample.by("expert-b"))


def _decide(sample: Sample, case: Case) -> None:
    reason = "The committee follows the panel's recommendation."
    deciding.decide_case(case=case, by=sample.by("decider"), outcome="award", level=case.level, reason=reason)


_ROAD: tuple[tuple[str, Callable[[Sample, Case], None]], ...] = (
    ("draft", _submit),
    ("submitted", _admit),
    ("admitted", _propose),
    ("panel", _agree_panel),
    ("declaring", _declare),
    ("desk_review", _review),
    ("site_visit", _visit),
    ("rating", _rate),
    ("consensus", _agree_consensus),
    ("reporting", _report),
    ("hearing", _hear),
    ("recommending", _recommend),
    ("deciding", _decide),
)


def _codes(case: Case) -> list[str]:
    return [indicator.code for indicator in scheme_of(case.edition).document.indicators]


def _body(kind: str, name: str, country: str, region: str) -> Organisation:
    return Organisation.objects.create(kind=kind, name=name, country=country, region=region)


def address(login: str) -> str:
    """The mail address of the invented person with this login."""
    return f"{login}@clustermark.example"


def sample_code() -> str:
    """The six digits that the authenticators of the sample people show now."""
    counter = next(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(TOTP_SECRET, counter)))


def _user(login: str, name: str, role: str, country: str) -> User:
    user = create_person(email=address(login), password=PASSWORD, name=name, country=country)
    if role in STRONG_ROLES:
        TOTP.activate(user, TOTP_SECRET)
    return user


def _expert(user: User, country: str) -> None:
    expert = Expert.objects.create(user=user, country=country, languages=["en", "de"], sectors=["health"])
    for scheme in SCHEMES:
        Accreditation.objects.create(
            expert=expert,
            scheme=scheme,
            starts_on=today() - timedelta(days=300),
            ends_on=today() + timedelta(days=700),
            reason="Training of the secretariat (sample)",
        )
