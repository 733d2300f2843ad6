# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""ID tokens (OpenID Connect Core 1.0, 3.1.3.7) and logout tokens (Back-Channel Logout 1.0, 2.6): signed by the
provider, meant for us, of now. What does not stand the test raises a ``TokenFault`` that names the reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]  # Authlib has no types
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jws import JWSRegistry
from joserfc.jwt import JWTClaimsRegistry, Token

from app.accounts.oidc.keys import Keys

LEEWAY_SECONDS = 30
"""How far the provider's clock may be from ours."""
OLDEST_SECONDS = 600
LOGOUT_SECONDS = 24 * 3600
LONGEST_ID = 255
LOGOUT_TYPES = frozenset({"logout+jwt", "application/logout+jwt"})
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
"""The name of the event in the standard; nothing is asked there."""


class TokenFault(Exception):  # noqa: N818  what is wrong, not that something is
    """A token that is not to be trusted, and why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Trust:
    """What tokens are measured by: whose they must be, for whom, and signed how."""

    issuer: str
    client_id: str
    algorithms: Sequence[str]
    keys: Keys
    keys_address: str


def id_token(trust: Trust, text: str, *, nonce: str, access_token: str, now: datetime) -> Mapping[str, Any]:
    """The claims of an ID token that answers the question with this nonce."""
    if not nonce:
        raise TokenFault("nonce")
    token = _signed(trust, text, now)
    expected = {"iss": _is(trust.issuer), "aud": _is(trust.client_id)}
    params = {"client_id": trust.client_id, "nonce": nonce, "access_token": access_token}
    claims: Any = CodeIDToken(token.claims, token.header, expected, params)
    _hold(lambda: claims.validate(int(now.timestamp()), LEEWAY_SECONDS))
    if claims["iat"] < now.timestamp() - OLDEST_SECONDS - LEEWAY_SECONDS:
        raise TokenFault("iat")
    _fits(claims, "sub", required=True)
    _fits(claims, "sid", required=False)
    return dict(claims)


def logout_token(trust: Trust, text: str, *, now: datetime) -> Mapping[str, Any]:
    """The claims of a logout token; whether it was used before is not known here."""
    token = _signed(trust, text, now)
    if str(token.header.get("typ", "")).lower() not in LOGOUT_TYPES:
        raise TokenFault("typ")
    needed: Any = {name: {"essential": True} for name in ("iat", "exp", "jti", "events")}
    expected = {"iss": _is(trust.issuer), "aud": _is(trust.client_id), **needed}
    rules = JWTClaimsRegistry(int(now.timestamp()), LEEWAY_SECONDS, **expected)
    _hold(lambda: rules.validate(token.claims))
    if token.claims["exp"] > now.timestamp() + LOGOUT_SECONDS:  # it is remembered until then
        raise TokenFault("exp")
    _is_logout(token.claims)
    return token.claims


def _is_logout(claims: Mapping[str, Any]) -> None:
    events = claims["events"]
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT_EVENT), dict):
        raise TokenFault("events")
    if "nonce" in claims:  # then it is an ID token, or wants to be taken for one
        raise TokenFault("nonce")
    for name in ("sid", "sub"):
        _fits(claims, name, required=False)
    if not (claims.get("sid") or claims.get("sub")):
        raise TokenFault("sid")


def _signed(trust: Trust, text: str, now: datetime) -> Token:
    """The token, if one of the provider's keys has signed it; a key that we do not know yet is asked for once."""
    try:
        return _decoded(text, trust, trust.keys.current(trust.keys_address, now))
    except InvalidKeyIdError:
        renewed = trust.keys.renewed(trust.keys_address, now)
    if renewed is None:
        raise TokenFault("key")
    try:
        return _decoded(text, trust, renewed)
    except InvalidKeyIdError:
        raise TokenFault("key") from None


def _decoded(text: str, trust: Trust, keys: Any) -> Token:
    # Other words in the header are left alone, as the standard wants it; what must be understood stands in `crit`.
    registry = JWSRegistry(algorithms=trust.algorithms, strict_check_header=False)
    try:
        return jwt.decode(text, keys, registry=registry)
    except InvalidKeyIdError:
        raise
    except (JoseError, ValueError, TypeError) as fault:
        raise TokenFault(_reason(fault)) from fault


def _hold(check: Any) -> None:
    try:
        check()
    except (JoseError, ValueError, TypeError, AttributeError) as fault:
        raise TokenFault(_reason(fault)) from fault


def _reason(fault: Exception) -> str:
    """The name of the claim that is at fault, or of the fault; never what the token says."""
    return str(getattr(fault, "claim", None) or getattr(fault, "error", None) or type(fault).__name__)


def _fits(claims: Mapping[str, Any], name: str, *, required: bool) -> None:
    """Names of people and sessions are words that we can keep."""
    value = claims.get(name)
    if value is None and not required:
        return
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_ID or not value.isprintable():
        raise TokenFault(name)


def _is(value: str) -> Any:
    return {"essential": True, "value": value}
