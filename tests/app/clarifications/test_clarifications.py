# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""„Bitte klären“: questions go to a colleague by link, come back as proposals, and count once they are taken over."""

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import select

from app.clarifications.actions import propose as propose_again
from app.clarifications.queries import asked_of
from app.permissions import DelegationScope, Scope
from app.responses.actions import start
from app.responses.typed import Typed
from app.responses.within import Placing
from app.settings import Settings
from app.tables.responses import Answer, Delegation, Proposal
from app.web.session import SECURE_NAME
from questionnaires.definition import Questionnaire
from questionnaires.library import Library
from questionnaires.parts import MunicipalityType
from scoring import Municipality
from tests import staff
from tests.app.responses.visitor import Visitor
from tests.markup import Markup
from tests.rounds import MOMENT, OPENED, a_round

NAMED_NOTE = "\nBo Muster: Beschluss 12"
ASKING = {"asked": "Jugendamt", "asker": "Ada", "message": "Magst du schauen?"}


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(database_url=database_url)


@pytest.fixture(scope="session")
def questionnaire(library: Library) -> Questionnaire:
    return library.latest("weltoffene-kommune")


@pytest.fixture(scope="session")
def items(questionnaire: Questionnaire) -> tuple[str, str]:
    """Two questions of the first section."""
    return questionnaire.items[0].id, questionnaire.items[1].id


@pytest.fixture
def owner(client: TestClient) -> Visitor:
    return Visitor(client).start(name="Belm")


@pytest.fixture
def colleague(app: FastAPI, client: TestClient) -> TestClient:
    """A browser that knows nothing but the link."""
    other = TestClient(
        app, base_url="https://testserver", headers={"sec-fetch-site": "same-origin"}, follow_redirects=False
    )
    other.portal = client.portal
    return other


def ask(owner: Visitor, *items: str) -> str:
    """Give these questions away; the path of the link."""
    page = owner.client.post(owner.address("klaeren"), data={**ASKING, "items": list(items)})
    assert page.status_code == 200, page.text[:500]
    found = re.search(r"https?://[^/\s]+(/klaeren/\w+)", page.text)
    assert found
    return found[1]


def propose(colleague: TestClient, link: str, **fields: str) -> int:
    return colleague.post(link, data={"proposer": "Bo Muster", **fields}).status_code


def decisions(owner: Visitor) -> dict[str, str]:
    """Addresses of the buttons by their last word."""
    forms = Markup(owner.client.get(owner.address("klaeren")).text).forms
    return {form.action.rpartition("/")[2]: form.action for form in forms}


def kept(app: FastAPI, item: str) -> tuple[int | None, str] | None:
    with app.state.database.reading() as db:
        row = db.exec(select(Answer).where(Answer.item_id == item)).first()
        return (row.level, row.note) if row else None


def test_a_proposal_counts_only_once_it_is_taken_over(
    owner: Visitor, colleague: TestClient, app: FastAPI, items: tuple[str, str]
) -> None:
    one, two = items
    owner.answer(one, answer="dont_know", note="Fragen!")
    link = ask(owner, one, two)
    assert propose(colleague, link, **{f"{one}.answer": "3", f"{one}.note": "Beschluss 12"}) == 303
    assert kept(app, one) == (None, "Fragen!")
    page = owner.client.get(owner.address("klaeren")).text
    assert "Bo Muster" in page
    assert "1 Vorschlag wartet auf Ihre Entscheidung" in page
    assert owner.client.post(decisions(owner)["uebernehmen"]).status_code == 303
    assert kept(app, one) == (3, "Fragen!\nBo Muster: Beschluss 12")
    assert kept(app, two) is None


