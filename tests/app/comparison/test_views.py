# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of a comparison are told: by the method's rules, from the published table."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest

from app.comparison.queries import Comparison
from app.comparison.views.agenda import SHOWN, agenda_page, rank_of
from app.comparison.views.distribution import rows_of
from app.comparison.views.heard import heard_of
from app.comparison.views.items import item_of
from app.comparison.views.overview import overview_page
from app.comparison.views.question import question_page
from app.comparison.views.section import IN_ORDER, section_page
from app.comparison.views.section_chart import points_apart
from app.errors import NotFound
from scoring.agreement import median_of
from scoring.perception import Gap, group_sections, item_gaps, section_gaps
from scoring.published import Rule
from tests.released import SIZES, Plan

Compare = Callable[..., Comparison]
TEN = {key: 6 + place % 4 for place, key in enumerate("abcdefghij")}


class TestHeard:
    def test_small_groups_stand_together_and_say_why(self, compare: Compare) -> None:
        heard = heard_of(compare())
        assert heard.unheard == ("Bildung, Kita und Schule",)
        assert heard.together is not None
        assert heard.together.small == ("Wirtschaft und Kammern",)
        assert heard.together.taken == ("Beirat oder Integrationsrat",)
        assert [(group.submitted, group.expected) for group in heard.groups][:2] == [(10, 12), (8, 20)]
        signs = {group.title: group.mark and group.mark.shape for group in heard.groups}
        assert signs["Beirat oder Integrationsrat"] == signs["Wirtschaft und Kammern"] == "ring"
        assert signs["Bildung, Kita und Schule"] is None

    def test_one_block_is_all(self, compare: Compare) -> None:
        heard = heard_of(compare(Plan(sizes={"verwaltung": 3, "politik": 4})))
        assert heard.together is not None
        assert heard.together.is_all
        assert not heard.has_marks

    def test_without_small_groups_nothing_stands_together(self, compare: Compare) -> None:
        assert heard_of(compare(Plan(sizes={"verwaltung": 9, "politik": 8}))).together is None


class TestOverview:
    def test_sections_stand_by_distance_with_the_numbers_of_the_method(self, compare: Compare) -> None:
        comparison = compare()
        chart = overview_page(comparison).chart
        assert chart is not None
        gaps = section_gaps(comparison.questionnaire, comparison.kind, comparison.table)
        widest = {gap.subject: gap for gap in reversed(gaps)}
        parts = {
            part.section_id: part
            for part in group_sections(comparison.questionnaire, comparison.kind, comparison.table)
        }
        assert len(chart.rows) == len(parts)
        shown = [row.dots.id.removeprefix("punkte-") for row in chart.rows]
        sizes = [widest[key].size for key in shown]
        assert sizes == sorted(sizes, reverse=True)
        for key, row in zip(shown, chart.rows, strict=True):
            values = {dot.mark.key: dot.value for dot in row.dots.dots}
            assert values == {group: half_up(value) for group, value in parts[key].values.items()}
            assert row.flagged == (widest[key].size >= 25)
            assert [dot.place for dot in row.dots.dots] == [float(dot.value) for dot in row.dots.dots]

    def test_a_gap_never_reads_as_the_25_it_does_not_reach(self) -> None:
        def apart(size: Fraction) -> Decimal:
            return points_apart(Gap("E1", "a", "b", Fraction(0), size, flagged=size >= 25))

        assert apart(Fraction(249, 10)) == Decimal("24.9")
        assert apart(Fraction(2499, 100)) == Decimal("24.9")
        assert apart(Fraction(25)) == apart(Fraction(254, 10)) == 25
        assert apart(Fraction(244, 10)) == 24

    def test_counts_every_question_once(self, compare: Compare) -> None:
        comparison = compare()
        page = overview_page(comparison)
        total = page.tally.said + page.tally.few
        assert total == len(comparison.table.items) == sum(r.tally.said + r.tally.few for r in page.sections)

    def test_a_short_form_leaves_sections_without_values_and_says_why(self, compare: Compare) -> None:
        page = overview_page(compare(Plan(short=frozenset({"zivil"}))))
        assert page.chart is None
        assert not page.same_form
        assert len(page.without_values) == 10
        assert page.sentence.startswith("Bei ")
        assert page.widest

    def test_fewer_than_n_min_have_nothing_but_counts(self, compare: Compare) -> None:
        page = overview_page(compare(Plan(sizes={"verwaltung": 2, "politik": 2})))
        assert page.too_few
        assert (page.chart, page.sections, page.widest) == (None, (), ())
        assert [group.submitted for group in page.heard.groups] == [2, 2]

    def test_one_block_cannot_be_compared(self, compare: Compare) -> None:
        page = overview_page(compare(Plan(sizes={"verwaltung": 3, "politik": 4})))
        assert (page.chart, page.alone, page.widest) == (None, 0, ())
        assert page.tally.said

    def test_more_groups_than_shapes_have_plain_dots(self, compare: Compare) -> None:
        chart = overview_page(compare(Plan(sizes=TEN))).chart
        assert chart is not None
        assert {mark.shape for mark in chart.groups} == {"plain"}
        assert len({mark.letters for mark in chart.groups}) == 10


