"""`clustermark log …`: prove, check and watch the register's append-only log; verify the log of the site's acts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clustermark.cli import acts_log, log_signing
from clustermark.cli.assess import LanguageChoice, LanguageOption
from clustermark.cli.log_signing import ENDING
from clustermark.cli.output import say
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import use_language

if TYPE_CHECKING:
    from clustermark.transparency.checkpoint import Checkpoint
    from clustermark.transparency.log import ConsistencyProof, InclusionProof

app = typer.Typer(help="Prove, check and watch append-only logs.", no_args_is_help=True)
MAX_BYTES = 1 << 20
app.command()(acts_log.verify)
app.command()(acts_log.export)
app.command()(log_signing.checkpoint)
app.command("key")(log_signing.key)

LogArgument = Annotated[Path, typer.Argument(metavar="LOG", help="The log: a file with one entry a line.")]


@app.command()
def entries(
    register: Annotated[
        Path | None,
        typer.Argument(
            metavar="REGISTER", help="Register: a JSON file; without it the register of the site."
        ),
    ] = None,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Write the entries of a register's log, one a line: what was decided when, told by digests."""
    with use_language(lang.value):
        if register is None:
            from clustermark.cli.django_start import start_django  # noqa: PLC0415 - only for the log of the site

            start_django()
            from clustermark.web.register.models import LeafEntry  # noqa: PLC0415 - as above

            for entry in LeafEntry.objects.order_by("index").values_list("entry", flat=True).iterator():
                say(entry)
            return
        from clustermark.cli.register_options import open_register  # noqa: PLC0415 - only here
        from clustermark.register.logged import entries_of  # noqa: PLC0415 - as above

        for line in entries_of(open_register(register)):
            say(line.decode())


