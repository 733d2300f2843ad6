# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Random small questionnaires with answers, for the properties."""

from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

from questionnaires.answers import Answer, Budget, DontKnow, Level, NotApplicable, Project
from questionnaires.definition import Questionnaire
from questionnaires.flow import Answers
from questionnaires.parts import MunicipalityType, Room
from scoring import Municipality, Profile, Targets, profile_of
from tests.scoring.tiny import item, lens, practice, questionnaire, section, steps

ATTRIBUTES = ("A1", "A2", "A3", "A4", "A5")
MONTH = "2028-01"

CARRIERS = st.sampled_from([None, Budget(), Project("2027-06"), Project("2028-06")])
LEVELS = st.builds(Level, st.integers(0, 4), CARRIERS)
ANSWERS: st.SearchStrategy[Answer | None] = st.one_of(
    LEVELS,
    LEVELS,
    LEVELS,
    st.just(DontKnow()),
    st.just(NotApplicable("Grund")),
    st.just(NotApplicable("")),
    st.none(),
)
WEIGHTS = st.sampled_from([1.0, 1.0, 1.0, 0.1, 0.3, 0.5, 2.0, 2.5])
EFFORTS = st.tuples(*[st.sampled_from(["low", "medium", "high"])] * 4)


@dataclass(frozen=True)
class Case:
    """A questionnaire with answers: everything a profile needs."""

    form: Questionnaire
    answers: Answers
    municipality: Municipality
    targets: Targets

    @property
    def profile(self) -> Profile:
        return profile_of(self.form, self.municipality, self.answers, self.targets, MONTH)

    def answering(self, item_id: str, answer: Answer | None) -> "Case":
        """The same case with one other answer; None makes it blank."""
        others = {key: value for key, value in self.answers.items() if key != item_id}
        return replace(self, answers=others if answer is None else {**others, item_id: answer})


@st.composite
def cases(draw: st.DrawFn) -> Case:
    sections = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        names = "abcdefg"[: draw(st.integers(1, 6))]
        content = [item(f"E{number}.{name}", **draw(_item_fields())) for name in names]
        kind = draw(st.sampled_from(["recommendation", "recommendation", "recommendation", "context"]))
        target = draw(st.sampled_from([None, None, 2, 4]))
        sections.append(section(f"E{number}", content, kind=kind, target=target))
    ids = [found.id for part in sections for found in part.items]
    examples = [practice(f"p{n}", (item_id, n % 4)) for n, item_id in enumerate(ids)]
    lenses = [lens("F1", *ATTRIBUTES), *map(lens, ATTRIBUTES)]
    given = {item_id: draw(ANSWERS) for item_id in ids}
    return Case(
        form=questionnaire(*sections, lenses=lenses, practices=examples),
        answers={item_id: answer for item_id, answer in given.items() if answer is not None},
        municipality=draw(
            st.builds(Municipality, st.sampled_from(MunicipalityType), st.sampled_from([None, 9_000, 300_000]))
        ),
        targets=Targets(default=draw(st.integers(1, 4)), items={ids[0]: draw(st.integers(1, 4))}),
    )


@st.composite
def _item_fields(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "weight": draw(WEIGHTS),
        "core": draw(st.booleans()),
        "importance": draw(st.integers(1, 3)),
        "room": draw(st.sampled_from([Room.OWN, Room.OWN, Room.OWN, Room.SHARED, Room.OTHERS])),
        "lenses": tuple(draw(st.lists(st.sampled_from(ATTRIBUTES), unique=True, max_size=3))),
        "applies_to": draw(st.sampled_from([None, None, None, (MunicipalityType.LANDKREIS,)])),
        "steps": steps(*draw(EFFORTS)),
    }
