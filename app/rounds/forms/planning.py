# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be sent to plan a round, one reading a step: values, or problems with the sentence beside the field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.errors import Problem
from app.fields import one_line, plain
from app.i18n import N_
from app.i18n.formats import numeric_date
from app.rounds.plans import (
    CONTACT_LENGTH,
    LEAST_N_MIN,
    LONGEST_DAYS,
    MESSAGE_LENGTH,
    MOST_N_MIN,
    MOST_RAW_MONTHS,
    TITLE_LENGTH,
    Address,
    Basics,
    Mode,
    Protection,
    default_period,
)
from questionnaires.origins import Edition

YEARS = range(2000, 2101)
_MODES: Mapping[str, Mode] = {"anonym": "anonym", "named": "named"}


@dataclass(frozen=True, slots=True)
class BasicsValues:
    """The fields of the first step as they were typed; `form` is `id@version`."""

    title: str = ""
    form: str = ""
    opens_on: str = ""
    closes_on: str = ""


@dataclass(frozen=True, slots=True)
class ProtectionValues:
    """The fields of „Schutz“ as they were typed; `comments` is `yes` or `no`."""

    mode: str = ""
    n_min: str = ""
    comments: str = ""
    raw_months: str = ""


@dataclass(frozen=True, slots=True)
class AddressValues:
    """The fields of „Worte“ as they were typed."""

    contact: str = ""
    message: str = ""


def basics_from(fields: Mapping[str, str]) -> BasicsValues:
    return BasicsValues(**{name: one_line(fields.get(name, "")) for name in BasicsValues.__slots__})


def new_values(today: date, form: str = "") -> BasicsValues:
    """The fields of a new round: four weeks from today on."""
    opens_on, closes_on = default_period(today)
    return BasicsValues("", form, numeric_date(opens_on), numeric_date(closes_on))


def protection_from(fields: Mapping[str, str]) -> ProtectionValues:
    return ProtectionValues(**{name: one_line(fields.get(name, "")) for name in ProtectionValues.__slots__})


def address_from(fields: Mapping[str, str]) -> AddressValues:
    return AddressValues(one_line(fields.get("contact", "")), plain(fields.get("message", "")))


def basics_values(basics: Basics) -> BasicsValues:
    """The fields that show this."""
    return BasicsValues(basics.title, str(basics.form), numeric_date(basics.opens_on), numeric_date(basics.closes_on))


def protection_values(protection: Protection) -> ProtectionValues:
    """The fields that show this."""
    comments = "yes" if protection.asks_comments else "no"
    return ProtectionValues(protection.mode, str(protection.n_min), comments, str(protection.raw_months))


def read_basics(values: BasicsValues, editions: Iterable[Edition]) -> Basics | tuple[Problem, ...]:
    """Title, one of the questionnaires offered, and a period of at most a year."""
    form = {str(edition): edition for edition in editions}.get(values.form)
    opens, closes = read_day("opens_on", values.opens_on), read_day("closes_on", values.closes_on)
    problems = [
        _title_problem(values.title),
        None if form else Problem("form", N_("Bitte wählen Sie einen Fragebogen.")),
        *(day if isinstance(day, Problem) else None for day in (opens, closes)),
    ]
    if isinstance(opens, date) and isinstance(closes, date):
        problems.append(_period_problem(opens, closes))
    found = tuple(problem for problem in problems if problem)
    if found or form is None or isinstance(opens, Problem) or isinstance(closes, Problem):
        return found
    return Basics(values.title, form, opens, closes)


def read_protection(values: ProtectionValues) -> Protection | tuple[Problem, ...]:
    """Mode, least number, whether notes are asked, and months."""
    mode = _MODES.get(values.mode)
    n_min = _number(values.n_min, LEAST_N_MIN, MOST_N_MIN)
    months = _number(values.raw_months, 1, MOST_RAW_MONTHS)
    problems = [
        None if mode else Problem("mode", N_("Bitte wählen Sie, wie geantwortet wird.")),
        None if n_min else Problem("n_min", N_("Bitte schreiben Sie eine Zahl von 3 bis 50.")),
        None if values.comments in {"yes", "no"} else Problem("comments", N_("Bitte wählen Sie Ja oder Nein.")),
        None if months else Problem("raw_months", N_("Bitte schreiben Sie eine Zahl von 1 bis 60.")),
    ]
    found = tuple(problem for problem in problems if problem)
    if found or mode is None or n_min is None or months is None:
        return found
    return Protection(mode, n_min, values.comments == "yes", months)


def read_address(values: AddressValues) -> Address | tuple[Problem, ...]:
    """Whom people can ask, and what the coordinator tells them; both may be empty."""
    problems = []
    if len(values.contact) > CONTACT_LENGTH:
        problems.append(Problem("contact", N_("Das ist zu lang. Bitte kürzen Sie es auf 200 Zeichen.")))
    if len(values.message) > MESSAGE_LENGTH:
        problems.append(Problem("message", N_("Der Text ist zu lang. Bitte kürzen Sie ihn auf 1000 Zeichen.")))
    return tuple(problems) or Address(values.contact, values.message)


def read_targets(fields: Mapping[str, str], sections: Iterable[str]) -> dict[str, int] | tuple[Problem, ...]:
    """A level 1 to 4 for each section; `target-<section>`."""
    levels = {section: _number(fields.get(f"target-{section}", ""), 1, 4) for section in sections}
    found = {section: level for section, level in levels.items() if level}
    if len(found) == len(levels):
        return found
    missing = (section for section in levels if section not in found)
    return tuple(Problem(f"target-{section}", N_("Bitte wählen Sie eine Stufe von 1 bis 4.")) for section in missing)


def read_day(field: str, typed: str) -> date | Problem:
    """A day as people write it or as a date field sends it."""
    try:
        found = _day(typed)
        if found.year in YEARS:  # months are counted on from there, so the end of the calendar is no day of ours
            return found
    except (ValueError, OverflowError):
        pass
    return Problem(field, N_("Bitte schreiben Sie das Datum so: 31.12.2026."))


def _day(typed: str) -> date:
    if "." not in typed:
        return date.fromisoformat(typed)
    day, month, year = (int(part) for part in typed.split("."))
    return date(year + 2000 if year < 100 else year, month, day)


def _title_problem(title: str) -> Problem | None:
    if not title:
        return Problem("title", N_("Bitte geben Sie dem Durchgang einen Titel."))
    if len(title) > TITLE_LENGTH:
        return Problem("title", N_("Der Titel ist zu lang. Bitte kürzen Sie ihn auf 120 Zeichen."))
    return None


def _period_problem(opens: date, closes: date) -> Problem | None:
    if closes < opens:
        return Problem("closes_on", N_("Der letzte Tag liegt vor dem ersten. Bitte prüfen Sie beide."))
    if (closes - opens).days > LONGEST_DAYS:
        return Problem("closes_on", N_("Ein Durchgang dauert höchstens ein Jahr. Bitte prüfen Sie die Jahreszahl."))
    return None


def _number(typed: str, least: int, most: int) -> int | None:
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0
    return number if least <= number <= most else None
