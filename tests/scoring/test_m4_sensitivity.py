# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M4: what one halved or doubled weight can do."""

from collections.abc import Mapping
from fractions import Fraction

from questionnaires.answers import Answer
from scoring.profile import Profile, Sensitivity
from tests.scoring.tiny import ABSENT, item, items, levels, profile, profile_with, questionnaire, section


def _sections(**given: tuple[int | Answer | None, ...]) -> Profile:
    """Sections of like items, by id, with their answers."""
    form = questionnaire(*(section(name, items(name, len(levels))) for name, levels in given.items()))
    answers: Mapping[str, Answer] = {}
    for name, values in given.items():
        answers = {**answers, **levels(name, *values)}
    return profile(form, answers)


def _order_depends(found: Profile) -> list[bool]:
    return [s.sensitivity.order_depends for s in found.sections if s.sensitivity]


def test_m4_hand_computed() -> None:
    """Levels 0, 2, 4: doubling the 0 gives 150/4, halving it 150/2.5; doubling the 4 gives 250/4."""
    found = profile_with(0, 2, 4).section("E1").sensitivity
    assert found == Sensitivity(Fraction(75, 2), Fraction(125, 2), order_depends=False)


def test_m4_halving_can_matter_more_than_doubling() -> None:
    """Weights 4, 1, 1 with levels 4, 0, 0: halving the 4 gives 200/4, less than doubling a 1 (400/7)."""
    content = [item("E1.a", weight=4.0), item("E1.b"), item("E1.c")]
    found = profile(questionnaire(section("E1", content)), levels("E1", 4, 0, 0)).section("E1").sensitivity
    assert found == Sensitivity(Fraction(50), Fraction(80), order_depends=False)


def test_m4_one_answer_or_like_answers_cannot_swing() -> None:
    assert profile_with(3).section("E1").sensitivity == Sensitivity(Fraction(75), Fraction(75), False)
    assert profile_with(3, 3, 3).section("E1").sensitivity == Sensitivity(Fraction(75), Fraction(75), False)


def test_m4_open_and_not_applicable_items_are_not_varied() -> None:
    assert profile_with(0, 2, 4, None, ABSENT).section("E1").sensitivity == Sensitivity(
        Fraction(75, 2), Fraction(125, 2), order_depends=False
    )


def test_m4_only_scored_sections() -> None:
    assert profile_with(0, None).section("E1").sensitivity is None


def test_m4_order_depends_where_one_change_swaps_two_sections() -> None:
    found = _sections(E1=(0, 4), E2=(2, 2), E3=(4, 4))
    # E1 swings between 33 and 67 around E2's 50 (a tie now), E3 stays far above.
    assert _order_depends(found) == [True, True, False]
    assert found.order_depends


def test_m4_reaching_a_tie_is_a_change_of_sign() -> None:
    """E1 = (100 + 0 + 75)/3 = 58.3…; doubling the 0 gives 175/4 = 43.75. E2 stands exactly there."""
    found = _sections(E1=(4, 0, 3), E2=(1,) + (2,) * 3)
    assert found.section("E2").score == Fraction(175, 4)
    swing = found.section("E1").sensitivity
    assert swing is not None
    assert swing.min == Fraction(175, 4)
    assert _order_depends(found) == [True, True]


def test_m4_reaching_a_tie_from_below_is_one_too() -> None:
    """E1 = 125/3; doubling the 4 gives 225/4. E2 stands exactly there and does not reach down itself."""
    found = _sections(E1=(4, 0, 1), E2=(3,) + (2,) * 3)
    assert found.section("E2").score == Fraction(225, 4)
    assert _order_depends(found) == [True, True]


def test_m4_nearly_a_tie_is_none() -> None:
    """As above with E2 a hair lower: (25 + 50*2)/3 = 41.7 and a swing of its own up to 43.75 < 58.3."""
    found = _sections(E1=(4, 0, 3), E2=(1, 2, 2))
    assert _order_depends(found) == [False, False]


def test_m4_a_tie_that_cannot_move_is_stable() -> None:
    assert _order_depends(_sections(E1=(2, 2), E2=(2, 2, 2))) == [False, False]


def test_m4_a_tie_that_one_change_breaks_depends() -> None:
    assert _order_depends(_sections(E1=(2, 2), E2=(1, 3))) == [True, True]


def test_m4_changes_in_both_sections_at_once_do_not_count() -> None:
    """E1 falls from 80 to 75 at most, E2 rises from 50 to 62.5: they would only meet with two changes."""
    found = _sections(E1=(4, 4, 4, 2, 2), E2=(0, 2, 4))
    first, second = found.section("E1").sensitivity, found.section("E2").sensitivity
    assert first is not None
    assert second is not None
    assert (first.min, second.max) == (Fraction(75), Fraction(125, 2))
    assert _order_depends(found) == [False, False]


def test_m4_sections_without_a_score_and_context_take_no_part() -> None:
    form = questionnaire(
        section("E1", items("E1", 2)),
        section("E2", items("E2", 2)),
        section("R", items("R", 2), kind="context"),
    )
    found = profile(form, levels("E1", 0, 4) | levels("E2", 2) | levels("R", 2, 2))
    assert _order_depends(found) == [False]
    assert not found.order_depends
