"""The dossier of Oka Valley, put together."""

from __future__ import annotations

from common.folder import Sample, Tables
from oka_valley import (
    contacts,
    cooperation,
    deliveries,
    events,
    members,
    money,
    office,
    ratings,
    results,
    strategy,
)
from oka_valley.evidence import evidence
from oka_valley.readme import README


def tables() -> Tables:
    """All tables but `evidence`."""
    return {
        "profile": [office.PROFILE],
        "participants": members.table(),
        "team": office.team(),
        "bodies": office.BODIES,
        "seats": office.seats(),
        "finances": money.finances(),
        "secured_funding": money.SECURED,
        "documents": strategy.documents(),
        "actions": strategy.actions(),
        "targets": strategy.targets(),
        "services": events.services(),
        "contacts": contacts.table(),
        "projects": cooperation.projects(),
        "project_participants": cooperation.project_participants(),
        "working_groups": cooperation.groups(),
        "group_participants": cooperation.group_participants(),
        "events": events.events(),
        "attendance": events.attendance(),
        "agreements": results.agreements(),
        "deliveries": deliveries.table(),
        "press": results.press(),
        "success_stories": results.STORIES,
        "surveys": results.SURVEYS,
        "survey_answers": results.survey_answers(),
        "checks": results.checks(),
        "labels": results.LABELS,
        "improvements": results.improvements(),
        "ratings": ratings.table(),
    }


def sample() -> Sample:
    """The whole dossier; the table of contacts and the others are stated once and shown in the files."""
    stated = tables()
    return Sample(folder="oka-valley", readme=README, tables=stated, evidence=evidence(stated))
