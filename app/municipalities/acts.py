# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words for what the log of acts (Verlauf) holds: one sentence for each action, here and nowhere else.

An action that is not in the table is shown by its key, so that nothing is hidden.
"""

from collections.abc import Mapping
from types import MappingProxyType

from app.i18n import N_

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "municipality.create": N_("Kommune angelegt"),
        "municipality.edit": N_("Angaben zur Kommune geändert"),
        "municipality.delete": N_("Kommune gelöscht"),
        "member.invite": N_("Person eingeladen"),
        "member.invite_again": N_("Einladung erneuert"),
        "member.role": N_("Rolle geändert"),
        "member.remove": N_("Person entfernt"),
        "round.create": N_("Durchgang angelegt"),
        "round.plan": N_("Planung des Durchgangs geändert"),
        "round.groups": N_("Gruppen des Durchgangs geändert"),
        "round.targets": N_("Ziele des Durchgangs geändert"),
        "round.open": N_("Durchgang geöffnet"),
        "round.close": N_("Durchgang beendet"),
        "round.reopen": N_("Durchgang wieder geöffnet"),
        "round.release": N_("Ergebnis freigegeben"),
        "round.readers": N_("Festgelegt, wer das Ergebnis sieht"),
        "round.link": N_("Link zum Ergebnis erzeugt"),
        "round.unlink": N_("Link zum Ergebnis beendet"),
        "round.delete": N_("Durchgang gelöscht"),
        "round.invite": N_("Zum Durchgang eingeladen"),
        "round.mail": N_("E-Mails zum Durchgang verschickt"),
        "round.reminder": N_("Erinnerung verschickt"),
        "round.letter": N_("Text einer E-Mail zum Durchgang geändert"),
        "round.addresses": N_("Eingeladene Adressen geändert"),
        "round.tickets": N_("Einmalcodes erzeugt"),
        "round.tickets_void": N_("Einmalcodes ungültig gemacht"),
        "round.moderator.add": N_("Moderation eingeladen"),
        "round.moderator.invite_again": N_("Einladung zur Moderation erneuert"),
        "round.moderator.remove": N_("Moderation entfernt"),
        "round.comment": N_("Anmerkung gezeigt oder verborgen"),
        "account.make_operator": N_("Person für die Verwaltung eingeladen"),
        "account.new_link": N_("Neuen Link für ein Konto erzeugt"),
        "account.change_email": N_("E-Mail-Adresse eines Kontos geändert"),
        "account.reset_second_factor": N_("Zweiten Schritt der Anmeldung zurückgesetzt"),
        "account.end_sessions": N_("Konto überall abgemeldet"),
        "account.disable": N_("Konto gesperrt"),
        "account.enable": N_("Konto entsperrt"),
        "account.delete": N_("Konto gelöscht"),
        "mail.test": N_("Probe-E-Mail verschickt"),
        "mail.retry": N_("Fehlgeschlagene E-Mails noch einmal versucht"),
        "mail.discard": N_("Fehlgeschlagene E-Mails verworfen"),
        "register.import": N_("Gemeindeverzeichnis eingelesen"),
    }
)

ROLES: Mapping[str, str] = MappingProxyType({"coordinator": N_("Koordination"), "member": N_("Mitglied")})


def sentence_of(action: str) -> str:
    """The German words, or the key where there are none."""
    return SENTENCES.get(action, action)
