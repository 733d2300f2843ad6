# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which account a person gets, what is taken over, which sessions end: on both databases."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from app.accounts.actions.inviting import new_link
from app.accounts.actions.oidc import account_for, begin_login, connect, end_at_provider, take_login
from app.accounts.actions.sessions import begin_session
from app.accounts.oidc.claims import Departure, Ended, Identity
from app.accounts.oidc.faults import (
    AccountDisabled,
    AddressTaken,
    AddressUnproved,
    HasPassword,
    LogoutRefused,
    NotInvited,
    OtherPerson,
    SignInOver,
)
from app.db import Database
from app.errors import AppError
from app.permissions import AccountScope
from app.tables.people import AccountLink
from tests.app.accounts.oidc.people import account, invited, logins, sessions

NOW = datetime(2026, 11, 22, 10, 42, tzinfo=UTC)
ISSUER = "https://login.example"
ADA = Identity(ISSUER, "ada", "session-1", "Ada@Example.org", "Ada Beispiel", is_second_factor=False)
PERSON = {"oidc_issuer": ISSUER, "oidc_subject": "ada"}


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def db(database: Database) -> Iterator[Session]:
    with database.writing() as db:
        yield db


def departure(state: str = "state") -> Departure:
    return Departure("https://login.example/authorize", state, "nonce", "verifier")


def test_a_sign_in_leads_in_once(db: Session) -> None:
    begin_login(db, departure(), "/konto", NOW)
    found = take_login(db, "state", NOW)
    assert (found.nonce, found.verifier, found.back) == ("nonce", "verifier", "/konto")
    with pytest.raises(SignInOver):
        take_login(db, "state", NOW)


def test_a_sign_in_takes_ten_minutes_at_most_and_is_then_forgotten(db: Session) -> None:
    begin_login(db, departure("early"), "", NOW)
    with pytest.raises(SignInOver):
        take_login(db, "early", NOW + timedelta(minutes=10))
    begin_login(db, departure("late"), "", NOW + timedelta(minutes=10))
    assert len(logins(db)) == 1


def test_neither_the_state_nor_the_verifier_can_be_read_from_the_key(db: Session) -> None:
    begin_login(db, departure(), "", NOW)
    assert "state" not in logins(db)[0].state_digest


def test_somebody_invited_is_linked_and_the_invitation_works_no_more(db: Session) -> None:
    account_id = invited(db, "ada@example.org")
    new_link(db, account_id, "invite", NOW + timedelta(days=7))
    assert account_for(db, ADA) == account_id
    found = account(db, account_id)
    assert (found.oidc_issuer, found.oidc_subject) == (ISSUER, "ada")
    assert (found.name, found.email, found.email_key) == ("Ada Beispiel", "Ada@Example.org", "ada@example.org")
    assert list(db.exec(select(AccountLink))) == []


def test_who_is_known_is_found_by_issuer_and_subject_whatever_the_address(db: Session) -> None:
    """O-20: name and address come from the provider."""
    account_id = invited(db, "ada@example.org", **PERSON)
    assert account_for(db, replace(ADA, email="ada@new.example", name="Ada Neu")) == account_id
    found = account(db, account_id)
    assert (found.name, found.email) == ("Ada Neu", "ada@new.example")


def test_who_is_known_needs_no_address(db: Session) -> None:
    account_id = invited(db, "ada@example.org", **PERSON)
    assert account_for(db, replace(ADA, email="", name="")) == account_id
    assert account(db, account_id).email == "ada@example.org"


def test_an_address_that_another_account_has_stays_there(db: Session) -> None:
    mine = invited(db, "ada@example.org", **PERSON)
    other = invited(db, "eve@example.org")
    assert account_for(db, replace(ADA, email="eve@example.org")) == mine
    assert account(db, mine).email == "ada@example.org"
    assert account(db, other).email == "eve@example.org"


@pytest.mark.parametrize(
    ("values", "person", "fault"),
    [
        ({"email": "eve@example.org"}, ADA, NotInvited),
        ({}, replace(ADA, email=""), AddressUnproved),
        ({"password_hash": "a hash"}, ADA, HasPassword),
        ({"is_disabled": True}, ADA, AccountDisabled),
        ({"is_disabled": True, **PERSON}, ADA, AccountDisabled),
        (PERSON, replace(ADA, subject="ada again"), AddressTaken),
        (PERSON, replace(ADA, issuer="https://elsewhere.example"), AddressTaken),
        (PERSON, replace(ADA, subject="Ada"), AddressTaken),
    ],
    ids=str,
)
def test_nobody_gets_an_account_that_is_not_theirs(
    db: Session, values: dict[str, str], person: Identity, fault: type[AppError]
) -> None:
    account_id = invited(db, **{"email": "ada@example.org", **values})
    before = account(db, account_id).model_dump()
    with pytest.raises(fault):
        account_for(db, person)
    db.expire_all()
    assert account(db, account_id).model_dump() == before


