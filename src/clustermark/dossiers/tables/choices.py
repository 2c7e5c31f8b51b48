"""The words allowed in choice columns, each with its title.

The words are file format: stable, English, lower case. The titles are for people.
"""

from clustermark.ground.texts import mark

SECTOR_TITLES: dict[str, str] = {
    "aviation_space": mark("Aviation and space"),
    "biotechnology": mark("Biotechnology"),
    "construction": mark("Construction"),
    "creative": mark("Creative industries"),
    "energy_environment": mark("Energy and environment"),
    "food": mark("Food industry"),
    "health": mark("Health and medical science"),
    "ict": mark("Information and communication technologies"),
    "maritime_water": mark("Maritime technologies, water resources"),
    "micro_nano_optical": mark("Micro, nano and optical technologies"),
    "materials_chemistry": mark("New materials and chemistry"),
    "production_engineering": mark("Production and engineering"),
    "sports_tourism": mark("Sports, leisure and tourism"),
    "transport_mobility": mark("Transportation and mobility"),
}
"""The sectors in words."""
SECTORS = tuple(SECTOR_TITLES)
PARTICIPANT_TYPES: dict[str, str] = {
    "company": mark("Company"),
    "research": mark("Research institution"),
    "education": mark("Educational institution"),
    "public_body": mark("Public body"),
    "finance": mark("Financial institution"),
    "intermediary": mark("Intermediary"),
    "association": mark("Association"),
    "other": mark("Other"),
}
SIZES: dict[str, str] = {
    "micro": mark("Micro"),
    "small": mark("Small"),
    "medium": mark("Medium-sized"),
    "large": mark("Large"),
    "not_applicable": mark("Not applicable"),
}
CHAMBERS: dict[str, str] = {
    "industry": mark("Chamber of industry"),
    "commerce_and_industry": mark("Chamber of commerce and industry"),
    "commerce": mark("Chamber of commerce"),
    "other": mark("Other"),
}
COMMITMENTS: dict[str, str] = {
    "none": mark("None"),
    "membership": mark("Membership"),
    "letter": mark("Letter of commitment"),
    "fee": mark("Membership fee"),
}
BODY_KINDS: dict[str, str] = {
    "general_assembly": mark("General assembly"),
    "board": mark("Board"),
    "executive": mark("Executive body"),
    "advisory": mark("Advisory body"),
    "committee": mark("Committee"),
}
FINANCE_KINDS: dict[str, str] = {
    "income": mark("Income"),
    "expense": mark("Expense"),
}
FINANCE_SOURCES: dict[str, str] = {
    "eu": mark("European Union"),
    "national": mark("National public funds"),
    "regional": mark("Regional public funds"),
    "local": mark("Local public funds"),
    "membership_fees": mark("Membership fees"),
    "services": mark("Services sold"),
    "sponsorship": mark("Sponsorship"),
    "project_income": mark("Income from projects"),
    "private_other": mark("Other private sources"),
    "staff": mark("Staff"),
    "operations": mark("Operations"),
    "activities": mark("Activities for participants"),
    "other": mark("Other"),
}
DOCUMENT_KINDS: dict[str, str] = {
    "statutes": mark("Statutes"),
    "interview": mark("Interview"),
    "strategy": mark("Strategy"),
    "implementation_plan": mark("Implementation plan"),
    "review": mark("Review"),
    "budget": mark("Budget"),
    "controlling_report": mark("Controlling report"),
    "kpi_report": mark("Report on performance indicators"),
    "annual_report": mark("Annual report"),
    "minutes": mark("Minutes"),
    "roles": mark("Roles and responsibilities"),
    "diagnostic_study": mark("Diagnostic study"),
    "other": mark("Other"),
}
TARGET_KINDS: dict[str, str] = {
    "management": mark("Performance indicator of the management"),
    "output": mark("Output target of the year"),
}
SERVICE_FIELDS: dict[str, str] = {
    "exchange": mark("Exchange of information and experience"),
    "projects": mark("Joint projects"),
    "innovation": mark("Innovation"),
    "training": mark("Training"),
    "internationalisation": mark("Internationalisation"),
    "start_ups": mark("Support of start-ups"),
    "marketing": mark("Marketing of the cluster"),
    "policy": mark("Representation of interests"),
}
CONTACT_FORMS: dict[str, str] = {
    "visit": mark("Visit at the participant"),
    "office": mark("Meeting at the office"),
    "video": mark("Video call"),
    "phone": mark("Phone call"),
    "other": mark("Other"),
}
EVENT_KINDS: dict[str, str] = {
    "conference": mark("Conference"),
    "workshop": mark("Workshop"),
    "matchmaking": mark("Matchmaking"),
    "group_meeting": mark("Meeting of a working group"),
    "general_assembly": mark("General assembly"),
    "training": mark("Training"),
    "fair": mark("Trade fair"),
    "visit": mark("Study visit"),
    "other": mark("Other"),
}
PARTNER_TYPES: dict[str, str] = {
    "research": mark("Research institution"),
    "education": mark("Educational institution"),
    "cluster": mark("Cluster organisation"),
    "agency": mark("Development agency"),
    "public_body": mark("Public body"),
    "finance": mark("Financial institution"),
    "other": mark("Other"),
}
SURVEY_KINDS: dict[str, str] = {
    "participants": mark("Participants"),
    "customers": mark("Customers of the management"),
    "both": mark("Both"),
}
RATING_VIEWS: dict[str, str] = {
    "claim": mark("Claim of the cluster"),
    "expert": mark("Expert"),
    "consensus": mark("Consensus"),
}
EVIDENCE_KINDS: dict[str, str] = {
    "commitment": mark("Statement of commitment"),
    "participant_list": mark("List of participants"),
    "register_extract": mark("Extract from a register"),
    "organisation_chart": mark("Organisation chart"),
    "statutes": mark("Statutes"),
    "minutes": mark("Minutes"),
    "cv": mark("Curriculum vitae"),
    "training_record": mark("Record of training"),
    "contract": mark("Contract"),
    "contact_log": mark("Log of contacts"),
    "project_list": mark("List of projects"),
    "agreement": mark("Cooperation agreement"),
    "budget": mark("Budget"),
    "grant_contract": mark("Grant agreement"),
    "accounts": mark("Annual accounts"),
    "strategy": mark("Strategy"),
    "plan": mark("Plan"),
    "report": mark("Report"),
    "service_catalogue": mark("Catalogue of services"),
    "newsletter": mark("Newsletter"),
    "web_page": mark("Web page"),
    "press": mark("Press article"),
    "story": mark("Success story"),
    "survey": mark("Survey"),
    "other": mark("Other"),
}
CHECK_ITEMS: dict[str, str] = {
    "newsletter": mark("Newsletter"),
    "events_calendar": mark("Calendar of events"),
    "member_area": mark("Area for members on the website"),
    "annual_report": mark("Annual report"),
    "press_work": mark("Press work"),
    "social_channel": mark("Channel in social media"),
    "brand_manual": mark("Brand manual"),
    "general_meeting": mark("General meeting"),
    "web_english": mark("Website in English"),
    "web_contact": mark("Website: contact"),
    "web_team": mark("Website: team"),
    "web_members": mark("Website: members"),
    "web_mission": mark("Website: mission"),
    "web_services": mark("Website: services"),
    "web_news": mark("Website: news"),
    "web_events": mark("Website: events"),
    "web_stories": mark("Website: success stories"),
    "web_privacy": mark("Website: privacy notice"),
}
