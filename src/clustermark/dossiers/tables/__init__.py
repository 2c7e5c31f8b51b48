"""The tables of the dossier, in the order in which a person fills them."""

from clustermark.dossiers.tables import activities, organisation, results, strategy
from clustermark.dossiers.tables.spec import Column, ColumnType, Table

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        organisation.PROFILE,
        organisation.PARTICIPANTS,
        organisation.TEAM,
        organisation.BODIES,
        organisation.SEATS,
        strategy.FINANCES,
        strategy.SECURED_FUNDING,
        strategy.DOCUMENTS,
        strategy.ACTIONS,
        strategy.TARGETS,
        strategy.SERVICES,
        activities.CONTACTS,
        activities.PROJECTS,
        activities.PROJECT_PARTICIPANTS,
        activities.WORKING_GROUPS,
        activities.GROUP_PARTICIPANTS,
        activities.EVENTS,
        activities.ATTENDANCE,
        activities.AGREEMENTS,
        activities.DELIVERIES,
        results.PRESS,
        results.SUCCESS_STORIES,
        results.SURVEYS,
        results.SURVEY_ANSWERS,
        results.CHECKS,
        results.LABELS,
        results.IMPROVEMENTS,
        results.RATINGS,
        results.EVIDENCE,
    )
}

__all__ = ["TABLES", "Column", "ColumnType", "Table"]
