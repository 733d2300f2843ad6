# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""`selbstcheck score …`: the documented example, its schemas, and invalid input."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from app.cli import main

DOCS = Path(__file__).parents[3] / "docs"
LONG = "weltoffene-kommune"


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(words)
    out, err = capsys.readouterr()
    return code, out, err


def load(name: str) -> Any:
    return json.loads((DOCS / name).read_text(encoding="utf-8"))


def test_the_documented_example_gives_the_documented_output(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "score", LONG, str(DOCS / "examples" / "answers.json"), "--json")
    assert code == 0
    expected = load("examples/profile.json")
    found = json.loads(out)
    # The digest of a draft changes with every word of it; the figures must not.
    assert found.pop("questionnaire")["id"] == expected.pop("questionnaire")["id"]
    assert _figures(found) == _figures(expected)


def test_input_and_output_fit_their_schemas(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "score", LONG, str(DOCS / "examples" / "answers.json"), "--json")
    jsonschema.validate(load("examples/answers.json"), load("schema/answers.schema.json"))
    jsonschema.validate(load("examples/profile.json"), load("schema/profile.schema.json"))
    jsonschema.validate(json.loads(out), load("schema/profile.schema.json"))


@pytest.mark.parametrize(
    "broken",
    [
        {"municipality": {"type": "dorf"}, "answers": {}},
        {"municipality": {"type": "landkreis"}, "answers": {"E1.lenkungsgruppe": 5}},
        {"municipality": {"type": "landkreis"}, "answers": {"E1.lenkungsgruppe": {"carried_by": "budget"}}},
    ],
)
def test_the_schema_refuses_what_the_command_refuses(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, broken: dict[str, Any]
) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, load("schema/answers.schema.json"))
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(broken), encoding="utf-8")
    code, out, err = run(capsys, "score", LONG, str(path), "--json")
    assert (code, out) == (2, "")
    assert err.startswith(str(path))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "unreadable-json"),
        ('{"answers": {}, "answers": {}}', "duplicate-key"),
        ("[" * 100_000, "unreadable-json"),
        ('{"municipality": {"population": ' + "9" * 5000 + "}}", "unreadable-json: a number of 5000 digits"),
        ("[]", "not-an-object"),
        ('{"municipality": {}, "answers": {"E1.x": 1}}', "unknown-item"),
        ('{"municipality": {}, "answers": {"E1.lenkungsgruppe": NaN}}', "unknown-answer"),
        ('{"municipality": {}, "answers": {}, "targets": {"default": 9}}', "target-out-of-range"),
        ('{"municipality": {}, "answers": {}, "scenario_date": "2028-13"}', "month-unreadable"),
    ],
)
def test_invalid_input_names_its_place(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: str, told: str
) -> None:
    path = tmp_path / "answers.json"
    path.write_text(content, encoding="utf-8")
    code, out, err = run(capsys, "score", LONG, str(path))
    assert (code, out) == (2, "")
    assert all(line.startswith(str(path)) for line in err.splitlines())
    assert told in err


def test_a_missing_file_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "score", LONG, "/nowhere.json")
    assert code == 2
    assert err == "/nowhere.json: unreadable-file: No such file or directory\n"


def test_for_people_the_profile_is_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "score", LONG, str(DOCS / "examples" / "answers.json"))
    assert code == 0
    assert "no statement yet" in out


def _figures(document: Any) -> Any:
    """The document without the words of the content, which the review may still change."""
    words = {"title", "text", "owner", "practices"}
    if isinstance(document, dict):
        return {key: _figures(value) for key, value in document.items() if key not in words}
    return [_figures(value) for value in document] if isinstance(document, list) else document
