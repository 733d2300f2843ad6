# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages with which a coordinator invites: links and codes of all groups, a poster, slips to cut."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.errors import Problem
from app.rounds.qr import Qr, qr_of
from app.rounds.queries.inviting import InvitedGroup, Inviting
from app.tokens import grouped

SLIPS_A_SHEET = 8


@dataclass(frozen=True, slots=True)
class GroupWays:
    """The ways into one group: its link with a QR code, and how many codes were made."""

    group: InvitedGroup
    address: str
    qr: Qr


@dataclass(frozen=True, slots=True)
class InvitePage:
    """All groups. `typed` and `problems` belong to the group whose form was sent."""

    round: Inviting
    ways: tuple[GroupWays, ...]
    code_address: str
    sent_for: str = ""
    typed: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class PosterPage:
    """One group on one sheet, to hang up."""

    round: Inviting
    group: InvitedGroup
    address: str
    code: str
    code_address: str
    qr: Qr


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip: the code as people read it, and the address that leads there at once."""

    code: str
    qr: Qr


@dataclass(frozen=True, slots=True)
class SlipsPage:
    """New codes, shown once. `codes` is all of them as one text, for the table that is made of this page."""

    round: Inviting
    group: InvitedGroup
    sheets: tuple[tuple[Slip, ...], ...]
    codes: str = field(repr=False)
    code_address: str
    closes_on: date

    @property
    def count(self) -> int:
        return sum(len(sheet) for sheet in self.sheets)


def invite_page(found: Inviting, code_address: str, address_of: Callable[[str], str]) -> InvitePage:
    """`address_of` makes the full address of a way in."""
    ways = tuple(_ways(group, address_of) for group in found.groups)
    return InvitePage(found, ways, code_address)


def poster_page(
    found: Inviting, group: InvitedGroup, code_address: str, address_of: Callable[[str], str]
) -> PosterPage:
    ways = _ways(group, address_of)
    return PosterPage(found, group, ways.address, grouped(group.link), code_address, ways.qr)


def slips_page(
    found: Inviting,
    group: InvitedGroup,
    codes: Sequence[str],
    code_address: str,
    address_of: Callable[[str], str],
) -> SlipsPage:
    """Eight slips a sheet."""
    slips = [Slip(grouped(code), qr_of(address_of(code))) for code in codes]
    sheets = tuple(tuple(slips[at : at + SLIPS_A_SHEET]) for at in range(0, len(slips), SLIPS_A_SHEET))
    return SlipsPage(found, group, sheets, " ".join(codes), code_address, found.closes_on)


def addresses_of(codes: Sequence[str], address_of: Callable[[str], str]) -> Mapping[str, str]:
    """The full address of each code."""
    return {code: address_of(code) for code in codes}


def _ways(group: InvitedGroup, address_of: Callable[[str], str]) -> GroupWays:
    address = address_of(group.link)
    return GroupWays(group, address, qr_of(address))
