# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
# ruff: noqa: N818  an error is named like what the page says (NotFound), not like a technical fault
"""The family of errors a person may meet, and what the page tells them.

Every error says three things: what happened (``title``), that nothing is lost or what is (``text``), and
what to do now (``help``). The texts are German message ids; ``app.web.errors`` translates and shows them.
Errors carry no data of the person: they end up in pages and in the log.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import ClassVar, Literal


def _(text: str) -> str:
    """Marks a text for the translators' list; it is translated where it is shown."""
    return text


Offer = Literal["code", "start", "back", "submitted", "sign_in", "none"]
"""What the error page offers as the next step: enter a code, go to the start page, go back, what can be done
with a submitted check (where it is known which), sign in, or nothing."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with what was typed: the id of the field, and the sentence beside it.

    ``message`` is a German message id, translated where it is shown; ``values`` fill the names in its braces.
    """

    field: str
    message: str
    values: Mapping[str, object] = dataclass_field(default_factory=dict)


class AppError(Exception):
    """Base of all expected errors; raising one undoes the request's changes."""

    status: ClassVar[int] = 500
    key: ClassVar[str] = "error"
    title: str = _("Es ist ein Fehler aufgetreten")
    text: str = _("Das liegt nicht an Ihnen. Was bereits gespeichert war, ist weiter gespeichert.")
    help: str = _("Bitte versuchen Sie es in einigen Minuten noch einmal.")
    offer: Offer = "start"

    def __init__(self, *, title: str = "", text: str = "", help: str = "", offer: Offer | None = None) -> None:
        super().__init__(self.key)
        self.title = title or type(self).title
        self.text = text or type(self).text
        self.help = help or type(self).help
        self.offer = offer or type(self).offer


class NotFound(AppError):
    """404: no such page, or one that this person may not see (the two look alike on purpose)."""

    status = 404
    key = "not_found"
    title = _("Diese Seite gibt es nicht")
    text = _("Die Adresse ist unvollständig, veraltet oder falsch abgeschrieben.")
    help = _("Prüfen Sie die Adresse. Oder gehen Sie zur Startseite und von dort weiter.")


class NoAccess(NotFound):
    """404: the response exists or not, but this browser holds no code for it."""

    key = "no_access"
    title = _("Für diesen Selbstcheck brauchen Sie Ihren Code")
    text = _("Dieses Gerät kennt den Code nicht oder nicht mehr. Ihre gespeicherten Antworten bleiben erhalten.")
    help = _("Geben Sie den Code ein. Er hat 16 Zeichen und stand auf der Übersicht.")
    offer: Offer = "code"


class CodeUnknown(NotFound):
    """404: the code is well formed, but nothing is kept under it (never was, deleted, or expired)."""

    key = "code_unknown"
    title = _("Zu diesem Code finden wir keinen Selbstcheck")
    text = _("Vielleicht ist ein Zeichen falsch. Oder die Frist ist abgelaufen und der Selbstcheck wurde gelöscht.")
    help = _("Prüfen Sie jedes Zeichen. Groß und klein, Leerzeichen und Striche spielen keine Rolle.")
    offer: Offer = "code"


class EntryUnknown(NotFound):
    """404: no link of a group and no code for one participation; nothing tells which it might have been."""

    key = "entry_unknown"
    title = _("Zu diesem Link oder Code finden wir keine Befragung")
    text = _("Vielleicht fehlt ein Zeichen, oder die Befragung wurde gelöscht.")
    help = _("Prüfen Sie jedes Zeichen, oder fragen Sie die Stelle, die Sie eingeladen hat.")
    offer: Offer = "code"


class Forbidden(AppError):
    """403: understood, and refused."""

    status = 403
    key = "forbidden"
    title = _("Das ist hier nicht erlaubt")
    text = _("Der Server hat die Anfrage abgelehnt. Es wurde nichts geändert.")
    help = _("Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.")
    offer: Offer = "back"


