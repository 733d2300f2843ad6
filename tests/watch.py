# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A clock for tests that stands still until it is moved."""

from datetime import UTC, datetime, timedelta


class Watch:
    """What time it is, as the test says."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 9, 42, tzinfo=UTC)

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)
