# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The end of a round: closed and frozen, open again, released to chosen people; and what the retention leaves."""

import json
import threading
from dataclasses import dataclass
from datetime import date

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, col, func, select

from app.errors import AppError, Invalid, NotAllowed, NotFound, RoundChanged
from app.permissions import ReadingScope, Role, RoundScope
from app.rounds.actions.closing import close_round, reopen_round
from app.rounds.actions.releasing import add_link, release_round, remove_link, set_readers
from app.rounds.queries.closing import candidates_of, ending_of, links_of
from app.rounds.queries.released import comments_on, released_round
from app.rounds.queries.rounds import heard_of
from app.rounds.retention import RawExpired, delete_raw_answers
from app.rounds.views.closing import shown_of
from app.settings import Settings
from app.tables.audits import AuditEntry
from app.tables.responses import Answer, Response
from app.tables.rounds import Round, RoundComment, RoundReader, RoundSnapshot
from questionnaires.definition import Questionnaire
from questionnaires.library import Library
from tests import staff
from tests.markup import Markup
from tests.rounds import RoundOf, a_round, respond

TODAY = date(2026, 11, 22)


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(database_url=database_url)


@pytest.fixture(scope="session")
def long(library: Library) -> Questionnaire:
    return library.latest("weltoffene-kommune")


@pytest.fixture(scope="session")
def short(library: Library) -> Questionnaire:
    return library.latest("kurzcheck")


@dataclass
class Ending:
    """An open round with a coordinator, a member, and a moderator."""

    app: FastAPI
    round: RoundOf
    coordinator: staff.Staff
    member: staff.Staff
    moderator: staff.Staff

    @property
    def scope(self) -> RoundScope:
        return self.coordinator.within(self.round.id, self.round.municipality_id)

    def close(self, db: Session) -> None:
        close_round(db, self.scope, self.app.state.library, today=TODAY, now=self.app.state.clock.now())

    def release(self, db: Session, *readers: staff.Staff) -> None:
        chosen = [reader.account_id for reader in readers]
        release_round(db, self.scope, chosen, today=TODAY, now=self.app.state.clock.now())


@pytest.fixture
def ending(client: TestClient, app: FastAPI, long: Questionnaire, short: Questionnaire) -> Ending:
    with app.state.database.writing() as db:
        town = staff.municipality(db)
        found = a_round(db, town, long, {"office": None, "council": short, "clubs": None, "business": None})
        first = long.items[0].id
        shared = next(item.id for item in short.items)
        for number in range(6):
            notes = {first: f"Beleg {number}"}
            respond(db, found, "office", long, {first: number % 5, shared: 2}, notes=notes)
        for _ in range(5):
            respond(db, found, "council", short, {shared: 4})
        for _ in range(2):
            respond(db, found, "clubs", long, {first: 0, shared: "dont_know"})
        respond(db, found, "clubs", long, {first: 4}, submitted=False)
        return Ending(
            app,
            found,
            staff.member(db, app, town),
            staff.member(db, app, town, "Mit Glied", Role.MEMBER),
            staff.moderator(db, app, found.id),
        )


def count(db: Session, table: type) -> int:
    return db.exec(select(func.count()).select_from(table)).one()


def test_closing_freezes_what_was_submitted_and_nothing_else(ending: Ending, short: Questionnaire) -> None:
    database = ending.app.state.database
    with database.writing() as db:
        ending.close(db)
        ending.release(db)
    with database.reading() as db:
        found = released_round(db, ReadingScope(ending.round.id))
    assert found.table.submitted == 13  # the draft does not count
    assert [(part.group, part.submitted) for part in found.table.groups] == [
        ("office", 6),
        ("council", 5),
        ("clubs", 2),
        ("business", 0),
    ]
    # M7.2: two of the clubs are too few, so they take in the smallest group that stood alone.
    assert [block.groups for block in found.table.blocks] == [("office",), ("council", "clubs")]
    assert found.table.unheard == ("business",)
    assert {group.key: group.submitted for group in found.groups}["council"] == 5


