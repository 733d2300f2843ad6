# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The round of invented people: the same everywhere, said to be invented, and with something to see in it."""

from fractions import Fraction
from hashlib import sha256

import pytest

from app import demo
from app.demo.rounds import DemoRound, Person, demo_round, people_of
from app.rounds.catalogue import CATALOGUE
from questionnaires.answers import DontKnow, Level, NotApplicable
from questionnaires.definition import Questionnaire
from questionnaires.library import Library
from questionnaires.parts import MunicipalityType
from scoring.perception import SECTION_FLAG, section_gaps
from scoring.privacy import Group, Submitted, publish
from scoring.published import PublishedTable, Rule

People = dict[str, list[Person]]


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    return Library().latest("weltoffene-kommune")


@pytest.fixture(scope="module")
def shown() -> DemoRound:
    return demo_round()


@pytest.fixture(scope="module")
def people(shown: DemoRound, questionnaire: Questionnaire) -> People:
    place = demo.example(questionnaire, "lindenau")
    return {group.key: list(people_of(shown, group, questionnaire, place)) for group in shown.groups}


def table(people: People, questionnaire: Questionnaire) -> PublishedTable:
    groups = tuple(Group(key, None) for key in people)
    submitted = [Submitted(key, one.answers) for key, those in people.items() for one in those]
    return publish(questionnaire, MunicipalityType.GROSSE_STADT, groups, submitted, Rule())


def test_everything_says_that_it_is_invented(shown: DemoRound) -> None:
    assert "erfunden" in shown.title
    assert "erfunden" in shown.note
    assert all("fiktiv" in note for note in (shown.note, shown.open_note))


def test_there_are_five_groups_of_the_catalogue_and_about_forty_people(shown: DemoRound, people: People) -> None:
    assert len(shown.groups) == 5
    assert set(people) <= set(CATALOGUE)
    assert {group.key: group.people for group in shown.groups} == {key: len(those) for key, those in people.items()}
    assert 38 <= sum(map(len, people.values())) <= 42
    assert all(5 <= group.people <= group.expected for group in shown.groups)


def test_it_is_the_same_on_every_machine(people: People) -> None:
    """No chance, no clock, no order of a set: one digest for all levels."""
    levels = "".join(
        str(answer.level) if isinstance(answer, Level) else "-"
        for those in people.values()
        for one in those
        for _, answer in sorted(one.answers.items())
    )
    assert len(levels) == 41 * 76
    assert sha256(levels.encode()).hexdigest()[:16] == "424870613329a02c"


def test_people_of_one_group_differ(people: People) -> None:
    for those in people.values():
        assert len({str(sorted(one.answers.items())) for one in those}) == len(those)


def test_levels_and_doubt_occur_and_nobody_claims_that_something_does_not_apply(people: People) -> None:
    given = [answer for those in people.values() for one in those for answer in one.answers.values()]
    assert {answer.level for answer in given if isinstance(answer, Level)} == {0, 1, 2, 3, 4}
    doubts = sum(isinstance(answer, DontKnow) for answer in given)
    assert 0.05 < doubts / len(given) < 0.15
    assert not any(isinstance(answer, NotApplicable) for answer in given)


def test_every_comment_belongs_to_somebody_and_to_a_question(
    shown: DemoRound, people: People, questionnaire: Questionnaire
) -> None:
    written = [(item, text) for those in people.values() for one in those for item, text in one.notes.items()]
    assert sorted(written) == sorted((one["item"], one["text"]) for one in shown.comments)
    assert all(questionnaire.has_item(item) for item, _ in written)


def test_the_gate_shows_all_five_groups_apart(people: People, questionnaire: Questionnaire) -> None:
    """M7: each is large enough."""
    assert [block.groups for block in table(people, questionnaire).blocks] == [(key,) for key in people]


def test_some_sections_are_seen_differently_and_some_alike(people: People, questionnaire: Questionnaire) -> None:
    """M9: otherwise there would be nothing to look at."""
    widest: dict[str, Fraction] = {}
    for gap in section_gaps(questionnaire, MunicipalityType.GROSSE_STADT, table(people, questionnaire)):
        widest.setdefault(gap.subject, gap.size)
    assert len(widest) == 10
    assert max(widest.values()) >= SECTION_FLAG
    assert min(widest.values()) < SECTION_FLAG / 2