def owner(account_id: str) -> AccountScope:
    return AccountScope(account_id, "Ada", is_operator=False, session="", has_second_factor=True)


def test_the_owner_gives_an_account_to_the_provider(db: Session) -> None:
    account_id = invited(db, "ada@example.org", password_hash="a hash")
    begin_session(db, account_id, NOW, proved=True)
    new_link(db, account_id, "reset", NOW + timedelta(hours=1))
    assert connect(db, owner(account_id), ADA) == account_id
    found = account(db, account_id)
    assert (found.oidc_subject, found.password_hash) == ("ada", None)
    assert sessions(db) == []
    assert list(db.exec(select(AccountLink))) == []


@pytest.mark.parametrize("email", ["eve@example.org", ""])
def test_an_account_is_given_only_to_the_person_with_its_address(db: Session, email: str) -> None:
    """At a shared computer somebody else may be signed in at the provider."""
    account_id = invited(db, "ada@example.org", password_hash="a hash")
    with pytest.raises(OtherPerson):
        connect(db, owner(account_id), replace(ADA, email=email))
    assert account(db, account_id).password_hash == "a hash"


def test_a_person_has_one_account(db: Session) -> None:
    account_id = invited(db, "ada@example.org", password_hash="a hash")
    invited(db, "former@example.org", **PERSON)
    with pytest.raises(OtherPerson):
        connect(db, owner(account_id), ADA)


def test_connecting_twice_changes_nothing(db: Session) -> None:
    account_id = invited(db, "ada@example.org", **PERSON)
    begin_session(db, account_id, NOW, proved=True)
    assert connect(db, owner(account_id), ADA) == account_id
    assert len(sessions(db)) == 1


def ended(**values: object) -> Ended:
    return replace(Ended(ISSUER, None, "session-1", "once", NOW + timedelta(minutes=2)), **values)


def test_the_session_that_is_over_ends_and_no_other(db: Session) -> None:
    ada, eve = invited(db, "ada@example.org", **PERSON), invited(db, "eve@example.org")
    begin_session(db, ada, NOW, proved=True, oidc_sid="session-1")
    begin_session(db, ada, NOW, proved=True, oidc_sid="session-2")
    begin_session(db, eve, NOW, proved=True)
    end_at_provider(db, ended(), NOW)
    assert {(found.account_id, found.oidc_sid) for found in sessions(db)} == {(ada, "session-2"), (eve, None)}


def test_without_a_session_all_of_the_person_end(db: Session) -> None:
    ada = invited(db, "ada@example.org", **PERSON)
    eve = invited(db, "eve@example.org", oidc_issuer="https://elsewhere.example", oidc_subject="ada")
    begin_session(db, ada, NOW, proved=True, oidc_sid="session-1")
    begin_session(db, ada, NOW, proved=True)
    begin_session(db, eve, NOW, proved=True)
    end_at_provider(db, ended(sid=None, subject="ada"), NOW)
    assert [found.account_id for found in sessions(db)] == [eve]
    end_at_provider(db, ended(sid=None, subject="nobody", token_id="another"), NOW)


def test_a_message_counts_once(db: Session) -> None:
    end_at_provider(db, ended(), NOW)
    with pytest.raises(LogoutRefused) as refused:
        end_at_provider(db, ended(), NOW + timedelta(minutes=1, seconds=59))
    assert refused.value.reason == "logout_replayed"


def test_messages_are_remembered_while_they_could_be_sent_again(db: Session) -> None:
    end_at_provider(db, ended(), NOW)
    end_at_provider(db, ended(token_id="next", expires_at=NOW + timedelta(minutes=9)), NOW + timedelta(minutes=2))
    assert len(logins(db)) == 1


def test_a_message_is_no_sign_in(db: Session) -> None:
    """They are kept in one table."""
    end_at_provider(db, ended(), NOW)
    for state in ("once", "logout:once", f"logout:{b'once'.hex()}", ""):
        with pytest.raises(SignInOver):
            take_login(db, state, NOW)
    assert len(logins(db)) == 1
