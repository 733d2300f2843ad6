# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A started check, and all routes of the app with real values in their addresses."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import RouteContext, iter_route_contexts
from fastapi.testclient import TestClient
from sqlmodel import Session, text

from app.accounts.actions.inviting import invite
from app.clarifications.actions import ask
from app.permissions import Action, Role, Scope
from app.responses.actions import start
from app.rounds.actions.closing import close_round
from app.rounds.actions.releasing import add_link, release_round
from app.tables import METADATA
from app.tables.municipalities import Membership
from app.tables.rounds import RoundGroup
from app.tokens import view_token
from app.web.session import SECURE_NAME
from questionnaires.definition import Questionnaire
from questionnaires.library import Library
from questionnaires.parts import MunicipalityType
from scoring import Municipality
from tests import staff
from tests.rounds import RoundOf, a_round, respond

TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Started:
    """A check in the database, and somebody who may do everything: `values` are the parts of all addresses.

    `released` are those that differ on the pages of a released result; `staff` is signed in.
    """

    response_id: str
    code: str
    token: str
    staff: staff.Staff
    values: Mapping[str, str]
    released: Mapping[str, str]


@dataclass(frozen=True)
class Call:
    """One method of one route, callable: the address has real values."""

    method: str
    pattern: str
    address: str
    guards: frozenset[str]
    action: Action | None = None

    def at(self, values: Mapping[str, str]) -> "Call":
        """The same call with other values in its address."""
        return replace(self, address=_filled(self.pattern, values))

    @property
    def names_a_part(self) -> bool:
        """Whether it is about something that need not be there: a link, a session, the sheet typed in last."""
        return bool(set(re.findall(r"{(\w+)}", self.pattern)) & PARTS) or self.pattern.endswith("/zuruecknehmen")

    @property
    def unsafe(self) -> bool:
        return self.method not in {"GET", "HEAD", "OPTIONS"}


@pytest.fixture(scope="session")
def questionnaire(library: Library) -> Questionnaire:
    """The newest shipped questionnaire."""
    edition = library.editions()[-1]
    return library.get(edition.id, edition.version)


def begin(app: FastAPI, questionnaire: Questionnaire) -> Started:
    """A new check of a small town, an open and a released round, and somebody who runs and moderates them."""
    municipality = Municipality(type=MunicipalityType.KLEINE_STADT_GEMEINDE, name="Belm", population=14071)
    with app.state.database.writing() as db:
        made = start(db, questionnaire=questionnaire, municipality=municipality, today=TODAY)
        everything, town = _everything(db, app)
        opened = a_round(db, town, questionnaire, {"office": None, "clubs": None}, title="Belm 2026")
        closed = a_round(db, town, questionnaire, {"office": None, "clubs": None}, title="Belm 2025")
        share = release(db, app, everything, closed, questionnaire, [])
        other = staff.member(db, app, town, "Mit Glied", Role.MEMBER)
        scope = Scope(made.response_id, made.code, can_edit=True)
        item = questionnaire.sections[0].items[0].id
        delegation = ask(db, scope, asked="Jugendamt", asker="Ada", message="", items=[item], today=TODAY)
        link = invite(
            db,
            email=f"{uuid4().hex}@example.org",
            name="Neu",
            now=app.state.clock.now(),
            today=TODAY,
        ).token
        entry = db.get_one(RoundGroup, opened.groups["office"]).link_code
    values = {
        "response_id": made.response_id,
        "token": view_token(made.code),
        "section_id": questionnaire.sections[0].id,
        "item_id": item,
        "page": "abschnitte",
        "practice_id": questionnaire.practices[0].id,
        "version": "x",
        "path:path": "app.css",
        "municipality_id": town,
        "round_id": opened.id,
        "group_id": opened.groups["office"],
        "account_id": other.account_id,
        "link_id": uuid4().hex,
        "delegation_id": uuid4().hex,
        "session": uuid4().hex,
        "share": share,
        "entry": entry,
        "delegation": delegation,
        "link": link or "",
    }
    return Started(made.response_id, made.code, values["token"], everything, values, {"round_id": closed.id})


