# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Paper: which sheets there are, a blank sheet to print, and the grid into which a filled one is typed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.errors import Problem
from app.i18n import Words, words_of
from app.rounds.forms.paper import Sheet, field_of
from app.rounds.queries.paper import PaperGroup, PaperRound
from questionnaires.definition import Item, Questionnaire, Section
from questionnaires.flow import asked
from questionnaires.numbering import numbers_in, sections_of
from questionnaires.parts import MunicipalityType


@dataclass(frozen=True, slots=True)
class PaperForm:
    """A group with what its sheet asks."""

    group: PaperGroup
    questions: int


@dataclass(frozen=True, slots=True)
class PaperPage:
    """Where paper starts: a blank sheet and the way to type one in, for each group."""

    round: PaperRound
    forms: tuple[PaperForm, ...]
    takes_answers: bool


@dataclass(frozen=True, slots=True)
class BlankQuestion:
    """A question as it is printed."""

    number: str
    prompt: Words
    help: Words
    anchors: tuple[Words, ...]
    allow_not_applicable: bool


@dataclass(frozen=True, slots=True)
class BlankSection:
    """A section as it is printed."""

    number: int
    title: Words
    questions: tuple[BlankQuestion, ...]


@dataclass(frozen=True, slots=True)
class BlankPage:
    """The whole sheet of one group."""

    round: PaperRound
    group: PaperGroup
    title: Words
    sections: tuple[BlankSection, ...]
    questions: int


@dataclass(frozen=True, slots=True)
class GridRow:
    """One line of the grid: the sign typed, and reason and note where there are fields for them."""

    field: str
    number: str
    prompt: Words
    sign: str
    reason: str
    note: str
    allow_not_applicable: bool
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class GridSection:
    """The lines of one section."""

    number: int
    title: Words
    rows: tuple[GridRow, ...]

    @property
    def has_more(self) -> bool:
        """Whether a reason or note was typed, or something has to be mended, perhaps there."""
        return any(row.reason or row.note or row.problem for row in self.rows)


@dataclass(frozen=True)
class GridPage:
    """The grid for one sheet. `kept` is the word of the sheet typed before it, which can be taken back."""

    round: PaperRound
    group: PaperGroup
    sections: tuple[GridSection, ...]
    sheet: str
    person: str = ""
    problems: tuple[Problem, ...] = ()
    kept: str = ""
    was_taken_back: bool = False


def paper_page(found: PaperRound, forms: Mapping[str, Questionnaire], today: date) -> PaperPage:
    """`forms` by group id."""
    lines = tuple(
        PaperForm(group, sum(len(asked(section, found.kind)) for section in forms[group.id].sections))
        for group in found.groups
    )
    return PaperPage(found, lines, found.takes_answers(today))


def blank_page(found: PaperRound, group: PaperGroup, form: Questionnaire) -> BlankPage:
    """The printed sheet, in the words of the municipality's type."""
    kind = found.kind
    sections = tuple(
        BlankSection(place, words_of(section.title, kind), tuple(_blank(item, number, kind) for number, item in items))
        for place, (section, items) in enumerate(_numbered(form, kind), 1)
    )
    count = sum(len(section.questions) for section in sections)
    return BlankPage(found, group, words_of(form.title, kind), sections, count)


def items_of(form: Questionnaire, kind: MunicipalityType | None) -> dict[str, Item]:
    """Everything that a sheet asks, by the number printed there."""
    return {number: item for _, items in _numbered(form, kind) for number, item in items}


def grid_sections(
    form: Questionnaire, kind: MunicipalityType | None, sheet: Sheet | None = None
) -> tuple[GridSection, ...]:
    """The grid, empty or with what was typed."""
    problems = {problem.field: problem for problem in reversed(sheet.problems if sheet else ())}
    return tuple(
        GridSection(
            place,
            words_of(section.title, kind),
            tuple(_row(item, number, kind, sheet, problems) for number, item in items),
        )
        for place, (section, items) in enumerate(_numbered(form, kind), 1)
    )


def _numbered(
    form: Questionnaire, kind: MunicipalityType | None
) -> Iterator[tuple[Section, tuple[tuple[str, Item], ...]]]:
    """Every section that asks anything, with its questions by number."""
    sections = sections_of(form, kind or MunicipalityType.KLEINE_STADT_GEMEINDE)
    for section in sections:
        numbers = numbers_in(section, sections, kind or MunicipalityType.KLEINE_STADT_GEMEINDE)
        yield section, tuple((numbers[item.id], item) for item in asked(section, kind))


def _blank(item: Item, number: str, kind: MunicipalityType | None) -> BlankQuestion:
    return BlankQuestion(
        number,
        words_of(item.prompt, kind),
        words_of(item.help, kind),
        tuple(words_of(anchor, kind) for anchor in item.anchors),
        item.allow_not_applicable,
    )


def _row(
    item: Item, number: str, kind: MunicipalityType | None, sheet: Sheet | None, problems: Mapping[str, Problem]
) -> GridRow:
    name = field_of(item.id)
    typed = sheet.typed.get(item.id) if sheet else None
    return GridRow(
        field=name,
        number=number,
        prompt=words_of(item.prompt, kind),
        sign=sheet.signs.get(item.id, "") if sheet else "",
        reason=typed.reason if typed else "",
        note=typed.note if typed else "",
        allow_not_applicable=item.allow_not_applicable,
        problem=next(
            (problems[f"{name}{end}"] for end in ("", "-reason", "-note") if f"{name}{end}" in problems), None
        ),
    )
