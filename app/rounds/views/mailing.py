# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages about mail to those who are invited: the overview, and one group's addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

from app.errors import Problem
from app.mail.faults import page_words
from app.rounds.letters import LetterText, filled
from app.rounds.queries.inviting import Inviting
from app.rounds.queries.mailing import Invited, MailGroup, Mailing
from app.rounds.views.dashboard import State
from app.rounds.views.letters import Post, state_at, text_of, values_of


@dataclass(frozen=True, slots=True)
class FailedAddress:
    """An address with the reason why mail to it came to nothing. `typed`: what stands in the field."""

    invited: Invited
    group: str
    reason: Problem
    typed: str


@dataclass(frozen=True, slots=True)
class CopyLetter:
    """A letter to be sent from somewhere else, and the link that opens it in one's own mail program."""

    group: str
    text: LetterText

    @property
    def mailto(self) -> str:
        return f"mailto:?subject={quote(self.text.subject)}&body={quote(self.text.body)}"


@dataclass(frozen=True)
class MailPage:
    """The overview. `queued`: so many messages were just put on their way; `is_kept`: a text was just kept;
    `copies`: without a mail server."""

    mailing: Mailing
    state: State
    sends: bool
    address_days: int
    failed: tuple[FailedAddress, ...]
    reminded_today: bool
    copies: tuple[CopyLetter, ...] = ()
    queued: int | None = None
    is_kept: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def round(self) -> Inviting:
        return self.mailing.round


@dataclass(frozen=True)
class AddressesPage:
    """One group's addresses and the form to add some. `new` and `known`: what the last form brought."""

    round: Inviting
    group: MailGroup
    addresses: tuple[Invited, ...] = field(repr=False)
    address_days: int
    typed: str = ""
    problems: tuple[Problem, ...] = ()
    new: int | None = None
    known: int = 0


def mail_page(found: Mailing, post: Post, today: date, typed: Mapping[str, str] | None = None) -> MailPage:
    """`typed` by the id of an address that is being mended."""
    titles = {group.id: group.title for group in found.groups}
    failed = (
        FailedAddress(
            one.invited,
            titles[one.invited.group_id],
            page_words(one.fault),
            (typed or {}).get(one.invited.id, one.invited.email),
        )
        for one in found.undelivered
    )
    return MailPage(
        mailing=found,
        state=state_at(found, today),
        sends=post.sends,
        address_days=post.address_days,
        failed=tuple(failed),
        reminded_today=found.reminded_on == today,
        copies=() if post.sends else _copies(found, post),
    )


def _copies(found: Mailing, post: Post) -> tuple[CopyLetter, ...]:
    text = text_of(found, "invitation")
    return tuple(CopyLetter(group.title, filled(text, values_of(found, post, group))) for group in found.round.groups)
