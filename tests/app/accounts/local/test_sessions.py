# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sessions: how long they last, where they are listed, how they end, and when they are written to (X-18)."""

from collections.abc import Callable
from datetime import timedelta

from sqlmodel import select

from app.accounts.actions.sessions import end_oidc_sessions
from app.tables.people import AccountSession
from tests.app.accounts.local.people import Browser, hidden, someone
from tests.standing.conftest import contents

Another = Callable[[], Browser]


def only(desk: Browser) -> AccountSession:
    with desk.app.state.database.reading() as db:
        found: AccountSession = db.exec(select(AccountSession)).one()
        return found


def test_it_ends_after_an_hour_without_a_page(desk: Browser) -> None:
    desk.enter(someone(desk.app))
    desk.watch.forward(minutes=60)
    assert desk.get("/konto").status_code == 200
    desk.watch.forward(minutes=60, seconds=1)
    assert desk.get("/konto").headers["location"] == "/anmelden?weiter=%2Fkonto"


def test_it_ends_after_twenty_hours_however_busy(desk: Browser) -> None:
    desk.enter(someone(desk.app))
    for _ in range(24):
        desk.watch.forward(minutes=50)
        assert desk.get("/konto").status_code == 200
    desk.watch.forward(seconds=1)
    assert desk.get("/konto").status_code == 303


def test_use_is_written_at_most_every_five_minutes_and_after_the_reply(desk: Browser) -> None:
    desk.enter(someone(desk.app))
    begun = only(desk).seen_at
    for minutes, written in ((4, 0), (0.9, 0), (0.1, 5), (4.9, 5), (0.2, 10.1)):
        desk.watch.forward(minutes=minutes)
        assert desk.get("/konto").status_code == 200
        assert only(desk).seen_at == begun + timedelta(minutes=written), minutes


def test_with_a_clock_that_stands_still_reading_writes_nothing(desk: Browser) -> None:
    desk.enter(someone(desk.app))
    before = contents(desk.app)
    for _ in range(3):
        desk.get("/konto")
        desk.client.head("/konto")
    assert contents(desk.app) == before


def test_a_page_that_is_refused_is_use_too(desk: Browser) -> None:
    desk.enter(someone(desk.app))
    desk.watch.forward(minutes=10)
    assert desk.get("/verwaltung").status_code == 403
    assert only(desk).seen_at == desk.watch.now


def test_one_action_extends(desk: Browser) -> None:
    desk.enter(someone(desk.app))
    desk.watch.forward(minutes=4)
    answer = desk.client.post("/anmelden/verlaengern", headers={"hx-request": "true"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert only(desk).seen_at == desk.watch.now
    assert desk.post("/anmelden/verlaengern").status_code == 303


def test_pages_say_how_long_is_left_as_the_server_counts(desk: Browser) -> None:
    desk.enter(someone(desk.app))
    assert 'data-left="3600" data-idle="3600"' in desk.get("/konto").text
    desk.watch.forward(minutes=4)
    assert 'data-left="3360"' in desk.get("/konto").text  # not written: an hour from the last time that was
    desk.watch.forward(minutes=1)
    assert 'data-left="3600"' in desk.get("/konto").text  # written after this reply
    assert 'id="expiry"' not in desk.get("/anmelden").text


def test_the_list_tells_times_and_no_device(desk: Browser, another: Another) -> None:
    ada, second = someone(desk.app), another()
    desk.enter(ada)
    desk.watch.forward(minutes=2)
    second.client.headers["user-agent"] = "Kanarienbrowser/1.0"
    second.enter(ada)
    text = desk.get("/konto").text.replace("\u00a0", " ")
    assert text.count("seit 22. November 2026, 10:42 Uhr") == 1
    assert text.count("seit 22. November 2026, 10:44 Uhr") == 2  # as text, and in the name of its button
    assert "Diese Anmeldung" in text
    assert "Kanarienbrowser" not in str(contents(desk.app))
    assert "testclient" not in str(contents(desk.app))


def test_one_and_all_others_can_be_ended(desk: Browser, another: Another) -> None:
    ada = someone(desk.app)
    second, third, fourth = another(), another(), another()
    for one in (desk, second):
        one.enter(ada)
    desk.post("/konto/sitzungen/beenden", session=hidden(desk.get("/konto").text, "session"))
    assert second.get("/konto").status_code == 303
    for one in (third, fourth):
        one.enter(ada)
    desk.post("/konto/sitzungen/beenden")
    assert [one.get("/konto").status_code for one in (desk, third, fourth)] == [200, 303, 303]


def test_nobody_ends_a_session_of_somebody_else(desk: Browser, another: Another) -> None:
    ada, eva, second = someone(desk.app), someone(desk.app, "eva@kommune.de"), another()
    second.enter(eva)
    key = only(desk).digest
    desk.enter(ada)
    desk.post("/konto/sitzungen/beenden", session=key)
    assert second.get("/konto").status_code == 200


def test_signing_out_ends_it_on_the_server_and_clears_the_browser(desk: Browser) -> None:
    ada = someone(desk.app)
    desk.enter(ada)
    token = str(desk.token)
    answer = desk.post("/abmelden")
    assert answer.headers["location"] == "/abgemeldet"
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert desk.token is None
    assert desk.sessions(ada) == 0
    desk.hold(token)
    assert desk.get("/konto").status_code == 303
    assert desk.post("/abmelden").status_code == 303


def test_sessions_of_a_provider_end_with_its_own(desk: Browser, another: Another) -> None:
    from app.accounts.actions.sessions import begin_session

    ada = someone(desk.app)
    with desk.writing() as db:
        begin_session(db, ada.id, desk.watch.now, proved=True, oidc_sid="sid-1")
        begin_session(db, ada.id, desk.watch.now, proved=True, oidc_sid="sid-2")
        end_oidc_sessions(db, "sid-1")
    assert only(desk).oidc_sid == "sid-2"


def test_signing_in_notes_the_day(desk: Browser) -> None:
    ada = someone(desk.app)
    desk.enter(ada)
    assert desk.account(ada).seen_on.isoformat() == "2026-11-22"


def test_personal_pages_are_kept_nowhere(desk: Browser) -> None:
    desk.enter(someone(desk.app))
    for address in ("/konto", "/konto/daten.json", "/konto/zweiter-faktor", "/anmelden"):
        assert desk.get(address).headers["cache-control"] == "no-store", address
