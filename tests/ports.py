# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ports for servers that must know theirs before they run, or come back on the same one."""

import socket
from secrets import SystemRandom

_OWN = range(20_000, 32_768)
"""Below the ports that Linux gives away by itself: those may be anybody's a moment later, tests run side by side."""


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses."""
    while True:
        port = SystemRandom().choice(_OWN)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
