# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages are told, in every state of a check: nothing, little, most, all."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from app.results.filters import Filters
from app.results.queries import Place, ResultContext, result_of
from app.results.views.factors import endings_of, factors_page, month_after
from app.results.views.figures import figure_of
from app.results.views.lists import lists_page
from app.results.views.method import method_page
from app.results.views.overview import needed_answers, overview_of
from app.results.views.sections import one_section, sections_page
from app.results.views.steps import steps_page
from questionnaires.answers import Level
from questionnaires.definition import Questionnaire
from scoring import Inputs, Municipality, Profile, Targets
from tests.app.results.conftest import DAY, PLACE
from tests.scoring import tiny

Demo = Callable[..., ResultContext]


class TestOverview:
    def test_of_nothing(self, questionnaire: Questionnaire) -> None:
        inputs = Inputs(tiny.GEMEINDE, {}, Targets())
        view = overview_of(result_of(questionnaire, inputs, PLACE, as_of=DAY))
        assert view.progress.done == 0
        assert view.focus == ()
        assert view.chart.drawn == ()
        assert len(view.unsaid) == len(view.chart.rows) == 10

    def test_of_one_section(self, demo: Demo) -> None:
        view = overview_of(demo("birkenrain", "E1."))
        assert [bar.figure.id for bar in view.chart.drawn] == ["E1"]
        assert [area.figure.id for area in view.focus] == ["E1"]
        assert view.progress.unsaid == 9
        assert view.sentence == "Am Anfang bei „Querschnittsaufgabe“."

    def test_of_three_answers(self, demo: Demo) -> None:
        view = overview_of(demo("birkenrain", "E1.lenkungsgruppe", "E1.personal", "E5.anerkennung"))
        assert view.sentence == "Für eine Aussage fehlen noch Antworten."
        assert view.progress.done == 3

    def test_focus_is_three_sections_with_three_steps_at_most(self, demo: Demo) -> None:
        view = overview_of(demo("birkenrain"))
        assert [area.number for area in view.focus] == [1, 2, 3]
        assert all(1 <= len(area.steps) <= 3 for area in view.focus)
        sections = [step.section_id for area in view.focus for step in area.steps]
        assert sections == [area.figure.id for area in view.focus for _ in area.steps]

    def test_what_cannot_be_said_says_how_to_get_there(self, demo: Demo) -> None:
        view = overview_of(demo("auental"))
        assert [(row.figure.id, row.figure.statement, row.needed) for row in view.unsaid] == [
            ("E7", "band", 1),
            ("E10", "none", 2),
        ]

    def test_everything_on_the_highest_level_leaves_no_step(self, questionnaire: Questionnaire) -> None:
        answers = {item.id: Level(4) for item in questionnaire.items}
        view = overview_of(result_of(questionnaire, Inputs(Municipality(), answers, Targets()), PLACE, as_of=DAY))
        assert view.focus == ()
        assert view.totals.steps == 0
        assert view.sentence == "Stark in allen zehn Abschnitten."

    def test_who_may_not_edit_gets_no_way_into_the_form(self, questionnaire: Questionnaire, demo: Demo) -> None:
        inputs = demo("auental").profile.inputs
        view = overview_of(result_of(questionnaire, inputs, Place("/ansicht/x"), as_of=DAY))
        assert not any(row.href for row in view.unsaid)
        assert view.head.form_url == ""


def test_needed_answers_take_the_heaviest_first() -> None:
    of = tiny.questionnaire(
        tiny.section(
            "E1", [tiny.item("E1.a"), tiny.item("E1.b", weight=4, weight_reason="Beispiel."), tiny.item("E1.c")]
        )
    )

    def needed(profile: Profile) -> int:
        context = result_of(of, profile.inputs, PLACE, as_of=DAY)
        return needed_answers(context, context.profile.section("E1"))

    assert needed(tiny.profile(of, {})) == 1
    assert needed(tiny.profile(of, tiny.levels("E1", 2, None, 2))) == 1
    assert needed(tiny.profile(of, tiny.levels("E1", None, 2))) == 0


def test_figures_keep_silent_where_the_method_does(demo: Demo) -> None:
    shown = demo("auental")
    band, none = (figure_of(shown, shown.profile.section(section)) for section in ("E7", "E10"))
    assert (band.score, none.score) == (None, None)
    assert band.low is not None
    assert none.low is none.stage is None


class TestSections:
    def test_name_what_holds_them_back(self, demo: Demo) -> None:
        context = demo("birkenrain")
        for section in sections_page(context).sections:
            stage = context.profile.section(section.figure.id).stage
            assert [question.id for question in section.holding] == list(stage.holding if stage else ())
            assert all(question.prompt and question.anchor for question in section.holding)

    def test_the_context_section_has_neither_picture_nor_target(self, demo: Demo) -> None:
        section = one_section(demo("birkenrain"), "R")
        assert section.is_context
        assert section.chart is section.target is None
        assert section.figure.score is section.figure.stage is None

    def test_tell_how_far_other_weights_move_them(self, demo: Demo) -> None:
        swing = one_section(demo("birkenrain"), "E1").swing
        assert swing
        assert (swing.low, swing.high, swing.order_depends) == (29, 36, True)

    def test_tell_when_much_does_not_apply(self) -> None:
        of = tiny.questionnaire(tiny.section("E1", tiny.items("E1", 3)))
        inputs = tiny.profile(of, tiny.levels("E1", 2, tiny.ABSENT, tiny.ABSENT)).inputs
        assert one_section(result_of(of, inputs, PLACE, as_of=DAY), "E1").many_not_applicable


