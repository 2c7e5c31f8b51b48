"""The standard views: what facts read, so that a scheme seldom needs a join.

A fact reads a table of the dossier or one of these views. Every view is SQL over the tables; in it
``{as_of}`` stands for the reference date. Tables as loaded have two columns more than the format:
`dossier` (which dossier, an integer) and `row_no` (row in its file); views carry both on so that every
record that counts can be shown in its place. A view named like a table adds columns to it.

Present means: there on the reference date. Twelve months ending on the reference date are written
``held_on > as_of - interval 12 month and held_on <= as_of``.
"""

from __future__ import annotations

from dataclasses import dataclass

from clustermark.dossiers.tables import TABLES
from clustermark.ground.texts import mark as _


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One standard view: `table` is the one whose rows its `row_no` counts; `needs` all it reads.

    One of `any_of` must be stated too where it is given; tables it reads beyond these may be absent and
    count as empty. `derived` names the columns it adds, each with what it means; `keeps` the columns
    it takes over from `table` (None: all).
    """

    name: str
    table: str
    needs: tuple[str, ...]
    help: str
    derived: dict[str, str]
    sql: str
    any_of: tuple[str, ...] = ()
    keeps: tuple[str, ...] | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column a fact may use."""
        kept = (
            tuple(column.name for column in TABLES[self.table].columns) if self.keeps is None else self.keeps
        )
        return (*kept, *self.derived)


_PRESENT = "(joined_on is null or joined_on <= {as_of}) and (left_on is null or left_on > {as_of})"

