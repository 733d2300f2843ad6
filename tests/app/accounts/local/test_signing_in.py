# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Address and password, second factor, where it leads, and what is refused (X-05, X-11, X-13, X-15, X-18)."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as fuzzing
from hypothesis import strategies as st

from app.accounts.passwords import AT_A_TIME
from app.tables.people import AccountSession, RecoveryCode
from app.tokens import digest, grouped, new_code
from app.web.staff_session import SECURE_NAME
from tests.app.accounts.local.people import OTHER, PASSWORD, Browser, problems, someone

Another = Callable[[], Browser]


def test_a_password_opens_the_account_of_its_address_in_any_case(desk: Browser) -> None:
    ada = someone(desk.app, "Ada@Kommune.de")
    answer = desk.post("/anmelden", email="  aDA@kommune.DE ", password=PASSWORD)
    assert (answer.status_code, answer.headers["location"]) == (303, "/durchgaenge")
    assert desk.sessions(ada) == 1
    assert desk.get("/konto").status_code == 200


def test_the_cookie_is_strict_and_ends_with_the_browser(desk: Browser) -> None:
    cookie = desk.sign_in(someone(desk.app)).headers["set-cookie"]
    assert cookie.startswith(f"{SECURE_NAME}=")
    words = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert words == {"path=/", "secure", "httponly", "samesite=strict"}


def test_unknown_address_and_wrong_password_look_alike(desk: Browser) -> None:
    someone(desk.app, "ada@kommune.de")
    someone(desk.app, "oidc@kommune.de", password=None)
    texts = set()
    for email in ("ada@kommune.de", "eva@kommune.de", "oidc@kommune.de"):
        answer = desk.post("/anmelden", email=email, password="kein passwort von hier")
        assert answer.status_code == 422
        texts.add(answer.text.replace(email, "…"))
    assert len(texts) == 1
    assert "set-cookie" not in answer.headers


