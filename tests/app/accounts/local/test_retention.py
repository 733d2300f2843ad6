# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is over its time goes: sessions, links, accounts nobody uses (D-15)."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from app.accounts.actions.inviting import new_link
from app.accounts.retention import Expired, delete_expired
from app.tables.people import Account, OidcLogin
from tests.app.accounts.local.people import Browser, someone


def sweep(desk: Browser, *, dry_run: bool = False) -> Expired:
    now = desk.watch.now
    with desk.writing() as db:
        return delete_expired(db, desk.app.state.settings, now=now, today=now.date(), dry_run=dry_run)


def test_only_what_is_over_goes_and_counting_deletes_nothing(desk: Browser) -> None:
    ada, now = someone(desk.app), desk.watch.now
    desk.enter(ada)
    with desk.writing() as db:
        new_link(db, ada.id, "reset", now + timedelta(hours=1))
        db.add(OidcLogin(state_digest="x", nonce="n", verifier="v", expires_at=now + timedelta(minutes=10)))
    assert sweep(desk) == Expired(0, 0, 0)
    desk.watch.forward(hours=2)
    for dry_run in (True, True, False):
        assert sweep(desk, dry_run=dry_run) == Expired(1, 2, 0)
    assert sweep(desk) == Expired(0, 0, 0)


def test_accounts_unused_for_their_months_go_except_the_last_operator(desk: Browser) -> None:
    ada, ope = someone(desk.app), someone(desk.app, "op@kommune.de", operator=True)
    fresh = someone(desk.app, "neu@kommune.de")
    with desk.writing() as db:
        for who in (ada, ope):
            account = db.get(Account, who.id)
            assert account is not None
            account.seen_on = date(2024, 11, 21)
    assert sweep(desk).accounts == 1
    assert desk.count(Account, Account.id == ada.id) == 0
    assert desk.account(ope).id
    assert desk.account(fresh).id


def unused(desk: Browser, **days: date) -> None:
    """When they were seen last, by the name in front of their address."""
    with desk.writing() as db:
        for account in db.exec(select(Account)).all():
            account.seen_on = days.get(account.email.partition("@")[0], account.seen_on)


@pytest.mark.parametrize("email", ["ope@kommune.de", "zoe@kommune.de"])
def test_a_dry_run_spares_the_operator_that_a_real_one_spares(desk: Browser, email: str) -> None:
    someone(desk.app, "ada@kommune.de")
    someone(desk.app, email, operator=True)
    unused(desk, ope=date(2024, 11, 21), zoe=date(2024, 11, 21))
    for dry_run in (True, False, True):
        assert sweep(desk, dry_run=dry_run).accounts == 0
    assert desk.count(Account) == 2


def test_of_operators_who_are_all_unused_the_last_seen_stays(desk: Browser) -> None:
    for name in ("ann", "ben", "cem", "dan"):
        someone(desk.app, f"{name}@kommune.de", operator=True, disabled=name == "dan")
    unused(desk, ann=date(2024, 3, 1), ben=date(2024, 5, 1), cem=date(2024, 4, 1), dan=date(2024, 6, 1))
    for dry_run in (True, False):
        assert sweep(desk, dry_run=dry_run).accounts == 3
    with desk.writing() as db:
        assert db.exec(select(Account.email)).all() == ["ben@kommune.de"]


def test_who_is_locked_does_not_go_where_nobody_else_could_run_the_instance(desk: Browser) -> None:
    """Another operator cannot unlock whom nobody has, but the server can."""
    someone(desk.app, "ope@kommune.de", operator=True, disabled=True)
    unused(desk, ope=date(2024, 11, 21))
    for dry_run in (True, False):
        assert sweep(desk, dry_run=dry_run).accounts == 0