def test_a_group_with_the_short_form_is_asked_what_both_share(
    ending: Ending, long: Questionnaire, short: Questionnaire
) -> None:
    database = ending.app.state.database
    with database.writing() as db:
        ending.close(db)
        ending.release(db)
    with database.reading() as db:
        table = released_round(db, ReadingScope(ending.round.id)).table
    shared = {item.id for item in short.items}
    for item in table.items:
        assert item.asked == (13 if item.item_id in shared else 8), item.item_id


def test_nobody_reads_before_the_release_and_only_the_chosen_after(ending: Ending, client: TestClient) -> None:
    database = ending.app.state.database
    with database.writing() as db:
        ending.close(db)
    with database.reading() as db, pytest.raises(NotFound):
        released_round(db, ReadingScope(ending.round.id))
    with database.writing() as db:
        ending.release(db, ending.moderator)
    with database.reading() as db:
        readers = set(db.exec(select(RoundReader.account_id)))
    assert readers == {ending.coordinator.account_id, ending.moderator.account_id}


def test_the_same_round_gives_the_same_bytes(ending: Ending) -> None:
    """M7.8: closing, opening and closing again freezes the same text."""
    database = ending.app.state.database
    frozen = []
    for _ in range(2):
        with database.writing() as db:
            ending.close(db)
        with database.writing() as db:
            kept = db.exec(select(RoundSnapshot)).one()
            comments = db.exec(select(RoundComment).order_by(col(RoundComment.position))).all()
            frozen.append((kept.published, kept.voices, [(c.item_id, c.position, c.text) for c in comments]))
            reopen_round(db, ending.scope, date(2026, 12, 6), today=TODAY, now=ending.app.state.clock.now())
    assert frozen[0] == frozen[1]
    assert frozen[0][1] == "[]"


def test_a_round_opens_again_only_before_the_release(ending: Ending) -> None:
    database, now = ending.app.state.database, ending.app.state.clock.now()
    with database.writing() as db:
        with pytest.raises(RoundChanged):
            reopen_round(db, ending.scope, date(2026, 12, 6), today=TODAY, now=now)
        ending.close(db)
        with pytest.raises(Invalid):
            reopen_round(db, ending.scope, date(2026, 11, 21), today=TODAY, now=now)
        reopen_round(db, ending.scope, date(2026, 12, 6), today=TODAY, now=now)
        row = db.exec(select(Round)).one()
        assert (row.status, row.closed_on, row.closes_on) == ("open", None, date(2026, 12, 6))
        assert count(db, RoundSnapshot) == count(db, RoundComment) == 0
        ending.close(db)
        ending.release(db)
        with pytest.raises(RoundChanged):
            reopen_round(db, ending.scope, date(2026, 12, 6), today=TODAY, now=now)
        with pytest.raises(RoundChanged):
            ending.close(db)
        with pytest.raises(RoundChanged):
            ending.release(db)


def test_two_coordinators_close_it_once(ending: Ending) -> None:
    database, outcomes = ending.app.state.database, []
    barrier = threading.Barrier(2)

    def run() -> None:
        barrier.wait()
        try:
            with database.writing() as db:
                ending.close(db)
            outcomes.append("closed")
        except AppError as error:
            outcomes.append(error.key)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["closed", "round_changed"]


def test_comments_wait_for_moderation(ending: Ending, long: Questionnaire) -> None:
    """M7.7, D-11: thirteen answered, so comments may be shown for the round, without a group, once they were read."""
    database, first = ending.app.state.database, long.items[0].id
    with database.writing() as db:
        ending.close(db)
        ending.release(db)
    with database.reading() as db:
        assert comments_on(db, ReadingScope(ending.round.id), first) == ()
        waiting = comments_on(db, ReadingScope(ending.round.id, can_review=True), first)
    assert sorted(comment.text for comment in waiting) == [f"Beleg {number}" for number in range(6)]
    assert {comment.groups for comment in waiting} == {None}


def test_a_round_without_comments_keeps_none(app: FastAPI, ending: Ending) -> None:
    with app.state.database.writing() as db:
        db.exec(select(Round)).one().asks_comments = False
        db.flush()
        ending.close(db)
        assert count(db, RoundComment) == 0


