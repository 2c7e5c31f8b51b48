"""The secretariat writes its own words."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import Language
from clustermark.web.accounts.models import User
from clustermark.web.log.writing import write
from clustermark.web.mail.models import MailTemplate
from clustermark.web.mail.wording import unknown_places


@transaction.atomic
def write_template(*, name: str, language: Language, subject: str, body: str, actor: User) -> MailTemplate:
    """Keep the secretariat's words of a mail. Raises ProblemsError for places that the mail cannot fill."""
    problems = [
        Problem(
            "mail-place",
            _("This mail cannot fill these places: {places}.").format(places=", ".join(unknown)),
            Place("mail", field=field),
        )
        for field, text in (("subject", subject), ("body", body))
        if (unknown := unknown_places(name, text))
    ]
    if problems:
        raise ProblemsError(problems)
    kept, _made = MailTemplate.objects.update_or_create(
        name=name, language=language, defaults={"subject": subject, "body": body, "changed_by": actor}
    )
    write(actor=actor, role="secretariat", act="mail.write", subject=f"mail:{name}:{language}")
    return kept


@transaction.atomic
def use_shipped(*, name: str, language: Language, actor: User) -> None:
    """Go back to the words that come along."""
    MailTemplate.objects.filter(name=name, language=language).delete()
    write(actor=actor, role="secretariat", act="mail.reset", subject=f"mail:{name}:{language}")
