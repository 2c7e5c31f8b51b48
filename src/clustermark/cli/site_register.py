"""`clustermark site keys …` and `clustermark site import-register`: what the operator does to the public register."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from clustermark.cli.django_start import start_django
from clustermark.cli.files import read_text
from clustermark.ground.texts import gettext as _

keys_app = typer.Typer(help="The keys that certificates are signed with.", no_args_is_help=True)


@keys_app.command("new")
def new_keys(
    issuer: Annotated[str, typer.Option(help="Name of the body that issues, in English.")],
    name: Annotated[
        str | None, typer.Option("--name", help="Name of the keys; today's date if not given.")
    ] = None,
) -> None:
    """Make keys in HOME/keys, in use from now on; CLUSTERMARK_PASSPHRASE opens them, here and when the site signs."""
    start_django()
    from django.conf import settings  # noqa: PLC0415 - only the commands of the site need it
    from django.utils import timezone  # noqa: PLC0415 - only the commands of the site need it

    from clustermark.web.register.domain.keys import make_keys  # noqa: PLC0415 - only the commands of the site need it
    from clustermark.web.register.queries.signing import issuer_of_site  # noqa: PLC0415 - only the commands of the site need it

    now = timezone.now().replace(microsecond=0)
    path = make_keys(
        issuer=issuer_of_site({"en": issuer}),
        name=name or now.strftime("%Y-%m-%d"),
        passphrase=settings.KEY_PASSPHRASE,
        now=now,
    )
    typer.echo(_("Written: {path}").format(path=path))


@keys_app.command("use")
def use_keys(
    file: Annotated[
        Path,
        typer.Argument(help="Token file (CLUSTERMARK_PIN), signer file, or file of keys made elsewhere."),
    ],
) -> None:
    """Sign with keys that are in a security token, behind a program, or in another file, from now on."""
    start_django()
    from django.conf import settings  # noqa: PLC0415 - only the commands of the site need it
    from django.utils import timezone  # noqa: PLC0415 - only the commands of the site need it

    from clustermark.web.register.domain.keys import use_keys as use  # noqa: PLC0415 - only the commands of the site need it

    path = use(
        text=read_text(file),
        file=str(file),
        passphrase=settings.KEY_PASSPHRASE,
        pin=settings.KEY_PIN,
        now=timezone.now().replace(microsecond=0),
    )
    typer.echo(_("Written: {path}").format(path=path))


@keys_app.command("withdraw")
def withdraw_key(
    key: Annotated[str, typer.Argument(help="Id of the key, as it stands in the key document.")],
    since: Annotated[
        datetime,
        typer.Option("--since", formats=["%Y-%m-%d"], help="Nothing signed from this day on is believed."),
    ],
) -> None:
    """Withdraw a key that was lost or stolen, from a day on; the certificate of its PDF signatures with it."""
    start_django()
    from django.utils import timezone  # noqa: PLC0415 - only the commands of the site need it

    from clustermark.web.register.domain.keys import withdraw_key as withdraw  # noqa: PLC0415 - only the commands of the site need it

    withdraw(key=key, since=since.replace(tzinfo=UTC), now=timezone.now().replace(microsecond=0))
    typer.echo(_("The key document names the key as withdrawn."))


def import_register(
    file: Annotated[
        Path, typer.Argument(help="A register (JSON), or a list (CSV, XLSX) that no owner endorsed.")
    ],
) -> None:
    """Enter a whole register, such as a sample; a list goes in without the rows that may be there already."""
    start_django()
    from clustermark.register.entries import read_register  # noqa: PLC0415 - only the commands of the site need it
    from clustermark.register.importing import enter, read_list  # noqa: PLC0415 - only the commands of the site need it
    from clustermark.web.register.domain.importing import enter_register  # noqa: PLC0415 - only the commands of the site need it
    from clustermark.web.register.queries.whole import register_of  # noqa: PLC0415 - only the commands of the site need it

    if file.suffix == ".json":
        register = read_register(file.read_bytes(), file=str(file))
    else:
        empty = register_of(str(file), [], []).model_copy(update={"official": False})
        register = enter(empty, read_list(file, mark="unofficial"), duplicates="skip")
    done = enter_register(register=register, file=str(file))
    typer.echo(_("Certificates entered: {n}.").format(n=done.certificates))
