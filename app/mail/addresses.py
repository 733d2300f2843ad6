# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an e-mail address is, as far as mail can be sent to it. Whether it exists only shows when something is sent.

Pragmatic: no quoted local parts, no comments, no addresses of machines; names with umlauts are possible. Nothing that
passes here can begin a second header or a second recipient.
"""

import re

LONGEST = 254
LONGEST_LOCAL = 64
_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
_LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
_ADDRESS = re.compile(rf"(?P<local>{_ATOM}(?:\.{_ATOM})*)@(?P<domain>(?:{_LABEL}\.)+(?!\d+\Z){_LABEL})")
_NAMED = re.compile(r"[^<>]*<\s*(?P<address>[^<>\s]+)\s*>")
# The codec of the standard library follows the older rules, under which these letters name another domain.
_AMBIGUOUS = frozenset("ßẞς")


def is_address(text: str) -> bool:
    """Whether mail can be sent to this."""
    found = _ADDRESS.fullmatch(text)
    if found is None or len(text) > LONGEST or len(found["local"]) > LONGEST_LOCAL:
        return False
    return _ascii_domain(found["domain"]) is not None


def address_key(address: str) -> str:
    """An address as it is compared: whatever the size of its letters, and no two spellings of ß are one."""
    return address.strip().lower()


def domain_of(address: str) -> str:
    """What stands behind the @."""
    return address.rpartition("@")[2]


def bare_address(typed: str) -> str:
    """The address alone: of „Ada Beispiel <ada@kommune.de>“, of „mailto:ada@kommune.de“, or as it was typed."""
    named = _NAMED.fullmatch(typed.strip())
    return (named["address"] if named else typed.strip()).removeprefix("mailto:")


def first_address(text: str) -> str:
    """The first address in a text that people wrote, empty where there is none."""
    words = (word.strip(".,:;()[]<>") for word in text.split())
    return next((bare for word in words if is_address(bare := bare_address(word))), "")


def wire_address(address: str) -> str:
    """The address as relays know it: its domain in ASCII. `ValueError` for what is no address."""
    if not is_address(address):
        raise ValueError("no e-mail address")
    local, _, domain = address.rpartition("@")
    return f"{local}@{_ascii_domain(domain)}"


def _ascii_domain(domain: str) -> str | None:
    if _AMBIGUOUS & set(domain):
        return None
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return None
