# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What each route lets somebody do, said once more apart from the routes; and that one's own round is no way to the
groups, links, addresses, sheets and people of another (X-19)."""

from dataclasses import dataclass
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.permissions import Action, Role
from app.tables.people import Account
from app.tables.rounds import Invitee, RoundLink
from questionnaires.definition import Questionnaire
from tests import staff
from tests.rounds import RoundOf, a_round, respond
from tests.standing.conftest import Call, contents, guarded_calls

ALLOWED = {
    "/durchgang/{round_id}/": Action.ROUND_VIEW,
    "/durchgang/{round_id}/stand": Action.ROUND_WATCH,
    "/durchgang/{round_id}/planen": Action.ROUND_PLAN,
    "/durchgang/{round_id}/oeffnen": Action.ROUND_PLAN,
    "/durchgang/{round_id}/einladen": Action.ROUND_INVITE,
    "/durchgang/{round_id}/mail": Action.ROUND_INVITE,
    "/durchgang/{round_id}/moderation": Action.ROUND_MODERATORS,
    "/durchgang/{round_id}/papier": Action.ROUND_PAPER,
    "/durchgang/{round_id}/abschluss": Action.ROUND_CLOSE,
    "/durchgang/{round_id}/abschluss/freigeben": Action.ROUND_RELEASE,
    "/durchgang/{round_id}/abschluss/lesende": Action.ROUND_RELEASE,
    "/durchgang/{round_id}/abschluss/links": Action.ROUND_RELEASE,
    "/durchgang/{round_id}/loeschen": Action.ROUND_DELETE,
    "/kommune/{municipality_id}/": Action.MUNICIPALITY_VIEW,
    "/kommune/{municipality_id}/einladen": Action.MUNICIPALITY_PEOPLE,
    "/kommune/{municipality_id}/personen": Action.MUNICIPALITY_PEOPLE,
    "/kommune/{municipality_id}/angaben": Action.MUNICIPALITY_EDIT,
    "/kommune/{municipality_id}/verlauf": Action.MUNICIPALITY_AUDIT,
    "/kommune/{municipality_id}/durchgaenge/neu": Action.ROUND_CREATE,
    "/verwaltung": Action.INSTANCE_VIEW,
    "/verwaltung/konten": Action.INSTANCE_ACCOUNTS,
    "/verwaltung/kommunen": Action.INSTANCE_MUNICIPALITIES,
    "/verwaltung/mail": Action.INSTANCE_MAIL,
    "/verwaltung/verlauf": Action.INSTANCE_AUDIT,
}
"""By the beginning of the address; the longest counts. A page for reading alone stands with its whole address."""
EXACT = {"/durchgang/{round_id}/", "/kommune/{municipality_id}/", "/verwaltung"}
OF_ROUNDS = ("group_id", "link_id", "account_id")


@dataclass(frozen=True)
class Neighbours:
    """Two municipalities with a round each; `theirs` are the parts of the other one."""

    values: dict[str, str]
    theirs: dict[str, str]
    coordinator: staff.Staff
    response: str


def neighbour(db: object, found: RoundOf) -> dict[str, str]:
    """An address and a link of this round."""
    invitee, link = uuid4().hex, uuid4().hex
    group, email = found.groups["office"], f"{invitee[:8]}@example.org"
    db.add_all(  # type: ignore[attr-defined]
        [
            Invitee(id=invitee, round_id=found.id, group_id=group, email=email, email_key=email),
            RoundLink(id=link, round_id=found.id, label="Rat", token_digest=uuid4().hex, created_on=staff.DAY),
        ]
    )
    return {"group_id": group, "link_id": link, "invitee": invitee}


@pytest.fixture
def neighbours(client: TestClient, app: FastAPI, questionnaire: Questionnaire) -> Neighbours:
    with app.state.database.writing() as db:
        town, elsewhere = staff.municipality(db), staff.municipality(db, "Anderswo")
        mine, theirs = (a_round(db, one, questionnaire, {"office": None, "clubs": None}) for one in (town, elsewhere))
        coordinator = staff.member(db, app, town, "Ko Ordination")
        member = staff.member(db, app, town, "Mit Glied", Role.MEMBER)
        stranger = staff.member(db, app, elsewhere, "Frem De", Role.MEMBER)
        moderator = staff.moderator(db, app, theirs.id)
        for person in (stranger, moderator):
            db.get_one(Account, person.account_id).password_hash = "set"
        response = respond(db, theirs, "office", questionnaire, {questionnaire.items[0].id: 3})
        own = {"municipality_id": town, "round_id": mine.id, "account_id": member.account_id, **neighbour(db, mine)}
        other = {**own, **neighbour(db, theirs), "account_id": stranger.account_id}
    return Neighbours(own, other | {"moderator": moderator.account_id}, coordinator, response)


def fields(found: Neighbours) -> dict[str, str]:
    """What the forms of all these routes ask, so that none fails before it looks at whose part it is."""
    return {
        "count": "3",
        "addresses": "neu@example.org",
        "address": found.theirs["invitee"],
        "email": "neu@example.org",
        "role": "coordinator",
        "reader": found.theirs["account_id"],
        "sheet": found.response,
        "codes": "ABCDEFGHJKMN",
    }


def test_every_route_asks_for_the_right_that_it_needs(app: FastAPI) -> None:
    calls = guarded_calls(app, {})
    assert len(calls) > 60
    for call in calls:
        begun = [place for place in ALLOWED if place not in EXACT and call.pattern.startswith(place)]
        fitting = [call.pattern] if call.pattern in ALLOWED else begun
        assert fitting, f"{call.pattern} is not in the list"
        assert call.action is ALLOWED[max(fitting, key=len)], (call.method, call.pattern)


def parts(call: Call) -> list[str]:
    return [name for name in OF_ROUNDS if f"{{{name}}}" in call.pattern]


def test_ones_own_round_is_no_way_to_the_parts_of_another(
    client: TestClient, app: FastAPI, neighbours: Neighbours
) -> None:
    found = neighbours
    found.coordinator.sign_in(client)
    calls = [call for call in guarded_calls(app, found.values) if parts(call) and "/verwaltung" not in call.pattern]
    assert len(calls) >= 15
    before = contents(app)
    for call in calls:
        theirs = [found.theirs]
        if "/moderation/" in call.pattern:
            theirs.append({**found.theirs, "account_id": found.theirs["moderator"]})
        for values in theirs:
            answer = client.request(call.method, call.at(values).address, data=fields(found) if call.unsafe else None)
            # What does not belong here cannot be taken out: that click is idle.
            idle = call.pattern.endswith(("/entfernen", "/rolle")) and answer.status_code == 303
            assert answer.status_code in {404, 409} or idle, (call.method, call.pattern, answer.status_code)
            assert contents(app) == before, call.pattern


@pytest.mark.parametrize(
    "rest",
    [
        "mail/adresse",
        "mail/adressen/{group_id}/entfernen",
        "papier/{group_id}/zuruecknehmen",
        "abschluss/lesende",
        "abschluss/freigeben",
    ],
)
@pytest.mark.parametrize("act", ["", "remove"])
def test_nor_are_its_forms(client: TestClient, app: FastAPI, neighbours: Neighbours, rest: str, act: str) -> None:
    """The part of another round stands in a field, in one's own address."""
    found, before = neighbours, contents(app)
    found.coordinator.sign_in(client)
    address = f"/durchgang/{found.values['round_id']}/{rest}".replace("{group_id}", found.values["group_id"])
    answer = client.post(address, data={**fields(found), "act": act})
    assert answer.status_code in {303, 404, 409}
    assert contents(app) == before


def test_the_result_is_released_to_nobody_from_elsewhere(
    client: TestClient, app: FastAPI, neighbours: Neighbours
) -> None:
    found = neighbours
    found.coordinator.sign_in(client)
    base = f"/durchgang/{found.values['round_id']}/abschluss"
    assert client.post(f"{base}/beenden").status_code == 303
    for stranger in (found.theirs["account_id"], found.theirs["moderator"]):
        assert client.post(f"{base}/freigeben", data={"reader": stranger}).status_code == 404
    assert client.post(f"{base}/freigeben").status_code == 303
    before = contents(app)
    for stranger in (found.theirs["account_id"], found.theirs["moderator"]):
        assert client.post(f"{base}/lesende", data={"reader": stranger}).status_code == 404
    assert contents(app) == before