def test_neither_the_name_nor_a_note_is_cut_where_both_do_not_fit(
    owner: Visitor, colleague: TestClient, app: FastAPI, items: tuple[str, str]
) -> None:
    one, two = items
    owner.answer(one, answer="1", note="x" * 2000)
    propose(colleague, ask(owner, one, two), **{f"{one}.answer": "3", f"{one}.note": "Beschluss 12"})
    take = decisions(owner)["uebernehmen"]
    answer = owner.client.post(take)
    assert answer.status_code == 422
    page = Markup(answer.text)
    told = f"Kürzen Sie zuerst Ihre Notiz zu dieser Frage um mindestens {len(NAMED_NOTE)} Zeichen."
    assert answer.text.count(told) == 2  # in the summary and at the proposal
    (summed,) = [link for link in page.links if link.startswith("#proposal-")]
    assert page.by_id(summed[1:]).tag == "li"
    assert any(link.endswith(f"#q-{one.replace('.', '-')}") for link in page.links)
    assert kept(app, one) == (1, "x" * 2000)
    with app.state.database.reading() as db:
        assert sorted(db.exec(select(Proposal.status))) == ["asked", "proposed"]
    owner.answer(one, answer="1", note="x" * (2000 - len(NAMED_NOTE)))
    assert owner.client.post(take).status_code == 303
    assert kept(app, one) == (3, "x" * (2000 - len(NAMED_NOTE)) + NAMED_NOTE)


def test_what_a_colleague_may_write_fits_into_a_note_with_any_name(
    owner: Visitor, colleague: TestClient, app: FastAPI, items: tuple[str, str]
) -> None:
    one, name = items[0], "B" * 120
    owner.answer(one, answer="1", note="Unseres")
    link = ask(owner, one)
    sent = {"proposer": name, f"{one}.answer": "3", f"{one}.note": "y" * 1500}
    assert colleague.post(link, data=sent).status_code == 303
    assert owner.client.post(decisions(owner)["uebernehmen"]).status_code == 303
    assert kept(app, one) == (3, f"Unseres\n{name}: {'y' * 1500}")


def test_a_proposal_that_is_declined_changes_nothing(
    owner: Visitor, colleague: TestClient, app: FastAPI, items: tuple[str, str]
) -> None:
    one, _ = items
    owner.answer(one, answer="1")
    link = ask(owner, one)
    propose(colleague, link, **{f"{one}.answer": "4"})
    decline = decisions(owner)["ablehnen"]
    assert owner.client.post(decline).status_code == 303
    assert kept(app, one) == (1, "")
    assert owner.client.post(decline).status_code == 409
    assert owner.client.post(decline.replace("ablehnen", "uebernehmen")).status_code == 409
    assert kept(app, one) == (1, "")


def test_what_was_decided_cannot_be_proposed_again(
    owner: Visitor, colleague: TestClient, app: FastAPI, items: tuple[str, str]
) -> None:
    one, two = items
    link = ask(owner, one, two)
    propose(colleague, link, **{f"{one}.answer": "2"})
    owner.client.post(decisions(owner)["uebernehmen"])
    assert propose(colleague, link, **{f"{one}.answer": "0", f"{two}.answer": "1"}) == 303
    with app.state.database.reading() as db:
        found = {row.item_id: (row.status, row.answer) for row in db.exec(select(Proposal))}
    assert found == {one: ("taken", "2"), two: ("proposed", "1")}
    assert "Ihr Vorschlag wurde übernommen." in colleague.get(link).text


def test_the_colleague_sees_the_questions_and_nothing_of_the_answers(
    owner: Visitor, colleague: TestClient, questionnaire: Questionnaire, items: tuple[str, str]
) -> None:
    one, two = items
    owner.answer(one, answer="2", note="Streng vertraulich")
    page = colleague.get(ask(owner, one))
    assert page.status_code == 200
    assert "Magst du schauen?" in page.text
    assert "Streng vertraulich" not in page.text
    assert not [box for box in Markup(page.text).all("input", type="radio") if "checked" in box.attributes]
    assert f'name="{two}.answer"' not in page.text
    assert owner.id not in page.text
    assert colleague.cookies.get(SECURE_NAME) is None


def test_reading_the_link_changes_nothing(
    owner: Visitor, colleague: TestClient, app: FastAPI, items: tuple[str, str]
) -> None:
    link = ask(owner, items[0])
    for method in ("GET", "HEAD", "GET"):
        assert colleague.request(method, link).status_code == 200
    with app.state.database.reading() as db:
        assert [row.status for row in db.exec(select(Proposal))] == ["asked"]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "mindestens einer Frage"),
        ({"answer": "7"}, "eine der Antworten"),
        ({"answer": "2", "note": "x" * 1501}, "Bitte kürzen Sie sie auf 1500 Zeichen"),
    ],
)
def test_a_faulty_proposal_is_told_and_kept_on_the_page(
    owner: Visitor, colleague: TestClient, items: tuple[str, str], fields: dict[str, str], told: str
) -> None:
    link = ask(owner, items[0])
    sent = {f"{items[0]}.{name}": value for name, value in fields.items()}
    answer = colleague.post(link, data={"proposer": "Bo Muster", **sent})
    assert answer.status_code == 422
    assert told in answer.text
    assert 'value="Bo Muster"' in answer.text


