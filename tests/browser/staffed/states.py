# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rounds in every state, with those who take part in them, for the world of test_staff_pages."""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from uuid import uuid4

from httpx2 import Client
from sqlmodel import Session, select

from app import tokens
from app.mail.addresses import address_key
from app.permissions import EntryScope
from app.rounds.actions.closing import close_round
from app.rounds.actions.tickets import make_tickets, use_ticket
from app.tables.mails import Mail
from app.tables.rounds import GROUPS, ROUNDS, Invitee, RoundGroup, RoundModerator, RoundReader
from questionnaires.definition import Questionnaire
from scoring.published import Rule
from tests import released
from tests.app.responses.visitor import Visitor
from tests.browser.staffed.world import World
from tests.rounds import RoundOf, a_round, respond
from tests.standing.conftest import release

TITLE = "Zusammenleben, Krisenvorsorge und Öffentlichkeitsbeteiligungsverfahren im Herbst 2026"
KEYS: Mapping[str, Questionnaire | None] = MappingProxyType(
    {"leadership": None, "politics": None, "advisory_council": None, "own-1": None}
)
OWN_GROUP = "Gleichstellungsbeauftragte, Schwerbehindertenvertretung, Personalrat"
ADDRESSES = ("fehler@example.org", "wartet.noch.eine.weile@verwaltung.rheinboellen-simmern.example.org")


def add_rounds(world: World) -> None:
    """Rounds in every state, and what hangs on them."""
    short, long = world.library.latest("kurzcheck"), world.library.latest("weltoffene-kommune")
    with world.app.state.database.writing() as db:
        _running(world, db, short)
        _ended(world, db, short, long)
    _results(world)
    _participants(world, short)
    _colleagues(world, short)
    _move_periods(world)


def _running(world: World, db: Session, short: Questionnaire) -> None:
    planned = _round(world, db, short, "planned", status="planned", opened_on=None)
    opened = _round(world, db, short, "open", contact="Integrationsstelle, 05406 12345", message="Bitte.\n" * 3)
    _round(world, db, short, "named", mode="named")
    for state in ("to come", "over"):
        _round(world, db, short, state)
    empty = {"closes_on": world.today, "status": "planned", "opened_on": None}
    only = a_round(db, world.town, short, {}, **(_period(world) | empty), title="Noch ohne Gruppen")
    world.values["empty"] = {"round_id": only.id, "municipality_id": world.town}
    levels = {item.id: 2 for item in short.items}
    for _ in range(6):
        respond(db, opened, "politics", short, levels)
    _addresses(world, db, opened, planned)
    _codes(world, db, opened)


def _ended(world: World, db: Session, short: Questionnaire, long: Questionnaire) -> None:
    boss, moderator = world.people["coordinator"], world.people["moderator"]
    closed = _round(world, db, short, "closed")
    for _ in range(6):
        respond(db, closed, "politics", short, {item.id: 3 for item in short.items})
    scope = boss.within(closed.id, closed.municipality_id)
    close_round(db, scope, world.library, today=world.today, now=world.now)
    done = a_round(db, world.town, long, {"office": None, "clubs": None}, **_period(world), title="Belm 2025")
    db.add(RoundModerator(round_id=done.id, account_id=moderator.account_id))
    share = release(db, world.app, boss, done, long, [moderator.account_id])
    world.values["released"] = {"round_id": done.id, "share": share, "group_id": done.groups["office"]}


def _round(world: World, db: Session, form: Questionnaire, state: str, **values: object) -> RoundOf:
    made = a_round(db, world.town, form, KEYS, **(_period(world) | {"title": f"{TITLE}, {state}"} | values))
    moderator = world.people["moderator"]
    db.add(RoundModerator(round_id=made.id, account_id=moderator.account_id))
    db.execute(GROUPS.update().where(GROUPS.c.id == made.groups["own-1"]).values(title=OWN_GROUP))
    group = db.exec(select(RoundGroup).where(RoundGroup.id == made.groups["politics"])).one()
    world.values[state] = {
        "round_id": made.id,
        "municipality_id": world.town,
        "group_id": group.id,
        "entry": group.link_code,
        "account_id": moderator.account_id,
    }
    return made


def _period(world: World) -> dict[str, date]:
    today = world.today
    return {"opens_on": today, "closes_on": today + timedelta(days=20), "created_on": today, "opened_on": today}


