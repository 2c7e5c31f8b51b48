"""A large site for `bench_pages`: the cases that the verbs made, copied row by row under other people and clusters.

What is copied is what the verbs wrote: every row that hangs on a case (seats, ratings, consensus, visit, notices,
evidence, fees, decisions …) with its keys turned to the copy's own rows, its cluster and its people. Three things are
less than in a real site, and no page reads them of a case that is not its own: the bytes of evidence files (their rows
are there), the stated tables and the sealed texts, which one copy in twenty has. Entries of the log are written as the
site writes them, one act for each copy.
"""

from __future__ import annotations

import hashlib
import uuid
from copy import copy
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle, islice
from typing import Any

from django.db import models, transaction

from clustermark.web.accounts.models import Accreditation, Expert, Grant, Organisation, User
from clustermark.web.accounts.people import today
from clustermark.web.cases.models import Case, DossierTable, Evidence, SealedRecord
from clustermark.web.clusters.models import Cluster
from clustermark.web.files.models import StoredFile
from clustermark.web.log.writing import write
from clustermark.web.seeding import SCHEMES, Sample

CASES, PEOPLE, FILES_A_CASE = 2_000, 500, 30
CLUSTERS, EXPERTS, DECIDERS, OFFICE = 350, 100, 20, 19
HEAVY_ONE_IN = 20
HEAVY = (DossierTable, SealedRecord)


@dataclass(slots=True)
class Crowd:
    """The people and clusters of the copies."""

    clusters: list[Cluster]
    managers: list[User]
    experts: list[User]
    deciders: list[User]
    office: list[User]


def enlarge(sample: Sample, templates: list[Case]) -> None:
    """Copy `templates` in turn until the site has 2,000 cases with 30 pieces of evidence each and 500 people."""
    crowd = _crowd(sample)
    copier = Copier(sample, crowd)
    hanging = {template.pk: _rows(template) for template in templates}
    wanted = CASES - Case.objects.count()
    for at, template in enumerate(islice(cycle(templates), wanted)):
        copier.copy(template, hanging[template.pk], at)
        if at % 100 == 99:
            copier.write()
    copier.write()
    with transaction.atomic():
        for case in copier.cases:
            write(actor=case.started_by, role="cluster", act="start", subject=case.subject)


def _crowd(sample: Sample) -> Crowd:
    bodies = [
        Organisation(
            kind="cluster", name=f"Cluster organisation {n}", country="DE", region=f"Region {n % 40}"
        )
        for n in range(CLUSTERS)
    ]
    Organisation.objects.bulk_create(bodies)
    agency = sample.bodies["agency"]
    clusters = [
        Cluster(
            organisation=body,
            name=f"Cluster {n:03}",
            # every tenth belongs to the sample agency's region
            country=agency.country if n % 10 == 0 else body.country,
            region=agency.region if n % 10 == 0 else body.region,
            sector="health" if n % 3 else "digital",
        )
        for n, body in enumerate(bodies)
    ]
    Cluster.objects.bulk_create(clusters)
    managers = _people("manager", CLUSTERS)
    experts, deciders = _people("expert", EXPERTS), _people("decider", DECIDERS)
    office = _people("secretariat", OFFICE)
    start = today() - timedelta(days=400)
    secretariat, committee = sample.bodies["secretariat"], sample.bodies["committee"]
    grants = [
        *(
            Grant(user=one, role="manager", organisation=body, starts_on=start)
            for one, body in zip(managers, bodies, strict=True)
        ),
        *(Grant(user=one, role="expert", organisation=secretariat, starts_on=start) for one in experts),
        *(Grant(user=one, role="decider", organisation=committee, starts_on=start) for one in deciders),
        *(Grant(user=one, role="secretariat", organisation=secretariat, starts_on=start) for one in office),
    ]
    Grant.objects.bulk_create(grants)
    profiles = [
        Expert(user=one, country="DE", languages=["en"], sectors=["health"], most_cases=60) for one in experts
    ]
    Expert.objects.bulk_create(profiles)
    Accreditation.objects.bulk_create(
        Accreditation(
            expert=one,
            scheme=scheme,
            starts_on=start,
            ends_on=today() + timedelta(days=500),
            reason="Training",
        )
        for one in profiles
        for scheme in SCHEMES
    )
    return Crowd(clusters, managers, experts, deciders, office)


def _people(role: str, count: int) -> list[User]:
    """People who cannot sign in: pages only read of them."""
    made = [
        User(email=f"{role}-{n}@many.example", name=f"{role.capitalize()} {n}", country="DE", password="!")  # noqa: S106 - no password at all
        for n in range(count)
    ]
    return User.objects.bulk_create(made)


