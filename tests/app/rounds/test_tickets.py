# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Codes for one participation: made once, used once, void, on paper and in a table; the invite pages."""

import csv
import io
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import segno
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, func, select
from sqlalchemy.exc import IntegrityError

from app import tokens
from app.errors import Invalid, NotAllowed, NotFound, RoundChanged, TicketUsed
from app.permissions import EntryScope, Role
from app.rounds.actions.closing import close_round
from app.rounds.actions.tickets import make_tickets, use_ticket, void_tickets
from app.rounds.forms.joining import read_count
from app.rounds.qr import QUIET_ZONE, qr_of
from app.rounds.queries.inviting import inviting_of
from app.rounds.tickets import MOST_AT_ONCE, MOST_OF_GROUP, draw, mail_merge, read_codes
from app.tables.audits import AuditEntry
from app.tables.responses import RESPONSES
from app.tables.rounds import TICKETS, Ticket
from questionnaires.library import Library
from tests.app.rounds.conftest import TODAY, PlannedRound, opened_round
from tests.app.rounds.participant import Participant, browser, codes_for
from tests.markup import Markup

PEOPLE = 20


@pytest.fixture(autouse=True)
def no_connection_stays_open(app: FastAPI) -> Iterator[None]:
    """Some tests here use the app without a server, which would close them."""
    yield
    app.state.database.close()


def statuses(app: FastAPI) -> list[str]:
    with app.state.database.reading() as db:
        return sorted(db.execute(select(TICKETS.c.status)).scalars())


def way_in(found: PlannedRound, code: str, group: str = "politics") -> EntryScope:
    return EntryScope(found.id, found.groups[group], code, tokens.digest(code))


def responses(app: FastAPI) -> int:
    with app.state.database.reading() as db:
        return int(db.execute(select(func.count()).select_from(RESPONSES)).scalar_one())


