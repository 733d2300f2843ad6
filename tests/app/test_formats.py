# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Numbers, dates and times in German (U-25)."""

from datetime import UTC, date, datetime

import pytest

from app.i18n import negotiate
from app.i18n.formats import date_and_time, long_date, month, number, numeric_date, percent, time_of_day


def test_numbers() -> None:
    assert number(12345.67, 1) == "12.345,7"
    assert number(14071) == "14.071"
    assert number(2.5, 1) == "2,5"
    assert number(62.5) == "62"
    assert percent(0.25) == "25\u00a0%"


def test_dates() -> None:
    day = date(2026, 11, 5)
    assert long_date(day) == "5. November 2026"
    assert numeric_date(day) == "05.11.2026"
    assert month("2027-06") == "Juni 2027"


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2026, 11, 22, 9, 42, tzinfo=UTC), "10:42\u00a0Uhr"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "02:30\u00a0Uhr"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "02:30\u00a0Uhr"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "03:00\u00a0Uhr"),
    ],
)
def test_times_are_berlins_also_when_clocks_change(moment: datetime, shown: str) -> None:
    assert time_of_day(moment) == shown


def test_date_and_time_agree_around_midnight() -> None:
    assert date_and_time(datetime(2026, 11, 5, 23, 30, tzinfo=UTC)) == "6. November 2026, 00:30\u00a0Uhr"


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        time_of_day(datetime(2026, 11, 5, 10, 0))  # noqa: DTZ001  that is the point


@pytest.mark.parametrize("header", ["", "de", "fr-CH, it;q=0.9", "einfach", "*", ";;,,", "x" * 500])
def test_german_is_the_answer_to_every_wish_that_we_cannot_meet(header: str) -> None:
    assert negotiate(header) == "de"


@pytest.mark.parametrize("header", ["en", "en-GB, de;q=0.5", "fr, en-US;q=0.9"])
def test_english_is_what_english_readers_get(header: str) -> None:
    assert negotiate(header) == "en"


def test_english_dates_are_british() -> None:
    moment = datetime(2026, 11, 22, 13, 42, tzinfo=UTC)
    assert date_and_time(moment, "en") == "22 November 2026, 14:42"
    assert month("2027-06", "en") == "June 2027"
    assert number(12345.67, 1, "en") == "12,345.7"


def test_plain_german_is_written_like_german() -> None:
    moment = datetime(2026, 11, 22, 13, 42, tzinfo=UTC)
    assert date_and_time(moment, "einfach") == date_and_time(moment)
    assert number(12345.67, 1, "einfach") == "12.345,7"
