# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one route for static files."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.web.assets import Assets

router = APIRouter()


@router.get("/static/{version}/{path:path}")
async def static_file(request: Request, version: str, path: str) -> Response:
    """A file from memory: async, because nothing here waits."""
    assets: Assets = request.app.state.assets
    return assets.respond(request, version, path)
