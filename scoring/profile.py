# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What scoring gives: a profile (Profil) of frozen values, every figure exact.

Figures are `Fraction`s: scores and bands 0 to 100, coverage 0 to 1, priorities in points. What rule M2 does
not allow to be said is None, so that no page can say it by mistake. Titles and texts are those of the
questionnaire for the municipality's type.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

from questionnaires.parts import Effort, Room
from scoring.inputs import Inputs
from scoring.ratings import Counts, Degree, ItemResult, TargetOrigin

SCORING_VERSION = "1"
"""Version of the method that these rules implement; stored with every profile (M13)."""

Statement = Literal["score", "band", "none"]
"""M2: what may be said: score and band, the band only, or „noch keine Aussage“."""

Notice = Literal["many_not_applicable"]
MatchKind = Literal["same_type", "similar_size", "other"]


@dataclass(frozen=True, slots=True)
class Band:
    """M2: between which values the score lies if every open item were 0 or 4; 0 to 100."""

    min: Fraction
    max: Fraction


@dataclass(frozen=True, slots=True)
class StageResult:
    """M3: the stage (Stufe) 0 to 4 over `core` applicable core items, `need` of which must reach a level.

    `minimum` counts every open core item as 0, `maximum` as 4. `holding` are the answered core items that
    keep the section from the stage above `minimum`.
    """

    core: int
    need: int
    minimum: int
    maximum: int
    holding: tuple[str, ...]
    open_core: tuple[str, ...]

    @property
    def certain(self) -> int | None:
        """The stage where both bounds agree, None where it is „Stufe min bis max“."""
        return self.minimum if self.minimum == self.maximum else None


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """M4: smallest and largest score if one answered item's weight is halved or doubled.

    `order_depends`: against at least one other scored section the order changes with such a single change.
    """

    min: Fraction
    max: Fraction
    order_depends: bool


@dataclass(frozen=True, slots=True)
class SectionResult:
    """A section (Abschnitt). `counts` are those of M2, without items of room `others`.

    `item_ids` are all asked items, `scored_ids` those that stand in the score.
    """

    id: str
    title: str
    short_title: str
    kind: Literal["recommendation", "context"]
    statement: Statement
    score: Fraction | None
    band: Band | None
    coverage: Fraction | None
    stage: StageResult | None
    counts: Counts
    sensitivity: Sensitivity | None
    notices: tuple[Notice, ...]
    item_ids: tuple[str, ...]
    scored_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LensResult:
    """A lens (Blick): factor, attribute or crisis resilience.

    `parts_said`: for a factor made of attributes (F1), those whose scores its mean is taken of.
    """

    id: str
    title: str
    short_title: str
    kind: Literal["factor", "attribute", "resilience"]
    statement: Statement
    score: Fraction | None
    band: Band | None
    coverage: Fraction | None
    counts: Counts
    scored_ids: tuple[str, ...]
    parts: tuple[str, ...] = ()
    parts_said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StepView:
    """The next step from `from_level` to `to_level`; `owner` is an id, `horizon` in months."""

    from_level: int
    to_level: int
    action: str
    how: str
    effort: Effort
    owner: str
    owner_title: str
    horizon: int

    @property
    def text(self) -> str:
        """What to do and how, in one text."""
        return f"{self.action} {self.how}"


@dataclass(frozen=True, slots=True)
class PracticeMatch:
    """An example (Praxisbeispiel) that shows a step, and how near its municipality is."""

    practice_id: str
    match: MatchKind


@dataclass(frozen=True, slots=True)
class Priority:
    """M5: one recommendation with all reasons for its place: level, target, importance, room.

    In a round `mean` is B_i, which the gap is taken of, and `level` the whole level where the step starts (M6).
    """

    item_id: str
    section_id: str
    level: int
    target: int
    target_origin: TargetOrigin
    gap: Degree
    importance: int
    room: Room
    room_factor: Fraction
    priority: Fraction
    step: StepView
    practices: tuple[PracticeMatch, ...]
    mean: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Focus:
    """M5: a focus section (Schwerpunkt) and its steps, by item id, at most three."""

    section_id: str
    item_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Support:
    """M5: a wish to Land, Bund and associations; `level` None is open and counts as the full gap."""

    item_id: str
    level: int | None
    target: int
    gap: Degree
    importance: int
    priority: Degree
    mean: Fraction | None = None


@dataclass(frozen=True)
class Figures:
    """Items, sections and lenses as they are, or as they would be in a scenario."""

    items: tuple[ItemResult, ...]
    sections: tuple[SectionResult, ...]
    lenses: tuple[LensResult, ...]

    def item(self, item_id: str) -> ItemResult:
        """The asked item with this id; KeyError where it is not asked."""
        return self._items[item_id]

    def section(self, section_id: str) -> SectionResult:
        """The section with this id; KeyError where there is none."""
        return self._sections[section_id]

    def lens(self, lens_id: str) -> LensResult:
        """The lens with this id; KeyError where there is none."""
        return self._lenses[lens_id]

    @cached_property
    def _items(self) -> dict[str, ItemResult]:
        return {item.id: item for item in self.items}

    @cached_property
    def _sections(self) -> dict[str, SectionResult]:
        return {section.id: section for section in self.sections}

    @cached_property
    def _lenses(self) -> dict[str, LensResult]:
        return {lens.id: lens for lens in self.lenses}


@dataclass(frozen=True, slots=True)
class Ended:
    """M12: an item whose project has ended by the scenario's month, and what it counts as then."""

    item_id: str
    until: str
    level: int
    counted: int


@dataclass(frozen=True)
class Scenario(Figures):
    """M12: „Wenn Projekte auslaufen“. `without_statement` is the share of levels that say nothing of money."""

    date: str
    without_statement: Fraction | None
    ended: tuple[Ended, ...]


@dataclass(frozen=True)
class Profile(Figures):
    """The whole result. `counts` are over all asked items, room `others` included."""

    questionnaire_id: str
    questionnaire_version: str
    questionnaire_digest: str
    scoring_version: str
    inputs: Inputs
    counts: Counts
    priorities: tuple[Priority, ...]
    focus: tuple[Focus, ...]
    support_list: tuple[Support, ...]
    clarification: tuple[str, ...]
    not_applicable: tuple[str, ...]
    scenario: Scenario | None

    @property
    def order_depends(self) -> bool:
        """M4: „Die Reihenfolge hängt von der Gewichtung ab“, for at least one pair of sections."""
        return any(section.sensitivity and section.sensitivity.order_depends for section in self.sections)