def test_a_team_sees_who_gave_what(client: TestClient, app: FastAPI, long: Questionnaire) -> None:
    item = long.items[0].id
    with app.state.database.writing() as db:
        town = staff.municipality(db)
        found = a_round(db, town, long, {"office": None, "clubs": None}, mode="named")
        respond(db, found, "office", long, {item: 3}, person="Zoe Amt")
        respond(db, found, "office", long, {item: "dont_know"}, person="Anna Amt")
        respond(db, found, "clubs", long, {item: 1}, person="Bo Verein")
        scope = staff.member(db, app, town).within(found.id, town)
        close_round(db, scope, app.state.library, today=TODAY, now=app.state.clock.now())
        release_round(db, scope, [], today=TODAY, now=app.state.clock.now())
        result = released_round(db, ReadingScope(found.id))
    said = [(voice.group, voice.person, voice.state, voice.level) for voice in result.voices if voice.item_id == item]
    assert said == [
        ("office", "Anna Amt", "dont_know", None),
        ("office", "Zoe Amt", "level", 3),
        ("clubs", "Bo Verein", "level", 1),
    ]
    assert [block.groups for block in result.table.blocks] == [("office",), ("clubs",)]


def test_a_team_is_told_that_readers_and_links_show_names(
    client: TestClient, app: FastAPI, long: Questionnaire
) -> None:
    """And nobody is chosen beforehand: names go only to whom somebody meant."""
    with app.state.database.writing() as db:
        town = staff.municipality(db)
        found = a_round(db, town, long, {"office": None}, mode="named")
        respond(db, found, "office", long, {long.items[0].id: 3}, person="Zoe Amt")
        boss, member = staff.member(db, app, town), staff.member(db, app, town, "Mit Glied", Role.MEMBER)
        close_round(db, boss.within(found.id, town), app.state.library, today=TODAY, now=app.state.clock.now())
    base = f"/durchgang/{found.id}/abschluss"
    page = Markup(boss.sign_in(client).get(base).text)
    assert "sehen mit Namen, wer was geantwortet hat" in page.words
    assert "reader" not in page.form("/freigeben").values()
    client.post(f"{base}/freigeben", data={"reader": member.account_id})
    page = Markup(client.get(base).text)
    assert "Wer den Link bekommt, sieht mit Namen, wer was geantwortet hat." in page.words


def test_without_names_nothing_is_said_of_names(desk: TestClient, ending: Ending) -> None:
    base = f"/durchgang/{ending.round.id}/abschluss"
    desk.post(f"{base}/beenden")
    page = Markup(desk.get(base).text)
    assert "mit Namen" not in page.words
    assert "reader" in page.form("/freigeben").values()


def test_readers_are_people_of_the_round(app: FastAPI, ending: Ending) -> None:
    now = app.state.clock.now()
    with app.state.database.writing() as db:
        stranger = staff.account(db, app, "Frem De")
        names = [(one.name, one.is_reader) for one in candidates_of(db, ending.scope)]
        assert names == [("Ada Beispiel", False), ("Mit Glied", False), ("Mo Deration", False)]
        ending.close(db)
        ending.release(db, ending.member)
        with pytest.raises(NotFound):
            set_readers(db, ending.scope, [stranger.account_id], now=now)
    with app.state.database.writing() as db:
        set_readers(db, ending.scope, [ending.moderator.account_id], now=now)
        chosen = {one.name for one in candidates_of(db, ending.scope) if one.is_reader}
    assert chosen == {"Ada Beispiel", "Mo Deration"}


def test_only_coordinators_end_and_release(app: FastAPI, ending: Ending) -> None:
    scope = ending.moderator.within(ending.round.id, ending.round.municipality_id, Role.MODERATOR)
    with app.state.database.writing() as db:
        with pytest.raises(NotAllowed):
            close_round(db, scope, app.state.library, today=TODAY, now=app.state.clock.now())
        with pytest.raises(NotAllowed):
            release_round(db, scope, [], today=TODAY, now=app.state.clock.now())


def test_a_link_lives_until_it_is_ended(app: FastAPI, ending: Ending) -> None:
    now = app.state.clock.now()
    with app.state.database.writing() as db:
        with pytest.raises(RoundChanged):
            add_link(db, ending.scope, "Rat", today=TODAY, now=now)
        ending.close(db)
        ending.release(db)
        token = add_link(db, ending.scope, "Rat", today=TODAY, now=now)
        assert len(token) == 26
        (link,) = links_of(db, ending.scope)
        assert link.label == "Rat"
        remove_link(db, ending.scope, link.id, now=now)
        assert links_of(db, ending.scope) == ()
        with pytest.raises(NotFound):
            remove_link(db, ending.scope, link.id, now=now)


