"""Tables about what happens between participants: contacts, projects, groups, events, deliveries."""

from clustermark.dossiers.tables.choices import CONTACT_FORMS, EVENT_KINDS, PARTNER_TYPES, SERVICE_FIELDS
from clustermark.dossiers.tables.spec import Column, Table
from clustermark.ground.texts import mark as _

CONTACTS = Table(
    name="contacts",
    title=_("Contacts"),
    help=_("Bilateral meetings of the team with one participant."),
    columns=(
        Column(name="contact_id", title=_("Id of the contact"), key=True, required=True, help=_("Short id, unique."), example="C001"),
        Column(name="participant_id", title=_("Participant"), required=True, refers_to="participants", help=_("The participant met."), example="P001"),
        Column(name="held_on", title=_("Day of the meeting"), type="date", required=True, help=_("Day of the meeting."), example="2025-03-18"),
        Column(name="form", title=_("Form of the meeting"), type="choice", required=True, choices=CONTACT_FORMS, help=_("How they met."), example="visit"),
        Column(name="person_id", title=_("Person of the team"), refers_to="team", help=_("Who of the team."), example="T1"),
        Column(name="topic", title=_("Topic"), help=_("What it was about."), example="Export to the EU"),
        Column(name="documented", title=_("Documented"), type="yes_no", required=True, help=_("There is a note of the meeting."), example="yes"),
    ),
)

PROJECTS = Table(
    name="projects",
    title=_("Projects"),
    help=_("Joint projects of participants."),
    columns=(
        Column(name="project_id", title=_("Id of the project"), key=True, required=True, help=_("Short id, unique."), example="J1"),
        Column(name="title", title=_("Title"), required=True, help=_("Title."), example="Shared pilot plant"),
        Column(name="started_on", title=_("Start"), type="date", required=True, help=_("Start."), example="2024-02-01"),
        Column(name="ended_on", title=_("End"), type="date", help=_("End; empty while it runs."), example=""),
        Column(name="budget", title=_("Budget"), type="money", help=_("Budget."), unit=_("currency"), example="240000.00"),
        Column(name="funding", title=_("Funded by"), help=_("Who funds it."), example="Members"),
    ),
)

PROJECT_PARTICIPANTS = Table(
    name="project_participants",
    title=_("Participants in projects"),
    help=_("Who takes part in which project."),
    columns=(Column(name="project_id", title=_("Project"), required=True, refers_to="projects", help=_("The project."), example="J1"), Column(name="participant_id", title=_("Participant"), required=True, refers_to="participants", help=_("The participant."), example="P001"), Column(name="role", title=_("Role"), help=_("Role in the project."), example="lead")),
)

WORKING_GROUPS = Table(
    name="working_groups",
    title=_("Working groups"),
    help=_("Working groups of the cluster."),
    columns=(
        Column(name="group_id", title=_("Id of the working group"), key=True, required=True, help=_("Short id, unique."), example="W1"),
        Column(name="title", title=_("Title"), required=True, help=_("Title."), example="Regulatory affairs"),
        Column(name="started_on", title=_("Start"), type="date", required=True, help=_("Start."), example="2022-01-15"),
        Column(name="ended_on", title=_("End"), type="date", help=_("End; empty while it works."), example=""),
    ),
)

GROUP_PARTICIPANTS = Table(
    name="group_participants",
    title=_("Participants in working groups"),
    help=_("Who works in which group."),
    columns=(
        Column(name="group_id", title=_("Working group"), required=True, refers_to="working_groups", help=_("The group."), example="W1"),
        Column(name="participant_id", title=_("Participant"), required=True, refers_to="participants", help=_("The participant."), example="P001"),
        Column(name="joined_on", title=_("Joined on"), type="date", help=_("Since."), example="2022-01-15"),
        Column(name="left_on", title=_("Left on"), type="date", help=_("Until; empty while it takes part."), example=""),
    ),
)

EVENTS = Table(
    name="events",
    title=_("Events"),
    help=_("Events of the cluster, meetings of working groups included."),
    columns=(
        Column(name="event_id", title=_("Id of the event"), key=True, required=True, help=_("Short id, unique."), example="V01"),
        Column(name="title", title=_("Title"), required=True, help=_("Title."), example="Good manufacturing practice day"),
        Column(name="kind", title=_("Kind of event"), type="choice", required=True, choices=EVENT_KINDS, help=_("Kind of event."), example="workshop"),
        Column(name="field", title=_("Field of service"), type="choice", choices=SERVICE_FIELDS, help=_("Field of service it belongs to."), example="training"),
        Column(name="held_on", title=_("Held on"), type="date", required=True, help=_("Day, or first day."), example="2025-05-14"),
        Column(name="group_id", title=_("Working group"), refers_to="working_groups", help=_("The working group that met."), example=""),
        Column(name="place", title=_("Place"), help=_("Place, or online."), example="Vyatsk"),
    ),
)

ATTENDANCE = Table(
    name="attendance",
    title=_("Attendance"),
    help=_("Which participants attended which event."),
    columns=(Column(name="event_id", title=_("Event"), required=True, refers_to="events", help=_("The event."), example="V01"), Column(name="participant_id", title=_("Participant"), required=True, refers_to="participants", help=_("The participant."), example="P001"), Column(name="persons", title=_("Number of people"), type="integer", low=1, help=_("Number of people."), example="2")),
)

AGREEMENTS = Table(
    name="agreements",
    title=_("Agreements"),
    help=_("Agreements of the cluster organisation with partners of the innovation system."),
    columns=(
        Column(name="agreement_id", title=_("Id of the agreement"), key=True, required=True, help=_("Short id, unique."), example="G1"),
        Column(name="partner", title=_("Partner"), required=True, help=_("Partner."), example="Oka State University"),
        Column(name="partner_type", title=_("Kind of partner"), type="choice", required=True, choices=PARTNER_TYPES, help=_("Kind of partner."), example="education"),
        Column(name="country", title=_("Country"), required=True, help=_("Country of the partner, two letters (ISO 3166-1)."), example="RU"),
        Column(name="signed_on", title=_("Signed on"), type="date", required=True, help=_("Signed on."), example="2023-09-12"),
        Column(name="ends_on", title=_("Ends on"), type="date", help=_("Ends on; empty where it has no end."), example=""),
        Column(name="subject", title=_("Subject of the agreement"), help=_("What is agreed."), example="Joint laboratory and student placements"),
    ),
)

DELIVERIES = Table(
    name="deliveries",
    title=_("Deliveries"),
    help=_("Deliveries between participants under contract, last closed year: the matrix of cooperation."),
    columns=(
        Column(name="supplier_id", title=_("Supplier"), required=True, refers_to="participants", help=_("Participant that delivers."), example="P001"),
        Column(name="buyer_id", title=_("Buyer"), required=True, refers_to="participants", help=_("Participant that receives."), example="P014"),
        Column(name="product", title=_("Goods or service"), help=_("What is delivered."), example="Glass vials"),
        Column(name="year", title=_("Business year"), type="integer", low=1990, high=2100, help=_("Business year."), example="2024"),
        Column(name="amount", title=_("Value delivered"), type="money", required=True, help=_("Value delivered."), unit=_("currency"), example="310000.00"),
        Column(name="contract", title=_("Contract"), help=_("Contract."), example="S-2023/44"),
    ),
)