class ForeignOrigin(Forbidden):
    """403: the form was sent from another site (X-04)."""

    key = "foreign_origin"
    title = _("Die Anfrage kam von einer anderen Seite")
    text = _("Zu Ihrem Schutz nehmen wir Eingaben nur von unseren eigenen Seiten an. Es wurde nichts geändert.")
    help = _("Öffnen Sie den Selbstcheck neu und senden Sie Ihre Eingabe von dort.")
    offer: Offer = "start"


class ReadOnly(Forbidden):
    """403: the read-only link shows the result and lets nobody edit."""

    key = "read_only"
    title = _("Mit diesem Link können Sie nur lesen")
    text = _("Zum Ändern braucht es den Code des Selbstchecks. Es wurde nichts geändert.")
    help = _("Fragen Sie die Person nach dem Code, die den Selbstcheck angelegt hat.")
    offer: Offer = "code"


class SignInNeeded(AppError):
    """401: the page is for people with an account, and nobody is signed in here (any more).

    ``app.web.errors`` leads readers to the sign-in page and back; what was typed is kept for them there (A-18).
    """

    status = 401
    key = "sign_in_needed"
    title = _("Bitte melden Sie sich an")
    text = _("Diese Seite ist für Menschen mit einem Konto. Vielleicht ist Ihre Anmeldung abgelaufen.")
    help = _("Melden Sie sich an. Danach geht es hier weiter.")
    offer: Offer = "sign_in"

    def __init__(self, *, typed: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.typed = tuple(typed)


class SecondFactorNeeded(SignInNeeded):
    """401: the password was right, the code of the second factor is missing."""

    key = "second_factor_needed"
    title = _("Der zweite Schritt der Anmeldung fehlt noch")
    text = _("Ihr Passwort war richtig. Für Ihre Aufgaben brauchen Sie noch den Code aus Ihrer App.")
    help = _("Geben Sie den Code ein. Danach geht es hier weiter.")


class NotAllowed(Forbidden):
    """403: the person may be here, but not do this (the table in app/permissions.py)."""

    key = "not_allowed"
    title = _("Das darf Ihr Konto nicht")
    text = _("Ihre Rolle erlaubt diesen Schritt nicht. Es wurde nichts geändert.")
    help = _("Fragen Sie die Koordination Ihrer Kommune.")
    offer: Offer = "back"


class Insecure(Forbidden):
    """403: over plain http on a public address no code may be stored in the browser."""

    key = "insecure"
    title = _("Diese Verbindung ist nicht verschlüsselt")
    text = _("Ein Selbstcheck lässt sich nur über eine sichere Verbindung (https) beginnen oder fortsetzen.")
    help = _("Rufen Sie die Adresse mit https auf. Wenn das nicht geht, sagen Sie der Betreiberin Bescheid.")
    offer: Offer = "start"


class Conflict(AppError):
    """409: the state changed meanwhile, for example in another window."""

    status = 409
    key = "conflict"
    title = _("Der Stand hat sich inzwischen geändert")
    text = _("Jemand hat in einem anderen Fenster weitergearbeitet. Es wurde nichts überschrieben.")
    help = _("Laden Sie die Seite neu und prüfen Sie den aktuellen Stand.")
    offer: Offer = "back"


class AlreadySubmitted(Conflict):
    """409: a submitted response is final; changing means making a copy."""

    key = "already_submitted"
    title = _("Dieser Selbstcheck ist schon abgegeben")
    text = _("Abgegebene Antworten bleiben, wie sie sind. Es wurde nichts geändert.")
    help = _("Sie können eine Kopie anlegen und darin weiterarbeiten.")
    offer: Offer = "submitted"


class RoundNotOpen(Conflict):
    """409: the round (Durchgang) takes no answers: not yet, or no longer."""

    key = "round_not_open"
    title = _("Diese Befragung nimmt gerade keine Antworten an")
    text = _("Sie hat noch nicht begonnen oder ist schon beendet. Es wurde nichts geändert.")
    help = _("Fragen Sie die Stelle, die Sie eingeladen hat.")
    offer: Offer = "none"


class TicketUsed(Conflict):
    """409: a code for one participation was used before, or declared void: which of the two is told nobody (M7.8)."""

    key = "ticket_used"
    title = _("Dieser Code wurde schon benutzt oder gilt nicht mehr")
    text = _("Mit jedem Code kann eine Person einmal teilnehmen. Es wurde nichts geändert.")
    help = _(
        "Haben Sie selbst schon begonnen? Dann geben Sie den Code mit 16 Zeichen ein, den Sie dabei bekommen haben. "
        "Sonst bitten Sie um einen neuen Zettel."
    )
    offer: Offer = "code"


class RoundChanged(Conflict):
    """409: a round is in another state than the page that asked had in mind."""

    key = "round_changed"
    title = _("Der Durchgang hat sich inzwischen geändert")
    text = _("Jemand hat ihn geöffnet, beendet oder freigegeben. Es wurde nichts überschrieben.")
    help = _("Gehen Sie zurück zum Durchgang und prüfen Sie den Stand.")


class TooLarge(AppError):
    """413: more was sent than a form of ours can hold."""

    status = 413
    key = "too_large"
    title = _("Das war zu viel auf einmal")
    text = _("Die gesendeten Daten sind größer, als wir annehmen. Es wurde nichts gespeichert.")
    help = _("Kürzen Sie lange Texte oder wählen Sie eine kleinere Datei.")
    offer: Offer = "back"


class Invalid(AppError):
    """422: something that was typed cannot be used; ``problems`` name the fields."""

    status = 422
    key = "invalid"
    title = _("Diese Eingabe können wir nicht verwenden")
    text = _("Es fehlt etwas, oder ein Wert passt nicht. Es wurde nichts geändert.")
    help = _("Gehen Sie zurück und prüfen Sie Ihre Eingabe.")
    offer: Offer = "back"

    def __init__(self, *problems: Problem, title: str = "", text: str = "", help: str = "") -> None:
        super().__init__(title=title, text=text, help=help)
        self.problems = problems


class TooMany(AppError):
    """429: a rate limit; ``retry_after`` is in seconds."""

    status = 429
    key = "too_many"
    title = _("Zu viele Versuche in kurzer Zeit")
    text = _("Zum Schutz vor Missbrauch machen wir eine kurze Pause. Gespeicherte Antworten sind nicht betroffen.")
    help = _("Bitte warten Sie einige Minuten und versuchen Sie es dann noch einmal.")
    offer: Offer = "none"

    def __init__(self, retry_after: int = 60) -> None:
        super().__init__()
        self.retry_after = retry_after


class Unavailable(AppError):
    """503: the database does not answer, or the service is being maintained."""

    status = 503
    key = "unavailable"
    title = _("Der Selbstcheck ist gerade nicht erreichbar")
    text = _("Die letzte Eingabe wurde nicht gespeichert. Alles, was vorher gespeichert war, bleibt erhalten.")
    help = _("Bitte versuchen Sie es in einigen Minuten noch einmal. Lassen Sie diese Seite so lange offen.")
    offer: Offer = "none"


class QuestionnaireGone(Unavailable):
    """503: the operator's own questionnaire of this check was taken away, or is refused with its findings."""

    key = "questionnaire_gone"
    title = _("Der Fragebogen dieses Selbstchecks fehlt")
    text = _("Ihre Antworten sind weiter gespeichert. Der Server kann die Fragen dazu aber gerade nicht lesen.")
    help = _("Bitte sagen Sie der Betreiberin Bescheid. Ihre Kontaktdaten stehen im Impressum.")
    offer: Offer = "start"