def test_every_act_is_in_the_log(app: FastAPI, ending: Ending) -> None:
    with app.state.database.writing() as db:
        ending.close(db)
        ending.release(db)
        acts = db.exec(select(AuditEntry).order_by(col(AuditEntry.action))).all()
    assert [(act.action, act.actor, act.round_id) for act in acts] == [
        ("round.close", "Ada Beispiel", ending.round.id),
        ("round.release", "Ada Beispiel", ending.round.id),
    ]
    assert acts[0].detail == {"responses": 13}


def test_single_answers_go_after_their_months_and_the_table_stays(app: FastAPI, ending: Ending) -> None:
    """D-15, M13."""
    with app.state.database.writing() as db:
        ending.close(db)
        ending.release(db)
        before = db.exec(select(RoundSnapshot)).one().published
        assert delete_raw_answers(db, today=date(2027, 11, 21)) == RawExpired(0, 0)
        assert delete_raw_answers(db, today=date(2027, 11, 22), dry_run=True) == RawExpired(1, 13)
        assert count(db, Response) == 14
        assert delete_raw_answers(db, today=date(2027, 11, 22)) == RawExpired(1, 13)
        assert count(db, Response) == count(db, Answer) == 0
        assert delete_raw_answers(db, today=date(2027, 11, 23)) == RawExpired(0, 0)
        assert db.exec(select(RoundSnapshot)).one().published == before
        kept = ending_of(db, ending.scope)
        assert kept.raw_deleted_on == date(2027, 11, 22)
        assert [group.submitted for group in kept.turnout] == [6, 5, 2, 0]  # who was heard stays known
        assert [group.submitted for group in heard_of(db, ending.scope)] == [6, 5, 2, 0]


def test_a_round_nobody_closed_loses_its_answers_too(app: FastAPI, ending: Ending) -> None:
    with app.state.database.writing() as db:
        assert delete_raw_answers(db, today=date(2027, 11, 29)) == RawExpired(1, 13)


def test_what_counts_allow_follows_the_gate(ending: Ending, app: FastAPI) -> None:
    with app.state.database.reading() as db:
        found = ending_of(db, ending.scope)
    shown = shown_of(found.turnout, found.mode, found.n_min)
    assert [group.key for group in shown.alone] == ["office"]
    assert [group.key for group in shown.together] == ["council", "clubs"]
    assert [group.key for group in shown.unheard] == ["business"]
    few = shown_of(found.turnout, "anonym", 20)
    assert few.too_few
    assert few.missing == 7
    assert shown_of(found.turnout, "anonym", 12).all_as_one
    assert [group.key for group in shown_of(found.turnout, "named", 5).alone] == ["office", "council", "clubs"]


def test_of_single_people_nothing_is_left_after_the_months(app: FastAPI, ending: Ending, long: Questionnaire) -> None:
    """D-15: what is promised is that the table stays, and it alone; also who gave what, and what nobody released."""
    now, item = app.state.clock.now(), long.items[0].id
    with app.state.database.writing() as db:
        named = a_round(db, ending.round.municipality_id, long, {"office": None}, mode="named")
        respond(db, named, "office", long, {item: 3}, person="Zoe Amt")
        scope = ending.coordinator.within(named.id, named.municipality_id)
        close_round(db, scope, app.state.library, today=TODAY, now=now)
        release_round(db, scope, [], today=TODAY, now=now)
        ending.close(db)
        ending.release(db)
        shown = db.exec(select(RoundComment).where(col(RoundComment.position) == 0)).one()
        shown.is_shown = True
        kept = shown.text
    with app.state.database.writing() as db:
        delete_raw_answers(db, today=date(2027, 11, 22), dry_run=True)
        assert len(released_round(db, ReadingScope(named.id)).voices) == len(long.items)
        before = {one.round_id: one.published for one in db.exec(select(RoundSnapshot))}
        delete_raw_answers(db, today=date(2027, 11, 22))
    with app.state.database.reading() as db:
        assert released_round(db, ReadingScope(named.id)).voices == ()
        assert "Zoe Amt" not in "".join(one.model_dump_json() for one in db.exec(select(RoundSnapshot)))
        assert [comment.text for comment in db.exec(select(RoundComment))] == [kept]
        assert {one.round_id: one.published for one in db.exec(select(RoundSnapshot))} == before


