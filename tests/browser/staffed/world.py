# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""An instance with everything that there can be to look at: everybody who signs in, and rounds in every state.

Names and titles are as long as life makes them, so that a page which only has room for short ones is found. What can
be is put straight into the database; each worker that runs tests makes a world of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from fastapi import FastAPI
from httpx2 import Client

from app.accounts.actions.inviting import invite, new_link
from app.accounts.actions.sessions import begin_session
from app.accounts.oidc.claims import Departure
from app.accounts.passwords import Passwords
from app.permissions import Role
from app.settings import Settings
from app.tables.municipalities import Membership
from questionnaires.library import Library
from tests import staff
from tests.app.accounts.local.conftest import CHEAP
from tests.app.accounts.local.people import Someone, someone
from tests.app.municipalities.conftest import load
from tests.app.responses.visitor import Visitor
from tests.browser.served import Served
from tests.markup import Markup

TOWN = "Verbandsgemeinde Rheinböllen-Simmern mit Donaudampfschifffahrtsgesellschaft"
MAIL = {"smtp_host": "mail.example.org", "mail_from": "selbstcheck@example.org"}
OIDC = {"oidc_issuer": "https://login.example.org", "oidc_client_id": "selbstcheck", "oidc_name": "Stadt-Login"}
STATE = "state-of-this-browser"


@dataclass
class World:
    """Who holds which cookies, and the parts of addresses by state of what they are about (`open`, `closed` …)."""

    served: Served
    town: str = ""
    people: dict[str, staff.Staff] = field(default_factory=dict)
    cookies: dict[str, dict[str, str]] = field(default_factory=lambda: {"": {}})
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    guests: list[Client] = field(default_factory=list)
    helper: Someone = field(default_factory=lambda: Someone("", ""))
    shown: list[str] = field(default_factory=list)
    """The templates of the pages that were made, the last one at the end."""

    @property
    def app(self) -> FastAPI:
        return self.served.app

    @property
    def library(self) -> Library:
        found: Library = self.app.state.library
        return found

    @property
    def now(self) -> datetime:
        found: datetime = self.app.state.clock.now()
        return found

    @property
    def today(self) -> date:
        found: date = self.app.state.clock.today()
        return found

    def equip(self, *, fully: bool) -> None:
        """With mail server and OpenID provider, or without. Neither exists: nothing is sent, nobody is asked."""
        bare: Settings = self.app.state.settings
        more = {**MAIL, **OIDC} if fully else {**dict.fromkeys(MAIL, ""), **dict.fromkeys(OIDC, "")}
        self.app.state.settings = bare.model_copy(update=more)
        self.app.state.oidc = Provider(self.served.url) if fully else None

    def keep(self, name: str, who: staff.Staff) -> staff.Staff:
        """Somebody signed in, to be visited as."""
        self.people[name], self.cookies[name] = who, {"selbstcheck-konto": who.token}
        return who

    def guest(self, entry: str, **typed: str) -> Visitor:
        """Somebody who has begun to answer."""
        self.guests.append(Client(base_url=self.served.url, timeout=30))
        client, address = self.guests[-1], f"/mitmachen/{entry}"
        (form,) = [one for one in Markup(client.get(address).text).forms if one.action == address]
        return Visitor(client).opened(client.post(address, data=form.values(**typed)))

    def close(self) -> None:
        """Everybody goes home."""
        for client in self.guests:
            client.close()


class Provider:
    """Stands in for an OpenID provider that is somewhere else: whoever goes there comes to our own page."""

    def __init__(self, url: str) -> None:
        self._url = url

    def departure(self, back: str, now: datetime) -> Departure:
        return Departure(f"{self._url}/abgemeldet", STATE, "nonce", "verifier")

    def way_out(self, back: str, now: datetime) -> str:
        return f"{self._url}/abgemeldet"

    def close(self) -> None:
        """There is no connection."""


def begin(served: Served) -> World:
    """The instance, its municipality and everybody who signs in; there are no rounds yet."""
    world = World(served)
    world.equip(fully=True)
    served.app.state.passwords = Passwords(hasher=CHEAP)
    _watch_templates(world)
    load(world.app)
    _people(world)
    _half_signed_in(world)
    _links(world)
    return world


def _watch_templates(world: World) -> None:
    templates = world.app.state.templates
    make = templates.render

    def render(language: str, name: str, variables: Mapping[str, object]) -> str:
        if not name.rpartition("/")[2].startswith("_"):
            world.shown.append(name)
        return str(make(language, name, variables))

    templates.render = render


def _people(world: World) -> None:
    app = world.app
    with app.state.database.writing() as db:
        world.town = staff.municipality(db, TOWN)
        world.keep("operator", staff.account(db, app, "Olga Betrieb", operator=True))
        boss = "Wilhelmine-Charlotte von Hohenlohe-Schillingsfürst-Langenburg"
        world.keep("coordinator", staff.member(db, app, world.town, boss))
        world.keep("member", staff.member(db, app, world.town, "Mit Glied", Role.MEMBER))
        world.keep("moderator", staff.account(db, app, "Mo Deration"))
        world.keep("stranger", staff.account(db, app, "Frem De"))
    people = world.people
    world.values["town"] = {"municipality_id": world.town, "account_id": people["member"].account_id}


def _half_signed_in(world: World) -> None:
    """Those who are on the way in, and somebody with a password and without second factor."""
    app = world.app
    half = someone(app, "halb@example.org", factor=True, coordinates="Belm", name="Halb Angemeldet")
    new = someone(app, "neu@example.org", coordinates="Ähausen", name="Neu Koordination")
    newer = someone(app, "neuer@example.org", name="Noch Neuer")
    world.helper = someone(app, "hilfe@example.org", name="Hilf Reich")
    with app.state.database.writing() as db:
        db.add(Membership(municipality_id=world.town, account_id=world.helper.id, role=Role.MEMBER.value))
        for name, who in {"half": half, "new": new, "newer": newer, "helper": world.helper}.items():
            token = begin_session(db, who.id, world.now, proved=name == "helper")
            world.cookies[name] = {"selbstcheck-konto": token}
    world.cookies["from the provider"] = {"selbstcheck-oidc": STATE}


def _links(world: World) -> None:
    with world.app.state.database.writing() as db:
        name, email = "Neu Ling", "neuling@verwaltung.rheinboellen-simmern.example.org"
        invited = invite(db, email=email, name=name, now=world.now, today=world.today)
        reset = new_link(db, world.helper.id, "reset", world.now.replace(year=world.now.year + 1))
        for account in (invited.account_id,):
            db.add(Membership(municipality_id=world.town, account_id=account, role=Role.COORDINATOR.value))
    world.values["invited"] = {"link": str(invited.token)}
    world.values["reset"] = {"link": reset}
    world.values["wrong link"] = {"link": "x" * 26, "entry": "X" * 12, "delegation": "x" * 26, "share": "x" * 26}
    world.values["nothing"] = {}
