"""The whole register as one document, kept in memory until something in it changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection

from clustermark.ground.texts import current_language
from clustermark.ground.texts import gettext as _
from clustermark.register.entries import Act, Certificate, Register
from clustermark.transparency.merkle import Tree, leaf_hash
from clustermark.web.register.models import Award, AwardAct, LeafEntry, RegisterHead
from clustermark.web.register.queries.documents import (
    ACT_FIELDS,
    CERTIFICATE_FIELDS,
    act_of,
    certificate_of,
)


@dataclass(frozen=True, slots=True)
class Head:
    """The number of the register's state, and when it came about."""

    version: int
    changed_at: datetime | None


def head() -> Head:
    """The state that the register is in now; one query."""
    row = RegisterHead.objects.values_list("version", "changed_at").first()
    return Head(*row) if row else Head(0, None)


def marks() -> frozenset[str]:
    """The marks of the entries that the register has."""
    return frozenset(Award.objects.order_by().values_list("mark", flat=True).distinct())


def notice_of(found: frozenset[str]) -> str:
    """What must be said wherever the register is shown: whether it is official, and what its entries are."""
    if settings.REGISTER_KIND == "official":
        return _("This register is kept by the owner of the scheme.")
    if "synthetic" in found or settings.REGISTER_KIND == "sample":
        return _(
            "This is a sample register: every holder, certificate and day in it is made up and says nothing about any "
            "real cluster."
        )
    if "unofficial" in found:
        return _(
            "This register is not official: its entries are an unofficial extract of public pages, kept by nobody who "
            "owns a scheme, and may be incomplete or wrong."
        )
    return _("This register is not official: it is not kept by the owner of the scheme.")


def title() -> str:
    """The name of the register."""
    return _("Register of certificates")


def register_of(notice: str, certificates: list[Certificate], acts: list[Act]) -> Register:
    """Some certificates with their acts, under the name and on the terms of this register."""
    return Register(
        title=title(),
        official=settings.REGISTER_KIND == "official",
        notice=notice,
        licence=settings.REGISTER_LICENCE,
        certificates=certificates,
        acts=acts,
    )


@dataclass(slots=True)
class _Kept:
    """What was read at a version; one for the whole process."""

    key: tuple[object, ...] = ()
    register: Register | None = None
    tree_of: str = ""
    tree: Tree | None = None


_KEPT = _Kept()


def whole_register(now: Head | None = None) -> Register:
    """The register with all its awards and acts. Without a change since the last time: one query, or none."""
    now = now or head()
    key = (database(), now, current_language(), settings.REGISTER_KIND, settings.REGISTER_LICENCE)
    if _KEPT.key != key or _KEPT.register is None:
        _KEPT.register, _KEPT.key = _read(), key
    return _KEPT.register


def _read() -> Register:
    awards = list(Award.objects.order_by("pk").only("pk", *CERTIFICATE_FIELDS))
    numbers = {award.pk: award.number for award in awards}
    rows = AwardAct.objects.order_by("on", "pk").only("pk", "award_id", *ACT_FIELDS)
    return register_of(
        notice_of(frozenset(award.mark for award in awards)),
        [certificate_of(award) for award in awards],
        [act_of(row, numbers[row.award_id]) for row in rows],
    )


def log_tree() -> Tree:
    """The Merkle tree over all entries; only those added since the last time are read."""
    if _KEPT.tree is None or _KEPT.tree_of != database() or not _grows(_KEPT.tree):
        _KEPT.tree, _KEPT.tree_of = Tree(), database()
    tree = _KEPT.tree
    added = LeafEntry.objects.filter(index__gte=len(tree)).order_by("index").values_list("entry", flat=True)
    for entry in added.iterator():
        tree.append(entry.encode())
    return tree


def _grows(tree: Tree) -> bool:
    """Whether the kept tree is the beginning of what stands in the database (tests begin anew)."""
    if not len(tree):
        return True
    last = LeafEntry.objects.filter(index=len(tree) - 1).values_list("entry", flat=True).first()
    return last is not None and leaf_hash(last.encode()) == tree.leaf(len(tree) - 1)


def database() -> str:
    """Which database is asked: what is kept in memory belongs to it alone."""
    return f"{connection.vendor}:{connection.settings_dict['NAME']}"
