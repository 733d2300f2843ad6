# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""People who sign in: what they have, and a browser that does what they do."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from html import unescape
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pyotp
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlmodel import Session, col, func, select

from app.accounts.passwords import Passwords
from app.accounts.second_factor import new_secret
from app.tables.municipalities import Membership
from app.tables.people import Account, AccountSession
from app.web.staff_session import SECURE_NAME
from tests.staff import municipality

if TYPE_CHECKING:
    from tests.app.accounts.local.conftest import Watch

PASSWORD = "wiesengrund lampe sieben"
OTHER = "kartoffel trompete nebel"
DAY = date(2026, 11, 20)


@dataclass(frozen=True)
class Someone:
    """An account as the test made it; `secret` empty: no second factor."""

    id: str
    email: str
    secret: str = ""


def someone(
    app: FastAPI,
    email: str = "ada@kommune.de",
    *,
    password: str | None = PASSWORD,
    factor: bool = False,
    operator: bool = False,
    coordinates: str = "",
    disabled: bool = False,
    name: str = "Ada Beispiel",
) -> Someone:
    """An account; `coordinates`: the name of a municipality it is the coordinator of."""
    passwords: Passwords = app.state.passwords
    secret = new_secret() if factor else ""
    account = Account(
        id=uuid4().hex,
        email=email,
        email_key=email.lower(),
        name=name,
        password_hash=passwords._hasher.hash(password) if password else None,
        totp_secret=secret or None,
        totp_confirmed=factor,
        is_operator=operator,
        is_disabled=disabled,
        created_on=DAY,
        seen_on=DAY,
    )
    with app.state.database.writing() as db:
        db.add(account)
        db.flush()
        if coordinates:
            place = municipality(db, coordinates)
            db.add(Membership(municipality_id=place, account_id=account.id, role="coordinator"))
        return Someone(account.id, email, secret)


class Browser:
    """One browser, and a look into the database behind it."""

    def __init__(self, client: TestClient, app: FastAPI, watch: "Watch") -> None:
        self.client, self.app, self.watch = client, app, watch

    @property
    def token(self) -> str | None:
        return self.client.cookies.get(SECURE_NAME)

    def hold(self, token: str) -> None:
        """Hold this token and no other, as if somebody had put it there."""
        self.client.cookies.clear()
        self.client.cookies.set(SECURE_NAME, token, domain="testserver.local", path="/")

    def get(self, address: str, **options: Any) -> Response:
        return self.client.get(address, **options)

    def post(self, address: str, **fields: Any) -> Response:
        return self.client.post(address, data=fields)

    def sign_in(self, who: Someone, password: str = PASSWORD, **fields: str) -> Response:
        """Address and password."""
        return self.post("/anmelden", email=who.email, password=password, **fields)

    def code(self, who: Someone, offset: int = 0) -> str:
        """What the app on the phone shows; `offset` in steps."""
        return pyotp.TOTP(who.secret).at(self.watch.now + timedelta(seconds=30 * offset))

    def enter(self, who: Someone) -> Response:
        """All steps of signing in."""
        answer = self.sign_in(who)
        return self.post("/anmelden/code", code=self.code(who)) if who.secret else answer

    def set_up(self, **fields: str) -> tuple[Response, str]:
        """Set up a second factor from the page as it stands; the answer, and the secret."""
        secret = hidden(self.get("/konto/zweiter-faktor").text, "secret")
        code = pyotp.TOTP(secret).at(self.watch.now)
        return self.post("/konto/zweiter-faktor", secret=secret, code=code, **fields), secret

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with self.app.state.database.writing() as db:
            yield db

    def account(self, who: Someone) -> Account:
        with self.app.state.database.reading() as db:
            found: Account = db.exec(select(Account).where(Account.id == who.id)).one()
            return found

    def count(self, table: Any, *conditions: Any) -> int:
        with self.app.state.database.reading() as db:
            return int(db.execute(select(func.count()).select_from(table).where(*conditions)).scalar() or 0)

    def sessions(self, who: Someone) -> int:
        return self.count(AccountSession, col(AccountSession.account_id) == who.id)


def hidden(text: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'<input type="hidden" name="{re.escape(name)}" value="([^"]*)"', text)
    assert found is not None, name
    return unescape(found[1])


def problems(text: str) -> list[str]:
    """What the summary of errors says."""
    return [unescape(one) for one in re.findall(r'<li><a class="kern-link" href="#[\w-]+">([^<]+)</a></li>', text)]
