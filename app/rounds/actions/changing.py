# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Change the plan of a round, one part at a time.

Each action takes `base`, the state its form was made from: where somebody else acted meanwhile, nothing is
overwritten. Once the round is open, what people were promised and what they are asked stays (M7).
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, update
from sqlmodel import Session

from app import audit
from app.errors import Invalid, Problem, RoundChanged
from app.i18n import N_
from app.permissions import Action, RoundScope, require
from app.rounds.actions.locking import change_round, lock_round
from app.rounds.actions.planning import (
    add_groups,
    basics_values,
    form_for,
    group_rows,
    protection_values,
    targets_value,
)
from app.rounds.plans import Address, Basics, GroupPlan, Protection
from app.rounds.queries.plan import Planned, PlannedGroup, base_of, plan_of
from app.tables.rounds import GROUPS
from questionnaires.library import Library
from questionnaires.origins import Edition


def change_basics(
    db: Session, scope: RoundScope, library: Library, basics: Basics, *, base: str, today: date, now: datetime
) -> None:
    """Title, questionnaire and period; once it is open only the title and the last day, which is not past."""
    before = _begin(db, scope, base, "planned", "open")
    values = _replanned(db, before, library, basics) if before.is_planned else _extended(before, basics, today)
    change_round(db, scope, now, **values)
    is_moved = before.basics.closes_on != basics.closes_on
    audit.record(db, scope, "round.plan", now, part="basics", closes_on_changed=is_moved)


def change_groups(
    db: Session, scope: RoundScope, library: Library, groups: Iterable[GroupPlan], *, base: str, now: datetime
) -> None:
    """The groups become these. Once it is open groups can be added and renamed, and no form changes."""
    before = _begin(db, scope, base, "planned", "open")
    form = form_for(library, before.basics.form)
    rows = {str(row["key"]): row for row in group_rows(library, form, before.kind, groups)}
    kept = {group.key: group for group in before.groups}
    if not before.is_planned:
        _require_all_kept(kept, rows)
    gone = [group.id for key, group in kept.items() if key not in rows]
    db.execute(delete(GROUPS).where(GROUPS.c.id.in_(gone)))
    for key, group in kept.items():
        if key in rows:
            db.execute(update(GROUPS).where(GROUPS.c.id == group.id).values(**rows[key]))
    add_groups(db, scope.round_id, [row for key, row in rows.items() if key not in kept])
    change_round(db, scope, now)
    audit.record(db, scope, "round.groups", now, groups=len(rows))


def change_protection(db: Session, scope: RoundScope, protection: Protection, *, base: str, now: datetime) -> None:
    """What people are promised; only before it is opened."""
    _begin(db, scope, base, "planned")
    change_round(db, scope, now, **protection_values(protection))
    audit.record(db, scope, "round.plan", now, part="protection", mode=protection.mode, n_min=protection.n_min)


def change_address(db: Session, scope: RoundScope, address: Address, *, base: str, now: datetime) -> None:
    """The coordinator's own words, and whom people can ask."""
    _begin(db, scope, base, "planned", "open")
    change_round(db, scope, now, contact=address.contact, message=address.message)
    audit.record(db, scope, "round.plan", now, part="address")


def change_targets(
    db: Session, scope: RoundScope, library: Library, targets: Mapping[str, int], *, base: str, now: datetime
) -> None:
    """The target of each section; until it is closed, for then the result is fixed."""
    before = _begin(db, scope, base, "planned", "open")
    change_round(db, scope, now, targets=targets_value(form_for(library, before.basics.form), targets))
    audit.record(db, scope, "round.targets", now)


def _begin(db: Session, scope: RoundScope, base: str, *expected: str) -> Planned:
    """The plan as it is, locked; `RoundChanged` in another status, `Invalid` where somebody else changed it."""
    require(scope, Action.ROUND_PLAN)
    _require_base(lock_round(db, scope, *expected), base)
    return plan_of(db, scope)


def _require_base(row: Row[Any], base: str) -> None:
    if base_of(row) != base:
        text = N_(
            "Jemand anderes hat den Durchgang gerade geändert. Ihre Eingaben stehen noch hier und sind nicht "
            "gespeichert. Prüfen Sie sie und speichern Sie noch einmal."
        )
        raise Invalid(Problem("main", text))


def _replanned(db: Session, before: Planned, library: Library, basics: Basics) -> dict[str, Any]:
    form = form_for(library, basics.form)
    values = basics_values(basics, form)
    if form.digest == before.form_digest:
        return values
    _follow(db, before, library, basics.form)
    return values | {"targets": targets_value(form, before.targets)}


def _extended(before: Planned, basics: Basics, today: date) -> dict[str, Any]:
    """What cannot change once it is open, was not changed: the form does not even ask it then."""
    if (basics.form, basics.opens_on) != (before.basics.form, before.basics.opens_on):
        raise RoundChanged
    if basics.closes_on < max(today, basics.opens_on):
        raise Invalid(Problem("closes_on", N_("Bitte wählen Sie einen Tag, der noch nicht vorbei ist.")))
    return {"title": basics.title, "closes_on": basics.closes_on}


def _require_all_kept(kept: Mapping[str, PlannedGroup], rows: Mapping[str, Mapping[str, object]]) -> None:
    if any(key not in rows or rows[key]["form_digest"] != group.form_digest for key, group in kept.items()):
        raise RoundChanged


def _follow(db: Session, before: Planned, library: Library, form: Edition) -> None:
    """Another questionnaire was chosen: groups follow, but for those whose shorter one still shares questions."""
    whole = form_for(library, form)
    for group in before.groups:
        wanted = None if group.form == before.basics.form else group.form
        plan = GroupPlan(group.key, group.title, group.expected, wanted)
        try:
            (row,) = group_rows(library, whole, before.kind, [plan])
        except Invalid:
            (row,) = group_rows(library, whole, before.kind, [GroupPlan(group.key, group.title, group.expected)])
        del row["position"]
        db.execute(update(GROUPS).where(GROUPS.c.id == group.id).values(**row))
