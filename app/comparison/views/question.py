# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""One question: what all said of each level, what each group said, how far they agree, and what people wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from app.comparison.queries import Comparison
from app.comparison.views.comments import Comments, comments_view
from app.comparison.views.distribution import Row, rows_of
from app.comparison.views.frame import Head, head_of, item_address, section_address
from app.comparison.views.items import ComparedItem, item_of
from app.i18n import Words
from app.results.rounding import cents, mean_level, whole
from app.rounds.queries.released import ShownComment
from scoring.published import ItemTable


@dataclass(frozen=True, slots=True)
class Anchor:
    """A level in the question's own words, with how many gave it (None: not shown).

    `length` of its bar is in percent of the longest.
    """

    level: int
    text: Words
    count: int | None
    length: int
    is_target: bool


@dataclass(frozen=True, slots=True)
class Precisely:
    """The figures behind the words (M6, M8); `deviation` None for a single rating."""

    n: int
    median: Decimal
    mean: Decimal
    balanced: Decimal
    low: int
    high: int
    deviation: Decimal | None
    agreement: Decimal


@dataclass(frozen=True, slots=True)
class Counts:
    """M7.6: what was said instead of a level, of the whole round; None: not shown on its own."""

    asked: int
    dont_know: int | None
    not_applicable: int | None
    blank: int | None


@dataclass(frozen=True, slots=True)
class Said:
    """Only „namentlich im Team“: who gave what; `level` None where it was none, `state` says what then."""

    person: str
    group: str
    state: str
    level: int | None


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """The page. `precisely` None and no `rows`: too few answers; a single row: the groups do not stand alone."""

    head: Head
    item: ComparedItem
    help: Words
    section_href: str
    anchors: tuple[Anchor, ...]
    rows: tuple[Row, ...]
    precisely: Precisely | None
    counts: Counts
    voices: tuple[Said, ...]
    comments: Comments
    following: str


def question_page(comparison: Comparison, item_id: str, comments: Sequence[ShownComment]) -> QuestionPage:
    """The page of this question; `NotFound` where it was not asked."""
    result = comparison.item(item_id)
    table = comparison.tables[item_id]
    return QuestionPage(
        head=head_of(comparison),
        item=item_of(comparison, item_id),
        help=comparison.words(result.item.help),
        section_href=section_address(comparison, result.section_id),
        anchors=_anchors(comparison, item_id),
        rows=rows_of(comparison, table),
        precisely=_precisely(comparison, item_id),
        counts=_counts(table),
        voices=_voices(comparison, item_id),
        comments=comments_view(comparison, item_id, comments),
        following=_following(comparison, item_id),
    )


def _anchors(comparison: Comparison, item_id: str) -> tuple[Anchor, ...]:
    result, found = comparison.profile.item(item_id), comparison.agreements.get(item_id)
    largest = max(found.levels) if found else 1
    return tuple(
        Anchor(
            level=level,
            text=comparison.words(text),
            count=found.levels[level] if found else None,
            length=whole(Fraction(100 * found.levels[level], largest)) if found else 0,
            is_target=level == result.target,
        )
        for level, text in enumerate(result.item.anchors)
    )


def _precisely(comparison: Comparison, item_id: str) -> Precisely | None:
    found = comparison.agreements.get(item_id)
    if found is None:
        return None
    deviation = None if found.deviation is None else cents(Fraction(found.deviation))
    return Precisely(
        n=found.n,
        median=cents(found.median),
        mean=mean_level(found.mean),
        balanced=mean_level(found.balanced),
        low=found.low,
        high=found.high,
        deviation=deviation,
        agreement=cents(found.agreement),
    )


def _counts(table: ItemTable) -> Counts:
    return Counts(table.asked, table.dont_know, table.not_applicable, table.blank)


def _voices(comparison: Comparison, item_id: str) -> tuple[Said, ...]:
    if comparison.table.rule.mode != "named":
        return ()
    return tuple(
        Said(voice.person, comparison.names.of(voice.group), voice.state, voice.level)
        for voice in comparison.round.voices
        if voice.item_id == item_id
    )


def _following(comparison: Comparison, item_id: str) -> str:
    """The next question of the section, `""` after its last."""
    ids = comparison.section(comparison.profile.item(item_id).section_id).item_ids
    after = ids[ids.index(item_id) + 1 :]
    return item_address(comparison, after[0]) if after else ""
