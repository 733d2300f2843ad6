# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is refused of an ID token, a logout token and the provider's own description; every reason by its name."""

import base64
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from joserfc.jwk import ECKey
from joserfc.jws import JWSRegistry

from app.accounts.oidc import transport
from app.accounts.oidc.claims import Ended, Identity
from app.accounts.oidc.faults import LogoutRefused, ProviderAway, SignInOver, TokenRefused
from app.accounts.oidc.provider import Provider
from app.accounts.oidc.transport import Transport
from app.settings import Settings
from tests.app.accounts.oidc.stand_in import CLIENT_ID, CLIENT_SECRET, LOGOUT_EVENT, StandIn

NOW = datetime(2026, 11, 22, 10, 42, tzinfo=UTC)
SECOND = int(NOW.timestamp())
ES256 = JWSRegistry.algorithms["ES256"]
BACK = "https://testserver/anmelden/oidc/zurueck"


def identity(provider: Provider, now: datetime = NOW, replying: str | None = None) -> Identity:
    return provider.identity(code="code", nonce="fresh", verifier="v" * 43, back=BACK, replying=replying, now=now)


def refused(provider: Provider) -> str:
    with pytest.raises(TokenRefused) as fault:
        identity(provider)
    return fault.value.reason


def logout_refused(provider: Provider, token: str) -> str:
    with pytest.raises(LogoutRefused) as fault:
        provider.ended(token, NOW)
    return fault.value.reason


def away(provider: Provider) -> str:
    with pytest.raises(ProviderAway) as fault:
        provider.departure(BACK, NOW)
    return fault.value.reason


def forged(header: dict[str, Any], claims: dict[str, Any], sign: Callable[[bytes], bytes]) -> str:
    """A token made by hand: what the library refuses to make, others may send."""
    parts = [json.dumps(part).encode() for part in (header, claims)]
    signed = b".".join(map(_base64, parts))
    return (signed + b"." + _base64(sign(signed))).decode()


def _base64(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


def test_a_right_token_says_who_it_is(provider: Provider, stand_in: StandIn) -> None:
    stand_in.signs_in(stand_in.token(stand_in.claims(NOW, "fresh")))
    assert identity(provider) == Identity(
        stand_in.issuer, "ada", "session-1", "ada@example.org", "Ada Beispiel", is_second_factor=False
    )
    assert stand_in.posted["code_verifier"] == "v" * 43
    assert stand_in.posted["redirect_uri"] == BACK
    assert stand_in.asked["/userinfo"] == 0, "the token said it all"


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"nonce": "another"}, "nonce"),
    ({"nonce": None}, "nonce"),
    ({"aud": "another"}, "aud"),
    ({"aud": ["another", "third"]}, "aud"),
    ({"aud": None}, "aud"),
    ({"aud": [CLIENT_ID, "another"]}, "azp"),
    ({"azp": "another"}, "azp"),
    ({"iss": "https://elsewhere.example"}, "iss"),
    ({"iss": None}, "iss"),
    ({"exp": SECOND - 31}, "exp"),
    ({"exp": None}, "exp"),
    ({"exp": "tomorrow"}, "exp"),
    ({"iat": SECOND + 31}, "iat"),
    ({"iat": SECOND - 631}, "iat"),
    ({"iat": None}, "iat"),
    ({"nbf": SECOND + 31}, "nbf"),
    ({"sub": None}, "sub"),
    ({"sub": ""}, "sub"),
    ({"sub": "a" * 256}, "sub"),
    ({"sid": "a" * 256}, "sid"),
    ({"sid": 7}, "sid"),
    ({"amr": "pwd"}, "amr"),
    ({"at_hash": "AAAA"}, "at_hash"),
]


@pytest.mark.parametrize(("claims", "reason"), WRONG, ids=str)
def test_a_token_with_one_wrong_claim_is_refused(
    provider: Provider, stand_in: StandIn, claims: dict[str, Any], reason: str
) -> None:
    stand_in.signs_in(stand_in.token(stand_in.claims(NOW, "fresh", **claims)))
    assert refused(provider) == f"id_token_{reason}"


