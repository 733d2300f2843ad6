# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""One's own account: name, address, password, everything that is kept, and the end of it (D-16, CON.10.A12)."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import select

from app import audit
from app.permissions import AccountScope
from app.tables.audits import AuditEntry
from app.tables.mails import Mail
from app.tables.municipalities import Membership
from app.tables.people import Account, AccountLink
from app.tables.rounds import Round, RoundModerator
from tests.app.accounts.local.people import DAY, OTHER, PASSWORD, Browser, Someone, problems, someone

Another = Callable[[], Browser]


def entries(desk: Browser) -> list[AuditEntry]:
    with desk.app.state.database.reading() as db:
        return list(db.exec(select(AuditEntry).order_by(AuditEntry.at, AuditEntry.action)))


def mails(desk: Browser) -> list[Mail]:
    with desk.app.state.database.reading() as db:
        return list(db.exec(select(Mail).order_by(Mail.created_at, Mail.recipient)))


def note(desk: Browser, who: Someone, action: str) -> None:
    with desk.writing() as db:
        audit.record(db, AccountScope(who.id, "Ada Beispiel", False, "x"), action, desk.watch.now)


def round_of(desk: Browser, municipality_id: str, title: str = "Herbst", status: str = "open") -> str:
    row = Round(
        id=title.lower().ljust(32, "0"),
        municipality_id=municipality_id,
        title=title,
        status=status,
        questionnaire_id="weltoffene-kommune",
        questionnaire_version="1.0",
        questionnaire_digest="0" * 64,
        municipality_name="Belm",
        municipality_type="kleine_stadt_gemeinde",
        opens_on=DAY,
        closes_on=date(2026, 12, 31),
        created_on=DAY,
        changed_at=desk.watch.now,
    )
    with desk.writing() as db:
        db.add(row)
        return row.id


def place_of(desk: Browser, who: Someone) -> str:
    with desk.app.state.database.reading() as db:
        return str(db.exec(select(Membership.municipality_id).where(Membership.account_id == who.id)).one())


def test_the_name_changes_with_one_form(desk: Browser) -> None:
    ada = someone(desk.app)
    desk.enter(ada)
    assert problems(desk.post("/konto/name", name=" ").text)
    long = desk.post("/konto/name", name="x" * 121)
    assert long.status_code == 422
    assert "x" * 121 in long.text
    assert desk.post("/konto/name", name="  Ada\u202e\x07  Lovelace ").headers["location"] == "/konto?getan=name"
    assert desk.account(ada).name == "Ada Lovelace"
    assert "Der Name ist geändert." in desk.get("/konto?getan=name").text


def test_the_password_changes_with_the_former_one(desk: Browser, another: Another) -> None:
    ada, elsewhere = someone(desk.app), another()
    desk.enter(ada)
    elsewhere.enter(ada)
    wrong = desk.post("/konto/passwort", current_password="falsch", new_password=OTHER)
    assert len(problems(wrong.text)) == 1
    assert OTHER not in wrong.text
    both = desk.post("/konto/passwort", current_password="", new_password="Ada Beispiel 1")
    assert len(problems(both.text)) == 2
    answer = desk.post("/konto/passwort", current_password=PASSWORD, new_password=OTHER)
    assert answer.headers["location"] == "/konto?getan=passwort"
    assert [one.get("/konto").status_code for one in (desk, elsewhere)] == [200, 303]
    assert elsewhere.sign_in(ada).status_code == 422
    assert elsewhere.sign_in(ada, OTHER).status_code == 303


def test_a_changed_password_ends_links_and_is_told_by_mail(mail_desk: Browser) -> None:
    ada = someone(mail_desk.app)
    mail_desk.post("/anmelden/vergessen", email=ada.email)
    mail_desk.enter(ada)
    mail_desk.post("/konto/passwort", current_password=PASSWORD, new_password=OTHER)
    assert mail_desk.count(AccountLink) == 0
    notice = next(mail for mail in mails(mail_desk) if mail.kind == "notice")
    assert "Passwort" in notice.body
    assert "hilfe@kommune.de" in notice.body


def test_wrong_passwords_here_count_like_those_at_the_door(desk: Browser, another: Another) -> None:
    ada, limit = someone(desk.app), desk.app.state.settings.failed_sign_ins_per_hour
    desk.enter(ada)
    for _ in range(limit):
        assert desk.post("/konto/loeschen", current_password="falsch").status_code == 422
    assert desk.post("/konto/loeschen", current_password=PASSWORD).status_code == 429
    assert another().sign_in(ada).status_code == 429


