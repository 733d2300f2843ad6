# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which words of the glossary a question uses."""

from pathlib import Path

import pytest

from questionnaires.catalogues import Term
from questionnaires.library import Library
from questionnaires.parts import MunicipalityType, Text
from questionnaires.terms import finder
from tests.questionnaires.conftest import Edit

OPENING = Term(id="oeffnung", title=Text(default="Öffnung"), text=Text(default="Türen auf."))
INTERCULTURAL = Term(
    id="interkulturelle_oeffnung",
    title=Text(default="Interkulturelle Öffnung"),
    text=Text(default="Alle kommen an."),
    forms=("interkulturellen Öffnung",),
)
CHAMBER = Term(id="kammer", title=Text(default="Kammer"), text=Text(default="Vertritt Betriebe."))
TERMS = (OPENING, INTERCULTURAL, CHAMBER)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ziel ist die interkulturelle Öffnung.", ["interkulturelle_oeffnung"]),
        ("Wege der interkulturellen Öffnung", ["interkulturelle_oeffnung"]),
        ("Die Öffnung und die interkulturelle Öffnung", ["oeffnung", "interkulturelle_oeffnung"]),
        ("ÖFFNUNG", ["oeffnung"]),
        ("Kammern, Vorkammer und Kammermusik", []),
        ("Handwerks-Kammer (Kammer)", ["kammer"]),
        ("", []),
    ],
)
def test_whole_words_are_found_the_longest_first(text: str, found: list[str]) -> None:
    assert [term.id for term in finder(TERMS)([text])] == found


def test_terms_stand_once_in_the_order_of_their_first_place() -> None:
    texts = ["Kammer und Öffnung", "interkulturelle Öffnung, Kammer, Öffnung"]
    assert [term.id for term in finder(TERMS)(texts)] == ["kammer", "oeffnung", "interkulturelle_oeffnung"]


def test_without_a_glossary_nothing_is_found() -> None:
    assert finder(())(["Kammer"]) == ()


def test_another_language_may_have_a_plural_that_nobody_wrote_down() -> None:
    english = Term(id="kammer", title=Text(default="Chamber", lang="en", overlay="en"), text=Text(default="Trades."))
    assert finder([english])(["Do chambers help?"]) == (english,)


def test_a_question_is_read_in_the_words_of_the_type(tiny: Path, edit: Edit) -> None:
    edit("sections/E1.yaml", "landkreis: Gibt es ein Netzwerk im Landkreis?", "landkreis: Trifft sich jemand?")
    questionnaire = Library(tiny.parents[1]).latest("tiny")
    in_general = questionnaire.terms_by_item(None)
    assert [term.id for term in in_general["E1.netz"]] == ["netzwerk"]
    assert questionnaire.terms_by_item(MunicipalityType.LANDKREIS)["E1.netz"] == ()
    assert questionnaire.terms_by_item(None) is in_general


def test_every_term_of_the_shipped_questionnaires_explains_a_question(library: Library) -> None:
    for name in ("weltoffene-kommune", "steuerung-quartier"):
        questionnaire = library.latest(name)
        by_type = [questionnaire.terms_by_item(kind) for kind in (None, *MunicipalityType)]
        used = {term.id for by_item in by_type for found in by_item.values() for term in found}
        assert {term.id for term in questionnaire.glossary} == used
