# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Versions, languages, composition and locks."""

from pathlib import Path

import pytest

from questionnaires.checks import check_path
from questionnaires.library import BrokenQuestionnaireError, Library, UnknownQuestionnaireError
from questionnaires.overlays import read_overlay
from questionnaires.parts import MunicipalityType
from questionnaires.stamping import stamp
from tests.questionnaires.conftest import Edit

SHORT = """
id: short
version: "1.0"
status: draft
title: Kurz
summary: Eine Auswahl.
license: CC-BY-4.0
minutes: 1
selects_from: {id: tiny, version: "1.0"}
sections: [K1]
"""
K1 = """
id: K1
title: Kurz
short_title: Kurz
kind: recommendation
summary: Eine Frage.
why: Zum Anfang.
source: {id: KV, chapter: "2.1"}
items:
  - select: E1.netz
"""


def library(tiny: Path) -> Library:
    return Library(tiny.parents[1])


def short(tiny: Path, section: str = K1) -> Path:
    directory = tiny.parents[1] / "short" / "1.0"
    (directory / "sections").mkdir(parents=True)
    (directory / "questionnaire.yaml").write_text(SHORT, encoding="utf-8")
    (directory / "sections" / "K1.yaml").write_text(section, encoding="utf-8")
    return directory


def test_latest_is_the_highest_number_not_the_last_word(tiny: Path, edit: Edit) -> None:
    for version in ("1.9", "1.10"):
        copy = tiny.parent / version
        copy.mkdir()
        for path in tiny.rglob("*.yaml"):
            target = copy / path.relative_to(tiny)
            target.parent.mkdir(exist_ok=True)
            text = path.read_text(encoding="utf-8").replace('version: "1.0"', f'version: "{version}"')
            target.write_text(text, encoding="utf-8")

    assert library(tiny).latest("tiny").version == "1.10"
    assert library(tiny).get("tiny", "1.0").version == "1.0"


def test_unknown_and_broken_are_told_apart(tiny: Path, edit: Edit) -> None:
    with pytest.raises(UnknownQuestionnaireError):
        library(tiny).get("tiny", "9.9")
    with pytest.raises(UnknownQuestionnaireError):
        library(tiny).latest("nothing")
    edit("questionnaire.yaml", "minutes: 5", "minutes: 0")
    with pytest.raises(BrokenQuestionnaireError) as error:
        library(tiny).get("tiny", "1.0")
    assert [finding.code for finding in error.value.findings] == ["wrong-value"]


def test_an_id_from_outside_never_leaves_the_root(tiny: Path) -> None:
    with pytest.raises(UnknownQuestionnaireError):
        library(tiny).get("../tiny", "1.0")


def test_a_text_has_variants_by_type(tiny: Path) -> None:
    prompt = library(tiny).get("tiny", "1.0").item("E1.netz").prompt

    assert prompt.of(MunicipalityType.LANDKREIS) == "Gibt es ein Netzwerk im Landkreis?"
    assert prompt.of(MunicipalityType.GROSSE_STADT) == prompt.of() == "Gibt es ein Netzwerk?"


def test_an_overlay_changes_words_and_nothing_else(tiny: Path) -> None:
    books = library(tiny)
    german, english = books.get("tiny", "1.0"), books.in_language("tiny", "1.0", "en")

    assert books.languages("tiny", "1.0") == ("de", "en")
    assert english.item("E1.netz").prompt.of() == "Is there a network?"
    assert english.item("E1.netz").anchors[4].of() == "It is secured."
    assert english.item("E1.netz").steps[0].action.lang == "en"
    assert english.owner("amt").title.of() == "Office"
    assert english.digest == german.digest
    assert [item.id for item in english.items] == [item.id for item in german.items]


def test_a_missing_text_stays_german_and_says_so(tiny: Path, edit: Edit) -> None:
    edit("en.yaml", "    help: Any regular meeting counts.\n", "")

    item = library(tiny).in_language("tiny", "1.0", "en").item("E1.netz")

    assert (item.help.of(), item.help.lang) == ("Jede feste Runde zählt.", "de")
    assert item.prompt.lang == "en"


def test_a_questionnaire_can_select_items_of_another(tiny: Path) -> None:
    short(tiny)

    found = library(tiny).get("short", "1.0")
    base = library(tiny).get("tiny", "1.0")

    assert found.item("E1.netz") == base.item("E1.netz")
    assert found.item("E1.netz").digest == base.item("E1.netz").digest
    assert [practice.id for practice in found.practices] == ["belm_netz"]
    assert [lens.id for lens in found.lenses] == ["A1", "F1"]
    assert found.owner("amt").title.of() == "Amt"