def test_another_address_counts_once_its_code_was_typed(mail_desk: Browser) -> None:
    ada = someone(mail_desk.app)
    mail_desk.enter(ada)
    answer = mail_desk.post("/konto/email", email="Neu@Kommune.de", current_password=PASSWORD)
    assert answer.status_code == 200
    assert mail_desk.account(ada).email == ada.email
    (sent,) = mails(mail_desk)
    assert sent.recipient == "Neu@Kommune.de"
    code = next(line for line in sent.body.splitlines() if len(line) == 16 and line.isalnum())
    confirm = "/konto/email/bestaetigen"
    assert mail_desk.post(confirm, email="fremd@kommune.de", email_code=code).status_code == 422
    assert mail_desk.post(confirm, email="Neu@Kommune.de", email_code="0" * 16).status_code == 422
    assert mail_desk.post(confirm, email="Neu@Kommune.de", email_code=code.lower()).status_code == 303
    assert (mail_desk.account(ada).email, mail_desk.account(ada).email_key) == ("Neu@Kommune.de", "neu@kommune.de")
    assert mail_desk.post(confirm, email="Neu@Kommune.de", email_code=code).status_code == 422
    assert ada.email in {mail.recipient for mail in mails(mail_desk)}  # the former address is told


def test_with_another_address_links_to_the_former_one_end(mail_desk: Browser) -> None:
    """Somebody else may read the mail there: perhaps that is why it is changed."""
    ada = someone(mail_desk.app)
    mail_desk.post("/anmelden/vergessen", email=ada.email)
    link = "/passwort/" + mails(mail_desk)[0].body.partition("/passwort/")[2].split()[0]
    assert mail_desk.get(link).status_code == 200
    mail_desk.enter(ada)
    mail_desk.post("/konto/email", email="neu@kommune.de", current_password=PASSWORD)
    (sent,) = [mail for mail in mails(mail_desk) if mail.recipient == "neu@kommune.de"]
    code = next(line for line in sent.body.splitlines() if len(line) == 16 and line.isalnum())
    assert mail_desk.post("/konto/email/bestaetigen", email="neu@kommune.de", email_code=code).status_code == 303
    assert mail_desk.get(link).status_code == 410


def test_codes_to_new_addresses_are_limited(mail_desk: Browser) -> None:
    """Else an account would send mail to anybody, as often as it likes."""
    mail_desk.enter(someone(mail_desk.app))
    fields = {"current_password": PASSWORD}
    answers = [mail_desk.post("/konto/email", email=f"{n}@kommune.de", **fields).status_code for n in range(21)]
    assert answers == [200] * 20 + [429]
    assert len(mails(mail_desk)) == 20


def test_a_code_for_an_address_ends_and_is_no_link(mail_desk: Browser) -> None:
    ada = someone(mail_desk.app)
    mail_desk.enter(ada)
    mail_desk.post("/konto/email", email="neu@kommune.de", current_password=PASSWORD)
    code = next(line for line in mails(mail_desk)[0].body.splitlines() if len(line) == 16 and line.isalnum())
    assert mail_desk.get(f"/passwort/{code}").status_code == 410
    mail_desk.watch.forward(minutes=31)
    assert mail_desk.post("/konto/email/bestaetigen", email="neu@kommune.de", email_code=code).status_code == 422


def test_an_address_of_somebody_else_is_not_taken(mail_desk: Browser) -> None:
    ada = someone(mail_desk.app)
    mail_desk.enter(ada)
    mail_desk.post("/konto/email", email="eva@kommune.de", current_password=PASSWORD)
    code = next(line for line in mails(mail_desk)[0].body.splitlines() if len(line) == 16 and line.isalnum())
    someone(mail_desk.app, "EVA@kommune.de")
    answer = mail_desk.post("/konto/email/bestaetigen", email="eva@kommune.de", email_code=code)
    assert "gehört schon zu einem anderen Konto" in problems(answer.text)[0]
    assert mail_desk.account(ada).email == ada.email


@pytest.mark.parametrize(
    "email",
    [
        "",
        "ada",
        "ada@",
        "@kommune.de",
        "a b@kommune.de",
        "a@b",
        "a@b..de",
        "a,b@kommune.de",
        "a" * 65 + "@kommune.de",
        "Ada <ada@kommune.de>",
    ],
)
def test_what_is_no_address_is_told(mail_desk: Browser, email: str) -> None:
    mail_desk.enter(someone(mail_desk.app))
    answer = mail_desk.post("/konto/email", email=email, current_password=PASSWORD)
    assert answer.status_code == 422
    assert mails(mail_desk) == []


def test_without_mail_the_operator_changes_addresses(desk: Browser) -> None:
    desk.enter(someone(desk.app))
    assert "hilfe@kommune.de" in desk.get("/konto/email").text
    assert desk.post("/konto/email", email="neu@kommune.de", current_password=PASSWORD).status_code == 403


