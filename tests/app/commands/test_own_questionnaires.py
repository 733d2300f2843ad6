# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Own questionnaires of an operator at the command line: check, list, show, score, publish."""

import json
import shutil
from pathlib import Path

import pytest

from app.cli import main

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "eigene-fragen"
WHOLE = "weltoffene-kommune+musterstadt"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the documentation's example as the directory of an instance."""
    directory = shutil.copytree(EXAMPLE, tmp_path / "own")
    monkeypatch.setenv("SELBSTCHECK_QUESTIONNAIRES_DIR", str(directory))
    return directory


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(words)
    out, err = capsys.readouterr()
    return code, out, err


def bend(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_example_of_the_documentation_has_no_findings(capsys: pytest.CaptureFixture[str]) -> None:
    for path in (EXAMPLE, EXAMPLE / "additions" / "musterstadt" / "1.0", EXAMPLE / "rathausrunde" / "1.0"):
        assert run(capsys, "questionnaires", "check", str(path)) == (0, "no findings\n", "")


def test_check_without_a_path_looks_at_own_ones_too(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bend(own / "rathausrunde" / "1.0" / "questionnaire.yaml", "summary: Drei", "summary: Ggf. drei")
    code, _, err = run(capsys, "questionnaires", "check")
    assert code == 2
    assert [line for line in err.splitlines() if str(own) in line and "hard-word" in line]


def test_own_ones_are_listed_shown_and_scored(own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, err = run(capsys, "questionnaires", "list", "--json")
    assert {row["id"]: row["origin"] for row in json.loads(out) if row["origin"] != "shipped"} == {
        WHOLE: "addition",
        "rathausrunde": "own",
    }
    assert err == ""
    _, out, _ = run(capsys, "questionnaires", "show", WHOLE, "--json")
    assert json.loads(out)["origin"]["by"] == "Stadt Musterstadt"
    answers = tmp_path / "answers.json"
    answers.write_text('{"municipality": {"type": "landkreis"}, "answers": {"X1.bekannt": 2}}', encoding="utf-8")
    assert run(capsys, "score", WHOLE, str(answers))[0] == 0


def test_a_refused_one_is_named_with_its_findings(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bend(own / "rathausrunde" / "1.0" / "questionnaire.yaml", "minutes: 3", "minutes: 0")
    code, out, err = run(capsys, "questionnaires", "list")
    assert code == 0
    assert "rathausrunde" not in out
    assert err.startswith("refused: ")
    code, _, err = run(capsys, "questionnaires", "show", "rathausrunde@1.0")
    assert code == 2
    assert "wrong-value" in err


def test_a_draft_is_published_with_its_lock(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tiny = Path(__file__).parents[2] / "questionnaires" / "tiny" / "1.0"
    head = shutil.copytree(tiny, own / "tiny" / "1.0") / "questionnaire.yaml"
    assert run(capsys, "questionnaires", "publish", "tiny@1.0") == (0, "tiny@1.0 is published and locked\n", "")
    assert "\nstatus: published\n" in head.read_text(encoding="utf-8")
    assert "tiny 1.0 " in (own / "published.lock").read_text(encoding="utf-8")
    code, _, err = run(capsys, "questionnaires", "publish", "tiny@1.0")
    assert code == 2
    assert "it is published already" in err


@pytest.mark.parametrize("name", ["rathausrunde", "rathausrunde@9.9", "nichts@1.0"])
def test_publishing_needs_a_version_that_is_here(own: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    code, _, err = run(capsys, "questionnaires", "publish", name)
    assert code == 2
    assert f"{name}: there is no such version" in err


def test_a_directory_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SELBSTCHECK_QUESTIONNAIRES_DIR", str(tmp_path / "nirgends"))
    code, out, err = run(capsys, "questionnaires", "list")
    assert code == 0
    assert "weltoffene-kommune@1.0" in out
    assert "missing-file" in err
