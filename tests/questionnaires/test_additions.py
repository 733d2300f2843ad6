# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""An addition to a shipped questionnaire: what it becomes, and each fault it can have."""

from pathlib import Path

import pytest

from questionnaires.checks import check_library
from questionnaires.definition import Questionnaire
from questionnaires.library import Library
from questionnaires.own import open_library
from questionnaires.parts import copy_with
from tests.questionnaires.conftest import Edit, bend

ID = "tiny+stadt"
MAIN, X1 = "addition.yaml", "sections/X1.yaml"


def books(tiny: Path, own: Path) -> Library:
    return open_library(own, shipped=tiny.parents[1])


def codes(tiny: Path, own: Path) -> list[str]:
    return [finding.code for finding in check_library(Library(tiny.parents[1], own), own)]


def test_the_example_of_these_tests_has_no_findings(tiny: Path, own: Path) -> None:
    assert codes(tiny, own) == []
    assert books(tiny, own).refused == ()


def test_an_addition_is_a_questionnaire_of_its_own_behind_the_shipped_one(tiny: Path, own: Path) -> None:
    library = books(tiny, own)
    base, whole = library.get("tiny", "1.0"), library.get(ID, "1.0")

    assert [str(edition) for edition in library.editions()] == ["tiny@1.0", f"{ID}@1.0"]
    assert [section.id for section in whole.sections] == ["E1", "X1"]
    assert whole.sections[0] == base.sections[0]
    assert whole.minutes == base.minutes + 2
    assert [source.id for source in whole.sources] == ["KV", "LEITBILD"]
    assert whole.title.of() == "Kleiner Fragebogen mit Zusatz"


def test_it_is_marked_and_the_shipped_part_is_not(tiny: Path, own: Path) -> None:
    library = books(tiny, own)
    whole = library.in_language(ID, "1.0", "en")

    assert whole.origin is not None
    assert (whole.origin.kind, whole.origin.by, str(whole.origin.extends)) == (
        "addition",
        "Stadt Musterstadt",
        "tiny@1.0",
    )
    assert [section.is_added for section in whole.sections] == [False, True]
    assert library.get("tiny", "1.0").origin is None


def test_the_digest_holds_both_parts(tiny: Path, own: Path, addition: Path, edit: Edit) -> None:
    first = books(tiny, own).get(ID, "1.0").digest
    bend(addition / X1, "Spricht der Rat über", "Berät der Rat über")
    second = books(tiny, own).get(ID, "1.0").digest
    edit("sections/E1.yaml", "default: Gibt es ein Netzwerk?", "default: Gibt es ein festes Netzwerk?")
    third = books(tiny, own).get(ID, "1.0").digest
    assert len({first, second, third}) == 3


def test_where_something_comes_from_does_not_change_its_digest(tiny: Path, own: Path) -> None:
    whole: Questionnaire = books(tiny, own).get(ID, "1.0")
    assert copy_with(whole, {"origin": None}).digest == whole.digest


def test_languages_come_from_both_and_the_head_from_the_addition(tiny: Path, own: Path, addition: Path) -> None:
    english = books(tiny, own).in_language(ID, "1.0", "en")
    assert books(tiny, own).languages(ID, "1.0") == ("de", "en")
    assert english.title.of() == "Tiny questionnaire with an addition"
    assert english.item("E1.netz").prompt.of() == "Is there a network?"
    assert english.item("X1.rat").prompt.of() == "Does the council discuss diversity?"

    (addition / "en.yaml").unlink()
    without = books(tiny, own).in_language(ID, "1.0", "en")
    assert (without.title.of(), without.title.lang) == ("Kleiner Fragebogen mit Zusatz", "de")
    assert without.item("E1.netz").prompt.lang == "en"
    assert without.item("X1.rat").prompt.lang == "de"


def test_an_addition_cannot_give_shipped_questions_other_words(tiny: Path, own: Path, addition: Path) -> None:
    bend(addition / "en.yaml", "items:\n", 'items:\n  E1.netz: {prompt: "Something else?"}\n')
    assert "dangling-overlay" in codes(tiny, own)
    english = Library(tiny.parents[1], own).in_language(ID, "1.0", "en")
    assert english.item("E1.netz").prompt.of() == "Is there a network?"


def test_a_language_that_only_the_addition_has_must_hold_only_its_own_texts(
    tiny: Path, own: Path, addition: Path
) -> None:
    text = (addition / "en.yaml").read_text(encoding="utf-8").replace("language: en", "language: tr")
    (addition / "tr.yaml").write_text(text, encoding="utf-8")
    assert codes(tiny, own) == []


FAULTS = [
    ("missing-key", MAIN, "by: Stadt Musterstadt\n", ""),
    ("wrong-value", MAIN, "by: Stadt Musterstadt", 'by: " "'),
    ("wrong-value", MAIN, "sections: [X1]", "sections: []"),
    ("unknown-key", MAIN, "minutes: 2", "minutes: 2\nlenses: []"),
    ("unknown-key", MAIN, "minutes: 2", "minutes: 2\norigin: {kind: own}"),
    ("unknown-key", X1, "kind: recommendation", "kind: recommendation\norigin: {kind: own}"),
    ("dangling-extends", MAIN, 'id: tiny, version: "1.0"', 'id: tiny, version: "7.0"'),
    ("dangling-extends", MAIN, "id: tiny,", "id: other,"),
    ("wrong-value", MAIN, "id: tiny,", "id: tiny+stadt,"),
    ("misplaced", MAIN, "name: stadt", "name: dorf"),
    ("missing-file", MAIN, "sections: [X1]", "sections: [X2]"),
    ("addition-section", X1, "id: X1\n", "id: S1\n"),
    ("addition-lens", X1, "    core: true\n", "    core: true\n    lenses: [A1]\n"),
    ("addition-lens", X1, "    core: true\n", "    core: true\n    aspects: [E1a]\n"),
    ("duplicate-export-code", X1, "X1Q01", "E1Q01"),
    ("duplicate-id", X1, "id: X1.bericht", "id: X1.rat"),
    ("item-outside-section", X1, "id: X1.bericht", "id: X2.bericht"),
    ("dangling-owner", X1, "owner: amt", "owner: niemand"),
    ("dangling-source", X1, "sources: [{id: LEITBILD", "sources: [{id: XX"),
    ("duplicate-id", "sources.yaml", "id: LEITBILD", "id: KV"),
    ("core-items", X1, "core: true", "core: false"),
    ("hard-word", X1, "Wenige Seiten genügen.", "Es genügen ggf. wenige Seiten."),
    ("published-changed", MAIN, "status: draft", "status: published"),
]


@pytest.mark.parametrize(("code", "file", "old", "new"), FAULTS)
def test_each_fault_is_found_in_the_addition(
    tiny: Path, own: Path, addition: Path, code: str, file: str, old: str, new: str
) -> None:
    bend(addition / file, old, new)
    found = [finding for finding in check_library(Library(tiny.parents[1], own), own) if "overlay" not in finding.code]
    assert code in {finding.code for finding in found}
    assert all(own in finding.place.file.parents for finding in found)


def test_an_addition_brings_no_examples_or_glossary(tiny: Path, own: Path, addition: Path) -> None:
    (addition / "practices.yaml").write_text("[]\n", encoding="utf-8")
    assert codes(tiny, own) == ["unknown-key"]


def test_faults_of_the_shipped_part_are_not_told_twice(tiny: Path, own: Path, edit: Edit) -> None:
    edit("sections/E1.yaml", "Jede feste Runde zählt.", "Es zählt z. B. eine Runde.")
    assert "hard-word" not in codes(tiny, own)
