"""What is locked: hashes for everything, no host, and no licence that binds the user's own program."""

from __future__ import annotations

import re
from importlib import metadata

import pytest

from tests.builders import ROOT

LOCKS = ("requirements/run.txt", "requirements/test.txt")


@pytest.mark.parametrize("name", LOCKS)
def test_locks_name_versions_and_hashes_and_no_host(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    for entry in re.split(r"\n(?=\S)", text.strip()):
        assert re.match(r"[a-z0-9._-]+==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_everything_needed_at_run_time_has_a_permissive_licence() -> None:
    names = re.findall(
        r"^([a-z0-9._-]+)==", (ROOT / "requirements/run.txt").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(names) > 20
    for name in names:
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue  # locked for another platform
        # some put the whole text of the licence into the field; its first line names it
        stated = [*(about.get_all("License-Expression") or []), *(about.get_all("License") or []), ""]
        named = stated[0].split("\n")[0]
        licence = " ".join([named, *(about.get_all("Classifier") or [])])
        assert not re.search(r"\bA?GPL|GNU (Affero )?General", licence), name
