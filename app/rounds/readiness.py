# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether a round can be opened, and what still stands in its way. Pure: the action and the page ask the same."""

from datetime import date

from app.errors import Problem
from app.i18n import N_
from app.rounds.offered import find
from app.rounds.queries.plan import Planned
from questionnaires.library import Library
from questionnaires.origins import Edition


def obstacles(plan: Planned, library: Library, today: date) -> tuple[Problem, ...]:
    """What has to be mended before opening; `field` names the step of planning where that is done."""
    return (*_groups(plan), *_period(plan, today), *_forms(plan, library))


def _groups(plan: Planned) -> tuple[Problem, ...]:
    return () if plan.groups else (Problem("groups", N_("Es fehlen die Gruppen. Wählen Sie mindestens eine.")),)


def _period(plan: Planned, today: date) -> tuple[Problem, ...]:
    if plan.basics.closes_on >= today:
        return ()
    return (Problem("basics", N_("Der letzte Tag ist schon vorbei. Wählen Sie einen neuen Zeitraum.")),)


def _forms(plan: Planned, library: Library) -> tuple[Problem, ...]:
    """A questionnaire that is no draft never changes; an operator's own draft may have, since it was chosen."""
    if not _is_there(library, plan.basics.form, plan.form_digest):
        return (Problem("basics", N_("Den Fragebogen gibt es so nicht mehr. Wählen Sie ihn noch einmal.")),)
    gone = [group for group in plan.groups if not _is_there(library, group.form, group.form_digest)]
    text = N_("Den kürzeren Fragebogen der Gruppe „{group}“ gibt es so nicht mehr. Wählen Sie ihn noch einmal.")
    return tuple(Problem("groups", text, {"group": group.title}) for group in gone)


def _is_there(library: Library, edition: Edition, digest: str) -> bool:
    found = find(library, edition)
    return found is not None and found.digest == digest