def test_small_differences_of_the_clocks_do_not_matter(provider: Provider, stand_in: StandIn) -> None:
    for claims in ({"exp": SECOND - 29}, {"iat": SECOND + 30}, {"iat": SECOND - 630}, {"aud": [CLIENT_ID]}):
        stand_in.signs_in(stand_in.token(stand_in.claims(NOW, "fresh", **claims)))
        assert identity(provider).subject == "ada"


def test_an_unsigned_token_is_refused_though_the_provider_offers_it(provider: Provider, stand_in: StandIn) -> None:
    for algorithm, signature in (("none", b""), ("none", b"any"), ("None", b""), ("ES256", b"")):
        header, claims = {"alg": algorithm, "kid": "first"}, stand_in.claims(NOW, "fresh")
        stand_in.signs_in(forged(header, claims, lambda _, made=signature: made))
        assert refused(provider) in {"id_token_unsupported_algorithm", "id_token_bad_signature"}


def test_a_token_signed_with_what_everybody_can_read_is_refused(provider: Provider, stand_in: StandIn) -> None:
    """HS256 with the public key, or with the secret of the client: neither proves that the provider wrote it."""
    for secret in (stand_in.key.as_pem(private=False), CLIENT_SECRET.encode()):
        sign = partial(hmac.digest, secret, digest="sha256")
        stand_in.signs_in(forged({"alg": "HS256", "kid": "first"}, stand_in.claims(NOW, "fresh"), sign))
        assert refused(provider) == "id_token_unsupported_algorithm"


def test_a_changed_token_is_refused(provider: Provider, stand_in: StandIn) -> None:
    header, _, signature = stand_in.token(stand_in.claims(NOW, "fresh")).split(".")
    _, payload, _ = stand_in.token(stand_in.claims(NOW, "fresh", sub="eve")).split(".")
    stand_in.signs_in(f"{header}.{payload}.{signature}")
    assert refused(provider) == "id_token_bad_signature"


@pytest.mark.parametrize("token", ["", "a", "a.b.c", "....", "\u00fc.\u00fc.\u00fc", "e30.e30.e30"])
def test_what_is_no_token_is_refused(provider: Provider, stand_in: StandIn, token: str) -> None:
    stand_in.signs_in(token)
    assert refused(provider).startswith("id_token_")


def test_what_must_be_understood_and_is_not_is_refused(provider: Provider, stand_in: StandIn) -> None:
    sign = partial(ES256.sign, key=stand_in.key)
    header = {"alg": "ES256", "kid": "first", "new": 1}
    stand_in.signs_in(forged(header, stand_in.claims(NOW, "fresh"), sign))
    assert identity(provider).subject == "ada"
    stand_in.signs_in(forged({**header, "crit": ["new"]}, stand_in.claims(NOW, "fresh"), sign))
    assert refused(provider).startswith("id_token_")


def test_a_key_that_the_provider_changed_is_fetched_once(provider: Provider, stand_in: StandIn) -> None:
    stand_in.signs_in(stand_in.token(stand_in.claims(NOW, "fresh")))
    identity(provider)
    stand_in.key = ECKey.generate_key("P-256", {"kid": "second"})
    stand_in.publish(stand_in.key)
    stand_in.signs_in(stand_in.token(stand_in.claims(NOW, "fresh")))
    assert identity(provider).subject == "ada"
    assert stand_in.asked["/keys"] == 2


def test_a_key_that_nobody_has_does_not_make_us_ask_again_and_again(provider: Provider, stand_in: StandIn) -> None:
    stand_in.key = ECKey.generate_key("P-256", {"kid": "foreign"})
    stand_in.signs_in(stand_in.token(stand_in.claims(NOW, "fresh")))
    assert [refused(provider) for _ in range(5)] == ["id_token_key"] * 5
    assert stand_in.asked["/keys"] == 2
    with pytest.raises(TokenRefused):
        identity(provider, NOW + timedelta(seconds=30))
    assert stand_in.asked["/keys"] == 3