def test_a_selection_that_leads_nowhere_is_a_finding(tiny: Path) -> None:
    directory = short(tiny, K1.replace("E1.netz", "E1.fehlt"))

    with pytest.raises(BrokenQuestionnaireError) as error:
        library(tiny).get("short", "1.0")

    (finding,) = error.value.findings
    assert finding.code == "dangling-selection"
    assert (finding.place.file, finding.place.line) == (directory / "sections" / "K1.yaml", 10)


def test_the_digest_changes_with_the_content_not_with_the_status(tiny: Path, edit: Edit) -> None:
    before = library(tiny).get("tiny", "1.0").digest
    edit("questionnaire.yaml", "status: draft", "status: published")
    (tiny.parents[1] / "published.lock").write_text(f"tiny 1.0 {before}\n", encoding="utf-8")
    assert library(tiny).get("tiny", "1.0").digest == before

    edit("sections/E1.yaml", "Jede feste Runde zählt.", "Jede Runde zählt.")
    with pytest.raises(AssertionError):
        assert library(tiny).read(library(tiny).editions()[0]).findings == []


def test_m10_an_items_digest_covers_prompt_anchors_weight_and_core_only(tiny: Path, edit: Edit) -> None:
    before = library(tiny).get("tiny", "1.0").item("E1.netz").digest
    edit("sections/E1.yaml", "Jede feste Runde zählt.", "Jede Runde zählt.")
    edit("sections/E1.yaml", "how: Laden Sie drei Vereine ein.", "how: Laden Sie vier Vereine ein.")
    assert library(tiny).get("tiny", "1.0").item("E1.netz").digest == before

    edit("sections/E1.yaml", "landkreis: Gibt es ein Netzwerk im Landkreis?", "landkreis: Gibt es eines im Kreis?")
    assert library(tiny).get("tiny", "1.0").item("E1.netz").digest != before


def test_a_composed_questionnaire_speaks_the_languages_of_its_base(tiny: Path) -> None:
    directory = short(tiny)
    overlay = "language: en\ntitle: Short\nsummary: A choice.\nsections:\n  K1: {title: Short, short_title: Short}\n"
    (directory / "en.yaml").write_text(overlay, encoding="utf-8")

    english = library(tiny).in_language("short", "1.0", "en")

    assert english.title.of() == "Short"
    assert english.item("E1.netz").prompt.of() == "Is there a network?"
    assert english.glossary[0].title.of() == "Network"


def test_glossary_and_crosswalk_may_grow_without_a_new_version(tiny: Path, edit: Edit) -> None:
    before = library(tiny).get("tiny", "1.0").digest
    edit("glossary.yaml", "Menschen und Stellen", "Leute und Stellen")
    edit("frameworks.yaml", "title: Alle Ebenen", "title: Jede Ebene")
    assert library(tiny).get("tiny", "1.0").digest == before


def test_an_overlay_in_plain_german_promises_questions_only(tiny: Path, edit: Edit) -> None:
    plain = "language: einfach\nlang: de\nscope: questions\ntitle: Klein\nsummary: Sehr klein.\n"
    (tiny / "einfach.yaml").write_text(plain, encoding="utf-8")

    missing = {str(f.message) for f in check_path(tiny) if f.code == "missing-overlay-text"}
    found = library(tiny).in_language("tiny", "1.0", "einfach")

    assert "no text for items.E1.netz.prompt" in missing
    assert not any(".steps." in text or "owners" in text or "practices" in text for text in missing)
    assert (found.title.of(), found.title.lang) == ("Klein", "de")


def test_stamping_leaves_the_file_as_its_author_wrote_it(tiny: Path, edit: Edit) -> None:
    edit("en.yaml", "    prompt: Is there a network?", "    prompt: Is there a network?  # checked")
    edit("sections/E1.yaml", "      - Es ist geplant.", "      - Es ist schon geplant.")
    whole, path = library(tiny).get("tiny", "1.0"), tiny / "en.yaml"
    before = path.read_text(encoding="utf-8").splitlines()
    overlay, _ = read_overlay(path)
    assert overlay is not None

    assert stamp(path, whole, overlay) == 1

    after = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in after if " of: " not in line] == [line for line in before if " of: " not in line]
    assert "stale-overlay-text" not in {finding.code for finding in check_path(tiny)}
