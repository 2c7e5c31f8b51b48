"""The register for machines that follow it: an Atom feed and schema.org descriptions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from xml.etree import ElementTree as Tree  # writes only

from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import mark
from clustermark.register.entries import PUBLIC_ACTS, Act, ActKind, Certificate, Register
from clustermark.register.life import IN_FORCE, end_of, state_on

ATOM = "http://www.w3.org/2005/Atom"
SHOWN = 100
"""Entries of a feed."""

ACT_WORDS: dict[ActKind, str] = {
    "issue": mark("issued"),
    "award_conditionally": mark("awarded under a condition"),
    "extend": mark("extended"),
    "suspend": mark("suspended"),
    "reinstate": mark("reinstated"),
    "withdraw": mark("withdrawn"),
    "void": mark("declared void from the start"),
    "renew": mark("renewed"),
    "report_change": mark("change reported"),
    "surveillance_due": mark("surveillance due"),
    "surveillance_done": mark("surveillance done"),
}


def atom(register: Register, *, as_of: date, site: str) -> bytes:
    """The newest public acts as an Atom feed (RFC 4287); `site` is the register's address without a last slash.

    A day stands as its first moment in UTC: the register knows days, not hours.
    """
    known = register.known_on(as_of)
    Tree.register_namespace("", ATOM)
    feed = Tree.Element(f"{{{ATOM}}}feed")
    told = list(_told(known))[::-1][:SHOWN]
    _add(feed, "id", f"{site}/")
    _add(feed, "title", register.title)
    _add(feed, "updated", _moment(told[0][1].on if told else as_of))
    _add(feed, "rights", f"{register.licence}. {register.notice}")
    _add(feed, "link", None, rel="self", href=f"{site}/feed.atom")
    for certificate, act, index in told:
        entry = Tree.SubElement(feed, f"{{{ATOM}}}entry")
        address = f"{site}/{certificate.number}"
        _add(entry, "id", f"{address}#{act.kind}-{index}")
        title = _("{holder}: {level}, {act}").format(
            holder=certificate.holder, level=certificate.level, act=_(ACT_WORDS[act.kind])
        )
        _add(entry, "title", title)
        _add(entry, "updated", _moment(act.on))
        _add(entry, "link", None, href=address)
        _add(_add(entry, "author", None), "name", register.title)
    text: bytes = Tree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return text


def _told(register: Register) -> Iterator[tuple[Certificate, Act, int]]:
    """Public acts in the order of their days, each with its place in the life of its certificate."""
    found = [
        (certificate, act, index)
        for certificate in register.certificates
        for index, act in enumerate(register.acts_of(certificate.number))
        if act.kind in PUBLIC_ACTS
    ]
    yield from sorted(found, key=lambda item: (item[1].on, item[0].number, item[2]))


def _add(parent: Tree.Element, name: str, text: str | None, **attributes: str) -> Tree.Element:
    child = Tree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    child.text = text
    return child


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def certificate_description(
    certificate: Certificate, register: Register, *, as_of: date, site: str, owner: str
) -> dict[str, Any]:
    """The certificate as schema.org `Certification`, with its state on a day."""
    acts = register.known_on(as_of).acts_of(certificate.number)
    end = end_of(certificate, acts)
    active = state_on(certificate, acts, as_of) in IN_FORCE
    description: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Certification",
        "@id": f"{site}/{certificate.number}",
        "name": certificate.level,
        "certificationIdentification": certificate.number,
        "certificationStatus": "https://schema.org/"
        + ("CertificationActive" if active else "CertificationInactive"),
        "issuedBy": {"@type": "Organization", "name": owner},
        "about": {"@type": "Organization", "name": certificate.holder},
        "license": register.licence,
    }
    if certificate.country:
        description["about"]["address"] = {"@type": "PostalAddress", "addressCountry": certificate.country}
    if certificate.valid_from:
        description["validFrom"] = certificate.valid_from.isoformat()
    if end:
        description["expires"] = end.isoformat()
    return description


def register_description(register: Register, *, as_of: date, site: str) -> dict[str, Any]:
    """The register as schema.org `Dataset`."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{site}/",
        "name": register.title,
        "description": register.notice,
        "license": register.licence,
        "dateModified": as_of.isoformat(),
        "isAccessibleForFree": True,
    }


def script_text(description: dict[str, Any]) -> str:
    """The description for a script element of a page: nothing in it can end the element."""
    text = json.dumps(description, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
