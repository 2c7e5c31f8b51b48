"""What experts do: questions, the visit, ratings, consensus, report, hearing."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Clarification(models.Model):
    """A question of one expert on one indicator; other experts see it when all have submitted.

    `number` counts the questions of one expert on one case: pages name a question by it, for a count over all
    experts would tell one how many questions another has asked.
    """

    class State(models.TextChoices):
        """Where the question stands."""

        OPEN = "open", _("open")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("closed")

    seat = models.ForeignKey("cases.Seat", on_delete=models.PROTECT, related_name="clarifications")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="clarifications")
    number = models.PositiveIntegerField()
    indicator = models.CharField(max_length=30)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    question = models.TextField(_("question"))
    asked_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField(null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "cases"
        ordering = ["indicator", "seat_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["seat", "number"], name="one_question_of_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.state}"


class Visit(models.Model):
    """The visit of the experts; `place` is an address, or a link when by video."""

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="visit")
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    place = models.CharField(_("place or link"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        app_label = "cases"

    def __str__(self) -> str:
        return f"visit of case {self.case_id}"


class AgendaSlot(models.Model):
    """One slot of the agenda: an interview, a tour, a closing talk."""

    visit = models.ForeignKey("cases.Visit", on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    subject = models.CharField(_("subject"), max_length=200)
    with_whom = models.CharField(_("with whom"), max_length=300, blank=True)
    indicators = models.JSONField(_("indicators"), default=list)

    class Meta:
        app_label = "cases"
        ordering = ["starts_at", "pk"]

    def __str__(self) -> str:
        return self.subject


class PersonMet(models.Model):
    """Somebody whom the experts met, or who was expected and absent."""

    visit = models.ForeignKey("cases.Visit", on_delete=models.CASCADE, related_name="people")
    name = models.CharField(_("name"), max_length=150)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    function = models.CharField(_("function"), max_length=150, blank=True)
    present = models.BooleanField(_("present"), default=True)

    class Meta:
        app_label = "cases"
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Said(models.Model):
    """The fields that an expert's rating and the consensus share.

    A rated indicator has a `rating` 0–5. A measured one either follows the records (`follows_records`) or has a
    corrected `value`, with a reason.
    """

    indicator = models.CharField(max_length=30)
    rating = models.PositiveSmallIntegerField(_("rating"), null=True, blank=True)
    value = models.DecimalField(_("corrected value"), max_digits=15, decimal_places=4, null=True, blank=True)
    follows_records = models.BooleanField(_("the records are right"), default=False)
    reason = models.TextField(_("reason"), blank=True)
    recommendation = models.TextField(_("recommendation"), blank=True)
    evidence = models.JSONField(_("evidence"), default=list)
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    @property
    def given(self) -> bool:
        """Whether it says anything."""
        return self.rating is not None or self.value is not None or self.follows_records


class Rating(Said):
    """What one expert says of one indicator: a draft until submitted, then sealed."""

    seat = models.ForeignKey("cases.Seat", on_delete=models.PROTECT, related_name="ratings")
    rated_on = models.DateField(null=True, blank=True)

    class Meta:
        app_label = "cases"
        ordering = ["indicator"]
        constraints = [models.UniqueConstraint(fields=["seat", "indicator"], name="one_rating_an_indicator")]

    def __str__(self) -> str:
        return f"{self.indicator} by seat {self.seat_id}"


class Consensus(Said):
    """What the panel says of one indicator together."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="consensus")
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        app_label = "cases"
        ordering = ["indicator"]
        constraints = [
            models.UniqueConstraint(fields=["case", "indicator"], name="one_consensus_an_indicator")
        ]

    def __str__(self) -> str:
        return f"{self.indicator} of case {self.case_id}"


class PanelReport(models.Model):
    """The panel's words: summary, strengths, what to improve, and what it recommends to the committee."""

    class Outcome(models.TextChoices):
        """What is recommended or decided."""

        AWARD = "award", _("award")
        REFUSE = "refuse", _("refuse")
        DEFER = "defer", _("defer with conditions")

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="report")
    summary = models.TextField(_("summary"), blank=True)
    strengths = models.TextField(_("strengths"), blank=True)
    improvements = models.TextField(_("what to improve"), blank=True)
    outcome = models.CharField(_("recommended"), max_length=8, choices=Outcome.choices, blank=True)
    level = models.CharField(_("level"), max_length=60, blank=True)
    recommendation = models.TextField(_("reasons of the recommendation"), blank=True)
    version = models.PositiveIntegerField(default=1)
    hearing_finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "cases"

    def __str__(self) -> str:
        return f"report on case {self.case_id}"


class HearingComment(models.Model):
    """A comment of the cluster on a fact of the draft report, and the experts' answer."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="comments")
    indicator = models.CharField(max_length=30, blank=True)
    text = models.TextField(_("comment"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "cases"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"comment on case {self.case_id}"