class TestFactors:
    def test_keep_what_the_municipality_moves_apart_from_what_others_move(self, demo: Demo) -> None:
        view = factors_page(demo("birkenrain"))
        assert [lens.figure.id for lens in view.direct] == ["F1", "F2"]
        assert [lens.figure.id for lens in view.indirect] == ["F3", "F4", "F5"]
        assert [lens.figure.id for lens in view.attributes] == ["A1", "A2", "A3", "A4", "A5", "A6"]
        assert [lens.figure.id for lens in view.resilience] == ["krise"]

    def test_show_the_scenario_only_when_asked(self, demo: Demo) -> None:
        now, then = factors_page(demo("auental")), factors_page(demo("auental", month="2028-01"))
        assert now.outlook is None
        assert not now.attributes_chart.has_scenario
        assert then.outlook
        assert all(row.until < "2028-01" and row.counted <= 1 for row in then.outlook.ended)
        assert then.outlook.without_statement == 66
        assert {row.now.id for row in then.changes} <= {f"E{number}" for number in range(1, 11)}

    def test_offer_months_after_something_ends(self, demo: Demo) -> None:
        context = demo("auental", month="2027-02")
        view = factors_page(context)
        assert view.switch.current == "2027-02"
        assert list(view.switch.months) == sorted(set(view.switch.months))
        assert {month_after(row.until) for row in endings_of(context)} <= set(view.switch.months)

    @pytest.mark.parametrize(("month", "following"), [("2026-11", "2026-12"), ("2026-12", "2027-01")])
    def test_the_month_after(self, month: str, following: str) -> None:
        assert month_after(month) == following


class TestSteps:
    def test_are_all_there_in_order(self, demo: Demo) -> None:
        context = demo("birkenrain")
        view = steps_page(context, Filters())
        assert [step.question.id for step in view.steps.shown] == [e.item_id for e in context.profile.priorities]
        assert [step.number for step in view.steps.shown] == list(range(1, view.steps.total + 1))

    def test_filters_add_up_to_everything(self, demo: Demo) -> None:
        context = demo("birkenrain")
        view = steps_page(context, Filters())
        for choices in (view.sections, view.efforts, view.owners):
            assert sum(choice.count for choice in choices) == view.steps.total

    def test_several_filters_hold_together(self, demo: Demo) -> None:
        view = steps_page(demo("birkenrain"), Filters("E1", "low"))
        assert 0 < len(view.steps.shown) < view.steps.total
        assert {(step.section_id, step.effort) for step in view.steps.shown} == {("E1", "low")}
        assert [choice.value for choice in view.efforts if choice.is_chosen] == ["low"]

    def test_what_is_unknown_filters_nothing(self, demo: Demo) -> None:
        view = steps_page(demo("birkenrain"), Filters("E99", "huge", "nobody"))
        assert not view.steps.are_filtered
        assert len(view.steps.shown) == view.steps.total

    def test_every_step_gives_its_reasons(self, demo: Demo) -> None:
        for step in steps_page(demo("lindenau"), Filters()).steps.shown:
            why = step.reasons
            assert why.importance * why.gap * why.room_factor == why.priority
            assert why.gap == why.target - step.from_level
            assert step.to_level == step.from_level + 1
            assert step.question.anchor
            assert why.importance_reason

    def test_examples_bring_their_source(self, demo: Demo) -> None:
        shown = [step.example for step in steps_page(demo("lindenau"), Filters()).steps.shown if step.example]
        assert len(shown) > 10
        assert all(example.citations for example in shown)
        assert {citation.work for example in shown for citation in example.citations} <= {
            "Bertelsmann Stiftung 2022",
            "IRS 2023",
        }


class TestLists:
    def test_hold_what_the_profile_lists(self, demo: Demo) -> None:
        context = demo("auental")
        view, profile = lists_page(context), context.profile
        assert [question.id for question in view.clarification] == list(profile.clarification)
        assert [wish.question.id for wish in view.support] == [wish.item_id for wish in profile.support_list]
        assert [question.id for question in view.not_applicable] == list(profile.not_applicable)
        assert all(question.reason for question in view.not_applicable)
        assert view.notes
        assert {question.id: question.note for question in view.notes} == dict(context.notes or {})

    def test_an_open_wish_names_the_goal_but_no_way(self, demo: Demo) -> None:
        (wish,) = [wish for wish in lists_page(demo("auental")).support if wish.question.level is None]
        assert wish.wanted
        assert wish.action == ""

    def test_notes_can_be_kept_back(self, questionnaire: Questionnaire, demo: Demo) -> None:
        assert lists_page(result_of(questionnaire, demo("auental").profile.inputs, PLACE, as_of=DAY)).notes is None


class TestMethod:
    @pytest.mark.parametrize("key", ["lindenau", "auental", "birkenrain"])
    def test_every_figure_has_its_sum(self, demo: Demo, key: str) -> None:
        context = demo(key)
        view = method_page(context)
        for unfolded in (*view.sections, *view.lenses):
            figure = unfolded.figure
            assert (unfolded.score is None) == (figure.score is None)
            assert (unfolded.stage is None) == (figure.stage is None)
            assert (unfolded.low is None) == (not figure.has_width)
            if unfolded.score and unfolded.kind == "section":
                answered = [row for row in unfolded.rows if row.amount is not None]
                assert sum(row.amount or 0 for row in answered) == unfolded.score.numerator
                assert sum(row.weight for row in answered) == unfolded.score.denominator
                assert len(answered) == figure.answered

    def test_the_sum_gives_the_number_on_the_page(self, demo: Demo) -> None:
        for unfolded in method_page(demo("auental")).sections:
            if unfolded.score:
                exact = Fraction(unfolded.score.numerator) / Fraction(unfolded.score.denominator)
                assert unfolded.figure.score == int(exact + Fraction(1, 2))