def test_description_and_keys_are_kept_for_an_hour(provider: Provider, stand_in: StandIn) -> None:
    for minutes, asked in ((0, 1), (59, 1), (60, 2)):
        now = NOW + timedelta(minutes=minutes)
        stand_in.signs_in(stand_in.token(stand_in.claims(now, "fresh")))
        identity(provider, now)
        assert stand_in.asked["/keys"] == stand_in.asked["/.well-known/openid-configuration"] == asked


def test_a_reply_in_the_name_of_another_provider_is_refused(provider: Provider, stand_in: StandIn) -> None:
    """RFC 9207: who answers has to be who was asked."""
    stand_in.signs_in(stand_in.token(stand_in.claims(NOW, "fresh")))
    assert identity(provider, replying=stand_in.issuer).subject == "ada"
    with pytest.raises(TokenRefused, match="oidc_refused"):
        identity(provider, replying="https://elsewhere.example")
    assert stand_in.posted["code"] == "code"


def test_a_provider_that_names_itself_always_does_so(provider: Provider, stand_in: StandIn) -> None:
    stand_in.discovery["authorization_response_iss_parameter_supported"] = True
    assert refused(provider) == "reply_iss"
    assert stand_in.posted == {}, "the code was not sent to anybody"


def test_what_the_token_does_not_say_the_provider_is_asked_for(provider: Provider, stand_in: StandIn) -> None:
    stand_in.signs_in(stand_in.token(stand_in.claims(NOW, "fresh", email=None, name=None)))
    told = {"sub": "ada", "email": "new@example.org", "email_verified": True, "given_name": "Ada", "family_name": "B."}
    stand_in.answers["/userinfo"] = 200, told
    found = identity(provider)
    assert (found.email, found.name) == ("new@example.org", "Ada B.")


def test_what_is_said_of_somebody_else_is_refused(provider: Provider, stand_in: StandIn) -> None:
    stand_in.signs_in(stand_in.token(stand_in.claims(NOW, "fresh", email=None)))
    stand_in.answers["/userinfo"] = 200, {"sub": "eve", "email": "eve@example.org", "email_verified": True}
    assert refused(provider) == "userinfo_sub"


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email_verified": "false"},
        {"email": "no address"},
        {"email": "a@" + "b" * 260},
        {"email": ["ada@example.org"]},
    ],
    ids=str,
)
def test_an_address_counts_only_if_the_provider_vouches_for_it(
    provider: Provider, stand_in: StandIn, claims: dict[str, Any]
) -> None:
    stand_in.signs_in(stand_in.token(stand_in.claims(NOW, "fresh", **claims)))
    assert identity(provider).email == ""


@pytest.mark.parametrize(
    ("setting", "claims", "counts"),
    [
        ("", {"acr": "2", "amr": ["otp"]}, False),
        ("*", {}, True),
        ("2, mfa", {"acr": "2"}, True),
        ("2, mfa", {"acr": "1", "amr": ["pwd", "mfa"]}, True),
        ("2, mfa", {"acr": "1", "amr": ["pwd"]}, False),
        ("2, mfa", {"amr": [["mfa"]]}, False),
        ("2, mfa", {}, False),
    ],
    ids=str,
)
def test_what_counts_as_a_second_factor(
    plain: Settings, transport: Transport, stand_in: StandIn, setting: str, claims: dict[str, Any], counts: bool
) -> None:
    """X-15."""
    provider = Provider(plain.model_copy(update={"oidc_second_factor": setting}), transport)
    stand_in.signs_in(stand_in.token(stand_in.claims(NOW, "fresh", **claims)))
    assert identity(provider).is_second_factor is counts


