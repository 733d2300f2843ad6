# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M1: what each answer counts as, with the weight and target of its item."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Literal, Self

from questionnaires.answers import Answer, DontKnow, Level, NotApplicable
from questionnaires.definition import Item, Questionnaire, Section
from questionnaires.flow import Answers, asked
from questionnaires.parts import LEVELS, MunicipalityType
from scoring.inputs import Targets

State = Literal["level", "dont_know", "not_applicable", "blank"]
"""M1: what an answer counts as; „trifft nicht zu“ without a reason counts as blank."""

TargetOrigin = Literal["item", "section", "default"]
"""M5: where an item's target comes from."""

Degree = int | Fraction
"""A level 0 to 4, or in a round (Durchgang) the balanced mean of levels, which need not be whole (M6)."""


@dataclass(frozen=True, slots=True)
class Given:
    """What was given to one item; in a round `mean` is B_i and `level` the whole level it reaches, floor(B_i)."""

    state: State
    level: int | None = None
    mean: Fraction | None = None
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One asked item (Frage) with what its answer counts as.

    `weight` is exact; `units` is the same weight as a whole number in a unit common to all items, so that sums
    need no fractions: every rule only uses ratios of sums of weights.

    In a round `mean` is the balanced mean B_i and `level` the whole level it reaches (M6): a stage counts `level`,
    the step starts there, sums and gaps take `value`.
    """

    item: Item = field(repr=False)
    section_id: str
    state: State
    level: int | None
    weight: Fraction
    units: int
    target: int
    target_origin: TargetOrigin
    answer: Answer | None = None
    mean: Fraction | None = None

    @property
    def id(self) -> str:
        return self.item.id

    @property
    def is_open(self) -> bool:
        """Missing: „weiß ich nicht“ or blank."""
        return self.state in ("dont_know", "blank")

    @property
    def value(self) -> Degree | None:
        """What stands in sums: the level, in a round B_i; None where no level was given."""
        return self.level if self.mean is None else self.mean

    @property
    def gap(self) -> Degree | None:
        """M5: levels between the answer and the target, unrounded; None where no level was given."""
        value = self.value
        return None if value is None else max(0, self.target - value)

    @property
    def reason(self) -> str | None:
        """Why it does not apply, where that was said."""
        return self.answer.reason if isinstance(self.answer, NotApplicable) else None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items have which state; `applicable` = answered + dont_know + blank."""

    applicable: int
    answered: int
    not_applicable: int
    dont_know: int
    blank: int

    @classmethod
    def of(cls, items: Iterable[ItemResult]) -> Self:
        states = [item.state for item in items]
        absent = states.count("not_applicable")
        return cls(
            applicable=len(states) - absent,
            answered=states.count("level"),
            not_applicable=absent,
            dont_know=states.count("dont_know"),
            blank=states.count("blank"),
        )

    @property
    def asked(self) -> int:
        return self.applicable + self.not_applicable


def rate(
    questionnaire: Questionnaire, kind: MunicipalityType | None, answers: Answers, targets: Targets
) -> tuple[ItemResult, ...]:
    """Every asked item in the order of the questionnaire; answers to other items are left aside.

    ValueError where a level is not 0 to 4 (`questionnaires.answers.parse` never gives one).
    """
    return rate_each(questionnaire, kind, targets, lambda item: _given(item, answers.get(item.id)))


def rate_each(
    questionnaire: Questionnaire, kind: MunicipalityType | None, targets: Targets, given: Callable[[Item], Given]
) -> tuple[ItemResult, ...]:
    """Every asked item in order, with what `given` says of it: one answer, or what a round makes of many."""
    unit = lcm(*{exact(item.weight).denominator for item in questionnaire.items})
    return tuple(
        _rated(section, item, given(item), targets, unit)
        for section in questionnaire.sections
        for item in asked(section, kind)
    )


@lru_cache(maxsize=256)
def exact(weight: float) -> Fraction:
    """M2: weights are read as the decimals they are written as: 0.1 is one tenth."""
    return Fraction(str(weight))


def target_of(section: Section, item: Item, targets: Targets) -> tuple[int, TargetOrigin]:
    """M5: the item's own target, else its section's, else the default; the municipality's before ours."""
    own = targets.items.get(item.id, item.target)
    if own is not None:
        return own, "item"
    shared = targets.sections.get(section.id, section.target)
    return (shared, "section") if shared is not None else (targets.default, "default")


def _rated(section: Section, item: Item, given: Given, targets: Targets, unit: int) -> ItemResult:
    weight = exact(item.weight)
    target, origin = target_of(section, item, targets)
    return ItemResult(
        item=item,
        section_id=section.id,
        state=given.state,
        level=given.level,
        weight=weight,
        units=weight.numerator * (unit // weight.denominator),
        target=target,
        target_origin=origin,
        answer=given.answer,
        mean=given.mean,
    )


def _given(item: Item, answer: Answer | None) -> Given:
    level = answer.level if isinstance(answer, Level) else None
    return Given(state_of(item, answer), level, answer=answer)


def state_of(item: Item, answer: Answer | None) -> State:
    """M1: „trifft nicht zu“ counts only with a reason, and only where the item allows it."""
    match answer:
        case Level(level=level) if level in LEVELS:
            return "level"
        case Level(level=level):
            raise ValueError(f"answers.{item.id}: level {level!r} is not a whole number from 0 to 4")
        case DontKnow():
            return "dont_know"
        case NotApplicable(counts=True) if item.allow_not_applicable:
            return "not_applicable"
    return "blank"
