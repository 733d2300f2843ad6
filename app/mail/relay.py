# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The operator's relay: one connection for as many messages as are due (N-01).

TLS is always verified, and nothing falls back to less than what was set up (X-21). What the relay says of a recipient
or of a message is final when it says 5xx; whatever it says of us (connection, sign-in, sender) is tried again, as one
wrong password must not lose all that waits.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Literal, Self
from urllib.parse import urlsplit

from app.mail.addresses import domain_of
from app.mail.faults import fault_of
from app.mail.message import Letter, compose, sender_of
from app.settings import Settings

OK, CLOSING, PERMANENT = 250, 421, 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a message. `is_away`: other messages would fare no better now. `said` is never kept."""

    kind: Literal["sent", "later", "never"]
    fault: str = ""
    is_away: bool = False
    said: str = field(default="", repr=False)


class _RelayError(Exception):
    """The relay, and not this message."""

    def __init__(self, key: str, code: int | None = None, said: bytes | str = b"") -> None:
        super().__init__(key)
        self.outcome = Outcome("later", fault_of(key, code, said), is_away=True, said=_text(said))


class Relay:
    """Connects when the first message comes, and lets go at the end of the block."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self._let_go()

    def send(self, letter: Letter, now: datetime) -> Outcome:
        """Hand one message over; never raises for what the relay does."""
        try:
            with _relay_errors():
                return self._send(letter, now)
        except _RelayError as error:
            self._let_go()
            return error.outcome

    def _send(self, letter: Letter, now: datetime) -> Outcome:
        try:
            sender = sender_of(self._settings.mail_from)
        except ValueError:
            raise _RelayError("sender_address") from None
        try:
            message = compose(letter, self._settings.mail_from, now)
        except ValueError:
            return Outcome("never", fault_of("address"))
        connection = self._connected()
        try:
            connection.send_message(message, sender.addr_spec, [message["To"].addresses[0].addr_spec])
        except smtplib.SMTPRecipientsRefused as refused:
            ((code, said),) = refused.recipients.values()
            return _refused("recipient", code, said)
        except smtplib.SMTPDataError as refused:
            return _refused("content", refused.smtp_code, refused.smtp_error)
        except smtplib.SMTPNotSupportedError:
            return Outcome("never", fault_of("address"))
        return Outcome("sent")

    def _connected(self) -> smtplib.SMTP:
        """The connection; a new one where the relay has closed the old one meanwhile."""
        if self._connection is not None and not _is_alive(self._connection):
            self._let_go()
        if self._connection is None:
            self._connection = self._open()
        return self._connection

    def _open(self) -> smtplib.SMTP:
        found = self._settings
        if found.smtp_user and found.smtp_security == "none":
            raise _RelayError("plain")
        connection = self._reach()
        try:
            if found.smtp_security == "starttls":
                _start_tls(connection, self._trust())
            if found.smtp_user:
                _sign_in(connection, found.smtp_user, found.smtp_password.get_secret_value())
        except BaseException:
            connection.close()
            raise
        return connection

    def _reach(self) -> smtplib.SMTP:
        found = self._settings
        name = urlsplit(found.public_url).hostname or domain_of(sender_of(found.mail_from).addr_spec)
        place = (found.smtp_host, found.smtp_port, name, found.smtp_timeout)
        if found.smtp_security == "tls":
            return smtplib.SMTP_SSL(*place[:3], timeout=place[3], context=self._trust())
        return smtplib.SMTP(*place)

    def _trust(self) -> ssl.SSLContext:
        """Whom to believe: the system's authorities and, beside them, the operator's own."""
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if self._settings.ca_file:
            try:
                context.load_verify_locations(self._settings.ca_file)
            except OSError:
                raise _RelayError("ca_file") from None
        return context

    def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            connection.quit()
        except OSError:
            connection.close()


def _start_tls(connection: smtplib.SMTP, context: ssl.SSLContext) -> None:
    try:
        connection.starttls(context=context)
    except smtplib.SMTPNotSupportedError:
        raise _RelayError("starttls") from None
    except smtplib.SMTPResponseException as refused:
        raise _RelayError("starttls", refused.smtp_code, refused.smtp_error) from None


def _sign_in(connection: smtplib.SMTP, user: str, password: str) -> None:
    try:
        connection.login(user, password)
    except smtplib.SMTPResponseException as refused:
        raise _RelayError("auth", refused.smtp_code, refused.smtp_error) from None
    except (smtplib.SMTPServerDisconnected, TimeoutError):
        raise
    except (smtplib.SMTPException, UnicodeError):
        raise _RelayError("auth") from None


def _is_alive(connection: smtplib.SMTP) -> bool:
    try:
        return connection.noop()[0] == OK
    except OSError:
        return False


def _refused(key: str, code: int, said: bytes | str) -> Outcome:
    # 421: the relay ends the whole conversation.
    if code == CLOSING:
        raise _RelayError("closed", code, said)
    return Outcome("never" if code >= PERMANENT else "later", fault_of(key, code, said), said=_text(said))


@contextmanager
def _relay_errors() -> Iterator[None]:
    """What can happen between us and the relay, by the first kind that fits: most of them are kinds of OSError."""
    try:
        yield
    except smtplib.SMTPSenderRefused as refused:
        raise _RelayError("sender", refused.smtp_code, refused.smtp_error) from None
    except smtplib.SMTPResponseException as refused:
        raise _RelayError("reply", refused.smtp_code, refused.smtp_error) from None
    except OSError as error:
        # A reply that does not come is told as a connection that was closed.
        cause = error.__context__ if isinstance(error.__context__, TimeoutError) else error
        raise _RelayError(next(key for kind, key in _KINDS if isinstance(cause, kind))) from None


_KINDS: tuple[tuple[type[OSError], str], ...] = (
    (ssl.SSLCertVerificationError, "certificate"),
    (ssl.SSLError, "tls"),
    (TimeoutError, "timeout"),
    (smtplib.SMTPException, "closed"),
    (ConnectionResetError, "closed"),
    (BrokenPipeError, "closed"),
    (OSError, "connect"),
)


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
