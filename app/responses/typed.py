# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a person typed for one question, as it stands in the form and as it is kept.

The same words go both ways: a stored answer fills the fields, and the fields of an untouched question give
back exactly what filled them. `fingerprint` tells the two apart from a changed one.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.fields import one_line, plain
from app.i18n.formats import month_names
from questionnaires.answers import Answer, Budget, Carrier, DontKnow, Level, NotApplicable, Project

FIELDS = ("answer", "reason", "note", "carried_by", "project_until")
NOTE_LENGTH = 2000
REASON_LENGTH = 500
NUMERIC = re.compile(r"([0-9]{1,2})\s*[./-]\s*([0-9]{4})")
ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})")
NAMED = re.compile(r"([^\W\d_]{3,20})\.?\s+([0-9]{4})")

Choice = Literal["", "0", "1", "2", "3", "4", "dont_know", "not_applicable"]
CHOICES: tuple[Choice, ...] = ("", "0", "1", "2", "3", "4", "dont_know", "not_applicable")


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field of a question; `key` names the text that people read."""

    field: str
    key: Literal["reason_missing", "month_missing", "month_unreadable", "note_too_long", "reason_too_long", "unknown"]


@dataclass(frozen=True)
class Typed:
    """The five fields of a question, trimmed; empty strings where nothing stands.

    `project_until` is a month `YYYY-MM`, or the words that could not be read as one.
    """

    answer: str = ""
    reason: str = ""
    note: str = ""
    carried_by: str = ""
    project_until: str = ""

    @property
    def fingerprint(self) -> str:
        """Eight characters that are equal exactly when all fields are."""
        joined = "\x1f".join(getattr(self, name) for name in FIELDS)
        return hashlib.sha256(joined.encode()).hexdigest()[:8]

    @property
    def answered(self) -> Answer | None:
        """The answer the scoring sees: None where nothing was chosen (rule M1)."""
        if self.answer == "dont_know":
            return DontKnow()
        if self.answer == "not_applicable":
            return NotApplicable(self.reason)
        return Level(int(self.answer), self._carrier) if self.answer else None

    @property
    def _carrier(self) -> Carrier | None:
        """A project without a readable month says nothing yet, so it counts as no statement (rule M12)."""
        if self.carried_by == "budget":
            return Budget()
        if self.carried_by == "project" and ISO.fullmatch(self.project_until):
            return Project(self.project_until)
        return None

    @property
    def is_empty(self) -> bool:
        """Nothing chosen and nothing written."""
        return self == Typed()


def typed_from(fields: Mapping[str, str]) -> Typed:
    """Read the five fields of one question by name; missing ones are empty. Line ends become plain."""
    values = {name: (plain if name == "note" else one_line)(fields.get(name, "")) for name in FIELDS}
    month = values["project_until"] if values["carried_by"] == "project" else ""
    values["project_until"] = month_of(month) or month
    return Typed(**values)


def typed_of(answer: Answer | None, note: str = "") -> Typed:
    """The fields that show this answer."""
    note = plain(note)
    if isinstance(answer, DontKnow):
        return Typed("dont_know", note=note)
    if isinstance(answer, NotApplicable):
        return Typed("not_applicable", one_line(answer.reason), note)
    if answer is None:
        return Typed(note=note)
    carrier = answer.carried_by
    if isinstance(carrier, Project):
        return Typed(str(answer.level), "", note, "project", carrier.until)
    return Typed(str(answer.level), "", note, "budget" if carrier else "")


def typed_answers(answers: Mapping[str, Answer], notes: Mapping[str, str]) -> dict[str, Typed]:
    """The fields of all questions that have an answer or a note, by item id."""
    return {item: typed_of(answers.get(item), notes.get(item, "")) for item in sorted({*answers, *notes})}


def faults_of(typed: Typed, *, allow_not_applicable: bool) -> tuple[Fault, ...]:
    """What cannot be kept as it was typed. Missing words are no fault here, see `gaps_of`."""
    faults = []
    if typed.answer not in CHOICES or (typed.answer == "not_applicable" and not allow_not_applicable):
        faults.append(Fault("answer", "unknown"))
    if typed.carried_by not in {"", "budget", "project"}:
        faults.append(Fault("carried_by", "unknown"))
    if typed.carried_by == "project" and typed.project_until and not ISO.fullmatch(typed.project_until):
        faults.append(Fault("project_until", "month_unreadable"))
    if len(typed.note) > NOTE_LENGTH:
        faults.append(Fault("note", "note_too_long"))
    if len(typed.reason) > REASON_LENGTH:
        faults.append(Fault("reason", "reason_too_long"))
    return tuple(faults)


def gaps_of(typed: Typed) -> tuple[Fault, ...]:
    """What is kept but does not count yet: „trifft nicht zu“ without reason, a project without its month."""
    if typed.answer == "not_applicable" and not typed.reason:
        return (Fault("reason", "reason_missing"),)
    if typed.carried_by == "project" and not typed.project_until and typed.answer in {"1", "2", "3", "4"}:
        return (Fault("project_until", "month_missing"),)
    return ()


def month_of(words: str) -> str | None:
    """A month people wrote (`06.2027`, `6/2027`, `2027-06`, `Juni 2027`, `June 2027`) as `2027-06`, None if none.

    Names are known in every language of the interface, whatever language the page was in.
    """
    words = words.strip().lower()
    if match := ISO.fullmatch(words):
        return _month(match[1], match[2])
    if match := NUMERIC.fullmatch(words):
        return _month(match[2], match[1])
    if match := NAMED.fullmatch(words):
        number = next((n for name, n in month_names().items() if name.startswith(match[1])), 0)
        return _month(match[2], str(number))
    return None


def _month(year: str, month: str) -> str | None:
    plausible = 2000 <= int(year) <= 2100 and 1 <= int(month) <= 12
    return f"{int(year):04d}-{int(month):02d}" if plausible else None
