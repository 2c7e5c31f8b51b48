"""The acts and sides of the log in words, for every page that shows entries."""

from __future__ import annotations

from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clustermark.casework.definition import life
from clustermark.ground.texts import LocalText, local

ACTS: dict[str, str | Promise] = {
    "start": _("Start the case"),
    "take_dossier": _("Take over a whole dossier"),
    "add_evidence": _("Add evidence"),
    "change_evidence": _("Change what is said of evidence"),
    "remove_evidence": _("Remove evidence"),
    "quote_fee": _("Quote the fee"),
    "invoice_fee": _("Invoice the fee"),
    "mark_paid": _("Note that the fee was paid"),
    "object": _("Object to an expert"),
    "answer_objection": _("Answer the objection"),
    "declare": _("Declare whether there is an interest"),
    "request_override": _("Ask that a rule be set aside"),
    "confirm_override": _("Confirm that a rule is set aside"),
    "decline_override": _("Turn down that a rule is set aside"),
    "ask": _("Ask the cluster"),
    "answer": _("Answer a question"),
    "close_question": _("Close a question"),
    "plan_visit": _("Plan the visit"),
    "note_people": _("Note who was met"),
    "state_finding": _("State a finding"),
    "comment": _("Comment on the draft report"),
    "answer_comment": _("Answer a comment"),
    "correct_item": _("Say what was corrected"),
    "close_item": _("Close a condition or finding"),
    "give_feedback": _("Give feedback"),
    "publish_scheme": _("Publish a scheme"),
    "person.create": _("Enter a person"),
    "person.schedule_erasure": _("Ask that personal data be erased"),
    "person.keep": _("Keep the personal data after all"),
    "person.erase": _("Erase personal data"),
    "grant.give": _("Give a role"),
    "grant.end": _("End a role"),
    "expert.profile": _("Write an expert's profile"),
    "expert.accredit": _("Accredit an expert"),
    "expert.end_accreditation": _("End an accreditation"),
    "expert.tie": _("Write down a tie to a cluster"),
    "expert.end_tie": _("End a tie to a cluster"),
    "invitation.send": _("Invite somebody"),
    "invitation.accept": _("Accept an invitation"),
    "invitation.withdraw": _("Withdraw an invitation"),
    "mail.write": _("Write a mail text anew"),
    "mail.reset": _("Put a mail text back"),
    "keys_made": _("Make keys to sign with"),
    "key_withdrawn": _("Withdraw a key"),
    "certificate_issue": _("Issue a certificate"),
    "certificate_award_conditionally": _("Award a certificate on conditions"),
    "certificate_extend": _("Extend a certificate"),
    "certificate_suspend": _("Suspend a certificate"),
    "certificate_reinstate": _("Reinstate a certificate"),
    "certificate_renew": _("Renew a certificate"),
    "certificate_withdraw": _("Withdraw a certificate"),
    "certificate_void": _("Declare a certificate void from the start"),
    "certificate_surveillance_due": _("Set a surveillance"),
    "certificate_surveillance_done": _("Finish a surveillance"),
    "certificate_report_change": _("Report a change"),
    "consent_given": _("Consent that points are shown"),
    "consent_withdrawn": _("Take back the consent"),
    "participation_stated": _("State a participation in the cluster"),
    "participation_confirmed": _("Confirm a participation in the cluster"),
    "register_imported": _("Take over an old list"),
    "surveillance_drawn": _("Draw who is looked at"),
}
"""Acts that do not move a case; the others have their words in the life of a case."""
ROLES: dict[str, str | Promise] = {
    "cluster": _("cluster"),
    "expert": _("expert"),
    "secretariat": _("secretariat"),
    "committee": _("committee"),
    "admin": _("administrator"),
    "system": _("system"),
    "self": _("for themselves"),
    "operator": _("operator of the site"),
}


def act_words(act: str) -> str | Promise:
    """The words for an act in the reader's language.

    Raises KeyError for an act that has none: whoever writes a new act into the log gives it words here.
    """
    moved = _of_cases().get(act)
    return local(moved) if moved else ACTS[act]


def every_act() -> dict[str, str | Promise]:
    """Each act that the log knows, in words."""
    return {**{act: local(title) for act, title in _of_cases().items()}, **ACTS}


@cache
def _of_cases() -> dict[str, LocalText]:
    return {act.act: act.title for act in life().acts}
