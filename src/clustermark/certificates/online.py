"""Checking a certificate online: key document and status lists are fetched from the issuer, then `verify` decides."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from clustermark.certificates import jws
from clustermark.certificates.bounded import inspect_bounded
from clustermark.certificates.did import MAX_DOCUMENT, KeyDocument, document_address, read_key_document
from clustermark.certificates.fetching import FetchError, fetch
from clustermark.certificates.pdf_reading import PdfFindings
from clustermark.certificates.verdict import Verdict
from clustermark.certificates.verify import claimed_credential, status_addresses, verify
from clustermark.ground.problems import ProblemsError

Fetch = Callable[[str], bytes]


def verify_online(
    data: bytes,
    *,
    documents: Sequence[KeyDocument] = (),
    status_lists: Sequence[str] = (),
    now: datetime,
    trusted: Collection[str] | None = None,
    get: Fetch = fetch,
    inspect: Callable[[bytes], PdfFindings] = inspect_bounded,
) -> Verdict:
    """As `verify`, with what is missing fetched from the issuer that the credential names.

    A document that was fetched makes nobody trusted: without `trusted` or a saved document the verdict leaves open
    whether this issuer may award the label. Status lists are asked for only when the credential's signature holds.
    """
    given = {document.issuer for document in documents} if trusted is None else set(trusted)
    text, findings = claimed_credential(data, inspect)

    def examine(known: Sequence[KeyDocument], lists: Sequence[str]) -> Verdict:
        return verify(
            data,
            documents=known,
            status_lists=lists,
            now=now,
            trusted=given,
            inspect=lambda _data: findings or inspect(_data),
        )

    try:
        token = jws.read(text or "")
    except jws.TokenError:
        return examine(documents, status_lists)
    known = [*documents, *_fetched_document(token, documents, get)]
    first = examine(known, status_lists)
    if first.award is None:
        return first
    missing = {check.name for check in first.unchecked}
    addresses = [place for purpose, place in status_addresses(token.payload).items() if purpose in missing]
    return examine(known, [*status_lists, *_fetched_lists(addresses, get)])


def _fetched_document(token: jws.Token, documents: Sequence[KeyDocument], get: Fetch) -> list[KeyDocument]:
    issuer = token.payload.get("iss")
    if not isinstance(issuer, str) or any(document.issuer == issuer for document in documents):
        return []
    try:
        body = get(document_address(issuer))
        if len(body) > MAX_DOCUMENT:
            return []
        found = read_key_document(body.decode("utf-8"), file=issuer)
    except (FetchError, ProblemsError, ValueError):
        return []
    return [found] if found.issuer == issuer else []


def _fetched_lists(addresses: Sequence[str], get: Fetch) -> list[str]:
    found = []
    for address in addresses:
        try:
            found.append(get(address).decode("ascii"))
        except (FetchError, ValueError):
            continue
    return found
