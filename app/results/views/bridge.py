# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The bridge (Brücke): which points of other catalogues a question serves, so that an answer serves twice."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.i18n import N_, Words
from app.results.queries import ResultContext
from app.results.rounding import mean_level
from app.results.views.questions import Question, question_of
from questionnaires.crosswalk import as_csv, counterparts_of, crossed
from scoring.ratings import ItemResult, State

HEADINGS = (
    N_("Katalog"),
    N_("Punkt"),
    N_("Titel des Punkts"),
    N_("Abschnitt"),
    N_("Kennung der Frage"),
    N_("Frage"),
    N_("Stufe"),
    N_("Antwort"),
)
MEAN = N_("Mittelwert der Gruppen")
STATES: dict[State, str] = {
    "blank": N_("offen"),
    "dont_know": N_("zu klären"),
    "not_applicable": N_("trifft nicht zu"),
}
ROUND_STATES: dict[State, str] = {**STATES, "blank": N_("zu wenige Antworten")}


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Another catalogue and its points, each with the number it has there."""

    catalogue: Words
    points: tuple[tuple[str, Words], ...]


@dataclass(frozen=True, slots=True)
class Bridged:
    """A question with its answer and what it corresponds to elsewhere."""

    question: Question
    state: State
    counterparts: tuple[Counterpart, ...]


def bridged(context: ResultContext, item_ids: Iterable[str]) -> tuple[Bridged, ...]:
    """Several questions, in the order given."""
    return tuple(
        Bridged(question_of(context, item_id), context.profile.item(item_id).state, _counterparts(context, item_id))
        for item_id in item_ids
    )


def catalogues_of(context: ResultContext) -> tuple[Words, ...]:
    """The titles of the catalogues that the questionnaire is a bridge to."""
    return tuple(context.words(framework.title) for framework in context.questionnaire.frameworks)


def bridge_csv(context: ResultContext) -> str:
    """The table, point by point, of what this municipality is asked, with its levels beside."""
    headings = tuple(map(context.texts.gettext, HEADINGS + (MEAN,) * bool(context.round)))
    return as_csv([headings, *_rows(context)])


def _rows(context: ResultContext) -> Iterator[tuple[object, ...]]:
    asked = {item.id for item in context.profile.items}
    for line in crossed(context.questionnaire):
        if line.item.id in asked:
            yield *line.cells(context.questionnaire, context.kind), *_answer(context, line.item.id)


def _answer(context: ResultContext, item_id: str) -> tuple[object, ...]:
    result = context.profile.item(item_id)
    mean = (_with_comma(result),) * bool(context.round)
    if result.level is None:
        states = ROUND_STATES if context.round else STATES
        return "", context.texts.gettext(states[result.state]), *mean
    return result.level, context.words(result.item.anchors[result.level]), *mean


def _with_comma(result: ItemResult) -> str:
    """The mean as a German spreadsheet reads it."""
    return "" if result.mean is None else str(mean_level(result.mean)).replace(".", ",")


def _counterparts(context: ResultContext, item_id: str) -> tuple[Counterpart, ...]:
    return tuple(
        Counterpart(
            context.words(found.framework.title),
            tuple((point.id, context.words(point.title)) for point in found.points),
        )
        for found in counterparts_of(context.questionnaire, item_id)
    )
