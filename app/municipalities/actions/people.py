# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""People of a municipality change role and go. One coordinator always remains.

The log names people by their account, so that it forgets the name with the account.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlmodel import Session, col, delete

from app.audit import record
from app.errors import Conflict
from app.i18n import N_
from app.municipalities.queries.people import Member, members_of
from app.permissions import Action, MunicipalityScope, Role, require
from app.tables.municipalities import Membership
from app.tables.municipalities import Municipality as MunicipalityRow
from app.tables.rounds import ROUNDS, RoundModerator, RoundReader


def change_role(db: Session, scope: MunicipalityScope, account_id: str, role: Role, *, now: datetime) -> None:
    """Make a member a coordinator, or the other way round."""
    member = _locked(db, scope, account_id, stays=role is Role.COORDINATOR)
    if member is None or member.role == role.value:
        return
    db.execute(update(Membership).where(_this(scope, account_id)).values(role=role.value))
    record(db, scope, "member.role", now, account=account_id, role=role.value)


def remove_person(db: Session, scope: MunicipalityScope, account_id: str, *, now: datetime) -> None:
    """End that somebody belongs to the municipality; the account stays. A second click does nothing.

    What was released to the person ends too, also for the day they are invited again; not where they moderate.
    """
    if _locked(db, scope, account_id, stays=False) is None:
        return
    db.execute(delete(Membership).where(_this(scope, account_id)))
    mine = select(ROUNDS.c.id).where(ROUNDS.c.municipality_id == scope.municipality_id)
    moderated = select(col(RoundModerator.round_id)).where(col(RoundModerator.account_id) == account_id)
    reads = (col(RoundReader.account_id) == account_id, col(RoundReader.round_id).in_(mine))
    db.execute(delete(RoundReader).where(*reads, col(RoundReader.round_id).not_in(moderated)))
    record(db, scope, "member.remove", now, account=account_id)


def _locked(db: Session, scope: MunicipalityScope, account_id: str, *, stays: bool) -> Member | None:
    """The person, None if gone already; `Conflict` if that leaves no coordinator.

    Two coordinators who remove each other at the same moment wait for each other here.
    """
    require(scope, Action.MUNICIPALITY_PEOPLE)
    db.execute(
        select(col(MunicipalityRow.id)).where(col(MunicipalityRow.id) == scope.municipality_id).with_for_update()
    )
    members = members_of(db, scope)
    coordinators = {one.account_id for one in members if one.is_coordinator}
    if coordinators == {account_id} and not stays:
        raise Conflict(
            title=N_("Eine Koordination muss bleiben"),
            text=N_("Das ist die einzige Person, die hier etwas ändern darf. Es wurde nichts geändert."),
            help=N_("Geben Sie zuerst einer anderen Person die Rolle „Koordination“."),
        )
    return next((one for one in members if one.account_id == account_id), None)


def _this(scope: MunicipalityScope, account_id: str) -> ColumnElement[bool]:
    return (col(Membership.municipality_id) == scope.municipality_id) & (col(Membership.account_id) == account_id)