def _addresses(world: World, db: Session, *rounds: RoundOf) -> None:
    """Addresses with mail that waits and mail that failed."""
    for made in rounds:
        for email in ADDRESSES:
            person = {"email": email, "email_key": address_key(email)}
            db.add(Invitee(id=uuid4().hex, round_id=made.id, group_id=made.groups["politics"], **person))
    found = rounds[0]
    for email, status in zip(ADDRESSES, ("failed", "queued"), strict=True):
        db.add(
            Mail(
                id=uuid4().hex,
                kind="round",
                recipient=email,
                subject=TITLE,
                body="Text",
                round_id=found.id,
                status=status,
                fault="550 5.1.1 Unbekannt" if status == "failed" else "",
                not_before=world.now,
                created_at=world.now,
            )
        )


def _codes(world: World, db: Session, opened: RoundOf) -> None:
    """A code that is still good, and one that was used."""
    scope, group = world.people["coordinator"].within(opened.id, world.town), opened.groups["politics"]
    fresh, used = make_tickets(db, scope, group, 2, now=world.now)
    use_ticket(db, EntryScope(opened.id, group, used, tokens.digest(used)))
    world.values["code"], world.values["used code"] = {"entry": fresh}, {"entry": used}


def _results(world: World) -> None:
    """Rich results to read, anonymous and with names: for a coordinator, a moderator, a member and by link."""
    first = world.library.latest(released.LONG)
    plans = {
        "result": released.Plan(),
        "named result": released.Plan(rule=Rule(mode="named"), seed=2),
        "result of too few": released.Plan({"verwaltung": 2, "politik": 1}, seed=3),
    }
    for number, (state, plan) in enumerate(plans.items(), start=1):
        made = released.release(world.app, plan, number=number)
        coordinator = made.reader
        world.keep(f"coordinator of the {state}", coordinator)
        member = released.another_reader(made)
        world.keep(f"member of the {state}", member)
        moderator = world.people["moderator"].account_id
        with world.app.state.database.writing() as db:
            db.add(RoundModerator(round_id=made.round_id, account_id=moderator))
            db.add(RoundReader(round_id=made.round_id, account_id=moderator))
        world.values[state] = {
            "round_id": made.round_id,
            "share": made.share,
            "section_id": first.sections[0].id,
            "item_id": first.sections[0].items[0].id,
        }


def _participants(world: World, short: Questionnaire) -> None:
    """Somebody who is answering, somebody who handed in, and two on one tablet."""
    entry = world.values["open"]["entry"]
    _remember(world, "participant", world.guest(entry), short)
    done = world.guest(entry)
    done.section(short.sections[0].id, changes={short.items[0].id: {"answer": "2"}})
    assert done.post("abgeben").status_code == 303
    _remember(world, "participant who is done", done, short)
    alone = Visitor(Client(base_url=world.served.url, timeout=30))
    world.guests.append(alone.client)
    _remember(world, "alone", alone.start(), short)
    _remember(world, "participant too late", world.guest(world.values["over"]["entry"]), short)


def _colleagues(world: World, short: Questionnaire) -> None:
    """A team that fills in together: what was asked, proposed and decided."""
    team = world.guest(world.values["named"]["entry"], person="Ada Beispiel-Langenscheidt")
    items = [item.id for item in short.items[:3]]
    asked = {"asked": "Jugendamt, Frau Muster", "asker": "Ada", "message": "Magst du schauen?", "items": items}
    for state in ("asked", "proposed"):
        page = team.client.post(team.address("klaeren"), data=asked)
        world.values[state] = {"delegation": page.text.partition("/klaeren/")[2][:26]}
    link = f"/klaeren/{world.values['proposed']['delegation']}"
    proposal = {"proposer": "Bo Muster", f"{items[0]}.answer": "3", f"{items[0]}.note": "Beschluss 12"}
    assert team.client.post(link, data=proposal).status_code == 303
    _remember(world, "team", team, short)


def _remember(world: World, name: str, visitor: Visitor, form: Questionnaire) -> None:
    world.cookies[name] = {"selbstcheck": str(visitor.client.cookies.get("selbstcheck")).strip('"')}
    token = tokens.view_token(visitor.code)
    world.values[name] = {"response_id": visitor.id, "section_id": form.sections[0].id, "token": token}


def _move_periods(world: World) -> None:
    """One round that begins tomorrow, one that ended yesterday."""
    today, day = world.today, timedelta(days=1)
    moved = {"to come": {"opens_on": today + day}, "over": {"opens_on": today - 9 * day, "closes_on": today - day}}
    with world.app.state.database.writing() as db:
        for state, values in moved.items():
            db.execute(ROUNDS.update().where(ROUNDS.c.id == world.values[state]["round_id"]).values(**values))
