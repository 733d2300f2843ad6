# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""How people who are invited get in: what the pages give to the actions, which know no addresses."""

from fastapi import Request

from app.municipalities.actions.inviting import Ways
from app.settings import Settings
from app.web.urls import absolute_url


def ways_of(request: Request) -> Ways:
    """Addresses as people can open them, and whether this instance sends mail."""
    settings: Settings = request.app.state.settings
    return Ways(
        link=lambda token: absolute_url(request, "invitation_form", link=token),
        page=lambda municipality_id: absolute_url(request, "municipality_home", municipality_id=municipality_id),
        sends=settings.sends_mail,
    )
