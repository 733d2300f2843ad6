# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The kinds of answer (rule M1) and the one way to read them: `parse(item, raw) -> Answer | Problem | None`.

The raw form is that of answer files: `0..4`, `"dont_know"`, `{"not_applicable": "reason"}` or
`{"level": 2, "carried_by": "budget" | {"project_until": "2027-06"}}`; `null` is a blank answer.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaires.definition import Item
from questionnaires.parts import LEVELS

MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Budget:
    """Carried by the regular budget (Haushalt)."""

    raw: str = "budget"


@dataclass(frozen=True)
class Project:
    """Carried by a project that ends with the month `until` (`YYYY-MM`, which sorts as text)."""

    until: str

    @property
    def raw(self) -> dict[str, str]:
        return {"project_until": self.until}


Carrier = Budget | Project


@dataclass(frozen=True)
class Level:
    """A level 0 to 4; `carried_by` None means that nothing was said about it (rule M12)."""

    level: int
    carried_by: Carrier | None = None

    @property
    def raw(self) -> object:
        if self.carried_by is None:
            return self.level
        return {"level": self.level, "carried_by": self.carried_by.raw}


@dataclass(frozen=True)
class DontKnow:
    """„Weiß ich nicht – bitte klären“: missing in the score, goes to the clarification list."""

    @property
    def raw(self) -> object:
        return "dont_know"


@dataclass(frozen=True)
class NotApplicable:
    """„Trifft auf uns nicht zu“; without a reason it is kept but counts as blank."""

    reason: str = ""

    @property
    def raw(self) -> object:
        return {"not_applicable": self.reason}

    @property
    def counts(self) -> bool:
        """M1: only with a reason does it leave numerator and denominator."""
        return bool(self.reason)


Answer = Level | DontKnow | NotApplicable


@dataclass(frozen=True)
class Problem:
    """Why a raw answer could not be read: a code for people's texts, and a plain English message."""

    code: str
    message: str


def parse(item: Item, raw: object) -> Answer | Problem | None:
    """Read one raw answer for `item`; None is blank, a `Problem` says what is wrong with it."""
    if raw is None:
        return None
    if isinstance(raw, int):
        return _level(raw)
    if raw == "dont_know":
        return DontKnow()
    if isinstance(raw, Mapping):
        return _mapping(item, raw)
    return Problem(
        "unknown-answer",
        f'{raw!r} is no answer: use 0 to 4, "dont_know", {{"not_applicable": …}} or {{"level": …}}',
    )


def _level(raw: object, carrier: Carrier | None = None) -> Answer | Problem:
    if isinstance(raw, bool) or not isinstance(raw, int) or raw not in LEVELS:
        return Problem("level-out-of-range", f"level {raw!r} is not a whole number from 0 to 4")
    return Level(raw, carrier)


def _mapping(item: Item, raw: Mapping[str, Any]) -> Answer | Problem:
    keys = set(raw)
    if keys == {"not_applicable"}:
        return _not_applicable(item, raw["not_applicable"])
    if "level" in keys and keys <= {"level", "carried_by"}:
        carrier = _carrier(raw.get("carried_by"))
        return carrier if isinstance(carrier, Problem) else _level(raw["level"], carrier)
    return Problem("unknown-answer", f"unknown keys in the answer: {', '.join(sorted(map(str, keys))) or 'none'}")


def _not_applicable(item: Item, reason: object) -> Answer | Problem:
    if not item.allow_not_applicable:
        return Problem("not-applicable-refused", "this question does not allow „not applicable“")
    if not isinstance(reason, str):
        return Problem("reason-not-text", "the reason of „not applicable“ must be a text")
    return NotApplicable(reason.strip())


def _carrier(raw: object) -> Carrier | Problem | None:
    if raw is None:
        return None
    if raw == "budget":
        return Budget()
    if isinstance(raw, Mapping) and set(raw) == {"project_until"}:
        until = raw["project_until"]
        if isinstance(until, str) and MONTH.fullmatch(until):
            return Project(until)
        return Problem("month-unreadable", f"{until!r} is not a month of the form 2027-06")
    return Problem("unknown-carrier", f'carried_by is {raw!r}: use "budget" or {{"project_until": "2027-06"}}')


ANSWER_KINDS: Mapping[str, Callable[..., Answer]] = {
    "level": Level,
    "dont_know": DontKnow,
    "not_applicable": NotApplicable,
}
"""Every kind of answer by its stored name; a test counts them."""
