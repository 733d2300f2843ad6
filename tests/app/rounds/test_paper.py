# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Answers on paper: blank sheets, and the grid into which filled ones are typed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import col, select

from app.permissions import Role
from app.rounds.actions.locking import lock_responses, lock_round
from app.rounds.forms.paper import field_of, read_sheet
from app.settings import Settings
from app.tables.audits import AuditEntry
from app.tables.responses import Answer, Response
from app.tables.rounds import Round
from app.tokens import digest
from questionnaires.definition import Questionnaire
from questionnaires.library import Library
from questionnaires.parts import MunicipalityType
from tests import staff
from tests.languages import readable
from tests.markup import Markup
from tests.rounds import RoundOf, a_round, respond

GROUPS = {"office": None, "clubs": None}


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(database_url=database_url)


@pytest.fixture(scope="session")
def form(library: Library) -> Questionnaire:
    return library.latest("kurzcheck")


@pytest.fixture
def desk(client: TestClient, app: FastAPI, form: Questionnaire) -> tuple[TestClient, RoundOf]:
    """The browser of somebody who moderates an anonymous round."""
    with app.state.database.writing() as db:
        found = a_round(db, staff.municipality(db), form, GROUPS)
        staff.moderator(db, app, found.id).sign_in(client)
    return client, found


def grid(found: RoundOf, group: str = "office") -> str:
    return f"/durchgang/{found.id}/papier/{found.groups[group]}"


def filled(client: TestClient, address: str, signs: dict[str, str]) -> dict[str, str]:
    """The fields of an empty grid, with these typed in."""
    (posting,) = [one for one in Markup(client.get(address).text).forms if one.action == address]
    return posting.values() | signs


def test_a_sheet_becomes_a_submitted_response(
    desk: tuple[TestClient, RoundOf], app: FastAPI, form: Questionnaire
) -> None:
    client, found = desk
    first, second, third = form.items[:3]
    signs = {field_of(first.id): "3", field_of(second.id): "w", f"{field_of(third.id)}-note": "Beschluss vom Mai"}
    answer = client.post(grid(found), data=filled(client, grid(found), signs))
    assert answer.status_code == 303
    with app.state.database.reading() as db:
        (response,) = db.exec(select(Response)).all()
        kept = {row.item_id: (row.kind, row.level, row.note) for row in db.exec(select(Answer))}
    assert (response.status, response.round_id, response.group_id) == ("submitted", found.id, found.groups["office"])
    assert (response.questionnaire_digest, response.submitted_on) == (form.digest, date(2026, 11, 22))
    assert kept == {
        first.id: ("level", 3, ""),
        second.id: ("dont_know", None, ""),
        third.id: ("blank", None, "Beschluss vom Mai"),
    }


def test_the_same_sheet_twice_is_kept_once(desk: tuple[TestClient, RoundOf], app: FastAPI, form: Questionnaire) -> None:
    client, found = desk
    fields = filled(client, grid(found), {field_of(form.items[0].id): "2"})
    assert client.post(grid(found), data=fields).status_code == client.post(grid(found), data=fields).status_code == 303
    with app.state.database.reading() as db:
        assert len(db.exec(select(Response)).all()) == 1


def test_the_last_sheet_can_be_taken_back(desk: tuple[TestClient, RoundOf], app: FastAPI, form: Questionnaire) -> None:
    client, found = desk
    sent = client.post(grid(found), data=filled(client, grid(found), {field_of(form.items[0].id): "2"}))
    page = Markup(client.get(sent.headers["location"]).text)
    (back,) = [one for one in page.forms if one.action.endswith("/zuruecknehmen")]
    assert client.post(back.action, data=back.values()).status_code == 303
    with app.state.database.reading() as db:
        assert db.exec(select(Response)).all() == db.exec(select(Answer)).all() == []
    assert client.post(back.action, data=back.values()).status_code == 404


def test_a_wrong_sign_is_told_at_its_place_and_nothing_is_lost(
    desk: tuple[TestClient, RoundOf], app: FastAPI, form: Questionnaire
) -> None:
    client, found = desk
    first, second = form.items[:2]
    signs = {field_of(first.id): "7", field_of(second.id): "4", f"{field_of(second.id)}-note": "Steht im Konzept"}
    answer = client.post(grid(found), data=filled(client, grid(found), signs))
    assert answer.status_code == 422
    page = Markup(answer.text)
    (posting,) = [one for one in page.forms if one.action == grid(found)]
    assert {name: posting.values()[name] for name in signs} == signs
    assert f'href="#{field_of(first.id)}"' in answer.text
    assert "Frage 1.1: Hier passt nur" in answer.text
    with app.state.database.reading() as db:
        assert db.exec(select(Response)).all() == []