class TestMaking:
    def test_only_digests_are_kept(self, app: FastAPI, an_open_round: PlannedRound) -> None:
        codes = codes_for(app, an_open_round, "politics", 30)
        assert len(set(codes)) == 30
        assert {len(code) for code in codes} == {12}
        with app.state.database.reading() as db:
            kept = db.execute(select(TICKETS)).all()
        assert {row.code_digest for row in kept} == {tokens.digest(code) for code in codes}
        assert not set(codes) & {value for row in kept for value in row}

    def test_the_act_is_noted_and_not_the_codes(self, app: FastAPI, an_open_round: PlannedRound) -> None:
        codes = codes_for(app, an_open_round, "politics", 3)
        with app.state.database.reading() as db:
            (entry,) = db.execute(select(AuditEntry).where(AuditEntry.action == "round.tickets")).scalars()  # type: ignore[arg-type]
        assert entry.detail == {"group": "politics", "count": 3}
        assert not [code for code in codes if code in entry.model_dump_json()]

    def test_a_code_is_one_row_by_the_database(self, app: FastAPI, an_open_round: PlannedRound) -> None:
        (code,) = codes_for(app, an_open_round, "politics", 1)
        again = Ticket(
            code_digest=tokens.digest(code), round_id=an_open_round.id, group_id=an_open_round.groups["leadership"]
        )
        with pytest.raises(IntegrityError), app.state.database.writing() as db:
            db.add(again)

    def test_not_after_the_end(self, app: FastAPI, an_open_round: PlannedRound, library: Library) -> None:
        now = app.state.clock.now()
        with app.state.database.writing() as db:
            close_round(db, an_open_round.scope, library, today=TODAY, now=now)
        with pytest.raises(RoundChanged):
            codes_for(app, an_open_round, "politics", 1)
        with pytest.raises(RoundChanged), app.state.database.writing() as db:
            void_tickets(db, an_open_round.scope, an_open_round.groups["politics"], now=now)

    def test_before_it_begins(self, app: FastAPI, a_planned_round: PlannedRound) -> None:
        assert len(codes_for(app, a_planned_round, "politics", 2)) == 2

    def test_not_for_a_group_of_another_round(self, app: FastAPI, an_open_round: PlannedRound) -> None:
        with app.state.database.writing() as db:
            other = opened_round(db, app)
        with pytest.raises(NotFound), app.state.database.writing() as db:
            make_tickets(db, an_open_round.scope, other.groups["politics"], 1, now=app.state.clock.now())

    def test_not_by_a_moderator(self, app: FastAPI, an_open_round: PlannedRound) -> None:
        scope = an_open_round.scope_as(Role.MODERATOR)
        with pytest.raises(NotAllowed), app.state.database.writing() as db:
            make_tickets(db, scope, an_open_round.groups["politics"], 1, now=app.state.clock.now())

    def test_a_group_has_a_limit(
        self, app: FastAPI, an_open_round: PlannedRound, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert MOST_OF_GROUP == 5_000
        monkeypatch.setattr("app.rounds.actions.tickets.MOST_OF_GROUP", 3)
        codes_for(app, an_open_round, "politics", 3)
        codes_for(app, an_open_round, "leadership", 3)
        with pytest.raises(Invalid):
            codes_for(app, an_open_round, "politics", 1)


class TestUsing:
    def test_once(self, app: FastAPI, an_open_round: PlannedRound) -> None:
        first, second = codes_for(app, an_open_round, "politics", 2)
        for code in (first, second):
            with app.state.database.writing() as db:
                use_ticket(db, way_in(an_open_round, code))
            with pytest.raises(TicketUsed), app.state.database.writing() as db:
                use_ticket(db, way_in(an_open_round, code))
        assert statuses(app) == ["used", "used"]

    def test_only_unused_ones_become_void(self, app: FastAPI, an_open_round: PlannedRound) -> None:
        used, unused = codes_for(app, an_open_round, "politics", 2)
        codes_for(app, an_open_round, "leadership", 1)
        with app.state.database.writing() as db:
            use_ticket(db, way_in(an_open_round, used))
            void_tickets(db, an_open_round.scope, an_open_round.groups["politics"], now=app.state.clock.now())
        assert statuses(app) == ["unused", "used", "void"]
        with pytest.raises(TicketUsed), app.state.database.writing() as db:
            use_ticket(db, way_in(an_open_round, unused))

    def test_the_second_person_is_refused_and_told_what_to_do(
        self, app: FastAPI, client: TestClient, an_open_round: PlannedRound
    ) -> None:
        (code,) = codes_for(app, an_open_round, "politics", 1)
        first, second = Participant(browser(app, client)), Participant(browser(app, client))
        form = second.form(code)
        first.join(code)
        refused = second.send(form)
        assert refused.status_code == 409
        assert "Dieser Code wurde schon benutzt" in refused.text
        assert "Code mit 16 Zeichen" in refused.text
        assert second.codes == []
        assert responses(app) == 1

    def test_looking_tells_of_no_code_whether_it_was_used(
        self, app: FastAPI, client: TestClient, an_open_round: PlannedRound
    ) -> None:
        """M7.8: a coordinator who kept a list of who got which code could look up who takes part."""
        unused, used, void = codes_for(app, an_open_round, "politics", 3)
        Participant(browser(app, client)).join(used)
        with app.state.database.writing() as db:
            db.execute(TICKETS.update().where(TICKETS.c.code_digest == tokens.digest(void)).values(status="void"))
        seen = {
            re.sub(r'value="[^"]+"', "", browser(app, client).get(f"/mitmachen/{code}").text.replace(code, "CODE"))
            for code in (unused, used, void)
        }
        assert len(seen) == 1

    def test_a_void_code_is_refused_like_a_used_one(
        self, app: FastAPI, client: TestClient, an_open_round: PlannedRound
    ) -> None:
        """Else whoever declares the unused ones void could try them all, and know who has begun (M7.8)."""
        used, void = codes_for(app, an_open_round, "politics", 2)
        Participant(browser(app, client)).join(used)
        forms = {code: Participant(browser(app, client)).form(code) for code in (used, void)}
        with app.state.database.writing() as db:
            void_tickets(db, an_open_round.scope, an_open_round.groups["politics"], now=app.state.clock.now())
        refused = [Participant(browser(app, client)).send(form) for form in forms.values()]
        assert [answer.status_code for answer in refused] == [409, 409]
        assert "gilt nicht mehr" in refused[0].text
        used_text, void_text = (answer.text.replace(code, "CODE") for answer, code in zip(refused, forms, strict=True))
        assert used_text == void_text
        assert responses(app) == 1

    def test_twenty_at_once_leave_one_response(
        self, app: FastAPI, client: TestClient, an_open_round: PlannedRound
    ) -> None:
        """Each has looked before anybody began, so the code seemed unused to all (lesson 11)."""
        (code,) = codes_for(app, an_open_round, "politics", 1)
        codes_for(app, an_open_round, "politics", 30)
        people = [Participant(browser(app, client)) for _ in range(PEOPLE)]
        forms, start = [one.form(code) for one in people], Barrier(PEOPLE)

        def begin(number: int) -> int:
            start.wait()
            return people[number].send(forms[number]).status_code

        with ThreadPoolExecutor(PEOPLE) as pool:
            answers = list(pool.map(begin, range(PEOPLE)))
        assert sorted(answers) == [303] + [409] * (PEOPLE - 1)
        assert responses(app) == 1
        assert statuses(app).count("used") == 1
        (winner,) = [one for one in people if one.codes]
        winner.client.get("/weiter").raise_for_status()

    def test_different_codes_at_once_all_let_in(
        self, app: FastAPI, client: TestClient, an_open_round: PlannedRound
    ) -> None:
        codes = codes_for(app, an_open_round, "politics", PEOPLE)
        people = [Participant(browser(app, client)) for _ in codes]
        with ThreadPoolExecutor(PEOPLE) as pool:
            list(pool.map(lambda pair: pair[0].join(pair[1]), zip(people, codes, strict=True)))
        assert responses(app) == PEOPLE
        assert statuses(app) == ["used"] * PEOPLE

    def test_response_and_code_have_a_transaction_each_the_response_first(
        self, app: FastAPI, client: TestClient, an_open_round: PlannedRound
    ) -> None:
        (code,) = codes_for(app, an_open_round, "politics", 1)
        somebody = Participant(browser(app, client))
        form = somebody.form(code)
        order: list[str] = []
        event.listen(app.state.database.engine, "commit", lambda _connection: order.append("commit"))
        event.listen(app.state.database.engine, "before_cursor_execute", _notes(order))
        assert somebody.send(form).status_code == 303
        assert [word for word in order if word] == ["response", "commit", "ticket", "commit"]

    def test_who_is_interrupted_in_between_keeps_a_good_code(
        self, app: FastAPI, client: TestClient, an_open_round: PlannedRound, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (code,) = codes_for(app, an_open_round, "politics", 1)
        somebody = Participant(browser(app, client))
        form = somebody.form(code)

        def fail(*_: object) -> None:
            raise MemoryError

        with monkeypatch.context() as broken:
            broken.setattr("app.rounds.pages.joining.use_ticket", fail)
            assert somebody.send(form).status_code == 500
        assert statuses(app) == ["unused"]
        assert responses(app) == 1  # an empty draft, which expires
        Participant(browser(app, client)).join(code)
        assert statuses(app) == ["used"]


def _notes(order: list[str]) -> object:
    changing = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)")

    def note(_c: object, _k: object, statement: str, *_: object) -> None:
        found = changing.match(statement)
        order.append(found[1] if found else "")

    return note


class TestPages:
    @pytest.fixture
    def desk(self, client: TestClient, an_open_round: PlannedRound) -> TestClient:
        """The coordinator's browser."""
        return an_open_round.coordinator.sign_in(client)

    def test_every_group_has_its_link_as_words_and_as_a_picture(
        self, desk: TestClient, an_open_round: PlannedRound
    ) -> None:
        page = Markup(desk.get(f"/durchgang/{an_open_round.id}/einladen").text)
        for link in an_open_round.links.values():
            assert f"https://testserver/mitmachen/{link}" in page.links
        named = {svg.attributes.get("aria-label") for svg in page.all("svg", role="img")}
        assert "QR-Code mit dem Link für die Gruppe „Politik“" in named

    def test_codes_are_shown_once_as_slips(
        self, app: FastAPI, client: TestClient, desk: TestClient, an_open_round: PlannedRound
    ) -> None:
        answer = desk.post(_codes(an_open_round), data={"count": "9"})
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        page = Markup(answer.text)
        slips = page.all("div", class_="slip")
        assert [len(page.all("div", class_="slips")), len(slips)] == [2, 9]
        assert "Diese Seite sehen Sie nur jetzt" in page.words
        for slip in slips:
            assert "Politik" not in slip.text  # a slip that lies about tells nobody's group
            for words in ("Belm", "https://testserver/weiter", "19. Dezember 2026", "freiwillig"):
                assert words in slip.text
        code = page.all("p", class_="slip__code")[3].text
        Participant(browser(app, client)).join(tokens.normalise_entry(code) or "")
        again = desk.get(f"/durchgang/{an_open_round.id}/einladen").text
        assert "9 Codes wurden erzeugt." in again
        assert code not in again

    def test_how_many_were_used_is_nowhere(
        self, app: FastAPI, client: TestClient, desk: TestClient, an_open_round: PlannedRound
    ) -> None:
        """M7.8: it would tell how many have begun."""
        codes = codes_for(app, an_open_round, "politics", 10)
        address = f"/durchgang/{an_open_round.id}/einladen"
        before = desk.get(address).text
        for code in codes[:7]:
            Participant(browser(app, client)).join(code)
        assert desk.get(address).text == before
        voided = desk.post(f"{address}/{an_open_round.groups['politics']}/codes/ungueltig")
        assert voided.status_code == 303
        after = Markup(desk.get(address).text).words
        assert "10 Codes wurden erzeugt. Unbenutzte haben Sie für ungültig erklärt." in after
        assert not re.search(r"\b[37] ", after)
        with app.state.database.reading() as db:
            (entry,) = db.execute(
                select(AuditEntry).where(AuditEntry.action == "round.tickets_void")  # type: ignore[arg-type]
            ).scalars()
        assert entry.detail == {"group": "politics"}

    def test_a_number_that_cannot_be_is_told_at_its_field(
        self, app: FastAPI, desk: TestClient, an_open_round: PlannedRound
    ) -> None:
        for typed in ("", "0", "201", "viele", "-3", "9" * 30, "²"):
            answer = desk.post(_codes(an_open_round), data={"count": typed})
            assert answer.status_code == 422, typed
            page = Markup(answer.text)
            field = page.by_id(f"count-{an_open_round.groups['politics']}")
            assert field.attributes["value"] == typed
            assert field.attributes["aria-invalid"] == "true"
            assert f"#{field.attributes['id']}" in page.links
        assert statuses(app) == []

    def test_the_table_holds_the_codes_of_the_page_and_no_others(
        self, app: FastAPI, desk: TestClient, an_open_round: PlannedRound
    ) -> None:
        foreign = codes_for(app, an_open_round, "leadership", 1)
        page = Markup(desk.post(_codes(an_open_round), data={"count": "4"}).text)
        (form,) = [form for form in page.forms if form.action.endswith("codes.csv")]
        sent = form.values()["codes"] + f" {foreign[0]} =1+1 ABCDEFGHJKMN"
        answer = desk.post(form.action, data={"codes": sent})
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert answer.headers["content-disposition"] == 'attachment; filename="codes-politics.csv"'
        assert answer.content.startswith(b"\xef\xbb\xbf")
        heading, *rows = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";")
        assert heading == ["Code", "Adresse", "Gültig bis"]
        shown = {slip.text for slip in page.all("p", class_="slip__code")}
        assert {row[0] for row in rows} == shown
        code = tokens.normalise_entry(rows[0][0])
        assert rows[0][1:] == [f"https://testserver/mitmachen/{code}", "19.12.2026"]

    def test_the_table_does_not_tell_what_was_used(
        self, app: FastAPI, desk: TestClient, an_open_round: PlannedRound
    ) -> None:
        codes = codes_for(app, an_open_round, "politics", 3)
        address = f"/durchgang/{an_open_round.id}/einladen/{an_open_round.groups['politics']}/codes.csv"
        before = desk.post(address, data={"codes": " ".join(codes)}).text
        with app.state.database.writing() as db:
            use_ticket(db, way_in(an_open_round, codes[1]))
        assert desk.post(address, data={"codes": " ".join(codes)}).text == before

    def test_the_poster(self, desk: TestClient, an_open_round: PlannedRound) -> None:
        group = an_open_round.groups["politics"]
        page = Markup(desk.get(f"/durchgang/{an_open_round.id}/einladen/{group}/plakat").text)
        for words in ("Politik", "https://testserver/weiter", tokens.grouped(an_open_round.links["politics"])):
            assert words in page.words
        assert desk.get(f"/durchgang/{an_open_round.id}/einladen/{'0' * 32}/plakat").status_code == 404

    def test_nobody_else_gets_in(self, app: FastAPI, client: TestClient, an_open_round: PlannedRound) -> None:
        with app.state.database.writing() as db:
            stranger = opened_round(db, app).coordinator
        desk = stranger.sign_in(browser(app, client))
        for method, rest in (("GET", ""), ("POST", f"/{an_open_round.groups['politics']}/codes")):
            answer = desk.request(method, f"/durchgang/{an_open_round.id}/einladen{rest}", data={"count": "1"})
            assert answer.status_code == 404
        assert statuses(app) == []


