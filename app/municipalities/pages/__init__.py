# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of this feature."""

from fastapi import APIRouter

from app.municipalities.pages import adding, operating, own, people

router = APIRouter()
for part in (own, people, adding, operating):
    router.include_router(part.router)