def test_an_empty_sheet_is_no_sheet(desk: tuple[TestClient, RoundOf]) -> None:
    client, found = desk
    assert "Der Bogen ist leer" in client.post(grid(found), data=filled(client, grid(found), {})).text


@pytest.mark.parametrize(("typed", "kept"), [("W", "dont_know"), ("?", "dont_know"), (" 0 ", "0"), ("", "")])
def test_signs(form: Questionnaire, typed: str, kept: str) -> None:
    item = form.items[0]
    sheet = read_sheet({"1.1": item}, {field_of(item.id): typed, f"{field_of(item.id)}-note": "x"}, named=False)
    assert sheet.typed[item.id].answer == kept


def test_what_does_not_apply_only_where_it_may(library: Library) -> None:
    items = library.latest("weltoffene-kommune").items
    may = next(item for item in items if item.allow_not_applicable)
    not_so = next(item for item in items if not item.allow_not_applicable)
    fields = {field_of(may.id): "n", f"{field_of(may.id)}-reason": "Macht der Kreis", field_of(not_so.id): "N"}
    sheet = read_sheet({"1": may, "2": not_so}, fields, named=False)
    assert (sheet.typed[may.id].answer, sheet.typed[may.id].reason) == ("not_applicable", "Macht der Kreis")
    assert [problem.field for problem in sheet.problems] == [field_of(not_so.id)]


def test_a_named_round_needs_the_name(client: TestClient, app: FastAPI, form: Questionnaire) -> None:
    with app.state.database.writing() as db:
        town = staff.municipality(db)
        found = a_round(db, town, form, GROUPS, mode="named")
        staff.member(db, app, town).sign_in(client)
    signs = {field_of(form.items[0].id): "1"}
    assert client.post(grid(found), data=filled(client, grid(found), signs)).status_code == 422
    named = filled(client, grid(found), {**signs, "person": "Zoe Amt"})
    assert client.post(grid(found), data=named).status_code == 303
    with app.state.database.reading() as db:
        assert db.exec(select(Response)).one().person == "Zoe Amt"


def test_an_anonymous_sheet_keeps_no_name_and_leaves_no_time(
    desk: tuple[TestClient, RoundOf], app: FastAPI, form: Questionnaire
) -> None:
    """M7.9: neither a name nor an act in the log stands beside a sheet."""
    client, found = desk
    fields = filled(client, grid(found), {field_of(form.items[0].id): "1", "person": "Zoe Amt"})
    client.post(grid(found), data=fields)
    with app.state.database.reading() as db:
        assert db.exec(select(Response)).one().person == ""
        assert db.exec(select(AuditEntry)).all() == []
        changed = db.exec(select(Round.changed_at)).one()
    assert changed < datetime(2026, 11, 3, tzinfo=changed.tzinfo)


@pytest.mark.parametrize("status", ["planned", "closed"])
def test_only_an_open_round_takes_sheets(
    desk: tuple[TestClient, RoundOf], app: FastAPI, form: Questionnaire, status: str
) -> None:
    client, found = desk
    fields = filled(client, grid(found), {field_of(form.items[0].id): "1"})
    with app.state.database.writing() as db:
        row = db.exec(select(Round)).one()
        row.status, row.closed_on = status, date(2026, 11, 22) if status == "closed" else None
    assert client.post(grid(found), data=fields).status_code == 409
    with app.state.database.reading() as db:
        assert db.exec(select(Response)).all() == []


def test_sheets_come_in_after_the_last_day(desk: tuple[TestClient, RoundOf], app: FastAPI, form: Questionnaire) -> None:
    client, found = desk
    with app.state.database.writing() as db:
        row = db.exec(select(Round)).one()
        row.closes_on = date(2026, 11, 20)
    fields = filled(client, grid(found), {field_of(form.items[0].id): "1"})
    assert client.post(grid(found), data=fields).status_code == 303


