# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Properties over random questionnaires: what no answer can ever break (M1 to M5, M12, M13)."""

from collections.abc import Iterable
from fractions import Fraction
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from questionnaires.answers import DontKnow, Level, NotApplicable
from questionnaires.parts import Room, copy_with
from scoring import Targets, profile_of
from scoring.document import record_json
from scoring.explain import (
    Explanation,
    MeanSum,
    explain_lens,
    explain_priority,
    explain_section,
    explain_support,
)
from scoring.levels import Tally
from scoring.profile import Figures, LensResult, SectionResult
from scoring.ratings import ItemResult
from tests.scoring import oracle
from tests.scoring.strategies import MONTH, Case, cases
from tests.scoring.tiny import section

PROPERTY = settings(max_examples=40, deadline=None)


def _given(items: Iterable[ItemResult]) -> list[oracle.Given]:
    return [oracle.Given(Fraction(str(i.item.weight)), i.level, i.state != "not_applicable") for i in items]


def _scored(figures: Figures, found: SectionResult | LensResult) -> list[ItemResult]:
    return [figures.item(item_id) for item_id in found.scored_ids]


def _results(figures: Figures) -> list[SectionResult | LensResult]:
    return [*figures.sections, *figures.lenses]


def _plain(case: Case) -> list[tuple[Figures, SectionResult | LensResult]]:
    """What the formulas hold for, of profile and scenario: neither context sections nor F1."""
    found = case.profile
    assert found.scenario is not None
    worlds: list[Figures] = [found, found.scenario]
    return [
        (figures, result)
        for figures in worlds
        for result in _results(figures)
        if not (result.parts if isinstance(result, LensResult) else result.kind == "context")
    ]


def _statement(covered: Fraction | None) -> str:
    if covered is None or 2 * covered < 1:
        return "none"
    return "band" if 3 * covered < 2 else "score"


@PROPERTY
@given(cases())
def test_m2_figures_are_those_of_the_formulas(case: Case) -> None:
    for figures, found in _plain(case):
        items = _given(_scored(figures, found))
        covered = oracle.coverage(items)
        assert found.coverage == covered
        assert found.statement == _statement(covered)
        assert found.score == (oracle.score(items) if found.statement == "score" else None)
        band = (found.band.min, found.band.max) if found.band else None
        ends = (oracle.with_open_as(items, 0), oracle.with_open_as(items, 4))
        assert band == (None if found.statement == "none" else ends)


@PROPERTY
@given(cases())
def test_m2_f1_is_that_of_the_formula(case: Case) -> None:
    found = case.profile
    factor = found.lens("F1")
    scores = [score for part in factor.parts if (score := found.lens(part).score) is not None]
    assert factor.score == (sum(scores, Fraction(0)) / len(scores) if len(scores) >= 4 else None)
    union = [i for i in found.items if i.item.room is not Room.OTHERS and set(factor.parts) & set(i.item.lenses)]
    assert factor.coverage == oracle.coverage(_given(union))
    assert factor.band is None


@PROPERTY
@given(cases())
def test_m3_stage_is_that_of_the_formula(case: Case) -> None:
    found = case.profile
    for part in found.sections:
        core = [i for i in _scored(found, part) if i.item.core and i.state != "not_applicable"]
        if part.statement == "none" or not core:
            assert part.stage is None
            continue
        low, high = (oracle.stage([open_as if i.level is None else i.level for i in core]) for open_as in (0, 4))
        assert part.stage is not None
        assert (part.stage.minimum, part.stage.maximum) == (low, high)
        holding = {i.id for i in core if i.level is not None and i.level < low + 1 and low < 4}
        assert set(part.stage.holding) == holding
        assert set(part.stage.open_core) == {i.id for i in core if i.level is None}


@PROPERTY
@given(cases())
def test_m4_sensitivity_is_that_of_every_single_change(case: Case) -> None:
    found = case.profile
    items = {s.id: _given(_scored(found, s)) for s in found.sections if s.score is not None}
    for part in found.sections:
        if part.id not in items:
            assert part.sensitivity is None
            continue
        assert part.sensitivity is not None
        changes = set(oracle.single_changes(items[part.id]))
        assert (part.sensitivity.min, part.sensitivity.max) == (min(changes), max(changes))
        pairs = (oracle.order_depends(items[part.id], items[other]) for other in items if other != part.id)
        assert part.sensitivity.order_depends == any(pairs)