def _everything(db: Session, app: FastAPI) -> tuple[staff.Staff, str]:
    """An operator who coordinates a municipality, and that municipality."""
    town, found = staff.municipality(db), staff.account(db, app, operator=True)
    db.add(Membership(municipality_id=town, account_id=found.account_id, role=Role.COORDINATOR.value))
    return found, town


def release(
    db: Session,
    app: FastAPI,
    boss: staff.Staff,
    found: RoundOf,
    questionnaire: Questionnaire,
    readers: Sequence[str],
) -> str:
    """Six answer, the round is closed and released to these and to whoever releases it; gives a link to read it."""
    for number in range(6):
        levels = {item.id: number % 5 for item in questionnaire.items[:20]}
        respond(db, found, "office", questionnaire, levels, notes={questionnaire.items[0].id: "Beschluss"})
    scope, now = boss.within(found.id, found.municipality_id), app.state.clock.now()
    close_round(db, scope, app.state.library, today=TODAY, now=now)
    release_round(db, scope, readers, today=TODAY, now=now)
    return add_link(db, scope, "Rat", today=TODAY, now=now)


@pytest.fixture
def started(app: FastAPI, questionnaire: Questionnaire) -> Started:
    return begin(app, questionnaire)


@pytest.fixture
def foreign(app: FastAPI, questionnaire: Questionnaire) -> Started:
    """Somebody else's check."""
    return begin(app, questionnaire)


@pytest.fixture
def holder(client: TestClient, started: Started) -> TestClient:
    """The browser that holds the code of ``started``, of somebody signed in who may do everything."""
    client.cookies.set(SECURE_NAME, started.code)
    return started.staff.sign_in(client)


PARTS = {"link_id", "account_id", "session", "item_id", "mail_id", "invitee_id"}
OPENED_BY = {
    "response_id": {"prove_edit"},
    "token": {"prove_view"},
    "municipality_id": {"may_municipality", "may_instance"},
    "round_id": {"may_round", "prove_reading"},
    "share": {"prove_share"},
    "entry": {"prove_entry"},
    "delegation": {"prove_delegation"},
    "account_id": {"may_municipality", "may_round", "may_instance"},
}
"""By whose proof an address with this part opens."""

SIGNED_IN = {"may_instance", "may_municipality", "may_round", "prove_account", "prove_password", "prove_reading"}
"""Guards that ask for an account."""


def guarded_calls(
    app: FastAPI, values: Mapping[str, str], *, reading: bool = False, shared: bool = False
) -> list[Call]:
    """Every call whose guard asks for an account: by the table of permissions, or of a released result."""
    wanted = "prove_share" if shared else "prove_reading" if reading else ""
    found = []
    for route in iter_route_contexts(app.routes):
        guards, action = _guards(route), _action(route)
        if wanted in guards if wanted else action is not None and "prove_reading" not in guards:
            address = _filled(str(route.path), values)
            found += [Call(m, str(route.path), address, guards, action) for m in sorted(route.methods or ())]
    return found


def _filled(pattern: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        pattern = pattern.replace(f"{{{name}}}", value)
    return pattern


def _action(route: RouteContext) -> Action | None:
    return next((action for one in _dependencies(route) if (action := getattr(one, "action", None))), None)


def calls(app: FastAPI, check: Started) -> list[Call]:
    """Every method of every route."""
    found = []
    for route in iter_route_contexts(app.routes):
        guards = _guards(route)
        values = {**check.values, **check.released} if "prove_reading" in guards else check.values
        address = _filled(str(route.path), values)
        assert "{" not in address, f"the standing tests need a value for {route.path}"
        found += [Call(m, str(route.path), address, guards, _action(route)) for m in sorted(route.methods or ())]
    return found


def _guards(route: RouteContext) -> frozenset[str]:
    return frozenset(getattr(one, "__name__", type(one).__name__) for one in _dependencies(route))


def _dependencies(route: RouteContext) -> list[object]:
    """The functions, and the guards that are objects, of a route and of what it depends on."""
    found: list[object] = []

    def collect(dependant: Dependant) -> None:
        found.append(dependant.call)
        for inner in dependant.dependencies:
            collect(inner)

    collect(route.dependant)
    return found


def contents(app: FastAPI) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with app.state.database.reading() as session:
        return {
            name: sorted(tuple(map(str, row)) for row in session.execute(text(f'SELECT * FROM "{name}"')))
            for name in METADATA.tables
        }
