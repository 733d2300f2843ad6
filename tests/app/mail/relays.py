# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Real SMTP servers for the tests: they take messages, ask for encryption and passwords, refuse, and let one wait."""

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Event
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.app.accounts.oidc.certificates import Certificates
from tests.ports import free_port

USER, PASSWORD = "selbstcheck", "ein langes Passwort"


@dataclass
class Got:
    """One message as it arrived."""

    sender: str
    recipients: list[str]
    raw: bytes
    encrypted: bool
    user: str
    greeted_as: str

    @property
    def message(self) -> EmailMessage:
        return cast(EmailMessage, message_from_bytes(self.raw, policy=default))

    @property
    def text(self) -> str:
        return str(self.message.get_content()).replace("\r\n", "\n")


@dataclass
class Postbox:
    """What arrived, and how the server behaves: replies by address, a wait before it takes a message."""

    got: list[Got] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    refuses_sender: str = ""
    refuses_content: str = ""
    hangs_until: Event | None = None
    drops: int = 0
    sessions: set[int] = field(default_factory=set)
    port: int = 0

    @property
    def recipients(self) -> list[str]:
        return [one for got in self.got for one in got.recipients]

    async def handle_MAIL(  # noqa: N802  the name that aiosmtpd calls
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.sessions.add(id(session))
        if self.refuses_sender:
            return self.refuses_sender
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802  as above
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  as above
        while self.hangs_until and not self.hangs_until.is_set():
            await asyncio.sleep(0.01)
        if self.drops:
            self.drops -= 1
            server.transport.close()
            return "250 never read"
        if self.refuses_content:
            return self.refuses_content
        user = session.auth_data.login.decode() if session.auth_data else ""
        content = cast(bytes, envelope.content)
        sender, name = str(envelope.mail_from), str(session.host_name)
        self.got.append(Got(sender, list(envelope.rcpt_tos), content, session.ssl is not None, user, name))
        return "250 OK"


def _authenticate(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False, auth_data=data)


@contextmanager
def relay(
    *, starttls: Certificates | None = None, tls: Certificates | None = None, auth: bool = False, utf8: bool = True
) -> Iterator[Postbox]:
    """A server on this machine until the end of the block."""
    box = Postbox()
    box.port = free_port()
    controller = Controller(
        box,
        hostname="127.0.0.1",
        port=box.port,
        ssl_context=_context(tls),
        tls_context=_context(starttls),
        require_starttls=starttls is not None,
        authenticator=_authenticate if auth else None,
        auth_required=auth,
        auth_require_tls=starttls is not None,
        enable_SMTPUTF8=utf8,
    )
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def _context(certificates: Certificates | None) -> ssl.SSLContext | None:
    if certificates is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates.chain, certificates.key)
    return context


@contextmanager
def silent() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])
