"""The holder lets points be shown, and takes it back."""

from __future__ import annotations

from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.web.accounts.people import Person, today
from clustermark.web.log.writing import write
from clustermark.web.register.domain.acting import require, subject_of_award
from clustermark.web.register.domain.recording import recording
from clustermark.web.register.models import Award, Consent


def give_consent(*, award: Award, by: Person) -> Consent:
    """From today the points of this certificate may be shown. Raises ProblemsError when they already may."""
    require(by, "certificate.consent", subject_of_award(award))
    with recording():
        if Consent.objects.filter(award=award, withdrawn_on=None).exists():
            raise _refused(award, _("The consent was given already."))
        consent = Consent.objects.create(award=award, given_on=today(), given_by=by.user)
        write(actor=by.user, role="cluster", act="consent_given", subject=award.subject)
    return consent


def withdraw_consent(*, award: Award, by: Person) -> None:
    """From now on the points are shown no more. Raises ProblemsError when they were not."""
    require(by, "certificate.consent", subject_of_award(award))
    with recording():
        changed = Consent.objects.filter(award=award, withdrawn_on=None).update(
            withdrawn_on=today(), withdrawn_by=by.user
        )
        if not changed:
            raise _refused(award, _("There is no consent to withdraw."))
        write(actor=by.user, role="cluster", act="consent_withdrawn", subject=award.subject)


def _refused(award: Award, message: str) -> ProblemsError:
    return ProblemsError([Problem("consent", message, Place(award.number))])
