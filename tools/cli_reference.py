"""The CLI reference as Markdown, read from the commands themselves."""

from __future__ import annotations

from collections.abc import Iterator
from enum import EnumType
from typing import Any

import typer.main

from clustermark.cli.app import app


def cli_markdown() -> str:
    """Every command with its help, arguments and options."""
    root = typer.main.get_command(app)
    parts = [
        (
            "# Command line\n\n"
            "Every command ends with exit code 0, or with 1 after telling every problem on standard error, one "
            "message each: what is wrong, where (file, row, column or field), what was found and what is allowed. "
            "Wrong options end with exit code 2.\n"
        )
    ]
    parts += [_command(name, command) for name, command in _leaves("clustermark", root)]
    return "\n".join(parts)


def _leaves(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    # typer brings its own copy of click: the shapes are the same, the classes are not
    if hasattr(command, "commands"):
        for part in command.commands.values():
            yield from _leaves(f"{name} {part.name}", part)
    else:
        yield name, command


def _command(name: str, command: Any) -> str:
    arguments = [item for item in command.params if item.param_type_name == "argument"]
    options = [
        item
        for item in command.params
        if item.param_type_name == "option" and item.name != "help" and not item.hidden
    ]
    usage = " ".join([name, *(_usage(item) for item in arguments), *(["[OPTIONS]"] if options else [])])
    lines = [f"## `{name}`\n", (command.help or "").strip() + "\n", f"```\n{usage}\n```\n"]
    rows = [f"| `{_usage(item)}` | {_help(item)} |" for item in arguments]
    rows += [f"| `{', '.join(item.opts)}` | {_help(item)}{_default(item)} |" for item in options]
    if rows:
        lines.append("\n".join(["| | |", "|---|---|", *rows]) + "\n")
    return "\n".join(lines)


def _usage(item: Any) -> str:
    word = (item.name or "").upper()
    word += "…" if item.nargs == -1 else ""
    return word if item.required else f"[{word}]"


def _help(item: Any) -> str:
    return (getattr(item, "help", None) or "").replace("|", "\\|")


def _default(item: Any) -> str:
    kind = item.type_descriptor.annotation
    choices: list[Any] = list(kind) if isinstance(kind, EnumType) else []
    words = ", ".join(str(choice.value) for choice in choices)
    text = f" One of {words}." if words else ""
    if item.required:
        return text + " Required."
    if item.show_default is False:  # its help says what holds instead
        return text
    default = getattr(item.default, "value", item.default)
    return text + (
        f" Default: {default}." if default not in (None, False, "", []) and not callable(default) else ""
    )