@pytest.mark.parametrize(
    ("error", "fault", "reason"),
    [
        ("invalid_grant", SignInOver, None),
        ("invalid_client", TokenRefused, "token_invalid_client"),
        ("<script>", TokenRefused, "token_error"),
    ],
)
def test_a_code_that_the_provider_does_not_take(
    provider: Provider, stand_in: StandIn, error: str, fault: type[Exception], reason: str | None
) -> None:
    stand_in.answers["/token"] = 400, {"error": error}
    with pytest.raises(fault) as raised:
        identity(provider)
    assert getattr(raised.value, "reason", None) == reason


@pytest.mark.parametrize(
    ("offered", "sent"), [(["client_secret_basic"], "Basic "), (["client_secret_post"], None), (None, "Basic ")]
)
def test_the_secret_is_sent_as_the_provider_wants_it(
    provider: Provider, stand_in: StandIn, offered: list[str] | None, sent: str | None
) -> None:
    stand_in.discovery["token_endpoint_auth_methods_supported"] = offered
    stand_in.signs_in(stand_in.token(stand_in.claims(NOW, "fresh")))
    identity(provider)
    assert (stand_in.authorization or "").startswith(sent or "")
    assert ("client_secret" in stand_in.posted) is (sent is None)


DESCRIPTIONS: list[tuple[dict[str, Any], str]] = [
    ({"issuer": "https://elsewhere.example"}, "discovery_issuer"),
    ({"issuer": None}, "discovery_issuer"),
    ({"token_endpoint": None}, "discovery_token_endpoint"),
    ({"jwks_uri": "http://127.0.0.1/keys"}, "discovery_jwks_uri"),
    ({"authorization_endpoint": "https://127.0.0.1/a\r\nSet-Cookie: a=b"}, "discovery_authorization_endpoint"),
    ({"authorization_endpoint": "javascript:alert(1)"}, "discovery_authorization_endpoint"),
    ({"end_session_endpoint": "https://"}, "discovery_end_session_endpoint"),
    ({"userinfo_endpoint": 7}, "discovery_userinfo_endpoint"),
    ({"id_token_signing_alg_values_supported": ["HS256", "none"]}, "discovery_id_token_signing_alg"),
    ({"token_endpoint_auth_methods_supported": ["tls_client_auth"]}, "discovery_token_endpoint_auth_methods"),
]


