# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is shipped: published, locked by digest, complete, in three languages."""

import pytest

from questionnaires.checks import check_path
from questionnaires.library import SHIPPED, Library
from questionnaires.parts import MunicipalityType
from questionnaires.roots import locked_in

LONG = ("weltoffene-kommune", "1.0")
LOCKED = {
    LONG: "6c20d588133af82b17f4fdf183899b5280a559aea07250f67054c6dcd2a14e1e",
    ("kurzcheck", "1.0"): "5993f3cac9b85845aed9194295c4fa4e3b6c746e588b51c459749d25961e1171",
    ("steuerung-quartier", "1.0"): "7b4f90a7064b2854da58087ccf538c18daae300e59e353a14c8af32101da8574",
}
"""The digests of the published versions, here a second time: an edit of both lock and content shows."""


def test_the_shipped_questionnaires_have_no_findings() -> None:
    assert check_path(SHIPPED) == []


@pytest.mark.parametrize("edition", LOCKED)
def test_a_published_version_never_changes(edition: tuple[str, str]) -> None:
    found = Library().get(*edition)
    assert found.status == "published"
    assert found.digest == LOCKED[edition] == locked_in(SHIPPED)[edition]


@pytest.mark.parametrize("edition", LOCKED)
def test_every_questionnaire_speaks_three_languages(edition: tuple[str, str]) -> None:
    assert Library().languages(*edition) == ("de", "einfach", "en")


def test_the_long_check_covers_the_whole_map() -> None:
    long = Library().get(*LONG)
    recommendations = {aspect.id for aspect in long.aspects if aspect.id.startswith("E")}
    assert len(recommendations) == 63
    assert {aspect for item in long.items for aspect in item.aspects} == {aspect.id for aspect in long.aspects}
    assert [section.id for section in long.sections] == [*(f"E{n}" for n in range(1, 11)), "R"]


def test_every_type_of_municipality_finds_examples() -> None:
    long = Library().get(*LONG)
    assert len(long.practices) >= 45
    assert {practice.type for practice in long.practices} == set(MunicipalityType)
    assert all(long.practices_of(item.id) for item in long.items)
