# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""People who take part in a round, each with a browser of their own; and codes made for them."""

from collections.abc import Callable

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from app.rounds.actions.tickets import make_tickets
from tests.app.responses.visitor import Visitor
from tests.app.rounds.conftest import PlannedRound
from tests.markup import Form, Markup


class Participant(Visitor):
    """Somebody who was invited."""

    def look(self, entry: str, status: int = 200) -> Markup:
        """The page on which one decides whether to take part."""
        answer = self.client.get(f"/mitmachen/{entry}")
        assert answer.status_code == status, answer.text[:500]
        return Markup(answer.text)

    def form(self, entry: str) -> Form:
        """The form that begins it, with the code drawn for it."""
        (found,) = [form for form in self.look(entry).forms if form.action == f"/mitmachen/{entry}"]
        return found

    def send(self, form: Form, **typed: str) -> Response:
        return self.client.post(form.action, data=form.values(**typed))

    def join(self, entry: str, **typed: str) -> "Participant":
        """Look, begin, and remember id and code."""
        self.opened(self.send(self.form(entry), **typed))
        return self


def browser(app: FastAPI, client: TestClient) -> TestClient:
    """A browser without any cookie, on the same running app."""
    headers = {"sec-fetch-site": "same-origin"}
    other = TestClient(app, base_url="https://testserver", headers=headers, follow_redirects=False)
    other.portal = client.portal
    return other


def codes_for(app: FastAPI, found: PlannedRound, group: str, count: int) -> tuple[str, ...]:
    """New codes for one participation."""
    with app.state.database.writing() as db:
        return make_tickets(db, found.scope, found.groups[group], count, now=app.state.clock.now())


Arriving = Callable[[], Participant]
