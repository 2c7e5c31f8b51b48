"""One certificate as the public sees it: its state on a day, its history, its files, what must be said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from clustermark.certificates.record import DecisionRecord, read_record
from clustermark.register.entries import PUBLIC_ACTS, Act, Certificate
from clustermark.register.life import IN_FORCE, State, end_of, state_on, terms
from clustermark.web.cases.queries.sealed import content_of, latest
from clustermark.web.register.models import Award, Consent, IssuedFile, LeafEntry
from clustermark.web.register.queries.documents import act_of, certificate_of
from clustermark.web.register.queries.renewing import renewed_by


@dataclass(frozen=True)
class Shown:
    """An act with its place in the log, as pages list it."""

    act: Act
    entry: int | None


@dataclass(eq=False)
class CertificatePage:
    """A certificate on a day; a fixed number of queries."""

    award: Award
    day: date

    @cached_property
    def certificate(self) -> Certificate:
        """The award as it was made."""
        return certificate_of(self.award)

    @cached_property
    def _rows(self) -> list[Any]:
        return list(self.award.acts.order_by("pk"))

    @cached_property
    def acts(self) -> list[Act]:
        """Every act of its life."""
        return [act_of(row, self.award.number) for row in self._rows]

    @cached_property
    def history(self) -> list[Shown]:
        """The acts that everybody may know, newest first, each with its entry in the log."""
        entries = dict(LeafEntry.objects.filter(act__award=self.award).values_list("act_id", "index"))
        return [
            Shown(act, entries.get(row.pk))
            for row, act in zip(self._rows, self.acts, strict=True)
            if act.kind in PUBLIC_ACTS
        ][::-1]

    @property
    def state(self) -> State:
        """The state on the day."""
        return state_on(self.certificate, self.acts, self.day)

    @property
    def in_force(self) -> bool:
        """Whether the holder may show it on the day."""
        return self.state in IN_FORCE

    @property
    def terms(self) -> list[tuple[date, date]]:
        """First and last days of its terms."""
        return terms(self.certificate, self.acts)

    @property
    def until(self) -> date | None:
        """The last day of the last term."""
        return end_of(self.certificate, self.acts)

    @cached_property
    def files(self) -> list[IssuedFile]:
        """The newest file of each language."""
        newest: dict[str, IssuedFile] = {}
        for file in self.award.files.select_related("pdf"):
            newest.setdefault(file.language, file)
        return [newest[language] for language in sorted(newest)]

    @cached_property
    def record(self) -> DecisionRecord | None:
        """The sealed record that the files are made of; None for entries of old lists."""
        return read_record(self.files[0].record, file=self.award.number) if self.files else None

    @cached_property
    def points(self) -> tuple[Decimal, Decimal] | None:
        """Points and their maximum, only while the holder consents to show them."""
        if (
            not Consent.objects.filter(award=self.award, withdrawn_on=None).exists()
            or self.award.case is None
        ):
            return None
        sealed = latest(self.award.case, "decision")
        if sealed is None:
            return None
        summary = content_of(sealed)["summary"]
        return Decimal(str(summary["points"])), Decimal(str(summary["max_points"]))

    @cached_property
    def has_before(self) -> bool:
        """Whether the certificate that this one renews stands in the register; an old list may name others."""
        return Award.objects.filter(number=self.award.previous).exists()

    @cached_property
    def renewed_by(self) -> str | None:
        """The number of the certificate that renews this one."""
        return renewed_by([self.award.number]).get(self.award.number)

    @cached_property
    def others(self) -> list[Award]:
        """Other certificates of the same holder."""
        return list(
            Award.objects.filter(holder_id=self.award.holder_id)
            .exclude(pk=self.award.pk)
            .order_by("-decided_on", "-pk")[:20]
        )


def certificate_page(number: str, day: date) -> CertificatePage | None:
    """The certificate with this number on a day, or None."""
    award = Award.objects.select_related("case", "cluster").filter(number=number).first()
    return CertificatePage(award, day) if award else None
