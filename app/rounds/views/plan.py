# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The steps of planning a round, one page each, and the page on which it is opened."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import Problem
from app.i18n import Words, words_of
from app.rounds.forms.planning import AddressValues, BasicsValues, ProtectionValues
from app.rounds.offered import Offer
from app.rounds.plans import DEFAULT_TARGET
from app.rounds.queries.plan import Planned
from app.rounds.views.outlook import Outlook
from app.rounds.views.promise import Promise
from questionnaires.definition import Questionnaire
from questionnaires.origins import Edition
from questionnaires.parts import MunicipalityType

STEPS = ("basics", "groups", "protection", "address", "targets")


@dataclass(frozen=True, slots=True)
class FormChoice:
    """A questionnaire that can be chosen, in the reader's language."""

    edition: Edition
    title: Words
    summary: Words
    questions: int
    shared: int
    minutes: int

    @property
    def value(self) -> str:
        """`id@version`, as forms carry it."""
        return str(self.edition)


@dataclass(frozen=True, slots=True)
class Frame:
    """What every step shows of its round."""

    id: str
    title: str
    municipality: str
    is_planned: bool
    base: str
    number: int
    steps: int = len(STEPS)


@dataclass(frozen=True)
class BasicsPage:
    """Title, questionnaire, period. `frame` None: the round does not exist yet."""

    municipality_id: str
    municipality: str
    values: BasicsValues
    forms: tuple[FormChoice, ...]
    frame: Frame | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def chosen(self) -> FormChoice | None:
        """The questionnaire of an open round, which is told and not asked."""
        return next((form for form in self.forms if form.value == self.values.form), None)


@dataclass(frozen=True)
class ProtectionPage:
    """Mode, least number, notes, months; and what people read because of them."""

    frame: Frame
    values: ProtectionValues
    preview: "Preview"
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Preview:
    """What the choice of protection changes while it is made."""

    outlook: Outlook
    promise: Promise
    is_named: bool


@dataclass(frozen=True)
class AddressPage:
    """The coordinator's own words."""

    frame: Frame
    values: AddressValues
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A section with its target."""

    id: str
    title: Words
    level: int


@dataclass(frozen=True)
class TargetsPage:
    """A target for each section."""

    frame: Frame
    rows: tuple[TargetRow, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class OpeningPage:
    """Everything once more before people are asked: what stands in the way, what would be shown, what is promised."""

    frame: Frame
    plan: Planned
    form: Words
    obstacles: tuple[Problem, ...]
    outlook: Outlook
    promise: Promise
    has_begun: bool
    """Its first day is here."""


def frame_of(plan: Planned, step: str) -> Frame:
    """The frame of one step; 0 for the page that is none."""
    number = STEPS.index(step) + 1 if step in STEPS else 0
    return Frame(plan.id, plan.title, plan.municipality.name or "", plan.is_planned, plan.base, number)


def choice_of(offer: Offer, shown: Questionnaire, kind: MunicipalityType | None) -> FormChoice:
    """`shown` is the questionnaire in the reader's language."""
    return FormChoice(
        edition=offer.edition,
        title=words_of(shown.title, kind),
        summary=words_of(shown.summary, kind),
        questions=offer.questions,
        shared=offer.shared,
        minutes=shown.minutes,
    )


def target_rows(plan: Planned, shown: Questionnaire, levels: Mapping[str, int]) -> tuple[TargetRow, ...]:
    """Each section with its target."""
    return tuple(
        TargetRow(
            section.id,
            words_of(section.title, plan.kind),
            levels.get(section.id, plan.targets.get(section.id, DEFAULT_TARGET)),
        )
        for section in shown.sections
    )