def test_who_has_no_password_signs_in_again_for_essential_changes(desk: Browser) -> None:
    from app.accounts.actions.sessions import begin_session

    otto = someone(desk.app, password=None)
    with desk.writing() as db:
        account = db.get(Account, otto.id)
        assert account is not None
        account.oidc_issuer, account.oidc_subject = "https://login.example", "otto"
        token = begin_session(db, otto.id, desk.watch.now, proved=True)
    desk.hold(token)
    assert "current_password" not in desk.get("/konto/loeschen").text
    desk.watch.forward(minutes=16)
    assert "zur Sicherheit ab und neu an" in desk.post("/konto/loeschen").text
    assert desk.post("/konto/passwort", new_password=OTHER).status_code == 403
    with desk.writing() as db:
        token = begin_session(db, otto.id, desk.watch.now, proved=True)
    desk.hold(token)
    assert desk.post("/konto/loeschen").headers["location"] == "/abgemeldet"


def test_the_file_holds_everything_and_no_secret(desk: Browser) -> None:
    ada = someone(desk.app, factor=True, coordinates="Belm")
    round_id = round_of(desk, place_of(desk, ada))
    with desk.writing() as db:
        db.add(RoundModerator(round_id=round_id, account_id=ada.id))
    note(desk, ada, "round.create")
    desk.enter(ada)
    answer = desk.get("/konto/daten.json")
    assert answer.headers["content-disposition"] == 'attachment; filename="selbstcheck-konto.json"'
    found = answer.json()
    assert found["account"]["email"] == ada.email
    assert found["account"]["has_second_factor"] is True
    assert found["memberships"] == [{"municipality": "Belm", "role": "coordinator"}]
    assert found["moderates"] == [{"round": "Herbst", "municipality": "Belm"}]
    assert [act["action"] for act in found["acts"]] == ["round.create"]
    assert len(found["sessions"]) == 1
    account = desk.account(ada)
    for secret in (account.password_hash, account.totp_secret, desk.token):
        assert json.dumps(secret)[1:-1] not in answer.text


def test_the_file_holds_nothing_of_others(desk: Browser, another: Another) -> None:
    ada, eva = someone(desk.app), someone(desk.app, "eva@kommune.de", coordinates="Belm", name="Eva Andere")
    note(desk, eva, "round.create")
    desk.enter(ada)
    text = desk.get("/konto/daten.json").text
    for word in ("eva@kommune.de", "Eva Andere", "Belm", "round.create"):
        assert word not in text


def test_deleting_takes_everything_and_leaves_the_acts_without_a_name(desk: Browser) -> None:
    ada = someone(desk.app, factor=True, coordinates="Belm")
    note(desk, ada, "round.create")
    desk.enter(ada)
    assert desk.post("/konto/loeschen", current_password="falsch").status_code == 422
    answer = desk.post("/konto/loeschen", current_password=PASSWORD)
    assert answer.headers["location"] == "/abgemeldet"
    assert answer.headers["clear-site-data"]
    assert desk.count(Account) == 0
    assert desk.count(Membership) == 0
    (kept,) = entries(desk)
    assert (kept.action, kept.actor, kept.account_id) == ("round.create", "", None)
    assert desk.sign_in(ada).status_code == 422


def test_who_leaves_a_municipality_alone_is_warned_by_name(desk: Browser) -> None:
    ada = someone(desk.app, factor=True, coordinates="Belm")
    place = place_of(desk, ada)
    round_of(desk, place)
    desk.enter(ada)
    assert "Belm: ein Durchgang ist nicht abgeschlossen" in desk.get("/konto/loeschen").text
    answer = desk.post("/konto/loeschen", current_password=PASSWORD)
    assert answer.status_code == 422
    assert 'href="#known"' in answer.text
    eva = someone(desk.app, "eva@kommune.de")
    with desk.writing() as db:
        db.add(Membership(municipality_id=place, account_id=eva.id, role="coordinator"))
    assert "nicht abgeschlossen" not in desk.get("/konto/loeschen").text
    assert desk.post("/konto/loeschen", current_password=PASSWORD).status_code == 303


def test_whoever_knows_may_leave_it_alone(desk: Browser) -> None:
    ada = someone(desk.app, factor=True, coordinates="Belm")
    round_of(desk, place_of(desk, ada))
    desk.enter(ada)
    assert desk.post("/konto/loeschen", current_password=PASSWORD, known="1").status_code == 303
    assert desk.count(Round) == 1


def test_the_last_operator_stays(desk: Browser) -> None:
    ada = someone(desk.app, factor=True, operator=True)
    desk.enter(ada)
    answer = desk.post("/konto/loeschen", current_password=PASSWORD)
    assert answer.status_code == 409
    assert "das letzte Konto" in answer.text
    someone(desk.app, "gesperrt@kommune.de", operator=True, disabled=True)
    assert desk.post("/konto/loeschen", current_password=PASSWORD).status_code == 409
    someone(desk.app, "eva@kommune.de", operator=True)
    assert desk.post("/konto/loeschen", current_password=PASSWORD).status_code == 303
