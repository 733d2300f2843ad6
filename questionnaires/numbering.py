# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The numbers that people see: sections by their place among those that ask anything, questions below them."""

from collections.abc import Sequence

from questionnaires.definition import Questionnaire, Section
from questionnaires.flow import asked
from questionnaires.parts import MunicipalityType


def sections_of(questionnaire: Questionnaire, kind: MunicipalityType) -> tuple[Section, ...]:
    """The sections that ask a municipality of this type anything, in order."""
    return tuple(section for section in questionnaire.sections if asked(section, kind))


def place_of(section: Section, sections: Sequence[Section]) -> int:
    """The number of a section among those that ask anything, from 1; StopIteration where it is none of them."""
    return next(at for at, other in enumerate(sections, 1) if other.id == section.id)


def numbers_of(questionnaire: Questionnaire, kind: MunicipalityType) -> dict[str, str]:
    """The number of every asked question by its id: `1.3` is the third question of the first section."""
    sections = sections_of(questionnaire, kind)
    return {item: number for section in sections for item, number in numbers_in(section, sections, kind).items()}


def numbers_in(section: Section, sections: Sequence[Section], kind: MunicipalityType) -> dict[str, str]:
    """The numbers of one section's questions."""
    at = place_of(section, sections)
    return {item.id: f"{at}.{n}" for n, item in enumerate(asked(section, kind), 1)}