def test_an_open_round_that_is_prolonged_after_all_loses_its_answers_in_time(app: FastAPI, ending: Ending) -> None:
    """Nobody closed it; its answers went, it was prolonged, and people answered again."""
    with app.state.database.writing() as db:
        assert delete_raw_answers(db, today=date(2027, 11, 29)) == RawExpired(1, 13)
        assert delete_raw_answers(db, today=date(2027, 11, 30)) == RawExpired(0, 0)
        row = db.get_one(Round, ending.round.id)
        row.closes_on = date(2028, 1, 31)
        respond(db, ending.round, "office", app.state.library.latest("weltoffene-kommune"), {})
        assert delete_raw_answers(db, today=date(2028, 2, 1)) == RawExpired(0, 0)
        assert delete_raw_answers(db, today=date(2029, 1, 31)) == RawExpired(1, 1)


def test_a_round_whose_answers_are_gone_is_not_opened_again(app: FastAPI, ending: Ending) -> None:
    """What was frozen would go, and nothing could be frozen in its place."""
    with app.state.database.writing() as db:
        ending.close(db)
        delete_raw_answers(db, today=date(2027, 11, 22))
        with pytest.raises(RoundChanged):
            reopen_round(db, ending.scope, date(2027, 12, 6), today=date(2027, 11, 22), now=app.state.clock.now())
        assert count(db, RoundSnapshot) == 1


@pytest.fixture
def desk(client: TestClient, ending: Ending) -> TestClient:
    return ending.coordinator.sign_in(client)


def test_the_pages_lead_from_open_to_released(desk: TestClient, ending: Ending) -> None:
    base = f"/durchgang/{ending.round.id}/abschluss"
    page = desk.get(base)
    assert page.status_code == 200
    assert "Noch nicht gehört" in page.text
    assert desk.post(f"{base}/beenden").headers["location"] == base
    assert "noch niemand sieht es" in desk.get(base).text
    wrong = desk.post(f"{base}/wieder-oeffnen", data={"closes_on": "morgen"})
    assert wrong.status_code == 422
    assert 'value="morgen"' in wrong.text
    assert desk.post(f"{base}/freigeben", data={"reader": [ending.member.account_id]}).status_code == 303
    assert "Freigegeben am 22. November 2026" in desk.get(base).text
    assert desk.post(f"{base}/links", data={"label": ""}).status_code == 422
    assert "/gemeinsam/" in desk.post(f"{base}/links", data={"label": "Rat"}).text
    assert "/gemeinsam/" not in desk.get(base).text


def test_the_frozen_table_is_canonical_json(app: FastAPI, ending: Ending) -> None:
    with app.state.database.writing() as db:
        ending.close(db)
        text = db.exec(select(RoundSnapshot)).one().published
    assert json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":")) == text


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_closing_forgets_the_order_in_which_people_answered(app: FastAPI, ending: Ending) -> None:
    """D-03, M7.9: PostgreSQL knows where a row lies and which transaction wrote it; both tell nothing any more."""
    rows = {"response": "id", "answer": "response_id || item_id"}
    database = app.state.database

    def physical(table: str, key: str) -> list[tuple[str, str]]:
        with database.reading() as db:
            found = db.connection().exec_driver_sql(f"SELECT xmin::text, {key} FROM {table} ORDER BY ctid")
            return [(str(row[0]), str(row[1])) for row in found]

    before = {table: physical(table, key) for table, key in rows.items()}
    with database.writing() as db:
        everything = {row.id: row.model_dump() for row in db.exec(select(Response))}
        answers = {(row.response_id, row.item_id): row.model_dump() for row in db.exec(select(Answer))}
        ending.close(db)
    with database.reading() as db:
        assert {row.id: row.model_dump() for row in db.exec(select(Response))} == everything
        assert {(row.response_id, row.item_id): row.model_dump() for row in db.exec(select(Answer))} == answers
    for table, key in rows.items():
        after = physical(table, key)
        assert len({mark for mark, _ in after}) == 1
        assert sorted(name for _, name in after) == sorted(name for _, name in before[table])
        assert [name for _, name in after] != [name for _, name in before[table]]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_no_response_stays_on_the_page_where_it_came(app: FastAPI, ending: Ending) -> None:
    """PostgreSQL leaves a changed row on its page while it fits, so pages would tell who came about when."""
    database = app.state.database

    def pages() -> dict[str, str]:
        with database.reading() as db:
            found = db.connection().exec_driver_sql("SELECT id, split_part(ctid::text, ',', 1) FROM response")
            return {str(row[0]): str(row[1]) for row in found}

    came = pages()
    with database.writing() as db:
        ending.close(db)
    assert came
    assert [one for one, page in pages().items() if page == came[one]] == []


