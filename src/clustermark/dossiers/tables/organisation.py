"""Tables about the cluster organisation: profile, participants, team, bodies and their seats."""

from clustermark.dossiers.tables.choices import (
    BODY_KINDS,
    CHAMBERS,
    COMMITMENTS,
    PARTICIPANT_TYPES,
    SECTOR_TITLES,
    SIZES,
)
from clustermark.dossiers.tables.spec import Column, Table
from clustermark.ground.texts import mark as _

PROFILE = Table(
    name="profile",
    title=_("Profile"),
    help=_("The cluster organisation itself, in exactly one row."),
    one_row=True,
    columns=(
        Column(name="name", title=_("Name of the cluster"), required=True, help=_("Name of the cluster."), example="Oka Valley Pharma Cluster"),
        Column(name="legal_name", title=_("Registered name"), help=_("Registered name of the cluster organisation."), example="Association Oka Valley Pharma"),
        Column(name="legal_form", title=_("Legal form"), help=_("Legal form of the cluster organisation."), example="association"),
        Column(name="country", title=_("Country"), required=True, help=_("Country of the office, two letters (ISO 3166-1)."), example="RU"),
        Column(name="region", title=_("Region"), help=_("Region of the office."), example="Oka Region"),
        Column(name="city", title=_("City"), help=_("City of the office."), example="Vyatsk"),
        Column(name="sector", title=_("Sector"), type="choice", required=True, choices=SECTOR_TITLES, help=_("Sector in which the cluster is compared with others."), example="health"),
        Column(name="established_on", title=_("Established on"), type="date", required=True, help=_("Day on which the cluster organisation was established."), example="2012-03-15"),
        Column(name="website", title=_("Website"), help=_("Address of the website."), example="https://oka-valley.example"),
        Column(name="email", title=_("E-mail"), help=_("Address for mail."), example="office@oka-valley.example"),
        Column(name="contact_person", title=_("Contact person"), help=_("Who answers questions about this dossier."), example="Irina Sokolova"),
        Column(name="description", title=_("Description"), help=_("What the cluster is and does, in a few sentences."), example="63 participants along the pharmaceutical value chain."),
        Column(name="currency", title=_("Currency"), help=_("Currency of all amounts in this dossier, three letters (ISO 4217)."), example="EUR"),
        Column(name="annual_budget", title=_("Annual budget"), type="money", help=_("Budget of the cluster management for the current year."), unit=_("currency"), example="480000.00"),
        Column(name="recognised_by_programme", title=_("Recognised by a programme"), type="yes_no", help=_("Recognised by a national or regional cluster programme."), example="no"),
        Column(name="social_economy", title=_("Social economy"), type="yes_no", help=_("A cluster of the social economy."), example="no"),
        Column(name="sector_turnover", title=_("Turnover of the sector"), type="money", help=_("Turnover of the whole sector in the reference area, last closed year."), unit=_("currency"), example="2100000000.00"),
        Column(name="sector_companies", title=_("Companies of the sector"), type="integer", low=0, help=_("Number of companies of the sector in the reference area."), example="310"),
        Column(name="managing_since", title=_("Manages the cluster since"), type="date", help=_("The cluster organisation has managed this cluster since."), example="2012-03-15"),
        Column(name="controlled_by_member", title=_("Controlled by a member"), type="yes_no", help=_("A company that takes part holds majority influence in the cluster organisation."), example="no"),
        Column(name="industry_chamber_in_area", title=_("Chamber of industry in the area"), type="yes_no", help=_("There is a chamber of industry of its own in the area of the cluster."), example="no"),
    ),
)

