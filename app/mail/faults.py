# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why a message was not taken, in words. Kept is a key with the relay's code, never what the relay said: it quotes
addresses."""

import re
from dataclasses import dataclass

from app.errors import Problem
from app.i18n import N_

_ENHANCED = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}\b")


@dataclass(frozen=True, slots=True)
class Words:
    """The sentence on pages (a message id), and the one on the command line."""

    page: str
    command: str


FAULTS: dict[str, Words] = {
    "connect": Words(N_("Der Mailserver ist nicht erreichbar."), "the relay cannot be reached"),
    "timeout": Words(N_("Der Mailserver hat zu lange nicht geantwortet."), "the relay took too long to answer"),
    "closed": Words(N_("Der Mailserver hat die Verbindung abgebrochen."), "the relay closed the connection"),
    "ca_file": Words(
        N_("Die Datei mit eigenen Zertifizierungsstellen lässt sich nicht lesen."),
        "SELBSTCHECK_CA_FILE cannot be read",
    ),
    "certificate": Words(
        N_("Dem Zertifikat des Mailservers wird nicht vertraut."), "the certificate of the relay is not trusted"
    ),
    "tls": Words(N_("Die verschlüsselte Verbindung zum Mailserver kam nicht zustande."), "TLS failed"),
    "starttls": Words(
        N_("Der Mailserver bietet keine Verschlüsselung an (STARTTLS)."), "the relay does not offer STARTTLS"
    ),
    "plain": Words(N_("Ohne Verschlüsselung wird kein Passwort gesendet."), "no password is sent without encryption"),
    "auth": Words(N_("Der Mailserver lehnt die Anmeldung ab ({code})."), "the relay refused user or password"),
    "sender": Words(N_("Der Mailserver nimmt den Absender nicht an ({code})."), "the relay refused the sender"),
    "sender_address": Words(
        N_("Der Absender in den Einstellungen ist keine E-Mail-Adresse."), "SELBSTCHECK_MAIL_FROM is no address"
    ),
    "recipient": Words(N_("Der Mailserver nimmt die Adresse nicht an ({code})."), "the relay refused the recipient"),
    "address": Words(N_("Der Mailserver kann an diese Adresse nicht senden."), "the relay cannot send to this address"),
    "content": Words(N_("Der Mailserver nimmt die Nachricht nicht an ({code})."), "the relay refused the message"),
    "reply": Words(N_("Der Mailserver hat unerwartet geantwortet ({code})."), "the relay gave an unexpected reply"),
    "lost": Words(N_("Der Versand wurde mehrmals unterbrochen."), "sending was interrupted several times"),
}


def fault_of(key: str, code: int | None = None, said: bytes | str = b"") -> str:
    """What is kept: the key, the code of the reply, and the three figures that say it more exactly."""
    words = said.encode("ascii", "replace") if isinstance(said, str) else said
    enhanced = _ENHANCED.match(words)
    parts = (key, str(code) if code else "", enhanced[0].decode() if enhanced else "")
    return " ".join(part for part in parts if part)


def page_words(fault: str) -> Problem:
    """The sentence for a page, with its code; to be shown by the filter `said`."""
    key, _, code = fault.partition(" ")
    return Problem("", FAULTS[key].page if key in FAULTS else FAULTS["reply"].page, {"code": code or "–"})


def command_words(fault: str) -> str:
    """The sentence for the command line."""
    key, _, code = fault.partition(" ")
    words = FAULTS[key].command if key in FAULTS else key
    return f"{words} ({code})" if code else words
