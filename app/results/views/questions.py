# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A question as the result pages quote it: its words, what was answered, and the way to its form."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from app import i18n
from app.i18n import SOURCE, Words
from app.results.queries import ResultContext
from app.results.rounding import mean_level
from scoring.ratings import ItemResult


@dataclass(frozen=True, slots=True)
class Question:
    """A question (Frage) with its answer. `anchor` are the words of the level, `""` without one.

    `href` leads to the question in the form, `""` where nobody may edit. In a round `mean` is B_i beside the whole
    level it reaches, `count` how many said what stands instead of a level (None: not shown, M7.6), and `groups_href`
    leads to what the groups said.
    """

    id: str
    section: Words
    prompt: Words
    level: int | None
    anchor: Words
    reason: Words
    note: Words
    href: str
    mean: Decimal | None = None
    count: int | None = None
    groups_href: str = ""


def question_of(context: ResultContext, item_id: str) -> Question:
    """The question with this id, in the words for this type of municipality."""
    result = context.profile.item(item_id)
    return Question(
        id=item_id,
        section=context.words(context.questionnaire.section(result.section_id).short_title),
        prompt=context.words(result.item.prompt),
        level=result.level,
        anchor=Words("") if result.level is None else context.words(result.item.anchors[result.level]),
        reason=_own_words(context, result.reason or ""),
        note=_own_words(context, (context.notes or {}).get(item_id, "")),
        href=_form_address(context, result),
        mean=None if result.mean is None else mean_level(result.mean),
        count=_count(context, result),
        groups_href=f"{context.place.comparison_url}/frage/{item_id}" if context.round else "",
    )


def questions_of(context: ResultContext, item_ids: Iterable[str]) -> tuple[Question, ...]:
    """Several questions, in the order given."""
    return tuple(question_of(context, item_id) for item_id in item_ids)


def _count(context: ResultContext, result: ItemResult) -> int | None:
    """How many of a round said „weiß ich nicht“ or „trifft nicht zu“, where that is why there is no level."""
    table = context.round.table.item(result.id) if context.round else None
    if table is None:
        return None
    return {"dont_know": table.dont_know, "not_applicable": table.not_applicable}.get(result.state)


def _own_words(context: ResultContext, text: str) -> Words:
    """What somebody typed, in whatever language that was; in the examples it was German."""
    return Words(text, SOURCE if context.status == "example" else i18n.tag(context.place.language))


def _form_address(context: ResultContext, result: ItemResult) -> str:
    if not context.can_edit or context.status != "draft":
        return ""
    return f"{context.place.form_url}/abschnitt/{result.section_id}#q-{result.id.replace('.', '-')}"
