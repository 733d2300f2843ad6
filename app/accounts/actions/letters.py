# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The letters of this feature: a way back in, and notices that something essential was changed (CON.10.A12).

In German, like everything that leaves this server by mail. They go to the address of the account and say what to do
if it was not the person themselves. Invitations are in ``inviting``.
"""

from datetime import datetime
from typing import Literal

from sqlmodel import Session

from app.accounts.actions.profile import EMAIL_CODE_MINUTES, RESET_MINUTES
from app.mail.actions import enqueue

Change = Literal["password", "email", "second_factor", "no_second_factor", "deleted", "disabled"]


def send_reset(db: Session, *, recipient: str, name: str, address: str, now: datetime) -> None:
    """The link to set a new password."""
    body = _RESET.format(name=name or recipient, address=address, minutes=RESET_MINUTES)

    enqueue(db, kind="reset", recipient=recipient, subject="Neues Passwort für den Selbstcheck", body=body, now=now)


def send_provider(db: Session, *, recipient: str, name: str, provider: str, address: str, now: datetime) -> None:
    """Who signs in elsewhere has no password here."""
    body = _PROVIDER.format(name=name or recipient, provider=provider, address=address)

    enqueue(db, kind="reset", recipient=recipient, subject="Ihre Anmeldung beim Selbstcheck", body=body, now=now)


def send_email_code(db: Session, *, recipient: str, name: str, code: str, now: datetime) -> None:
    """To the new address, before it counts."""
    body = _EMAIL_CODE.format(name=name or recipient, code=code, minutes=EMAIL_CODE_MINUTES)

    enqueue(db, kind="notice", recipient=recipient, subject="Code für Ihre neue E-Mail-Adresse", body=body, now=now)


def send_notice(db: Session, *, recipient: str, name: str, change: Change, contact: str, now: datetime) -> None:
    """Something essential about the account was changed."""
    whom = f" unter {contact}" if contact else ""
    body = _NOTICE.format(name=name or recipient, what=_CHANGES[change], whom=whom)

    enqueue(
        db, kind="notice", recipient=recipient, subject="Änderung an Ihrem Konto beim Selbstcheck", body=body, now=now
    )


_CHANGES: dict[Change, str] = {
    "password": "Das Passwort Ihres Kontos beim Selbstcheck Weltoffene Kommune wurde geändert.",
    "email": "Die E-Mail-Adresse Ihres Kontos beim Selbstcheck Weltoffene Kommune wurde geändert.",
    "second_factor": "Für Ihr Konto beim Selbstcheck Weltoffene Kommune wurde der zweite Schritt der Anmeldung neu "
    "eingerichtet.",
    "no_second_factor": "Für Ihr Konto beim Selbstcheck Weltoffene Kommune wurde der zweite Schritt der Anmeldung "
    "entfernt.",
    "deleted": "Ihr Konto beim Selbstcheck Weltoffene Kommune wurde gelöscht.",
    "disabled": "Ihr Konto beim Selbstcheck Weltoffene Kommune wurde gesperrt.",
}
_NOTICE = """\
Guten Tag {name},

{what}

Waren Sie das selbst oder wissen Sie davon? Dann brauchen Sie nichts zu tun.
Sonst melden Sie sich bitte gleich bei der Stelle{whom}, die den Selbstcheck betreibt.
"""
_RESET = """\
Guten Tag {name},

für Ihr Konto beim Selbstcheck Weltoffene Kommune wurde ein neues Passwort angefordert.
Öffnen Sie diese Adresse und legen Sie es fest:

{address}

Der Link gilt {minutes} Minuten und funktioniert einmal.
Sie haben das nicht angefordert? Dann brauchen Sie nichts zu tun. Ihr Passwort bleibt, wie es ist.
"""
_PROVIDER = """\
Guten Tag {name},

für Ihr Konto beim Selbstcheck Weltoffene Kommune wurde ein neues Passwort angefordert.
Sie melden sich dort über „{provider}“ an und haben deshalb hier kein eigenes Passwort:

{address}

Sie haben das nicht angefordert? Dann brauchen Sie nichts zu tun.
"""
_EMAIL_CODE = """\
Guten Tag {name},

Sie möchten diese Adresse für Ihr Konto beim Selbstcheck Weltoffene Kommune verwenden.
Geben Sie dafür diesen Code ein:

{code}

Er gilt {minutes} Minuten. Sie haben das nicht angefordert? Dann brauchen Sie nichts zu tun.
"""
