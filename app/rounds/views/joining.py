# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page on which somebody decides whether to take part: what it is about, what is stored, and who sees it.

The sentences about data are made from the round as it is (lesson 16): none is shown that does not hold for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.errors import Problem
from app.i18n import N_, Words, words_of
from app.rounds.queries.joining import BegunHere, Invitation
from questionnaires.definition import Questionnaire
from questionnaires.flow import asked_items
from scoring.comments import COMMENTS_FROM


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence, with values for the names in its braces. Shown through the filter `said`."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Before the first question. `entry` is the way in, `key` the code drawn for this form.

    `begun` is what this browser holds of the round already.
    """

    entry: str
    is_single: bool
    key: str
    invitation: Invitation
    questionnaire: Words
    questions: int
    minutes: int
    stored: tuple[Statement, ...]
    seen_by: tuple[Statement, ...]
    draft_days: int
    begun: tuple[BegunHere, ...] = ()
    person: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class NotOpenPage:
    """A round that takes no answers: not yet (`is_to_come`), or no longer.

    `as_planned`: the days it was planned for say when that is. Not where it begins late or was closed early.
    """

    entry: str
    invitation: Invitation
    is_to_come: bool
    as_planned: bool
    begun: tuple[BegunHere, ...] = ()


def entry_page(
    entry: str,
    key: str,
    invitation: Invitation,
    form: Questionnaire,
    *,
    is_single: bool,
    draft_days: int,
    begun: tuple[BegunHere, ...] = (),
) -> EntryPage:
    """The page for this way in; `form` is the group's, in the reader's language."""
    return EntryPage(
        entry=entry,
        is_single=is_single,
        key=key,
        invitation=invitation,
        questionnaire=words_of(form.title, invitation.kind),
        questions=len(asked_items(form, invitation.kind)),
        minutes=form.minutes,
        stored=tuple(stored(invitation, is_single=is_single)),
        seen_by=tuple(seen_by(invitation)),
        draft_days=draft_days,
        begun=begun,
    )


def not_open_page(entry: str, invitation: Invitation, today: date, begun: tuple[BegunHere, ...] = ()) -> NotOpenPage:
    """The page while nobody can answer."""
    is_to_come = invitation.is_to_come(today)
    as_planned = today < invitation.opens_on if is_to_come else today > invitation.closes_on
    return NotOpenPage(entry, invitation, is_to_come, as_planned, begun)


def stored(invitation: Invitation, *, is_single: bool) -> list[Statement]:
    """Exactly what is kept of whoever takes part."""
    group = {"group": invitation.group}
    said = [
        Statement(N_("Ihre Antworten und Ihre Gruppe: „{group}“."), group),
        Statement(N_("Die Tage, an denen Sie begonnen, zuletzt etwas geändert und abgegeben haben. Keine Uhrzeit.")),
    ]
    if invitation.is_named:
        said.append(
            Statement(N_("Ihr Name, so wie Sie ihn hier schreiben. Keine E-Mail-Adresse und keine IP-Adresse."))
        )
    else:
        said.append(Statement(N_("Kein Name, keine E-Mail-Adresse, keine IP-Adresse.")))
    said.append(Statement(_WRITTEN if invitation.asks_comments else _REASONS_ONLY))
    if is_single:
        said.append(Statement(N_("Dass Ihr Code benutzt ist. Nicht, wann, und nicht, welche Antworten dazugehören.")))
    said.append(
        Statement(N_("In diesem Browser: ein Cookie, damit Sie hier weitermachen können. Sie können es löschen."))
    )
    return said


def seen_by(invitation: Invitation) -> list[Statement]:
    """Who sees what, and when."""
    said = [Statement(_MEANWHILE)]
    if invitation.is_named:
        said.append(Statement(_NAMED))
    else:
        said += [Statement(_ANONYM, {"minimum": invitation.n_min}), Statement(_UNANIMOUS)]
    if invitation.asks_comments and invitation.is_named:
        said.append(Statement(_COMMENTS_NAMED))
    elif invitation.asks_comments:
        said.append(Statement(_COMMENTS, {"minimum": max(COMMENTS_FROM, invitation.n_min)}))
    said += [Statement(_HOLDERS), Statement(_OPERATOR_NAMED if invitation.is_named else _OPERATOR)]
    return said


_WRITTEN = N_("Was Sie freiwillig als Notiz schreiben, und Gründe, wenn Sie „Trifft auf uns nicht zu“ wählen.")
_REASONS_ONLY = N_("Gründe, wenn Sie „Trifft auf uns nicht zu“ wählen. Sie erscheinen in keinem Ergebnis.")
_MEANWHILE = N_(
    "Solange die Befragung läuft: niemand, auch nicht die Koordination. Sie sieht nur, wie viele Menschen je Gruppe "
    "abgegeben haben."
)
_ANONYM = N_(
    "Nach dem Ende sehen Menschen, denen die Koordination das Ergebnis zeigt, wie oft bei jeder Frage jede Stufe "
    "gewählt wurde: für alle zusammen und für Gruppen mit mindestens {minimum} Antworten. Kleinere Gruppen werden "
    "zusammengelegt. Einzelne Antworten zeigt das Ergebnis nicht."
)
_UNANIMOUS = N_(
    "Wählen in einer Gruppe alle dieselbe Stufe, dann zeigt das Ergebnis damit die Antwort von allen, auch Ihre."
)
_NAMED = N_(
    "Nach dem Ende sehen alle, denen die Koordination das Ergebnis zeigt, Ihren Namen bei jeder Ihrer Antworten."
)
_COMMENTS = N_(
    "Notizen und Gründe lesen nach dem Ende Koordination und Moderation, gemischt und ohne Namen. Sie wählen aus, "
    "welche im Ergebnis stehen. Eine Gruppe steht nur dabei, wenn daraus mindestens {minimum} Menschen geantwortet "
    "haben."
)
_COMMENTS_NAMED = N_(
    "Notizen und Gründe lesen nach dem Ende Koordination und Moderation, nach Gruppen geordnet. Sie wählen aus, "
    "welche im Ergebnis stehen."
)
_HOLDERS = N_(
    "Wer den Code mit 16 Zeichen kennt, den Sie gleich bekommen, kann Ihre Antworten ansehen und sie, solange die "
    "Befragung läuft, ändern oder löschen."
)
_OPERATOR = N_("Wer den Server betreibt, kann in die Datenbank sehen. Dort steht nicht, von wem eine Antwort ist.")
_OPERATOR_NAMED = N_("Wer den Server betreibt, kann in die Datenbank sehen und dort Antworten und Namen lesen.")
