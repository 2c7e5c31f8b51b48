"""The whole register as one document, kept in memory until something in it changes."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import connection

from clustermark.ground.texts import current_language
from clustermark.ground.texts import gettext as _
from clustermark.register.entries import Act, Certificate, Register
from clustermark.transparency.merkle import Tree, leaf_hash
from clustermark.web.register.models import Award, AwardAct, LeafEntry, RegisterHead
from clustermark.web.register.queries.documents import ACT_FIELDS, CERTIFICATE_FIELDS


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
    registers: dict[str, Register] = field(default_factory=dict)
    tree_of: str = ""
    tree: Tree | None = None


_KEPT = _Kept()
_READING = threading.Lock()
_GROWING = threading.Lock()


def whole_register(now: Head | None = None) -> Register:
    """The register with all its awards and acts. Without a change since the last time: one query, or none.

    It is read once for each state; the registers of the languages differ in their words and share all entries.
    """
    now = now or head()
    key = (database(), now, settings.REGISTER_KIND, settings.REGISTER_LICENCE)
    # whoever asks meanwhile waits for the one that is read
    with _READING:
        if _KEPT.key != key:
            _KEPT.registers, _KEPT.key = {current_language(): _read()}, key
        known = _KEPT.registers
        if current_language() not in known:
            other = next(iter(known.values()))
            words = {"title": title(), "notice": notice_of(frozenset(one.mark for one in other.certificates))}
            known[current_language()] = other.model_copy(update=words)
        return known[current_language()]


def _read() -> Register:
    """What was checked when it was entered is not checked again: there may be a hundred thousand."""
    made_of, done_as = set(CERTIFICATE_FIELDS), {"certificate", *ACT_FIELDS}
    certificates, acts, numbers = [], [], {}
    for key, *values in Award.objects.order_by("pk").values_list("pk", *CERTIFICATE_FIELDS).iterator():
        one = Certificate.model_construct(made_of, **dict(zip(CERTIFICATE_FIELDS, values, strict=True)))
        numbers[key] = one.number
        certificates.append(one)
    rows = AwardAct.objects.order_by("on", "pk").values_list("award_id", *ACT_FIELDS)
    for key, *values in rows.iterator():
        stated = dict(zip(ACT_FIELDS, values, strict=True))
        acts.append(Act.model_construct(done_as, certificate=numbers[key], **stated))
    return register_of(notice_of(frozenset(one.mark for one in certificates)), certificates, acts)


def log_tree() -> Tree:
    """The Merkle tree over all entries; only those added since the last time are read.

    A tree that was handed out grows no more: its size and its root, read one after the other, belong together.
    """
    with _GROWING:
        if _KEPT.tree is None or _KEPT.tree_of != database() or not _grows(_KEPT.tree):
            _KEPT.tree, _KEPT.tree_of = Tree(), database()
        size = len(_KEPT.tree)
        entries = LeafEntry.objects.filter(index__gte=size).order_by("index").values_list("entry", flat=True)
        added = [entry.encode() for entry in entries.iterator()]
        if added:
            _KEPT.tree = _KEPT.tree.grown(added)
        return _KEPT.tree


def _grows(tree: Tree) -> bool:
    """Whether the kept tree is the beginning of what stands in the database (tests begin anew)."""
    if not len(tree):
        return True
    last = LeafEntry.objects.filter(index=len(tree) - 1).values_list("entry", flat=True).first()
    return last is not None and leaf_hash(last.encode()) == tree.leaf(len(tree) - 1)


def database() -> str:
    """Which database is asked: what is kept in memory belongs to it alone."""
    return f"{connection.vendor}:{connection.settings_dict['NAME']}"
