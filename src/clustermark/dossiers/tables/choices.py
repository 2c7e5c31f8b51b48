"""The words allowed in choice columns. The words are file format: stable, English, lower case."""

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
PARTICIPANT_TYPES = (
    "company",
    "research",
    "education",
    "public_body",
    "finance",
    "intermediary",
    "association",
    "other",
)
SIZES = ("micro", "small", "medium", "large", "not_applicable")
CHAMBERS = ("industry", "commerce_and_industry", "commerce", "other")
COMMITMENTS = ("none", "membership", "letter", "fee")
BODY_KINDS = ("general_assembly", "board", "executive", "advisory", "committee")
FINANCE_KINDS = ("income", "expense")
FINANCE_SOURCES = (
    "eu",
    "national",
    "regional",
    "local",
    "membership_fees",
    "services",
    "sponsorship",
    "project_income",
    "private_other",
    "staff",
    "operations",
    "activities",
    "other",
)
DOCUMENT_KINDS = (
    "statutes",
    "interview",
    "strategy",
    "implementation_plan",
    "review",
    "budget",
    "controlling_report",
    "kpi_report",
    "annual_report",
    "minutes",
    "roles",
    "diagnostic_study",
    "other",
)
TARGET_KINDS = ("management", "output")
SERVICE_FIELDS = (
    "exchange",
    "projects",
    "innovation",
    "training",
    "internationalisation",
    "start_ups",
    "marketing",
    "policy",
)
CONTACT_FORMS = ("visit", "office", "video", "phone", "other")
EVENT_KINDS = (
    "conference",
    "workshop",
    "matchmaking",
    "group_meeting",
    "general_assembly",
    "training",
    "fair",
    "visit",
    "other",
)
PARTNER_TYPES = ("research", "education", "cluster", "agency", "public_body", "finance", "other")
SURVEY_KINDS = ("participants", "customers", "both")
RATING_VIEWS = ("claim", "expert", "consensus")
EVIDENCE_KINDS = (
    "commitment",
    "participant_list",
    "register_extract",
    "organisation_chart",
    "statutes",
    "minutes",
    "cv",
    "training_record",
    "contract",
    "contact_log",
    "project_list",
    "agreement",
    "budget",
    "grant_contract",
    "accounts",
    "strategy",
    "plan",
    "report",
    "service_catalogue",
    "newsletter",
    "web_page",
    "press",
    "story",
    "survey",
    "other",
)
CHECK_ITEMS = (
    "newsletter",
    "events_calendar",
    "member_area",
    "annual_report",
    "press_work",
    "social_channel",
    "brand_manual",
    "general_meeting",
    "web_english",
    "web_contact",
    "web_team",
    "web_members",
    "web_mission",
    "web_services",
    "web_news",
    "web_events",
    "web_stories",
    "web_privacy",
)
