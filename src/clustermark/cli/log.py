"""`clustermark log …`: prove, check and watch the register's append-only log; verify the log of the site's acts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clustermark.cli import acts_log
from clustermark.cli.assess import LanguageChoice, LanguageOption
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

LogArgument = Annotated[Path, typer.Argument(metavar="LOG", help="The log: a file with one entry a line.")]
KeyOption = Annotated[str, typer.Option(help="Public key of the log, NAME+ID+KEY, or a file that holds it.")]


@app.command()
def entries(
    register: Annotated[Path, typer.Argument(metavar="REGISTER", help="Register: a JSON file.")],
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Write the entries of a register's log, one a line: what was decided when, told by digests."""
    from clustermark.cli.register_options import open_register  # noqa: PLC0415 - only here
    from clustermark.register.logged import entries_of  # noqa: PLC0415 - as above

    with use_language(lang.value):
        for line in entries_of(open_register(register)):
            say(line.decode())


@app.command()
def prove(
    log: LogArgument,
    entry: Annotated[int | None, typer.Option(help="Prove that this entry (from 0) is in the log.")] = None,
    since: Annotated[
        int | None, typer.Option(help="Prove that the log continues the one of so many entries.")
    ] = None,
    size: Annotated[
        int | None, typer.Option(help="The log of so many entries; default: all of them.")
    ] = None,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Write a proof as JSON: of an entry (--entry), or that nothing before was rewritten (--since)."""
    from clustermark.transparency.log import prove_consistency, prove_inclusion, read_entries  # noqa: PLC0415 - only here
    from clustermark.transparency.merkle import Tree  # noqa: PLC0415 - as above

    with use_language(lang.value):
        if (entry is None) == (since is None):
            message = _("Say either which entry is to be proved, or since which size.")
            raise ProblemsError([Problem("proof-unsaid", message, Place(str(log)), None, "--entry, --since")])
        tree = Tree(read_entries(log))
        try:
            proof: InclusionProof | ConsistencyProof = (
                prove_inclusion(tree, entry, size)
                if entry is not None
                else prove_consistency(tree, since or 0, size)
            )
        except ValueError:
            message = _("The log does not have so many entries.")
            asked = str(entry if entry is not None else since)
            found = asked if size is None else f"{asked}, --size {size}"
            raise ProblemsError(
                [Problem("log-size", message, Place(str(log)), found, f"0–{len(tree)}")]
            ) from None
        say(proof.model_dump_json(indent=2))


@app.command()
def check(
    proof: Annotated[
        Path, typer.Argument(help="The proof: a JSON file written by `log prove` or by a register.")
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
            point = _checkpoint(checkpoint, key or "")
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
    earlier: Annotated[Path, typer.Argument(help="The earlier signed checkpoint.")],
    later: Annotated[Path, typer.Argument(help="The later signed checkpoint.")],
    log: LogArgument,
    key: KeyOption,
    kept: Annotated[
        Path | None,
        typer.Option(help="The log as you kept it at the earlier checkpoint: names what was rewritten."),
    ] = None,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Find rewritten history between two checkpoints; exit code 1 when there is any."""
    from clustermark.transparency.log import read_entries  # noqa: PLC0415 - only here
    from clustermark.transparency.monitor import watch  # noqa: PLC0415 - as above

    with use_language(lang.value):
        points = [_checkpoint(path, key) for path in (earlier, later)]
        copy = None if kept is None else read_entries(kept)
        finding = watch(points[0], points[1], read_entries(log), kept=copy)
        if not finding.sound:
            row = None if finding.first is None else finding.first + 1
            problem = Problem(
                f"log-{finding.verdict.replace('_', '-')}", finding.message, Place(str(log), row=row)
            )
            raise ProblemsError([problem])
        say(finding.message)


def _proof(path: Path) -> InclusionProof | ConsistencyProof:
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415 - only here

    from clustermark.transparency.log import ConsistencyProof, InclusionProof  # noqa: PLC0415 - as above

    adapter: TypeAdapter[InclusionProof | ConsistencyProof] = TypeAdapter(InclusionProof | ConsistencyProof)
    try:
        return adapter.validate_json(_read(path))
    except ValidationError:
        problem = Problem("proof-form", _("This file does not hold a proof of a log."), Place(str(path)))
        raise ProblemsError([problem]) from None


def _checkpoint(path: Path, key: str) -> Checkpoint:
    from clustermark.transparency.checkpoint import read_checkpoint, read_key  # noqa: PLC0415 - loads cryptography

    text = _read(Path(key)).decode("utf-8", "replace") if len(key) < 200 and Path(key).is_file() else key
    return read_checkpoint(_read(path).decode("utf-8", "replace"), read_key(text), file=str(path))


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
