# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""An addition is scored like any section, and what is shipped scores the same with and without it."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from questionnaires.answers import Answer, DontKnow, Level
from questionnaires.definition import Questionnaire
from questionnaires.own import open_library
from questionnaires.parts import MunicipalityType
from scoring import Municipality, profile_of
from scoring.profile import SectionResult

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "eigene-fragen"
TOWN = Municipality(MunicipalityType.MITTLERE_STADT)


@pytest.fixture(scope="module")
def both() -> tuple[Questionnaire, Questionnaire]:
    """The shipped questionnaire, and the same with the addition of the example."""
    library = open_library(EXAMPLE)
    return library.latest("weltoffene-kommune"), library.latest("weltoffene-kommune+musterstadt")


def mixed(questionnaire: Questionnaire) -> dict[str, Answer]:
    """Answers of all levels, some open."""
    return {item.id: DontKnow() if n % 7 == 0 else Level(n % 5) for n, item in enumerate(questionnaire.items) if n % 11}


def test_shipped_sections_and_lenses_keep_their_figures(both: tuple[Questionnaire, Questionnaire]) -> None:
    base, whole = both
    answers = mixed(base)
    before = profile_of(base, TOWN, answers)
    after = profile_of(whole, TOWN, answers | {"X1.bekannt": Level(4), "X1.vorlagen": Level(0)})

    assert after.lenses == before.lenses
    for section in before.sections:
        assert without_order(after.section(section.id)) == without_order(section)


def without_order(section: SectionResult) -> SectionResult:
    """Whether the order of sections may change is said of all sections together."""
    swing = section.sensitivity
    return replace(section, sensitivity=swing and replace(swing, order_depends=False))


def test_the_added_section_has_a_score_and_steps(both: tuple[Questionnaire, Questionnaire]) -> None:
    _, whole = both
    profile = profile_of(whole, TOWN, {"X1.bekannt": Level(3), "X1.vorlagen": Level(1)})
    own = profile.section("X1")

    assert (own.score, own.statement) == (Fraction(50), "score")
    assert {entry.section_id for entry in profile.priorities} == {"X1"}


def test_the_answers_of_one_fit_the_other(both: tuple[Questionnaire, Questionnaire]) -> None:
    base, whole = both
    assert all(whole.item(item.id) == item for item in base.items)
    assert {item.id for item in whole.items} - {item.id for item in base.items} == {"X1.bekannt", "X1.vorlagen"}
