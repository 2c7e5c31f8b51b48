"""`clustermark log checkpoint` and `clustermark log key`: who keeps a log signs its size and root."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clustermark.cli.assess import LanguageChoice, LanguageOption
from clustermark.cli.certificate import open_keys
from clustermark.cli.files import write_file, writing
from clustermark.cli.output import say
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import use_language

if TYPE_CHECKING:
    from clustermark.transparency.checkpoint import VerifierKey
    from clustermark.transparency.merkle import Tree

ENDING = ".checkpoint"
LogOfSite = Annotated[
    Path | None,
    typer.Argument(
        metavar="LOG", help="The log: a file with one entry a line; without it the register of the site."
    ),
]
KeysOption = Annotated[
    Path | None, typer.Option("--keys", help="File of keys, or a signer file; for a log in a file.")
]
NameOption = Annotated[
    str | None,
    typer.Option("--name", help="Name of the log, such as label.example/log; for a log in a file."),
]


@dataclass(frozen=True, slots=True)
class _Keeper:
    """The key of a log and what signs with it."""

    key: VerifierKey
    sign: Callable[[bytes], bytes]


def checkpoint(
    log: LogOfSite = None,
    keys: KeysOption = None,
    name: NameOption = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder that keeps checkpoints, one a size; without it to standard output."),
    ] = None,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Sign the size and root of a log as it is now; run it daily and keep what it writes apart from the log."""
    from clustermark.transparency.checkpoint import Checkpoint, sign_checkpoint  # noqa: PLC0415 - only here

    with use_language(lang.value):
        keeper, tree = _keeper(log, keys, name), _tree(log)
        point = Checkpoint(keeper.key.name, len(tree), tree.root())
        note = sign_checkpoint(point, keeper.key, keeper.sign)
        if out is None:
            say(note.rstrip("\n"))
            return
        path = out / f"{point.size:012}{ENDING}"
        if path.exists():
            _same(path, point.text())
            say(_("The log has not grown since {path} was signed.").format(path=path))
            return
        with writing(out):
            out.mkdir(parents=True, exist_ok=True)
        write_file(path, note)
        say(_("Written: {path}").format(path=path))


def key(keys: KeysOption = None, name: NameOption = None, lang: LanguageOption = LanguageChoice.en) -> None:
    """Print the public key of a log, NAME+ID+KEY, to be published where the log cannot change it."""
    with use_language(lang.value):
        say(str(_keeper(None, keys, name).key))


def _keeper(log: Path | None, keys: Path | None, name: str | None) -> _Keeper:
    """Who signs: the keys in the file, or those in use on the site."""
    if log is None and keys is None:
        from clustermark.cli.django_start import start_django  # noqa: PLC0415 - only for the log of the site

        start_django()
        from clustermark.web.register.queries.signing import log_key, signer  # noqa: PLC0415 - as above

        used = signer()
        return _Keeper(log_key(used), used.sign_credential)
    if keys is None or name is None:
        message = _("A log in a file is signed with --keys, under the name that --name gives it.")
        raise ProblemsError(
            [Problem("keys-unsaid", message, Place(str(log or keys)), None, "--keys, --name")]
        )
    from clustermark.transparency.checkpoint import VerifierKey, read_key  # noqa: PLC0415 - loads cryptography

    opened = open_keys(keys)
    made = VerifierKey(name, opened.keys()[0].public_key or b"")
    return _Keeper(read_key(str(made), file="--name"), opened.sign_credential)


def _tree(log: Path | None) -> Tree:
    if log is None:
        from clustermark.web.register.queries.whole import log_tree  # noqa: PLC0415 - only for the log of the site

        return log_tree()
    from clustermark.transparency.log import read_entries  # noqa: PLC0415 - only here
    from clustermark.transparency.merkle import Tree  # noqa: PLC0415 - as above

    return Tree(read_entries(log))


def _same(path: Path, text: str) -> None:
    """Refuse to go on when the log of this size was another one: its keeper is the first who should know."""
    if not path.read_text(encoding="utf-8", errors="replace").startswith(f"{text}\n"):
        message = _(
            "The log had another root when this checkpoint of the same size was signed: it was rewritten."
        )
        raise ProblemsError([Problem("log-rewritten", message, Place(str(path)))])
