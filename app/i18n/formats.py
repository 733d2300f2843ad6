# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Numbers, dates and times as German offices write them (U-25), and as other languages do.

Short dates are not used: Babel gives them a two-digit year.
"""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, lru_cache

from babel.dates import format_date, format_time, get_month_names
from babel.numbers import format_decimal, format_percent

from app.clock import BERLIN
from app.i18n.languages import SOURCE, available, tag

NBSP = "\u00a0"

_REGIONS = {"en": "en_GB"}
"""Where a language alone would be written as elsewhere: 5 November 2026 and 10:42, not November 5 and AM."""


@lru_cache(maxsize=2048)  # Babel takes longer than all else in a line
def number(value: float, digits: int = 0, language: str = "de") -> str:
    """``12345.6`` with one digit: ``12.345,6``."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(value, pattern, locale=_locale(language)))


@lru_cache(maxsize=512)
def percent(fraction: float, language: str = "de") -> str:
    """``0.25``: ``25 %`` with a no-break space."""
    return str(format_percent(fraction, locale=_locale(language)))


@lru_cache(maxsize=512)
def long_date(day: date, language: str = "de") -> str:
    """``5. November 2026``."""
    return str(format_date(day, "long", locale=_locale(language)))


@lru_cache(maxsize=512)
def numeric_date(day: date, language: str = "de") -> str:
    """``05.11.2026``."""
    return str(format_date(day, "medium", locale=_locale(language)))


@lru_cache(maxsize=512)
def month(year_month: str, language: str = "de") -> str:
    """``2027-06``: ``Juni 2027``."""
    return str(format_date(date.fromisoformat(f"{year_month}-01"), "LLLL yyyy", locale=_locale(language)))


@cache
def month_names() -> Mapping[str, int]:
    """The months by their names in every language there is, in small letters, German first."""
    named: dict[str, int] = {}
    for language in available():
        for number, name in get_month_names("wide", "stand-alone", locale=_locale(language)).items():
            named.setdefault(str(name).lower(), number)
    return named


def time_of_day(moment: datetime, language: str = "de") -> str:
    """``10:42 Uhr`` in Europe/Berlin; a naive moment is a programming error."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone cannot be shown")
    return _to_the_minute(moment.astimezone(BERLIN).replace(second=0, microsecond=0), language)


@lru_cache(maxsize=512)
def _to_the_minute(moment: datetime, language: str) -> str:
    shown = str(format_time(moment, "short", tzinfo=BERLIN, locale=_locale(language)))
    return f"{shown}{NBSP}Uhr" if tag(language) == SOURCE else shown


def date_and_time(moment: datetime, language: str = "de") -> str:
    """``5. November 2026, 10:42 Uhr`` in Europe/Berlin."""
    return f"{long_date(moment.astimezone(BERLIN).date(), language)}, {time_of_day(moment, language)}"


def _locale(language: str) -> str:
    """The locale whose formats a language of the interface uses."""
    name = tag(language).replace("-", "_")
    return _REGIONS.get(name, name)
