# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The choice of a language, from the header of every page."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app import i18n
from app.errors import Invalid
from app.web.bodies import Posted
from app.web.session import choose_language
from app.web.urls import Places

router = APIRouter()


@router.post("/sprache")
def switch_language(request: Request, posted: Posted) -> Response:
    """Keep the language and go back to where it was chosen, if that is a page of ours (X-05)."""
    language, back = str(posted.get("sprache", "")), str(posted.get("zurueck", ""))
    if language not in i18n.available():
        raise Invalid
    places: Places = request.app.state.places
    response = RedirectResponse(back if back in places else places.home, 303)
    choose_language(request, response, language)
    return response
