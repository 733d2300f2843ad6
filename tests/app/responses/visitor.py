# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A person with a browser: starts a check, reads its pages, posts its forms, with and without htmx."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from httpx2 import Client, Response

from app.tokens import CODE_LENGTH
from tests.markup import Markup

COOKIE, PLAIN_COOKIE = "__Host-selbstcheck", "selbstcheck"
Fields = Mapping[str, str]
Changes = Mapping[str, Fields]


class Visitor:
    """One browser with its cookie; `id` and `code` belong to the check opened last."""

    def __init__(self, client: Client, identifier: str = "", code: str = "") -> None:
        self.client = client
        self.id, self.code = identifier, code

    @property
    def known(self) -> tuple[str, str]:
        """Id and code of the check opened last."""
        return self.id, self.code

    def start(self, kind: str = "kleine_stadt_gemeinde", **fields: str) -> "Visitor":
        """Begin a check and remember its id and code."""
        answer = self.client.post("/start", data={"municipality_type": kind, **fields})
        assert answer.status_code == 303, answer.text
        return self.opened(answer)

    def opened(self, answer: Response) -> "Visitor":
        """Take over the check that this redirect leads to."""
        assert answer.status_code == 303, answer.text
        found = re.fullmatch(r"/check/([0-9a-f]{32})/", answer.headers["location"])
        assert found, answer.headers["location"]
        self.id, self.code = found[1], self.codes[0]
        return self

    @property
    def codes(self) -> list[str]:
        """The codes in the cookie, newest first."""
        held = self.client.cookies.get(COOKIE) or self.client.cookies.get(PLAIN_COOKIE) or ""
        return [code for code in held.strip('"').split(".") if len(code) == CODE_LENGTH]

    def address(self, rest: str = "") -> str:
        return f"/check/{self.id}/{rest}"

    def get(self, rest: str = "", status: int = 200) -> Markup:
        """A page of the check."""
        answer = self.client.get(self.address(rest))
        assert answer.status_code == status, (rest, answer.status_code, answer.text[:500])
        return Markup(answer.text)

    def post(self, rest: str, data: Fields | None = None, **options: Any) -> Response:
        """Post to an address of the check."""
        return self.client.post(self.address(rest), data=dict(data or {}), **options)

    def section(
        self, section_id: str = "E1", *, changes: Changes = MappingProxyType({}), page: Markup | None = None
    ) -> Response:
        """Post a section's form with changes by item, with „Speichern“."""
        values = form_of(page or self.get(f"abschnitt/{section_id}"))
        for item, fields in changes.items():
            values |= named(item, fields)
        return self.post(f"abschnitt/{section_id}", values)

    def going_on(self, section_id: str = "E1", *, changes: Changes = MappingProxyType({})) -> Response:
        """The same with „Weiter“."""
        values = form_of(self.get(f"abschnitt/{section_id}")) | {"weiter": "next"}
        for item, fields in changes.items():
            values |= named(item, fields)
        return self.post(f"abschnitt/{section_id}", values)

    def answer(self, item: str, page: Markup | None = None, **fields: str) -> Response:
        """Change one question as htmx does: only its own fields and the page's id are sent."""
        section_id = item.split(".")[0]
        values = form_of(page or self.get(f"abschnitt/{section_id}"))
        own = {name: value for name, value in values.items() if name == "page" or name.startswith(f"{item}.")}
        return self.post(f"frage/{item}", own | named(item, fields), headers={"hx-request": "true"})

    def kept(self, item: str) -> Fields:
        """What the section's page shows for a question."""
        values = form_of(self.get(f"abschnitt/{item.split('.')[0]}"))
        return {name.removeprefix(f"{item}."): value for name, value in values.items() if name.startswith(f"{item}.")}

    def kept_closed(self, item: str) -> str:
        """The choice that a submitted check shows for a question; its fields are disabled and never sent."""
        page = self.get(f"abschnitt/{item.split('.')[0]}")
        options = page.all("input", type="radio", name=f"{item}.answer")
        return next((o.attributes["value"] for o in options if "checked" in o.attributes), "")


def form_of(page: Markup) -> dict[str, str]:
    """The values in the one form of a section's page."""
    (form,) = [form for form in page.forms if "/abschnitt/" in form.action]
    return form.values()


def named(item: str, fields: Fields) -> dict[str, str]:
    """Field names of one question."""
    return {f"{item}.{name}": value for name, value in fields.items()}