PARTICIPANTS = Table(
    name="participants",
    title=_("Participants"),
    help=_("One row for each participant that is or was listed in the last three years."),
    columns=(
        Column(name="participant_id", title=_("Id of the participant"), key=True, required=True, help=_("Short id, unique."), example="P001"),
        Column(name="name", title=_("Name of the organisation"), required=True, help=_("Name of the organisation."), example="Vyatsk Biotech"),
        Column(name="type", title=_("Kind of organisation"), type="choice", required=True, choices=PARTICIPANT_TYPES, help=_("Kind of organisation."), example="company"),
        Column(name="size", title=_("Size class"), type="choice", choices=SIZES, help=_("Size class of a company by the EU definition."), example="small"),
        Column(name="country", title=_("Country"), help=_("Country, two letters (ISO 3166-1)."), example="RU"),
        Column(name="city", title=_("City"), help=_("City."), example="Vyatsk"),
        Column(name="distance_km", title=_("Distance by road"), type="decimal", low=0, help=_("Distance by road from the office of the cluster."), unit="km", example="12.5"),
        Column(name="joined_on", title=_("Joined on"), type="date", required=True, help=_("Listed as a participant since."), example="2014-05-20"),
        Column(name="left_on", title=_("Left on"), type="date", help=_("Left the cluster on; empty while it takes part."), example=""),
        Column(name="commitment", title=_("Commitment"), type="choice", required=True, choices=COMMITMENTS, help=_("How the commitment is documented."), example="fee"),
        Column(name="committed_on", title=_("Committed on"), type="date", help=_("Date of the membership, letter or first fee."), example="2014-05-20"),
        Column(name="employees", title=_("Employees"), type="integer", low=0, help=_("Employees, last closed year."), example="120"),
        Column(name="turnover", title=_("Turnover"), type="money", help=_("Turnover, last closed year."), unit=_("currency"), example="8400000.00"),
        Column(name="output", title=_("Goods shipped"), type="money", help=_("Value of own goods shipped, last closed year (industrial participants)."), unit=_("currency"), example="7900000.00"),
        Column(name="industrial", title=_("Industrial participant"), type="yes_no", help=_("Produces goods in the field of the cluster."), example="yes"),
        Column(name="listed_territory", title=_("Listed territory"), type="yes_no", help=_("Works in a territory listed for easier terms (for example a single-industry town)."), example="no"),
        Column(name="knowledge_provider", title=_("Provider of knowledge"), type="yes_no", help=_("Provides knowledge or technology to others (research, university, technology centre)."), example="no"),
        Column(name="core_activity", title=_("Core activity"), type="yes_no", help=_("Works in the core activity of the cluster."), example="yes"),
        Column(name="chamber", title=_("Kind of chamber"), type="choice", choices=CHAMBERS, help=_("Kind of chamber; empty for what is none."), example=""),
        Column(name="exports", title=_("Exports"), type="money", help=_("Sales to other countries, last closed year."), unit="currency", example="2600000.00"),
        Column(name="turnover_4_years", title=_("Turnover of four years"), type="money", help=_("Turnover, sum of the last four closed years."), unit="currency", example="31500000.00"),
        Column(name="value_added_4_years", title=_("Value added in four years"), type="decimal", help=_("Gross value added, sum of the last four closed years."), unit="currency", example="9400000.00"),
    ),
)

TEAM = Table(
    name="team",
    title=_("Team"),
    help=_("One row for each person of the cluster management in the last three years."),
    columns=(
        Column(name="person_id", title=_("Id of the person"), key=True, required=True, help=_("Short id, unique."), example="T1"),
        Column(name="name", title=_("Full name"), required=True, help=_("Name of the person."), example="Irina Sokolova"),
        Column(name="role", title=_("Role"), required=True, help=_("Role in the team."), example="Cluster manager"),
        Column(name="manager", title=_("Leads the management"), type="yes_no", help=_("Leads the cluster management."), example="yes"),
        Column(name="fte", title=_("Full-time equivalent"), type="decimal", required=True, low=0, high=1, help=_("Full-time equivalent worked for the cluster."), unit=_("FTE"), example="1"),
        Column(name="started_on", title=_("In the team since"), type="date", required=True, help=_("In the team since."), example="2014-09-01"),
        Column(name="ended_on", title=_("In the team until"), type="date", help=_("Left the team on."), example=""),
        Column(name="degree", title=_("University degree"), type="yes_no", help=_("Holds a university degree."), example="yes"),
        Column(name="experience_years", title=_("Years of experience"), type="decimal", low=0, help=_("Years of relevant work experience."), unit=_("years"), example="9"),
        Column(name="training_days", title=_("Days of training"), type="decimal", low=0, help=_("Days of documented training in the twelve months before the reference date."), unit=_("days"), example="6"),
        Column(name="independent", title=_("Independent"), type="yes_no", help=_("Has no conflict of interest: no post, share or mandate with a participant."), example="yes"),
    ),
)

BODIES = Table(
    name="bodies",
    title=_("Bodies"),
    help=_("Assemblies, boards and committees of the cluster."),
    columns=(
        Column(name="body_id", title=_("Id of the body"), key=True, required=True, help=_("Short id, unique."), example="B1"),
        Column(name="name", title=_("Name of the body"), required=True, help=_("Name of the body."), example="Supervisory board"),
        Column(name="kind", title=_("Kind of body"), type="choice", required=True, choices=BODY_KINDS, help=_("Kind of body."), example="board"),
        Column(name="governing", title=_("Takes binding decisions"), type="yes_no", required=True, help=_("Takes decisions that bind the cluster organisation."), example="yes"),
        Column(name="meetings_a_year", title=_("Meetings a year"), type="integer", low=0, help=_("Meetings held in the last twelve months."), example="4"),
    ),
)

SEATS = Table(
    name="seats",
    title=_("Seats"),
    help=_("Who sits in the bodies: one row a seat."),
    columns=(
        Column(name="seat_id", title=_("Id of the seat"), key=True, required=True, help=_("Short id, unique."), example="S1"),
        Column(name="body_id", title=_("Body"), required=True, refers_to="bodies", help=_("The body."), example="B1"),
        Column(name="participant_id", title=_("Participant"), refers_to="participants", help=_("The participant that holds the seat; empty for a person from outside."), example="P001"),
        Column(name="person", title=_("Person"), help=_("Who sits there."), example="Pavel Orlov"),
        Column(name="voting", title=_("Voting"), type="yes_no", required=True, help=_("Has a vote."), example="yes"),
        Column(name="since", title=_("Since"), type="date", help=_("In the seat since."), example="2023-06-01"),
        Column(name="until", title=_("Until"), type="date", help=_("Left the seat on."), example=""),
    ),
)
