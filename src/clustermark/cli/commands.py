"""The commands by name, each imported and built when it is called: all of them cost a tenth of a short one."""

from __future__ import annotations

from collections import UserDict
from importlib import import_module
from typing import Any

import typer.main
from typer.core import TyperGroup

HOMES = {
    "assess": "assess",
    "explain": "assess",
    "audit": "audit",
    "improve": "improve",
    "benchmark": "benchmark",
    "robustness": "robustness",
    "agreement": "agreement",
    "composite": "composite",
    "demo-data": "demo_data",
    "scheme": "scheme",
    "dossier": "dossier",
}
"""Command → its module in this package, in the order of the help.

The module has a function of the command's name, or an `app` with commands of its own.
"""


class Commands(UserDict[str, Any]):
    """A mapping from the name of a command to what typer made of it; `None` until it is asked for."""

    def __getitem__(self, name: str) -> Any:
        """The command `name`, built now if it was not before."""
        if self.data[name] is None:
            self.data[name] = _built(name)
        return self.data[name]


def _built(name: str) -> Any:
    """The typer command `name`, or the group of that name."""
    module = import_module(f"clustermark.cli.{HOMES[name]}")
    app: typer.Typer | None = getattr(module, "app", None)
    if app is None:
        app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
        app.command(name)(getattr(module, name.replace("-", "_")))
    command = typer.main.get_command(app)
    command.name = name
    return command


class LazyGroup(TyperGroup):
    """A group of commands that are built when they are called."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = Commands(dict.fromkeys(HOMES))
