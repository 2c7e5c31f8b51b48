"""Files, folders and archives that are not what they should be. Each is one problem, never a traceback."""

import os
import stat
import struct
import tempfile
import zipfile
from pathlib import Path

import pytest

from clustermark.dossiers.dossier import Dossier
from clustermark.dossiers.raw import Limits
from clustermark.dossiers.reading import check_dossier
from clustermark.dossiers.writing import convert
from tests.dossiers.dossier_material import only_problem, problems_of, write_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "d")


def test_no_such_path(tmp_path: Path) -> None:
    problem = only_problem(tmp_path / "nothing")
    assert problem.code == "dossier-missing"
    assert problem.place.file == str(tmp_path / "nothing")
    assert ".zip" in str(problem.allowed)


def test_path_longer_than_the_system_takes() -> None:
    assert only_problem(Path("x" * 5000)).code == "file-unreadable"


@pytest.mark.parametrize("ending", [".xls", ".ods", ".docx", ".csv", ".rar", ""])
def test_another_form(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"d{ending}"
    path.write_bytes(b"something")
    problem = only_problem(path)
    assert (problem.code, problem.found) == ("form-unknown", ending or None)
    assert ".xlsx" in str(problem.allowed)


def test_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    assert only_problem(tmp_path / "d").code == "dossier-empty"


def test_empty_file(folder: Path) -> None:
    (folder / "press.csv").write_bytes(b"\n\n")
    problem = only_problem(folder)
    assert (problem.code, problem.place.file) == ("file-empty", "press.csv")


def test_utf16(folder: Path) -> None:
    text = (folder / "press.csv").read_text(encoding="utf-8")
    (folder / "press.csv").write_bytes(text.encode("utf-16"))
    problem = only_problem(folder)
    assert (problem.code, problem.place.file, problem.place.row) == ("encoding-wrong", "press.csv", 1)
    assert "UTF-16" in str(problem.found)
    assert problem.allowed == "UTF-8"


def test_windows_encoding_names_row_column_and_byte_of_every_cell(folder: Path) -> None:
    path = folder / "press.csv"
    text = path.read_text(encoding="utf-8").replace("Oka Business", "Münchner")
    again = text.splitlines()[1].replace("M01", "M02").replace("Münchner", "Kölner")
    path.write_bytes((text + again).encode("latin-1", errors="replace"))
    problems = problems_of(folder)
    assert [(p.code, p.place.row, p.place.column) for p in problems] == [
        ("encoding-wrong", 2, "medium"),
        ("encoding-wrong", 3, "medium"),
    ]
    assert "byte 0xFC" in str(problems[0].found)
    assert "byte 0xF6" in str(problems[1].found)


@pytest.mark.parametrize("mark", [";", "\t"])
def test_other_separators(folder: Path, mark: str) -> None:
    path = folder / "team.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",", mark), encoding="utf-8")
    problem = next(problem for problem in problems_of(folder))
    assert (problem.code, problem.place.file, problem.place.row) == ("separator-wrong", "team.csv", 1)


def test_heading_twice_and_cell_without_heading(folder: Path) -> None:
    head, row = (folder / "press.csv").read_text(encoding="utf-8").splitlines()
    (folder / "press.csv").write_text(f"{head},title,\n{row},x,y,z\n", encoding="utf-8")
    places = [(p.code, p.place.row, p.place.column) for p in problems_of(folder)]
    assert places == [
        ("column-twice", 1, "title"),
        ("cell-without-column", 2, "H"),
        ("cell-without-column", 2, "I"),
    ]


def test_a_cell_of_100_mb(folder: Path) -> None:
    with (folder / "press.csv").open("ab") as file:
        file.write(b'M02,2025-02-11,"' + b"x" * (100 << 20) + b'",t,yes,\n')
    problem = only_problem(folder)
    assert (problem.code, problem.place.file) == ("too-large", "press.csv")
    assert "64 MB" in str(problem.allowed)


def test_a_cell_beyond_what_csv_reads(folder: Path) -> None:
    with (folder / "press.csv").open("ab") as file:
        file.write(b'M02,2025-02-11,"' + b"x" * (1 << 20) + b'",t,yes,\n')
    problem = only_problem(folder)
    assert (problem.code, problem.place.file, problem.place.row) == ("cell-too-long", "press.csv", 3)


def test_too_many_rows_and_columns(folder: Path) -> None:
    _dossier, problems = check_dossier(folder, Limits(rows=1))
    assert {(p.code, p.place.file, p.place.row) for p in problems.errors} == {
        ("too-many-rows", "participants.csv", 3),
        ("too-many-rows", "evidence.csv", 3),
    }
    _dossier, problems = check_dossier(folder, Limits(columns=21))
    assert {(p.code, p.place.file) for p in problems.errors} == {("too-many-columns", "participants.csv")}


def test_unknown_table_unknown_file_and_unknown_folder(folder: Path) -> None:
    (folder / "partcipants.csv").write_bytes(b"x")
    (folder / "notes.txt").write_bytes(b"x")
    (folder / "old").mkdir()
    (folder / ".DS_Store").write_bytes(b"x")
    problems = problems_of(folder)
    assert [(p.code, p.severity, p.place.file) for p in problems] == [
        ("file-unknown", "warning", "notes.txt"),
        ("file-unknown", "warning", "old"),
        ("table-unknown", "warning", "partcipants.csv"),
    ]
    assert "Did you mean participants?" in problems[2].message


def test_a_folder_where_a_file_should_be(folder: Path) -> None:
    (folder / "press.csv").unlink()
    (folder / "press.csv").mkdir()
    problem = only_problem(folder)
    assert (problem.code, problem.place.file, problem.found) == ("not-a-file", "press.csv", "a folder")


def test_a_pipe_where_a_file_should_be(folder: Path) -> None:
    os.mkfifo(folder / "evidence" / "pipe.pdf")
    problem = only_problem(folder)
    assert (problem.code, problem.place.file) == ("not-a-file", "evidence/pipe.pdf")


def test_links_are_not_followed(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    (folder / "evidence" / "link.pdf").symlink_to(secret)
    (folder / "press.csv").unlink()
    (folder / "press.csv").symlink_to(secret)
    problems = problems_of(folder)
    assert [(p.code, p.place.file) for p in problems] == [
        ("link", "press.csv"),
        ("link", "evidence/link.pdf"),
    ]


def test_a_file_that_may_not_be_read() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = write_folder(Path(name) / "d")
        Path(name).chmod(0o755)
        (folder / "press.csv").chmod(0)
        (folder / "evidence" / "strategy.pdf").chmod(0)
        root = os.geteuid() == 0
        if root:
            os.seteuid(65534)  # root may read everything: be nobody for a moment
        try:
            _dossier, problems = check_dossier(folder)
        finally:
            if root:
                os.seteuid(0)
    assert [(p.code, p.place.file) for p in problems] == [
        ("file-unreadable", "press.csv"),
        ("file-unreadable", "evidence/strategy.pdf"),
        ("evidence-missing", "evidence.csv"),
    ]


def test_names_that_differ_in_capitals_only(folder: Path) -> None:
    (folder / "evidence" / "Strategy.pdf").write_bytes(b"x")
    problems = [p for p in problems_of(folder) if p.severity == "error"]
    assert [p.code for p in problems] == ["file-twice"]
    assert problems[0].found == "evidence/Strategy.pdf, evidence/strategy.pdf"


# ------------------------------------------------------------------------------------------ archives


@pytest.fixture
def archive(folder: Path, tmp_path: Path) -> Path:
    convert(folder, tmp_path / "d.zip")
    return tmp_path / "d.zip"


def add(path: Path, name: str, data: bytes = b"x", mode: int = 0) -> None:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    with zipfile.ZipFile(path, "a") as file:
        file.writestr(info, data)


def test_a_zip_is_read_like_its_folder(folder: Path, archive: Path) -> None:
    assert problems_of(archive) == []
    assert Dossier.open(archive).digest == Dossier.open(folder).digest


def test_a_zip_with_one_folder_around_it(folder: Path, archive: Path, tmp_path: Path) -> None:
    wrapped = tmp_path / "wrapped.zip"
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(wrapped, "w") as target:
        for name in source.namelist():
            target.writestr(f"oka valley/{name}", source.read(name))
            target.writestr(f"__MACOSX/oka valley/._{name.replace('/', '_')}", b"x")
    assert problems_of(wrapped) == []
    assert Dossier.open(wrapped).digest == Dossier.open(folder).digest


def test_no_zip_at_all_and_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "d.zip"
    path.write_bytes(b"hello")
    assert only_problem(path).code == "zip-broken"
    path.write_bytes(b"")
    assert only_problem(path).code == "zip-broken"
    with zipfile.ZipFile(path, "w"):
        pass
    assert problems_of(path)[0].code == "dossier-empty"


def test_a_zip_that_was_cut_off(archive: Path) -> None:
    archive.write_bytes(archive.read_bytes()[:-100])
    assert only_problem(archive).code == "zip-broken"


def test_a_zip_with_a_damaged_entry(archive: Path) -> None:
    with zipfile.ZipFile(archive) as file:
        info = file.getinfo("press.csv")
    data = bytearray(archive.read_bytes())
    data[info.header_offset + 40 + len("press.csv")] ^= 0xFF
    archive.write_bytes(data)
    problem = problems_of(archive)[0]
    assert (problem.code, problem.place.file, problem.place.field) == ("zip-broken", "d.zip", "press.csv")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("../evil.csv", "leads out of the dossier"),
        ("evidence/../../evil.pdf", "leads out of the dossier"),
        ("/etc/passwd", "absolute path"),
        ("C:/evil.csv", "absolute path"),
        ("..\\evil.csv", "not have on every system"),
        ("evidence/a\x00.pdf", "not have on every system"),
    ],
)
def test_names_that_lead_elsewhere(archive: Path, name: str, message: str) -> None:
    with zipfile.ZipFile(archive, "a") as file:
        info = zipfile.ZipInfo("placeholder")
        info.filename = name
        file.writestr(info, b"x")
    found = [problem for problem in problems_of(archive) if problem.code == "file-name-unsafe"]
    assert len(found) == 1
    assert message in found[0].message


