# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses as proxies write them: with a port, in brackets, or as IPv4 inside IPv6."""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address

_WITH_PORT = re.compile(r"\[(?P<bracketed>[^\]]*)\](?::\d+)?|(?P<plain>[^:]*):\d+")


def address_of(hop: str) -> IPv4Address | IPv6Address | None:
    """The address in `192.0.2.1`, `192.0.2.1:4711`, `[2001:db8::1]:4711` or `::ffff:192.0.2.1`, None if there is none.

    A dual-stack socket shows an IPv4 peer inside IPv6; it is the same peer.
    """
    written = hop.strip()
    if found := _WITH_PORT.fullmatch(written):
        written = found["bracketed"] or found["plain"] or ""
    try:
        parsed = ip_address(written)
    except ValueError:
        return None
    return (parsed.ipv4_mapped or parsed) if isinstance(parsed, IPv6Address) else parsed
