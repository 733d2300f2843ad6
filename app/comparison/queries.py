# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of a comparison stand on: a released round, and what its published table lets be computed (M6 to M9).

Each figure is computed when a page asks for it, from the table alone; a table is small however many answered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from gettext import NullTranslations

from sqlmodel import Session

from app import i18n
from app.comparison.marks import Marks, marks_of
from app.errors import NotFound
from app.i18n import Words, words_of
from app.permissions import ReadingScope
from app.results.groups import GroupNames
from app.rounds.queries.released import ReleasedRound, released_round
from questionnaires.definition import Questionnaire
from questionnaires.library import Library
from questionnaires.parts import MunicipalityType, Text
from scoring import Profile
from scoring.agreement import ItemAgreement, agreements_of
from scoring.perception import Gap, GroupSection, group_sections, item_gaps, section_gaps, shown_groups
from scoring.profile import SectionResult
from scoring.published import Block, ItemTable, PublishedTable
from scoring.ratings import ItemResult
from scoring.rounds import profile_of_round


@dataclass(frozen=True)
class ComparisonPlace:
    """Where a comparison is shown: the address its pages start with, that of the result, the language."""

    base_url: str
    result_url: str
    language: str = i18n.SOURCE


@dataclass(frozen=True)
class Comparison:
    """One released round with everything its comparison tells. `can_review`: comments may be released and hidden."""

    round: ReleasedRound
    questionnaire: Questionnaire = field(repr=False)
    place: ComparisonPlace
    can_review: bool = False

    @property
    def table(self) -> PublishedTable:
        return self.round.table

    @property
    def kind(self) -> MunicipalityType | None:
        return self.round.municipality.type

    @property
    def too_few(self) -> bool:
        """M7.1: nothing but the counts."""
        return self.table.too_few

    @cached_property
    def texts(self) -> NullTranslations:
        """The catalogue of the reader's language, for the few sentences that rules write."""
        return i18n.translations(self.place.language)

    @cached_property
    def names(self) -> GroupNames:
        return GroupNames(self.round.titles)

    @cached_property
    def marks(self) -> Marks:
        return marks_of(self.table, self.names, self.texts.gettext("Wei"))

    @cached_property
    def profile(self) -> Profile:
        """M6: the round's profile, for targets, priorities and next steps."""
        return profile_of_round(self.questionnaire, self.round.municipality, self.table, self.round.targets)

    @cached_property
    def agreements(self) -> dict[str, ItemAgreement]:
        return agreements_of(self.table)

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """The groups that are a block of their own."""
        return shown_groups(self.table)

    @cached_property
    def gaps(self) -> dict[str, Gap]:
        """M9: of each item where groups can be compared, the widest gap between two of them; the widest first."""
        return _first_of_each(item_gaps(self.table))

    @cached_property
    def section_values(self) -> dict[str, GroupSection]:
        """M7.5: the sections that have values for groups."""
        return {part.section_id: part for part in group_sections(self.questionnaire, self.kind, self.table)}

    @cached_property
    def section_gaps(self) -> dict[str, Gap]:
        """M9: of each such section the widest gap between two groups; the widest first."""
        return _first_of_each(section_gaps(self.questionnaire, self.kind, self.table))

    @cached_property
    def sections(self) -> tuple[SectionResult, ...]:
        """The sections in which anything is asked, in order."""
        return tuple(section for section in self.profile.sections if section.item_ids)

    @cached_property
    def tables(self) -> dict[str, ItemTable]:
        return {item.item_id: item for item in self.table.items}

    def words(self, text: Text) -> Words:
        """A text of the questionnaire for this type of municipality, in the reader's language or else in German."""
        return words_of(text, self.kind)

    def block_title(self, block: Block, blocks: Sequence[Block]) -> str:
        return self.names.block(block, blocks, self.texts)

    def item(self, item_id: str) -> ItemResult:
        """An item of the round; `NotFound` where it was not asked."""
        try:
            return self.profile.item(item_id)
        except KeyError:
            raise NotFound from None

    def section(self, section_id: str) -> SectionResult:
        """A section of the round; `NotFound` where nothing of it was asked."""
        found = next((section for section in self.sections if section.id == section_id), None)
        if found is None:
            raise NotFound
        return found

    @cached_property
    def priorities(self) -> Mapping[str, int]:
        """The place of each item in the list of next steps, from 1."""
        return {entry.item_id: place for place, entry in enumerate(self.profile.priorities, 1)}


def load_comparison(db: Session, scope: ReadingScope, library: Library, place: ComparisonPlace) -> Comparison:
    """The comparison of this round in the reader's language. `NotFound` if it is not released any more."""
    shown = released_round(db, scope)
    table = shown.table
    questionnaire = library.in_language(table.questionnaire_id, table.questionnaire_version, place.language)
    return Comparison(shown, questionnaire, place, scope.can_review)


def _first_of_each(gaps: Sequence[Gap]) -> dict[str, Gap]:
    """They come widest first, so that the first of each subject is its widest."""
    found: dict[str, Gap] = {}
    for gap in gaps:
        found.setdefault(gap.subject, gap)
    return found
