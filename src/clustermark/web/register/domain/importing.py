"""Old lists and whole registers taken over: shown first, entered when the secretariat says so."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from clustermark.casework.policy import Subject
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.register.entries import Act, Certificate, Register, register_problems
from clustermark.web.accounts.models import User
from clustermark.web.accounts.people import Person
from clustermark.web.log.writing import write
from clustermark.web.register.converters import stands_in_address
from clustermark.web.register.domain.acting import require
from clustermark.web.register.domain.recording import enter_many, recording
from clustermark.web.register.models import Award
from clustermark.web.register.queries.whole import whole_register

ACTION = "register.import"


@dataclass(frozen=True, slots=True)
class Entered:
    """How many certificates and acts were entered."""

    certificates: int
    acts: int


def enter_list(
    *, certificates: dict[int, Certificate], skipped: Collection[int], file: str, by: Person
) -> Entered:
    """Enter the rows of a list but for those skipped, all or none. Raises `Refused`, ProblemsError."""
    require(by, ACTION, Subject(kind="register"))
    chosen = [item for row, item in certificates.items() if row not in skipped]
    return _enter(chosen, [], file=file, actor=by.user)


def enter_register(*, register: Register, file: str, by: Person | None = None) -> Entered:
    """Enter a whole register, such as the sample. Without `by` the operator of the site does it."""
    if by is not None:
        require(by, ACTION, Subject(kind="register"))
    return _enter(register.certificates, register.acts, file=file, actor=by.user if by else None)


def _enter(certificates: list[Certificate], acts: list[Act], *, file: str, actor: User | None) -> Entered:
    with recording():
        _refuse(certificates, file)
        lives: dict[str, list[Act]] = {}
        for act in acts:
            lives.setdefault(act.certificate, []).append(act)
        enter_many(certificates, lives)
        write(
            actor=actor,
            role="secretariat" if actor else "operator",
            act="register_imported",
            subject="register:entries",
            facts={"certificates": len(certificates), "acts": len(acts)},
        )
    return Entered(len(certificates), len(acts))


def _refuse(certificates: list[Certificate], file: str) -> None:
    """Numbers that are taken or cannot stand in an address, and marks that do not stand together."""
    known = whole_register()
    made = known.model_copy(update={"certificates": [*known.certificates, *certificates]})
    problems = list(register_problems(made, file=file))
    for item in certificates:
        if not stands_in_address(item.number):
            message = _("This number cannot stand in the address of a page.")
            allowed = _("letters, digits, full stops and hyphens, with at least one digit")
            problems.append(Problem("number-address", message, Place(file), item.number, allowed))
    if problems:
        raise ProblemsError(problems)


def is_empty() -> bool:
    """Whether nothing was entered yet."""
    return not Award.objects.exists()
