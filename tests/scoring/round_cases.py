# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rounds: written down group by group, and random ones for the properties."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from questionnaires.answers import Answer
from questionnaires.definition import Questionnaire
from scoring.privacy import Group, Submitted, publish
from scoring.published import PublishedTable, Rule
from tests.scoring.tiny import ABSENT, UNKNOWN, answer, item, items, questionnaire, section

Given = int | Answer | None
FORM = questionnaire(section("E1", items("E1", 1)))
"""One item, E1.a."""

GROUPS = "abcde"
OTHERS: tuple[Given, ...] = (UNKNOWN, ABSENT, None)


def groups(*ids: str) -> tuple[Group, ...]:
    return tuple(map(Group, ids))


def response(group: str, given: Mapping[str, Given]) -> Submitted:
    return Submitted(group, {key: answer(raw) for key, raw in given.items() if raw is not None})


def one_item(rule: Rule | None = None, /, **given: Sequence[Given]) -> PublishedTable:
    """The table of a round on `FORM`: for each group, in order, what its people gave."""
    responses = [response(group, {"E1.a": raw}) for group, raws in given.items() for raw in raws]
    return publish(FORM, None, groups(*given), responses, rule)


def sized(*sizes: int, rule: Rule | None = None) -> PublishedTable:
    """The table of a round with groups a, b, … of these sizes, where everybody gives level 2."""
    return one_item(rule, **{GROUPS[place]: [2] * size for place, size in enumerate(sizes)})


@dataclass(frozen=True)
class Round:
    """Everything a table is made of."""

    form: Questionnaire
    groups: tuple[Group, ...]
    responses: tuple[Submitted, ...]
    rule: Rule

    @property
    def table(self) -> PublishedTable:
        return publish(self.form, None, self.groups, self.responses, self.rule)


@st.composite
def rounds(draw: st.DrawFn, most: int = 9) -> Round:
    """Up to five groups of up to `most`, some with a short form; two or three items, one without „trifft nicht zu“."""
    content = [item(f"E1.{name}", allow_not_applicable=name != "b") for name in "abc"[: draw(st.integers(2, 3))]]
    ids = [one.id for one in content]
    forms = st.sampled_from([None, None, frozenset(ids[:1]), frozenset(ids[1:])])
    named = [Group(name, draw(forms)) for name in GROUPS[: draw(st.integers(1, 5))]]
    moods = {(group.id, key): draw(MOODS) for group in named for key in ids}
    responses = [
        response(group.id, {key: draw(st.sampled_from(moods[group.id, key])) for key in ids})
        for group in named
        for _ in range(draw(st.integers(0, most)))
    ]
    rule = Rule(n_min=draw(st.integers(3, 6)))
    return Round(questionnaire(section("E1", content)), tuple(named), tuple(responses), rule)


MOODS: st.SearchStrategy[tuple[Given, ...]] = st.sampled_from(
    [
        (0, 1, 2, 3, 4),
        (0, 1, 2, 3, 4, *OTHERS),
        (2, 3),
        (1, 1, 2, *OTHERS, *OTHERS),
        (UNKNOWN, UNKNOWN, UNKNOWN, 2, None),
        (ABSENT,),
        (UNKNOWN, ABSENT),
        (None,),
    ]
)
