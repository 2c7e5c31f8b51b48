"""Tables about results and the assessment: press, stories, survey, labels, improvements, ratings, evidence."""

from clustermark.dossiers.tables.choices import CHECK_ITEMS, EVIDENCE_KINDS, RATING_VIEWS, SURVEY_KINDS
from clustermark.dossiers.tables.spec import Column, Table
from clustermark.ground.texts import mark as _

PRESS = Table(
    name="press",
    title=_("Press"),
    help=_("Mentions of the cluster in publications, press and media."),
    columns=(
        Column(name="item_id", title=_("Id of the mention"), key=True, required=True, help=_("Short id, unique."), example="M01"),
        Column(name="published_on", title=_("Published on"), type="date", required=True, help=_("Published on."), example="2025-02-11"),
        Column(name="medium", title=_("Medium"), required=True, help=_("Newspaper, journal, site or station."), example="Oka Business Weekly"),
        Column(name="title", title=_("Title"), required=True, help=_("Title."), example="Region's drug makers share a pilot plant"),
        Column(name="third_party", title=_("Written by others"), type="yes_no", required=True, help=_("Written by others than the cluster and its participants."), example="yes"),
        Column(name="url", title=_("Address on the web"), help=_("Address."), example="https://oka-weekly.example/2025/02/pilot"),
    ),
)

SUCCESS_STORIES = Table(
    name="success_stories",
    title=_("Success stories"),
    help=_("Three stories of results that would not have come about without the cluster management; 0–3 credits for each of four criteria."),
    columns=(
        Column(name="story_id", title=_("Id of the story"), key=True, required=True, help=_("Short id, unique."), example="Y1"),
        Column(name="title", title=_("Title"), required=True, help=_("Title."), example="A shared pilot plant halves time to trial"),
        Column(name="year", title=_("Year"), type="integer", low=1990, high=2100, help=_("Year of the result."), example="2024"),
        Column(name="companies", title=_("Companies named"), help=_("Companies named."), example="Vyatsk Biotech, Serpuhov Glass"),
        Column(name="consent", title=_("Consent to be named"), type="yes_no", required=True, help=_("The companies agree to be named."), example="yes"),
        Column(name="credits_contribution", title=_("Credits: contribution of the management"), type="integer", low=0, high=3, help=_("How clear the contribution of the cluster management is."), unit=_("credits"), example="3"),
        Column(name="credits_cooperation", title=_("Credits: cooperation"), type="integer", low=0, high=3, help=_("How many participants worked together."), unit=_("credits"), example="2"),
        Column(name="credits_result", title=_("Credits: business result"), type="integer", low=0, high=3, help=_("How large the business result is, in figures."), unit=_("credits"), example="2"),
        Column(name="credits_proof", title=_("Credits: documentation"), type="integer", low=0, high=3, help=_("How well it is documented."), unit=_("credits"), example="2"),
    ),
)

SURVEYS = Table(
    name="surveys",
    title=_("Surveys"),
    help=_("Satisfaction surveys."),
    columns=(
        Column(name="survey_id", title=_("Id of the survey"), key=True, required=True, help=_("Short id, unique."), example="Q2025"),
        Column(name="kind", title=_("Who was asked"), type="choice", required=True, choices=SURVEY_KINDS, help=_("Who was asked."), example="participants"),
        Column(name="held_on", title=_("Last day of the survey"), type="date", required=True, help=_("Last day of the survey."), example="2025-03-31"),
        Column(name="invited", title=_("Number asked"), type="integer", required=True, low=1, help=_("Number of people or organisations asked."), example="61"),
    ),
)

SURVEY_ANSWERS = Table(
    name="survey_answers",
    title=_("Survey answers"),
    help=_("Anonymous answers: one row for each respondent and question."),
    columns=(
        Column(name="survey_id", title=_("Survey"), required=True, refers_to="surveys", help=_("The survey."), example="Q2025"),
        Column(name="respondent", title=_("Respondent"), required=True, help=_("Anonymous number of the respondent within the survey."), example="17"),
        Column(name="question", title=_("Question"), required=True, help=_("Question."), example="overall"),
        Column(name="score", title=_("Satisfaction"), type="decimal", required=True, low=0, high=100, help=_("Satisfaction, 0 (not at all) to 100 (fully)."), unit=_("points of 100"), example="80"),
    ),
)

CHECKS = Table(
    name="checks",
    title=_("Checks"),
    help=_("Yes-or-no statements on communication and web presence."),
    columns=(
        Column(name="item", title=_("Statement"), type="choice", key=True, required=True, choices=CHECK_ITEMS, help=_("What is stated."), example="newsletter"),
        Column(name="holds", title=_("Is there"), type="yes_no", required=True, help=_("Yes where it is there."), example="yes"),
        Column(name="quantity", title=_("How often"), type="decimal", low=0, help=_("How often in the last twelve months, where that matters."), example="6"),
        Column(name="last_on", title=_("When last"), type="date", help=_("When last, where that matters."), example="2025-09-30"),
        Column(name="note", title=_("Where to find it"), help=_("Where to find it."), example="https://oka-valley.example/news"),
    ),
)