def test_a_proposal_needs_a_name(owner: Visitor, colleague: TestClient, items: tuple[str, str]) -> None:
    link = ask(owner, items[0])
    answer = colleague.post(link, data={f"{items[0]}.answer": "2"})
    assert answer.status_code == 422
    assert "Bitte schreiben Sie Ihren Namen" in answer.text


def test_asking_needs_somebody_and_a_question(owner: Visitor) -> None:
    answer = owner.client.post(owner.address("klaeren"), data={"message": "Bitte"})
    assert answer.status_code == 422
    assert "wen Sie fragen" in answer.text
    assert "mindestens eine Frage" in answer.text
    assert ">Bitte</textarea>" in answer.text


def test_a_request_taken_back_ends_its_link(
    owner: Visitor, colleague: TestClient, app: FastAPI, items: tuple[str, str]
) -> None:
    link = ask(owner, items[0])
    assert owner.client.post(decisions(owner)["zurueckziehen"]).status_code == 303
    assert colleague.get(link).status_code == 404
    with app.state.database.reading() as db:
        assert db.exec(select(Delegation)).all() == db.exec(select(Proposal)).all() == []


def test_after_submitting_nothing_is_proposed_or_taken_over(
    owner: Visitor, colleague: TestClient, items: tuple[str, str]
) -> None:
    link = ask(owner, *items)
    propose(colleague, link, **{f"{items[0]}.answer": "2"})
    take = decisions(owner)["uebernehmen"]
    owner.post("abgeben")
    assert owner.client.post(take).status_code == 409
    assert propose(colleague, link, **{f"{items[1]}.answer": "2"}) == 409
    assert "nimmt keine Antworten mehr an" in colleague.get(link).text


def test_deleting_the_check_deletes_what_was_asked(owner: Visitor, app: FastAPI, items: tuple[str, str]) -> None:
    ask(owner, items[0])
    assert owner.post("loeschen").status_code == 200
    with app.state.database.reading() as db:
        assert db.exec(select(Delegation)).all() == db.exec(select(Proposal)).all() == []


def test_requests_of_another_check_are_out_of_reach(
    owner: Visitor, colleague: TestClient, app: FastAPI, items: tuple[str, str]
) -> None:
    link = ask(owner, items[0])
    propose(colleague, link, **{f"{items[0]}.answer": "2"})
    theirs = decisions(owner)["uebernehmen"]
    stranger = Visitor(colleague).start()
    assert stranger.client.post(theirs).status_code == 404
    assert stranger.client.post(theirs.replace(owner.id, stranger.id)).status_code == 404
    assert kept(app, items[0]) is None


@pytest.mark.parametrize(("mode", "status"), [("anonym", 404), ("named", 200)])
def test_a_round_asks_colleagues_only_where_names_are_known(
    client: TestClient, app: FastAPI, questionnaire: Questionnaire, mode: str, status: int
) -> None:
    address = in_a_round(client, app, questionnaire, mode=mode).address("klaeren")
    assert client.get(address).status_code == status
    sent = {**ASKING, "items": [questionnaire.items[0].id]}
    assert client.post(address, data=sent).status_code == status


def in_a_round(client: TestClient, app: FastAPI, questionnaire: Questionnaire, **values: object) -> Visitor:
    """Somebody who answers in a round."""
    with app.state.database.writing() as db:
        found = a_round(db, staff.municipality(db), questionnaire, {"office": None}, changed_at=MOMENT, **values)
        made = start(
            db,
            questionnaire=questionnaire,
            municipality=Municipality(MunicipalityType.LANDKREIS, None, "Belm"),
            today=OPENED,
            placing=Placing(found.id, found.groups["office"], "Zoe" if values.get("mode") == "named" else ""),
        )
    client.cookies.set(SECURE_NAME, made.code)
    return Visitor(client, made.response_id)