@PROPERTY
@given(cases(), st.data())
def test_m2_a_higher_level_never_lowers_a_figure(case: Case, data: st.DataObject) -> None:
    raisable = [item_id for item_id, a in case.answers.items() if isinstance(a, Level) and a.level < 4]
    assume(raisable)
    item_id = data.draw(st.sampled_from(raisable))
    before = case.profile
    old = case.answers[item_id]
    assert isinstance(old, Level)
    after = case.answering(item_id, Level(data.draw(st.integers(old.level + 1, 4)), old.carried_by)).profile
    assert before.scenario is not None
    assert after.scenario is not None
    for low, high in ((before, after), (before.scenario, after.scenario)):
        for one, other in zip(_results(low), _results(high), strict=True):
            assert one.statement == other.statement
            assert (one.score or 0) <= (other.score or 0)
            if one.band and other.band:
                assert one.band.min <= other.band.min
                assert one.band.max <= other.band.max
    for part, raised in zip(before.sections, after.sections, strict=True):
        if part.stage and raised.stage:
            assert part.stage.minimum <= raised.stage.minimum
            assert part.stage.maximum <= raised.stage.maximum


@PROPERTY
@given(cases(), st.randoms(use_true_random=False))
def test_m2_the_order_of_items_is_irrelevant(case: Case, random: Random) -> None:
    """For every figure; the list of priorities falls back on the order only between equals."""
    mixed = [
        copy_with(part, {"items": tuple(random.sample(part.items, len(part.items)))}) for part in case.form.sections
    ]
    random.shuffle(mixed)
    one = case.profile
    form = copy_with(case.form, {"sections": tuple(mixed)})
    other = profile_of(form, case.municipality, case.answers, case.targets, MONTH)
    for part in one.sections:
        twin = other.section(part.id)
        assert (part.score, part.band, part.coverage, part.counts) == (
            twin.score,
            twin.band,
            twin.coverage,
            twin.counts,
        )
        assert (part.sensitivity, part.statement, part.notices) == (twin.sensitivity, twin.statement, twin.notices)
        assert (part.stage is None) == (twin.stage is None)
        if part.stage and twin.stage:
            assert (part.stage.minimum, part.stage.maximum) == (twin.stage.minimum, twin.stage.maximum)
            assert set(part.stage.holding) == set(twin.stage.holding)
    for lens in one.lenses:
        twin_lens = other.lens(lens.id)
        assert (lens.score, lens.band, lens.coverage) == (twin_lens.score, twin_lens.band, twin_lens.coverage)
    ranks = [(entry.priority, entry.step.effort) for entry in one.priorities]
    assert ranks == [(entry.priority, entry.step.effort) for entry in other.priorities]
    assert {entry.item_id for entry in one.priorities} == {entry.item_id for entry in other.priorities}


@PROPERTY
@given(cases(), st.data())
def test_m1_a_not_applicable_answer_never_changes_a_mean(case: Case, data: st.DataObject) -> None:
    """Saying „not applicable“ where nothing was said leaves every mean, also those not said yet."""
    blank = [found.id for found in case.form.items if found.id not in case.answers]
    assume(blank)
    item_id = data.draw(st.sampled_from(blank))
    before, after = case.profile, case.answering(item_id, NotApplicable("Grund")).profile
    for part in _results(before):
        means = [Tally.of(figures.item(i) for i in part.scored_ids).mean for figures in (before, after)]
        assert means[0] == means[1]


@PROPERTY
@given(cases(), st.data())
def test_m1_an_item_that_does_not_apply_is_as_good_as_none(case: Case, data: st.DataObject) -> None:
    absent = [i.id for i in case.profile.items if i.state == "not_applicable"]
    assume(absent)
    item_id = data.draw(st.sampled_from(absent))
    parts = [
        section(part.id, [i for i in part.items if i.id != item_id], kind=part.kind, target=part.target)
        for part in case.form.sections
    ]
    form = copy_with(case.form, {"sections": tuple(parts), "practices": ()})
    without = profile_of(form, case.municipality, case.answers, Targets(case.targets.default), MONTH)
    for part, twin in zip(case.profile.sections, without.sections, strict=True):
        assert (part.score, part.band, part.coverage, part.stage) == (
            twin.score,
            twin.band,
            twin.coverage,
            twin.stage,
        )
        assert part.sensitivity == twin.sensitivity
    for lens, twin_lens in zip(case.profile.lenses, without.lenses, strict=True):
        assert (lens.score, lens.band, lens.coverage) == (twin_lens.score, twin_lens.band, twin_lens.coverage)


@PROPERTY
@given(cases())
def test_m2_a_score_lies_inside_its_band_and_every_figure_in_its_range(case: Case) -> None:
    for _, found in _plain(case):
        if found.band:
            assert 0 <= found.band.min <= found.band.max <= 100
        if found.score is not None:
            assert found.band is not None
            assert found.band.min <= found.score <= found.band.max
        if isinstance(found, SectionResult) and found.sensitivity and found.score is not None:
            assert found.sensitivity.min <= found.score <= found.sensitivity.max


@PROPERTY
@given(cases(), st.data())
def test_m1_dont_know_and_blank_are_the_same_to_every_figure(case: Case, data: st.DataObject) -> None:
    item_id = data.draw(st.sampled_from([found.id for found in case.form.items]))
    blank, unknown = (case.answering(item_id, answer).profile for answer in (None, DontKnow()))
    for part, twin in zip(blank.sections, unknown.sections, strict=True):
        assert (part.score, part.band, part.coverage, part.stage) == (twin.score, twin.band, twin.coverage, twin.stage)
    assert blank.lenses == unknown.lenses or [(x.score, x.band) for x in blank.lenses] == [
        (x.score, x.band) for x in unknown.lenses
    ]
    assert (blank.priorities, blank.support_list) == (unknown.priorities, unknown.support_list)


