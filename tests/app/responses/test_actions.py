# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What changes a response, on both databases: nothing is lost, nothing is overwritten in silence."""

import json
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from threading import Barrier, Event
from time import sleep

import pytest
from sqlmodel import SQLModel, select

from app import tokens
from app.db import Database
from app.errors import AlreadySubmitted, NotFound, ReadOnly
from app.permissions import Scope
from app.responses import actions
from app.responses.actions import Recorded
from app.responses.queries import UNWRITTEN, Kept, ResponseState, kept_answer, load_response, response_id_of
from app.responses.typed import Typed
from app.tables import METADATA, Answer, Response, Snapshot
from questionnaires.definition import Questionnaire
from questionnaires.parts import MunicipalityType
from scoring import Municipality, Targets

TODAY = date(2026, 11, 22)
ITEM, OTHER = "E1.lenkungsgruppe", "E1.personal"
LARGE = Municipality(MunicipalityType.GROSSE_STADT, 241_000, "Lindenau")


class Desk:
    """One response in a database, to act upon."""

    def __init__(self, database: Database, questionnaire: Questionnaire) -> None:
        self.database, self.questionnaire = database, questionnaire
        with database.writing() as db:
            started = actions.start(db, questionnaire=questionnaire, municipality=LARGE, today=TODAY)
        self.code = started.code
        self.scope = Scope(started.response_id, started.code, can_edit=True)

    def record(self, typed: Typed, shown: Kept = UNWRITTEN, writer: str = "tab", item: str = ITEM) -> Recorded:
        """Post `typed` from a page that showed `shown`."""
        with self.database.writing() as db:
            return actions.record_answer(
                db,
                self.scope,
                item,
                typed,
                base_revision=shown.revision,
                base_fingerprint=shown.typed.fingerprint,
                writer=writer,
                today=TODAY,
            )

    def kept(self, item: str = ITEM) -> Kept:
        with self.database.reading() as db:
            return kept_answer(db, self.scope, item)

    def state(self) -> ResponseState:
        with self.database.reading() as db:
            return load_response(db, self.scope)

    def submit(self, today: date = TODAY) -> None:
        with self.database.writing() as db:
            actions.submit(db, self.scope, self.questionnaire, today)

    def rows(self, table: type[SQLModel]) -> list[SQLModel]:
        with self.database.reading() as db:
            return list(db.exec(select(table)).all())

    def snapshot(self) -> Snapshot:
        (row,) = self.rows(Snapshot)
        assert isinstance(row, Snapshot)
        return row


@pytest.fixture
def desk(database: Database, questionnaire: Questionnaire) -> Desk:
    return Desk(database, questionnaire)


class TestStarting:
    def test_only_digests_of_the_code_are_kept(self, desk: Desk) -> None:
        (row,) = desk.rows(Response)
        assert isinstance(row, Response)
        assert row.code_digest == tokens.digest(desk.code)
        assert row.view_digest == tokens.view_digest(tokens.view_token(desk.code))
        assert desk.code not in row.model_dump_json()
        assert tokens.view_token(desk.code) not in row.model_dump_json()

    def test_it_stays_with_its_questionnaire(self, desk: Desk) -> None:
        state, questionnaire = desk.state(), desk.questionnaire
        assert (state.questionnaire_id, state.questionnaire_version, state.questionnaire_digest) == (
            questionnaire.id,
            questionnaire.version,
            questionnaire.digest,
        )
        assert state.municipality == LARGE

    def test_every_check_has_a_code_of_its_own(self, desk: Desk, database: Database) -> None:
        other = Desk(database, desk.questionnaire)
        assert (other.code, other.scope.response_id) != (desk.code, desk.scope.response_id)
        with database.reading() as db:
            assert response_id_of(db, tokens.digest(other.code)) == other.scope.response_id


