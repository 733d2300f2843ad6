# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Links that work once: looking changes nothing, using them does it once, and nobody learns who has an account."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from app.accounts.actions.inviting import INVITE_DAYS, invite, new_link, send_invitation
from app.accounts.actions.profile import RESET_MINUTES
from app.db import Database
from app.tables.mails import Mail
from app.tables.people import Account, AccountLink
from app.tokens import digest
from tests.app.accounts.local.people import DAY, OTHER, PASSWORD, Browser, Someone, problems, someone
from tests.standing.conftest import contents

Another = Callable[[], Browser]


def invited(desk: Browser, email: str = "neu@kommune.de") -> str:
    with desk.writing() as db:
        token = invite(db, email=email, name="Neu Ling", now=desk.watch.now, today=DAY).token
    assert token is not None
    return token


def reset_of(desk: Browser, who: Someone) -> str:
    with desk.writing() as db:
        return new_link(db, who.id, "reset", desk.watch.now + timedelta(minutes=RESET_MINUTES))


def test_looking_changes_nothing_and_using_works_once(desk: Browser) -> None:
    token = invited(desk)
    before = contents(desk.app)
    for method in ("GET", "GET", "GET", "GET", "GET", "HEAD"):
        assert desk.client.request(method, f"/einladung/{token}").status_code == 200
    assert contents(desk.app) == before
    answer = desk.post(f"/einladung/{token}", name=" Nora  Neu ", new_password=PASSWORD)
    assert (answer.status_code, answer.headers["location"]) == (303, "/durchgaenge")
    assert desk.get("/konto").status_code == 200
    with desk.app.state.database.reading() as db:
        account = db.exec(select(Account)).one()
    assert (account.name, account.email) == ("Nora Neu", "neu@kommune.de")
    assert str(account.password_hash).startswith("$argon2id$")
    assert desk.count(AccountLink) == 0
    for answer in (desk.get(f"/einladung/{token}"), desk.post(f"/einladung/{token}", name="X", new_password=OTHER)):
        assert answer.status_code == 410
        assert "Dieser Link gilt nicht mehr" in answer.text
        assert 'href="/anmelden"' in answer.text


def test_a_link_is_kept_as_a_digest_and_ends_after_its_days(desk: Browser) -> None:
    token = invited(desk)
    assert desk.count(AccountLink, AccountLink.digest == digest(token)) == 1
    # In one line of a mail, also with the name of a town in front of it (N-06), and in whatever case it is typed.
    assert len(f"https://selbstcheck.stadt-osnabrueck.de/einladung/{token}") <= 78
    assert desk.get(f"/einladung/{token.upper()}").status_code == 200
    desk.watch.forward(days=INVITE_DAYS, seconds=-1)
    assert desk.get(f"/einladung/{token}").status_code == 200
    desk.watch.forward(seconds=1)
    assert desk.get(f"/einladung/{token}").status_code == 410
    assert desk.post(f"/einladung/{token}", name="Nora", new_password=PASSWORD).status_code == 410
    assert desk.count(Account, Account.password_hash.is_not(None)) == 0  # type: ignore[union-attr]


def test_a_link_for_one_thing_does_not_do_the_other(desk: Browser) -> None:
    invitation, reset = invited(desk), reset_of(desk, someone(desk.app))
    assert desk.get(f"/passwort/{invitation}").status_code == 410
    assert desk.get(f"/einladung/{reset}").status_code == 410
    assert desk.post(f"/passwort/{invitation}", new_password=PASSWORD).status_code == 410


@pytest.mark.parametrize("token", ["x", "0" * 43, "%2e%2e", "a" * 200, "ä" * 43])
def test_what_is_no_link_looks_like_one_that_is_over(desk: Browser, token: str) -> None:
    assert desk.get(f"/einladung/{token}").status_code == 410
    assert desk.post(f"/passwort/{token}", new_password=PASSWORD).status_code == 410