class TestItems:
    def test_values_are_the_medians_of_the_blocks(self, compare: Compare) -> None:
        comparison = compare()
        for table in comparison.table.items:
            item = item_of(comparison, table.item_id)
            assert [side.middle.number for side in item.sides] == [
                Decimal(float(median_of(block.levels))) for block in table.blocks
            ]
            if item.dots:
                assert [dot.place for dot in item.dots.dots] == [25 * float(s.middle.number) for s in item.sides]

    def test_the_gap_is_the_widest_of_groups_that_stand_alone(self, compare: Compare) -> None:
        comparison = compare()
        widest: dict[str, Fraction] = {}
        for gap in item_gaps(comparison.table):
            widest.setdefault(gap.subject, gap.size)
        assert widest
        for table in comparison.table.items:
            apart = item_of(comparison, table.item_id).apart
            known = widest.get(table.item_id)
            assert (apart.size if apart else None) == (None if known is None else Decimal(float(known)))
            if apart:
                assert apart.higher_middle.number - apart.lower_middle.number == apart.size

    def test_distributions_are_those_of_the_table(self, compare: Compare) -> None:
        comparison = compare()
        for table in comparison.table.items:
            rows = rows_of(comparison, table)
            assert bool(rows) != table.too_few
            for row, levels in zip(rows[1:], (block.levels for block in table.blocks), strict=True):
                assert tuple(bar.count for bar in row.bars) == levels
            if rows:
                assert tuple(bar.count for bar in rows[0].bars) == table.pooled
                assert max(bar.height for row in rows for bar in row.bars) == 100


class TestSection:
    def test_is_sorted_by_distance_or_in_order(self, compare: Compare) -> None:
        comparison = compare()
        by_distance = section_page(comparison, "E10", "")
        sizes = [one.item.apart.size for one in by_distance.items if one.item.apart]
        assert sizes == sorted(sizes, reverse=True)
        assert by_distance.items[-1].item.too_few
        in_order = section_page(comparison, "E10", IN_ORDER)
        assert [one.item.id for one in in_order.items] == list(comparison.section("E10").item_ids)
        assert [order.is_current for order in in_order.orders] == [False, True]

    def test_its_table_has_the_numbers_of_its_pictures(self, compare: Compare) -> None:
        page = section_page(compare(), "E2", "")
        for one, row in zip(page.items, page.table, strict=True):
            cells = dict(zip((mark.key for mark in page.columns), row.cells, strict=True))
            for dot in one.item.dots.dots if one.item.dots else ():
                assert cells[dot.mark.key] == dot.value

    def test_leads_on_to_the_next(self, compare: Compare) -> None:
        comparison = compare()
        following = section_page(comparison, "E1", "").following
        assert following is not None
        assert following.href.endswith("/abschnitt/E2")
        assert section_page(comparison, comparison.sections[-1].id, "").following is None

    def test_of_an_unknown_id_is_not_found(self, compare: Compare) -> None:
        with pytest.raises(NotFound):
            section_page(compare(), "E99", "")


