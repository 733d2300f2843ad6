# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""`selbstcheck questionnaires …` as people and programs see it."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from app.cli import main
from questionnaires.library import SHIPPED

LONG = "weltoffene-kommune"


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(words)
    out, err = capsys.readouterr()
    return code, out, err


def test_list_names_every_version(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "questionnaires", "list", "--json")
    rows = {(row["id"], row["version"]): row for row in json.loads(out)}
    assert code == 0
    assert rows[LONG, "1.0"]["items"] >= 74


def test_show_gives_every_key_of_an_item(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "questionnaires", "show", f"{LONG}@1.0", "--json")
    document = json.loads(out)
    item = document["sections"][0]["items"][0]
    assert code == 0
    assert {"sections", "lenses", "practices", "sources"} <= set(document)
    assert {"id", "title", "kind", "items"} <= set(document["sections"][0])
    assert set(item) >= {
        *("id", "export_code", "prompt", "help", "anchors", "steps", "importance", "weight", "core", "room"),
        *("lenses", "applies_to", "allow_not_applicable", "sources", "practices"),
    }
    assert len(item["anchors"]) == 5
    assert [(step["from"], step["to"]) for step in item["steps"]] == [(0, 1), (1, 2), (2, 3), (3, 4)]
    assert set(item["steps"][0]) == {"from", "to", "text", "effort", "owner", "horizon"}
    practices = {practice["id"] for practice in document["practices"]}
    assert all(set(i["practices"]) <= practices for section in document["sections"] for i in section["items"])


def test_show_prints_the_questions_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "questionnaires", "show", LONG)
    assert code == 0
    assert "E1.lenkungsgruppe" in out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show", "nothing"), "nothing: there is no such questionnaire"),
        (("show", f"{LONG}@9.9"), f"{LONG}@9.9: there is no such questionnaire"),
        (("show", LONG, "--lang", "xx"), "no texts in 'xx'"),
        (("check", "/nowhere"), "/nowhere:1: missing-file"),
    ],
)
def test_invalid_input_is_one_line_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    code, out, err = run(capsys, "questionnaires", *words)
    assert (code, out) == (2, "")
    assert told in err
    assert len(err.splitlines()) == 1


def test_the_shipped_questionnaires_have_no_findings(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "questionnaires", "check") == (0, "no findings\n", "")


def test_the_schemas_accept_the_shipped_files(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "questionnaires", "schema")
    schemas = json.loads(out)
    directory = SHIPPED / LONG / "1.0"
    _validate(directory / "questionnaire.yaml", schemas["questionnaire.yaml"])
    for name in ("aspects", "practices", "sources"):
        _validate(directory / f"{name}.yaml", schemas[f"{name}.yaml"])
    for path in (directory / "sections").glob("*.yaml"):
        _validate(path, schemas["sections/*.yaml"])


def test_the_schema_of_a_section_refuses_an_unknown_key(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "questionnaires", "schema")
    section = yaml.safe_load((SHIPPED / LONG / "1.0" / "sections" / "E1.yaml").read_text(encoding="utf-8"))
    section["items"][0]["anchor"] = "x"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(section, json.loads(out)["sections/*.yaml"])


def _validate(path: Path, schema: object) -> None:
    assert isinstance(schema, dict)
    jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), schema)


def test_crosswalk_tells_what_each_question_serves(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "questionnaires", "crosswalk", LONG)
    assert code == 0
    assert "E1.lenkungsgruppe  " in out
    assert "    Sieben Felder des früheren Selbstchecks: 1 Management und Steuerung" in out


def test_crosswalk_as_a_table_is_ordered_by_the_other_catalogue(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "questionnaires", "crosswalk", LONG, "--csv")
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == "\ufeffKatalog;Punkt;Titel des Punkts;Abschnitt;Kennung der Frage;Frage"
    assert lines[1].startswith("Sieben Felder des früheren Selbstchecks;1;Management und Steuerung;")
    assert len(lines) > 150


def test_show_speaks_every_language_and_keeps_the_structure(capsys: pytest.CaptureFixture[str]) -> None:
    shown = {}
    for language in ("de", "einfach", "en"):
        code, out, _ = run(capsys, "questionnaires", "show", LONG, "--lang", language, "--json")
        assert code == 0
        shown[language] = [item for section in json.loads(out)["sections"] for item in section["items"]]
    for items in zip(*shown.values(), strict=True):
        assert len({item["id"] for item in items}) == 1
        assert len({item["export_code"] for item in items}) == 1
        assert items[2]["prompt"] != items[0]["prompt"]
        assert items[2]["steps"] != items[0]["steps"]
        assert items[1]["steps"] == items[0]["steps"]  # plain German promises the questions