def test_two_at_the_same_time_use_a_link_once(desk: Browser, another: Another, settings: object) -> None:
    token = invited(desk)
    desks = [desk, *(another() for _ in range(4))]
    with ThreadPoolExecutor(len(desks)) as pool:
        answers = list(pool.map(lambda one: one.post(f"/einladung/{token}", name="Nora", new_password=PASSWORD), desks))
    assert sorted(answer.status_code for answer in answers) == [303, 410, 410, 410, 410]


def test_two_transactions_cannot_both_use_it(desk: Browser, database_url: str) -> None:
    """Below the web: the second waits for the first and finds nothing."""
    from app.accounts.actions.links import LinkOver, accept_invitation

    token, database = invited(desk), Database(database_url)

    def use(_: int) -> str:
        try:
            with database.writing() as db:
                accept_invitation(db, token, name="Nora", password_hash="x", now=desk.watch.now)
        except LinkOver:
            return "over"
        return "used"

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(use, range(6))) == ["over"] * 5 + ["used"]
    database.close()


def test_wrong_input_does_not_use_the_link_up(desk: Browser) -> None:
    token = invited(desk)
    answer = desk.post(f"/einladung/{token}", name="", new_password="kurz")
    assert answer.status_code == 422
    assert len(problems(answer.text)) == 2
    assert desk.post(f"/einladung/{token}", name="Nora", new_password=PASSWORD).status_code == 303


def test_a_new_password_signs_out_everywhere_and_leaves_the_second_factor(desk: Browser, another: Another) -> None:
    ada, elsewhere = someone(desk.app, factor=True), another()
    elsewhere.enter(ada)
    desk.watch.forward(minutes=1)
    token = reset_of(desk, ada)
    for _ in range(5):
        assert desk.get(f"/passwort/{token}").status_code == 200
    answer = desk.post(f"/passwort/{token}", new_password=OTHER)
    assert answer.headers["location"] == "/anmelden/code"
    assert desk.get("/konto").headers["location"].startswith("/anmelden/code")
    assert elsewhere.get("/konto").headers["location"].startswith("/anmelden?")
    assert desk.post("/anmelden/code", code=desk.code(ada)).status_code == 303
    assert desk.get(f"/passwort/{token}").status_code == 410
    assert another().sign_in(ada).status_code == 422
    assert another().sign_in(ada, OTHER).status_code == 303


def test_a_link_of_a_locked_account_is_over(desk: Browser) -> None:
    eva = someone(desk.app, disabled=True)
    token = reset_of(desk, eva)
    assert desk.get(f"/passwort/{token}").status_code == 410
    assert desk.post(f"/passwort/{token}", new_password=OTHER).status_code == 410


def test_without_mail_it_is_said_who_can_help(desk: Browser) -> None:
    ada = someone(desk.app)
    assert "hilfe@kommune.de" in desk.get("/anmelden/vergessen").text
    assert desk.post("/anmelden/vergessen", email=ada.email).headers["location"] == "/anmelden/vergessen/gesendet"
    assert desk.count(AccountLink) == 0
    assert desk.count(Mail) == 0


def mails(desk: Browser) -> list[Mail]:
    with desk.app.state.database.reading() as db:
        return list(db.exec(select(Mail).order_by(Mail.created_at, Mail.kind)))


def test_the_answer_does_not_tell_who_has_an_account(mail_desk: Browser) -> None:
    ada = someone(mail_desk.app)
    someone(mail_desk.app, "eva@kommune.de", disabled=True)
    answers = [
        mail_desk.post("/anmelden/vergessen", email=one) for one in (ada.email, "x@kommune.de", "eva@kommune.de")
    ]
    assert {(one.status_code, one.headers["location"], one.text) for one in answers} == {
        (303, "/anmelden/vergessen/gesendet", "")
    }
    (mail,) = mails(mail_desk)
    assert (mail.kind, mail.recipient, mail.round_id) == ("reset", ada.email, None)
    token = mail.body.split("/passwort/")[1].split()[0]
    assert mail_desk.post(f"/passwort/{token}", new_password=OTHER).status_code == 303
    assert sorted(one.kind for one in mails(mail_desk)) == ["notice", "reset"]


