# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M2 for lenses (Blicke): the same formulas across sections; F1 as the mean of its attributes."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from questionnaires.definition import Lens, Questionnaire
from questionnaires.parts import MunicipalityType
from scoring.levels import Tally
from scoring.profile import LensResult
from scoring.ratings import Counts, ItemResult

PARTS_NEEDED = 4
"""M2: a factor made of attributes is said from four attributes with a score."""


def lens_results(
    questionnaire: Questionnaire, kind: MunicipalityType | None, items: Iterable[ItemResult]
) -> tuple[LensResult, ...]:
    """All lenses in the order of the questionnaire; lenses made of others are computed after those."""
    tagged: dict[str, list[ItemResult]] = {lens.id: [] for lens in questionnaire.lenses}
    scored = [item for item in items if item.item.scored]
    for item in scored:
        for lens_id in item.item.lenses:
            # A composed questionnaire declares only the lenses that it shows.
            if lens_id in tagged:
                tagged[lens_id].append(item)
    plain = {lens.id: _plain(lens, kind, tagged[lens.id]) for lens in questionnaire.lenses if not lens.parts}
    return tuple(
        _composed(lens, kind, plain, scored) if lens.parts else plain[lens.id] for lens in questionnaire.lenses
    )


def _plain(lens: Lens, kind: MunicipalityType | None, items: Sequence[ItemResult]) -> LensResult:
    tally = Tally.of(items)
    statement = tally.statement
    return LensResult(
        id=lens.id,
        title=lens.title.of(kind),
        short_title=lens.short_title.of(kind),
        kind=lens.kind,
        statement=statement,
        score=tally.mean if statement == "score" else None,
        band=None if statement == "none" else tally.band,
        coverage=tally.coverage,
        counts=Counts.of(items),
        scored_ids=tuple(item.id for item in items),
    )


def _composed(
    lens: Lens, kind: MunicipalityType | None, plain: Mapping[str, LensResult], scored: Iterable[ItemResult]
) -> LensResult:
    """M2, F1: the mean of its attributes' scores, coverage of the union of their items, no band."""
    scores = {part: plain[part].score for part in lens.parts}
    said = [score for score in scores.values() if score is not None]
    union = [item for item in scored if not scores.keys().isdisjoint(item.item.lenses)]
    enough = len(said) >= PARTS_NEEDED
    return LensResult(
        id=lens.id,
        title=lens.title.of(kind),
        short_title=lens.short_title.of(kind),
        kind=lens.kind,
        statement="score" if enough else "none",
        score=sum(said, Fraction(0)) / len(said) if enough else None,
        band=None,
        coverage=Tally.of(union).coverage,
        counts=Counts.of(union),
        scored_ids=tuple(item.id for item in union),
        parts=lens.parts,
        parts_said=tuple(part for part, score in scores.items() if score is not None),
    )
