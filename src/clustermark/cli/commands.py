"""The commands by name, each imported and built when it is called: all of them cost a tenth of a short one."""

from __future__ import annotations

from collections import UserDict
from importlib import import_module
from typing import Any

import typer.main
from typer.core import TyperGroup

HOMES = {
    "assess": "assess:assess",
    "explain": "assess:explain",
    "audit": "audit:audit",
    "improve": "improve:improve",
    "benchmark": "benchmark:benchmark",
    "robustness": "robustness:robustness",
    "agreement": "agreement:agreement",
    "composite": "composite:composite",
    "demo-data": "demo_data:demo_data",
    "verify": "verify:verify",
    "worker": "site_worker:worker",
    "scheme": "scheme:app",
    "dossier": "dossier:app",
    "certificate": "certificate:app",
    "register": "register:app",
    "log": "log:app",
    "site": "site:app",
}
"""Command → its module in this package and the name of it there, in the order of the help.

The name is that of a function, or of an `app` with commands of its own.
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
    module, _colon, attribute = HOMES[name].partition(":")
    found = getattr(import_module(f"clustermark.cli.{module}"), attribute)
    parent = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
    if isinstance(found, typer.Typer):
        parent.add_typer(found, name=name)
    else:
        parent.command(name)(found)
    return typer.main.get_group(parent).commands[name]


class LazyGroup(TyperGroup):
    """A group of commands that are built when they are called."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = Commands(dict.fromkeys(HOMES))
