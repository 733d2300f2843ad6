# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Setting the second factor up, renewing and removing it; the picture; how codes are counted (X-15)."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from xml.etree import ElementTree

import pyotp
import pytest

from app.accounts.second_factor import digits_of, grouped_secret, is_secret, matching_step, new_secret, qr_svg
from app.tables.people import RecoveryCode
from tests.app.accounts.local.people import PASSWORD, Browser, hidden, problems, someone
from tests.standing.conftest import contents

Another = Callable[[], Browser]
NOW = datetime(2026, 11, 22, 9, 42, 10, tzinfo=UTC)


def codes_on(text: str) -> list[str]:
    return re.findall(r'<li class="recovery-codes__code">([^<]+)</li>', text)


def test_looking_at_the_page_keeps_nothing(desk: Browser) -> None:
    desk.enter(someone(desk.app))
    before = contents(desk.app)
    first, second = (hidden(desk.get("/konto/zweiter-faktor").text, "secret") for _ in range(2))
    assert first != second
    assert contents(desk.app) == before


def test_setting_up_shows_ten_codes_once_and_signs_out_elsewhere(desk: Browser, another: Another) -> None:
    ada, elsewhere = someone(desk.app), another()
    desk.enter(ada)
    elsewhere.enter(ada)
    token = desk.token
    answer, secret = desk.set_up(current_password=PASSWORD)
    codes = codes_on(answer.text)
    assert len(codes) == len(set(codes)) == 10
    assert desk.account(ada).totp_secret == secret
    assert desk.token != token
    assert [one.get("/konto").status_code for one in (desk, elsewhere)] == [200, 303]
    assert codes[0] not in str(contents(desk.app))
    elsewhere.sign_in(ada)
    assert elsewhere.post("/anmelden/code", code=desk.code(ada) if ada.secret else codes[3]).status_code == 303
    assert "noch 9 Codes" in desk.get("/konto").text


def test_the_code_that_proved_the_secret_does_not_sign_in_again(desk: Browser, another: Another) -> None:
    ada, elsewhere = someone(desk.app, coordinates="Belm"), another()
    desk.sign_in(ada)
    _, secret = desk.set_up()
    elsewhere.sign_in(ada)
    assert elsewhere.post("/anmelden/code", code=pyotp.TOTP(secret).at(desk.watch.now)).status_code == 422


def test_a_wrong_code_keeps_secret_and_account_as_they_are(desk: Browser) -> None:
    ada = someone(desk.app, coordinates="Belm")
    desk.sign_in(ada)
    secret = hidden(desk.get("/konto/zweiter-faktor").text, "secret")
    answer = desk.post("/konto/zweiter-faktor", secret=secret, code="000000")
    assert answer.status_code == 422
    assert hidden(answer.text, "secret") == secret
    assert grouped_secret(secret) in answer.text
    assert desk.account(ada).totp_confirmed is False


@pytest.mark.parametrize("secret", ["", "kurz", "A" * 31, "a" * 32, "1" * 32, "A" * 64])
def test_a_secret_that_is_not_ours_is_refused(desk: Browser, secret: str) -> None:
    desk.enter(someone(desk.app))
    assert desk.post("/konto/zweiter-faktor", secret=secret, code="123456").status_code == 404


def test_with_the_password_alone_nobody_replaces_a_second_factor(desk: Browser) -> None:
    ada = someone(desk.app, factor=True)
    desk.sign_in(ada)
    secret = new_secret()
    answer = desk.post(
        "/konto/zweiter-faktor", secret=secret, code=pyotp.TOTP(secret).at(desk.watch.now), current_password=PASSWORD
    )
    assert answer.status_code == 403
    assert desk.account(ada).totp_secret == ada.secret


def test_a_new_device_needs_the_password_again(desk: Browser) -> None:
    ada = someone(desk.app, factor=True, coordinates="Belm")
    desk.enter(ada)
    answer, _ = desk.set_up(current_password="falsch")
    assert "Dieses Passwort stimmt nicht" in problems(answer.text)[0]
    assert desk.account(ada).totp_secret == ada.secret
    answer, secret = desk.set_up(current_password=PASSWORD)
    assert answer.status_code == 200
    assert desk.account(ada).totp_secret == secret


def test_somebody_who_is_just_signing_in_is_not_asked_twice(desk: Browser) -> None:
    desk.sign_in(someone(desk.app, coordinates="Belm"))
    assert "current_password" not in desk.get("/konto/zweiter-faktor").text
    assert desk.set_up()[0].status_code == 200


def test_renewed_codes_replace_the_former_ones(desk: Browser, another: Another) -> None:
    ada, elsewhere = someone(desk.app), another()
    desk.enter(ada)
    former = codes_on(desk.set_up(current_password=PASSWORD)[0].text)
    assert desk.post("/konto/zweiter-faktor/codes").status_code == 422
    fresh = codes_on(desk.post("/konto/zweiter-faktor/codes", current_password=PASSWORD).text)
    assert len(fresh) == 10
    assert not {*former} & {*fresh}
    assert desk.count(RecoveryCode) == 10
    elsewhere.sign_in(ada)
    assert elsewhere.post("/anmelden/code", code=former[0]).status_code == 422
    assert elsewhere.post("/anmelden/code", code=fresh[0]).status_code == 303


def test_it_goes_only_where_no_role_needs_it(desk: Browser, another: Another) -> None:
    ada, kim, second = (
        someone(desk.app, factor=True),
        someone(desk.app, "k@k.de", factor=True, coordinates="Belm"),
        another(),
    )
    desk.enter(ada)
    assert desk.post("/konto/zweiter-faktor/entfernen", current_password="falsch").status_code == 422
    assert desk.post("/konto/zweiter-faktor/entfernen", current_password=PASSWORD).status_code == 303
    assert desk.account(ada).totp_secret is None
    assert desk.count(RecoveryCode) == 0
    second.enter(kim)
    assert second.post("/konto/zweiter-faktor/entfernen", current_password=PASSWORD).status_code == 403
    assert second.account(kim).totp_confirmed


def test_the_picture_holds_the_secret_and_passes_the_policy() -> None:
    secret = new_secret()
    picture = qr_svg(secret, "ada@kommune.de")
    tree = ElementTree.fromstring(picture)
    assert tree.tag == "{http://www.w3.org/2000/svg}svg"
    for element in tree.iter():
        assert element.tag.rpartition("}")[2] in {"svg", "g", "path"}
        assert not {"style", "onload", "href"} & {name.rpartition("}")[2] for name in element.attrib}
    assert secret not in picture  # as modules only
    assert qr_svg(new_secret(), "ada@kommune.de") != picture


def test_six_digits_are_read_as_people_type_them() -> None:
    assert {digits_of(typed) for typed in ("123456", " 12 34 56 ", "123\t456")} == {"123456"}
    assert {digits_of(typed) for typed in ("12345", "1234567", "12345a", "١٢٣٤٥٦", "")} == {None}


def test_steps_are_those_of_the_standard() -> None:
    secret = new_secret()
    totp = pyotp.TOTP(secret)
    current = int(NOW.timestamp()) // 30
    for offset in (-1, 0, 1):
        assert matching_step(secret, totp.generate_otp(current + offset), NOW) == current + offset
    for offset in (-2, 2):
        assert matching_step(secret, totp.generate_otp(current + offset), NOW) is None
    assert is_secret(secret)