def _codes(found: PlannedRound) -> str:
    return f"/durchgang/{found.id}/einladen/{found.groups['politics']}/codes"


class TestValues:
    def test_drawn_codes_differ_and_can_be_typed(self) -> None:
        codes = draw(200)
        assert len(set(codes)) == 200
        assert all(tokens.normalise_entry(tokens.grouped(code).lower()) == code for code in codes)
        assert all(tokens.normalise(code) is None for code in codes)

    @given(st.text(max_size=60))
    def test_no_text_breaks_the_reading_of_codes(self, typed: str) -> None:
        assert all(len(code) == 12 for code in read_codes(typed))

    def test_no_more_codes_are_read_than_a_page_holds(self) -> None:
        assert len(read_codes(" ".join(draw(300)))) == MOST_AT_ONCE

    def test_no_cell_is_a_formula(self) -> None:
        table = mail_merge({"ABCDEFGHJKMN": "=1+1"}, "19.12.2026", ["@a", "-b", "+c"])
        assert table == "\ufeff'@a;'-b;'+c\r\nABCD-EFGH-JKMN;'=1+1;19.12.2026\r\n"

    def test_counts(self) -> None:
        assert (read_count(" 12 "), read_count("200"), read_count("001")) == (12, 200, 1)

    def test_the_path_draws_exactly_the_dark_modules(self) -> None:
        text = "https://selbstcheck.example.org/mitmachen/ABCDEFGHJKMN"
        matrix = segno.make(text, error="m", micro=False).matrix
        drawn = set()
        for x, y, width, back in re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", qr_of(text).path):
            assert width == back
            drawn |= {(int(x) + step, int(y)) for step in range(int(width))}
        dark = {
            (x + QUIET_ZONE, y + QUIET_ZONE) for y, row in enumerate(matrix) for x, module in enumerate(row) if module
        }
        assert drawn == dark
        assert qr_of(text).size == len(matrix) + 2 * QUIET_ZONE


def test_the_view_of_inviting_knows_groups_in_their_order(app: FastAPI, an_open_round: PlannedRound) -> None:
    codes_for(app, an_open_round, "politics", 2)
    with app.state.database.reading() as db:
        found = inviting_of(db, an_open_round.scope)
    assert [(group.title, group.tickets, group.was_voided) for group in found.groups] == [
        ("Verwaltungsspitze", 0, False),
        ("Politik", 2, False),
        ("Beirat oder Integrationsrat", 0, False),
    ]