LABELS = Table(
    name="labels",
    title=_("Labels"),
    help=_("Labels the cluster organisation holds or held."),
    columns=(
        Column(name="label_id", title=_("Id of the label"), key=True, required=True, help=_("Short id, unique."), example="L1"),
        Column(name="scheme", title=_("Scheme"), required=True, help=_("Id or name of the scheme."), example="ecei-bronze-2019"),
        Column(name="level", title=_("Level"), required=True, help=_("Level: bronze, silver, gold or the scheme's own word, in lower case."), example="bronze"),
        Column(name="assessed_on", title=_("Assessed on"), type="date", required=True, help=_("Day of the assessment."), example="2023-10-12"),
        Column(name="valid_until", title=_("Valid until"), type="date", help=_("Valid until."), example="2025-10-31"),
        Column(name="number", title=_("Number of the certificate"), help=_("Number of the certificate."), example="BR-2023-114"),
    ),
)

IMPROVEMENTS = Table(
    name="improvements",
    title=_("Improvements"),
    help=_("Areas of improvement named by the cluster, each an indicator of the scheme."),
    columns=(
        Column(name="improvement_id", title=_("Id of the improvement"), key=True, required=True, help=_("Short id, unique."), example="I1"),
        Column(name="indicator", title=_("Indicator"), required=True, help=_("Code of the indicator."), example="2.5"),
        Column(name="title", title=_("What was improved"), required=True, help=_("What was improved."), example="Every participant visited once a year"),
        Column(name="named_on", title=_("Named on"), type="date", help=_("Named on."), example="2023-10-12"),
        Column(name="before", title=_("Value before"), type="decimal", help=_("Value before."), example="28"),
        Column(name="after", title=_("Value after"), type="decimal", help=_("Value after."), example="68"),
        Column(name="validated", title=_("Validated by the experts"), type="yes_no", required=True, help=_("Validated on site by the experts."), example="yes"),
        Column(name="validated_on", title=_("Validated on"), type="date", help=_("Validated on."), example="2025-10-25"),
        Column(name="evidence_id", title=_("Evidence file"), refers_to="evidence", help=_("File that shows it."), example="E08"),
    ),
)

RATINGS = Table(
    name="ratings",
    title=_("Ratings"),
    help=_("Ratings of rated indicators, and corrected values of measured ones: the cluster's claim, each expert, the consensus."),
    columns=(
        Column(name="indicator", title=_("Indicator"), required=True, help=_("Code of the indicator."), example="4.1.1"),
        Column(name="view", title=_("Whose rating"), type="choice", required=True, choices=RATING_VIEWS, help=_("Whose rating it is: claim, expert or consensus."), example="expert"),
        Column(name="rater", title=_("Expert"), help=_("Name of the expert; empty for claim and consensus."), example="Anna Keller"),
        Column(name="rating", title=_("Rating"), type="integer", low=0, high=5, help=_("Rating by the rubric, for rated indicators."), unit="0–5", example="3"),
        Column(name="value", title=_("Corrected value"), type="decimal", help=_("Corrected value, for measured indicators where the records are not followed."), example=""),
        Column(name="reason", title=_("Reason"), help=_("Why this rating."), example="Interviews with nine members; minutes of two workshops."),
        Column(name="recommendation", title=_("Recommendation"), help=_("What the expert recommends."), example="Name one owner for each goal."),
        Column(name="evidence", title=_("Evidence"), type="list", refers_to="evidence", help=_("Files the rating rests on, separated by semicolons."), example="E05;E06"),
        Column(name="rated_on", title=_("Rated on"), type="date", help=_("Rated on."), example="2025-10-25"),
    ),
)

EVIDENCE = Table(
    name="evidence",
    title=_("Evidence"),
    help=_("Files that prove what the dossier states; kept in the folder evidence/."),
    columns=(
        Column(name="evidence_id", title=_("Id of the evidence"), key=True, required=True, help=_("Short id, unique."), example="E01"),
        Column(name="title", title=_("Title"), required=True, help=_("Title."), example="Register of participants with signatures"),
        Column(name="kind", title=_("Kind of evidence"), type="choice", required=True, choices=EVIDENCE_KINDS, help=_("Kind of evidence."), example="participant_list"),
        Column(name="file", title=_("File"), required=True, help=_("Name of the file in the folder evidence/."), example="participants-register.pdf"),
        Column(name="sha256", title=_("Hash of the file (SHA-256)"), required=True, help=_("SHA-256 of the file, 64 hexadecimal digits; «clustermark dossier hash» fills it in."), example="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
        Column(name="own_date", title=_("Date of the document"), type="date", help=_("Date the document itself bears."), example="2025-09-30"),
        Column(name="received_on", title=_("Received on"), type="date", help=_("Date on which it was received."), example="2025-10-02"),
        Column(name="indicators", title=_("Indicators proved"), type="list", help=_("Codes of the indicators it proves, separated by semicolons."), example="1.1.0;1.1.1;1.1.2"),
        Column(name="page", title=_("Where to look"), help=_("Where to look in it."), example="pages 2–4"),
    ),
)
