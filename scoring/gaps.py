# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M5: gaps (Lücken), priorities with their next step, focus (Schwerpunkte), support list."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType

from questionnaires.definition import Item, Questionnaire
from questionnaires.parts import Effort, MunicipalityType, Room
from scoring.inputs import Municipality
from scoring.practices import practices_for
from scoring.profile import Focus, Priority, StepView, Support
from scoring.ratings import Degree, ItemResult

ROOM_FACTORS: Mapping[Room, Fraction] = {Room.OWN: Fraction(1), Room.SHARED: Fraction(1, 2)}
"""M5: room (Spielraum); items of room `others` have no place in the list."""

EFFORT_ORDER: Mapping[Effort, int] = {Effort.LOW: 0, Effort.MEDIUM: 1, Effort.HIGH: 2}

FOCUS_SECTIONS = 3
FOCUS_STEPS = 3


ALONE: Mapping[str, Fraction] = MappingProxyType({})
"""No agreement: one rater."""


def priorities_of(
    questionnaire: Questionnaire,
    municipality: Municipality,
    items: Iterable[ItemResult],
    agreement: Mapping[str, Fraction] = ALONE,
) -> tuple[Priority, ...]:
    """M5: every answered item with room own or shared and a gap, whatever its section's coverage.

    Order: priority, then in a round agreement A by item id ascending (what is not in `agreement` last), then lower
    effort of the next step, then the order of the questionnaire (`items` stand in it, and sorting keeps it).
    """
    found = [
        _priority(questionnaire, municipality, item, level, gap)
        for item in items
        if item.item.scored and (level := item.level) is not None and (gap := item.gap)
    ]

    def place(entry: Priority) -> tuple[Fraction, bool, Fraction, int]:
        known = agreement.get(entry.item_id)
        return -entry.priority, known is None, known or Fraction(0), EFFORT_ORDER[entry.step.effort]

    return tuple(sorted(found, key=place))


def _priority(
    questionnaire: Questionnaire, municipality: Municipality, item: ItemResult, level: int, gap: Degree
) -> Priority:
    definition = item.item
    factor = ROOM_FACTORS[definition.room]
    return Priority(
        item_id=item.id,
        section_id=item.section_id,
        level=level,
        target=item.target,
        target_origin=item.target_origin,
        gap=gap,
        importance=definition.importance,
        room=definition.room,
        room_factor=factor,
        priority=definition.importance * gap * factor,
        step=next_step(questionnaire, definition, level, municipality.type),
        practices=practices_for(questionnaire, item.id, level, municipality),
        mean=item.mean,
    )


def next_step(questionnaire: Questionnaire, item: Item, level: int, kind: MunicipalityType | None) -> StepView:
    """M5: always x to x + 1, never to the target at once; `level` is 0 to 3."""
    step = item.steps[level]
    return StepView(
        from_level=level,
        to_level=level + 1,
        action=step.action.of(kind),
        how=step.how.of(kind),
        effort=step.effort,
        owner=step.owner,
        owner_title=questionnaire.owner(step.owner).title.of(kind),
        horizon=step.horizon,
    )


def focus_of(questionnaire: Questionnaire, priorities: Iterable[Priority]) -> tuple[Focus, ...]:
    """M5: the first three distinct recommendation sections in list order, at most three steps each."""
    allowed = {section.id for section in questionnaire.sections if section.kind == "recommendation"}
    steps: dict[str, list[str]] = {}
    for entry in priorities:
        if entry.section_id in allowed:
            steps.setdefault(entry.section_id, []).append(entry.item_id)
    first = list(steps.items())[:FOCUS_SECTIONS]
    return tuple(Focus(section_id, tuple(ids[:FOCUS_STEPS])) for section_id, ids in first)


def support_of(items: Iterable[ItemResult]) -> tuple[Support, ...]:
    """M5: Unterstützungsliste: items of room `others` that are open or below target.

    Ordered by importance times gap (open counts as the full gap), then the order of the questionnaire.
    """
    wishes = (_support(item) for item in items if not item.item.scored and item.state != "not_applicable")
    return tuple(sorted((wish for wish in wishes if wish.gap), key=lambda wish: -wish.priority))


def _support(item: ItemResult) -> Support:
    gap = item.target if item.gap is None else item.gap
    importance = item.item.importance
    return Support(item.id, item.level, item.target, gap, importance, importance * gap, item.mean)
