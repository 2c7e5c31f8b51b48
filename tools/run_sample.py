"""`make run`: the whole road once on the sample dossier, by the commands a user would type.

Files go to build/demo; every command is shown before its output. It ends by serving the sample as live cases on
127.0.0.1; SERVE=0 stops after the files.
"""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent.parent
DEMO = ROOT / "build/demo"
SAMPLE = "build/demo/oka-valley"
PROGRAM = str(Path(sys.executable).parent / "clustermark")

ROAD = (
    f"clustermark dossier check {SAMPLE}",
    f"clustermark dossier freeze {SAMPLE}",
    f"clustermark assess {SAMPLE} --scheme ecei-silver-2017"
    + "".join(
        f" --report build/demo/oka-valley-silver.{ending}"
        for ending in ("pdf", "docx", "xlsx", "html", "json")
    ),
    (
        f"clustermark assess {SAMPLE} --scheme ecei-silver-2017 --lang ru --format json"
        " --report build/demo/oka-valley-silver-ru.pdf"
    ),
    (
        f"clustermark assess {SAMPLE} --scheme ecei-gold-2013 --lang de --format json --with all"
        " --report build/demo/oka-valley-gold-de.pdf"
    ),
)
CERTIFICATE = (
    (
        "clustermark certificate keys new build/demo/keys.json --issuer build/demo/issuer.json"
        " --key-document build/demo/did.json --name sample"
    ),
    (
        "clustermark certificate issue build/demo/decision.json --keys build/demo/keys.json"
        " --status build/demo/status.json --out build/demo --second ru"
    ),
    (
        "clustermark certificate publish --status build/demo/status.json --keys build/demo/keys.json"
        " --out build/demo"
    ),
    (
        "clustermark verify build/demo/{number}.pdf --offline --key-document build/demo/did.json"
        " --status-list build/demo/revocation.jwt --status-list build/demo/suspension.jwt"
    ),
)
"""What follows a decision to award: keys, certificate, signed status lists, and the check that anyone can make."""
QUIET = ("--format json",)
"""Commands whose output is for machines are run without showing it."""


def main() -> None:
    """Copy the sample, then run the road; stops with the exit code of the first command that fails."""
    shutil.rmtree(DEMO, ignore_errors=True)
    shutil.copytree(ROOT / "examples/oka-valley", ROOT / SAMPLE)
    for command in ROAD:
        run(command)
    number = write_decision()
    os.environ["CLUSTERMARK_PASSPHRASE"] = "sample keys for one machine"  # noqa: S105 - it opens nothing else
    for command in CERTIFICATE:
        run(command.format(number=number))
    print("\nFiles:")
    for path in sorted(DEMO.glob("*.*")):
        print(f"  {path.relative_to(ROOT)}  {path.stat().st_size / 1000:,.0f} kB")
    if os.environ.get("SERVE", "1") != "0":
        serve()


def run(command: str) -> None:
    """Show a command and run it; stop with its exit code when it fails."""
    print(f"\n$ {command}", flush=True)
    quiet = any(mark in command for mark in QUIET)
    arguments = [PROGRAM, *shlex.split(command)[1:]]
    done = subprocess.run(arguments, cwd=ROOT, stdout=subprocess.DEVNULL if quiet else None, check=False)  # noqa: S603 - our own commands
    if done.returncode:
        sys.exit(done.returncode)


def write_decision() -> str:
    """The decision of an invented committee on the sample, as a sealed record; the number of its certificate.

    On the platform a decision maker takes it on the panel's report; on files it is a document that a committee keeps.
    """
    from clustermark import Dossier, Scheme, assess  # noqa: PLC0415 - the commands above need no library
    from clustermark.certificates.number import CertificateNumber  # noqa: PLC0415 - as above
    from clustermark.certificates.record import DecisionRecord, Holder, SchemeOfRecord, public_summary  # noqa: PLC0415
    from clustermark.ground.exact import digest  # noqa: PLC0415 - as above
    from clustermark.register.life import first_term  # noqa: PLC0415 - as above
    from clustermark.register.sectors import sector_name  # noqa: PLC0415 - as above

    dossier, scheme = Dossier.open(ROOT / SAMPLE), Scheme.load("ecei-silver-2017")
    card = assess(dossier, scheme)
    assert card.level is not None  # noqa: S101 - the sample reaches silver
    assert scheme.document.validity is not None  # noqa: S101 - and the scheme says for how long
    today = date.today()  # noqa: DTZ011 - the day where the committee sits
    valid_from, valid_until = first_term(scheme.document.validity, assessed_on=today, decided_on=today)
    profile = {name: str(value) for name, value in dossier.profile.items()}
    number = str(CertificateNumber(profile["country"], today.year, today.month, 1))
    level = next(one for one in scheme.document.levels if one.level == card.level)
    report = (DEMO / "oka-valley-silver.json").read_text(encoding="utf-8")
    record = DecisionRecord(
        number=number,
        holder=Holder(name=card.cluster, country=profile["country"], city=profile.get("city")),
        scheme=SchemeOfRecord(
            id=scheme.id,
            version=scheme.document.version,
            digest=scheme.digest,
            title=dict(scheme.document.title),
        ),
        level=card.level,
        level_title=dict(level.title),
        sector={"en": sector_name(profile["sector"])},
        scope={"en": "Management of the cluster organisation", "ru": "Управление кластерной организацией"},
        decided_on=today,
        valid_from=valid_from,
        valid_until=valid_until,
        decision_reference="sample",
        decision_digest=digest({"award": card.level, "dossier": card.dossier_digest}),
        dossier_digest=card.dossier_digest,
        report_digest=digest(report),
        summary=public_summary(card),
        notice=dict(scheme.document.notice),
    )
    (DEMO / "decision.json").write_text(record.to_json(), encoding="utf-8")
    issuer = {
        "id": "did:web:label.example",
        "name": {"en": "Label Secretariat (sample)"},
        "website": "https://label.example",
        "check_address": "https://label.example/register/",
    }
    status = {
        "format": "clustermark-status/1",
        "revocation_list": "https://label.example/status/revocation",
        "suspension_list": "https://label.example/status/suspension",
        "certificates": {},
    }
    for name, content in (("issuer.json", issuer), ("status.json", status)):
        (DEMO / name).write_text(json.dumps(content, indent=2), encoding="utf-8")
    return number


def serve() -> None:
    """Serve the sample as live cases until Ctrl+C, with the worker of its jobs, from a database in build/site."""
    print(f"\n$ clustermark site seed {SAMPLE}", flush=True)
    subprocess.run([PROGRAM, "site", "seed", SAMPLE], cwd=ROOT, check=True)  # noqa: S603 - our own command
    run("clustermark site import-register examples/register/synthetic-2017.json")
    print("\n$ clustermark site serve", flush=True)
    server = subprocess.Popen([PROGRAM, "site", "serve"], cwd=ROOT)  # noqa: S603 - as above
    # Ctrl+C reaches the server too: wait until it has ended its worker and itself
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(server.wait())
    server.wait()


if __name__ == "__main__":
    main()
