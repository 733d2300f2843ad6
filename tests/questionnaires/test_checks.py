# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Each finding can occur: one fault put into the tiny definition gives exactly its code, at its line."""

from pathlib import Path

import pytest

from questionnaires.checks import CHECKS, check_path
from tests.questionnaires.conftest import Edit

E1 = "sections/E1.yaml"
MAIN = "questionnaire.yaml"

FAULTS = [
    ("duplicate-key", E1, "    core: true\n", "    core: true\n    core: false\n"),
    ("unknown-key", E1, "    core: true\n", "    kern: true\n"),
    ("wrong-value", E1, "importance: 3", "importance: drei"),
    ("wrong-value", E1, "importance: 3", 'importance: "3"'),
    ("wrong-value", E1, "room: own", "room: mine"),
    ("wrong-value", E1, "export_code: E1Q01", "export_code: 1E-Q"),
    ("wrong-value", E1, "applies_to: [landkreis]", "applies_to: [dorf]"),
    ("missing-key", E1, "    help: Jede feste Runde zählt.\n", ""),
    ("unreadable-yaml", E1, "items:", "items: ]"),
    ("anchors-not-five", E1, "      - Es wird geprüft.\n", ""),
    (
        "steps-not-four",
        E1,
        "      - {action: Regeln Sie die Vertretung., how: Üben Sie den Ernstfall., effort: medium,"
        " owner: amt, horizon: 12}\n",
        "",
    ),
    ("missing-file", MAIN, "sections: [E1]", "sections: [E2]"),
    ("dangling-lens", E1, "lenses: [A1]", "lenses: [A1, A9]"),
    ("dangling-aspect", E1, "aspects: [E1a]", "aspects: [E1a, E9z]"),
    ("dangling-owner", E1, "owner: amt", "owner: niemand"),
    ("dangling-source", E1, "sources: [{id: KV", "sources: [{id: XX"),
    ("dangling-item", "practices.yaml", "item: E1.netz", "item: E1.nirgends"),
    ("dangling-overlay", "en.yaml", "  E1.pflege:", "  E1.weg: {prompt: Gone}\n  E1.pflege:"),
    ("duplicate-id", E1, "id: E1.pflege", "id: E1.netz"),
    ("duplicate-export-code", E1, "export_code: E1Q02", "export_code: e1q01"),
    ("aspect-without-item", E1, "aspects: [E1b]", "aspects: [E1a]"),
    ("item-without-aspect", E1, "aspects: [E1b]", "aspects: []"),
    ("lens-without-items", MAIN, "parts: [A1]", "parts: []"),
    ("lens-too-thin", MAIN, "min_items: 2", "min_items: 3"),
    ("core-items", E1, "core: true", "core: false"),
    ("item-outside-section", E1, "id: E1.pflege", "id: E7.pflege"),
    ("weight-without-reason", E1, "    room: own", "    weight: 2.0\n    room: own"),
    ("importance-without-reason", E1, "importance_reason: Ohne Netzwerk geht nichts.", 'importance_reason: ""'),
    ("item-without-source", E1, 'sources: [{id: KV, chapter: "3.2"}]', "sources: []"),
    ("repeated-text", E1, "      - Es ist geplant.", "      - Es gibt keines."),
    ("practice-step", "practices.yaml", "to: 1", "to: 3"),
    ("text-too-long", E1, "Jede feste Runde zählt.", "Jede feste Runde zählt. " * 12),
    ("sentence-too-long", E1, "Jede feste Runde zählt.", "Jede feste Runde zählt" + " und noch eine" * 9 + "."),
    ("gender-sign", E1, "Jede feste Runde zählt.", "Alle Bürger*innen zählen."),
    ("gender-sign", E1, "Jede feste Runde zählt.", "Alle Akteur:innen zählen."),
    ("gender-sign", E1, "Jede feste Runde zählt.", "Alle BürgerInnen zählen."),
    ("hard-word", E1, "Jede feste Runde zählt.", "Es zählt z. B. eine Runde."),
    ("no-question", E1, "default: Gibt es ein Netzwerk?", "default: Ein Netzwerk."),
    ("asks-about-person", E1, "default: Gibt es ein Netzwerk?", "default: Gehören Sie zu einem Netzwerk?"),
    ("asks-about-person", E1, "    core: true", "    about: person\n    core: true"),
    ("missing-overlay-text", "en.yaml", "    help: Any regular meeting counts.\n", ""),
    ("dangling-crossing", "crosswalk.yaml", 'points: ["1"]', 'points: ["9"]'),
    ("item-without-crossing", "crosswalk.yaml", "item: E1.pflege", "item: E1.netz"),
    ("stale-overlay-text", E1, "      - Es ist geplant.", "      - Es ist schon geplant."),
    ("misplaced", MAIN, 'version: "1.0"', 'version: "1.1"'),
    ("published-changed", MAIN, "status: draft", "status: published"),
]


