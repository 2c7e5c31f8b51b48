"""People: users, bodies they act for, roles, invitations, experts."""

from clustermark.web.accounts.models.expert import Accreditation, Expert, Tie
from clustermark.web.accounts.models.grant import Grant, Organisation
from clustermark.web.accounts.models.invitation import Invitation
from clustermark.web.accounts.models.user import User

__all__ = ["Accreditation", "Expert", "Grant", "Invitation", "Organisation", "Tie", "User"]
