# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""People with accounts, put straight into the database and signed in: for tests that are not about signing in."""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session

from app.permissions import AccountScope, MunicipalityScope, Role, RoundScope
from app.tables.municipalities import Membership, Municipality
from app.tables.people import Account, AccountSession
from app.tables.rounds import RoundModerator
from app.tokens import digest
from app.web.staff_session import SECURE_NAME

DAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Staff:
    """An account that is signed in, second factor included; `token` is what its browser holds."""

    account_id: str
    name: str
    email: str
    token: str
    is_operator: bool = False

    @property
    def scope(self) -> AccountScope:
        return AccountScope(self.account_id, self.name, self.is_operator, digest(self.token), has_second_factor=True)

    def of(self, municipality_id: str, role: Role = Role.COORDINATOR) -> MunicipalityScope:
        return MunicipalityScope(municipality_id, role, self.scope)

    def within(self, round_id: str, municipality_id: str, *roles: Role) -> RoundScope:
        return RoundScope(round_id, municipality_id, frozenset(roles or {Role.COORDINATOR}), self.scope)

    def sign_in(self, client: TestClient) -> TestClient:
        """Give this browser the session."""
        client.cookies.set(SECURE_NAME, self.token)
        return client


def municipality(db: Session, name: str = "Belm", kind: str = "kleine_stadt_gemeinde") -> str:
    """A municipality of this instance; its id."""
    row = Municipality(id=uuid4().hex, name=name, type=kind, population=14_071, created_on=DAY)
    db.add(row)
    db.flush()
    return row.id


def account(db: Session, app: FastAPI, name: str = "Ada Beispiel", *, operator: bool = False) -> Staff:
    """An account with a session that began now and whose second factor was proved."""
    now, token, identifier = app.state.clock.now(), uuid4().hex, uuid4().hex
    email = f"{name.lower().replace(' ', '.')}.{identifier[:6]}@example.org"
    db.add(
        Account(
            id=identifier,
            email=email,
            email_key=email,
            name=name,
            is_operator=operator,
            created_on=DAY,
            seen_on=DAY,
        )
    )
    db.flush()
    db.add(AccountSession(digest=digest(token), account_id=identifier, started_at=now, seen_at=now, proved_at=now))
    return Staff(identifier, name, email, token, operator)


def member(
    db: Session, app: FastAPI, municipality_id: str, name: str = "Ada Beispiel", role: Role = Role.COORDINATOR
) -> Staff:
    """Somebody of a municipality, by default its coordinator."""
    staff = account(db, app, name)
    db.add(Membership(municipality_id=municipality_id, account_id=staff.account_id, role=role.value))
    return staff


def of_round(db: Session, app: FastAPI, round_id: str, municipality_id: str, role: Role) -> Staff:
    """Somebody of a round who does not coordinate it: a member of its municipality, or who moderates it."""
    if role is Role.MEMBER:
        return member(db, app, municipality_id, "Mit Glied", Role.MEMBER)
    return moderator(db, app, round_id)


def moderator(db: Session, app: FastAPI, round_id: str, name: str = "Mo Deration") -> Staff:
    """Somebody who moderates a round."""
    staff = account(db, app, name)
    db.add(RoundModerator(round_id=round_id, account_id=staff.account_id))
    return staff
