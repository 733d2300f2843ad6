# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of results: of a single check, and of a released round."""

from fastapi import APIRouter

from app.results.pages import checks, rounds

router = APIRouter()
router.include_router(checks.router)
router.include_router(rounds.router)
