# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every result page gets: one profile, its questionnaire, where its pages live, and the round it may be of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from gettext import NullTranslations
from typing import Literal

from app import i18n
from app.i18n import Words, words_of
from app.results.groups import GroupNames
from questionnaires.definition import Questionnaire
from questionnaires.parts import MunicipalityType, Text
from scoring import Profile
from scoring.published import PublishedTable

Status = Literal["draft", "submitted", "example", "round"]


@dataclass(frozen=True)
class Place:
    """Where a result is shown: the address its pages start with, the form's (`""`: nobody edits), the language.

    `comparison_url`: where the groups of a round stand side by side, `""` for a check of one's own.
    """

    base_url: str
    form_url: str = ""
    language: str = i18n.SOURCE
    comparison_url: str = ""


@dataclass(frozen=True)
class OfRound:
    """What a result has besides where it is that of a round: its name, its published table, its groups."""

    title: str
    table: PublishedTable = field(repr=False)
    names: GroupNames
    asks_comments: bool


@dataclass(frozen=True)
class ResultContext:
    """One result with everything its pages tell. `notes` None: this reader does not see notes.

    `part_of`: the title of the round that a single response was given to. It is not the round's result, and the
    targets are the round's.
    """

    profile: Profile
    questionnaire: Questionnaire = field(repr=False)
    digest: str
    as_of: date
    status: Status
    place: Place
    notes: Mapping[str, str] | None = field(repr=False)
    round: OfRound | None = None
    part_of: str = ""

    @property
    def kind(self) -> MunicipalityType | None:
        """The type of municipality that chooses among the variants of texts."""
        return self.profile.inputs.municipality.type

    @property
    def can_edit(self) -> bool:
        return bool(self.place.form_url)

    @property
    def can_set_targets(self) -> bool:
        return self.can_edit and not self.part_of

    def words(self, text: Text) -> Words:
        """A text of the questionnaire for this type of municipality, in the reader's language or else in German."""
        return words_of(text, self.kind)

    @cached_property
    def texts(self) -> NullTranslations:
        """The catalogue of the reader's language, for the few sentences that rules write."""
        return i18n.translations(self.place.language)
