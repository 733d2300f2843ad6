# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of this feature, one module a subject."""

from fastapi import APIRouter

from app.rounds.pages import (
    closing,
    inviting,
    joining,
    letters,
    listing,
    mailing,
    managing,
    opening,
    paper,
    planning,
    protecting,
)

router = APIRouter()
for room in (joining, listing, planning, protecting, opening, inviting, mailing, letters, managing, closing, paper):
    router.include_router(room.router)
