# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a message looks: plain, one recipient, short lines, whole links, and nothing typed becomes a header."""

from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clock import BERLIN
from app.mail.addresses import is_address
from app.mail.message import LONGEST_LINE, WIDTH, Letter, clean_subject, compose, sender_of, wrapped

NOW = datetime(2026, 11, 22, 10, 42, tzinfo=BERLIN)
FROM = "selbstcheck@kommune.de"
HEADERS = {
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
}
LINK = "https://selbstcheck.kommune.de/mitmachen/ABCDEFGHJKMN"


def arrived(message: EmailMessage) -> EmailMessage:
    """What a receiver reads of it."""
    return cast(EmailMessage, message_from_bytes(message.as_bytes(), policy=default))


def written(**values: str) -> EmailMessage:
    letter = {"id": "abc", "recipient": "ada@stadt.de", "subject": "Betreff", "body": "Text", "reply_to": "r@stadt.de"}
    return compose(Letter(**(letter | values)), FROM, NOW)


def test_every_header_once_and_no_other() -> None:
    message = arrived(written(subject="Grüße aus Köln"))
    assert sorted(message.keys()) == sorted(HEADERS)
    assert message["from"] == FROM
    assert message["to"] == "ada@stadt.de"
    assert message["reply-to"] == "r@stadt.de"
    assert message["subject"] == "Grüße aus Köln"
    assert message["date"].datetime == NOW
    assert message["message-id"] == "<abc@kommune.de>"
    assert message["auto-submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"
    assert message.get_content_charset() == "utf-8"
    assert not message.is_multipart()


def test_without_reply_to_there_is_no_such_header() -> None:
    assert "reply-to" not in arrived(written(reply_to=""))


@pytest.mark.parametrize("body", ["Nur ASCII", "Mit Umlauten: äöü", "شكرا جزيلا لكم", "🙂 mit Bild"])
def test_text_arrives_and_is_never_base64(body: str) -> None:
    message = written(body=body)
    assert arrived(message).get_content().strip() == body
    assert message["Content-Transfer-Encoding"] in {"7bit", "quoted-printable"}


@given(
    recipient=st.text() | st.from_regex(r"\Aa@b\.de[\r\n]*(Bcc: c@d\.de)?\Z"),
    subject=st.text() | st.from_regex(r"\A\w*[\r\n]+(Bcc|To): x@y\.de[\r\n]*\w*\Z"),
    body=st.text() | st.from_regex(r"\A[\r\n]*(Bcc: c@d\.de)?[\r\n]+\.[\r\n]+\w*\Z"),
    reply_to=st.text() | st.just("") | st.from_regex(r"\Aa@b\.de[\r\n]+(Bcc: c@d\.de)?\Z"),
)
def test_nothing_typed_becomes_a_header(recipient: str, subject: str, body: str, reply_to: str) -> None:
    """X-07: whatever is typed, either there is no message or exactly our headers, each once."""
    valid = is_address(recipient) and (not reply_to or is_address(reply_to))
    try:
        message = written(recipient=recipient, subject=subject, body=body, reply_to=reply_to)
    except ValueError:
        assert not valid
        return
    raw = message.as_bytes(policy=SMTP.clone(utf8=True))
    head, _, _ = raw.partition(b"\r\n\r\n")
    names = [line.partition(b":")[0] for line in head.split(b"\r\n") if not line.startswith((b" ", b"\t"))]
    assert sorted(names) == sorted(name.encode() for name in HEADERS - ({"Reply-To"} if not reply_to else set()))
    assert b"\n" not in head.replace(b"\r\n", b"")
    assert b"\r" not in head.replace(b"\r\n", b"")


@given(st.text(), st.text(alphabet="ab \n-•*ü:/.", max_size=600))
def test_no_line_is_too_long(one: str, two: str) -> None:
    for line in wrapped(one + two).split("\n"):
        assert len(line) <= LONGEST_LINE or "://" in line


@given(st.lists(st.sampled_from(["Wort", "ein", LINK, "\n", "sehr-lange-Wörter-mit-Strichen", "(" + LINK + ")"])))
def test_links_stay_whole(words: list[str]) -> None:
    text = wrapped(" ".join(words))
    assert text.count(LINK) == sum(LINK in word for word in words)


def test_words_are_kept_in_order() -> None:
    text = "Bitte beantworten Sie die Fragen bis zum 29. November. " * 5
    assert wrapped(text).split() == text.split()
    assert max(len(line) for line in wrapped(text).split("\n")) <= WIDTH


def test_a_link_at_the_end_of_a_line_goes_below_it() -> None:
    assert wrapped(f"Bitte öffnen Sie diese Adresse hier: {LINK}.") == (
        f"Bitte öffnen Sie diese Adresse hier:\n{LINK}.\n"
    )


def test_a_list_keeps_its_shape() -> None:
    text = "- " + "Wort " * 20 + "\n- kurz"
    first, second, third = wrapped(text).rstrip("\n").split("\n")
    assert first.startswith("- Wort")
    assert second.startswith("  Wort")
    assert third == "- kurz"


def test_short_lines_and_empty_ones_stay_as_they_are() -> None:
    assert wrapped("Guten Tag,\n\neins\nzwei\n\n\n") == "Guten Tag,\n\neins\nzwei\n"


def test_a_link_arrives_in_one_line_even_if_it_is_long() -> None:
    link = "https://selbstcheck.eine-sehr-lange-adresse-einer-verbandsgemeinde.de/selbstcheck/mitmachen/ABCDEFGHJKMN"
    for words in ("Hier: ", "Hier für Sie: "):
        assert link in arrived(written(body=words + link)).get_content().split()


def test_a_subject_is_one_line() -> None:
    assert clean_subject("Einladung\r\nBcc: eva@stadt.de\u2028x\u202e") == "Einladung Bcc: eva@stadt.de x"
    assert len(clean_subject("x" * 300)) == 200


@pytest.mark.parametrize(
    ("setting", "shown"),
    [
        (FROM, FROM),
        (f"<{FROM}>", FROM),
        (f"Stadt Belm <{FROM}>", f"Stadt Belm <{FROM}>"),
        (f'"Belm, Stadt" <{FROM}>', f'"Belm, Stadt" <{FROM}>'),
    ],
)
def test_the_sender_may_have_a_name(setting: str, shown: str) -> None:
    assert str(sender_of(setting)) == shown
