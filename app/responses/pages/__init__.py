# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of this feature: entering a check, answering it, finishing it, and its files."""

from fastapi import APIRouter

from app.responses.pages import answering, entering, files, finishing

router = APIRouter()
# Answering first: routes are tried in turn, and this is what people do all the time.
for room in (answering, entering, finishing, files):
    router.include_router(room.router)
