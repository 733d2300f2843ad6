# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the operator does with accounts, and that nobody else does."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from sqlmodel import select

from app.accounts.actions.inviting import invite
from app.tables.audits import AuditEntry
from app.tables.mails import Mail
from app.tables.people import Account, AccountLink
from tests.app.accounts.local.people import OTHER, PASSWORD, Browser, Someone, problems, someone

Another = Callable[[], Browser]


@pytest.fixture
def operator(desk: Browser) -> Someone:
    """Signed in at the desk."""
    who = someone(desk.app, "op@kommune.de", operator=True, factor=True, name="Ope Rator")
    desk.enter(who)
    return who


def acts(desk: Browser) -> list[str]:
    with desk.app.state.database.reading() as db:
        return [entry.action for entry in db.exec(select(AuditEntry).order_by(AuditEntry.at))]


def do(desk: Browser, act: str, who: Someone, **fields: str) -> str:
    answer = desk.post(f"/verwaltung/konten/{who.id}", act=act, **{"current_password": PASSWORD, **fields})
    assert answer.status_code in {200, 303}, answer.text
    return str(answer.headers.get("location", answer.text))


def link_on(text: str) -> str:
    found = re.search(r"<strong>https://testserver(/[^<]+)</strong>", text)
    assert found is not None
    return unescape(found[1])


def test_others_may_not(desk: Browser) -> None:
    ada = someone(desk.app, factor=True, coordinates="Belm")
    desk.enter(ada)
    for address in ("/verwaltung", "/verwaltung/konten", f"/verwaltung/konten/{ada.id}"):
        assert desk.get(address).status_code == 403, address
    for address in ("/verwaltung/konten", "/verwaltung/konten/suche", f"/verwaltung/konten/{ada.id}"):
        assert desk.post(address, act="disable", current_password=PASSWORD).status_code == 403, address
    assert desk.account(ada).is_disabled is False


def test_the_list_finds_people_without_a_name_in_an_address(desk: Browser, operator: Someone) -> None:
    for number in range(60):
        someone(desk.app, f"p{number:02}@kommune.de", password=None, name=f"Person {number:02}")
    first, second = desk.get("/verwaltung/konten").text, desk.get("/verwaltung/konten?seite=2").text
    assert "61 Konten" in first
    assert first.count('class="entry"') == 50
    assert second.count('class="entry"') == 11
    assert "Seite 2 von 2" in desk.get("/verwaltung/konten?seite=99").text
    found = desk.post("/verwaltung/konten/suche", search="PERSON 07")
    assert found.text.count('class="entry"') == 1
    assert "p07@kommune.de" in found.text
    for nobody in ("100%", "p_7@"):
        assert "Niemand gefunden" in desk.post("/verwaltung/konten/suche", search=nobody).text
    assert desk.post("/verwaltung/konten/suche", search=" ").headers["location"] == "/verwaltung/konten"


def test_another_operator_is_invited_with_a_link_to_hand_over(
    desk: Browser, operator: Someone, another: Another
) -> None:
    fields = {"email": "neu@kommune.de", "name": "Neu Ling"}
    assert desk.post("/verwaltung/konten", **fields, current_password="falsch").status_code == 422
    assert desk.count(Account) == 1
    shown = desk.post("/verwaltung/konten", **fields, current_password=PASSWORD)
    link, newcomer = link_on(shown.text), another()
    assert link not in desk.get("/verwaltung/konten").text
    assert newcomer.post(link, name="Neu Ling", new_password=OTHER).headers["location"] == "/konto/zweiter-faktor"
    assert newcomer.set_up()[0].status_code == 200
    assert newcomer.get("/verwaltung").status_code == 200
    assert acts(desk) == ["account.make_operator"]


def test_somebody_with_an_account_becomes_operator_at_once(desk: Browser, operator: Someone) -> None:
    ada = someone(desk.app, name="Wer Anders")
    answer = desk.post("/verwaltung/konten", email="ADA@kommune.de", name="Ada", current_password=PASSWORD)
    # Whose account it is, is for the operator to see: somebody else may have taken the address.
    assert answer.headers["location"] == f"/verwaltung/konten/{ada.id}?getan=verwaltung"
    shown = desk.get(answer.headers["location"]).text
    assert "Zu dieser Adresse gab es schon ein Konto" in shown
    assert "Wer Anders" in shown
    assert desk.account(ada).is_operator
    assert desk.count(AccountLink) == 0


def test_a_link_to_less_does_not_lead_to_the_instance(desk: Browser, operator: Someone, another: Another) -> None:
    """A coordinator who invited somebody and kept the link would run the instance once the person is to run it."""
    with desk.writing() as db:
        theirs = invite(db, email="neu@kommune.de", name="Neu", now=desk.watch.now, today=desk.watch.now.date()).token
    assert another().get(f"/einladung/{theirs}").status_code == 200
    shown = desk.post("/verwaltung/konten", email="neu@kommune.de", name="Neu", current_password=PASSWORD).text
    assert another().get(f"/einladung/{theirs}").status_code == 410
    ours = "/einladung/" + shown.partition("/einladung/")[2].partition("<")[0]
    assert another().get(ours).status_code == 200


