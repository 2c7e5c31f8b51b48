"""What programs read of the register: the feed by RFC 4287, sitemaps by their protocol, schema.org descriptions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element  # a type alone; defusedxml reads

import pytest
from defusedxml.ElementTree import fromstring
from django.conf import settings
from django.test import Client

from clustermark.web.accounts.people import today
from clustermark.web.register.domain.living import reinstate_award, suspend_award
from clustermark.web.register.models import Award
from clustermark.web.seeding import Sample
from tests.web.register.test_ending import another
from tests.web.register.test_pages import synthetic

__all__ = ["synthetic"]

STATES = ("decided",)
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def feed() -> Element:
    """The feed, read by a parser that is not the one which wrote it."""
    answer = Client().get("/register/feed.atom")
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    root: Element = fromstring(answer.content, forbid_dtd=True)
    return root


def once(parent: Element, name: str) -> str:
    """The text of a child that stands exactly once and is not empty."""
    (child,) = parent.findall(f"{ATOM}{name}")
    assert child.text
    assert child.text.strip() == child.text
    return child.text


def breaches(root: Element) -> Iterator[str]:
    """What RFC 4287 forbids, section by section."""
    if root.tag != f"{ATOM}feed":
        yield "4.1.1: the root is atom:feed"
    entries = root.findall(f"{ATOM}entry")
    for owner in (root, *entries):
        identifier, moment = once(owner, "id"), once(owner, "updated")
        once(owner, "title")
        if not urlsplit(identifier).scheme:
            yield f"4.2.6: {identifier} is no IRI"
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", moment):
            yield f"3.3: {moment} is no date of RFC 3339"
        datetime.fromisoformat(moment)
        links = [
            (link.get("rel", "alternate"), link.get("type"), link.get("hreflang"))
            for link in owner.findall(f"{ATOM}link")
        ]
        if len(set(links)) != len(links):
            yield "4.1.1, 4.1.2: two links are alike"
        if any(not urlsplit(link.get("href", "")).netloc for link in owner.findall(f"{ATOM}link")):
            yield "4.2.7: a link has no address"
        if owner is not root and "alternate" not in {rel for rel, _type, _language in links}:
            yield "4.1.2: an entry without content links to its page"
        known = {"id", "title", "updated", "link", "author", "rights", "entry"}
        if {child.tag.removeprefix(ATOM) for child in owner} - known:
            yield "there are elements that are looked at nowhere here"
    if not root.findall(f"{ATOM}author") and any(not entry.findall(f"{ATOM}author") for entry in entries):
        yield "4.1.1: every entry has an author where the feed has none"
    for author in root.iter(f"{ATOM}author"):
        once(author, "name")
    identifiers = [once(entry, "id") for entry in entries]
    if len(set(identifiers)) != len(identifiers):
        yield "4.1.1: two entries have the same id"
    if "self" not in {link.get("rel") for link in root.findall(f"{ATOM}link")}:
        yield "4.1.1: a feed should say where it is"


@pytest.mark.usefixtures("synthetic")
def test_the_feed_keeps_the_rules() -> None:
    root = feed()
    assert len(root.findall(f"{ATOM}entry")) == 100
    assert list(breaches(root)) == []


def test_an_entry_keeps_its_id_for_good(award: Award, sample: Sample) -> None:
    """A reader tells by the id what it has shown already (4.2.6: permanent)."""
    by, until = sample.by("secretariat"), today() + timedelta(days=60)
    told: dict[str, str] = {}
    for n in range(30):
        another(sample, f"RU-2020-01-{n:04}-00", until)
        if n % 2:
            suspend_award(award=award, by=by, until=until, reason="Papers are missing.")
        elif n:
            reinstate_award(award=award, by=by, reason="They came.")
        found = {once(entry, "id"): once(entry, "title") for entry in feed().findall(f"{ATOM}entry")}
        assert {name: title for name, title in found.items() if name in told and told[name] != title} == {}
        told |= found
    root = feed()
    assert list(breaches(root)) == []
    mine = [name for name in told if award.number in name]
    assert len(mine) == 30  # one of the issuing, one of each act since


def places(path: str, root_name: str, item: str) -> list[str]:
    """The addresses in a sitemap or in the list of sitemaps, each by the rules of sitemaps.org."""
    answer = Client().get(path)
    assert answer.status_code == 200
    assert len(answer.content) <= 50 * 1024 * 1024
    root = fromstring(answer.content, forbid_dtd=True)
    assert root.tag == f"{SITEMAP}{root_name}"
    assert {child.tag for child in root} <= {f"{SITEMAP}{item}"}
    found = []
    for child in root:
        (place,) = child
        assert place.tag == f"{SITEMAP}loc"
        assert place.text is not None
        assert len(place.text) < 2048
        assert place.text.startswith(f"{settings.SITE_URL}/")
        found.append(place.text)
    assert len(found) == len(set(found)) <= 50_000
    assert len({urlsplit(place).netloc for place in found}) <= 1
    return found


@pytest.mark.usefixtures("synthetic")
def test_sitemaps_lead_to_every_page() -> None:
    robots = Client().get("/robots.txt").content.decode()
    (index,) = re.findall(rf"(?m)^Sitemap: ({settings.SITE_URL}/\S+)$", robots)
    maps = places(urlsplit(index).path, "sitemapindex", "sitemap")
    pages = [page for place in maps for page in places(urlsplit(place).path, "urlset", "url")]
    assert {urlsplit(page).netloc for page in (*pages, *maps, index)} == {urlsplit(index).netloc}
    numbers = set(Award.objects.values_list("number", flat=True))
    assert {page.split("/")[-2] for page in pages} >= numbers
    for page in pages[:8] + pages[-2:]:
        assert Client().get(urlsplit(page).path).status_code == 200, page


SCHEMA_ORG: dict[str, dict[str, str]] = {
    # https://schema.org/Certification, with what it has from CreativeWork and Thing
    "Certification": {
        "name": "Text", "certificationIdentification": "Text", "certificationStatus": "Url",
        "issuedBy": "Organization", "about": "Organization", "license": "Text", "validFrom": "Date",
        "expires": "Date", "url": "Url",
    },
    # https://schema.org/Dataset
    "Dataset": {
        "name": "Text", "description": "Text", "license": "Text", "dateModified": "Date",
        "isAccessibleForFree": "Boolean", "url": "Url",
    },
    # https://schema.org/Organization, https://schema.org/PostalAddress
    "Organization": {"name": "Text", "address": "PostalAddress"},
    "PostalAddress": {"addressCountry": "Country"},
}  # fmt: skip
"""The properties of schema.org that stand in our pages, with what they may hold."""


def misfits(described: dict[str, Any], kind: str) -> Iterator[str]:
    """What schema.org does not know of such a thing."""
    if described.get("@type") != kind:
        yield f"{described.get('@type')} is no {kind}"
    for name, value in described.items():
        if name.startswith("@"):
            continue
        wanted = SCHEMA_ORG[kind].get(name)
        fits = {
            "Text": isinstance(value, str) and bool(value),
            "Url": isinstance(value, str) and urlsplit(value).scheme in ("http", "https"),
            "Date": isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None,
            "Boolean": isinstance(value, bool),
            "Country": isinstance(value, str) and re.fullmatch("[A-Z]{2}", value) is not None,
        }
        if wanted is None:
            yield f"{kind} has no {name}"
        elif wanted in SCHEMA_ORG:
            yield from misfits(value, wanted)
        elif not fits[wanted]:
            yield f"{name} of {kind} is no {wanted}: {value!r}"


def described(path: str) -> dict[str, Any]:
    """The one description in a page."""
    page = Client().get(path).content.decode()
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    found: dict[str, Any] = json.loads(text)
    assert found["@context"] == "https://schema.org"
    assert found["@id"].startswith(f"{settings.SITE_URL}/")
    return found


def test_descriptions_are_of_schema_org(award: Award, sample: Sample) -> None:
    place = f"/register/{award.number}/"
    assert list(misfits(described("/register/"), "Dataset")) == []
    told = described(place)
    assert list(misfits(told, "Certification")) == []
    # https://schema.org/CertificationStatusEnumeration
    assert told["certificationStatus"] == "https://schema.org/CertificationActive"
    until = today() + timedelta(days=60)
    suspend_award(award=award, by=sample.by("secretariat"), until=until, reason="Papers are missing.")
    assert described(place)["certificationStatus"] == "https://schema.org/CertificationInactive"
    assert list(misfits({**told, "validUntil": "2020-01-01"}, "Certification"))