def test_the_tiny_definition_has_no_findings(tiny: Path) -> None:
    assert check_path(tiny.parents[1]) == []


@pytest.mark.parametrize(("code", "file", "old", "new"), FAULTS, ids=[f"{f[0]}-{n}" for n, f in enumerate(FAULTS)])
def test_a_fault_gives_its_finding(tiny: Path, edit: Edit, code: str, file: str, old: str, new: str) -> None:
    edit(file, old, new)

    findings = check_path(tiny.parents[1])

    found = {finding.code for finding in findings}
    assert code in found
    named = next(finding for finding in findings if finding.code == code)
    assert named.place.file.is_relative_to(tiny.parents[1])
    assert named.message
    assert named.remedy


def test_a_section_without_items_is_a_finding(tiny: Path, edit: Edit) -> None:
    edit("questionnaire.yaml", "sections: [E1]", "sections: [E1, E2]")
    content = (tiny / "sections" / "E1.yaml").read_text(encoding="utf-8")
    empty = content[: content.index("items:")].replace("id: E1", "id: E2") + "items: []\n"
    (tiny / "sections" / "E2.yaml").write_text(empty, encoding="utf-8")

    assert "section-without-items" in {finding.code for finding in check_path(tiny)}


def test_every_check_across_the_definition_is_provoked() -> None:
    codes = {code for code, *_ in FAULTS} | {"section-without-items"}
    source = Path(__file__).parents[2] / "questionnaires"
    text = "".join((source / name).read_text(encoding="utf-8") for name in ("checks.py", "wording.py", "library.py"))
    written = {part.split('"')[0] for part in text.split('Fault("')[1:]} | {
        part.split('"')[0] for part in text.split('Finding("')[1:]
    }
    assert written <= codes
    assert len(CHECKS) == 9


def test_a_finding_names_file_line_and_remedy(tiny: Path, edit: Edit) -> None:
    edit("sections/E1.yaml", "lenses: [A1]", "lenses: [A9]")

    finding = next(f for f in check_path(tiny.parents[1]) if f.code == "dangling-lens")

    path = tiny / "sections" / "E1.yaml"
    line = path.read_text(encoding="utf-8").splitlines().index("  - id: E1.netz") + 1
    assert (finding.place.file, finding.place.line) == (path, line)
    assert str(finding).startswith(f"{path}:{line}: dangling-lens: ")


def test_wrong_values_are_all_reported_at_once(tiny: Path, edit: Edit) -> None:
    edit("sections/E1.yaml", "importance: 3", "importance: 9")
    edit("sections/E1.yaml", "importance: 1", "importance: 0")

    assert [finding.code for finding in check_path(tiny.parents[1])] == ["wrong-value", "wrong-value"]


def test_a_directory_that_is_not_there(tmp_path: Path) -> None:
    assert [finding.code for finding in check_path(tmp_path / "nowhere")] == ["missing-file"]
    assert [finding.code for finding in check_path(tmp_path)] == ["missing-file"]