def test_an_unknown_address_costs_a_hash_too(desk: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    ada, seen = someone(desk.app), []
    hasher = desk.app.state.passwords._hasher
    monkeypatch.setattr(type(hasher), "verify", lambda self, typed, kept: seen.append(kept) or False)
    monkeypatch.setattr(type(hasher), "verify_and_update", lambda self, typed, kept: seen.append(kept) or (False, None))
    desk.sign_in(ada, "falsch")
    desk.post("/anmelden", email="niemand@kommune.de", password="falsch")
    assert len(seen) == 2
    assert all(kept.startswith("$argon2id$") for kept in seen)


def test_a_locked_account_is_refused_and_only_its_owner_learns_why(desk: Browser) -> None:
    eva = someone(desk.app, disabled=True)
    assert "gesperrt" not in desk.sign_in(eva, "falsch").text
    answer = desk.sign_in(eva)
    assert answer.status_code == 422
    assert "Dieses Konto ist gesperrt" in problems(answer.text)[0]
    assert desk.sessions(eva) == 0


def test_a_session_of_an_account_that_is_locked_meanwhile_is_over(desk: Browser) -> None:
    ada = someone(desk.app)
    desk.enter(ada)
    with desk.writing() as db:
        db.get(type(desk.account(ada)), ada.id).is_disabled = True  # type: ignore[union-attr]
    assert desk.get("/konto").headers["location"] == "/anmelden?weiter=%2Fkonto"


def test_every_sign_in_gets_a_fresh_token_and_ends_the_former_session(desk: Browser) -> None:
    ada = someone(desk.app, factor=True)
    desk.hold("von-der-angreiferin-gesetzt")
    desk.sign_in(ada)
    first = desk.token
    assert first != "von-der-angreiferin-gesetzt"
    desk.post("/anmelden/code", code=desk.code(ada))
    second = desk.token
    assert second != first
    assert desk.sessions(ada) == 1
    desk.hold(str(first))
    assert desk.get("/konto").status_code == 303


def test_a_token_carries_256_random_bits_and_only_its_digest_is_kept(desk: Browser) -> None:
    ada = someone(desk.app)
    desk.sign_in(ada)
    token = str(desk.token)
    assert len(token) == 43
    assert desk.count(AccountSession, AccountSession.digest == digest(token)) == 1
    assert desk.count(AccountSession, AccountSession.digest == token) == 0


def test_a_hash_under_older_parameters_is_renewed(desk: Browser) -> None:
    from pwdlib import PasswordHash
    from pwdlib.hashers.argon2 import Argon2Hasher

    ada = someone(desk.app)
    weak = PasswordHash((Argon2Hasher(time_cost=2, memory_cost=8, parallelism=1),)).hash(PASSWORD)
    with desk.writing() as db:
        db.get(type(desk.account(ada)), ada.id).password_hash = weak  # type: ignore[union-attr]
    assert desk.sign_in(ada).status_code == 303
    assert "t=1," in str(desk.account(ada).password_hash)
    assert desk.sign_in(ada).status_code == 303


def test_the_second_factor_is_asked_for_before_anything_else(desk: Browser) -> None:
    ada = someone(desk.app, factor=True)
    assert desk.sign_in(ada).headers["location"] == "/anmelden/code"
    for address in ("/konto", "/durchgaenge", "/konto/daten.json"):
        assert desk.get(address).headers["location"].startswith("/anmelden/code?weiter="), address
    assert desk.get("/konto/zweiter-faktor").headers["location"] == "/anmelden/code"
    assert desk.post("/anmelden/code", code=desk.code(ada)).headers["location"] == "/durchgaenge"
    assert desk.get("/konto").status_code == 200


@pytest.mark.parametrize("offset", [-1, 0, 1])
def test_a_code_of_the_step_before_or_after_counts(desk: Browser, offset: int) -> None:
    ada = someone(desk.app, factor=True)
    desk.sign_in(ada)
    assert desk.post("/anmelden/code", code=f" {desk.code(ada, offset)[:3]} {desk.code(ada, offset)[3:]}").is_redirect


@pytest.mark.parametrize("offset", [-2, 2, 40])
def test_an_older_or_later_code_does_not(desk: Browser, offset: int) -> None:
    ada = someone(desk.app, factor=True)
    desk.sign_in(ada)
    answer = desk.post("/anmelden/code", code=desk.code(ada, offset))
    assert answer.status_code == 422
    assert "stimmt nicht oder wurde schon benutzt" in problems(answer.text)[0]


def test_a_code_works_once(desk: Browser, another: Another) -> None:
    ada = someone(desk.app, factor=True)
    code = desk.code(ada)
    desk.sign_in(ada)
    assert desk.post("/anmelden/code", code=code).status_code == 303
    second = another()
    second.sign_in(ada)
    assert second.post("/anmelden/code", code=code).status_code == 422
    earlier = second.code(ada, -1)
    assert second.post("/anmelden/code", code=earlier).status_code == 422
    desk.watch.forward(seconds=30)
    assert second.post("/anmelden/code", code=second.code(ada)).status_code == 303


def test_a_recovery_code_works_once_however_it_is_typed(desk: Browser, another: Another) -> None:
    ada, code = someone(desk.app, factor=True), new_code()
    with desk.writing() as db:
        db.add(RecoveryCode(account_id=ada.id, digest=digest(code)))
    desk.sign_in(ada)
    assert desk.post("/anmelden/code", code=grouped(code).lower().replace("-", " ")).status_code == 303
    assert desk.get("/konto").status_code == 200
    second = another()
    second.sign_in(ada)
    assert second.post("/anmelden/code", code=code).status_code == 422


def test_somebody_elses_recovery_code_opens_nothing(desk: Browser) -> None:
    ada, eva = someone(desk.app, factor=True), someone(desk.app, "eva@kommune.de", factor=True)
    code = new_code()
    with desk.writing() as db:
        db.add(RecoveryCode(account_id=eva.id, digest=digest(code)))
    desk.sign_in(ada)
    assert desk.post("/anmelden/code", code=code).status_code == 422
    assert desk.count(RecoveryCode) == 1


def test_who_needs_a_second_factor_and_has_none_sets_it_up_first(desk: Browser) -> None:
    ada = someone(desk.app, coordinates="Belm")
    assert desk.sign_in(ada, weiter="/konto").headers["location"] == "/konto/zweiter-faktor?weiter=%2Fkonto"
    assert desk.get("/konto").headers["location"] == "/anmelden/code?weiter=%2Fkonto"
    assert desk.get("/anmelden/code?weiter=%2Fkonto").headers["location"] == "/konto/zweiter-faktor?weiter=%2Fkonto"
    answer, secret = desk.set_up(weiter="/konto")
    assert answer.status_code == 200
    assert 'href="/konto"' in answer.text
    assert desk.account(ada).totp_secret == secret
    assert desk.get("/konto").status_code == 200


def test_wrong_passwords_are_limited_for_the_account_and_the_right_one_waits_too(desk: Browser) -> None:
    ada, limit = someone(desk.app), desk.app.state.settings.failed_sign_ins_per_hour
    for _ in range(limit):
        assert desk.sign_in(ada, "falsch").status_code == 422
    answer = desk.sign_in(ada)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    eva = someone(desk.app, "eva@kommune.de")
    assert desk.sign_in(eva).status_code == 303


def test_wrong_passwords_are_limited_for_the_connection(desk: Browser) -> None:
    limit = desk.app.state.settings.failed_codes_per_hour
    for number in range(limit):
        assert desk.post("/anmelden", email=f"{number}@kommune.de", password="falsch").status_code == 422
    assert desk.sign_in(someone(desk.app)).status_code == 429


def test_tries_sent_at_once_are_limited_too(desk: Browser, another: Another, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them have looked before the first was found wrong, and wait for their turn."""
    ada, limit = someone(desk.app), desk.app.state.settings.failed_sign_ins_per_hour
    passwords = desk.app.state.passwords
    compared, compare = [], passwords._verify

    def slowly(typed: str, kept: str | None) -> object:
        compared.append(typed)
        time.sleep(0.02)
        return compare(typed, kept)

    monkeypatch.setattr(passwords, "_verify", slowly)
    browsers = [another() for _ in range(2 * limit)]
    with ThreadPoolExecutor(len(browsers)) as pool:
        statuses = [answer.status_code for answer in pool.map(lambda one: one.sign_in(ada, "falsch"), browsers)]
    assert limit <= len(compared) <= limit + AT_A_TIME
    assert statuses.count(429) >= limit - AT_A_TIME


def test_wrong_codes_are_limited(desk: Browser) -> None:
    ada, limit = someone(desk.app, factor=True), desk.app.state.settings.failed_sign_ins_per_hour
    desk.sign_in(ada)
    for _ in range(limit):
        assert desk.post("/anmelden/code", code=desk.code(ada, 40)).status_code == 422
    assert desk.post("/anmelden/code", code=desk.code(ada)).status_code == 429


def test_missing_fields_are_named_and_the_address_is_kept(desk: Browser) -> None:
    answer = desk.post("/anmelden", email="ada@kommune.de", password="")
    assert problems(answer.text) == ["Bitte geben Sie Ihr Passwort ein."]
    assert 'value="ada@kommune.de"' in answer.text
    assert len(problems(desk.post("/anmelden").text)) == 2


def test_password_managers_and_paste_are_welcome(desk: Browser) -> None:
    text = desk.get("/anmelden").text
    assert 'autocomplete="username"' in text
    assert 'autocomplete="current-password"' in text
    assert "onpaste" not in text
    assert 'autocomplete="off"' not in text


def test_it_goes_on_to_a_page_of_ours(desk: Browser) -> None:
    ada = someone(desk.app)
    page = desk.get("/konto").headers["location"]
    assert page == "/anmelden?weiter=%2Fkonto"
    assert 'href="/konto"' in desk.get(page).text  # signed in already, and the link came from a mail
    assert desk.sign_in(ada, weiter="/konto?getan=name").headers["location"] == "/konto?getan=name"


def test_an_address_too_long_to_be_remembered_is_left_out(desk: Browser) -> None:
    """The way over the OpenID provider keeps it in the database."""
    ada = someone(desk.app)
    for length, goes_on in ((300, True), (301, False)):
        back = "/konto?x=".ljust(length, "a")
        assert (desk.sign_in(ada, weiter=back).headers["location"] == back) is goes_on


FOREIGN = st.one_of(
    st.sampled_from(
        (
            "https://evil.example/konto",
            "//evil.example/konto",
            "/\\evil.example",
            "\\\\evil.example",
            "/konto\r\nLocation: https://evil.example",
            "javascript:alert(1)",
            "/gibt/es/nicht",
            "/konto@evil.example",
            "/%2F/evil.example",
            "/konto/../../evil",
            "konto",
        )
    ),
    st.text(max_size=40),
    st.text(alphabet="/\\:@.%?#konto", max_size=20),
)


@fuzzing(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(address=FOREIGN)
def test_it_never_leads_away(desk: Browser, address: str) -> None:
    from app.accounts.pages.entering import onward_in
    from app.web.urls import Places

    places: Places = desk.app.state.places
    request = type("Asked", (), {"app": desk.app})()
    for back in (onward_in(request, [("weiter", address)]).back, onward_in(request, [("kept_to", address)]).to):
        assert back == "" or (back in places or places.takes(back))
        assert not back.startswith(("//", "/\\"))
        assert ":" not in back


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "/\\evil.example", "/gibt-es-nicht"])
def test_foreign_targets_end_at_ones_own_work(desk: Browser, address: str) -> None:
    answer = desk.sign_in(someone(desk.app), weiter=address)
    assert answer.headers["location"] == "/durchgaenge"
    page = desk.get("/anmelden", params={"weiter": address}).text
    assert 'name="weiter"' not in page
    assert address not in page


def test_an_operator_goes_to_the_instance(desk: Browser) -> None:
    assert desk.enter(someone(desk.app, operator=True, factor=True)).headers["location"] == "/verwaltung"


def test_over_plain_http_nobody_signs_in_on_a_public_host(desk: Browser) -> None:
    ada = someone(desk.app)
    answer = desk.client.post(
        "http://testserver/anmelden",
        data={"email": ada.email, "password": PASSWORD},
        headers={"sec-fetch-site": "none"},
    )
    assert answer.status_code == 403
    assert desk.sessions(ada) == 0


def test_a_password_changed_between_look_and_entry_is_wrong(desk: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = someone(desk.app)
    passwords = desk.app.state.passwords
    verify = passwords.verify

    async def verify_and_lose(typed: str, kept: str | None, *allowed: object) -> object:
        verdict = await verify(typed, kept, *allowed)
        with desk.writing() as db:
            account = db.get(type(desk.account(ada)), ada.id)
            account.password_hash = passwords._hasher.hash(OTHER)  # type: ignore[union-attr]
        return verdict

    monkeypatch.setattr(passwords, "verify", verify_and_lose)
    assert desk.sign_in(ada).status_code == 422
    assert desk.sessions(ada) == 0
