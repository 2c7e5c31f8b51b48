"""Tables about results and the assessment: press, stories, survey, labels, improvements, ratings, evidence."""

from clustermark.dossiers.tables.choices import CHECK_ITEMS, EVIDENCE_KINDS, RATING_VIEWS, SURVEY_KINDS
from clustermark.dossiers.tables.spec import Column, Table
from clustermark.ground.texts import mark as _

PRESS = Table(
    name="press",
    title=_("Press"),
    help=_("Mentions of the cluster in publications, press and media."),
    columns=(
        Column(name="item_id", key=True, required=True, help=_("Short id, unique."), example="M01"),
        Column(name="published_on", type="date", required=True, help=_("Published on."), example="2025-02-11"),
        Column(name="medium", required=True, help=_("Newspaper, journal, site or station."), example="Oka Business Weekly"),
        Column(name="title", required=True, help=_("Title."), example="Region's drug makers share a pilot plant"),
        Column(name="third_party", type="yes_no", required=True, help=_("Written by others than the cluster and its participants."), example="yes"),
        Column(name="url", help=_("Address."), example="https://oka-weekly.example/2025/02/pilot"),
    ),
)

SUCCESS_STORIES = Table(
    name="success_stories",
    title=_("Success stories"),
    help=_("Three stories of results that would not have come about without the cluster management; 0–3 credits for each of four criteria."),
    columns=(
        Column(name="story_id", key=True, required=True, help=_("Short id, unique."), example="Y1"),
        Column(name="title", required=True, help=_("Title."), example="A shared pilot plant halves time to trial"),
        Column(name="year", type="integer", low=1990, high=2100, help=_("Year of the result."), example="2024"),
        Column(name="companies", help=_("Companies named."), example="Vyatsk Biotech, Serpuhov Glass"),
        Column(name="consent", type="yes_no", required=True, help=_("The companies agree to be named."), example="yes"),
        Column(name="credits_contribution", type="integer", low=0, high=3, help=_("How clear the contribution of the cluster management is."), unit=_("credits"), example="3"),
        Column(name="credits_cooperation", type="integer", low=0, high=3, help=_("How many participants worked together."), unit=_("credits"), example="2"),
        Column(name="credits_result", type="integer", low=0, high=3, help=_("How large the business result is, in figures."), unit=_("credits"), example="2"),
        Column(name="credits_proof", type="integer", low=0, high=3, help=_("How well it is documented."), unit=_("credits"), example="2"),
    ),
)

SURVEYS = Table(
    name="surveys",
    title=_("Surveys"),
    help=_("Satisfaction surveys."),
    columns=(
        Column(name="survey_id", key=True, required=True, help=_("Short id, unique."), example="Q2025"),
        Column(name="kind", type="choice", required=True, choices=SURVEY_KINDS, help=_("Who was asked."), example="participants"),
        Column(name="held_on", type="date", required=True, help=_("Last day of the survey."), example="2025-03-31"),
        Column(name="invited", type="integer", required=True, low=1, help=_("Number of people or organisations asked."), example="61"),
    ),
)

SURVEY_ANSWERS = Table(
    name="survey_answers",
    title=_("Survey answers"),
    help=_("Anonymous answers: one row for each respondent and question."),
    columns=(
        Column(name="survey_id", required=True, refers_to="surveys", help=_("The survey."), example="Q2025"),
        Column(name="respondent", required=True, help=_("Anonymous number of the respondent within the survey."), example="17"),
        Column(name="question", required=True, help=_("Question."), example="overall"),
        Column(name="score", type="decimal", required=True, low=0, high=100, help=_("Satisfaction, 0 (not at all) to 100 (fully)."), unit=_("points of 100"), example="80"),
    ),
)

CHECKS = Table(
    name="checks",
    title=_("Checks"),
    help=_("Yes-or-no statements on communication and web presence."),
    columns=(
        Column(name="item", type="choice", key=True, required=True, choices=CHECK_ITEMS, help=_("What is stated."), example="newsletter"),
        Column(name="holds", type="yes_no", required=True, help=_("Yes where it is there."), example="yes"),
        Column(name="quantity", type="decimal", low=0, help=_("How often in the last twelve months, where that matters."), example="6"),
        Column(name="last_on", type="date", help=_("When last, where that matters."), example="2025-09-30"),
        Column(name="note", help=_("Where to find it."), example="https://oka-valley.example/news"),
    ),
)