class TestRecording:
    def test_a_first_answer(self, desk: Desk) -> None:
        recorded = desk.record(Typed("2", note="Beschluss 12"))
        assert recorded.changed
        assert desk.kept() == Kept(Typed("2", note="Beschluss 12"), 1, "tab")

    @pytest.mark.parametrize(
        "typed",
        [
            Typed("0"),
            Typed("4", carried_by="budget"),
            Typed("3", carried_by="project", project_until="2027-06"),
            Typed("2", carried_by="project"),
            Typed("dont_know", note="Amt 51 fragen"),
            Typed("not_applicable", "Keine Erstaufnahme bei uns"),
            Typed("not_applicable"),
            Typed(note="nur eine Notiz"),
            Typed("1", note="ÄÖÜ ß ẞ „…“ – 漢字 😀 ‏עברית‎"),
        ],
        ids=repr,
    )
    def test_every_kind_of_answer_is_kept_as_typed(self, desk: Desk, typed: Typed) -> None:
        desk.record(typed)
        assert desk.kept().typed == typed

    def test_an_answer_may_be_taken_back(self, desk: Desk) -> None:
        desk.record(Typed("2"))
        desk.record(Typed(), desk.kept())
        assert desk.kept().typed.is_empty
        assert desk.state().answers == {}

    def test_an_untouched_question_is_never_written(self, desk: Desk) -> None:
        assert not desk.record(Typed()).changed
        assert desk.rows(Answer) == []

    def test_an_untouched_question_of_an_old_tab_is_never_written(self, desk: Desk) -> None:
        desk.record(Typed("2"), writer="new tab")
        recorded = desk.record(Typed(), UNWRITTEN, writer="old tab")
        assert not recorded.changed
        assert not recorded.conflict
        assert recorded.kept.typed == desk.kept().typed == Typed("2")

    def test_the_same_answer_twice_is_written_once(self, desk: Desk) -> None:
        desk.record(Typed("2"))
        assert not desk.record(Typed("2"), writer="another tab").changed
        assert desk.kept().revision == 1

    def test_one_page_never_conflicts_with_itself(self, desk: Desk) -> None:
        """Quick clicks: the second is sent before the page knows what became of the first."""
        for level in "0123":
            assert desk.record(Typed(level), UNWRITTEN, writer="tab").changed
        assert desk.kept() == Kept(Typed("3"), 4, "tab")

    def test_a_page_may_return_to_what_it_showed_first(self, desk: Desk) -> None:
        desk.record(Typed("2"), UNWRITTEN, writer="tab")
        assert desk.record(Typed(), UNWRITTEN, writer="tab").changed
        assert desk.kept().typed.is_empty

    def test_another_page_conflicts_and_nothing_is_lost(self, desk: Desk) -> None:
        desk.record(Typed("2", note="erst"), writer="one")
        recorded = desk.record(Typed("4"), UNWRITTEN, writer="two")
        assert recorded.conflict
        assert recorded.kept.typed == desk.kept().typed == Typed("2", note="erst")

    def test_a_page_that_was_overtaken_conflicts_too(self, desk: Desk) -> None:
        desk.record(Typed("1"), writer="one")
        desk.record(Typed("2"), desk.kept(), writer="two")
        assert desk.record(Typed("3"), UNWRITTEN, writer="one").conflict
        assert desk.kept().typed == Typed("2")

    def test_a_page_without_a_name_gets_no_privilege(self, desk: Desk) -> None:
        desk.record(Typed("1"), writer="")
        assert desk.record(Typed("3"), UNWRITTEN, writer="").conflict

    def test_who_knows_the_other_answer_may_replace_it(self, desk: Desk) -> None:
        desk.record(Typed("2"), writer="one")
        assert desk.record(Typed("4"), desk.kept(), writer="two").changed
        assert desk.kept() == Kept(Typed("4"), 2, "two")

    def test_quick_clicks_on_two_questions_are_no_conflict(self, desk: Desk) -> None:
        with ThreadPoolExecutor() as pool:
            first = pool.submit(desk.record, Typed("1"), UNWRITTEN, "one", ITEM)
            second = pool.submit(desk.record, Typed("2"), UNWRITTEN, "two", OTHER)
        assert not first.result().conflict
        assert not second.result().conflict
        assert (desk.kept(ITEM).typed, desk.kept(OTHER).typed) == (Typed("1"), Typed("2"))

    def test_of_two_pages_at_once_one_wins_and_the_other_is_told(self, desk: Desk) -> None:
        start = Barrier(8)

        def click(level: int) -> Recorded:
            start.wait()
            return desk.record(Typed(str(level % 5), note=str(level)), UNWRITTEN, f"tab {level}")

        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(click, range(8)))
        assert [one.changed for one in found].count(True) == 1
        assert [one.conflict for one in found].count(True) == 7
        assert desk.kept().revision == 1
        assert desk.kept().typed == next(one.kept.typed for one in found if one.changed)

    def test_the_day_of_the_last_change_follows(self, desk: Desk, database: Database) -> None:
        with database.writing() as db:
            actions.record_answer(
                db,
                desk.scope,
                ITEM,
                Typed("2"),
                base_revision=0,
                base_fingerprint="",
                writer="tab",
                today=date(2026, 12, 1),
            )
        assert desk.state().changed_on == date(2026, 12, 1)
        assert desk.state().started_on == TODAY

    def test_a_submitted_response_refuses(self, desk: Desk) -> None:
        desk.submit()
        with pytest.raises(AlreadySubmitted):
            desk.record(Typed("2"))
        assert desk.rows(Answer) == []

    def test_a_deleted_response_refuses(self, desk: Desk, database: Database) -> None:
        with database.writing() as db:
            actions.delete_response(db, desk.scope)
        with pytest.raises(NotFound):
            desk.record(Typed("2"))


