# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every route that asks who is there, as every role and from a foreign municipality (X-19).

What the table in app/permissions.py allows is let in, what it does not is refused, and what belongs to others is not
there. Each call meets a world of its own, so that a call that deletes spoils no other.
"""

from collections import Counter
from dataclasses import dataclass
from uuid import uuid4

from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.permissions import PERMISSIONS, Role
from questionnaires.definition import Questionnaire
from tests import staff
from tests.rounds import RoundOf, a_round
from tests.standing.conftest import Call, guarded_calls, release


@dataclass(frozen=True)
class World:
    """Two municipalities with a round each, and everybody there is."""

    town: str
    round: RoundOf
    people: dict[str, staff.Staff]
    values: dict[str, str]


def world(app: FastAPI, questionnaire: Questionnaire, *, status: str = "open") -> World:
    """A fresh municipality with an open round (or a released one), its people, and people of another one."""
    with app.state.database.writing() as db:
        town, elsewhere = staff.municipality(db), staff.municipality(db, "Anderswo")
        found = a_round(db, town, questionnaire, {"office": None, "clubs": None})
        theirs = a_round(db, elsewhere, questionnaire, {"office": None})
        people = {
            "operator": staff.account(db, app, "Op Erator", operator=True),
            "coordinator": staff.member(db, app, town, "Ko Ordination"),
            "member": staff.member(db, app, town, "Mit Glied", Role.MEMBER),
            "moderator": staff.moderator(db, app, found.id),
            "foreign coordinator": staff.member(db, app, elsewhere, "Frem De"),
            "foreign moderator": staff.moderator(db, app, theirs.id, "Fremde Moderation"),
            "no role": staff.account(db, app, "Ohne Rolle"),
        }
        values = {
            "municipality_id": town,
            "round_id": found.id,
            "group_id": found.groups["office"],
            "account_id": people["member"].account_id,
            "link_id": uuid4().hex,
            "item_id": questionnaire.items[0].id,
            "section_id": questionnaire.sections[0].id,
            "page": "abschnitte",
        }
        if status == "released":
            readers = [people["moderator"].account_id]
            values["share"] = release(db, app, people["coordinator"], found, questionnaire, readers)
    return World(town, found, people, values)


ROLES = {
    "operator": Role.OPERATOR,
    "coordinator": Role.COORDINATOR,
    "member": Role.MEMBER,
    "moderator": Role.MODERATOR,
}
FOREIGN = ("foreign coordinator", "foreign moderator", "no role")


def expected(call: Call, who: str) -> str:
    """`in`, `forbidden` or `absent`, as the table has it."""
    assert call.action is not None
    may = ROLES.get(who) in PERMISSIONS[call.action]
    match call.action.object:
        case "instance":
            return "in" if may else "forbidden"
        case "municipality":
            belongs = who in {"coordinator", "member"}
        case _:
            belongs = who in {"coordinator", "member", "moderator"}
    if not belongs:
        return "absent"
    return "in" if may else "forbidden"


def outcome(client: TestClient, person: staff.Staff | None, call: Call) -> int:
    client.cookies.clear()
    if person:
        person.sign_in(client)
    return client.request(call.method, call.address).status_code


def test_every_guarded_route_as_every_role(client: TestClient, app: FastAPI, questionnaire: Questionnaire) -> None:
    shared = world(app, questionnaire)
    counted: Counter[str] = Counter()
    wrong = []
    for call in guarded_calls(app, shared.values):
        for who in (*ROLES, *FOREIGN):
            wanted = expected(call, who)
            here = world(app, questionnaire) if wanted == "in" and call.unsafe else shared
            status = outcome(client, here.people[who], call.at(here.values))
            counted[wanted] += 1
            got = {403: "forbidden", 404: "absent"}.get(status, "in")
            if status in {401, 500} or (
                got != wanted and not (wanted == "in" and call.names_a_part and status in {404, 409})
            ):
                wrong.append((call.method, call.pattern, who, wanted, status))
    assert wrong == []
    assert counted["in"] > 40
    assert counted["forbidden"] > 60
    assert counted["absent"] > 60


def test_without_signing_in_none_of_them_opens(client: TestClient, app: FastAPI, questionnaire: Questionnaire) -> None:
    shared = world(app, questionnaire)
    for call in guarded_calls(app, shared.values):
        status = outcome(client, None, call)
        assert status in {303, 401}, (call.method, call.pattern, status)
        if status == 303:
            location = client.request(call.method, call.address).headers["location"]
            assert location.startswith("/anmelden"), call.pattern


def test_a_released_result_is_there_for_its_readers_only(
    client: TestClient, app: FastAPI, questionnaire: Questionnaire
) -> None:
    """M7.8: the member was not chosen, so there is nothing; before the release there is nothing for anybody."""
    before, after = world(app, questionnaire), world(app, questionnaire, status="released")
    pages = [call for call in guarded_calls(app, after.values, reading=True) if not call.unsafe]
    assert len(pages) >= 6
    for call in pages:
        assert outcome(client, before.people["coordinator"], call.at(before.values)) == 404, call.pattern
        for who, wanted in {
            "coordinator": 200,
            "moderator": 200,
            "member": 404,
            "operator": 404,
            **dict.fromkeys(FOREIGN, 404),
        }.items():
            assert outcome(client, after.people[who], call) == wanted, (call.pattern, who)


def test_a_link_opens_its_result_without_an_account(
    client: TestClient, app: FastAPI, questionnaire: Questionnaire
) -> None:
    released = world(app, questionnaire, status="released")
    pages = [call for call in guarded_calls(app, released.values, shared=True) if not call.unsafe]
    assert len(pages) >= 6
    for call in pages:
        assert outcome(client, None, call) == 200, call.pattern
        assert outcome(client, None, call.at({**released.values, "share": "x" * 26})) == 404, call.pattern
