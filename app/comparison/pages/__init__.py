# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of a comparison: for those a round was released to, by link, and for moderation."""

from fastapi import APIRouter

from app.comparison.pages import own, reviewing, shared

router = APIRouter()
router.include_router(own.router)
router.include_router(shared.router)
router.include_router(reviewing.router)
