# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sentence on top: every branch, true in every case, right in grammar for any title."""

import re
from gettext import NullTranslations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.results.headline import headline, is_beginning, is_strong, round_headline, standing_of
from questionnaires.answers import Answer
from questionnaires.definition import Questionnaire
from scoring import Profile
from tests.scoring import tiny

ITEMS = 6
HIGH, MIDDLE, LOW = 4, 2, 0
OPEN = None
Given = int | Answer | None


def questionnaire(sections: int) -> Questionnaire:
    """Sections E1, E2 … of six core items each, with the letters as short titles."""
    return tiny.questionnaire(
        *(
            tiny.section(
                f"E{number}",
                tiny.items(f"E{number}", ITEMS, core=True),
                short_title=tiny.text(chr(64 + number)),
            )
            for number in range(1, sections + 1)
        )
    )


def profile(*rows: list[Given] | Given) -> Profile:
    """One row a section: its answers, or one answer for all its items."""
    answers: dict[str, Answer] = {}
    for number, row in enumerate(rows, 1):
        answers |= tiny.levels(f"E{number}", *(row if isinstance(row, list) else [row] * ITEMS))
    return tiny.profile(questionnaire(len(rows)), answers)


def sentence(*rows: list[Given] | Given) -> str:
    return headline(profile(*rows), NullTranslations())


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((OPEN, OPEN), "Hier steht Ihr Ergebnis, sobald Sie die ersten Fragen beantwortet haben."),
        ((tiny.UNKNOWN, OPEN), "Hier steht Ihr Ergebnis, sobald Sie die ersten Fragen beantwortet haben."),
        (([4, OPEN], OPEN), "Für eine Aussage fehlen noch Antworten."),
        (([4, 4, 4], OPEN), "Für eine Punktzahl fehlen noch Antworten, erste Spannen sind zu sehen."),
        ((HIGH, LOW), "Stark bei „A“, am Anfang bei „B“."),
        ((HIGH, MIDDLE, LOW), "Stark bei „A“, am Anfang bei „C“."),
        ((HIGH, MIDDLE), "Stark bei „A“, auf dem Weg bei „B“."),
        ((MIDDLE, LOW), "Auf dem Weg bei „A“, am Anfang bei „B“."),
        ((HIGH, OPEN), "Stark bei „A“."),
        ((LOW, OPEN), "Am Anfang bei „A“."),
        ((MIDDLE, OPEN), "Auf dem Weg bei „A“."),
        ((HIGH, HIGH), "Stark in beiden Abschnitten."),
        ((MIDDLE,) * 10, "Auf dem Weg in allen zehn Abschnitten."),
        ((LOW,) * 13, "Am Anfang in allen 13 Abschnitten."),
        ((HIGH,), "Stark bei „A“."),
        ((LOW,), "Am Anfang bei „A“."),
    ],
)
def test_every_branch(rows: tuple[list[Given] | Given, ...], words: str) -> None:
    assert sentence(*rows) == words


def test_two_or_three_are_named_more_are_counted() -> None:
    assert sentence(HIGH, HIGH, LOW) == "Stark bei „A“ und „B“, am Anfang bei „C“."
    assert sentence(HIGH, HIGH, HIGH, LOW) == "Stark bei „A“, „B“ und „C“, am Anfang bei „D“."
    assert sentence(*[HIGH] * 4, LOW) == "Stark bei „A“, „B“ und zwei weiteren Abschnitten, am Anfang bei „E“."


def test_the_furthest_come_first_and_at_the_beginning_the_least_far() -> None:
    assert sentence(3, HIGH, [1, 1, 1, 1, 1, 0], LOW) == "Stark bei „B“ und „A“, am Anfang bei „D“ und „C“."


def test_the_middle_of_the_scale_belongs_to_neither_side() -> None:
    exactly = [3, 3, 3, 2, 2, 2]  # 62.5 points: as near to level 2 as to level 3
    lower = [1, 1, 1, 2, 2, 2]  # 37.5 points
    assert sentence(exactly, lower) == "Auf dem Weg in beiden Abschnitten."


def test_a_high_score_on_a_low_stage_is_not_strong() -> None:
    assert sentence([4, 4, 4, 4, 0, 0], OPEN) == "Auf dem Weg bei „A“."  # 67 points, but stage 0


def test_open_answers_that_could_turn_it_around_keep_it_from_being_said() -> None:
    could_fall = [3, 3, 3, 3, OPEN, OPEN]  # 75 points, band 50 to 83, but stage 0 to 3
    could_rise = [1, 1, 1, 1, OPEN, OPEN]  # 25 points, band 17 to 50
    assert sentence(could_fall, could_rise) == "Auf dem Weg in beiden Abschnitten."


def test_context_sections_are_never_named() -> None:
    of = tiny.questionnaire(
        tiny.section("E1", tiny.items("E1", 2, core=True), short_title=tiny.text("A")),
        tiny.section("R", tiny.items("R", 2), kind="context", short_title=tiny.text("Rahmen")),
    )
    shown = tiny.profile(of, tiny.levels("E1", 4, 4) | tiny.levels("R", 0, 0))
    assert headline(shown, NullTranslations()) == "Stark bei „A“."


answered = st.one_of(st.none(), st.integers(0, 4), st.just(tiny.UNKNOWN), st.just(tiny.ABSENT))
rows = st.lists(st.lists(answered, min_size=ITEMS, max_size=ITEMS), min_size=1, max_size=4)


@given(rows)
def test_it_is_one_sentence_that_neither_praises_nor_blames(given_rows: list[list[Given]]) -> None:
    words = sentence(*given_rows)
    assert words[0].isupper()
    assert words.endswith(".")
    assert words.count(".") == 1
    assert "  " not in words
    assert "{" not in words
    assert not re.search(r"!|gut|schlecht|leider|toll|nur |mangel|versagt|vorbild", words, re.IGNORECASE)


@given(rows, st.integers(0, 4))
def test_it_stays_true_whatever_the_open_answers_are(given_rows: list[list[Given]], later: int) -> None:
    """Nobody who was called strong turns out to be at the beginning, and the other way round."""
    now = standing_of(profile(*given_rows))
    filled = [[later if value in (None, tiny.UNKNOWN) else value for value in row] for row in given_rows]
    then = profile(*filled)
    assert not any(is_beginning(then.section(section.id)) for section in now.strong)
    assert not any(is_strong(then.section(section.id)) for section in now.beginning)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((OPEN, OPEN), "Für eine Aussage gab es zu wenige Antworten."),
        (([4, OPEN], OPEN), "Für eine Aussage gab es zu wenige Antworten."),
        (([4, 4, 4], OPEN), "Für eine Punktzahl gab es zu wenige Antworten, erste Spannen sind zu sehen."),
        ((HIGH, LOW), "Stark bei „A“, am Anfang bei „B“."),
    ],
)
def test_of_a_round_nothing_is_still_to_come(rows: tuple[list[Given] | Given, ...], words: str) -> None:
    assert round_headline(profile(*rows), NullTranslations()) == words
