# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is typed from a sheet of paper: one sign for each question, and what stands beside it.

The signs are those printed on the sheet: a level, W for „weiß ich nicht“, N for „trifft auf uns nicht zu“.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import Problem
from app.fields import name_problem, one_line, plain
from app.i18n import N_
from app.responses.typed import NOTE_LENGTH, REASON_LENGTH, Choice, Typed
from questionnaires.definition import Item

SIGNS: Mapping[str, Choice] = {
    "": "",
    "0": "0",
    "1": "1",
    "2": "2",
    "3": "3",
    "4": "4",
    "w": "dont_know",
    "?": "dont_know",
    "n": "not_applicable",
    "-": "not_applicable",
}
"""What may be typed, small or large."""


@dataclass(frozen=True)
class Sheet:
    """A sheet as it was typed: answers by item id, the signs as they stand in the fields, and what is wrong."""

    typed: Mapping[str, Typed]
    signs: Mapping[str, str]
    person: str
    problems: tuple[Problem, ...]

    @property
    def answered(self) -> int:
        """How many questions got a sign."""
        return sum(bool(one.answer) for one in self.typed.values())


def field_of(item_id: str) -> str:
    """The name and id of a question's field; beside it stand `…-reason` and `…-note`."""
    return "p-" + item_id.replace(".", "-")


def read_sheet(items: Mapping[str, Item], fields: Mapping[str, str], *, named: bool) -> Sheet:
    """Everything on one sheet; `items` by the number that is printed there.

    In a named round it needs the name; an empty sheet is no sheet.
    """
    found = [(item, _read(item, number, fields)) for number, item in items.items()]
    person = one_line(fields.get("person", ""))
    problems = [problem for _, (_, _, problem) in found if problem]
    missing = N_("Bitte schreiben Sie den Namen, der auf dem Bogen steht.") if named else ""
    if problem := name_problem("person", person, missing):
        problems.insert(0, problem)
    typed = {item.id: one for item, (one, _, _) in found if not one.is_empty}
    if not problems and not any(one.answer for one in typed.values()):
        first = field_of(found[0][0].id) if found else "person"
        problems.append(Problem(first, N_("Der Bogen ist leer. Bitte tippen Sie mindestens eine Antwort ein.")))
    return Sheet(typed, {item.id: sign for item, (_, sign, _) in found}, person, tuple(problems))


def _read(item: Item, number: str, fields: Mapping[str, str]) -> tuple[Typed, str, Problem | None]:
    """One question: what is kept, the sign as it was typed, and what is wrong with it."""
    name = field_of(item.id)
    sign = one_line(fields.get(name, ""))
    choice = SIGNS.get(sign.lower())
    reason, note = one_line(fields.get(f"{name}-reason", "")), plain(fields.get(f"{name}-note", ""))
    typed = Typed(choice or "", reason if choice == "not_applicable" else "", note)
    return typed, sign, _problem(item, number, choice, reason, note)


def _problem(item: Item, number: str, choice: Choice | None, reason: str, note: str) -> Problem | None:
    name = field_of(item.id)
    if choice is None:
        return Problem(name, N_("Frage {number}: Hier passt nur 0, 1, 2, 3, 4, W, N oder nichts."), {"number": number})
    if choice == "not_applicable" and not item.allow_not_applicable:
        return Problem(
            name, N_("Frage {number}: „Trifft nicht zu“ gibt es bei dieser Frage nicht."), {"number": number}
        )
    if len(reason) > REASON_LENGTH:
        return Problem(f"{name}-reason", N_("Der Grund ist zu lang. Bitte kürzen Sie ihn auf 500 Zeichen."))
    if len(note) > NOTE_LENGTH:
        return Problem(f"{name}-note", N_("Die Notiz ist zu lang. Bitte kürzen Sie sie auf 2000 Zeichen."))
    return None
