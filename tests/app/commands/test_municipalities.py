# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""`selbstcheck gemeinden import | list`: files and ZIPs, dry runs, faults line by line, and the real file's size."""

import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlmodel import func, select

from app.cli import main
from app.db import Database
from app.tables.municipalities import RegisterEntry
from tests.app.municipalities.gv100ad import LATER, SMALL, Line, changed, file_of, without


@pytest.fixture
def instance(monkeypatch: pytest.MonkeyPatch, database_url: str) -> str:
    monkeypatch.setenv("DATABASE_URL", database_url)
    return database_url


@pytest.fixture
def embedded(monkeypatch: pytest.MonkeyPatch, sqlite_url: str) -> str:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    return sqlite_url


def saved(folder: Path, lines: Sequence[Line] = SMALL, **options: str) -> str:
    path = folder / "GV100AD_31122023.txt"
    path.write_bytes(file_of(lines, **options))
    return str(path)


def count(url: str) -> int:
    database = Database(url)
    with database.reading() as db:
        found = db.exec(select(func.count()).select_from(RegisterEntry)).one()
    database.close()
    return found


def test_import_list_and_import_again(instance: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gemeinden", "list"]) == 0
    assert "No Gemeindeverzeichnis is loaded." in capsys.readouterr().out
    assert main(["gemeinden", "import", saved(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Gebietsstand 2023-12-31: 8 Gemeinden, 1 Gemeindeverbände, 3 Kreise",
        "left out: 1 areas without a municipality",
        "note: the file holds 2 of 16 Länder",
        "12 added, 0 changed, 0 closed, 0 unchanged",
    ]
    assert main(["gemeinden", "import", saved(tmp_path, encoding="iso-8859-1")]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "0 added, 0 changed, 0 closed, 12 unchanged"
    assert main(["gemeinden", "list"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Gebietsstand 2023-12-31",
        "8 Gemeinden, 1 Gemeindeverbände, 3 Kreise",
        "0 that no longer exist are kept",
        "© Statistisches Bundesamt (Destatis), Gemeindeverzeichnis, Gebietsstand 31.12.2023",
    ]


def test_a_dry_run_says_all_and_writes_nothing(
    instance: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["gemeinden", "import", saved(tmp_path), "--dry-run"]) == 0
    assert count(instance) == 0
    main(["gemeinden", "import", saved(tmp_path)])
    later = (
        *changed("034590012012", without("034595402026"), name="Belm, Stadt", kind="63"),
        Line("60", "091840119120", "Neubau", "64", 7, "85748"),
    )
    capsys.readouterr()
    assert main(["gemeinden", "import", saved(tmp_path, later, day=LATER), "--dry-run"]) == 0
    assert capsys.readouterr().out.splitlines()[3:] == [
        "  + 091840119120 Neubau",
        "  ~ 034590012012 Belm → Belm, Stadt: official_name, kind",
        "  - 034595402026 Merzen, last in 2023-12-31",
        "1 added, 4 changed, 1 closed, 7 unchanged (nothing was written)",
    ]
    main(["gemeinden", "list"])
    assert capsys.readouterr().out.startswith("Gebietsstand 2023-12-31\n8 Gemeinden")


def test_the_zip_of_destatis_as_it_is(embedded: str, tmp_path: Path) -> None:
    path = tmp_path / "verzeichnis.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Datensatzbeschreibung.pdf", b"%PDF")
        archive.writestr("ordner/GV100AD_311223.ASC", file_of(encoding="iso-8859-1"))
    assert main(["gemeinden", "import", str(path)]) == 0
    assert count(embedded) == 12


def test_another_zip_names_what_it_holds(embedded: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "Auszug.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")
    assert main(["gemeinden", "import", str(path)]) == 2
    assert capsys.readouterr().err == (
        f"{path}: needs one text file GV100AD_….txt inside, but holds: xl/workbook.xml\n"
    )


@pytest.mark.usefixtures("embedded")
def test_a_zip_that_unpacks_too_large_and_a_broken_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "verzeichnis.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("GV100AD.txt", file_of())
    monkeypatch.setattr("app.commands.municipalities.MOST_BYTES", 1_000)
    assert main(["gemeinden", "import", str(path)]) == 2
    assert "too large" in capsys.readouterr().err
    monkeypatch.undo()
    raw = bytearray(path.read_bytes())
    raw[60] ^= 0xFF
    path.write_bytes(raw)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'test.db'}")
    assert main(["gemeinden", "import", str(path)]) == 2
    assert "cannot be unpacked" in capsys.readouterr().err


def test_faults_are_lines_and_nothing_is_written(
    embedded: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "gv.txt"
    path.write_text("\r\n".join(str(line).rstrip() for line in SMALL), encoding="utf-8")
    assert main(["gemeinden", "import", str(path)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith(f"{path}: line 1: 35 characters instead of 220; the file seems to be cut off")
    assert lines[20:] == [f"  … and {len(SMALL) - 20} more faults"]
    assert main(["gemeinden", "import", str(tmp_path / "nix.txt")]) == 2
    assert capsys.readouterr().err == f"{tmp_path / 'nix.txt'}: No such file or directory\n"
    assert count(embedded) == 0


def test_an_older_file_is_refused(embedded: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["gemeinden", "import", saved(tmp_path, day=LATER)])
    assert main(["gemeinden", "import", saved(tmp_path)]) == 2
    assert capsys.readouterr().err == "Loaded is 2024-03-31; the file is of 2023-12-31, which is older\n"


def many(number: int) -> tuple[Line, ...]:
    """A register of the size of the real one: Kreise with a hundred Gemeinden each."""
    lines = [Line("10", "05", "Nordrhein-Westfalen")]
    for kreis in range(-(-number // 100)):
        lines.append(Line("40", f"05{kreis:03}", f"Kreis {kreis}", "44"))
        for place in range(min(100, number - kreis * 100)):
            key = f"05{kreis:03}0{place:03}{place:03}"
            lines.append(Line("60", key, f"Örtchen {kreis}-{place}, Stadt", "63", 1_000 + place, "44135"))
    return tuple(lines)


def test_eleven_thousand_take_seconds(instance: str, tmp_path: Path) -> None:
    path = saved(tmp_path, many(11_000))
    started = time.process_time()  # other tests on the same cores do not count
    assert main(["gemeinden", "import", path]) == 0
    assert time.process_time() - started < 15
    assert count(instance) == 11_110
    assert main(["gemeinden", "import", path]) == 0
    assert count(instance) == 11_110


def test_a_file_with_great_gaps_needs_a_word(embedded: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["gemeinden", "import", saved(tmp_path, many(1_000))])
    short = saved(tmp_path, many(900), day=LATER)
    capsys.readouterr()
    assert main(["gemeinden", "import", short]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "101 entries are not in the file any more. Is it complete?"
    assert lines[-2:] == ["  … and 81 more of them", "If this is right, run it again with --accept-closings"]
    assert main(["gemeinden", "import", short, "--accept-closings"]) == 0
    assert "101 closed" in capsys.readouterr().out
