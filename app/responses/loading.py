# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every page of a check loads first: the response of a proved scope and its questionnaire."""

from datetime import date
from functools import cached_property
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session

from app import tokens
from app.clock import Clock
from app.db import Db
from app.errors import NotFound
from app.permissions import Scope
from app.responses.queries import ResponseState, load_response
from app.responses.views.frame import Frame, frame_of
from app.responses.views.pages import Deadlines, deadlines_of
from app.settings import Settings
from app.web.access import EditScope
from app.web.templating import language_of
from questionnaires.definition import Questionnaire
from questionnaires.library import Library


class Check:
    """One check with its questionnaire, in the reader's language.

    It is read when it is first asked for, which saves a thread of its own: a route that changes something asks
    before.
    """

    def __init__(self, request: Request, scope: Scope, db: Session) -> None:
        self.scope = scope
        self.settings: Settings = request.app.state.settings
        self._request, self._db = request, db

    @cached_property
    def state(self) -> ResponseState:
        """What is kept of it; nobody else changes it while a route does."""
        return load_response(self._db, self.scope, row=self._request.state.response_row)

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """The version it was started with, in the reader's language: for showing."""
        return definition_of(self._request, self.state)

    @property
    def definition(self) -> Questionnaire:
        """The same in German: what is kept or handed out must not depend on who reads (rule M13)."""
        library: Library = self._request.app.state.library
        return library.get(self.state.questionnaire_id, self.state.questionnaire_version)

    @property
    def code(self) -> str | None:
        """The code as people read it; known only where this browser's cookie holds it."""
        return tokens.grouped(self.scope.code) if self.scope.code else None

    @property
    def today(self) -> date:
        clock: Clock = self._request.app.state.clock
        return clock.today()

    @property
    def frame(self) -> Frame:
        """The head of every page of this check."""
        return frame_of(self.state, self.questionnaire, self.code, self.today)

    def require_own(self) -> "Check":
        """For pages that only a check on its own has: `NotFound` for a response of a round."""
        if self.state.round is not None:
            raise NotFound
        return self

    @property
    def deadlines(self) -> Deadlines:
        """How long this check is kept."""
        return deadlines_of(self.state, self.settings.draft_days, self.settings.submitted_months)


def definition_of(request: Request, state: ResponseState) -> Questionnaire:
    """The version this response was started with, never another (rule M10)."""
    library: Library = request.app.state.library
    return library.in_language(state.questionnaire_id, state.questionnaire_version, language_of(request))


async def _check(request: Request, scope: EditScope, db: Db) -> Check:
    return Check(request, scope, db)


CheckOf = Annotated[Check, Depends(_check, scope="function")]
