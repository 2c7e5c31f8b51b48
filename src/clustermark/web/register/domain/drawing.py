"""The yearly draw by lot: who is looked at. Anyone who knows the seed can repeat it."""

from __future__ import annotations

from clustermark.casework.policy import Subject
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.register.entries import Act, Certificate
from clustermark.register.surveillance import draw
from clustermark.schemes.document import SchemeDocument
from clustermark.web.accounts.people import Person, today
from clustermark.web.log.writing import write
from clustermark.web.register.domain.acting import record, require
from clustermark.web.register.domain.recording import recording, scheme_of_award
from clustermark.web.register.models import Award
from clustermark.web.register.queries.watched import in_force_here

ACTION = "register.surveillance"


def drawn(*, seed: str, year: int) -> list[Award]:
    """Whom the lot would fall on, by scheme in the order drawn; nothing is changed."""
    lots: dict[str, tuple[SchemeDocument, dict[str, tuple[Award, Certificate]]]] = {}
    for award, certificate in in_force_here():
        scheme = scheme_of_award(award)
        if scheme is not None and scheme.surveillance is not None:
            _scheme, members = lots.setdefault(award.scheme_digest or "", (scheme, {}))
            members[award.number] = (award, certificate)
    found = []
    for scheme, members in lots.values():
        assert scheme.surveillance is not None  # noqa: S101 - asked for above
        chosen = draw([item for _award, item in members.values()], scheme.surveillance, seed=seed, year=year)
        found += [members[item.number][0] for item in chosen]
    return found


def draw_holders(*, seed: str, year: int, by: Person) -> list[Award]:
    """Note for everyone drawn that a look is due; once a year. Raises `Refused`, ProblemsError."""
    require(by, ACTION, Subject(kind="register"))
    reference = f"draw-{year}"
    with recording():
        if Award.objects.filter(acts__kind="surveillance_due", acts__reference=reference).exists():
            message = _("The lot was drawn for this year already.")
            raise ProblemsError([Problem("draw-twice", message, Place("draw", field="year"), str(year))])
        chosen = drawn(seed=seed, year=year)
        for award in chosen:
            act = Act(
                certificate=award.number,
                kind="surveillance_due",
                on=today(),
                reason=_("Drawn by lot for {year}.").format(year=year),
                by="secretariat",
                reference=reference,
            )
            record(award, act, by=by, role="secretariat")
        write(
            actor=by.user,
            role="secretariat",
            act="surveillance_drawn",
            subject="register:entries",
            facts={"year": year, "seed": seed, "drawn": len(chosen)},
        )
    return chosen
