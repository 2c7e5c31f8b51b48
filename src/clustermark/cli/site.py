"""`clustermark site`: the web platform's own commands.

Django is imported in the commands: everything else on the command line runs without it.
"""

from __future__ import annotations

import signal
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer

from clustermark.cli.django_start import call_django, start_django
from clustermark.cli.site_register import import_register, keys_app
from clustermark.cli.site_worker import worker_beside
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _

CONNECTIONS = 1000
QUIET = 30
"""Seconds after which a connection that says nothing is closed."""

app = typer.Typer(name="site", help="Serve the web platform and look after it.", no_args_is_help=True)


@app.command()
def migrate() -> None:
    """Bring the database to the shape that this version needs."""
    start_django()
    call_django("migrate", interactive=False, verbosity=0)
    typer.echo(_("The database is up to date."))


@app.command()
def serve(
    address: Annotated[str, typer.Option(help="Where to listen, HOST:PORT.")] = "127.0.0.1:8000",
    threads: Annotated[int, typer.Option(help="Requests answered at the same time.", min=1)] = 8,
    worker: Annotated[
        bool,
        typer.Option(
            help="Also run the worker that sends mails, makes reports and does the work of every day."
        ),
    ] = True,
) -> None:
    """Bring the database up to date and serve the site until Ctrl+C."""
    start_django()
    from django.conf import settings  # noqa: PLC0415 - as above
    from waitress import serve as listen  # noqa: PLC0415 - as above

    call_django("migrate", interactive=False, verbosity=0)
    if not settings.DEBUG:
        call_django("collectstatic", interactive=False, verbosity=0)
    from clustermark.web.wsgi import application  # noqa: PLC0415 - reads the files that were just collected

    # whoever stops a service sends SIGTERM: end as Ctrl+C does, with the worker
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
    # a page that asks the database waits for its turn after each question; the usual 5 ms add up
    sys.setswitchinterval(0.0005)
    with worker_beside() if worker else nullcontext():
        typer.echo(_("Serving on http://{address} until Ctrl+C.").format(address=address))
        listen(
            application,
            listen=address,
            threads=threads,
            ident=None,
            # connections that say nothing cost little and must not keep others out
            connection_limit=CONNECTIONS,
            channel_timeout=QUIET,
            asyncore_use_poll=True,
            **_behind(settings.PROXY),
        )


def _behind(proxy: str) -> dict[str, Any]:
    """How the server takes what a proxy says of who asked and how; without one such words are dropped."""
    if not proxy:
        return {"clear_untrusted_proxy_headers": True}
    return {
        "trusted_proxy": proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        "clear_untrusted_proxy_headers": True,
    }


@app.command("create-admin")
def create_admin(
    email: Annotated[str, typer.Argument(help="Mail address to sign in with.")],
    name: Annotated[str, typer.Option(help="Name of the person.")],
    organisation: Annotated[str, typer.Option(help="The body that runs the label.")],
    country: Annotated[str, typer.Option(help="Its country, two letters.")],
) -> None:
    """Make the first administrator; the password is asked for."""
    password = typer.prompt(_("Password"), hide_input=True, confirmation_prompt=True)
    start_django()
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


app.add_typer(keys_app, name="keys")
app.command("import-register")(import_register)


@app.command()
def seed(
    dossier: Annotated[Path, typer.Argument(help="The sample dossier: a folder, zip or workbook.")],
) -> None:
    """Fill an empty site with invented people and live cases of the sample dossier; for one machine only."""
    start_django()
    from django.conf import settings  # noqa: PLC0415 - as above

    from clustermark.web.accounts.models import Grant, User  # noqa: PLC0415 - as above
    from clustermark.web.seeding import PASSWORD, PEOPLE, TOTP_SECRET, address, seed_cases  # noqa: PLC0415 - as above

    if not settings.DEBUG:
        message = _("The sample is for development sites only: its password is public.")
        raise ProblemsError([Problem("not-for-production", message, Place("seed"))])
    call_django("migrate", interactive=False, verbosity=0)
    if User.objects.exists():
        typer.echo(_("The site has people already; nothing was changed."))
    else:
        seed_cases(dossier)
    typer.echo(_("Everybody on this site is invented. Sign in with:"))
    for login, name, role, _body, _country in PEOPLE:
        typer.echo(f"  {address(login):42} {name:20} {Grant.Role(role).label}")
    typer.echo(_("Password of all: {password}").format(password=PASSWORD))
    typer.echo(_("Second factor (secret for an authenticator app): {secret}").format(secret=TOTP_SECRET))
    typer.echo(_("Or sign in by a button: {url}").format(url=f"{settings.SITE_URL}/dev/people/"))
