# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages with which people are invited and reminded by mail: the overview, one group's addresses, the letter."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

from app.errors import Problem
from app.i18n.formats import long_date
from app.mail.addresses import first_address
from app.mail.faults import page_words
from app.mail.message import clean_subject, wrapped
from app.rounds.letters import PLACEHOLDERS, LetterText, Occasion, default_text, filled, with_footer
from app.rounds.queries.inviting import InvitedGroup, Inviting
from app.rounds.queries.mailing import Contact, Invited, MailGroup, Mailing
from app.rounds.views.dashboard import State, state_of
from app.tokens import grouped


@dataclass(frozen=True, slots=True)
class Post:
    """What letters need beside the round: who sends, the address of a way in, where data protection is explained."""

    contact: Contact
    link: Callable[[str], str]
    privacy: str
    address_days: int
    sender: str
    sends: bool


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
    """The overview. `queued`: so many messages were just put on their way; `copies`: without a mail server."""

    mailing: Mailing
    state: State
    sends: bool
    address_days: int
    failed: tuple[FailedAddress, ...]
    reminded_today: bool
    copies: tuple[CopyLetter, ...] = ()
    queued: int | None = None
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


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter as it will arrive in one group."""

    group: str
    number: int
    text: LetterText


@dataclass(frozen=True)
class LetterPage:
    """The form for a letter, or with `previews` what will arrive. `number`: to how many it goes."""

    mailing: Mailing
    occasion: Occasion
    text: LetterText
    state: State
    number: int
    sender: str
    reply_to: str
    previews: tuple[Preview, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def round(self) -> Inviting:
        return self.mailing.round

    @property
    def placeholders(self) -> tuple[str, ...]:
        return PLACEHOLDERS


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


def letter_page(found: Mailing, post: Post, occasion: Occasion, text: LetterText | None, today: date) -> LetterPage:
    return LetterPage(
        mailing=found,
        occasion=occasion,
        text=text or default_text(occasion, found.round.mode, found.message),
        state=state_at(found, today),
        number=found.addresses if occasion == "reminder" else found.uninvited,
        sender=post.sender,
        reply_to=reply_to(found, post.contact),
    )


def previews_of(found: Mailing, post: Post, occasion: Occasion, text: LetterText) -> tuple[Preview, ...]:
    """For each group that gets mail, what arrives there; for the first group where there are no addresses yet."""
    letters = letters_for(found, post, occasion, text)
    numbers = {group.id: group.addresses if occasion == "reminder" else group.uninvited for group in found.groups}
    chosen = [group for group in found.groups if numbers[group.id]] or list(found.groups[:1])
    return tuple(Preview(group.title, numbers[group.id], _arrived(letters[group.id])) for group in chosen)


def letters_for(found: Mailing, post: Post, occasion: Occasion, text: LetterText) -> dict[str, LetterText]:
    """The letter of each group, complete: all of a group get the same (N-03)."""
    name = found.round.municipality_name
    footed = {"municipality": name, "days": post.address_days, "privacy": post.privacy}
    return {
        group.id: with_footer(filled(text, _values(found, post, group)), occasion, **footed)  # type: ignore[arg-type]
        for group in found.round.groups
    }


def reply_to(found: Mailing, contact: Contact) -> str:
    """Where answers go: the address in the round's contact, else that of whoever sends."""
    return first_address(found.round.contact) or contact.email


def state_at(found: Mailing, today: date) -> State:
    return state_of(found.round.status, found.round.opens_on, found.round.closes_on, today)


def _values(found: Mailing, post: Post, group: InvitedGroup) -> dict[str, str]:
    return {
        "kommune": found.round.municipality_name,
        "titel": found.round.title,
        "link": post.link(group.link),
        "code": grouped(group.link),
        "bis": long_date(found.round.closes_on),
        "kontakt": found.round.contact or f"{post.contact.name}, {post.contact.email}",
    }


def _copies(found: Mailing, post: Post) -> tuple[CopyLetter, ...]:
    text = default_text("invitation", found.round.mode, found.message)
    return tuple(CopyLetter(group.title, filled(text, _values(found, post, group))) for group in found.round.groups)


def _arrived(text: LetterText) -> LetterText:
    return LetterText(clean_subject(text.subject), wrapped(text.body))
