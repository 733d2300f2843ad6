# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The file of one check: answers, notes and profile as JSON, out and in again.

Reading takes nothing on trust: the questionnaire's version and digest must be known, the answers are parsed
like typed ones, and the profile in the file is ignored (it is computed again).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.fields import one_line
from app.i18n import N_
from app.responses.forms import read_municipality, values_of
from app.responses.queries import ResponseState
from app.responses.typed import NOTE_LENGTH, REASON_LENGTH, Typed, typed_answers
from questionnaires.definition import Questionnaire
from questionnaires.library import BrokenQuestionnaireError, Library, UnknownQuestionnaireError
from scoring import Inputs, Municipality, Targets, profile_of
from scoring.document import record
from scoring.reading import read

FORMAT = "selbstcheck-antworten/1"
MOST_BYTES = 400_000

_UNREADABLE = N_(
    "In der Datei stehen {count} Angaben, die wir nicht lesen können. Die erste steht bei „{place}“. "
    "Bitte laden Sie die Datei neu aus dem Selbstcheck herunter."
)
_UNREADABLE_ONE = N_(
    "In der Datei steht 1 Angabe, die wir nicht lesen können. Sie steht bei „{place}“. "
    "Bitte laden Sie die Datei neu aus dem Selbstcheck herunter."
)


class UnreadableFileError(ValueError):
    """A file that cannot become a check; the message is for the person who chose it, with values in its braces."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file holds, ready for `actions.start`."""

    questionnaire: Questionnaire
    municipality: Municipality
    targets: Targets
    typed: Mapping[str, Typed]


def document_of(state: ResponseState, questionnaire: Questionnaire) -> dict[str, Any]:
    """Answers, notes and the profile computed from them now; no code, no id, no token."""
    profile = profile_of(questionnaire, state.municipality, state.answers, state.targets)
    edition = {"id": questionnaire.id, "version": questionnaire.version, "digest": questionnaire.digest}
    day = state.submitted_on.isoformat() if state.submitted_on else None
    head = {"format": FORMAT, "questionnaire": edition, "submitted_on": day, "notes": state.notes}
    return head | record(profile)


def read_document(content: bytes, library: Library) -> Imported:
    """The check in a file; `UnreadableFileError` says what is wrong and what to do."""
    document = _json(content)
    questionnaire = _questionnaire(document.get("questionnaire"), library)
    inputs = read(questionnaire, document.get("input"))
    if not isinstance(inputs, Inputs):
        raise UnreadableFileError(
            _UNREADABLE_ONE if len(inputs) == 1 else _UNREADABLE,
            count=len(inputs),
            place=one_line(inputs[0].place)[:80],
        )
    municipality = read_municipality(values_of(inputs.municipality))
    if not isinstance(municipality, Municipality):
        raise UnreadableFileError(N_("Typ, Name oder Größe der Kommune in der Datei können wir nicht lesen."))
    notes = _notes(document.get("notes"), questionnaire)
    typed = typed_answers(inputs.answers, notes)
    if any(len(one.reason) > REASON_LENGTH for one in typed.values()):
        raise UnreadableFileError(N_("Ein Grund in der Datei ist länger als 500 Zeichen. Bitte kürzen Sie ihn."))
    return Imported(questionnaire, municipality, inputs.targets, typed)


def _json(content: bytes) -> dict[str, Any]:
    if len(content) > MOST_BYTES:
        raise UnreadableFileError(N_("Die Datei ist zu groß. Eine Datei vom Selbstcheck hat höchstens 400 kB."))
    try:
        document = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_unambiguous)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise UnreadableFileError(
            N_(
                "Das ist keine Datei vom Selbstcheck. Bitte wählen Sie die Datei mit der Endung .json, "
                "die Sie in der Übersicht gespeichert haben."
            )
        )
    return document


def _unambiguous(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object that says each thing once; programs differ in which of two equal names they believe."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate name")
    return found


def _questionnaire(edition: object, library: Library) -> Questionnaire:
    known = edition if isinstance(edition, dict) else {}
    name, version = known.get("id"), known.get("version")
    if not isinstance(name, str) or not isinstance(version, str):
        raise UnreadableFileError(
            N_(
                "In der Datei steht nicht, zu welchem Fragebogen sie gehört. "
                "Bitte laden Sie die Datei neu aus dem Selbstcheck herunter."
            )
        )
    try:
        questionnaire = library.get(name, version)
    except (UnknownQuestionnaireError, BrokenQuestionnaireError):
        raise UnreadableFileError(
            N_(
                "Den Fragebogen „{name}“ in der Fassung {version} gibt es hier nicht. "
                "Lesen Sie die Datei dort ein, wo sie entstanden ist."
            ),
            name=one_line(name)[:60],
            version=one_line(version)[:20],
        ) from None
    if known.get("digest") != questionnaire.digest:
        raise UnreadableFileError(
            N_(
                "Die Datei gehört zu einem anderen Wortlaut des Fragebogens {name} {version}. Ihre Antworten würden "
                "zu den Fragen hier vielleicht nicht passen. Lesen Sie die Datei dort ein, wo sie entstanden ist."
            ),
            name=name,
            version=version,
        )
    return questionnaire


def _notes(raw: object, questionnaire: Questionnaire) -> Mapping[str, str]:
    notes = {} if raw is None else raw
    if not isinstance(notes, dict) or not all(
        questionnaire.has_item(item) and isinstance(note, str) and len(note) <= NOTE_LENGTH
        for item, note in notes.items()
    ):
        raise UnreadableFileError(
            N_("Eine Notiz in der Datei gehört zu keiner Frage oder ist länger als 2.000 Zeichen.")
        )
    return notes