def _rows(template: Case) -> list[models.Model]:
    """Every row that hangs on the case, those first that others point to."""
    found: list[models.Model] = []
    waiting: list[models.Model] = [template]
    while waiting:
        parent = waiting.pop(0)
        for relation in parent._meta.related_objects:
            model = relation.related_model
            if model is Case or not isinstance(relation, models.ManyToOneRel | models.OneToOneRel):
                continue
            for row in model._default_manager.filter(**{relation.field.name: parent}):
                if row not in found:
                    found.append(row)
                    waiting.append(row)
    return found


class Copier:
    """Makes copies of cases and writes them in bulk; keys are given here, so that rows can point to each other."""

    def __init__(self, sample: Sample, crowd: Crowd) -> None:
        self.sample, self.crowd = sample, crowd
        self.cases: list[Case] = []
        self._waiting: dict[type[models.Model], list[models.Model]] = {}
        self._last: dict[type[models.Model], int] = {}

    def copy(self, template: Case, rows: list[models.Model], at: int) -> None:
        """Make the copy number `at`; it is kept until `write`."""
        cluster, people = self._place(template, at)
        case = copy(template)
        case.cluster = cluster
        case.previous = None
        case.number = template.number and f"{today().year - 1}-{at:04}"
        chosen = [row for row in rows if not (isinstance(row, HEAVY) and at % HEAVY_ONE_IN)]
        # keys first: rows point to each other in any order
        keys = {(type(row), row.pk): self._key(type(row)) for row in (template, *chosen)}
        self._take(case, keys[Case, template.pk], people, keys)
        there = []
        for row in chosen:
            twin = copy(row)
            if isinstance(twin, Evidence):
                there.append(twin)
                twin.file_id = self._file(at, twin.evidence_id)
            self._take(twin, keys[type(row), row.pk], people, keys)
        for number in range(len(there), FILES_A_CASE):
            twin = copy(there[number % len(there)])
            twin.evidence_id, twin.name = f"X{number}", f"more-{number}.pdf"
            twin.file_id = self._file(at, twin.evidence_id)
            self._take(twin, self._key(Evidence), people, keys)
        self.cases.append(case)

    def write(self) -> None:
        """Write what waits; SQLite and PostgreSQL look at keys when the transaction ends."""
        with transaction.atomic():
            for model, rows in self._waiting.items():
                model._default_manager.bulk_create(rows, batch_size=500)
        self._waiting.clear()

    def _place(self, template: Case, at: int) -> tuple[Cluster, dict[int, User]]:
        """The cluster of a copy, and who stands for whom; one copy in fifty stays with the people of the sample."""
        if at % 50 == 0:
            return template.cluster, {}
        crowd, people = self.crowd, self.sample.people
        place = at % len(crowd.clusters)
        return crowd.clusters[place], {
            people["manager"].pk: crowd.managers[place],
            people["expert-a"].pk: crowd.experts[2 * at % EXPERTS],
            people["expert-b"].pk: crowd.experts[(2 * at + 1) % EXPERTS],
            people["secretariat"].pk: crowd.office[at % OFFICE],
            people["decider"].pk: crowd.deciders[at % DECIDERS],
        }

    def _file(self, at: int, evidence: str) -> str:
        sha256 = hashlib.sha256(f"{at} {evidence}".encode()).hexdigest()
        file = StoredFile(sha256=sha256, size=20_000, media_type="application/pdf")
        self._waiting.setdefault(StoredFile, []).append(file)
        return sha256

    def _key(self, model: type[models.Model]) -> int:
        if model not in self._last:
            self._last[model] = (
                model._default_manager.order_by("-pk").values_list("pk", flat=True).first() or 0
            )
        self._last[model] += 1
        return self._last[model]

    def _take(
        self, twin: models.Model, key: int, people: dict[int, User], keys: dict[tuple[Any, int], int]
    ) -> None:
        """Give the copied row its own key and references, and turn its keys to the copy's rows and people."""
        model = type(twin)
        for field in model._meta.concrete_fields:
            value = getattr(twin, field.attname)
            if isinstance(field, models.UUIDField) and field.unique:
                setattr(twin, field.attname, uuid.uuid4())
            elif isinstance(field, models.ForeignKey) and value is not None:
                target = field.related_model
                if target is User and value in people:
                    setattr(twin, field.name, people[value])
                elif (target, value) in keys:
                    setattr(twin, field.attname, keys[target, value])
        twin.pk = key
        twin._state.adding = True
        self._waiting.setdefault(model, []).append(twin)