@app.command()
def inclusion(
    log: LogArgument,
    entry: Annotated[int, typer.Argument(metavar="ENTRY", help="Number of the entry, from 0.")],
    size: Annotated[
        int | None, typer.Option(help="In the log of so many entries; default: all of them.")
    ] = None,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Write the proof that an entry is in the log, as JSON."""
    from clustermark.transparency.log import prove_inclusion, read_entries  # noqa: PLC0415 - only here
    from clustermark.transparency.merkle import Tree  # noqa: PLC0415 - as above

    with use_language(lang.value):
        tree = Tree(read_entries(log))
        if size is not None:
            _within(log, "--size", size, 1, len(tree))
        _within(log, "ENTRY", entry, 0, (len(tree) if size is None else size) - 1)
        say(prove_inclusion(tree, entry, size).model_dump_json(indent=2))


@app.command()
def consistency(
    log: LogArgument,
    earlier: Annotated[int, typer.Argument(metavar="EARLIER", help="Entries that the log had before.")],
    later: Annotated[
        int | None, typer.Option(help="Entries that it had later; default: all of them.")
    ] = None,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Write the proof that the log continues the one of so many entries, nothing rewritten, as JSON."""
    from clustermark.transparency.log import prove_consistency, read_entries  # noqa: PLC0415 - only here
    from clustermark.transparency.merkle import Tree  # noqa: PLC0415 - as above

    with use_language(lang.value):
        tree = Tree(read_entries(log))
        if later is not None:
            _within(log, "--later", later, 1, len(tree))
        _within(log, "EARLIER", earlier, 1, len(tree) if later is None else later)
        say(prove_consistency(tree, earlier, later).model_dump_json(indent=2))


def _within(log: Path, name: str, asked: int, low: int, high: int) -> None:
    """Raise `ProblemsError` for what is asked for outside the log."""
    if not low <= asked <= high:
        message = _("The log does not have so many entries.")
        allowed = f"{low}–{high}" if low <= high else None
        raise ProblemsError([Problem("log-size", message, Place(str(log), field=name), str(asked), allowed)])


@app.command()
def check(
    proof: Annotated[
        Path,
        typer.Argument(
            help="The proof: a JSON file written by `log inclusion`, `log consistency` or a register."
        ),
    ],
    entry: Annotated[
        Path | None, typer.Option(help="The entry that was proved: a file with its one line.")
    ] = None,
    checkpoint: Annotated[
        Path | None, typer.Option(help="A signed checkpoint that the proof must lead to.")
    ] = None,
    key: Annotated[
        str | None, typer.Option(help="Public key of the log, NAME+ID+KEY, or a file that holds it.")
    ] = None,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Check a proof, and if given its entry and a signed checkpoint; exit code 1 when it does not hold."""
    from clustermark.transparency.log import InclusionProof  # noqa: PLC0415 - only here
    from clustermark.transparency.merkle import leaf_hash  # noqa: PLC0415 - as above

    with use_language(lang.value):
        stated = _proof(proof)
        if not stated.holds():
            _refuse("proof-false", _("The proof does not hold: its hashes do not add up."), proof)
        inclusion = isinstance(stated, InclusionProof)
        if entry is not None:
            line = _read(entry).removesuffix(b"\n")
            if not isinstance(stated, InclusionProof) or leaf_hash(line).hex() != stated.leaf:
                _refuse("proof-entry", _("The proof is not about this entry."), entry)
        if checkpoint is not None:
            if key is None:
                _refuse(
                    "key-missing",
                    _("A checkpoint is checked with the public key of the log (--key)."),
                    checkpoint,
                )
            point = _checkpoint(checkpoint, [key or ""])
            size, root = (
                (stated.size, stated.root)
                if isinstance(stated, InclusionProof)
                else (stated.later, stated.later_root)
            )
            if (point.size, point.root.hex()) != (size, root):
                _refuse("proof-checkpoint", _("The proof does not lead to this checkpoint."), checkpoint)
        say(_("The proof holds.") if inclusion else _("The proof holds: nothing before was rewritten."))
        if entry is None and inclusion:
            say(_("Not checked: whether it is about your entry (--entry)."))
        if checkpoint is None:
            say(_("Not checked: whether the log signed for it (--checkpoint and --key)."))


@app.command()
def monitor(
    log: LogArgument,
    checkpoints: Annotated[
        list[Path],
        typer.Argument(metavar="CHECKPOINT…", help="Signed checkpoints, or folders that keep them."),
    ],
    key: Annotated[
        list[str],
        typer.Option(
            help="Public key of the log, NAME+ID+KEY, or a file that holds it; again for older keys."
        ),
    ],
    kept: Annotated[
        Path | None,
        typer.Option(help="The log as you kept it at an earlier checkpoint: names what was rewritten."),
    ] = None,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Hold the log against every checkpoint that was kept; exit code 1 when history was rewritten between any two."""
    from clustermark.transparency.log import read_entries  # noqa: PLC0415 - only here
    from clustermark.transparency.monitor import watch_all  # noqa: PLC0415 - as above

    with use_language(lang.value):
        points = {path: _checkpoint(path, key) for path in _files(checkpoints)}
        copy = None if kept is None else read_entries(kept)
        for step in watch_all(list(points.items()), read_entries(log), kept=copy):
            if not step.finding.sound:
                row = None if step.finding.first is None else step.finding.first + 1
                code = f"log-{step.finding.verdict.replace('_', '-')}"
                raise ProblemsError(
                    [Problem(code, step.finding.message, Place(str(log), row=row), step.later.name)]
                )
            say(f"{step.later.name}: {step.finding.message}")


def _files(given: list[Path]) -> list[Path]:
    """The files given, and every checkpoint in the folders given."""
    found = []
    for path in given:
        found += sorted(path.glob(f"*{ENDING}")) if path.is_dir() else [path]
    if not found:
        message = _("There is no checkpoint here.")
        place, allowed = Place(str(given[0])), f"*{ENDING}"
        raise ProblemsError([Problem("checkpoints-none", message, place, allowed=allowed)])
    return found


def _proof(path: Path) -> InclusionProof | ConsistencyProof:
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415 - only here

    from clustermark.transparency.log import ConsistencyProof, InclusionProof  # noqa: PLC0415 - as above

    adapter: TypeAdapter[InclusionProof | ConsistencyProof] = TypeAdapter(InclusionProof | ConsistencyProof)
    try:
        return adapter.validate_json(_read(path))
    except ValidationError:
        problem = Problem("proof-form", _("This file does not hold a proof of a log."), Place(str(path)))
        raise ProblemsError([problem]) from None


def _checkpoint(path: Path, keys: list[str]) -> Checkpoint:
    """The checkpoint, signed by one of the keys; the problem told is that of the first."""
    from clustermark.transparency.checkpoint import read_checkpoint, read_key  # noqa: PLC0415 - loads cryptography

    note, first = _read(path).decode("utf-8", "replace"), None
    for key in keys:
        text = _read(Path(key)).decode("utf-8", "replace") if len(key) < 200 and Path(key).is_file() else key
        try:
            return read_checkpoint(note, read_key(text), file=str(path))
        except ProblemsError as error:
            first = first or error
    assert first is not None  # noqa: S101 - at least one key is asked for
    raise first


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ProblemsError([Problem("file-too-large", _("The file is too large."), Place(str(path)))])
        return path.read_bytes()
    except OSError as error:
        message = _("The file cannot be read: {reason}.").format(reason=error.strerror or error)
        raise ProblemsError([Problem("file-unreadable", message, Place(str(path)))]) from None


def _refuse(code: str, message: str, path: Path) -> None:
    raise ProblemsError([Problem(code, message, Place(str(path)))])
