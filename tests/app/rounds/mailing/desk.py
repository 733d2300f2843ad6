# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A coordinator's desk for inviting and reminding by mail, and what the database holds afterwards."""

from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from app.mail.courier import Courier
from app.tables.audits import AuditEntry
from app.tables.mails import Mail
from app.tables.rounds import Invitee, Round
from tests.app.rounds.conftest import PlannedRound

PUBLIC = "https://selbstcheck.belm.de"
BODY = "Guten Tag,\n\nbitte antworten Sie bis {bis}: {link}\n\nCode {code}. Fragen: {kontakt}. {kommune}, {titel}"


class Desk:
    """The coordinator's browser. It does not run the server's own sender: the tests say when mail goes."""

    def __init__(self, app: FastAPI, found: PlannedRound) -> None:
        headers = {"sec-fetch-site": "same-origin"}
        self.app, self.round = app, found
        self.client = TestClient(app, base_url="https://testserver", headers=headers, follow_redirects=False)
        found.coordinator.sign_in(self.client)

    def at(self, rest: str = "") -> str:
        return f"/durchgang/{self.round.id}/mail{rest}"

    def get(self, rest: str = "", status: int = 200) -> str:
        answer = self.client.get(self.at(rest))
        assert answer.status_code == status, answer.text
        return answer.text

    def post(self, rest: str, status: int = 303, **fields: Any) -> Any:
        answer = self.client.post(self.at(rest), data=fields)
        assert answer.status_code == status, answer.text
        return answer

    def add(self, group: str, *lines: str, status: int = 303) -> Any:
        return self.post(f"/adressen/{self.round.groups[group]}", status, addresses="\n".join(lines))

    def send(self, what: str = "einladung", body: str = BODY, subject: str = "Einladung: {titel}") -> Any:
        return self.post(f"/{what}", subject=subject, body=body, step="send")

    def preview(self, what: str = "einladung", **fields: str) -> str:
        """The page that shows what will arrive."""
        location = self.post(f"/{what}", **fields, step="preview").headers["location"]
        assert location.endswith(self.at(f"/{what}/vorschau"))
        return self.get(f"/{what}/vorschau")

    def carry(self) -> None:
        """What the sender beside the server does."""
        state = self.app.state
        Courier(state.database, state.settings, state.clock).carry()


def addresses(app: FastAPI) -> dict[str, list[str]]:
    """All addresses by the id of their group."""
    found: dict[str, list[str]] = {}
    db: Session
    with app.state.database.reading() as db:
        for one in db.exec(select(Invitee)).all():
            found.setdefault(one.group_id, []).append(one.email)
    return {group: sorted(emails) for group, emails in found.items()}


def mails(app: FastAPI) -> list[Mail]:
    db: Session
    with app.state.database.reading() as db:
        return sorted(db.exec(select(Mail)).all(), key=lambda mail: (mail.recipient, mail.kind))


def acts(app: FastAPI, action: str) -> list[AuditEntry]:
    db: Session
    with app.state.database.reading() as db:
        return list(db.exec(select(AuditEntry).where(AuditEntry.action == action)).all())


def change(app: FastAPI, desk: Desk, **values: object) -> None:
    with app.state.database.writing() as db:
        db.get_one(Round, desk.round.id).sqlmodel_update(values)


def rows_of(app: FastAPI, table: type[Any]) -> list[Any]:
    db: Session
    with app.state.database.reading() as db:
        return list(db.exec(select(table)).all())
