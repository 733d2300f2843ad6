# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A composed questionnaire is scored with its own sections and only the lenses it declares."""

from questionnaires.answers import Level
from questionnaires.library import Library
from questionnaires.parts import MunicipalityType
from scoring import Municipality, profile_of


def test_m2_the_short_check_has_its_own_sections_and_no_lens() -> None:
    short = Library().latest("kurzcheck")
    answers = {item.id: Level(2) for item in short.items}

    profile = profile_of(short, Municipality(MunicipalityType.LANDKREIS), answers)

    assert len(short.items) == 15
    assert [(section.id, section.score) for section in profile.sections] == [("K1", 50), ("K2", 50), ("K3", None)]
    assert profile.lenses == ()
    assert {entry.section_id for entry in profile.priorities} == {"K1", "K2", "K3"}


def test_the_short_check_asks_once_about_each_recommendation_and_each_factor() -> None:
    short, long = Library().latest("kurzcheck"), Library().latest("weltoffene-kommune")
    asked = [long.section_of(item.id).id for item in short.items]
    assert {f"E{n}" for n in range(1, 11)} <= set(asked)
    factors = {aspect[:2] for item in short.items for aspect in item.aspects if aspect.startswith("F")}
    assert factors == {"F2", "F3", "F4", "F5"}
    # The first factor is a way of working; its question is the second of E2 (aims, measures, responsibility).
    assert asked.count("E2") == 2
