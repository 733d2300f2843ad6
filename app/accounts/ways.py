# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""How people who are invited get in: what pages give to the actions, which know no addresses."""

from fastapi import Request

from app.accounts.actions.welcoming import Ways
from app.settings import Settings
from app.web.urls import absolute_url


def ways_of(request: Request, page: str, **parameters: str) -> Ways:
    """Addresses as people can open them, `page` by its route, and whether this instance sends mail."""
    settings: Settings = request.app.state.settings
    return Ways(
        link=lambda token: absolute_url(request, "invitation_form", link=token),
        page=absolute_url(request, page, **parameters),
        sends=settings.sends_mail,
    )
