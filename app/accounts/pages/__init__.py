# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of this feature: the way in and out, links that work once, one's own account, and all accounts."""

from fastapi import APIRouter

from app.accounts.pages import administration, links, oidc, own_data, profile, second_factor, sessions, signing_in

router = APIRouter()
for room in (signing_in, oidc, sessions, second_factor, profile, own_data, links, administration):
    router.include_router(room.router)
