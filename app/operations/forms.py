# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the browser may send to report a barrier."""

from dataclasses import dataclass

from starlette.datastructures import FormData

from app.errors import Problem
from app.i18n import N_
from app.tables.barriers import CONTACT_LENGTH, DESCRIPTION_LENGTH, PAGE_LENGTH


@dataclass(frozen=True, slots=True)
class BarrierForm:
    """A reported barrier as typed, trimmed, line ends as the database keeps them."""

    page: str
    description: str
    contact: str

    def problems(self) -> tuple[Problem, ...]:
        """What keeps the report from being stored."""
        found = []
        if not self.description:
            found.append(Problem("description", N_("Beschreiben Sie, was nicht funktioniert.")))
        for field, message, limit in _LIMITS:
            if len(getattr(self, field)) > limit:
                found.append(Problem(field, message, {"limit": limit}))
        return tuple(found)


_LIMITS = (
    ("description", N_("Kürzen Sie „Was funktioniert nicht?“ auf höchstens {limit} Zeichen."), DESCRIPTION_LENGTH),
    ("page", N_("Kürzen Sie „Auf welcher Seite?“ auf höchstens {limit} Zeichen."), PAGE_LENGTH),
    ("contact", N_("Kürzen Sie „Wie erreichen wir Sie?“ auf höchstens {limit} Zeichen."), CONTACT_LENGTH),
)


def barrier_form(posted: FormData) -> BarrierForm:
    """The form from what was posted; unknown fields are ignored, missing ones are empty."""

    def text(name: str) -> str:
        value = posted.get(name)
        return value.replace("\r\n", "\n").replace("\x00", "").strip() if isinstance(value, str) else ""

    return BarrierForm(page=text("page"), description=text("description"), contact=text("contact"))
