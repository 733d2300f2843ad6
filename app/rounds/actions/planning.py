# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Plan a round, and open it. What is planned can be changed (`changing.py`); what is opened, hardly."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import insert
from sqlmodel import Session

from app import audit, tokens
from app.errors import Invalid, Problem
from app.i18n import N_
from app.municipalities.queries.facts import municipality_of
from app.permissions import Action, MunicipalityScope, RoundScope, require
from app.rounds.actions.locking import change_round, lock_round
from app.rounds.catalogue import is_group_key, place_of
from app.rounds.offered import find, offer_of
from app.rounds.plans import DEFAULT_TARGET, LEAST_N_MIN, MOST_RAW_MONTHS, Basics, GroupPlan, Plan, Protection
from app.rounds.queries.plan import plan_of
from app.rounds.readiness import obstacles
from app.tables.rounds import GROUPS, Round
from questionnaires.definition import Questionnaire
from questionnaires.library import Library
from questionnaires.origins import Edition
from questionnaires.parts import MunicipalityType


def plan_round(
    db: Session, scope: MunicipalityScope, library: Library, plan: Plan, *, today: date, now: datetime
) -> str:
    """A new round with copies of what its municipality is today (R-05); its id. `Invalid` for a plan that cannot be."""
    require(scope, Action.ROUND_CREATE)
    place = municipality_of(db, scope)
    form = form_for(library, plan.basics.form)
    values = {**basics_values(plan.basics, form), **protection_values(plan.protection)}
    row = Round(
        id=uuid4().hex,
        municipality_id=scope.municipality_id,
        municipality_name=place.name,
        municipality_type=place.type,
        population=place.population,
        size_class=place.size_class,
        targets=targets_value(form, plan.targets),
        contact=plan.address.contact,
        message=plan.address.message,
        created_on=today,
        changed_at=now,
        **values,
    )
    db.add(row)
    db.flush()
    groups = group_rows(library, form, MunicipalityType(place.type), plan.groups)
    add_groups(db, row.id, groups)
    audit.record(db, scope, "round.create", now, round_id=row.id, title=plan.basics.title)
    return row.id


def open_round(db: Session, scope: RoundScope, library: Library, *, today: date, now: datetime) -> None:
    """From now on people can answer, from the first day of its period on.

    `RoundChanged` unless it is planned; `Invalid` with everything that stands in the way.
    """
    require(scope, Action.ROUND_PLAN)
    lock_round(db, scope, "planned")
    problems = obstacles(plan_of(db, scope), library, today)
    if problems:
        raise Invalid(*problems)
    change_round(db, scope, now, status="open", opened_on=today)
    audit.record(db, scope, "round.open", now)


def form_for(library: Library, edition: Edition) -> Questionnaire:
    """The questionnaire of a round; `Invalid` where it cannot be had."""
    found = find(library, edition)
    if found is None:
        raise Invalid(Problem("form", N_("Diesen Fragebogen gibt es nicht. Bitte wählen Sie einen aus der Liste.")))
    return found


def basics_values(basics: Basics, form: Questionnaire) -> dict[str, Any]:
    """Title, period and the questionnaire, frozen with its digest."""
    if basics.closes_on < basics.opens_on:
        raise Invalid(Problem("closes_on", N_("Der letzte Tag liegt vor dem ersten. Bitte prüfen Sie beide.")))
    return {
        "title": basics.title,
        "questionnaire_id": form.id,
        "questionnaire_version": form.version,
        "questionnaire_digest": form.digest,
        "opens_on": basics.opens_on,
        "closes_on": basics.closes_on,
    }


def protection_values(protection: Protection) -> dict[str, Any]:
    """What people are promised (M7)."""
    if protection.n_min < LEAST_N_MIN:
        raise Invalid(Problem("n_min", N_("Weniger als 3 ist nicht möglich: Einzelne wären sonst zu erkennen.")))
    if not 1 <= protection.raw_months <= MOST_RAW_MONTHS:
        raise Invalid(Problem("raw_months", N_("Möglich sind 1 bis 60 Monate.")))
    return {
        "mode": protection.mode,
        "n_min": protection.n_min,
        "asks_comments": protection.asks_comments,
        "raw_months": protection.raw_months,
    }


def targets_value(form: Questionnaire, targets: Mapping[str, int]) -> dict[str, object]:
    """The targets as `scoring.inputs.Targets` reads them: only those of this questionnaire that differ (M5)."""
    known = {section.id for section in form.sections}
    chosen = {name: level for name, level in targets.items() if name in known and level != DEFAULT_TARGET}
    if not all(1 <= level <= 4 for level in chosen.values()):
        raise Invalid(Problem("targets", N_("Als Ziel sind die Stufen 1 bis 4 möglich.")))
    return {"sections": chosen}


def group_rows(
    library: Library, form: Questionnaire, kind: MunicipalityType | None, groups: Iterable[GroupPlan]
) -> list[dict[str, object]]:
    """The columns of each group in order, without id and link; `Invalid` for a group that cannot be."""
    ordered = sorted(_known(groups), key=lambda group: place_of(group.key))
    return [_group_row(library, form, kind, group) | {"position": place} for place, group in enumerate(ordered)]


def add_groups(db: Session, round_id: str, rows: list[dict[str, object]]) -> None:
    """New groups, each with a link of its own."""
    fresh = [row | {"id": uuid4().hex, "round_id": round_id, "link_code": tokens.new_entry()} for row in rows]
    if fresh:
        db.execute(insert(GROUPS), fresh)


def _known(groups: Iterable[GroupPlan]) -> list[GroupPlan]:
    wanted = list(groups)
    found = {group.key: group for group in wanted if is_group_key(group.key)}
    if len(found) < len(wanted):
        raise Invalid(Problem("groups", N_("Bitte wählen Sie die Gruppen noch einmal.")))
    return list(found.values())


def _group_row(
    library: Library, form: Questionnaire, kind: MunicipalityType | None, group: GroupPlan
) -> dict[str, object]:
    asked = _form_of_group(library, form, kind, group)
    return {
        "key": group.key,
        "title": group.title,
        "expected": group.expected,
        "form_id": asked.id,
        "form_version": asked.version,
        "form_digest": asked.digest,
    }


def _form_of_group(
    library: Library, form: Questionnaire, kind: MunicipalityType | None, group: GroupPlan
) -> Questionnaire:
    """The questionnaire a group gets; one that shares no question with that of the round compares nothing."""
    if group.form is None or (group.form.id, group.form.version) == (form.id, form.version):
        return form
    asked = find(library, group.form)
    if asked is None or not offer_of(asked, form, kind).is_shared:
        raise Invalid(
            Problem(
                f"form-{group.key}",
                N_(
                    "Dieser Fragebogen hat keine Frage mit dem des Durchgangs gemeinsam. "
                    "Bitte wählen Sie einen anderen."
                ),
            )
        )
    return asked
