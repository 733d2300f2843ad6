# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""One message as it goes out: plain text to one recipient (N-03, N-04); nothing in it can become a header (X-07)."""

import re
import textwrap
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from app.mail.addresses import bare_address, domain_of, wire_address

WIDTH = 72
LONGEST_LINE = 78
"""No line is longer (N-06), but for a link that is: broken, it would lead nowhere."""
SUBJECT_LENGTH = 200
_PARTS_OF_LINE = re.compile(r"(?P<lead>[ ]*(?:[-–•*] )?)(?P<text>.*)")
_DIRECTIONS = frozenset(map(chr, (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))))


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent: `id` stays the same at every attempt, so that a receiver may see that it is the same."""

    id: str
    recipient: str = field(repr=False)
    subject: str
    body: str = field(repr=False)
    reply_to: str = ""


def compose(letter: Letter, mail_from: str, now: datetime) -> EmailMessage:
    """The message; `ValueError` where an address is none."""
    sender = sender_of(mail_from)
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = _address(wire_address(letter.recipient))
    if letter.reply_to:
        message["Reply-To"] = _address(wire_address(letter.reply_to))
    message["Subject"] = clean_subject(letter.subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{letter.id}@{domain_of(sender.addr_spec)}>"
    # RFC 3834: no answering machine replies to it.
    message["Auto-Submitted"] = "auto-generated"
    body = wrapped(letter.body)
    # Never base64, which some filters distrust; every relay takes the other two.
    message.set_content(body, charset="utf-8", cte="7bit" if body.isascii() else "quoted-printable")
    return message


def sender_of(mail_from: str) -> Address:
    """The sender as set up: an address, also one with a name in front; `ValueError` where it is none."""
    address = wire_address(bare_address(mail_from))
    name, bracket, _ = mail_from.partition("<")
    return _address(address, clean_subject(name).strip(' "') if bracket else "")


def clean_subject(text: str) -> str:
    """One line of what people type."""
    return " ".join(_typed(text).split())[:SUBJECT_LENGTH].rstrip()


def wrapped(text: str) -> str:
    """The text in lines of at most 72 characters, as it arrives; links stay in one piece."""
    lines = [part for line in _typed(text).split("\n") for part in _wrapped(line.rstrip())]
    return "\n".join(lines).strip("\n") + "\n"


def _wrapped(line: str) -> list[str]:
    if len(line) <= WIDTH:
        return [line]
    found = _PARTS_OF_LINE.fullmatch(line)
    lead = found["lead"] if found else ""
    rows = textwrap.wrap(
        line[len(lead) :],
        WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [piece for row in rows for piece in _pieces(row)]


def _pieces(row: str) -> list[str]:
    """A row that cannot be wrapped, cut, unless it is a link."""
    if len(row) <= LONGEST_LINE or "://" in row:
        return [row]
    return [row[at : at + WIDTH] for at in range(0, len(row), WIDTH)]


def _typed(text: str) -> str:
    """Without what no keyboard types: control characters, halves of characters, marks that turn the direction."""
    lines = "\n".join(text.splitlines()).replace("\t", " ")
    return "".join(one for one in lines if one == "\n" or (unicodedata.category(one) not in _UNTYPED)).translate(
        dict.fromkeys(map(ord, _DIRECTIONS))
    )


def _address(address: str, name: str = "") -> Address:
    local, _, domain = address.rpartition("@")
    return Address(name, local, domain)


_UNTYPED = frozenset({"Cc", "Cs"})
