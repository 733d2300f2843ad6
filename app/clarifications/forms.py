# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be sent: whom to ask what, and what a colleague proposes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.errors import Problem
from app.i18n import N_
from app.responses.typed import CHOICES, NOTE_LENGTH, REASON_LENGTH, Typed, one_line, typed_from
from questionnaires.definition import Item

NAME_LENGTH = 120
MESSAGE_LENGTH = 500
MOST_ITEMS = 40
_LONG_NAME = N_("Der Name ist zu lang. Bitte kürzen Sie ihn auf 120 Zeichen.")


@dataclass(frozen=True, slots=True)
class Asking:
    """A request as it was typed."""

    asked: str = ""
    asker: str = ""
    message: str = ""
    items: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposing:
    """Proposals as they were typed, by item id."""

    proposer: str
    typed: Mapping[str, Typed]
    problems: tuple[Problem, ...]


def read_asking(fields: Mapping[str, str], items: Sequence[str], known: Sequence[str]) -> Asking:
    """Whom to ask what; `items` are those that were ticked, `known` those that the check asks."""
    asked, asker = one_line(fields.get("asked", "")), one_line(fields.get("asker", ""))
    message = one_line(fields.get("message", ""))
    chosen = tuple(item for item in known if item in set(items))
    problems = []
    if not asked:
        problems.append(Problem("asked", N_("Bitte schreiben Sie, wen Sie fragen.")))
    if len(asked) > NAME_LENGTH:
        problems.append(Problem("asked", _LONG_NAME))
    if len(asker) > NAME_LENGTH:
        problems.append(Problem("asker", _LONG_NAME))
    if len(message) > MESSAGE_LENGTH:
        problems.append(Problem("message", N_("Ihre Nachricht ist zu lang. Bitte kürzen Sie sie auf 500 Zeichen.")))
    if not chosen:
        problems.append(Problem("items", N_("Bitte wählen Sie mindestens eine Frage aus.")))
    if len(chosen) > MOST_ITEMS:
        problems.append(Problem("items", N_("Das sind zu viele Fragen auf einmal. Bitte wählen Sie höchstens 40.")))
    return Asking(asked, asker, message, chosen, tuple(problems))


def read_proposing(fields: Mapping[str, str], items: Mapping[str, Item]) -> Proposing:
    """What a colleague chose, with a name; `items` by id are those that are still open to proposals."""
    proposer = one_line(fields.get("proposer", ""))
    typed = {item_id: _typed(item_id, fields) for item_id in items}
    problems = [problem for item_id, item in items.items() for problem in _problems(item, typed[item_id])]
    if not proposer:
        problems.insert(0, Problem("proposer", N_("Bitte schreiben Sie Ihren Namen. Er steht bei Ihrem Vorschlag.")))
    if len(proposer) > NAME_LENGTH:
        problems.insert(0, Problem("proposer", _LONG_NAME))
    if not problems and not any(one.answer for one in typed.values()):
        problems.append(
            Problem(field_of(next(iter(items))), N_("Bitte wählen Sie bei mindestens einer Frage eine Antwort."))
        )
    return Proposing(proposer, typed, tuple(problems))


def field_of(item_id: str) -> str:
    """The id of a question's first radio button."""
    return "q-" + item_id.replace(".", "-")


def _typed(item_id: str, fields: Mapping[str, str]) -> Typed:
    own = {name: fields.get(f"{item_id}.{name}", "") for name in ("answer", "reason", "note")}
    return typed_from(own)


def _problems(item: Item, typed: Typed) -> Sequence[Problem]:
    field, problems = field_of(item.id), []
    if typed.answer not in CHOICES or (typed.answer == "not_applicable" and not item.allow_not_applicable):
        problems.append(Problem(field, N_("Bitte wählen Sie eine der Antworten.")))
    if typed.answer == "not_applicable" and not typed.reason:
        problems.append(Problem(f"{field}-reason", N_("Bitte schreiben Sie, warum die Frage nicht zutrifft.")))
    if len(typed.reason) > REASON_LENGTH:
        problems.append(Problem(f"{field}-reason", N_("Der Grund ist zu lang. Bitte kürzen Sie ihn auf 500 Zeichen.")))
    if len(typed.note) > NOTE_LENGTH:
        problems.append(Problem(f"{field}-note", N_("Die Notiz ist zu lang. Bitte kürzen Sie sie auf 2000 Zeichen.")))
    return problems
