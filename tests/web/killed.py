"""Does acts in processes that are killed in the middle, and says what is there afterwards.

Run as `python -m tests.web.killed FOLDER TIMES SEED`: prints one JSON object a line, a trial each.
The database is that of `DATABASE_URL`, or SQLite in FOLDER.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

FOLDER = Path(sys.argv[1])
os.environ["CLUSTERMARK_HOME"] = str(FOLDER)
os.environ["DJANGO_SETTINGS_MODULE"] = "clustermark.web.settings"

import django  # noqa: E402 - the folder of data is chosen first

django.setup()

from django.conf import settings  # noqa: E402 - after setup
from django.core.management import call_command  # noqa: E402 - after setup
from django.db import connection  # noqa: E402 - after setup
from django.utils import timezone  # noqa: E402 - after setup

from clustermark.ground.problems import ProblemsError  # noqa: E402 - after setup
from clustermark.web.cases.domain.acting import Refused  # noqa: E402 - after setup
from clustermark.web.cases.domain.consensus import agree_consensus, record_consensus  # noqa: E402 - after setup
from clustermark.web.cases.domain.rating import submit_ratings  # noqa: E402 - after setup
from clustermark.web.cases.domain.submitting import submit_dossier  # noqa: E402 - after setup
from clustermark.web.cases.models import Case, Notice, SealedRecord  # noqa: E402 - after setup
from clustermark.web.cases.queries.schemes import scheme_of  # noqa: E402 - after setup
from clustermark.web.files.domain.storing import store_upload  # noqa: E402 - after setup
from clustermark.web.files.limits import evidence_limits  # noqa: E402 - after setup
from clustermark.web.files.models import StoredFile  # noqa: E402 - after setup
from clustermark.web.files.store import BlobStore  # noqa: E402 - after setup
from clustermark.web.log.checking import verify_log  # noqa: E402 - after setup
from clustermark.web.log.models import LogRow  # noqa: E402 - after setup
from clustermark.web.register.domain.issuing import issue_certificate  # noqa: E402 - after setup
from clustermark.web.register.domain.keys import make_keys  # noqa: E402 - after setup
from clustermark.web.register.models import (  # noqa: E402 - after setup
    Award,
    AwardAct,
    AwardSpan,
    IssuedFile,
    LeafEntry,
    RegisterHead,
    StatusPlace,
)
from clustermark.web.register.queries.signing import issuer_of_site, signer  # noqa: E402 - after setup
from clustermark.web.seeding import Sample, rate_all, sample_case, seed  # noqa: E402 - after setup

OKA_VALLEY = Path(__file__).parents[2] / "examples" / "oka-valley"
POSTGRESQL = connection.vendor == "postgresql"
BASE = f"killed_{os.getpid()}" if POSTGRESQL else str(connection.settings_dict["NAME"])
SERVER = str(connection.settings_dict["NAME"])
UPLOAD = random.Random(1).randbytes(24_000_000)  # noqa: S311 - bytes for a test
SHA256 = hashlib.sha256(UPLOAD).hexdigest()


def use(name: str) -> None:
    """Go on with the database of this name."""
    connection.close()
    connection.settings_dict["NAME"] = name


def copy_database(source: str, target: str) -> None:
    """A database of its own for a trial; `source` is closed."""
    if POSTGRESQL:
        use(SERVER)
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
    else:
        use(source)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        for extra in ("-wal", "-shm"):
            Path(target + extra).unlink(missing_ok=True)
        shutil.copy(source, target)
    use(target)


def in_child(act: Callable[[], object], wait: float | None) -> bool:
    """Do `act` in a process of its own, killed after `wait` seconds; whether it ended by itself."""
    connection.close()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            act()
            code = 0
        finally:
            os._exit(code)
    if wait is not None:
        time.sleep(wait)
        os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("The act failed by itself.")
    return os.WIFEXITED(status)


def race(act: Callable[[], object]) -> list[str]:
    """What two processes say that do the same act at the same moment."""
    connection.close()
    children = []
    for _child in range(2):
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                act()
                code = 0
            except (Refused, ProblemsError):
                code = 3
            finally:
                os._exit(code)
        children.append(pid)
    codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children]
    return sorted({0: "done", 3: "refused"}.get(code, "failed") for code in codes)


def found(key: int) -> list[Any]:
    """Everything of the case that an act changes, without times and random names."""
    case = Case.objects.get(pk=key)
    return [
        case.state,
        case.number,
        case.submitted_at is not None,
        [[seat.submitted_at is not None, bool(seat.agreed_digest)] for seat in case.seats.all()],
        list(SealedRecord.objects.values_list("kind", "version")),
        list(LogRow.objects.values_list("act", "role")),
        case.consensus.count(),
        Notice.objects.count(),
        registered(case),
    ]


def registered(case: Case) -> list[Any]:
    """What the register holds of the case, each of its tables; the place in the status lists is drawn by lot."""
    return [
        list(Award.objects.filter(case=case).values_list("number", flat=True)),
        list(AwardAct.objects.values_list("award__number", "kind")),
        list(AwardSpan.objects.values_list("award__number", "state")),
        list(StatusPlace.objects.values_list("award__number", flat=True)),
        [(file.award.number, file.language, whole(file.pdf_id)) for file in IssuedFile.objects.all()],
        list(LeafEntry.objects.values_list("index", "act__award__number")),
        list(RegisterHead.objects.values_list("version", flat=True)),
    ]


def whole(sha256: str) -> bool:
    """Whether the stored bytes are those of their name."""
    with BlobStore().open(sha256) as data:
        return hashlib.sha256(data.read()).hexdigest() == sha256


def blobs() -> list[str]:
    """Rows of files whose bytes are not whole."""
    return [one.sha256 for one in StoredFile.objects.all() if not whole(one.sha256)]


def submit(sample: Sample, key: int) -> Callable[[], object]:
    return lambda: submit_dossier(case=Case.objects.get(pk=key), by=sample.by("manager"))


def rate(sample: Sample, key: int) -> Callable[[], object]:
    return lambda: submit_ratings(case=Case.objects.get(pk=key), by=sample.by("expert-b"))


def agree(sample: Sample, key: int) -> Callable[[], object]:
    return lambda: agree_consensus(case=Case.objects.get(pk=key), by=sample.by("expert-b"))


def issue(sample: Sample, key: int) -> Callable[[], object]:
    return lambda: issue_certificate(
        case=Case.objects.get(pk=key),
        by=sample.by("secretariat"),
        languages=("en",),
        immediately=True,
        reason="Nobody appeals.",
    )


def upload(_sample: Sample, _key: int) -> Callable[[], object]:
    return lambda: store_upload(io.BytesIO(UPLOAD), limits=evidence_limits())


def ready_to_rate(sample: Sample, case: Case) -> None:
    for column, login in enumerate(("expert-a", "expert-b")):
        rate_all(sample, case, login, column)
    submit_ratings(case=case, by=sample.by("expert-a"))


def ready_to_agree(sample: Sample, case: Case) -> None:
    there = {row.indicator for row in case.consensus.all()}
    for one in scheme_of(case.edition).document.indicators:
        if one.code not in there:
            record_consensus(
                case=case, indicator=one.code, by=sample.by("expert-a"), rating=3, reason="Seen."
            )
    agree_consensus(case=case, by=sample.by("expert-a"))


def ready_to_issue(_sample: Sample, _case: Case) -> None:
    issuer = issuer_of_site({"en": "Label Secretariat (sample)"})
    make_keys(issuer=issuer, name="keys", passphrase=settings.KEY_PASSPHRASE, now=timezone.now())
    # opened once, not by every child
    signer()


def nothing(_sample: Sample, _case: Case) -> None:
    pass


ACTS: dict[str, tuple[str, Callable[[Sample, Case], None], Callable[[Sample, int], Callable[[], object]]]] = {
    "upload": ("draft", nothing, upload),
    "submit_dossier": ("draft", nothing, submit),
    "submit_ratings": ("rating", ready_to_rate, rate),
    "agree_consensus": ("consensus", ready_to_agree, agree),
    "issue_certificate": ("decided", ready_to_issue, issue),
}


def forget_upload() -> None:
    """As before the upload."""
    (FOLDER / "evidence" / BlobStore.place(SHA256)).unlink(missing_ok=True)


def main() -> None:
    times, chance = int(sys.argv[2]), random.Random(int(sys.argv[3]))  # noqa: S311 - moments of a test
    if POSTGRESQL:
        copy_database("template0", BASE)
    call_command("migrate", verbosity=0)
    trial = f"{BASE}_trial"
    for name, (state, prepare, act_of) in ACTS.items():
        template = f"{BASE}_{name}"
        copy_database(BASE, template)
        sample = seed(OKA_VALLEY)
        case = sample_case(sample, to=state)
        prepare(sample, case)
        key, before = case.pk, found(case.pk)
        # once to its end: how long it takes, and what is there after it
        copy_database(template, trial)
        forget_upload()
        started = time.monotonic()
        in_child(act_of(sample, key), None)
        lasts = time.monotonic() - started
        after = found(key)
        if name != "upload":
            copy_database(template, trial)
            said = race(act_of(sample, key))
            line: dict[str, Any] = {
                "act": f"twice {name}",
                "said": said,
                "is": "after" if found(key) == after else "between",
            }
            line["faults"] = [problem.code for problem in verify_log()]
            print(json.dumps(line), flush=True)  # noqa: T201 - what the test reads
        for number in range(times):
            copy_database(template, trial)
            forget_upload()
            # through the whole of its run and a little beyond, each time at another moment
            ended = in_child(act_of(sample, key), 1.6 * lasts * (number + chance.random()) / times)
            now = found(key)
            faults = [problem.code for problem in verify_log()]
            half = blobs()
            again = True
            if name == "upload":
                store_upload(io.BytesIO(UPLOAD), limits=evidence_limits())
                again = whole(SHA256)
            line = {
                "act": name,
                "ended": ended,
                "is": "before" if now == before else "after" if now == after else "between",
                "faults": faults,
                "half": half,
                "again": again,
                "now": now if now not in (before, after) else None,
                "at": timezone.now().isoformat(),
            }
            print(json.dumps(line), flush=True)  # noqa: T201 - what the test reads


if __name__ == "__main__":
    main()
