# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one place that asks what time it is. Times are shown in Europe/Berlin; tests bring their own clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """Reads the time from ``source`` (aware, any zone) and gives it in Europe/Berlin."""

    source: Callable[[], datetime] = _utc_now

    def now(self) -> datetime:
        """Now, aware, in Europe/Berlin."""
        return self.source().astimezone(BERLIN)

    def today(self) -> date:
        """Today's date in Europe/Berlin: the only precision that is ever stored (lesson 15)."""
        return self.now().date()


def fixed(moment: datetime) -> Clock:
    """A clock that stands still at ``moment``; a naive moment is taken as Europe/Berlin."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=BERLIN)
    return Clock(lambda: aware)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, the month's last day where there is no such day."""
    month = day.month - 1 + months
    year, number = day.year + month // 12, month % 12 + 1
    following = date(year + number // 12, number % 12 + 1, 1)
    return min(date(year, number, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))