def test_who_lost_the_invitation_gets_a_new_one_and_who_has_a_provider_is_told(mail_desk: Browser) -> None:
    invited(mail_desk)
    mail_desk.post("/anmelden/vergessen", email="NEU@kommune.de")
    assert "/einladung/" in mails(mail_desk)[0].body
    otto = someone(mail_desk.app, "otto@kommune.de", password=None)
    with mail_desk.writing() as db:
        account = db.get(Account, otto.id)
        assert account is not None
        account.oidc_issuer, account.oidc_subject = "https://login.example", "otto"
    mail_desk.watch.forward(minutes=1)
    mail_desk.post("/anmelden/vergessen", email="otto@kommune.de")
    assert "/passwort/" not in mails(mail_desk)[-1].body
    assert "kein eigenes Passwort" in mails(mail_desk)[-1].body


def test_asking_again_and_again_is_limited(mail_desk: Browser) -> None:
    for number in range(20):
        assert mail_desk.post("/anmelden/vergessen", email=f"{number}@kommune.de").status_code == 303
    assert mail_desk.post("/anmelden/vergessen", email="noch@kommune.de").status_code == 429


def test_an_invitation_finds_the_account_of_an_address_in_any_case(desk: Browser) -> None:
    ada = someone(desk.app, "Ada@Kommune.de")
    with desk.writing() as db:
        found = invite(db, email=" ada@KOMMUNE.de ", name="Andere", now=desk.watch.now, today=DAY)
        again = invite(db, email="neu@kommune.de", name="Neu", now=desk.watch.now, today=DAY)
        once_more = invite(db, email="NEU@kommune.de", name="Neu", now=desk.watch.now, today=DAY)
    assert (found.account_id, found.token) == (ada.id, None)
    assert again.account_id == once_more.account_id
    assert None not in {again.token, once_more.token}
    assert again.token != once_more.token
    for token in (again.token, once_more.token):
        assert desk.get(f"/einladung/{token}").status_code == 200
    desk.post(f"/einladung/{again.token}", name="Neu", new_password=PASSWORD)
    assert desk.get(f"/einladung/{once_more.token}").status_code == 410


def test_a_locked_account_gets_no_link(desk: Browser) -> None:
    someone(desk.app, password=None, disabled=True)
    with desk.writing() as db:
        assert invite(db, email="ada@kommune.de", name="", now=desk.watch.now, today=DAY).token is None


def test_two_invite_the_same_address_at_once(desk: Browser, database_url: str) -> None:
    database = Database(database_url)

    def add(_: int) -> str:
        with database.writing() as db:
            return invite(db, email="neu@kommune.de", name="Neu", now=desk.watch.now, today=DAY).account_id

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(add, range(6)))) == 1
    database.close()


def test_the_letter_says_who_invites_to_what(desk: Browser) -> None:
    with desk.writing() as db:
        for is_new, address in ((True, "https://s.de/einladung/abc"), (False, "https://s.de/anmelden")):
            letter(db, desk, address, is_new=is_new)
    new, known = sorted(mails(desk), key=lambda mail: "einladung" not in mail.body)
    for mail in (new, known):
        assert "Kim Koordination hat Sie" in mail.body
        assert "Sie koordinieren Belm." in mail.body
        assert "\n\n\n" not in mail.body
    assert "https://s.de/einladung/abc" in new.body
    assert f"gilt {INVITE_DAYS} Tage" in new.body
    assert "Sie haben schon ein Konto" in known.body


def letter(db: Session, desk: Browser, address: str, *, is_new: bool) -> None:
    send_invitation(
        db,
        recipient="neu@kommune.de",
        name="Neu Ling",
        what="Sie koordinieren Belm.",
        address=address,
        is_new=is_new,
        by="Kim Koordination",
        now=desk.watch.now,
    )
