# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be sent: whom to ask what, and what a colleague proposes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.errors import Problem
from app.fields import name_problem, one_line
from app.i18n import N_
from app.responses.typed import CHOICES, REASON_LENGTH, Typed, typed_from
from questionnaires.definition import Item

MESSAGE_LENGTH = 500
PROPOSED_NOTE_LENGTH = 1500
"""Shorter than a note may be: it has to fit into one, with a name, and with what stands there already."""
MOST_ITEMS = 40


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
    names = (
        name_problem("asked", asked, N_("Bitte schreiben Sie, wen Sie fragen.")),
        name_problem("asker", asker),
    )
    problems = [problem for problem in names if problem]
    if len(message) > MESSAGE_LENGTH:
        problems.append(Problem("message", N_("Ihre Nachricht ist zu lang. Bitte kürzen Sie sie auf 500 Zeichen.")))
    if not chosen:
        problems.append(Problem("items", N_("Bitte wählen Sie mindestens eine Frage aus.")))
    if len(chosen) > MOST_ITEMS:
        problems.append(Problem("items", N_("Das sind zu viele Fragen auf einmal. Bitte wählen Sie höchstens 40.")))
    return Asking(asked, asker, message, chosen, tuple(problems))


def read_proposing(fields: Mapping[str, str], items: Mapping[str, Item], *, notes: bool = True) -> Proposing:
    """What a colleague chose, with a name; `items` by id are still open to them, `notes`: whether any are asked."""
    proposer = one_line(fields.get("proposer", ""))
    typed = {item_id: _typed(item_id, fields, notes) for item_id in items}
    problems = [problem for item_id, item in items.items() for problem in _problems(item, typed[item_id])]
    missing = N_("Bitte schreiben Sie Ihren Namen. Er steht bei Ihrem Vorschlag.")
    if problem := name_problem("proposer", proposer, missing):
        problems.insert(0, problem)
    if not problems and not any(one.answer for one in typed.values()):
        problems.append(
            Problem(field_of(next(iter(items))), N_("Bitte wählen Sie bei mindestens einer Frage eine Antwort."))
        )
    return Proposing(proposer, typed, tuple(problems))


def field_of(item_id: str) -> str:
    """The id of a question's first radio button."""
    return "q-" + item_id.replace(".", "-")


def proposal_field(delegation_id: str, item_id: str) -> str:
    """The id of a proposal on the page where it is decided on."""
    return f"proposal-{delegation_id}-{item_id.replace('.', '-')}"


def _typed(item_id: str, fields: Mapping[str, str], notes: bool) -> Typed:
    asked = ("answer", "reason", "note") if notes else ("answer", "reason")
    own = {name: fields.get(f"{item_id}.{name}", "") for name in asked}
    return typed_from(own)


def _problems(item: Item, typed: Typed) -> Sequence[Problem]:
    field, problems = field_of(item.id), []
    if typed.answer not in CHOICES or (typed.answer == "not_applicable" and not item.allow_not_applicable):
        problems.append(Problem(field, N_("Bitte wählen Sie eine der Antworten.")))
    if typed.answer == "not_applicable" and not typed.reason:
        problems.append(Problem(f"{field}-reason", N_("Bitte schreiben Sie, warum die Frage nicht zutrifft.")))
    if len(typed.reason) > REASON_LENGTH:
        problems.append(Problem(f"{field}-reason", N_("Der Grund ist zu lang. Bitte kürzen Sie ihn auf 500 Zeichen.")))
    if len(typed.note) > PROPOSED_NOTE_LENGTH:
        problems.append(Problem(f"{field}-note", N_("Die Notiz ist zu lang. Bitte kürzen Sie sie auf 1500 Zeichen.")))
    return problems
