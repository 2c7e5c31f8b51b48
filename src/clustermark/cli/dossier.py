"""`clustermark dossier …`: start, check, convert and freeze dossiers."""

import typer

app = typer.Typer(help="Start, check, convert and freeze dossiers.", no_args_is_help=True)