class TestQuestion:
    def test_shows_anchors_with_counts_and_the_target(self, compare: Compare) -> None:
        comparison = compare()
        page = question_page(comparison, "E1.lenkungsgruppe", ())
        table = comparison.tables["E1.lenkungsgruppe"]
        assert tuple(anchor.count for anchor in page.anchors) == table.pooled
        assert [anchor.level for anchor in page.anchors if anchor.is_target] == [page.item.target]
        assert page.precisely is not None
        assert page.precisely.n == sum(table.pooled)

    def test_hidden_counts_stay_hidden(self, compare: Compare) -> None:
        comparison = compare()
        for table in comparison.table.items:
            counts = question_page(comparison, table.item_id, ()).counts
            assert (counts.dont_know, counts.not_applicable, counts.blank) == (
                table.dont_know,
                table.not_applicable,
                table.blank,
            )

    def test_too_few_answers_show_nothing(self, compare: Compare) -> None:
        page = question_page(compare(), "E10.monitoring", ())
        assert page.item.too_few
        assert page.precisely is None
        assert page.rows == ()
        assert {anchor.count for anchor in page.anchors} == {None}

    def test_of_an_unknown_id_is_not_found(self, compare: Compare) -> None:
        with pytest.raises(NotFound):
            question_page(compare(), "E1.gibtsnicht", ())

    def test_names_are_of_a_named_round_only(self, compare: Compare) -> None:
        assert question_page(compare(), "E1.lenkungsgruppe", ()).voices == ()


class TestAgenda:
    def test_every_question_with_a_word_is_in_one_heap(self, compare: Compare) -> None:
        comparison = compare()
        page = agenda_page(comparison)
        placed = [point.item.id for pile in page.piles for point in (*pile.shown, *pile.rest)]
        assert len(placed) == len(set(placed)) == overview_page(comparison).tally.said
        assert page.few == len(comparison.table.items) - len(placed)
        assert [pile.key for pile in page.piles] == ["act", "discuss", "check_evidence", "appreciate"]

    def test_heaps_are_by_median_and_word(self, compare: Compare) -> None:
        for pile in agenda_page(compare()).piles:
            for point in (*pile.shown, *pile.rest):
                assert point.item.middle is not None
                below = point.item.middle.number < point.item.target
                assert below == (pile.key in ("act", "discuss"))
                assert (point.item.word == "agreed") == (pile.key in ("act", "appreciate"))
                assert below or not point.action

    def test_is_of_a_workable_length_the_most_important_first(self, compare: Compare) -> None:
        comparison = compare()
        for pile in agenda_page(comparison).piles:
            assert len(pile.shown) <= SHOWN
            ranks = [rank_of(comparison, point.item.id) for point in (*pile.shown, *pile.rest)]
            assert ranks == sorted(ranks)
        entries = {entry.item_id: entry.priority for entry in comparison.profile.priorities}
        assert all(-rank_of(comparison, item_id)[0] == priority for item_id, priority in entries.items())

    def test_below_five_ratings_there_is_none(self, compare: Compare) -> None:
        sizes = {"verwaltung": 2, "politik": 1}
        page = agenda_page(compare(Plan(sizes=sizes, rule=Rule("named"))))
        assert page.is_empty
        assert page.few == 76


def test_the_sizes_are_those_of_the_task() -> None:
    assert sum(SIZES.values()) == 40
    assert sum(0 < size < 5 for size in SIZES.values()) == 1


def half_up(value: Fraction) -> Decimal:
    return Decimal(int(value + Fraction(1, 2)))
