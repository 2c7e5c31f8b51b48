"""`clustermark certificate …`: keys, issuing, and the state of what was issued."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clustermark.cli.assess import LanguageChoice, LanguageOption
from clustermark.cli.files import may_write, read_text, write_file, write_private
from clustermark.cli.output import say
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import use_language

if TYPE_CHECKING:
    from clustermark.certificates.signer import Signer
    from clustermark.certificates.status_file import State

app = typer.Typer(help="Make keys, issue certificates, withdraw them.", no_args_is_help=True)
keys_app = typer.Typer(help="Make, replace and withdraw the keys of an issuer.", no_args_is_help=True)
app.add_typer(keys_app, name="keys")

PASSPHRASE = "CLUSTERMARK_PASSPHRASE"  # noqa: S105 - the name of a variable, not a secret
PIN = "CLUSTERMARK_PIN"

KeysOption = Annotated[
    Path,
    typer.Option(
        "--keys",
        help=f"File of keys, opened by {PASSPHRASE} or a question; or a token file ({PIN}) or signer file.",
    ),
]
DocumentOption = Annotated[
    Path, typer.Option("--key-document", help="The issuer's public key document (did.json).")
]
StatusOption = Annotated[Path, typer.Option("--status", help="File with the states of all certificates.")]
NumberArgument = Annotated[str, typer.Argument(help="Number of the certificate.")]


IssuerOption = Annotated[
    Path, typer.Option("--issuer", help="Who issues: JSON with id (did:web), name, website, check_address.")
]
NameOption = Annotated[
    str | None, typer.Option("--name", help="Name of the keys; today's date if not given.")
]


@keys_app.command("new")
def new_keys(
    keys: Annotated[Path, typer.Argument(help="File of keys to write; must not exist.")],
    issuer: IssuerOption,
    key_document: DocumentOption,
    name: NameOption = None,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Make new keys, encrypted by a passphrase. Keys that the key document holds already sign nothing from now on."""
    from clustermark.certificates.keys import new_keys as make  # noqa: PLC0415 - loads cryptography
    from clustermark.certificates.keys import open_signer, read_issuer  # noqa: PLC0415 - as above

    with use_language(lang.value):
        may_write(keys)
        stated = read_issuer(read_text(issuer), file=str(issuer))
        now = datetime.now(UTC).replace(microsecond=0)
        passphrase = _passphrase(confirm=True)
        made = make(stated, key=name or now.strftime("%Y-%m-%d"), passphrase=passphrase, at=now)
        text = made.model_dump_json(indent=2) + "\n"
        _publish(keys, text, open_signer(text, file=str(keys), passphrase=passphrase), key_document, now)


