# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The result pages of a released round: for those it was released to, and read only for those with the link."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.db import Db, DbRoute
from app.permissions import ReadingScope
from app.results.queries import Place, ResultContext, load_round_result, round_document
from app.results.rendering import render_result
from app.web.access import MayRead, SharedReading
from app.web.dependencies import LibraryOf
from app.web.limits import limits_of
from app.web.templating import language_of
from app.web.urls import url
from questionnaires.library import Library

router = APIRouter(route_class=DbRoute)


@router.get("/durchgang/{round_id}/ergebnis")
def round_result(request: Request, round_id: str, scope: MayRead, db: Db, library: LibraryOf) -> Response:
    """The overview of a round's result."""
    return _show(request, "", db, scope, library, _own_place(request, round_id))


@router.get("/durchgang/{round_id}/ergebnis/daten.json")
def round_data(request: Request, scope: MayRead, db: Db, library: LibraryOf) -> Response:
    """Everything published of a round, to be computed with."""
    return _data(request, db, scope, library)


@router.get("/durchgang/{round_id}/ergebnis/{page}")
def round_result_page(
    request: Request, round_id: str, page: str, scope: MayRead, db: Db, library: LibraryOf
) -> Response:
    """One of the other pages of a round's result."""
    return _show(request, page, db, scope, library, _own_place(request, round_id))


@router.get("/gemeinsam/{share}/ergebnis")
def shared_round_result(request: Request, share: str, scope: SharedReading, db: Db, library: LibraryOf) -> Response:
    """The overview through the link."""
    return _show(request, "", db, scope, library, _shared_place(request, share))


@router.get("/gemeinsam/{share}/ergebnis/daten.json")
def shared_round_data(request: Request, scope: SharedReading, db: Db, library: LibraryOf) -> Response:
    """Everything published of a round, through the link."""
    return _data(request, db, scope, library)


@router.get("/gemeinsam/{share}/ergebnis/{page}")
def shared_round_result_page(
    request: Request, share: str, page: str, scope: SharedReading, db: Db, library: LibraryOf
) -> Response:
    """One of the other pages through the link."""
    return _show(request, page, db, scope, library, _shared_place(request, share))


def _show(request: Request, page: str, db: Db, scope: ReadingScope, library: Library, place: Place) -> Response:
    def result_for(_month: str | None) -> ResultContext:  # a round has no scenario: its table knows nothing of money
        return load_round_result(db, scope, library, place)

    return render_result(request, page, result_for)


def _data(request: Request, db: Db, scope: ReadingScope, library: Library) -> Response:
    limits_of(request).count(request, "export")
    disposition = {"Content-Disposition": 'attachment; filename="durchgang.json"'}
    return Response(round_document(db, scope, library), media_type="application/json", headers=disposition)


def _own_place(request: Request, round_id: str) -> Place:
    return Place(
        url(request, "round_result", round_id=round_id),
        language=language_of(request),
        comparison_url=url(request, "comparison", round_id=round_id),
    )


def _shared_place(request: Request, share: str) -> Place:
    return Place(
        url(request, "shared_round_result", share=share),
        language=language_of(request),
        comparison_url=url(request, "shared_comparison", share=share),
    )
