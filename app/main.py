# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The whole app, assembled in one place. Nothing is created when this module is imported."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware

from app.accounts import pages as accounts
from app.accounts.oidc import open_provider
from app.accounts.pages import needed
from app.accounts.passwords import Passwords
from app.clarifications import pages as clarifications
from app.clock import Clock
from app.comparison import pages as comparison
from app.db import Database
from app.glossary import pages as glossary
from app.mail import pages as mail
from app.mail.sender import Sender
from app.municipalities import pages as municipalities
from app.operations import health
from app.operations import pages as operations
from app.practices import pages as practices
from app.responses import pages as responses
from app.results import pages as results
from app.rounds import pages as rounds
from app.settings import Settings, load
from app.web import errors, language, static
from app.web.assets import Assets
from app.web.bodies import BodyLimitMiddleware, HeadMiddleware
from app.web.csrf import CsrfMiddleware
from app.web.headers import HeadersMiddleware
from app.web.limits import Limits
from app.web.logging import LogMiddleware, log, set_up
from app.web.proxy import ProxyMiddleware
from app.web.templating import Templates
from app.web.touch import SessionTouchMiddleware
from app.web.urls import Places, Urls
from app.welcome import pages as welcome
from questionnaires.library import BrokenQuestionnaireError, Library
from questionnaires.own import open_library

# In the order they are tried: what people wait for most comes first.
PAGES = (
    responses,
    rounds,
    results,
    comparison,
    static,
    welcome,
    accounts,
    municipalities,
    mail,
    clarifications,
    practices,
    glossary,
    operations,
    language,
    health,
)
ROUTERS = tuple(feature.router for feature in PAGES)


def create_app(settings: Settings, *, clock: Clock | None = None, library: Library | None = None) -> FastAPI:
    """An app for these settings; raises ``SettingsError`` if production is asked for and not possible.

    Tests bring a clock that stands still and a library that is read once for all of them.
    """
    settings.ready()
    app = FastAPI(
        title="Selbstcheck Weltoffene Kommune",
        openapi_url=None,
        redirect_slashes=False,  # it would answer with the Host header the client sent
        lifespan=_lifespan,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    for router in ROUTERS:
        app.include_router(router)
    _provide(app, settings, clock or Clock(), library or open_library(settings.questionnaires_dir))
    _wrap(app, settings)
    errors.install(app)
    needed.install(app)
    return app


def _provide(app: FastAPI, settings: Settings, clock: Clock, library: Library) -> None:
    state = app.state
    state.settings, state.clock = settings, clock
    state.database = Database(settings.database_url)
    state.limits = Limits(settings)
    state.passwords = Passwords(settings.breached_passwords_file)
    state.oidc = open_provider(settings)
    state.library = library
    state.assets = Assets()
    state.urls = Urls(settings.root_path, app.url_path_for)
    state.places = Places(settings.root_path, app.routes)
    state.templates = Templates(settings, state.assets, state.urls)


def _wrap(app: FastAPI, settings: Settings) -> None:
    """Middlewares from the inside out: each sees what the ones below it in this list made of the request."""
    app.add_middleware(CsrfMiddleware)
    app.add_middleware(BodyLimitMiddleware)
    app.add_middleware(HeadMiddleware)
    app.add_middleware(errors.FailureMiddleware)
    app.add_middleware(SessionTouchMiddleware)
    app.add_middleware(GZipMiddleware, minimum_size=800, compresslevel=3)
    app.add_middleware(LogMiddleware)
    app.add_middleware(HeadersMiddleware, hsts_seconds=settings.hsts_seconds)
    app.add_middleware(ProxyMiddleware, settings=settings)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    library: Library = app.state.library
    for finding in library.refused:
        log.error("own questionnaire refused: %s", finding)
    for edition in library.editions():
        # Read before the first person asks; it takes about a second. A broken one is named and left out.
        try:
            library.get(edition.id, edition.version)
        except BrokenQuestionnaireError as error:
            log.error("questionnaire %s: %s", edition, error)
    # Everything made so far lives as long as the process: the collector need not look at it again, which
    # takes the pauses out of the slowest requests.
    gc.collect()
    gc.freeze()
    sender = Sender(app.state.settings, app.state.clock) if app.state.settings.sends_mail else None
    if sender:
        sender.start()
    yield
    if sender:
        await run_in_threadpool(sender.stop)
    database: Database = app.state.database
    database.close()
    if app.state.oidc:
        app.state.oidc.close()


def from_environment() -> FastAPI:
    """For ``uvicorn --factory app.main:from_environment``."""
    settings = load()
    set_up(settings.log_level)
    return create_app(settings)
