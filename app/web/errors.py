# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""From an error to a page in plain language (U-18), or for htmx to a sentence in the live region.

One handler for the whole family. What was not expected becomes a 500 that tells nothing about the inside
(X-27); a database that does not answer becomes a 503 and says that nothing was saved.
"""

import logging
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from markupsafe import Markup
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import i18n
from app.errors import (
    AppError,
    Forbidden,
    Invalid,
    NotFound,
    Offer,
    Problem,
    QuestionnaireGone,
    TooLarge,
    TooMany,
    Unavailable,
)
from app.web.htmx import is_htmx, status_only
from app.web.logging import log, record
from app.web.templating import language_of, render_page
from app.web.urls import route_template
from questionnaires.library import BrokenQuestionnaireError, UnknownQuestionnaireError

_BY_STATUS: dict[int, type[AppError]] = {
    403: Forbidden,
    404: NotFound,
    405: NotFound,
    413: TooLarge,
    422: Invalid,
    503: Unavailable,
}
_STATUS_TEXT = Markup('<span class="failed"><strong>{}.</strong> {} {}</span>')


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What ``errors/error.html`` shows; the id of the check only where the offer leads to its pages."""

    status: int
    title: str
    text: str
    help: str
    offer: Offer
    problems: tuple[Problem, ...]
    response_id: str = ""


def error_response(request: Request, error: AppError) -> Response:
    """The page, or the sentence for htmx, that tells this error."""
    translate = i18n.translations(language_of(request)).gettext
    record(error.key, level=_severity(error), route=route_template(request), status=error.status)
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, TooMany) else {}
    title, text, help_text = translate(error.title), translate(error.text), translate(error.help)
    if is_htmx(request):
        return status_only(request, _STATUS_TEXT.format(title, text, help_text), error.status, **headers)
    problems = error.problems if isinstance(error, Invalid) else ()
    offer, response_id = _offer(request, error)
    page = ErrorPage(error.status, title, text, help_text, offer, problems, response_id)
    return render_page(request, "errors/error.html", page, status=error.status, headers=headers)


def _offer(request: Request, error: AppError) -> tuple[Offer, str]:
    """What is offered, and the check it is about: who was told that it is submitted has proved access to it."""
    response_id = str(request.path_params.get("response_id", ""))
    if error.offer != "submitted":
        return error.offer, ""
    return ("submitted", response_id) if response_id else ("back", "")


def _severity(error: AppError) -> int:
    return logging.ERROR if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR else logging.INFO


def install(app: FastAPI) -> None:
    """Handlers for what routes and dependencies raise; the rest is caught by ``FailureMiddleware``."""
    app.add_exception_handler(AppError, _on_app_error)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(RequestValidationError, _on_malformed)
    for unavailable in (OperationalError, InterfaceError, PoolTimeout):
        app.add_exception_handler(unavailable, _on_database_error)
    for gone in (UnknownQuestionnaireError, BrokenQuestionnaireError):
        app.add_exception_handler(gone, _on_questionnaire_gone)


async def _on_app_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, AppError)  # noqa: S101  registered for this class only
    return error_response(request, error)


async def _on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  registered for this class only
    return error_response(request, _BY_STATUS.get(error.status_code, _bad_request(error.status_code))())


def _bad_request(status: int) -> type[AppError]:
    return Invalid if status < HTTPStatus.INTERNAL_SERVER_ERROR else AppError


async def _on_malformed(request: Request, _error: Exception) -> Response:
    return error_response(request, Invalid())


async def _on_database_error(request: Request, error: Exception) -> Response:
    log.error("database", exc_info=error)
    refused = isinstance(error, DBAPIError) and "read" in str(error.orig) and "only" in str(error.orig)
    # A GET that tried to write is our mistake and not the database's absence.
    return error_response(request, AppError() if refused else Unavailable())


async def _on_questionnaire_gone(request: Request, _error: Exception) -> Response:
    return error_response(request, QuestionnaireGone())


class FailureMiddleware:
    """Turns anything unexpected into a 500 page, inside the middlewares that add headers and log."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def send_and_note(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, send_and_note)
        except Exception as error:
            log.exception("unexpected")
            if started:
                raise
            known = error if isinstance(error, AppError) else AppError()
            await error_response(Request(scope), known)(scope, receive, send)
