# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lists to work with: to be clarified, wishes to others, what does not apply and why, notes.

A round has instead of notes the questions with too few answers: what people wrote stands in its comparison.
"""

from dataclasses import dataclass

from app.i18n import Words
from app.results.queries import ResultContext
from app.results.views.head import Head, head_of
from app.results.views.questions import Question, question_of, questions_of
from scoring.profile import Support


@dataclass(frozen=True, slots=True)
class Wish:
    """An entry of the Unterstützungsliste: what is wanted (`target` and its words), and how to press for it."""

    question: Question
    target: int
    wanted: Words
    action: Words


@dataclass(frozen=True, slots=True)
class ListsPage:
    """The page of lists. `notes` None: this reader does not see notes; `too_few` None: a single check."""

    head: Head
    clarification: tuple[Question, ...]
    support: tuple[Wish, ...]
    not_applicable: tuple[Question, ...]
    notes: tuple[Question, ...] | None
    too_few: tuple[Question, ...] | None
    asks_comments: bool


def lists_page(context: ResultContext) -> ListsPage:
    """The four lists."""
    profile = context.profile
    return ListsPage(
        head=head_of(context, "listen"),
        clarification=questions_of(context, profile.clarification),
        support=tuple(_wish(context, wish) for wish in profile.support_list),
        not_applicable=questions_of(context, profile.not_applicable),
        notes=_notes(context),
        too_few=_too_few(context),
        asks_comments=bool(context.round and context.round.asks_comments),
    )


def _wish(context: ResultContext, wish: Support) -> Wish:
    item = context.profile.item(wish.item_id).item
    step = item.step_from(wish.level or 0)
    return Wish(
        question=question_of(context, wish.item_id),
        target=wish.target,
        wanted=context.words(item.anchors[wish.target]),
        action=context.words(step.action) if step and wish.level is not None else Words(""),
    )


def _too_few(context: ResultContext) -> tuple[Question, ...] | None:
    """D-09: what enough people of a round were asked and too few answered, so that nothing is shown of it."""
    if context.round is None:
        return None
    return questions_of(context, (item.id for item in context.profile.items if item.state == "blank"))


def _notes(context: ResultContext) -> tuple[Question, ...] | None:
    """In the order of the questionnaire; notes on questions no longer asked rest with their answers."""
    if context.notes is None:
        return None
    noted = [item.id for item in context.profile.items if context.notes.get(item.id)]
    return questions_of(context, noted)
