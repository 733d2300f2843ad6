# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The letter: its form, and what arrives in each group. What is shown and what is sent come from `letters_for`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.errors import Problem
from app.i18n.formats import long_date
from app.mail.addresses import first_address
from app.mail.message import clean_subject, wrapped
from app.rounds.letters import (
    IN_SUBJECT,
    PLACEHOLDERS,
    LetterText,
    Occasion,
    default_text,
    filled,
    fingerprint,
    with_footer,
)
from app.rounds.queries.inviting import InvitedGroup, Inviting
from app.rounds.queries.mailing import Contact, Mailing
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
class Preview:
    """A letter as it will arrive in one group."""

    group: str
    number: int
    text: LetterText


@dataclass(frozen=True)
class LetterPage:
    """The form for a letter, or with `previews` what will arrive. `number`: to how many it goes.

    `known`: what is kept, so that nobody's text is written over unseen; `other` is somebody's that was. `proposes`:
    the proposed text stands in the form in the place of a kept one.
    """

    mailing: Mailing
    occasion: Occasion
    text: LetterText
    state: State
    number: int
    sender: str
    reply_to: str
    known: str
    previews: tuple[Preview, ...] = ()
    problems: tuple[Problem, ...] = ()
    other: LetterText | None = None
    proposes: bool = False

    @property
    def round(self) -> Inviting:
        return self.mailing.round

    @property
    def is_own(self) -> bool:
        """Whether a text is kept that differs from the proposed one."""
        return self.occasion in self.mailing.letters

    @property
    def placeholders(self) -> tuple[str, ...]:
        return PLACEHOLDERS

    @property
    def in_subject(self) -> str:
        """The places that a subject may have."""
        return ", ".join(f"{{{name}}}" for name in IN_SUBJECT)


def letter_page(found: Mailing, post: Post, occasion: Occasion, text: LetterText | None, today: date) -> LetterPage:
    return LetterPage(
        mailing=found,
        occasion=occasion,
        text=text or text_of(found, occasion),
        state=state_at(found, today),
        number=found.addresses if occasion == "reminder" else found.uninvited,
        sender=post.sender,
        reply_to=reply_to(found, post.contact),
        known=fingerprint(found.letters.get(occasion)),
    )


def text_of(found: Mailing, occasion: Occasion) -> LetterText:
    """What is shown, copied and sent: the kept text, else the proposed one."""
    return found.letters.get(occasion) or proposed(found, occasion)


def proposed(found: Mailing, occasion: Occasion) -> LetterText:
    return default_text(occasion, found.round.mode, found.message)


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
        group.id: with_footer(filled(text, values_of(found, post, group)), occasion, **footed)  # type: ignore[arg-type]
        for group in found.round.groups
    }


def reply_to(found: Mailing, contact: Contact) -> str:
    """Where answers go: the address in the round's contact, else that of whoever sends."""
    return first_address(found.round.contact) or contact.email


def state_at(found: Mailing, today: date) -> State:
    return state_of(found.round.status, found.round.opens_on, found.round.closes_on, today)


def values_of(found: Mailing, post: Post, group: InvitedGroup) -> dict[str, str]:
    """What stands in the places of a letter to this group."""
    return {
        "kommune": found.round.municipality_name,
        "titel": found.round.title,
        "link": post.link(group.link),
        "code": grouped(group.link),
        "bis": long_date(found.round.closes_on),
        "kontakt": found.round.contact or f"{post.contact.name}, {post.contact.email}",
    }


def _arrived(text: LetterText) -> LetterText:
    return LetterText(clean_subject(text.subject), wrapped(text.body))
