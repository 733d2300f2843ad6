# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Freezing a round: from everybody's submitted answers to the published table, the comments, and the voices of a team.

Read once, when the round is closed. What comes out is all that anybody ever sees of it (M7.4, M7.8).
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlmodel import Session

from app.responses.actions import shared_items
from app.tables.responses import ANSWERS, RESPONSES
from app.tables.rounds import GROUPS
from questionnaires.answers import Answer, DontKnow, Level, NotApplicable
from questionnaires.definition import Questionnaire
from questionnaires.library import Library
from questionnaires.parts import LEVELS, MunicipalityType
from scoring.comments import Comment, CommentHeap, publish_comments
from scoring.privacy import Group, Submitted, publish
from scoring.published import PublishedTable, Rule
from scoring.ratings import state_of


@dataclass(frozen=True)
class Frozen:
    """What is kept of a round: `voices` is the JSON text of a named round, else an empty list."""

    table: PublishedTable
    comments: tuple[CommentHeap, ...]
    voices: str


@dataclass(frozen=True, slots=True)
class _Given:
    """One submitted response while it is read; it never leaves this module."""

    group: str
    person: str
    answers: dict[str, Answer]


def freeze(db: Session, row: Row[Any], library: Library) -> Frozen:
    """Everything there is to freeze of the round in `row`, in the text of its own questionnaire's version."""
    questionnaire = library.get(row.questionnaire_id, row.questionnaire_version)
    kind = MunicipalityType(row.municipality_type)
    groups = _groups(db, row, questionnaire, library)
    keys = {identifier: group.id for identifier, group in groups.items()}
    given = _given(db, row.id, keys)
    submitted = [Submitted(one.group, one.answers) for one in given.values()]
    asked = tuple(groups.values())
    table = publish(questionnaire, kind, asked, submitted, Rule(row.mode, row.n_min))
    comments = publish_comments(table, asked, _comments(db, row.id, keys), row.id) if row.asks_comments else ()
    voices = _voices(questionnaire, table, given) if row.mode == "named" else []
    return Frozen(table, comments, json.dumps(voices, ensure_ascii=False, separators=(",", ":")))


def _groups(db: Session, row: Row[Any], questionnaire: Questionnaire, library: Library) -> dict[str, Group]:
    """The groups in their order, by id of the row; in the table they are known by their key."""
    found = db.execute(_GROUPS, {"round": row.id}).all()
    return {one.id: Group(one.key, _asked(one, questionnaire, library)) for one in found}


def _asked(group: Row[Any], questionnaire: Questionnaire, library: Library) -> frozenset[str] | None:
    """The items of a group's form that count in the round; None where it got the round's own questionnaire."""
    if group.form_digest == questionnaire.digest:
        return None
    return shared_items(library.get(group.form_id, group.form_version), questionnaire)


def _given(db: Session, round_id: str, keys: Mapping[str, str]) -> dict[str, _Given]:
    """The submitted responses by id."""
    named = {"round": round_id}
    found = {row.id: _Given(keys[row.group_id], row.person, {}) for row in db.execute(_SUBMITTED, named)}
    for response_id, item_id, kind, level, reason in db.execute(_ANSWERS, named):
        answer = _answer(kind, level, reason)
        if answer is not None:
            found[response_id].answers[item_id] = answer
    return found


def _answer(kind: str, level: int | None, reason: str) -> Answer | None:
    if kind == "level" and level is not None:
        return _LEVELS[level]  # one object for all: thousands of people give the same five
    if kind == "dont_know":
        return _DONT_KNOW
    return NotApplicable(reason) if kind == "not_applicable" else None


def _comments(db: Session, round_id: str, keys: Mapping[str, str]) -> Iterator[Comment]:
    """What was written beside answers: notes, and reasons for „trifft nicht zu“ (M7.7)."""
    for group_id, item_id, note, reason in db.execute(_WRITTEN, {"round": round_id}):
        for text in (note, reason):
            if text:
                yield Comment(keys[group_id], item_id, text)


def _voices(questionnaire: Questionnaire, table: PublishedTable, given: Mapping[str, _Given]) -> list[list[object]]:
    """Namentlich im Team: who gave what, by item, in the order of groups and names."""
    order = {part.group: place for place, part in enumerate(table.groups)}
    people = sorted(given.values(), key=lambda one: (order[one.group], one.person.casefold()))
    voices: list[list[object]] = []
    for part in table.items:
        item = questionnaire.item(part.item_id)
        for one in people:
            answer = one.answers.get(item.id)
            level = answer.level if isinstance(answer, Level) else None
            voices.append([item.id, one.group, one.person, state_of(item, answer), level])
    return voices


_LEVELS = {level: Level(level) for level in LEVELS}
_DONT_KNOW = DontKnow()
_OF_ROUND = (RESPONSES.c.round_id == bindparam("round"), RESPONSES.c.status == "submitted")
_GROUPS = select(GROUPS).where(GROUPS.c.round_id == bindparam("round")).order_by(GROUPS.c.position)
_SUBMITTED = select(RESPONSES.c.id, RESPONSES.c.group_id, RESPONSES.c.person).where(*_OF_ROUND)
_JOINED = ANSWERS.join(RESPONSES, ANSWERS.c.response_id == RESPONSES.c.id)
_ANSWERS = (
    select(ANSWERS.c.response_id, ANSWERS.c.item_id, ANSWERS.c.kind, ANSWERS.c.level, ANSWERS.c.reason)
    .select_from(_JOINED)
    .where(*_OF_ROUND)
)
_WRITTEN = (
    select(RESPONSES.c.group_id, ANSWERS.c.item_id, ANSWERS.c.note, ANSWERS.c.reason)
    .select_from(_JOINED)
    .where(*_OF_ROUND, (ANSWERS.c.note != "") | (ANSWERS.c.reason != ""))
)