def test_a_closed_round_says_its_counts_as_final(desk: TestClient, ending: Ending, app: FastAPI) -> None:
    """Whether there is a result or not: nothing is still to come."""
    base = f"/durchgang/{ending.round.id}/abschluss"
    with app.state.database.writing() as db:
        db.get_one(Round, ending.round.id).n_min = 20
    assert "13 Rückmeldungen sind da." in Markup(desk.get(base).text).words
    desk.post(f"{base}/beenden")
    words = Markup(desk.get(base).text).words
    assert "Was das Ergebnis zeigt " in words
    assert "Abgegeben wurden 13 Rückmeldungen. Ein Ergebnis gibt es ab 20." in words
    assert "Nicht gehört: Business." in words
    assert "sind da" not in words
    assert "Noch nicht gehört" not in words


def test_a_closed_round_that_nobody_answered_says_so(desk: TestClient, ending: Ending, app: FastAPI) -> None:
    base = f"/durchgang/{ending.round.id}/abschluss"
    with app.state.database.writing() as db:
        for response in db.exec(select(Response)).all():
            response.status, response.submitted_on = "draft", None
    assert "Noch ist keine Rückmeldung da." in Markup(desk.get(base).text).words
    desk.post(f"{base}/beenden")
    assert "Niemand hat abgegeben. Ein Ergebnis gibt es ab 5." in Markup(desk.get(base).text).words


def test_questions_that_too_few_got_are_told_before_and_after_closing(
    client: TestClient, app: FastAPI, long: Questionnaire, short: Questionnaire
) -> None:
    """D-10 by the groups' own forms: three with the long form, six with the short one. Counts and forms tell it."""
    with app.state.database.writing() as db:
        town = staff.municipality(db)
        found = a_round(db, town, long, {"office": None, "council": short})
        for _ in range(6):
            respond(db, found, "council", short, {short.items[0].id: 4})
        coordinator = staff.member(db, app, town)
    desk, base = coordinator.sign_in(client), f"/durchgang/{found.id}/abschluss"
    asked = "61 Fragen gehen nur an Office (0). Von dort ist noch nichts da."
    assert f"{asked} Beenden Sie jetzt, ist dazu nichts zu sehen." in Markup(desk.get(base).text).words
    with app.state.database.writing() as db:
        for _ in range(3):
            respond(db, found, "office", long, {long.items[0].id: 3})
    asked = "61 Fragen gehen nur an Office (3). Das sind weniger als 5 Rückmeldungen."
    assert f"{asked} Beenden Sie jetzt, ist dazu nichts zu sehen." in Markup(desk.get(base).text).words
    desk.post(f"{base}/beenden")
    assert f"{asked} Dazu ist nichts zu sehen." in Markup(desk.get(base).text).words
    with app.state.database.reading() as db:
        table = json.loads(db.exec(select(RoundSnapshot)).one().published)
    assert sum(not any(sum(block["levels"]) for block in item["blocks"]) for item in table["items"]) >= 61


def test_where_enough_get_every_question_nothing_is_told(desk: TestClient, ending: Ending) -> None:
    assert " gehen nur an " not in Markup(desk.get(f"/durchgang/{ending.round.id}/abschluss").text).words
