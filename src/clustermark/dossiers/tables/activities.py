"""Tables about what happens between participants: contacts, projects, groups, events, deliveries."""

from clustermark.dossiers.tables.choices import CONTACT_FORMS, EVENT_KINDS, PARTNER_TYPES, SERVICE_FIELDS
from clustermark.dossiers.tables.spec import Column, Table
from clustermark.ground.texts import mark as _

CONTACTS = Table(
    name="contacts",
    title=_("Contacts"),
    help=_("Bilateral meetings of the team with one participant."),
    columns=(
        Column(name="contact_id", key=True, required=True, help=_("Short id, unique."), example="C001"),
        Column(name="participant_id", required=True, refers_to="participants", help=_("The participant met."), example="P001"),
        Column(name="held_on", type="date", required=True, help=_("Day of the meeting."), example="2025-03-18"),
        Column(name="form", type="choice", required=True, choices=CONTACT_FORMS, help=_("How they met."), example="visit"),
        Column(name="person_id", refers_to="team", help=_("Who of the team."), example="T1"),
        Column(name="topic", help=_("What it was about."), example="Export to the EU"),
        Column(name="documented", type="yes_no", required=True, help=_("There is a note of the meeting."), example="yes"),
    ),
)

PROJECTS = Table(
    name="projects",
    title=_("Projects"),
    help=_("Joint projects of participants."),
    columns=(
        Column(name="project_id", key=True, required=True, help=_("Short id, unique."), example="J1"),
        Column(name="title", required=True, help=_("Title."), example="Shared pilot plant"),
        Column(name="started_on", type="date", required=True, help=_("Start."), example="2024-02-01"),
        Column(name="ended_on", type="date", help=_("End; empty while it runs."), example=""),
        Column(name="budget", type="money", help=_("Budget."), unit=_("currency"), example="240000.00"),
        Column(name="funding", help=_("Who funds it."), example="Members"),
    ),
)

PROJECT_PARTICIPANTS = Table(
    name="project_participants",
    title=_("Participants in projects"),
    help=_("Who takes part in which project."),
    columns=(Column(name="project_id", required=True, refers_to="projects", help=_("The project."), example="J1"), Column(name="participant_id", required=True, refers_to="participants", help=_("The participant."), example="P001"), Column(name="role", help=_("Role in the project."), example="lead")),
)

WORKING_GROUPS = Table(
    name="working_groups",
    title=_("Working groups"),
    help=_("Working groups of the cluster."),
    columns=(
        Column(name="group_id", key=True, required=True, help=_("Short id, unique."), example="W1"),
        Column(name="title", required=True, help=_("Title."), example="Regulatory affairs"),
        Column(name="started_on", type="date", required=True, help=_("Start."), example="2022-01-15"),
        Column(name="ended_on", type="date", help=_("End; empty while it works."), example=""),
    ),
)

GROUP_PARTICIPANTS = Table(
    name="group_participants",
    title=_("Participants in working groups"),
    help=_("Who works in which group."),
    columns=(
        Column(name="group_id", required=True, refers_to="working_groups", help=_("The group."), example="W1"),
        Column(name="participant_id", required=True, refers_to="participants", help=_("The participant."), example="P001"),
        Column(name="joined_on", type="date", help=_("Since."), example="2022-01-15"),
        Column(name="left_on", type="date", help=_("Until; empty while it takes part."), example=""),
    ),
)

EVENTS = Table(
    name="events",
    title=_("Events"),
    help=_("Events of the cluster, meetings of working groups included."),
    columns=(
        Column(name="event_id", key=True, required=True, help=_("Short id, unique."), example="V01"),
        Column(name="title", required=True, help=_("Title."), example="Good manufacturing practice day"),
        Column(name="kind", type="choice", required=True, choices=EVENT_KINDS, help=_("Kind of event."), example="workshop"),
        Column(name="field", type="choice", choices=SERVICE_FIELDS, help=_("Field of service it belongs to."), example="training"),
        Column(name="held_on", type="date", required=True, help=_("Day, or first day."), example="2025-05-14"),
        Column(name="group_id", refers_to="working_groups", help=_("The working group that met."), example=""),
        Column(name="place", help=_("Place, or online."), example="Vyatsk"),
    ),
)

ATTENDANCE = Table(
    name="attendance",
    title=_("Attendance"),
    help=_("Which participants attended which event."),
    columns=(Column(name="event_id", required=True, refers_to="events", help=_("The event."), example="V01"), Column(name="participant_id", required=True, refers_to="participants", help=_("The participant."), example="P001"), Column(name="persons", type="integer", low=1, help=_("Number of people."), example="2")),
)

AGREEMENTS = Table(
    name="agreements",
    title=_("Agreements"),
    help=_("Agreements of the cluster organisation with partners of the innovation system."),
    columns=(
        Column(name="agreement_id", key=True, required=True, help=_("Short id, unique."), example="G1"),
        Column(name="partner", required=True, help=_("Partner."), example="Oka State University"),
        Column(name="partner_type", type="choice", required=True, choices=PARTNER_TYPES, help=_("Kind of partner."), example="education"),
        Column(name="country", required=True, help=_("Country of the partner, two letters (ISO 3166-1)."), example="RU"),
        Column(name="signed_on", type="date", required=True, help=_("Signed on."), example="2023-09-12"),
        Column(name="ends_on", type="date", help=_("Ends on; empty where it has no end."), example=""),
        Column(name="subject", help=_("What is agreed."), example="Joint laboratory and student placements"),
    ),
)

DELIVERIES = Table(
    name="deliveries",
    title=_("Deliveries"),
    help=_("Deliveries between participants under contract, last closed year: the matrix of cooperation."),
    columns=(
        Column(name="supplier_id", required=True, refers_to="participants", help=_("Participant that delivers."), example="P001"),
        Column(name="buyer_id", required=True, refers_to="participants", help=_("Participant that receives."), example="P014"),
        Column(name="product", help=_("What is delivered."), example="Glass vials"),
        Column(name="year", type="integer", low=1990, high=2100, help=_("Business year."), example="2024"),
        Column(name="amount", type="money", required=True, help=_("Value delivered."), unit=_("currency"), example="310000.00"),
        Column(name="contract", help=_("Contract."), example="S-2023/44"),
    ),
)