@pytest.mark.parametrize(("said", "reason"), DESCRIPTIONS, ids=lambda value: str(value)[:50])
def test_a_provider_that_describes_itself_wrongly_is_not_used(
    provider: Provider, stand_in: StandIn, said: dict[str, Any], reason: str
) -> None:
    stand_in.discovery |= said
    assert away(provider) == reason


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((500, {}), "status_500"),
        ((302, {}), "status_302"),
        ((200, []), "not_an_object"),
        ((200, b"<html>"), "not_json"),
        ((200, b" " * (1024 * 1024 + 1)), "too_large"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_provider_that_talks_nonsense_is_away(
    provider: Provider, stand_in: StandIn, answer: tuple[int, Any], reason: str
) -> None:
    stand_in.answers["/.well-known/openid-configuration"] = answer
    assert away(provider) == reason
    assert stand_in.asked["/keys"] == 0, "redirects are not followed"


@pytest.mark.parametrize(
    ("path", "answer"), [("/token", (502, {})), ("/token", (200, b"<html>")), ("/keys", (200, {}))]
)
def test_a_provider_that_fails_on_the_way_is_away(
    provider: Provider, stand_in: StandIn, path: str, answer: tuple[int, Any]
) -> None:
    stand_in.signs_in(stand_in.token(stand_in.claims(NOW, "fresh")))
    stand_in.answers[path] = answer
    with pytest.raises(ProviderAway):
        identity(provider)


def test_a_certificate_of_an_authority_that_nobody_knows_is_refused(plain: Settings, stand_in: StandIn) -> None:
    """X-21: the operator's own authorities have to be named."""
    provider = Provider(plain, Transport(None))
    assert away(provider) == "ConnectError"
    assert not stand_in.asked
    provider.close()


def test_a_certificate_for_another_name_is_refused(plain: Settings, transport: Transport, stand_in: StandIn) -> None:
    """127.1 is the same machine, and not the name in its certificate."""
    elsewhere = stand_in.issuer.replace("127.0.0.1", "127.1")
    assert away(Provider(plain.model_copy(update={"oidc_issuer": elsewhere}), transport)) == "ConnectError"
    assert not stand_in.asked


def test_only_a_few_wait_for_a_provider_that_hangs(
    provider: Provider, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "PATIENCE_SECONDS", 0.01)
    for _ in range(transport.AT_ONCE):
        provider._transport._turns.acquire()
    assert away(provider) == "busy"
    provider._transport._turns.release()
    assert provider.departure(BACK, NOW).state


def test_a_right_logout_token_says_which_session_is_over(provider: Provider, stand_in: StandIn) -> None:
    token = stand_in.token(stand_in.logout_claims(NOW), typ="logout+jwt")
    until = NOW + timedelta(seconds=150)
    assert provider.ended(token, NOW) == Ended(stand_in.issuer, None, "session-1", "once", until)


LOGOUTS: list[tuple[dict[str, Any], str]] = [
    ({"iss": "https://elsewhere.example"}, "iss"),
    ({"aud": "another"}, "aud"),
    ({"aud": None}, "aud"),
    ({"exp": SECOND - 31}, "exp"),
    ({"exp": None}, "exp"),
    ({"exp": SECOND + 25 * 3600}, "exp"),
    ({"iat": SECOND + 31}, "iat"),
    ({"iat": None}, "iat"),
    ({"jti": None}, "jti"),
    ({"jti": 7}, "jti"),
    ({"events": None}, "events"),
    ({"events": {}}, "events"),
    ({"events": {"https://elsewhere.example": {}}}, "events"),
    ({"events": [LOGOUT_EVENT]}, "events"),
    ({"events": {LOGOUT_EVENT: True}}, "events"),
    ({"nonce": "any"}, "nonce"),
    ({"sid": None}, "sid"),
    ({"sid": ["session-1"]}, "sid"),
    ({"sid": None, "sub": ""}, "sub"),
]


@pytest.mark.parametrize(("claims", "reason"), LOGOUTS, ids=str)
def test_a_logout_token_with_one_wrong_claim_is_refused(
    provider: Provider, stand_in: StandIn, claims: dict[str, Any], reason: str
) -> None:
    token = stand_in.token(stand_in.logout_claims(NOW, **claims), typ="logout+jwt")
    assert logout_refused(provider, token) == f"logout_{reason}"


@pytest.mark.parametrize("typ", ["JWT", "at+jwt", "", None])
def test_a_logout_token_of_another_kind_is_refused(provider: Provider, stand_in: StandIn, typ: str | None) -> None:
    header = {"typ": typ} if typ is not None else {}
    assert logout_refused(provider, stand_in.token(stand_in.logout_claims(NOW), **header)) == "logout_typ"


def test_an_id_token_ends_no_session(provider: Provider, stand_in: StandIn) -> None:
    claims = stand_in.claims(NOW, "fresh")
    assert logout_refused(provider, stand_in.token(claims)) == "logout_typ"
    assert logout_refused(provider, stand_in.token(claims, typ="logout+jwt")).startswith("logout_")


def test_a_logout_token_that_somebody_else_signed_is_refused(provider: Provider, stand_in: StandIn) -> None:
    stand_in.key = ECKey.generate_key("P-256", {"kid": "first"})
    token = stand_in.token(stand_in.logout_claims(NOW), typ="logout+jwt")
    assert logout_refused(provider, token) == "logout_bad_signature"
    unsigned = ".".join([*token.split(".")[:2], ""])
    assert logout_refused(provider, unsigned) == "logout_bad_signature"
