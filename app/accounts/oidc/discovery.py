# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The provider's own description of itself (OpenID Connect Discovery 1.0), checked before any of it is used."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.accounts.oidc.faults import ProviderAway

WELL_KNOWN = "/.well-known/openid-configuration"
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures with a key that only the provider holds: neither none, nor HS256 with something everybody can read."""


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where the provider does what, and how it wants to be asked."""

    authorization: str
    token: str
    keys: str
    userinfo: str | None
    end_session: str | None
    client_auth: str
    """How the token endpoint wants the secret: client_secret_basic or client_secret_post."""
    algorithms: tuple[str, ...]
    names_issuer: bool
    """It says in each reply who it is (RFC 9207), so a reply that does not is not its own."""


def endpoints_of(document: Mapping[str, object], issuer: str) -> Endpoints:
    """What a discovery document says; ``ProviderAway`` with the reason if it cannot be used."""
    if document.get("issuer") != issuer:
        raise ProviderAway("discovery_issuer")
    return Endpoints(
        authorization=_required(document, "authorization_endpoint", issuer),
        token=_required(document, "token_endpoint", issuer),
        keys=_required(document, "jwks_uri", issuer),
        userinfo=_address(document, "userinfo_endpoint", issuer),
        end_session=_address(document, "end_session_endpoint", issuer),
        client_auth=_client_auth(document),
        algorithms=_algorithms(document),
        names_issuer=document.get("authorization_response_iss_parameter_supported") is True,
    )


def _required(document: Mapping[str, object], name: str, issuer: str) -> str:
    address = _address(document, name, issuer)
    if address is None:
        raise ProviderAway(f"discovery_{name}")
    return address


def _address(document: Mapping[str, object], name: str, issuer: str) -> str | None:
    """An address as safe as the issuer's own: https, unless somebody tries things out with an issuer on http."""
    address = document.get(name)
    if address is None:
        return None
    if not isinstance(address, str) or not address.isascii() or not address.isprintable() or " " in address:
        raise ProviderAway(f"discovery_{name}")
    parts = urlsplit(address)
    if parts.scheme not in {"https", urlsplit(issuer).scheme} or not parts.hostname:
        raise ProviderAway(f"discovery_{name}")
    return address


def _client_auth(document: Mapping[str, object]) -> str:
    offered = _words(document, "token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    for method in ("client_secret_basic", "client_secret_post"):
        if method in offered:
            return method
    raise ProviderAway("discovery_token_endpoint_auth_methods")


def _algorithms(document: Mapping[str, object]) -> tuple[str, ...]:
    offered = _words(document, "id_token_signing_alg_values_supported") or ["RS256"]
    usable = tuple(algorithm for algorithm in ALGORITHMS if algorithm in offered)
    if not usable:
        raise ProviderAway("discovery_id_token_signing_alg")
    return usable


def _words(document: Mapping[str, object], name: str) -> list[object]:
    found = document.get(name)
    return found if isinstance(found, list) else []