_VIEWS = (
    View(
        name="participants",
        table="participants",
        needs=("participants",),
        help=_("All rows of participants, with their standing on the reference date."),
        derived={
            "present": _("Listed on the reference date: joined, and not left."),
            "committed": _("Present, with a commitment documented by the reference date."),
            "sme": _("Micro, small or medium company."),
        },
        sql=f"""
            select *, {_PRESENT} as present,
                   ({_PRESENT}) and commitment <> 'none' and (committed_on is null or committed_on <= {{as_of}}) as committed,
                   type = 'company' and coalesce(size in ('micro', 'small', 'medium'), false) as sme
            from t_participants""",
    ),
    View(
        name="team",
        table="team",
        needs=("team",),
        help=_("All rows of team, with their standing on the reference date."),
        derived={"present": _("In the team on the reference date.")},
        sql="select *, started_on <= {as_of} and (ended_on is null or ended_on > {as_of}) as present from t_team",
    ),
    View(
        name="contacts",
        table="contacts",
        needs=("contacts", "participants"),
        help=_("Bilateral meetings, with the standing of the participant met."),
        derived={"committed": _("The participant is committed on the reference date.")},
        sql="select c.*, p.committed from t_contacts c left join participants p using (dossier, participant_id)",
    ),
    View(
        name="cooperation",
        table="participants",
        needs=("participants",),
        any_of=("project_participants", "group_participants"),
        keeps=("participant_id", "name"),
        help=_("One row for each participant and joint project or working group."),
        derived={
            "kind": _("project or working_group."),
            "activity_id": _("Id of the project or group."),
            "title": _("Title of the project or group."),
            "started_on": _("First day of the participant's cooperation in it."),
            "ended_on": _("Last day of it; empty while it goes on."),
            "committed": _("The participant is committed on the reference date."),
        },
        sql="""
            select p.dossier, p.row_no, p.participant_id, p.name, p.committed, 'project' as kind,
                   a.project_id as activity_id, a.title, a.started_on, a.ended_on
            from t_project_participants m
            join t_projects a using (dossier, project_id)
            join participants p on p.dossier = m.dossier and p.participant_id = m.participant_id
            union all
            select p.dossier, p.row_no, p.participant_id, p.name, p.committed, 'working_group',
                   g.group_id, g.title, greatest(g.started_on, m.joined_on), least(g.ended_on, m.left_on)
            from t_group_participants m
            join t_working_groups g using (dossier, group_id)
            join participants p on p.dossier = m.dossier and p.participant_id = m.participant_id""",
    ),
    View(
        name="group_work",
        table="participants",
        needs=("participants", "group_participants", "events"),
        keeps=("participant_id", "name"),
        help=_("One row for each participant and working group it belongs to on the reference date."),
        derived={
            "group_id": _("Id of the group."),
            "title": _("Title of the group."),
            "committed": _("The participant is committed on the reference date."),
            "meetings_12m": _("Meetings of the group in the twelve months before the reference date."),
        },
        sql="""
            select p.dossier, p.row_no, p.participant_id, p.name, p.committed, g.group_id, g.title,
                   (select count(*) from t_events e
                    where e.dossier = g.dossier and e.group_id = g.group_id
                      and e.held_on > {as_of} - interval 12 month and e.held_on <= {as_of}) as meetings_12m
            from t_group_participants m
            join t_working_groups g using (dossier, group_id)
            join participants p on p.dossier = m.dossier and p.participant_id = m.participant_id
            where (m.joined_on is null or m.joined_on <= {as_of}) and (m.left_on is null or m.left_on > {as_of})""",
    ),
    View(
        name="governing_bodies",
        table="bodies",
        needs=("bodies", "seats"),
        keeps=("body_id", "name", "kind", "meetings_a_year"),
        help=_("One row for each governing body, with its seats on the reference date."),
        derived={
            "seats": _("Seats taken."),
            "voting_seats": _("Seats with a vote."),
            "company_votes": _("Votes of companies."),
            "knowledge_votes": _("Votes of providers of knowledge or technology."),
            "public_votes": _("Votes of public bodies."),
        },
        sql="""
            select b.dossier, b.row_no, b.body_id, b.name, b.kind, b.meetings_a_year,
                   count(s.seat_id) as seats,
                   count(s.seat_id) filter (where s.voting) as voting_seats,
                   count(s.seat_id) filter (where s.voting and p.type = 'company') as company_votes,
                   count(s.seat_id) filter (where s.voting and p.knowledge_provider) as knowledge_votes,
                   count(s.seat_id) filter (where s.voting and p.type = 'public_body') as public_votes
            from t_bodies b
            left join t_seats s on s.dossier = b.dossier and s.body_id = b.body_id
                 and (s.since is null or s.since <= {as_of}) and (s.until is null or s.until > {as_of})
            left join t_participants p on p.dossier = s.dossier and p.participant_id = s.participant_id
            where b.governing
            group by all""",
    ),
    View(
        name="finances",
        table="finances",
        needs=("finances",),
        help=_("All rows of finances."),
        derived={"last_closed": _("Belongs to the last closed year before the reference date.")},
        sql="""
            select f.*, f.closed and f.year = (
                     select max(l.year) from t_finances l
                     where l.dossier = f.dossier and l.closed and l.year <= year({as_of})) as last_closed
            from t_finances f""",
    ),
    View(
        name="actions",
        table="actions",
        needs=("actions",),
        help=_("All rows of actions."),
        derived={"complete": _("Has an owner, a due date and a budget.")},
        sql="select *, owner is not null and due_on is not null and budget is not null as complete from t_actions",
    ),
    View(
        name="targets",
        table="targets",
        needs=("targets",),
        help=_("All rows of targets."),
        derived={"met": _("The value reached is as good as the target or better; no where none is stated.")},
        sql="""
            select *, coalesce(case when lower_is_better then reached <= target else reached >= target end, false) as met
            from t_targets""",
    ),
    View(
        name="service_activities",
        table="services",
        needs=(),
        any_of=("services", "events"),
        keeps=(),
        help=_("One row for each service delivered and each event with a field of service."),
        derived={
            "activity": _("Title of the service or event."),
            "held_on": _("Day."),
            "field": _("Field of service."),
        },
        sql="""
            select dossier, row_no, title as activity, delivered_on as held_on, field from t_services
            union all
            select dossier, row_no, title, held_on, field from t_events where field is not null""",
    ),
    View(
        name="service_fields",
        table="services",
        needs=(),
        any_of=("services", "events"),
        keeps=(),
        help=_(
            "One row for each field of service with at least one activity in the twelve months before the reference date."
        ),
        derived={
            "field": _("Field of service."),
            "activities_12m": _("Services and events in it in the twelve months before the reference date."),
        },
        sql="""
            select dossier, min(row_no) as row_no, field, count(*) as activities_12m
            from service_activities
            where held_on > {as_of} - interval 12 month and held_on <= {as_of}
            group by dossier, field""",
    ),
    View(
        name="agreements",
        table="agreements",
        needs=("agreements", "profile"),
        help=_("All rows of agreements."),
        derived={
            "active": _("Signed, and not ended on the reference date."),
            "abroad": _("The partner is in another country than the cluster's office."),
        },
        sql="""
            select a.*, a.signed_on <= {as_of} and (a.ends_on is null or a.ends_on > {as_of}) as active,
                   a.country <> o.country as abroad
            from t_agreements a join t_profile o using (dossier)""",
    ),
    View(
        name="last_survey",
        table="surveys",
        needs=("surveys", "survey_answers"),
        help=_("The last survey held by the reference date, in one row."),
        derived={
            "respondents": _("Respondents with at least one answer."),
            "answers": _("Answers."),
            "score_sum": _("Sum of the scores of all answers."),
        },
        sql="""
            select s.*, (select count(distinct a.respondent) from t_survey_answers a
                         where a.dossier = s.dossier and a.survey_id = s.survey_id) as respondents,
                   (select count(*) from t_survey_answers a
                    where a.dossier = s.dossier and a.survey_id = s.survey_id) as answers,
                   (select sum(a.score) from t_survey_answers a
                    where a.dossier = s.dossier and a.survey_id = s.survey_id) as score_sum
            from t_surveys s
            where s.held_on <= {as_of}
            qualify row_number() over (partition by s.dossier order by s.held_on desc, s.row_no desc) = 1""",
    ),
    View(
        name="delivery_matrix",
        table="participants",
        needs=("participants", "deliveries"),
        keeps=("participant_id", "name", "type", "industrial", "listed_territory", "output"),
        help=_(
            "One row for each present participant, with what it delivers to and buys from other participants."
        ),
        derived={
            "delivered": _("Value delivered to other present participants."),
            "bought": _("Value bought from other present participants."),
            "partners": _("Other participants it delivers to or buys from."),
            "bound": _("Bound by at least one delivery contract with another participant."),
        },
        sql="""
            with pairs as (
                select d.dossier, d.supplier_id, d.buyer_id, d.amount
                from t_deliveries d
                join participants s on s.dossier = d.dossier and s.participant_id = d.supplier_id and s.present
                join participants b on b.dossier = d.dossier and b.participant_id = d.buyer_id and b.present
                where d.supplier_id <> d.buyer_id),
            ends as (
                select dossier, supplier_id as participant_id, buyer_id as partner, amount as delivered, null as bought from pairs
                union all
                select dossier, buyer_id, supplier_id, null, amount from pairs),
            sums as (
                select dossier, participant_id, sum(delivered) as delivered, sum(bought) as bought,
                       count(distinct partner) as partners
                from ends group by dossier, participant_id)
            select p.dossier, p.row_no, p.participant_id, p.name, p.type, p.industrial, p.listed_territory, p.output,
                   coalesce(s.delivered, 0) as delivered, coalesce(s.bought, 0) as bought,
                   coalesce(s.partners, 0) as partners, coalesce(s.partners, 0) > 0 as bound
            from participants p left join sums s using (dossier, participant_id)
            where p.present""",
    ),
    View(
        name="labels",
        table="labels",
        needs=("labels",),
        help=_("All rows of labels."),
        derived={
            "latest": _("The last of its scheme and level assessed by the reference date."),
            "months_since_previous": _(
                "Complete months since the assessment before it of the same scheme and level; missing for the first."
            ),
        },
        sql="""
            select *, assessed_on <= {as_of} and row_number() over (
                       partition by dossier, scheme, level
                       order by assessed_on > {as_of}, assessed_on desc, row_no desc) = 1 as latest,
                   datesub('month', lag(assessed_on) over (
                       partition by dossier, scheme, level order by assessed_on, row_no), assessed_on)
                       as months_since_previous
            from t_labels""",
    ),
)

VIEWS: dict[str, View] = {view.name: view for view in _VIEWS}
