# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""From checked claims to a person: address, name, and whether the sign-in counts as a second factor (O-20, X-15)."""

from collections.abc import Mapping, Set
from typing import Any

from app.accounts.oidc.claims import Identity
from app.tables.people import EMAIL_LENGTH, PERSON_LENGTH

ANY = "*"


def identity_of(claims: Mapping[str, Any], profile: Mapping[str, Any], second_factors: Set[str]) -> Identity:
    """Who signed in. ``claims`` are the ID token's; ``profile`` is what the provider says of the person."""
    return Identity(
        issuer=claims["iss"],
        subject=claims["sub"],
        sid=claims.get("sid"),
        email=_vouched_email(profile),
        name=_name(profile),
        is_second_factor=_is_second_factor(claims, second_factors),
    )


def is_complete(claims: Mapping[str, Any]) -> bool:
    """Whether the ID token says it all; otherwise the provider has to be asked for the rest."""
    return bool(claims.get("email")) and "email_verified" in claims and bool(_name(claims))


def _vouched_email(profile: Mapping[str, Any]) -> str:
    email = profile.get("email")
    # Some providers write their booleans as words.
    if profile.get("email_verified") not in (True, "true") or not isinstance(email, str):
        return ""
    email = email.strip()
    fits = len(email) <= EMAIL_LENGTH and email.isprintable() and 0 < email.find("@") < len(email) - 1
    return email if fits else ""


def _name(profile: Mapping[str, Any]) -> str:
    parts = " ".join(_word(profile, part) for part in ("given_name", "family_name"))
    return (_word(profile, "name") or parts.strip())[:PERSON_LENGTH].strip()


def _word(profile: Mapping[str, Any], name: str) -> str:
    value = profile.get(name)
    return " ".join(value.split()) if isinstance(value, str) and value.isprintable() else ""


def _is_second_factor(claims: Mapping[str, Any], second_factors: Set[str]) -> bool:
    methods = claims.get("amr")
    done = [claims.get("acr"), *(methods if isinstance(methods, list) else ())]
    return ANY in second_factors or any(isinstance(value, str) and value in second_factors for value in done)
