# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Berlin's time, also around midnight and when clocks change."""

from datetime import UTC, date, datetime

from app.clock import BERLIN, Clock, fixed


def test_today_is_berlins_today() -> None:
    assert fixed(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)).today() == date(2026, 7, 2)
    assert fixed(datetime(2026, 1, 1, 22, 30, tzinfo=UTC)).today() == date(2026, 1, 1)


def test_the_system_clock_is_aware_and_in_berlin() -> None:
    assert Clock().now().tzinfo is BERLIN
