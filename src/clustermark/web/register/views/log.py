"""The public log: checkpoint, entries, proofs. Nobody has to believe the register: these can be checked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clustermark.ground.problems import ProblemsError
from clustermark.transparency.checkpoint import Checkpoint, sign_checkpoint
from clustermark.transparency.log import prove_consistency, prove_inclusion
from clustermark.web.register.caching import public
from clustermark.web.register.models import LeafEntry
from clustermark.web.register.queries.signing import log_key, signer
from clustermark.web.register.queries.whole import log_tree, marks, notice_of

MOST_ENTRIES = 1000
TEXT = "text/plain; charset=utf-8"


@require_safe
@public()
def transparency(request: HttpRequest) -> HttpResponseBase:
    """What the log is, and how it is checked."""
    tree = log_tree()
    try:
        key = str(log_key(signer()))
    except ProblemsError:
        key = ""
    context = {"size": len(tree), "root": tree.root().hex(), "key": key, "notice": notice_of(marks())}
    return render(request, "register/transparency.html", context)


@require_safe
@public(frame=False, seconds=10)
def checkpoint(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001 - Django hands it over
    """Size and root of the log, signed (C2SP tlog-checkpoint)."""
    try:
        used = signer()
    except ProblemsError as error:
        return HttpResponse(str(error), status=503, content_type=TEXT)
    key, tree = log_key(used), log_tree()
    note = sign_checkpoint(Checkpoint(key.name, len(tree), tree.root()), key, used.sign_credential)
    return HttpResponse(note, content_type=TEXT)


@require_safe
@public(frame=False)
def public_key(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001 - Django hands it over
    """The key that checkpoints are signed with (C2SP signed-note verifier key)."""
    try:
        return HttpResponse(f"{log_key(signer())}\n", content_type=TEXT)
    except ProblemsError as error:
        return HttpResponse(str(error), status=503, content_type=TEXT)


@require_safe
@public(frame=False, seconds=10)
def entries(request: HttpRequest) -> HttpResponseBase:
    """Entries from `start` (0) on, at most 1,000 at once, one a line as they are hashed."""
    start, count = _number(request, "start", 0), _number(request, "count", MOST_ENTRIES)
    if start is None or count is None:
        return _refused()
    rows = LeafEntry.objects.filter(index__gte=start).order_by("index").values_list("entry", flat=True)
    lines = "".join(f"{entry}\n" for entry in rows[: min(count, MOST_ENTRIES)])
    return HttpResponse(lines, content_type="application/jsonl")


@require_safe
@public(frame=False, seconds=10)
def inclusion(request: HttpRequest) -> HttpResponseBase:
    """The proof that the entry `index` is in the log of `size` entries."""
    tree = log_tree()
    index, size = _number(request, "index", None), _number(request, "size", len(tree))
    if index is None or size is None or not 0 <= index < size <= len(tree):
        return _refused()
    return _json(prove_inclusion(tree, index, size).model_dump_json(indent=2))


@require_safe
@public(frame=False, seconds=10)
def consistency(request: HttpRequest) -> HttpResponseBase:
    """The proof that the log of `later` entries begins with the log of `earlier` ones."""
    tree = log_tree()
    earlier, later = _number(request, "earlier", None), _number(request, "later", len(tree))
    if earlier is None or later is None or not 0 <= earlier <= later <= len(tree):
        return _refused()
    return _json(prove_consistency(tree, earlier, later).model_dump_json(indent=2))


def _number(request: HttpRequest, name: str, default: int | None) -> int | None:
    text = request.GET.get(name)
    if text is None:
        return default
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _json(text: str) -> HttpResponse:
    return HttpResponse(text + "\n", content_type="application/json")


def _refused() -> HttpResponse:
    text = _("The log has no such entries; whole numbers within its size are allowed.")
    return HttpResponse(text + "\n", status=422, content_type=TEXT)
