# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is over its time goes: sessions, links, accounts nobody uses (D-15)."""

from datetime import date, timedelta

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