def test_locking_signs_out_and_unlocking_lets_in_again(desk: Browser, operator: Someone, another: Another) -> None:
    ada, elsewhere = someone(desk.app), another()
    elsewhere.enter(ada)
    do(desk, "disable", ada)
    assert elsewhere.get("/konto").status_code == 303
    assert "gesperrt" in elsewhere.sign_in(ada).text
    do(desk, "enable", ada)
    assert elsewhere.sign_in(ada).status_code == 303
    assert acts(desk) == ["account.disable", "account.enable"]


def test_signing_somebody_out_everywhere(desk: Browser, operator: Someone, another: Another) -> None:
    ada, elsewhere = someone(desk.app), another()
    elsewhere.enter(ada)
    assert do(desk, "sign_out", ada).endswith("?getan=abgemeldet")
    assert elsewhere.get("/konto").status_code == 303
    assert desk.get("/verwaltung").status_code == 200


def test_a_second_factor_that_was_reset_is_set_up_anew(desk: Browser, operator: Someone, another: Another) -> None:
    ada, elsewhere = someone(desk.app, factor=True, coordinates="Belm"), another()
    elsewhere.enter(ada)
    do(desk, "second_factor", ada)
    assert elsewhere.get("/konto").status_code == 303
    assert elsewhere.sign_in(ada).headers["location"] == "/konto/zweiter-faktor"


def test_a_new_link_replaces_the_former_and_fits_the_account(
    desk: Browser, operator: Someone, another: Another
) -> None:
    ada = someone(desk.app)
    first, second = (link_on(do(desk, "link", ada)) for _ in range(2))
    assert first.startswith("/passwort/")
    assert another().get(first).status_code == 410
    assert another().post(second, new_password=OTHER).status_code == 303
    newcomer = someone(desk.app, "neu@kommune.de", password=None)
    assert link_on(do(desk, "link", newcomer)).startswith("/einladung/")


def test_an_address_is_changed_with_care(desk: Browser, operator: Someone) -> None:
    ada = someone(desk.app)
    answer = desk.post(f"/verwaltung/konten/{ada.id}", act="email", email="op@kommune.de", current_password=PASSWORD)
    assert "gehört schon zu einem anderen Konto" in problems(answer.text)[0]
    answer = desk.post(f"/verwaltung/konten/{ada.id}", act="email", email="nix", current_password=PASSWORD)
    assert answer.status_code == 422
    do(desk, "email", ada, email="ada.neu@kommune.de")
    assert desk.account(ada).email_key == "ada.neu@kommune.de"


def test_deleting_keeps_the_acts(desk: Browser, operator: Someone) -> None:
    ada = someone(desk.app, factor=True, coordinates="Belm")
    assert do(desk, "delete", ada) == "/verwaltung/konten?getan=geloescht"
    assert desk.get(f"/verwaltung/konten/{ada.id}").status_code == 404
    assert acts(desk) == ["account.delete"]
    with desk.app.state.database.reading() as db:
        entry = db.exec(select(AuditEntry)).one()
    assert (entry.actor, entry.account_id, entry.detail) == ("Ope Rator", operator.id, {})


def test_no_act_without_the_password_or_a_choice(desk: Browser, operator: Someone) -> None:
    ada = someone(desk.app)
    for fields in ({"act": "delete"}, {"act": "delete", "current_password": "falsch"}, {"current_password": PASSWORD}):
        assert desk.post(f"/verwaltung/konten/{ada.id}", **fields).status_code == 422
    assert desk.post(f"/verwaltung/konten/{ada.id}", act="fliegen", current_password=PASSWORD).status_code == 422
    assert desk.post("/verwaltung/konten/gibt-es-nicht", act="delete", current_password=PASSWORD).status_code == 404
    assert acts(desk) == []


def test_nobody_locks_or_deletes_the_last_operator_or_locks_themselves(desk: Browser, operator: Someone) -> None:
    for act in ("disable", "delete"):
        answer = desk.post(f"/verwaltung/konten/{operator.id}", act=act, current_password=PASSWORD)
        assert answer.status_code == 409
    someone(desk.app, "zwei@kommune.de", operator=True)
    answer = desk.post(f"/verwaltung/konten/{operator.id}", act="disable", current_password=PASSWORD)
    assert "Ihr eigenes Konto" in answer.text
    assert desk.account(operator).is_disabled is False


def test_with_mail_the_invitation_is_sent_and_people_are_told(mail_desk: Browser) -> None:
    ope = someone(mail_desk.app, "op@kommune.de", operator=True, factor=True, name="Ope Rator")
    ada = someone(mail_desk.app)
    mail_desk.enter(ope)
    answer = mail_desk.post("/verwaltung/konten", email="neu@kommune.de", name="Neu", current_password=PASSWORD)
    assert answer.status_code == 303
    do(mail_desk, "disable", ada)
    with mail_desk.app.state.database.reading() as db:
        sent = {mail.recipient: mail for mail in db.exec(select(Mail))}
    assert sent["neu@kommune.de"].kind == "invite"
    assert "Ope Rator hat Sie" in sent["neu@kommune.de"].body
    assert "gesperrt" in sent["ada@kommune.de"].body


def test_the_hub_leads_to_what_the_operator_can_do(desk: Browser, operator: Someone) -> None:
    text = desk.get("/verwaltung").text
    for address in ("/verwaltung/konten", "/verwaltung/kommunen", "/verwaltung/mail"):
        assert f'href="{address}"' in text
        assert desk.get(address).status_code == 200
    ada = someone(desk.app)
    desk.post("/abmelden")
    desk.enter(ada)
    assert 'href="/verwaltung"' not in desk.get("/konto").text
