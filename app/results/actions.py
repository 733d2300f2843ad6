# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What changes on a result page: the municipality's own targets (rule M5)."""

from datetime import date

from sqlmodel import Session

from app.errors import Invalid
from app.permissions import Scope, require_edit
from app.responses.actions import set_targets
from app.responses.queries import load_response
from questionnaires.definition import Questionnaire
from scoring import Targets
from scoring.inputs import target_problems


def set_section_target(
    db: Session, scope: Scope, questionnaire: Questionnaire, section_id: str, level: int | None, today: date
) -> None:
    """Set a section's own target level 1 to 4, or with None go back to the given one.

    `ReadOnly` without the code, `Invalid` for a section or level that does not exist.
    """
    require_edit(scope)
    targets = load_response(db, scope).targets
    sections = {key: value for key, value in targets.sections.items() if key != section_id}
    if level is not None:
        sections[section_id] = level
    wanted = Targets(targets.default, sections, targets.items)
    if any(target_problems(questionnaire, wanted)):
        raise Invalid
    set_targets(db, scope, questionnaire, wanted, today)