@PROPERTY
@given(cases())
def test_m1_no_score_falls_below_its_lowest_answer(case: Case) -> None:
    """A missing value counted as 0 would pull it there."""
    for figures, found in _plain(case):
        levels = [i.level for i in _scored(figures, found) if i.level is not None]
        if found.score is not None:
            assert 25 * min(levels) <= found.score <= 25 * max(levels)


@PROPERTY
@given(cases())
def test_m13_every_explanation_adds_up_to_its_figure(case: Case) -> None:
    found = case.profile
    assert found.scenario is not None
    worlds: list[Figures] = [found, found.scenario]
    for figures in worlds:
        for part in figures.sections:
            explanation = explain_section(figures, part.id)
            _check_basics(part, explanation)
            swing = part.sensitivity
            _check_mean(explanation.sensitivity_min, swing.min if swing else None)
            _check_mean(explanation.sensitivity_max, swing.max if swing else None)
            assert (explanation.stage is None) == (part.stage is None)
            if explanation.stage and part.stage:
                assert explanation.stage.adds_up
                assert (explanation.stage.minimum, explanation.stage.maximum) == (
                    part.stage.minimum,
                    part.stage.maximum,
                )
        for lens in figures.lenses:
            _check_basics(lens, explain_lens(figures, lens.id))
    for entry in found.priorities:
        product = explain_priority(entry)
        assert product.adds_up
        assert product.result == entry.priority
    for wish in found.support_list:
        product = explain_support(found, wish)
        assert product.adds_up
        assert product.result == wish.priority


def _check_basics(found: SectionResult | LensResult, explanation: Explanation) -> None:
    _check_mean(explanation.score, found.score)
    _check_mean(explanation.coverage, found.coverage)
    _check_mean(explanation.band_min, found.band.min if found.band else None)
    _check_mean(explanation.band_max, found.band.max if found.band else None)


def _check_mean(explained: MeanSum | None, figure: Fraction | None) -> None:
    """The lines give the figure itself, not merely something that calls itself the result."""
    assert (explained is None) == (figure is None)
    if explained is not None:
        assert explained.adds_up
        amounts = sum((line.weight * line.value for line in explained.lines), Fraction(0))
        assert amounts / sum(line.weight for line in explained.lines) == figure == explained.result
        assert sum(line.change is not None for line in explained.lines) <= 1


@PROPERTY
@given(cases())
def test_m5_list_focus_and_support_list_fit_together(case: Case) -> None:
    found = case.profile
    listed = [entry.item_id for entry in found.priorities]
    expected = {i.id for i in found.items if i.item.room is not Room.OTHERS and i.gap}
    assert len(listed) == len(set(listed))
    assert set(listed) == expected
    keys = [(-e.priority, ("low", "medium", "high").index(e.step.effort)) for e in found.priorities]
    order = {item.id: place for place, item in enumerate(case.form.items)}
    ranked = list(zip(keys, [order[item_id] for item_id in listed], strict=True))
    assert ranked == sorted(ranked)
    for entry in found.priorities:
        assert (entry.step.from_level, entry.step.to_level) == (entry.level, entry.level + 1)
        assert entry.level < entry.target
    in_focus = [item_id for area in found.focus for item_id in area.item_ids]
    assert set(in_focus) <= set(listed)
    assert len(found.focus) <= 3
    for area in found.focus:
        assert found.section(area.section_id).kind == "recommendation"
        own = [e.item_id for e in found.priorities if e.section_id == area.section_id]
        assert list(area.item_ids) == own[:3]
    assert {wish.item_id for wish in found.support_list} == {
        i.id
        for i in found.items
        if i.item.room is Room.OTHERS and (i.is_open or (i.level is not None and i.level < i.target))
    }


@PROPERTY
@given(cases())
def test_m12_the_scenario_never_raises_a_figure(case: Case) -> None:
    found = case.profile
    assert found.scenario is not None
    for one, other in zip(_results(found), _results(found.scenario), strict=True):
        assert (one.statement, one.coverage) == (other.statement, other.coverage)
        assert (other.score or 0) <= (one.score or 0)
    for item in found.scenario.items:
        assert (item.level or 0) <= (found.item(item.id).level or 0)


@PROPERTY
@given(cases(), st.randoms(use_true_random=False))
def test_m13_the_same_input_gives_the_same_bytes(case: Case, random: Random) -> None:
    """Also when the answers come in another order, as a database may hand them out."""
    shuffled = dict(random.sample(list(case.answers.items()), len(case.answers)))
    again = profile_of(case.form, case.municipality, shuffled, case.targets, MONTH)
    assert record_json(case.profile) == record_json(again)
