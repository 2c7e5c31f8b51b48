"""The keys that sign: made, replaced, withdrawn.

The private ones stay in an encrypted file in HOME/keys, or elsewhere: in a security token, or behind a program.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings

from clustermark.certificates.did import KeyDocument
from clustermark.certificates.keys import new_keys, open_signer
from clustermark.certificates.signer import Issuer, Signer
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.web.log.writing import write
from clustermark.web.register.domain.recording import recording
from clustermark.web.register.models import IssuerKeys
from clustermark.web.register.queries.signing import issuer_of_site, key_document, keys_in_use


def make_keys(*, issuer: Issuer, name: str, passphrase: str, now: datetime) -> Path:
    """New keys in HOME/keys, in use from now on; older ones sign nothing more, and what they signed stays good.

    Raises ProblemsError for a short passphrase, a name that is taken, or another issuer than before.
    """
    text = new_keys(issuer, key=name, passphrase=passphrase, at=now).model_dump_json(indent=2) + "\n"
    return _take(text, open_signer(text, file=name, passphrase=passphrase), now)


def use_keys(*, text: str, file: str, passphrase: str, pin: str, now: datetime) -> Path:
    """Keys of a file that was made elsewhere (keys, security token or program), in use from now on as by `make_keys`.

    Each key signs once before. Raises ProblemsError when one does not, for another issuer than this site is, and for a
    name that is taken.
    """
    used = open_signer(text, file=file, passphrase=passphrase, pin=pin)
    site = issuer_of_site(used.issuer.name)
    if used.issuer != site:
        message = _("These keys belong to another issuer than this site.")
        found, allowed = (f"{one.id}, {one.website}, {one.check_address}" for one in (used.issuer, site))
        raise ProblemsError([Problem("issuer-differs", message, Place(file, field="issuer"), found, allowed)])
    used.sign_credential(text.encode())
    used.sign_document(text.encode())
    return _take(text, used, now)


def _take(text: str, used: Signer, now: datetime) -> Path:
    """Keep the file of keys, and publish what is public of them."""
    known = key_document() or KeyDocument(used.issuer.id, ())
    if known.issuer != used.issuer.id:
        message = _("The key document belongs to another issuer.")
        raise ProblemsError([Problem("issuer-differs", message, Place("keys"), known.issuer)])
    public, name = used.keys(), used.key_id.partition("#")[2]
    folder = Path(settings.HOME) / "keys"
    path = folder / f"{name}.json"
    if path.exists() or any(known.key(key.id) for key in public):
        message = _("There are keys of this name already.")
        raise ProblemsError([Problem("key-exists", message, Place("keys", field=name), name)])
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")
    _publish(known.rotated(public, at=now), file=path.name, act="keys_made", now=now, key=public[0].id)
    return path


def withdraw_key(*, key: str, since: datetime, now: datetime) -> None:
    """Believe nothing that this key signed from `since` on, nor its PDF signatures. Raises ProblemsError."""
    row, known = keys_in_use(), key_document()
    if row is None or known is None:
        message = _("There are no keys to sign with; `clustermark site keys` makes them.")
        raise ProblemsError([Problem("keys-missing", message, Place("keys"))])
    _publish(known.withdrawn(key, since=since), file=row.file, act="key_withdrawn", now=now, key=key)


def _publish(document: KeyDocument, *, file: str, act: str, now: datetime, key: str) -> None:
    with recording():
        IssuerKeys.objects.create(file=file, document=document.to_json(), changed_at=now)
        write(actor=None, role="operator", act=act, subject="register:keys", facts={"key": key})