def test_a_sheet_of_another_round_is_out_of_reach(
    desk: tuple[TestClient, RoundOf], app: FastAPI, form: Questionnaire
) -> None:
    client, found = desk
    with app.state.database.writing() as db:
        other = a_round(db, staff.municipality(db, "Anderswo"), form, GROUPS)
    theirs = grid(found).replace(found.groups["office"], other.groups["office"])
    assert client.get(theirs).status_code == 404
    assert client.get(grid(other)).status_code == 404
    own = client.post(grid(found), data=filled(client, grid(found), {field_of(form.items[0].id): "1"}))
    sheet = own.headers["location"].partition("bogen=")[2]
    with app.state.database.writing() as db:
        boss = staff.member(db, app, other.municipality_id)
    boss.sign_in(client)
    assert client.post(f"{grid(other)}/zuruecknehmen", data={"sheet": sheet}).status_code == 404
    with app.state.database.reading() as db:
        assert db.exec(select(Response).where(col(Response.code_digest) == digest(sheet))).one()


def test_only_who_typed_a_sheet_can_take_it_back(
    desk: tuple[TestClient, RoundOf], app: FastAPI, form: Questionnaire
) -> None:
    """Ids of responses stand in the history of a shared tablet: moderation deletes nobody's answers with them."""
    client, found = desk
    with app.state.database.writing() as db:
        theirs = respond(db, found, "office", form, {form.items[0].id: 3})
    sent = client.post(grid(found), data=filled(client, grid(found), {field_of(form.items[0].id): "2"}))
    with app.state.database.reading() as db:
        paper = db.exec(select(Response.id).where(col(Response.id) != theirs)).one()
    assert paper not in sent.headers["location"]
    for response_id in (theirs, paper):
        answer = client.post(f"{grid(found)}/zuruecknehmen", data={"sheet": response_id})
        assert answer.status_code == 404
    with app.state.database.reading() as db:
        assert len(db.exec(select(Response)).all()) == 2


def test_a_round_without_notes_keeps_none_from_paper(
    desk: tuple[TestClient, RoundOf], app: FastAPI, form: Questionnaire
) -> None:
    client, found = desk
    with app.state.database.writing() as db:
        db.exec(select(Round)).one().asks_comments = False
    first, second = (field_of(item.id) for item in form.items[:2])
    fields = filled(client, grid(found), {first: "2", f"{first}-note": "von Zoe", f"{second}-note": "von Zoe"})
    assert client.post(grid(found), data=fields).status_code == 303
    with app.state.database.reading() as db:
        assert [(row.kind, row.note) for row in db.exec(select(Answer))] == [("level", "")]


def test_taking_back_and_closing_never_wait_for_each_other(
    desk: tuple[TestClient, RoundOf], app: FastAPI, form: Questionnaire
) -> None:
    """Closing has locked the responses and waits for the round: no deadlock (X-10)."""
    client, found = desk
    sent = client.post(grid(found), data=filled(client, grid(found), {field_of(form.items[0].id): "2"}))
    with app.state.database.writing() as db:
        scope = staff.member(db, app, found.municipality_id).within(found.id, found.municipality_id)
    with ThreadPoolExecutor(1) as pool:
        with app.state.database.writing() as db:
            lock_responses(db, scope)
            fields = {"sheet": sent.headers["location"].partition("bogen=")[2]}
            waiting = pool.submit(client.post, f"{grid(found)}/zuruecknehmen", data=fields)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.3)
            lock_round(db, scope, "open")
        assert waiting.result().status_code == 303


def test_a_member_does_not_type_sheets(client: TestClient, app: FastAPI, form: Questionnaire) -> None:
    with app.state.database.writing() as db:
        town = staff.municipality(db)
        found = a_round(db, town, form, GROUPS)
        staff.member(db, app, town, role=Role.MEMBER).sign_in(client)
    assert client.get(grid(found)).status_code == 403
    assert client.post(grid(found), data={"sheet": uuid4().hex}).status_code == 403


def test_the_blank_sheet_has_every_question_with_its_answers(
    desk: tuple[TestClient, RoundOf], form: Questionnaire
) -> None:
    client, found = desk
    shown = readable(client.get(f"{grid(found)}/bogen").text)
    for item in form.items:
        assert item.prompt.of(MunicipalityType.KLEINE_STADT_GEMEINDE) in shown
        assert item.anchors[4].of(MunicipalityType.KLEINE_STADT_GEMEINDE) in shown
    assert "Die Teilnahme ist freiwillig." in shown
    assert shown.count("Weiß ich nicht – bitte klären") == len(form.items)


def test_the_start_of_paper_lists_the_groups(desk: tuple[TestClient, RoundOf]) -> None:
    client, found = desk
    page = client.get(f"/durchgang/{found.id}/papier").text
    assert all(f"/papier/{group}" in page for group in found.groups.values())