def test_a_link_in_a_zip(archive: Path) -> None:
    add(archive, "evidence/link.pdf", b"/etc/passwd", stat.S_IFLNK | 0o777)
    problem = only_problem(archive)
    assert (problem.code, problem.place.file) == ("link", "evidence/link.pdf")


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["press.csv", "Press.csv"])
def test_two_entries_of_one_name(archive: Path, name: str) -> None:
    add(archive, name)
    errors = [problem for problem in problems_of(archive) if problem.code == "file-twice"]
    assert [problem.place.file for problem in errors] == [name]


def test_a_zip_with_a_password(archive: Path) -> None:
    data = bytearray(archive.read_bytes())
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    archive.write_bytes(data)
    problem = only_problem(archive)
    assert (problem.code, problem.place.file) == ("password", "d.zip")


def bomb(path: Path, name: str, size: int) -> None:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as file, file.open(name, "w") as entry:
        for _ in range(size >> 20):
            entry.write(bytes(1 << 20))


def test_a_zip_bomb(archive: Path) -> None:
    bomb(archive, "evidence/bomb.bin", 64 << 20)
    problem = only_problem(archive)
    assert (problem.code, problem.place.file) == ("zip-bomb", "d.zip")


def test_a_zip_bomb_that_lies_about_its_size(archive: Path) -> None:
    bomb(archive, "evidence/bomb.bin", 64 << 20)
    data = archive.read_bytes()
    archive.write_bytes(data.replace(struct.pack("<L", 64 << 20), struct.pack("<L", 100)))
    codes = {problem.code for problem in problems_of(archive)}
    assert codes <= {"zip-broken", "zip-bomb"}
    assert codes