class TestReadOnly:
    @pytest.mark.parametrize("name", ["record", "describe", "targets", "submit", "copy", "delete"])
    def test_a_scope_for_reading_changes_nothing(self, desk: Desk, database: Database, name: str) -> None:
        scope = Scope(desk.scope.response_id, None, can_edit=False)
        questionnaire = desk.questionnaire
        with database.writing() as db:
            attempts: dict[str, Callable[[], object]] = {
                "record": lambda: actions.record_answer(
                    db, scope, ITEM, Typed("2"), base_revision=0, base_fingerprint="", writer="", today=TODAY
                ),
                "describe": lambda: actions.describe_municipality(db, scope, LARGE, TODAY),
                "targets": lambda: actions.set_targets(db, scope, questionnaire, Targets(), TODAY),
                "submit": lambda: actions.submit(db, scope, questionnaire, TODAY),
                "copy": lambda: actions.copy(db, scope, questionnaire, TODAY),
                "delete": lambda: actions.delete_response(db, scope),
            }
            with pytest.raises(ReadOnly):
                attempts[name]()
        assert len(desk.rows(Response)) == 1
        assert not desk.state().is_submitted


class TestDescribing:
    def test_every_answer_stays(self, desk: Desk, database: Database) -> None:
        desk.record(Typed("2"))
        small = Municipality(MunicipalityType.LANDKREIS, None, None)
        with database.writing() as db:
            actions.describe_municipality(db, desk.scope, small, TODAY)
        assert desk.state().municipality == small
        assert desk.kept().typed == Typed("2")

    def test_not_after_submitting(self, desk: Desk, database: Database) -> None:
        desk.submit()
        with database.writing() as db, pytest.raises(AlreadySubmitted):
            actions.describe_municipality(db, desk.scope, LARGE, TODAY)


class TestTargets:
    def test_targets_of_a_draft(self, desk: Desk, database: Database) -> None:
        later = date(2026, 12, 1)
        with database.writing() as db:
            actions.set_targets(db, desk.scope, desk.questionnaire, Targets(sections={"E1": 4}), later)
        assert desk.state().targets == Targets(sections={"E1": 4})
        assert desk.state().changed_on == later

    def test_targets_of_a_submitted_check_renew_its_profile_and_not_its_day(
        self, desk: Desk, database: Database
    ) -> None:
        desk.record(Typed("2"))
        desk.submit()
        before = desk.snapshot().profile
        with database.writing() as db:
            targets = Targets(sections={"E1": 4})
            actions.set_targets(db, desk.scope, desk.questionnaire, targets, date(2026, 12, 1))
        assert desk.snapshot().profile != before
        assert desk.state().changed_on == TODAY
        assert desk.state().submitted_on == TODAY


