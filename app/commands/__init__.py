# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the console script `selbstcheck` can do, one module a subject; `app/cli.py` reads the words."""


class CommandError(Exception):
    """Invalid input: one line per finding, exit code 2, never a traceback."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines
