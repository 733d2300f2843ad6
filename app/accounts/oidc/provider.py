# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The OpenID provider as the pages know it: the way there, who came back, whose session is over, the way out.

Every method may wait for the network, so nobody calls one with a transaction open. What is kept (the provider's
description of itself, its keys) is kept for an hour, in this process.
"""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from authlib.integrations.base_client import OAuthError  # type: ignore[import-untyped]  # Authlib has no types
from authlib.integrations.httpx_client import OAuth2Client  # type: ignore[import-untyped]

from app.accounts.oidc.claims import Departure, Ended, Identity
from app.accounts.oidc.discovery import WELL_KNOWN, Endpoints, endpoints_of
from app.accounts.oidc.faults import LogoutRefused, ProviderAway, SignInOver, TokenRefused
from app.accounts.oidc.keys import Keys
from app.accounts.oidc.profile import identity_of, is_complete
from app.accounts.oidc.tokens import LEEWAY_SECONDS, TokenFault, Trust, id_token, logout_token
from app.accounts.oidc.transport import TIMEOUT, Transport
from app.settings import Settings

SCOPE = "openid profile email"
KEPT = timedelta(hours=1)
MISCONFIGURED = frozenset({"invalid_client", "unauthorized_client", "invalid_request", "unsupported_grant_type"})


class Provider:
    """The provider of these settings; making one asks it nothing."""

    def __init__(self, settings: Settings, transport: Transport) -> None:
        self._issuer, self._client_id = settings.oidc_issuer, settings.oidc_client_id
        self._secret = settings.oidc_client_secret.get_secret_value() or None
        self._second_factors = frozenset(filter(None, map(str.strip, settings.oidc_second_factor.split(","))))
        self._transport = transport
        self._keys = Keys(self._transport.document)
        self._found: tuple[Endpoints, datetime] | None = None

    def departure(self, back: str, now: datetime) -> Departure:
        """A new way to the provider that leads back to the address ``back``."""
        endpoints = self._endpoints(now)
        state, nonce, verifier = (secrets.token_urlsafe(size) for size in (32, 32, 48))
        with self._client(endpoints, back) as client:
            address, _ = client.create_authorization_url(
                endpoints.authorization, state=state, nonce=nonce, code_verifier=verifier
            )
        return Departure(address, state, nonce, verifier)

    def identity(
        self, *, code: str, nonce: str, verifier: str, back: str, replying: str | None, now: datetime
    ) -> Identity:
        """Who came back with this code. ``replying``: the issuer that the reply names, if it names one."""
        endpoints = self._endpoints(now)
        if replying != self._issuer and (replying is not None or endpoints.names_issuer):
            raise TokenRefused("reply_iss")
        tokens = self._exchange(endpoints, code, verifier, back)
        access_token = str(tokens.get("access_token", ""))
        try:
            claims = id_token(
                self._trust(endpoints), str(tokens.get("id_token", "")), nonce=nonce, access_token=access_token, now=now
            )
        except TokenFault as fault:
            raise TokenRefused(f"id_token_{fault.reason}") from fault
        return identity_of(claims, self._profile(endpoints, claims, access_token), self._second_factors)

    def ended(self, token: str, now: datetime) -> Ended:
        """What a logout token says that came through the back channel; ``LogoutRefused`` if it is none of ours."""
        try:
            claims = logout_token(self._trust(self._endpoints(now)), token, now=now)
        except (TokenFault, ProviderAway) as fault:
            raise LogoutRefused(f"logout_{fault.reason}") from fault
        sid = claims.get("sid")
        return Ended(
            issuer=self._issuer,
            subject=claims.get("sub"),
            sid=sid,
            token_id=claims["jti"],
            expires_at=datetime.fromtimestamp(claims["exp"] + LEEWAY_SECONDS, UTC),
        )

    def way_out(self, back: str, now: datetime) -> str | None:
        """Where people sign out at the provider too and come back from; None if it offers no such place."""
        place = self._endpoints(now).end_session
        if place is None:
            return None
        query = urlencode({"client_id": self._client_id, "post_logout_redirect_uri": back})
        return f"{place}{'&' if '?' in place else '?'}{query}"

    def close(self) -> None:
        """Give back all connections."""
        self._transport.close()

    def _endpoints(self, now: datetime) -> Endpoints:
        if self._found is None or not timedelta() <= now - self._found[1] < KEPT:
            document = self._transport.document(self._issuer.rstrip("/") + WELL_KNOWN)
            self._found = endpoints_of(document, self._issuer), now
        return self._found[0]

    def _trust(self, endpoints: Endpoints) -> Trust:
        return Trust(self._issuer, self._client_id, endpoints.algorithms, self._keys, endpoints.keys)

    def _client(self, endpoints: Endpoints, back: str) -> Any:
        return OAuth2Client(
            self._client_id,
            self._secret,
            token_endpoint_auth_method=endpoints.client_auth if self._secret else "none",
            code_challenge_method="S256",
            scope=SCOPE,
            redirect_uri=back,
            verify=self._transport.tls,
            timeout=TIMEOUT,
        )

    def _exchange(self, endpoints: Endpoints, code: str, verifier: str, back: str) -> Mapping[str, Any]:
        with self._transport.turn(), self._client(endpoints, back) as client:
            try:
                tokens: Mapping[str, Any] = client.fetch_token(
                    endpoints.token, grant_type="authorization_code", code=code, code_verifier=verifier
                )
            except OAuthError as refused:
                raise _refused(refused.error) from refused
            except ValueError:
                raise ProviderAway("token_not_json") from None
        return tokens

    def _profile(self, endpoints: Endpoints, claims: Mapping[str, Any], access_token: str) -> Mapping[str, Any]:
        if endpoints.userinfo is None or is_complete(claims):
            return claims
        told = self._transport.document(endpoints.userinfo, access_token)
        if told.get("sub") != claims["sub"]:  # OpenID Connect Core 1.0, 5.3.2: then it is about somebody else
            raise TokenRefused("userinfo_sub")
        return {**claims, **told}


def _refused(error: str | None) -> SignInOver | TokenRefused:
    """A code that is not valid any more is nobody's fault; everything else is for the operator to look at."""
    if error == "invalid_grant":
        return SignInOver()
    return TokenRefused(f"token_{error}" if error in MISCONFIGURED else "token_error")
