"""`clustermark scheme …`: list, check, compare and convert schemes."""

import typer

app = typer.Typer(help="List, check, compare and convert schemes.", no_args_is_help=True)
