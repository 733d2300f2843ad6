# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Signing in through the operator's own OpenID provider (X-17): the conversation with it, and what its tokens say.

What comes of it for accounts and sessions is in ``app.accounts.actions.oidc``. Authlib is an extra of this package:
only ``open_provider`` imports it, and only where an instance has a provider.
"""

from typing import TYPE_CHECKING

from app.settings import Settings, SettingsError

if TYPE_CHECKING:
    from app.accounts.oidc.provider import Provider


NAME = "OpenID"
"""What a provider is called to which the operator gave no name."""


def name_of(settings: Settings) -> str:
    """What the provider is called on the pages; empty if there is none."""
    return (settings.oidc_name.strip() or NAME) if settings.has_oidc else ""


def open_provider(settings: Settings) -> "Provider | None":
    """The provider of this instance, if it has one; nothing is asked of it yet (it may be away when we start).

    ``SettingsError`` where the extra is not installed, or the operator's own certificates cannot be read.
    """
    if not settings.has_oidc:
        return None
    try:
        from app.accounts.oidc.provider import Provider
        from app.accounts.oidc.transport import Transport
    except ModuleNotFoundError as missing:
        raise SettingsError(f"SELBSTCHECK_OIDC_ISSUER: braucht das Paket selbstcheck[oidc] ({missing.name})") from None
    try:
        return Provider(settings, Transport(settings.ca_file))
    except OSError:
        raise SettingsError("SELBSTCHECK_CA_FILE: keine lesbare Datei mit Zertifikaten (PEM)") from None
