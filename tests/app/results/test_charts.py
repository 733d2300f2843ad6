# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A-50, A-51: every picture has title, description and a table, and all of them say the chart's numbers."""

import re
from collections.abc import Callable

import pytest
from fastapi import FastAPI

from app.results.charts import Bar, BarChart, radar_of
from app.results.queries import ResultContext
from app.results.views.factors import factors_page
from app.results.views.figures import Figure
from app.results.views.overview import overview_of
from app.results.views.sections import sections_page
from app.web.templating import Here
from tests.app.results.tables import tables

Demo = Callable[..., ResultContext]
SVG = re.compile(r'<svg class="(?:bar|radar)"[^>]*role="img"[^>]*aria-labelledby="(\S+) (\S+)".*?</svg>', re.DOTALL)


def render(app: FastAPI, template: str, page: object) -> str:
    here = Here("/", "/")
    return str(app.state.templates.render("de", template, {"page": page, "here": here}))


def band(figure: Figure) -> str:
    return "–" if figure.low is None else f"{figure.low} bis {figure.high}"


def dash(number: int | None) -> str:
    return "–" if number is None else str(number)


def assert_same(rows: list[list[str]], chart: BarChart) -> None:
    """The table says what the data object says, row by row."""
    assert len(rows) == len(chart.rows) + 1
    for cells, bar in zip(rows[1:], chart.rows, strict=True):
        figure = bar.figure
        expected = [figure.title, dash(figure.score), band(figure)]
        if chart.has_targets:
            expected.append(dash(bar.target))
        assert cells[: len(expected)] == expected
        if bar.then:
            assert cells[-3:-1] == [dash(bar.then.score), band(bar.then)]
        assert cells[-1] == f"{figure.answered} von {figure.applicable}"


@pytest.mark.parametrize("key", ["lindenau", "auental", "birkenrain"])
def test_the_profile_and_its_table_say_the_same(app: FastAPI, demo: Demo, key: str) -> None:
    view = overview_of(demo(key))
    assert_same(tables(render(app, "results/overview.html", view))["profil"], view.chart)


@pytest.mark.parametrize("month", [None, "2028-01"])
def test_the_factors_and_their_tables_say_the_same(app: FastAPI, demo: Demo, month: str | None) -> None:
    view = factors_page(demo("auental", month=month))
    found = tables(render(app, "results/factors.html", view))
    charts = (view.direct_chart, view.indirect_chart, view.attributes_chart, view.resilience_chart)
    assert found.keys() == {chart.id for chart in charts}
    for chart in charts:
        assert_same(found[chart.id], chart)


@pytest.mark.parametrize("key", ["lindenau", "auental"])
def test_every_picture_is_named_and_carries_its_message(app: FastAPI, demo: Demo, key: str) -> None:
    context = demo(key)
    pages = {
        "results/overview.html": overview_of(context),
        "results/sections.html": sections_page(context),
        "results/factors.html": factors_page(context),
    }
    for template, view in pages.items():
        html = render(app, template, view)
        found = list(SVG.finditer(html))
        assert found
        assert html.count("<svg") == len(found) + html.count('<svg class="bar bar--scale" aria-hidden="true"')
        for picture in found:
            for part in picture.groups():
                text = re.search(rf'<(?:title|desc) id="{part}">([^<]+)</', picture[0])
                assert text, part
                assert text[1].strip()
                assert html.count(f'id="{part}"') == 1


def test_the_description_says_the_numbers_of_its_row(app: FastAPI, demo: Demo) -> None:
    view = overview_of(demo("auental"))
    html = render(app, "results/overview.html", view)
    for bar in view.chart.drawn:
        described = re.search(rf'<desc id="profil-{bar.figure.id}-d">([^<]*)</desc>', html)
        assert described
        numbers = [int(number) for number in re.findall(r"\d+", described[1])]
        expected = [] if bar.figure.score is None else [bar.figure.score, 100]
        expected += [bar.figure.low, bar.figure.high] if bar.figure.has_width else []
        assert numbers[: len(expected) + 1] == [*expected, bar.target]


def test_lengths_are_the_numbers_people_read(app: FastAPI, demo: Demo) -> None:
    view = overview_of(demo("auental"))
    html = render(app, "results/overview.html", view)
    for bar in view.chart.drawn:
        picture = re.search(rf'<svg class="bar"[^>]*"profil-{bar.figure.id}-t.*?</svg>', html, re.DOTALL)
        assert picture
        assert (f'width="{bar.figure.score}%"' in picture[0]) == (bar.figure.score is not None)
        assert f'class="bar__target" x1="{bar.target}%"' in picture[0]
        assert ("bar__band" in picture[0]) == bar.figure.has_width


def test_where_nothing_may_be_said_nothing_is_drawn(app: FastAPI, demo: Demo) -> None:
    view = overview_of(demo("auental"))
    (silent,) = [bar for bar in view.chart.rows if bar.figure.statement == "none"]
    html = render(app, "results/overview.html", view)
    assert f'"profil-{silent.figure.id}-t' not in html
    assert "noch keine Aussage (2 von 6 beantwortet)" in html


def figure(name: str, score: int | None, low: int | None = None, high: int | None = None) -> Figure:
    statement = "none" if score is None and low is None else "score" if score is not None else "band"
    return Figure(name, name, name, statement, score, low, high, None, 0, 6)


def test_a_shared_target_is_named_on_the_scale() -> None:
    rows = (Bar(figure("A", 50), 75), Bar(figure("B", 20), 75), Bar(figure("C", None), 50))
    assert BarChart("x", rows).common_target == 75
    assert BarChart("x", (*rows, Bar(figure("D", 1), 50))).common_target is None
    assert BarChart("x", ()).common_target is None


class TestRadar:
    def test_needs_three_values(self) -> None:
        assert radar_of("x", [figure("A", 10), figure("B", 20), figure("C", None)]) is None

    def test_points_lie_on_their_axes(self) -> None:
        net = radar_of("x", [figure("A", 100), figure("B", 50), figure("C", 0), figure("D", 25)])
        assert net
        assert [axis.point for axis in net.axes] == [
            ("0.0", "-100.0"),
            ("50.0", "0.0"),
            ("0.0", "0.0"),
            ("-25.0", "0.0"),
        ]
        assert [axis.anchor for axis in net.axes] == ["middle", "start", "middle", "end"]
        assert len(net.lines) == 4
        assert net.area

    def test_a_missing_value_has_neither_point_nor_lines(self) -> None:
        net = radar_of("x", [figure("A", 100), figure("B", 50), figure("C", None, 20, 60), figure("D", 25)])
        assert net
        assert net.axes[2].point is None
        assert len(net.lines) == 2
        assert net.area == ""
