# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""One implementation for every result: the owner's, the read-only twin's, the example's, and that of a round."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from app.errors import NotFound
from app.i18n import Words
from app.results.charts import BarChart
from app.results.forms import Query, read_query
from app.results.queries import ResultContext
from app.results.views.bridge import bridge_csv
from app.results.views.factors import factors_page
from app.results.views.head import BRIDGE
from app.results.views.lists import lists_page
from app.results.views.method import method_page
from app.results.views.overview import overview_of
from app.results.views.sections import sections_page
from app.results.views.sheet import sheet_of
from app.results.views.steps import StepsPage, steps_page
from app.results.views.too_few import too_few_page
from app.web.htmx import fragments, is_htmx
from app.web.limits import limits_of
from app.web.templating import render_page

ResultFor = Callable[[str | None], ResultContext]
"""Gives the result, with a scenario if a month (`YYYY-MM`) is given. Called once a request."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A result page: its template, its view, and whether it shows the scenario."""

    template: str
    view: Callable[[ResultContext, Query], object]
    has_scenario: bool = False


SHOWN: Mapping[str, Shown] = {
    "": Shown("results/overview.html", lambda context, _: overview_of(context)),
    "abschnitte": Shown("results/sections.html", lambda context, _: sections_page(context)),
    "faktoren": Shown(
        "results/factors.html",
        lambda context, query: factors_page(context, month_is_wrong=query.month_is_wrong),
        has_scenario=True,
    ),
    "schritte": Shown("results/steps.html", lambda context, query: steps_page(context, query.filters)),
    "listen": Shown("results/lists.html", lambda context, _: lists_page(context)),
    "methode": Shown("results/method.html", lambda context, _: method_page(context)),
    "druck": Shown("results/sheet.html", lambda context, _: sheet_of(context), has_scenario=True),
}


@dataclass(frozen=True, slots=True)
class Summary:
    """A result in one sentence and one picture, for the start page."""

    name: str
    sentence: Words
    chart: BarChart
    url: str


def summary_of(context: ResultContext) -> Summary:
    """What the overview says on top."""
    overview = overview_of(context)
    return Summary(overview.head.name, overview.sentence, overview.chart, context.place.base_url)


def render_result(
    request: Request, page: str, result: ResultFor, *, headers: Mapping[str, str] | None = None
) -> Response:
    """The page of this name (`""`: the overview) for a result; `NotFound` for an unknown name.

    htmx gets the list of steps alone, which is what the filters change.
    """
    if page == BRIDGE:
        limits_of(request).count(request, "export")
        return _bridge(result(None), headers)
    shown = SHOWN.get(page)
    if shown is None:
        raise NotFound
    query = read_query(request.query_params)
    context = result(query.month if shown.has_scenario else None)
    if context.round and context.round.table.too_few:
        return render_page(request, "results/too_few.html", too_few_page(context, page), headers=headers)
    view = shown.view(context, query)
    if isinstance(view, StepsPage) and is_htmx(request):
        told = context.texts.ngettext("{count} Schritt", "{count} Schritte", len(view.steps.shown))
        return fragments(request, "results/_steps.html", view.steps, status=told.format(count=len(view.steps.shown)))
    return render_page(request, shown.template, view, headers=headers)


def _bridge(context: ResultContext, headers: Mapping[str, str] | None) -> Response:
    """The table to be opened in a spreadsheet; `NotFound` where the questionnaire is a bridge to nothing."""
    questionnaire = context.questionnaire
    if not questionnaire.crosswalk:
        raise NotFound
    name = f"bruecke-{questionnaire.id}-{questionnaire.version}.csv"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(bridge_csv(context), media_type="text/csv", headers={**disposition, **(headers or {})})
