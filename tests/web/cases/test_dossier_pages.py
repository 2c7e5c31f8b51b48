from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from clustermark.web.seeding import Sample, sample_case
from tests.web.conftest import SignIn

PAGES = ("dossier", "dossier-problems", "dossier-seals", "tables", "evidence", "dossier-exchange")


def test_every_page_of_a_draft_opens_with_few_queries(
    sample: Sample, sign_in: SignIn, queries: Callable[[int], Any]
) -> None:
    case = sample_case(sample)
    client = sign_in(sample.people["manager"])
    code = "2.5"
    codes = [
        one.code
        for one in __import__("clustermark.web.cases.queries.schemes", fromlist=["x"])
        .scheme_of(case.edition)
        .document.indicators
    ]
    addresses = [reverse(name, args=[case.reference]) for name in PAGES]
    addresses += [reverse("indicator", args=[case.reference, code]) for code in codes]
    addresses += [reverse("indicator-records", args=[case.reference, codes[0]])]
    addresses += [
        reverse("table", args=[case.reference, "participants"]),
        reverse("row", args=[case.reference, "participants", 0]),
        reverse("row-new", args=[case.reference, "participants"]),
    ]
    addresses += [
        reverse("evidence-open", args=[case.reference, "E01"]),
        reverse("evidence-edit", args=[case.reference, "E01"]),
    ]
    addresses += [reverse("clusters"), reverse("cluster", args=[sample.cluster.reference])]
    for address in addresses:
        with queries(15):
            answer = client.get(address)
        assert answer.status_code in (200, 302), address
