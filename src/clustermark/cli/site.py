"""`clustermark site` and `clustermark worker`: the web platform's own commands.

Django is imported in the commands: everything else on the command line runs without it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _

app = typer.Typer(name="site", help="Serve the web platform and look after it.", no_args_is_help=True)


def _django() -> None:
    import django  # noqa: PLC0415 - only the commands of the site need it

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clustermark.web.settings")
    django.setup()


def _call(command: str, **options: Any) -> None:
    from django.core.management import call_command  # noqa: PLC0415 - as above

    call_command(command, **options)


@app.command()
def migrate() -> None:
    """Bring the database to the shape that this version needs."""
    _django()
    _call("migrate", interactive=False, verbosity=0)
    typer.echo(_("The database is up to date."))


@app.command()
def serve(
    address: Annotated[str, typer.Option(help="Where to listen, HOST:PORT.")] = "127.0.0.1:8000",
    threads: Annotated[int, typer.Option(help="Requests answered at the same time.", min=1)] = 8,
    worker: Annotated[
        bool, typer.Option(help="Also run the worker that sends mails and makes reports.")
    ] = True,
) -> None:
    """Bring the database up to date and serve the site until Ctrl+C."""
    _django()
    from django.conf import settings  # noqa: PLC0415 - as above
    from waitress import serve as listen  # noqa: PLC0415 - as above

    _call("migrate", interactive=False, verbosity=0)
    if not settings.DEBUG:
        _call("collectstatic", interactive=False, verbosity=0)
    from clustermark.web.wsgi import application  # noqa: PLC0415 - reads the files that were just collected

    helper = subprocess.Popen([sys.executable, "-m", "clustermark.cli.app", "worker"]) if worker else None
    typer.echo(_("Serving on http://{address} until Ctrl+C.").format(address=address))
    try:
        listen(application, listen=address, threads=threads, ident=None)
    finally:
        if helper is not None:
            helper.terminate()
            helper.wait()


@app.command("create-admin")
def create_admin(
    email: Annotated[str, typer.Argument(help="Mail address to sign in with.")],
    name: Annotated[str, typer.Option(help="Name of the person.")],
    organisation: Annotated[str, typer.Option(help="The body that runs the label.")],
    country: Annotated[str, typer.Option(help="Its country, two letters.")],
) -> None:
    """Make the first administrator; the password is asked for."""
    password = typer.prompt(_("Password"), hide_input=True, confirmation_prompt=True)
    _django()
    from django.contrib.auth.password_validation import validate_password  # noqa: PLC0415 - as above
    from django.core.exceptions import ValidationError  # noqa: PLC0415 - as above
    from django.db import transaction  # noqa: PLC0415 - as above

    from clustermark.web.accounts.domain.grants import grant_role  # noqa: PLC0415 - as above
    from clustermark.web.accounts.domain.people import create_person  # noqa: PLC0415 - as above
    from clustermark.web.accounts.models import Grant, Organisation  # noqa: PLC0415 - as above

    try:
        with transaction.atomic():
            validate_password(password)
            person = create_person(email=email, name=name, password=password, country=country.upper())
            body, _made = Organisation.objects.get_or_create(
                kind=Organisation.Kind.SECRETARIAT, name=organisation, country=country.upper()
            )
            grant_role(user=person, role=Grant.Role.ADMIN, organisation=body, actor=None, actor_role="system")
    except ValidationError as error:
        place = Place("create-admin")
        raise ProblemsError(
            [Problem("account-refused", message, place) for message in error.messages]
        ) from None
    typer.echo(_("{name} can sign in and is asked to set up a second factor.").format(name=name))


keys_app = typer.Typer(help="The keys that certificates are signed with.", no_args_is_help=True)
app.add_typer(keys_app, name="keys")


@keys_app.command("new")
def new_keys(
    issuer: Annotated[str, typer.Option(help="Name of the body that issues, in English.")],
    name: Annotated[
        str | None, typer.Option("--name", help="Name of the keys; today's date if not given.")
    ] = None,
) -> None:
    """Make keys in HOME/keys, in use from now on; CLUSTERMARK_PASSPHRASE opens them, here and when the site signs."""
    _django()
    from django.conf import settings  # noqa: PLC0415 - as above
    from django.utils import timezone  # noqa: PLC0415 - as above

    from clustermark.web.register.domain.keys import make_keys  # noqa: PLC0415 - as above
    from clustermark.web.register.queries.signing import issuer_of_site  # noqa: PLC0415 - as above

    now = timezone.now().replace(microsecond=0)
    path = make_keys(
        issuer=issuer_of_site({"en": issuer}),
        name=name or now.strftime("%Y-%m-%d"),
        passphrase=settings.KEY_PASSPHRASE,
        now=now,
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
    _django()
    from django.utils import timezone  # noqa: PLC0415 - as above

    from clustermark.web.register.domain.keys import withdraw_key as withdraw  # noqa: PLC0415 - as above

    withdraw(key=key, since=since.replace(tzinfo=UTC), now=timezone.now().replace(microsecond=0))
    typer.echo(_("The key document names the key as withdrawn."))


@app.command("import-register")
def import_register(
    file: Annotated[
        Path, typer.Argument(help="A register (JSON), or a list (CSV, XLSX) that no owner endorsed.")
    ],
) -> None:
    """Enter a whole register, such as a sample; a list goes in without the rows that may be there already."""
    _django()
    from clustermark.register.entries import read_register  # noqa: PLC0415 - as above
    from clustermark.register.importing import enter, read_list  # noqa: PLC0415 - as above
    from clustermark.web.register.domain.importing import enter_register  # noqa: PLC0415 - as above
    from clustermark.web.register.queries.whole import register_of  # noqa: PLC0415 - as above

    if file.suffix == ".json":
        register = read_register(file.read_bytes(), file=str(file))
    else:
        empty = register_of(str(file), [], []).model_copy(update={"official": False})
        register = enter(empty, read_list(file, mark="unofficial"), duplicates="skip")
    done = enter_register(register=register, file=str(file))
    typer.echo(_("Certificates entered: {n}.").format(n=done.certificates))


@app.command()
def tidy() -> None:
    """What is due every night: data of people whose day has come, sessions that are over, reminders of holders."""
    _django()
    from django.utils import timezone  # noqa: PLC0415 - as above

    from clustermark.web.accounts.domain.erasure import erase_due  # noqa: PLC0415 - as above
    from clustermark.web.register.domain.reminding import remind_holders  # noqa: PLC0415 - as above

    _call("clearsessions")
    gone = erase_due(timezone.localdate())
    reminded = remind_holders(timezone.localdate())
    typer.echo(_("Erased people: {n}.").format(n=gone))
    typer.echo(_("Holders reminded: {n}.").format(n=reminded))


def worker(
    until_empty: Annotated[bool, typer.Option(help="End when no job is left.")] = False,
) -> None:
    """Run the jobs of the site (mails, reports, reminders) until Ctrl+C."""
    _django()
    _call("db_worker", batch=until_empty, interval=1, verbosity=1, startup_delay=False)