def test_an_archive_of_too_many_files_or_bytes(archive: Path) -> None:
    _dossier, problems = check_dossier(archive, Limits(files=10))
    assert [p.code for p in problems] == ["too-many-files"]
    _dossier, problems = check_dossier(archive, Limits(archive_bytes=1000))
    assert [p.code for p in problems.errors] == ["zip-bomb"]
    _dossier, problems = check_dossier(archive, Limits(table_bytes=500))
    assert {p.code for p in problems.errors} == {"too-large"}


def test_tables_in_a_folder_of_their_own(archive: Path) -> None:
    add(archive, "old/press.csv")
    problem = only_problem(archive)
    assert (problem.code, problem.place.file) == ("file-misplaced", "old/press.csv")


@pytest.mark.parametrize("ending", [".zip", ".xlsx"])
@pytest.mark.parametrize("data", [b"PK\x05\x06" + bytes(18), b"PK\x03\x04" + bytes(400)])
def test_archives_of_nothing(tmp_path: Path, ending: str, data: bytes) -> None:
    path = tmp_path / f"d{ending}"
    path.write_bytes(data)
    assert problems_of(path)[0].code in ("dossier-empty", "zip-broken", "form-unknown")


def test_names_that_are_no_text_can_be_shown(folder: Path) -> None:
    name = b"caf\xe9.pdf".decode("utf-8", errors="surrogateescape")
    (folder / name).write_bytes(b"x")
    (folder / "evidence" / name).write_bytes(b"x")
    problems = problems_of(folder)
    assert [(p.code, p.place.file) for p in problems] == [
        ("file-unknown", "caf\ufffd.pdf"),
        ("file-name-unsafe", "evidence/caf\ufffd.pdf"),
    ]
    assert only_problem(folder / name).place.file.encode() == "caf\ufffd.pdf".encode()
