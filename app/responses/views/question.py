# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""One question as a fragment: its anchors, what was typed, what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.i18n import Words, words_of
from app.responses.queries import Kept
from app.responses.typed import Fault, Typed, gaps_of
from app.responses.within import RoundOf
from questionnaires.definition import Item, Questionnaire
from questionnaires.parts import MunicipalityType

Notes = Literal["own", "none", "anonym", "named"]
"""Notes of a check on its own are for whoever has its code; a round asks none, or in its mode."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of the five written anchors."""

    level: int
    words: Words
    checked: bool


@dataclass(frozen=True, slots=True)
class TermView:
    """A word of the field (Begriff) that stands in the question, and its explanation."""

    title: Words
    text: Words


@dataclass(frozen=True, slots=True)
class Theirs:
    """After a conflict: what another window stored meanwhile, in words. Who sends its `base` has decided."""

    choice: str
    level: int | None
    words: Words | None
    note: str
    base: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its fields. `base` says what the fields showed; `number` is its place („1.3“).

    What is missing (`gaps`) is a hint while somebody is typing and a fault once they go on (`strict`). `notes` says
    whether a note is asked, and who will read it. `delegates`: it is to be clarified, and can be given to a colleague.
    """

    item_id: str
    section_id: str
    response_id: str
    page_id: str
    number: str
    prompt: Words
    help: Words
    terms: tuple[TermView, ...]
    options: tuple[Option, ...]
    allow_not_applicable: bool
    typed: Typed
    base: str
    faults: tuple[Fault, ...] = ()
    gaps: tuple[Fault, ...] = ()
    theirs: Theirs | None = None
    strict: bool = False
    disabled: bool = False
    notes: Notes = "own"
    delegates: bool = False

    @property
    def dom_id(self) -> str:
        """Its stable id in the page."""
        return dom_id(self.item_id)

    @property
    def shown_until(self) -> str:
        """The month as people write it (`06.2027`), or the words that could not be read."""
        year, dash, month = self.typed.project_until.partition("-")
        return f"{month}.{year}" if dash and month.isdigit() else self.typed.project_until

    def fault(self, name: str) -> Fault | None:
        """What is wrong with the field of this name."""
        wrong = (*self.faults, *(self.gaps if self.strict else ()))
        return next((fault for fault in wrong if fault.field == name), None)

    def hint(self, name: str) -> Fault | None:
        """What is still missing in the field of this name."""
        return next((gap for gap in self.gaps if gap.field == name and not self.strict), None)


def dom_id(item_id: str) -> str:
    """An item's id as a stable id in the page (A-43)."""
    return "q-" + item_id.replace(".", "-")


def base_of(kept: Kept) -> str:
    """Revision and fingerprint of what the fields show, as one word."""
    return f"{kept.revision}.{kept.typed.fingerprint}"


def read_base(word: str) -> tuple[int, str]:
    """The way back; an unreadable word is a page that knew nothing."""
    revision, _, fingerprint = word.partition(".")
    return (int(revision), fingerprint) if revision.isdecimal() and len(revision) < 9 else (0, "")


@dataclass(frozen=True, slots=True)
class Asked:
    """What questions are shown for: questionnaire and response, its type, the rendered page, and how strict it is.

    `closed`: answers can be read, and no longer changed. `delegates`: a question can be given to a colleague.
    """

    questionnaire: Questionnaire
    response_id: str
    kind: MunicipalityType
    page_id: str
    closed: bool = False
    strict: bool = False
    notes: Notes = "own"
    delegates: bool = False


def question_of(
    item: Item,
    number: str,
    asked: Asked,
    kept: Kept,
    *,
    typed: Typed | None = None,
    faults: Sequence[Fault] = (),
    conflict_base: str | None = None,
) -> Question:
    """A question with what is kept, or with what was `typed` where that could not be kept.

    In a conflict it keeps the base that was posted: going on without deciding is a conflict again.
    """
    shown = typed or kept.typed
    return Question(
        item_id=item.id,
        section_id=asked.questionnaire.section_of(item.id).id,
        response_id=asked.response_id,
        page_id=asked.page_id,
        number=number,
        prompt=words_of(item.prompt, asked.kind),
        help=words_of(item.help, asked.kind),
        terms=terms_of(item, asked),
        options=tuple(
            Option(level, words_of(anchor, asked.kind), shown.answer == str(level))
            for level, anchor in enumerate(item.anchors)
        ),
        allow_not_applicable=item.allow_not_applicable,
        typed=shown,
        base=base_of(kept) if conflict_base is None else conflict_base,
        faults=tuple(faults),
        gaps=gaps_of(shown),
        theirs=theirs_of(item, asked.kind, kept) if conflict_base is not None else None,
        strict=asked.strict,
        disabled=asked.closed,
        notes=asked.notes,
        delegates=asked.delegates and not asked.closed and shown.answer == "dont_know",
    )


def notes_of(of_round: RoundOf | None) -> Notes:
    """Whether notes are asked, and for whom (D-11)."""
    if of_round is None:
        return "own"
    if not of_round.asks_comments:
        return "none"
    return "named" if of_round.is_named else "anonym"


def terms_of(item: Item, asked: Asked) -> tuple[TermView, ...]:
    """The words of the glossary in the question, in the order of their first place."""
    found = asked.questionnaire.terms_by_item(asked.kind)[item.id]
    return tuple(TermView(words_of(term.title, asked.kind), words_of(term.text, asked.kind)) for term in found)


def theirs_of(item: Item, kind: MunicipalityType, kept: Kept) -> Theirs:
    """What the other window stored."""
    choice = kept.typed.answer
    level = int(choice) if choice.isdigit() else None
    anchor = None if level is None else words_of(item.anchors[level], kind)
    return Theirs(choice, level, anchor, kept.typed.note, base_of(kept))
