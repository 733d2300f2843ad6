# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of permissions for people: ``python -m app.commands.rights`` writes docs/rechte.md (X-19).

Who may do what is read from `app/permissions.py`; only the words for it stand here. A test compares the document and
sees that no action is without words.
"""

from collections.abc import Mapping
from pathlib import Path

from app.permissions import PERMISSIONS, Action, Role

DOCUMENT = Path("docs/rechte.md")

ROLES: Mapping[Role, str] = {
    Role.OPERATOR: "Betreiberin",
    Role.COORDINATOR: "Koordination",
    Role.MEMBER: "Mitglied",
    Role.MODERATOR: "Moderation",
}

OBJECTS: Mapping[str, str] = {
    "instance": "Instanz",
    "municipality": "Kommune",
    "round": "Durchgang",
}

MEANINGS: Mapping[Action, str] = {
    Action.INSTANCE_VIEW: "die Seiten der Verwaltung öffnen",
    Action.INSTANCE_MUNICIPALITIES: "Kommunen anlegen, ändern und löschen; ihre Koordination einladen. Zu "
    "sehen sind dabei Angaben und Anzahlen, kein Durchgang und kein Ergebnis",
    Action.INSTANCE_ACCOUNTS: "Konten einladen, sperren, löschen; Anmeldung und zweiten Schritt zurücksetzen",
    Action.INSTANCE_MAIL: "sehen, ob E-Mails verschickt wurden; eine Probe schicken",
    Action.INSTANCE_AUDIT: "den Verlauf der Instanz lesen",
    Action.MUNICIPALITY_VIEW: "die Seite der Kommune sehen: Angaben, wer dazugehört und in welcher Rolle. "
    "E-Mail-Adressen der anderen sieht nur, wer Menschen einladen darf",
    Action.MUNICIPALITY_EDIT: "Name, Typ und Größe ändern; bestehende Durchgänge behalten ihre",
    Action.MUNICIPALITY_PEOPLE: "Menschen einladen und entfernen, Rollen ändern; eine Koordination bleibt immer",
    Action.MUNICIPALITY_AUDIT: "den Verlauf der Kommune lesen: wer was getan hat",
    Action.ROUND_CREATE: "einen Durchgang anlegen",
    Action.ROUND_VIEW: "sehen, dass es den Durchgang gibt, und wie er steht",
    Action.ROUND_PLAN: "planen: Fragebogen, Gruppen, Zeitraum, Anonymität, Ziele; öffnen",
    Action.ROUND_INVITE: "einladen und erinnern: Links, Codes zum Verteilen, E-Mails",
    Action.ROUND_WATCH: "sehen, wie viele je Gruppe eingeladen sind und abgegeben haben; mehr sieht vor der Freigabe "
    "niemand",
    Action.ROUND_PAPER: "Bögen drucken und Antworten von Papier eingeben",
    Action.ROUND_CLOSE: "beenden, und vor der Freigabe wieder öffnen",
    Action.ROUND_RELEASE: "das Ergebnis freigeben: für Menschen mit Konto und mit Links zum Lesen",
    Action.ROUND_MODERATORS: "Moderation einladen und entfernen",
    Action.ROUND_RESULTS: "das Ergebnis lesen, wenn es für diese Person freigegeben ist",
    Action.ROUND_COMMENTS: "Anmerkungen lesen, zeigen und verbergen, soweit die Regeln zur Anonymität es erlauben",
    Action.ROUND_DELETE: "den Durchgang mit allen Antworten löschen",
}

_INTRODUCTION = """\
<!-- SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors -->
<!-- SPDX-License-Identifier: EUPL-1.2 -->
<!-- Made by `python -m app.commands.rights`; a test compares. The words stand in app/commands/rights.py. -->

# Wer was darf

Diese Tabelle kommt aus dem Programm selbst (`app/permissions.py`). Jede Seite fragt dort nach, bevor sie etwas zeigt
oder ändert.

- **Betreiberin** ist, wer die Instanz verwaltet. Sie gehört zu keiner Kommune. Was dort geantwortet wird und was dabei
  herauskommt, zeigen ihr die Seiten nicht.
- **Koordination** und **Mitglied** gehören zu einer Kommune. Ein Konto kann zu mehreren gehören, in jeder mit eigener
  Rolle.
- **Moderation** ist zu einzelnen Durchgängen eingeladen, auch in mehreren Kommunen.

Jede Rolle gilt nur für die eigene Kommune oder den eigenen Durchgang. Was anderen gehört, gibt es für dieses Konto
nicht: Die Seite antwortet, als wäre die Adresse falsch (404). Was die eigene Rolle nicht erlaubt, wird abgelehnt (403).
Betreiberin, Koordination und Moderation brauchen einen zweiten Schritt bei der Anmeldung.
"""

PARTICIPANTS: Mapping[str, str] = {
    "Link einer Gruppe": "in dieser Gruppe eine Rückmeldung beginnen, solange der Durchgang offen ist",
    "Code für eine Teilnahme": "dasselbe, genau einmal",
    "Code mit 16 Zeichen, den man beim Beginnen bekommt": "die eigene Rückmeldung lesen, ändern und abgeben, solange "
    "der Durchgang offen ist; sie löschen, bis er beendet wird, und danach, wenn sie nie abgegeben wurde",
    "Link „bitte klären“": "zu den genannten Fragen einen Vorschlag machen; er zählt erst, wenn ihn jemand übernimmt",
    "Link zum Lesen eines Ergebnisses": "das freigegebene Ergebnis lesen, bis der Link beendet wird",
    "Code eines Selbstchecks ohne Durchgang": "ihn lesen, ändern, abgeben, herunterladen und jederzeit löschen",
    "Link zum Zeigen eines solchen Selbstchecks": "sein Ergebnis lesen",
}
"""What people may do who only answer, by what they hold in their hands."""

_BEFORE = """\
## Wer nur antwortet

Menschen, die antworten, haben kein Konto und stehen nicht in der Tabelle. Was sie können, hängt an dem, was sie in der
Hand haben:
"""

_AFTER = """
Eine abgegebene anonyme Rückmeldung lässt sich keiner Person mehr zuordnen. Auskunft, Berichtigung oder Löschung
einzelner Antworten sind dann nicht möglich (Art. 11 DSGVO).
"""


def markdown() -> str:
    """The whole document."""
    return "\n".join([_INTRODUCTION, *map(_table, OBJECTS), _BEFORE, *_participants(), _AFTER])


def _table(thing: str) -> str:
    """The actions on one kind of object, with a column for each role that may do any of them."""
    actions = [action for action in Action if action.object == thing]
    roles = [role for role in Role if any(role in PERMISSIONS[action] for action in actions)]
    head = ["Handlung", "Schlüssel", *(ROLES[role] for role in roles)]
    lines = [_line(head), _line(["---"] * len(head)), *(_line(_cells(action, roles)) for action in actions)]
    return "\n".join([f"## {OBJECTS[thing]}", "", *lines, ""])


def _participants() -> list[str]:
    cells = [["In der Hand", "Erlaubt"], ["---", "---"], *map(list, PARTICIPANTS.items())]
    return [_line(row) for row in cells]


def _cells(action: Action, roles: list[Role]) -> list[str]:
    return [MEANINGS[action], f"`{action.value}`", *("ja" if role in PERMISSIONS[action] else "–" for role in roles)]


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    DOCUMENT.write_text(markdown(), encoding="utf-8")
