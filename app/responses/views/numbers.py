# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The numbers that people see: sections by their place among those that ask anything, questions below them."""

from questionnaires.definition import Questionnaire, Section
from questionnaires.flow import asked
from questionnaires.parts import MunicipalityType


def sections_of(questionnaire: Questionnaire, kind: MunicipalityType) -> tuple[Section, ...]:
    """The sections that ask a municipality of this type anything, in order."""
    return tuple(section for section in questionnaire.sections if asked(section, kind))


def numbers_of(questionnaire: Questionnaire, kind: MunicipalityType) -> dict[str, str]:
    """The number of every asked question by its id: `1.3` is the third question of the first section."""
    return {
        item.id: f"{at}.{n}"
        for at, section in enumerate(sections_of(questionnaire, kind), 1)
        for n, item in enumerate(asked(section, kind), 1)
    }
