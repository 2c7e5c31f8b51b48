"""The states of all certificates of one issuer as one file, for those who keep no register: `clustermark-status/1`."""

from __future__ import annotations

import secrets
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from clustermark.certificates.credential import StatusPlace
from clustermark.certificates.number import PATTERN
from clustermark.certificates.status import MIN_BITS, Purpose, StatusList
from clustermark.ground.documents import Document
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _

State = Literal["valid", "suspended", "revoked"]
_Number = Annotated[str, Field(pattern=f"^{PATTERN}$")]


class StatusEntry(Document):
    """One certificate: its index in both lists, and its state."""

    index: Annotated[int, Field(ge=0, lt=MIN_BITS)]
    state: State = "valid"


class StatusFile(Document):
    """Where the two lists are published, and every certificate that was issued, by number."""

    format: Literal["clustermark-status/1"] = "clustermark-status/1"
    revocation_list: str
    suspension_list: str
    certificates: dict[_Number, StatusEntry] = {}

    def with_new(self, number: str) -> StatusFile:
        """With a place for a new certificate, drawn at random so that an index tells nothing of when it was issued.

        Raises `ProblemsError` when the number was used, or the lists are full.
        """
        if number in self.certificates:
            message = _("A certificate with this number was issued already.")
            raise ProblemsError([Problem("number-used", message, Place("number"), number)])
        used = {entry.index for entry in self.certificates.values()}
        if len(used) > MIN_BITS // 2:
            message = _("The status lists are half full; begin new ones at other addresses.")
            raise ProblemsError([Problem("status-full", message, Place("status"))])
        index = next(draw for draw in iter(lambda: secrets.randbelow(MIN_BITS), None) if draw not in used)
        return self.model_copy(
            update={"certificates": {**self.certificates, number: StatusEntry(index=index)}}
        )

    def with_state(self, number: str, state: State) -> StatusFile:
        """With another state of one certificate; one that was withdrawn stays so. Raises `ProblemsError`."""
        entry = self.certificates.get(number)
        if entry is None:
            message = _("No certificate with this number was issued.")
            raise ProblemsError([Problem("number-unknown", message, Place("number"), number)])
        if entry.state == "revoked":
            message = _("This certificate was withdrawn; that is for good.")
            raise ProblemsError([Problem("withdrawn-already", message, Place("number"), number)])
        changed = StatusEntry(index=entry.index, state=state)
        return self.model_copy(update={"certificates": {**self.certificates, number: changed}})

    def place(self, number: str) -> StatusPlace:
        """Where the state of a certificate is published; raises KeyError."""
        return StatusPlace(
            revocation_list=self.revocation_list,
            suspension_list=self.suspension_list,
            index=self.certificates[number].index,
        )

    def lists(self) -> tuple[StatusList, StatusList]:
        """The lists of revocation and of suspension."""

        def marked(purpose: Purpose, address: str, state: State) -> StatusList:
            entries = self.certificates.values()
            return StatusList(
                purpose, address, frozenset(item.index for item in entries if item.state == state)
            )

        return (
            marked("revocation", self.revocation_list, "revoked"),
            marked("suspension", self.suspension_list, "suspended"),
        )

    def to_json(self) -> str:
        """The file as JSON text, two spaces of indent, ending in a newline."""
        return self.model_dump_json(indent=2) + "\n"


def read_status_file(text: str, *, file: str) -> StatusFile:
    """The file in this JSON text; raises `ProblemsError`."""
    try:
        return StatusFile.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(step) for step in first["loc"]) or None
        message = _("This is not a file of states: {reason}.").format(reason=first["msg"])
        raise ProblemsError([Problem("status-file", message, Place(file, field=field))]) from None
