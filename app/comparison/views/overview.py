# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The first page: who was heard, where the groups see the same, and where not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app import i18n
from app.comparison.queries import Comparison
from app.comparison.views.frame import Head, head_of, item_address, section_address
from app.comparison.views.heard import Heard, heard_of
from app.comparison.views.items import ComparedItem, item_of
from app.comparison.views.section_chart import SectionChart, section_chart, short_title
from app.comparison.views.sentence import Compared, sentence_of
from app.i18n import Words
from app.rounds.queries.released import Commented
from scoring.agreement import Word

WIDEST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Tally:
    """How many questions are of which word (M8); `few` have too few answers for one."""

    agreed: int
    scattered: int
    two_camps: int
    few: int

    @property
    def apart(self) -> int:
        return self.scattered + self.two_camps

    @property
    def said(self) -> int:
        return self.agreed + self.apart


@dataclass(frozen=True, slots=True)
class SectionTally:
    """A section with the words of its questions; `has_values`: it stands in the picture."""

    title: Words
    href: str
    tally: Tally
    has_values: bool
    is_context: bool


@dataclass(frozen=True, slots=True)
class CommentedQuestion:
    """A question with comments: how many all see, and how many wait for review."""

    prompt: Words
    href: str
    shown: int
    waiting: int


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """The page. `chart` None: no section has values for groups, or there are not two groups to compare.

    `same_form`: everybody was asked everything.
    """

    head: Head
    sentence: Words
    heard: Heard
    alone: int
    chart: SectionChart | None
    without_values: tuple[Words, ...]
    tally: Tally
    sections: tuple[SectionTally, ...]
    widest: tuple[ComparedItem, ...]
    commented: tuple[CommentedQuestion, ...]
    same_form: bool
    too_few: bool

    @property
    def waiting(self) -> int:
        """How many comments moderation has not released."""
        return sum(question.waiting for question in self.commented)


def overview_page(comparison: Comparison, commented: Iterable[Commented] = ()) -> OverviewPage:
    """Everything the first page says; `commented` are the questions with comments for this reader."""
    sections = tuple(_tallies(comparison)) if not comparison.too_few else ()
    return OverviewPage(
        head=head_of(comparison, ""),
        sentence=_sentence(comparison),
        heard=heard_of(comparison),
        alone=len(comparison.shown),
        chart=section_chart(comparison),
        without_values=tuple(row.title for row in sections if not row.has_values and not row.is_context),
        tally=_tally(comparison, (item.item_id for item in comparison.table.items)),
        sections=sections,
        widest=_widest(comparison),
        commented=() if comparison.too_few else tuple(_commented(comparison, commented)),
        same_form=all(item.asked == comparison.table.submitted for item in comparison.table.items),
        too_few=comparison.too_few,
    )


def _sentence(comparison: Comparison) -> Words:
    """In German where it names a title that has no translation, so that it mixes no languages."""
    titles = {part.id: short_title(comparison, part.id) for part in comparison.sections if part.kind != "context"}
    compared = _compared(comparison, titles)
    tag = i18n.tag(comparison.place.language)
    if any(title.lang != tag for title in titles.values()):
        return Words(sentence_of(compared, i18n.translations(i18n.SOURCE)))
    return Words(sentence_of(compared, comparison.texts), tag)


def _compared(comparison: Comparison, titles: Mapping[str, Words]) -> Compared:
    return Compared(
        too_few=comparison.too_few,
        alone=len(comparison.shown),
        titles=titles,
        sections=tuple(comparison.section_gaps.values()),
        items=tuple(comparison.gaps.values()),
    )


def _tallies(comparison: Comparison) -> Iterable[SectionTally]:
    for section in comparison.sections:
        yield SectionTally(
            title=short_title(comparison, section.id),
            href=section_address(comparison, section.id),
            tally=_tally(comparison, section.item_ids),
            has_values=section.id in comparison.section_gaps,
            is_context=section.kind == "context",
        )


def _tally(comparison: Comparison, item_ids: Iterable[str]) -> Tally:
    words: list[Word | None] = []
    for item_id in item_ids:
        found = comparison.agreements.get(item_id)
        words.append(found.word if found else None)
    return Tally(words.count("agreed"), words.count("scattered"), words.count("two_camps"), words.count(None))


def _widest(comparison: Comparison) -> tuple[ComparedItem, ...]:
    """The questions with the widest gaps that are flagged (M9)."""
    flagged = [gap.subject for gap in comparison.gaps.values() if gap.flagged]
    return tuple(item_of(comparison, item_id) for item_id in flagged[:WIDEST_SHOWN])


def _commented(comparison: Comparison, commented: Iterable[Commented]) -> Iterable[CommentedQuestion]:
    """In the order of the questionnaire."""
    found = {one.item_id: one for one in commented}
    for item in comparison.profile.items:
        if one := found.get(item.id):
            href = f"{item_address(comparison, item.id)}#kommentare"
            yield CommentedQuestion(comparison.words(item.item.prompt), href, one.shown, one.waiting)