class TestSubmitting:
    def test_profile_and_versions_are_frozen(self, desk: Desk) -> None:
        desk.record(Typed("2"))
        desk.submit()
        frozen = json.loads(desk.snapshot().profile)
        assert frozen["input"]["answers"] == {ITEM: 2}
        assert frozen["profile"]["questionnaire"]["digest"] == desk.questionnaire.digest
        assert desk.state().submitted_on == TODAY

    def test_a_second_time_changes_nothing(self, desk: Desk) -> None:
        desk.submit()
        before = [row.model_dump() for table in (Response, Snapshot) for row in desk.rows(table)]
        desk.submit(date(2027, 1, 1))
        assert [row.model_dump() for table in (Response, Snapshot) for row in desk.rows(table)] == before

    def test_many_at_once_submit_once(self, desk: Desk) -> None:
        start = Barrier(6)

        def press(day: int) -> None:
            start.wait()
            desk.submit(date(2026, 11, day))

        with ThreadPoolExecutor(6) as pool:
            list(pool.map(press, range(1, 7)))
        assert desk.snapshot().created_on == desk.state().submitted_on

    def test_an_answer_and_submitting_cannot_pass_each_other(self, desk: Desk, database: Database) -> None:
        """X-10: „abgeben“ waits for an answer that is just being stored, and freezes it too."""
        answering, go_on = Event(), Event()

        def answer() -> None:
            with database.writing() as db:
                actions.record_answer(
                    db, desk.scope, ITEM, Typed("2"), base_revision=0, base_fingerprint="", writer="tab", today=TODAY
                )
                answering.set()
                go_on.wait(10)

        with ThreadPoolExecutor(2) as pool:
            first = pool.submit(answer)
            assert answering.wait(10)
            second: Future[None] = pool.submit(desk.submit)
            sleep(0.3)
            assert not second.done()
            go_on.set()
            first.result(10)
            second.result(10)
        assert json.loads(desk.snapshot().profile)["input"]["answers"] == {ITEM: 2}

    def test_the_last_word_on_the_municipality_is_frozen(self, desk: Desk, database: Database) -> None:
        """A request that had read the response before it waited must not freeze what it had read."""
        moved = Municipality(MunicipalityType.LANDKREIS, 135_000, "Auental")
        with database.writing() as late:
            if not database.is_sqlite:
                load_response(late, desk.scope)
                with database.writing() as early:
                    actions.describe_municipality(early, desk.scope, moved, TODAY)
            else:
                actions.describe_municipality(late, desk.scope, moved, TODAY)
            actions.submit(late, desk.scope, desk.questionnaire, TODAY)
        assert json.loads(desk.snapshot().profile)["input"]["municipality"]["type"] == "landkreis"


class TestCopying:
    def test_a_copy_has_the_answers_and_a_code_of_its_own(self, desk: Desk, database: Database) -> None:
        desk.record(Typed("3", note="Beleg", carried_by="project", project_until="2027-06"))
        desk.record(Typed("dont_know"), item=OTHER)
        with database.writing() as db:
            actions.set_targets(db, desk.scope, desk.questionnaire, Targets(sections={"E1": 4}), TODAY)
        desk.submit()
        before = desk.snapshot().profile
        with database.writing() as db:
            started = actions.copy(db, desk.scope, desk.questionnaire, date(2026, 12, 1))
        assert started.code != desk.code
        with database.reading() as db:
            copied = load_response(db, Scope(started.response_id, started.code, can_edit=True))
        original = desk.state()
        assert {item: kept.typed for item, kept in copied.kept.items()} == {
            item: kept.typed for item, kept in original.kept.items()
        }
        assert (copied.municipality, copied.targets) == (original.municipality, original.targets)
        assert not copied.is_submitted
        assert copied.started_on == date(2026, 12, 1)
        assert original.is_submitted
        assert desk.snapshot().profile == before


class TestDeleting:
    def test_no_row_is_left_anywhere(self, desk: Desk, database: Database) -> None:
        other = Desk(database, desk.questionnaire)
        for one in (desk, other):
            one.record(Typed("2", note="Beleg"))
            one.submit()
        with database.writing() as db:
            actions.delete_response(db, desk.scope)
        left = [row for table in (Response, Answer, Snapshot) for row in desk.rows(table)]
        assert len(left) == 3
        assert desk.scope.response_id not in " ".join(row.model_dump_json() for row in left)

    def test_every_table_that_names_a_response_is_known_here(self) -> None:
        """Who adds a table with answers has to add it to `delete_response`, and here."""
        naming = {
            table.name
            for table in METADATA.tables.values()
            if any(key.column.table.name == "response" for key in table.foreign_keys)
        }
        assert naming == {"answer", "delegation", "snapshot"}