@keys_app.command("token")
def token_keys(
    keys: Annotated[Path, typer.Argument(help="Token file to write; must not exist.")],
    issuer: IssuerOption,
    key_document: DocumentOption,
    module: Annotated[
        str, typer.Option("--module", help="The PKCS#11 module of the token: a shared library.")
    ],
    token: Annotated[str, typer.Option("--token", help="Label of the token.")],
    credential_key: Annotated[
        str, typer.Option("--credential-key", help="Label of its Ed25519 key, for credentials.")
    ],
    document_key: Annotated[
        str, typer.Option("--document-key", help="Label of its ECDSA key over P-256, for PDFs.")
    ],
    name: NameOption = None,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Take keys that were made in a security token (PKCS#11); CLUSTERMARK_PIN opens it. Older keys sign no more."""
    from clustermark.certificates.keys import open_signer, read_issuer  # noqa: PLC0415 - loads cryptography
    from clustermark.certificates.token import open_token, token_file  # noqa: PLC0415 - as above

    with use_language(lang.value):
        may_write(keys)
        stated = read_issuer(read_text(issuer), file=str(issuer))
        now = datetime.now(UTC).replace(microsecond=0)
        pin = _pin()
        made = token_file(
            open_token(module, token, pin=pin),
            stated,
            key=name or now.strftime("%Y-%m-%d"),
            credential_key=credential_key,
            document_key=document_key,
            at=now,
        )
        text = made.model_dump_json(indent=2) + "\n"
        signer = open_signer(text, file=str(keys), pin=pin)
        # both keys sign once before anybody relies on them
        signer.sign_credential(text.encode())
        signer.sign_document(text.encode())
        _publish(keys, text, signer, key_document, now)


def _publish(keys: Path, text: str, signer: Signer, key_document: Path, now: datetime) -> None:
    """Write the file of keys and the key document in which they follow those before them."""
    from clustermark.certificates.did import KeyDocument, read_key_document  # noqa: PLC0415 - loads cryptography

    issuer, public = signer.issuer.id, signer.keys()
    known = KeyDocument(issuer, ())
    if key_document.exists():
        known = read_key_document(read_text(key_document), file=str(key_document))
    if known.issuer != issuer:
        message = _("The key document belongs to another issuer.")
        raise ProblemsError([Problem("issuer-differs", message, Place(str(key_document)), known.issuer)])
    if any(known.key(key.id) for key in public):
        message = _("The key document has keys of this name already.")
        raise ProblemsError([Problem("key-exists", message, Place(str(key_document)), public[0].id)])
    write_private(keys, text)
    write_file(key_document, known.rotated(public, at=now).to_json())
    say(_("Written: {path}").format(path=keys))
    say(_("Written: {path}. Publish it at the address of {issuer}.").format(path=key_document, issuer=issuer))


@keys_app.command("withdraw")
def withdraw_key(
    key: Annotated[str, typer.Argument(help="Id of the key, as it stands in the key document.")],
    key_document: DocumentOption,
    since: Annotated[
        datetime,
        typer.Option("--since", formats=["%Y-%m-%d"], help="Nothing signed from this day on is believed."),
    ],
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Withdraw a key that was lost or stolen, from a day on; the certificate of its PDF signatures with it."""
    from clustermark.certificates.did import read_key_document  # noqa: PLC0415 - commands load what they need

    with use_language(lang.value):
        known = read_key_document(read_text(key_document), file=str(key_document))
        write_file(key_document, known.withdrawn(key, since=since.replace(tzinfo=UTC)).to_json())
        say(_("Written: {path}").format(path=key_document))


@app.command("issue")
def issue_certificate(
    record: Annotated[Path, typer.Argument(metavar="RECORD", help="A sealed decision record (JSON).")],
    keys: KeysOption,
    status: StatusOption,
    out: Annotated[Path, typer.Option("--out", help="Folder for NUMBER.pdf, NUMBER.jwt and NUMBER.svg.")],
    lang: LanguageOption = LanguageChoice.en,
    second: Annotated[
        LanguageChoice | None, typer.Option("--second", help="Second language of the page.")
    ] = None,
    time_stamp: Annotated[
        str | None,
        typer.Option("--time-stamp", help="Address of an RFC 3161 time stamping authority; best effort."),
    ] = None,
) -> None:
    """Issue a certificate: a signed PDF, its credential (Open Badge 3.0) and a badge."""
    from clustermark.certificates.badge import badge_svg  # noqa: PLC0415 - commands load what they need
    from clustermark.certificates.issuing import issue  # noqa: PLC0415 - loads typst and pyHanko
    from clustermark.certificates.record import read_record  # noqa: PLC0415 - as above
    from clustermark.certificates.signing import authority  # noqa: PLC0415 - as above
    from clustermark.certificates.status_file import read_status_file  # noqa: PLC0415 - as above

    with use_language(lang.value):
        sealed = read_record(read_text(record), file=str(record))
        states = read_status_file(read_text(status), file=str(status)).with_new(sealed.number)
        targets = [out / f"{sealed.number}{suffix}" for suffix in (".pdf", ".jwt", ".svg")]
        for target in targets:
            may_write(target)
        issued = issue(
            sealed,
            open_keys(keys),
            status=states.place(sealed.number),
            issued_at=datetime.now(UTC).replace(microsecond=0),
            languages=tuple(dict.fromkeys(choice.value for choice in (lang, second) if choice is not None)),
            timestamper=authority(time_stamp) if time_stamp else None,
        )
        # the state first: a certificate without a place in the lists must not exist
        write_file(status, states.to_json())
        contents = (issued.pdf, issued.token.encode(), badge_svg(sealed, language=lang.value).encode())
        for target, content in zip(targets, contents, strict=True):
            write_file(target, content)
            say(_("Written: {path}").format(path=target))
        if time_stamp and not issued.stamped:
            say(_("The authority gave no time stamp; the certificate was issued without one."))


@app.command("withdraw")
def withdraw(number: NumberArgument, status: StatusOption, lang: LanguageOption = LanguageChoice.en) -> None:
    """Withdraw a certificate for good. Publish the lists anew afterwards."""
    _set_state(number, status, "revoked", lang)


@app.command("suspend")
def suspend(number: NumberArgument, status: StatusOption, lang: LanguageOption = LanguageChoice.en) -> None:
    """Suspend a certificate until it is reinstated. Publish the lists anew afterwards."""
    _set_state(number, status, "suspended", lang)


@app.command("reinstate")
def reinstate(number: NumberArgument, status: StatusOption, lang: LanguageOption = LanguageChoice.en) -> None:
    """End the suspension of a certificate. Publish the lists anew afterwards."""
    _set_state(number, status, "valid", lang)


@app.command("publish")
def publish(
    status: StatusOption,
    keys: KeysOption,
    out: Annotated[Path, typer.Option("--out", help="Folder for revocation.jwt and suspension.jwt.")],
    hours: Annotated[int, typer.Option(min=1, max=24 * 90, help="Hours for which the lists are good.")] = 24,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Write both status lists, signed, to be served at the addresses that the file of states names."""
    from datetime import timedelta  # noqa: PLC0415 - only here

    from clustermark.certificates.status import status_list_token  # noqa: PLC0415 - commands load what they need
    from clustermark.certificates.status_file import read_status_file  # noqa: PLC0415 - as above

    with use_language(lang.value):
        states = read_status_file(read_text(status), file=str(status))
        signer, now = open_keys(keys), datetime.now(UTC)
        for marks in states.lists():
            target = out / f"{marks.purpose}.jwt"
            may_write(target, force=True)
            write_file(target, status_list_token(marks, signer, issued_at=now, life=timedelta(hours=hours)))
            say(_("Written: {path}. Serve it at {address}.").format(path=target, address=marks.address))


def _set_state(number: str, status: Path, state: State, lang: LanguageChoice) -> None:
    from clustermark.certificates.status_file import read_status_file  # noqa: PLC0415 - commands load what they need

    with use_language(lang.value):
        states = read_status_file(read_text(status), file=str(status)).with_state(number, state)
        write_file(status, states.to_json())
        say(_("Written: {path}").format(path=status))


def open_keys(path: Path) -> Signer:
    """The signer in a file of keys, a token file or a signer file, opened by what it wants. Raises ProblemsError."""
    from clustermark.certificates.keys import open_signer, secret_of  # noqa: PLC0415 - loads cryptography

    text = read_text(path)
    wanted = secret_of(text)
    return open_signer(
        text,
        file=str(path),
        passphrase=_passphrase(confirm=False) if wanted == "passphrase" else None,
        pin=_pin() if wanted == "pin" else None,
    )


def _pin() -> str:
    stated = os.environ.get(PIN)
    if stated is not None:
        return stated
    asked: str = typer.prompt(_("PIN of the security token"), hide_input=True, err=True)
    return asked


def _passphrase(*, confirm: bool) -> str:
    stated = os.environ.get(PASSPHRASE)
    if stated is not None:
        return stated
    asked: str = typer.prompt(
        _("Passphrase of the keys"), hide_input=True, confirmation_prompt=confirm, err=True
    )
    return asked
