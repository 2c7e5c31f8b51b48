"""Tables about money, strategy and its carrying out."""

from clustermark.dossiers.tables.choices import (
    DOCUMENT_KINDS,
    FINANCE_KINDS,
    FINANCE_SOURCES,
    SERVICE_FIELDS,
    TARGET_KINDS,
)
from clustermark.dossiers.tables.spec import Column, Table
from clustermark.ground.texts import mark as _

FINANCES = Table(
    name="finances",
    title=_("Finances"),
    help=_("Income and expense of the cluster management by year and source."),
    columns=(
        Column(name="year", title=_("Business year"), type="integer", required=True, low=1990, high=2100, help=_("Business year."), example="2024"),
        Column(name="kind", title=_("Income or expense"), type="choice", required=True, choices=FINANCE_KINDS, help=_("Income or expense."), example="income"),
        Column(name="source", title=_("Source or purpose"), type="choice", required=True, choices=FINANCE_SOURCES, help=_("Where the income comes from, or what the expense is for."), example="membership_fees"),
        Column(name="private", title=_("Private source"), type="yes_no", help=_("Income from private sources (fees, services, sponsors)."), example="yes"),
        Column(name="amount", title=_("Amount"), type="money", required=True, help=_("Amount."), unit=_("currency"), example="96000.00"),
        Column(name="closed", title=_("Accounts closed"), type="yes_no", required=True, help=_("The accounts of the year are closed."), example="yes"),
    ),
)

SECURED_FUNDING = Table(
    name="secured_funding",
    title=_("Secured funding"),
    help=_("Funds of the cluster management that are secured by contract or decision from the reference date on."),
    columns=(
        Column(name="funding_id", title=_("Id of the funding"), key=True, required=True, help=_("Short id, unique."), example="F1"),
        Column(name="source", title=_("Funder"), required=True, help=_("Who pays."), example="Regional development programme"),
        Column(name="private", title=_("Private source"), type="yes_no", help=_("A private source."), example="no"),
        Column(name="amount", title=_("Amount"), type="money", required=True, help=_("Amount still to come after the reference date."), unit=_("currency"), example="520000.00"),
        Column(name="secured_until", title=_("Secured until"), type="date", required=True, help=_("Until when the amount can be used."), example="2027-12-31"),
        Column(name="contract", title=_("Contract or decision"), help=_("Contract or decision."), example="Grant contract 17/2025"),
    ),
)

DOCUMENTS = Table(
    name="documents",
    title=_("Documents"),
    help=_("Documents of the management: strategy, plan, reviews, reports, minutes."),
    columns=(
        Column(name="document_id", title=_("Id of the document"), key=True, required=True, help=_("Short id, unique."), example="D1"),
        Column(name="kind", title=_("Kind of document"), type="choice", required=True, choices=DOCUMENT_KINDS, help=_("Kind of document."), example="strategy"),
        Column(name="title", title=_("Title"), required=True, help=_("Title."), example="Strategy 2024–2028"),
        Column(name="dated_on", title=_("Date of the document"), type="date", required=True, help=_("Date the document bears."), example="2024-02-10"),
        Column(name="valid_until", title=_("Valid until"), type="date", help=_("End of the period it covers."), example="2028-12-31"),
        Column(name="approved_by", title=_("Approved by"), help=_("Body that approved it."), example="General assembly"),
        Column(name="evidence_id", title=_("Evidence file"), refers_to="evidence", help=_("The file of the document."), example="E05"),
    ),
)

ACTIONS = Table(
    name="actions",
    title=_("Actions"),
    help=_("Actions of the implementation plan."),
    columns=(
        Column(name="action_id", title=_("Id of the action"), key=True, required=True, help=_("Short id, unique."), example="A1"),
        Column(name="title", title=_("Action"), required=True, help=_("What is to be done."), example="Set up a working group on clinical trials"),
        Column(name="goal", title=_("Strategic goal"), help=_("Strategic goal it serves."), example="G2"),
        Column(name="owner", title=_("Person in charge"), help=_("Person in charge."), example="Irina Sokolova"),
        Column(name="due_on", title=_("Due on"), type="date", help=_("Due date."), example="2025-11-30"),
        Column(name="budget", title=_("Budget"), type="money", help=_("Budget set aside; 0 where none is needed."), unit=_("currency"), example="12000.00"),
        Column(name="done_on", title=_("Finished on"), type="date", help=_("Finished on."), example=""),
    ),
)

TARGETS = Table(
    name="targets",
    title=_("Targets"),
    help=_("Indicators of the management with a target, and output targets of the year."),
    columns=(
        Column(name="target_id", title=_("Id of the target"), key=True, required=True, help=_("Short id, unique."), example="K1"),
        Column(name="kind", title=_("Kind of target"), type="choice", required=True, choices=TARGET_KINDS, help=_("Performance indicator of the management, or output target of the year."), example="output"),
        Column(name="title", title=_("What is measured"), required=True, help=_("What is measured."), example="Joint project applications"),
        Column(name="unit", title=_("Unit of measure"), help=_("Unit."), example="number"),
        Column(name="target", title=_("Target value"), type="decimal", required=True, help=_("Value aimed at."), example="6"),
        Column(name="reached", title=_("Value reached"), type="decimal", help=_("Value reached."), example="7"),
        Column(name="lower_is_better", title=_("Lower is better"), type="yes_no", help=_("Yes where a lower value is the better one."), example="no"),
        Column(name="reported_on", title=_("Last reported on"), type="date", help=_("Last reported on."), example="2025-01-20"),
    ),
)

SERVICES = Table(
    name="services",
    title=_("Services"),
    help=_("Services delivered: one row for each time a service was given."),
    columns=(
        Column(name="service_id", title=_("Id of the service"), key=True, required=True, help=_("Short id, unique."), example="V1"),
        Column(name="field", title=_("Field of service"), type="choice", required=True, choices=SERVICE_FIELDS, help=_("Field of service."), example="innovation"),
        Column(name="title", title=_("Service"), required=True, help=_("What was done."), example="Innovation audit at a member"),
        Column(name="delivered_on", title=_("Delivered on"), type="date", required=True, help=_("Delivered on."), example="2025-04-02"),
        Column(name="participant_id", title=_("Participant"), refers_to="participants", help=_("For whom, where it was one participant."), example="P001"),
    ),
)