@pytest.mark.parametrize("asks", [True, False])
def test_a_round_that_asks_for_no_notes_keeps_none_of_a_colleague(
    client: TestClient, colleague: TestClient, app: FastAPI, questionnaire: Questionnaire, asks: bool
) -> None:
    """D-11, whatever is sent; the name stays with the proposal."""
    owner = in_a_round(client, app, questionnaire, mode="named", asks_comments=asks)
    one = next(item.id for item in questionnaire.items if item.allow_not_applicable)
    link = ask(owner, one)
    page = colleague.get(link).text
    assert (f'name="{one}.note"' in page, "Ihre Notiz" in page) == (asks, asks)
    sent = {f"{one}.answer": "not_applicable", f"{one}.reason": "Kein See", f"{one}.note": "GEHEIM"}
    assert propose(colleague, link, **sent) == 303
    with app.state.database.reading() as db:
        (proposal,) = db.exec(select(Proposal))
    assert (proposal.proposer, proposal.note) == ("Bo Muster", "GEHEIM" if asks else "")
    assert owner.client.post(decisions(owner)["uebernehmen"]).status_code == 303
    assert kept(app, one) == (None, "Bo Muster: GEHEIM" if asks else "")


def test_a_note_of_a_colleague_is_dropped_also_where_it_was_kept_before(
    client: TestClient, colleague: TestClient, app: FastAPI, questionnaire: Questionnaire
) -> None:
    owner = in_a_round(client, app, questionnaire, mode="named", asks_comments=False)
    one = questionnaire.items[0].id
    link = ask(owner, one)
    assert propose(colleague, link, **{f"{one}.answer": "2", f"{one}.note": "x" * 3000}) == 303
    with app.state.database.writing() as db:
        db.exec(select(Proposal)).one().note = "GEHEIM"
    owner.client.post(decisions(owner)["uebernehmen"])
    assert kept(app, one) == (2, "")


def test_where_all_is_decided_nothing_can_be_proposed(
    owner: Visitor, colleague: TestClient, items: tuple[str, str]
) -> None:
    link = ask(owner, items[0])
    propose(colleague, link, **{f"{items[0]}.answer": "3"})
    owner.client.post(decisions(owner)["uebernehmen"])
    assert propose(colleague, link, **{f"{items[0]}.answer": "0"}) == 409
    assert propose(colleague, link) == 409


def test_a_proposal_and_a_decision_at_once_leave_what_was_decided(
    owner: Visitor, colleague: TestClient, app: FastAPI, items: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The colleague's page was read before the proposal was taken over, and is sent after it."""
    link = ask(owner, items[0])
    propose(colleague, link, **{f"{items[0]}.answer": "3"})
    with app.state.database.reading() as db:
        scope = DelegationScope(db.exec(select(Delegation.id)).one(), Scope(owner.id, None, can_edit=False))
        before = asked_of(db, scope)
    owner.client.post(decisions(owner)["uebernehmen"])
    monkeypatch.setattr("app.clarifications.actions.asked_of", lambda *_: before)
    with app.state.database.writing() as db:
        propose_again(db, scope, proposer="Bo", typed={items[0]: Typed("0")}, today=OPENED)
    with app.state.database.reading() as db:
        assert [(one.status, one.answer) for one in db.exec(select(Proposal))] == [("taken", "3")]


def test_one_check_asks_only_so_often(owner: Visitor, items: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Anybody may begin a check, and each request is kept."""
    monkeypatch.setattr("app.clarifications.actions.MOST_REQUESTS", 2)
    for _ in range(2):
        ask(owner, items[0])
    answer = owner.client.post(owner.address("klaeren"), data={**ASKING, "items": [items[0]]})
    assert answer.status_code == 422
    assert "Ziehen Sie zuerst eine Bitte zurück" in answer.text
    withdraw = decisions(owner)["zurueckziehen"]
    owner.client.post(withdraw)
    ask(owner, items[0])


def test_the_form_begins_with_the_question_it_was_opened_from(owner: Visitor, items: tuple[str, str]) -> None:
    page = Markup(owner.client.get(owner.address(f"klaeren?frage={items[1]}")).text)
    chosen = [box.attributes["value"] for box in page.all("input", type="checkbox") if "checked" in box.attributes]
    assert chosen == [items[1]]