LABELS = Table(
    name="labels",
    title=_("Labels"),
    help=_("Labels the cluster organisation holds or held."),
    columns=(
        Column(name="label_id", key=True, required=True, help=_("Short id, unique."), example="L1"),
        Column(name="scheme", required=True, help=_("Id or name of the scheme."), example="ecei-bronze-2019"),
        Column(name="level", required=True, help=_("Level: bronze, silver, gold or the scheme's own word, in lower case."), example="bronze"),
        Column(name="assessed_on", type="date", required=True, help=_("Day of the assessment."), example="2023-10-12"),
        Column(name="valid_until", type="date", help=_("Valid until."), example="2025-10-31"),
        Column(name="number", help=_("Number of the certificate."), example="BR-2023-114"),
    ),
)

IMPROVEMENTS = Table(
    name="improvements",
    title=_("Improvements"),
    help=_("Areas of improvement named by the cluster, each an indicator of the scheme."),
    columns=(
        Column(name="improvement_id", key=True, required=True, help=_("Short id, unique."), example="I1"),
        Column(name="indicator", required=True, help=_("Code of the indicator."), example="2.5"),
        Column(name="title", required=True, help=_("What was improved."), example="Every participant visited once a year"),
        Column(name="named_on", type="date", help=_("Named on."), example="2023-10-12"),
        Column(name="before", type="decimal", help=_("Value before."), example="28"),
        Column(name="after", type="decimal", help=_("Value after."), example="68"),
        Column(name="validated", type="yes_no", required=True, help=_("Validated on site by the experts."), example="yes"),
        Column(name="validated_on", type="date", help=_("Validated on."), example="2025-10-25"),
        Column(name="evidence_id", refers_to="evidence", help=_("File that shows it."), example="E08"),
    ),
)

RATINGS = Table(
    name="ratings",
    title=_("Ratings"),
    help=_("Ratings of rated indicators, and corrected values of measured ones: the cluster's claim, each expert, the consensus."),
    columns=(
        Column(name="indicator", required=True, help=_("Code of the indicator."), example="4.1.1"),
        Column(name="view", type="choice", required=True, choices=RATING_VIEWS, help=_("Whose rating it is: claim, expert or consensus."), example="expert"),
        Column(name="rater", help=_("Name of the expert; empty for claim and consensus."), example="Anna Keller"),
        Column(name="rating", type="integer", low=0, high=5, help=_("Rating by the rubric, for rated indicators."), unit="0–5", example="3"),
        Column(name="value", type="decimal", help=_("Corrected value, for measured indicators where the records are not followed."), example=""),
        Column(name="reason", help=_("Why this rating."), example="Interviews with nine members; minutes of two workshops."),
        Column(name="recommendation", help=_("What the expert recommends."), example="Name one owner for each goal."),
        Column(name="evidence", type="list", refers_to="evidence", help=_("Files the rating rests on, separated by semicolons."), example="E05;E06"),
        Column(name="rated_on", type="date", help=_("Rated on."), example="2025-10-25"),
    ),
)

EVIDENCE = Table(
    name="evidence",
    title=_("Evidence"),
    help=_("Files that prove what the dossier states; kept in the folder evidence/."),
    columns=(
        Column(name="evidence_id", key=True, required=True, help=_("Short id, unique."), example="E01"),
        Column(name="title", required=True, help=_("Title."), example="Register of participants with signatures"),
        Column(name="kind", type="choice", required=True, choices=EVIDENCE_KINDS, help=_("Kind of evidence."), example="participant_list"),
        Column(name="file", required=True, help=_("Name of the file in the folder evidence/."), example="participants-register.pdf"),
        Column(name="sha256", required=True, help=_("SHA-256 of the file, 64 hexadecimal digits; «clustermark dossier hash» fills it in."), example="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
        Column(name="own_date", type="date", help=_("Date the document itself bears."), example="2025-09-30"),
        Column(name="received_on", type="date", help=_("Date on which it was received."), example="2025-10-02"),
        Column(name="indicators", type="list", help=_("Codes of the indicators it proves, separated by semicolons."), example="1.1.0;1.1.1;1.1.2"),
        Column(name="page", help=_("Where to look in it."), example="pages 2–4"),
    ),
)
