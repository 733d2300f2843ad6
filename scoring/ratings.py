# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M1: what each answer counts as, with the weight and target of its item."""

from collections.abc import Iterable
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


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One asked item (Frage) with what its answer counts as.

    `weight` is exact; `units` is the same weight as a whole number in a unit common to all items, so that sums
    need no fractions: every rule only uses ratios of sums of weights.
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

    @property
    def id(self) -> str:
        return self.item.id

    @property
    def is_open(self) -> bool:
        """Missing: „weiß ich nicht“ or blank."""
        return self.state in ("dont_know", "blank")

    @property
    def gap(self) -> int | None:
        """M5: levels between the answer and the target; None where no level was given."""
        return None if self.level is None else max(0, self.target - self.level)

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
    unit = lcm(*{exact(item.weight).denominator for item in questionnaire.items})
    return tuple(
        _rated(section, item, answers.get(item.id), targets, unit)
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


def _rated(section: Section, item: Item, answer: Answer | None, targets: Targets, unit: int) -> ItemResult:
    state = _state(item, answer)
    weight = exact(item.weight)
    target, origin = target_of(section, item, targets)
    return ItemResult(
        item=item,
        section_id=section.id,
        state=state,
        level=answer.level if isinstance(answer, Level) else None,
        weight=weight,
        units=weight.numerator * (unit // weight.denominator),
        target=target,
        target_origin=origin,
        answer=answer,
    )


def _state(item: Item, answer: Answer | None) -> State:
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
