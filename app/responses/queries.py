# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is kept of one response: read as frozen values, for a proved scope only."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlmodel import Session

from app import tokens
from app.errors import CodeUnknown, NotFound
from app.permissions import Scope
from app.responses.typed import Typed
from app.responses.within import RoundOf, round_of
from app.tables.joined import LOCKED_RESPONSE, RESPONSE
from app.tables.responses import ANSWERS, RESPONSES
from questionnaires.answers import Answer
from questionnaires.definition import Item
from questionnaires.parts import MunicipalityType
from scoring import Municipality, Targets


@dataclass(frozen=True, slots=True)
class Kept:
    """One stored answer: what was typed, its revision (from 1), and the page that wrote it last."""

    typed: Typed
    revision: int
    writer: str


UNWRITTEN = Kept(Typed(), 0, "")
"""What stands for a question that nobody has touched."""


class KeptAnswers(Mapping[str, Kept]):
    """The answers of a response by item id. Each is made of its row when it is asked for: most pages ask for few."""

    def __init__(self, rows: Iterable[Row[Any]]) -> None:
        self._rows: dict[str, Row[Any]] = {row[0]: row for row in rows}
        self._made: dict[str, Kept] = {}

    def __getitem__(self, item_id: str) -> Kept:
        made = self._made.get(item_id)
        if made is None:
            made = self._made[item_id] = _kept(*tuple(self._rows[item_id])[1:])
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows | self._made)

    def __len__(self) -> int:
        return len(self._rows | self._made)

    def with_changes(self, changed: Mapping[str, Kept]) -> "KeptAnswers":
        """The same with other answers to some questions."""
        changes = KeptAnswers(())
        changes._rows, changes._made = self._rows, {**self._made, **changed}
        return changes


@dataclass(frozen=True)
class ResponseState:
    """One response with all its answers, as it is now. `round` is None for a check on its own."""

    id: str
    municipality: Municipality
    questionnaire_id: str
    questionnaire_version: str
    questionnaire_digest: str
    submitted_on: date | None
    started_on: date
    changed_on: date
    targets: Targets
    kept: KeptAnswers = field(repr=False)
    round: RoundOf | None = None
    person: str = ""

    @property
    def is_submitted(self) -> bool:
        return self.submitted_on is not None

    @property
    def kind(self) -> MunicipalityType:
        """The type of the municipality; every stored response has one."""
        return self.municipality.type or MunicipalityType.KLEINE_STADT_GEMEINDE

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """The answers by item id, as scoring wants them; blank ones are absent."""
        found = {item_id: kept.typed.answered for item_id, kept in self.kept.items()}
        return {item_id: answer for item_id, answer in found.items() if answer is not None}

    @property
    def notes(self) -> dict[str, str]:
        """The notes by item id, where there is one."""
        return {item_id: kept.typed.note for item_id, kept in self.kept.items() if kept.typed.note}

    def takes_answers(self, today: date) -> bool:
        """Whether answers can be changed: not submitted, and a round it belongs to is open."""
        return not self.is_submitted and (self.round is None or self.round.is_open_on(today))

    @property
    def may_delegate(self) -> bool:
        """Whether questions can be given to colleagues: in an anonymous round a link would say whose check it is."""
        return self.round is None or self.round.is_named

    @property
    def asks_notes(self) -> bool:
        """Whether notes are kept: a round can ask for none (D-11)."""
        return self.round is None or self.round.asks_comments

    def answers_to(self, items: Iterable[Item]) -> dict[str, Answer]:
        """Like `answers`, of these questions only."""
        found = {item.id: self.of(item.id).typed.answered for item in items}
        return {item_id: answer for item_id, answer in found.items() if answer is not None}

    def with_changes(self, changed: Mapping[str, Kept]) -> "ResponseState":
        """The same response with other answers to some questions."""
        return replace(self, kept=self.kept.with_changes(changed))

    def of_type(self, kind: MunicipalityType) -> "ResponseState":
        """The same answers for a municipality of another type."""
        return replace(self, municipality=replace(self.municipality, type=kind))

    def of(self, item_id: str) -> Kept:
        """What is kept for one question."""
        return self.kept.get(item_id, UNWRITTEN)


def load_response(db: Session, scope: Scope, *, lock: bool = False, row: Row[Any] | None = None) -> ResponseState:
    """The response of this scope; `NotFound` if it has been deleted meanwhile. `row`: if it has been read already.

    With `lock` nobody else changes it until the end of the transaction, where the database locks rows: an answer
    and „abgeben“ cannot pass each other then (X-10), and what is read here is the last word.
    """
    row = row or db.execute(LOCKED_RESPONSE if lock else RESPONSE, {"response": scope.response_id}).first()
    if row is None:
        raise NotFound
    return state_of(row, kept_answers(db, scope))


def response_id_of(db: Session, code_digest: str) -> str:
    """The id behind a code's digest; `CodeUnknown` if nothing is kept under it."""
    found = db.execute(select(RESPONSES.c.id).where(RESPONSES.c.code_digest == code_digest)).scalar()
    if found is None:
        raise CodeUnknown
    return str(found)


def codes_of_round(db: Session, codes: Sequence[str], round_id: str) -> dict[str, str]:
    """Those of the codes that open responses of this round, each with the id of its response."""
    digests = {tokens.digest(code): code for code in codes}
    rows = db.execute(_OF_ROUND, {"digests": list(digests), "round": round_id})
    return {digests[row.code_digest]: row.id for row in rows}


def kept_answers(db: Session, scope: Scope) -> KeptAnswers:
    """All stored answers of a response by item id."""
    return KeptAnswers(db.execute(_ALL_ANSWERS, {"response_id": scope.response_id}))


def kept_answer(db: Session, scope: Scope, item_id: str) -> Kept:
    """The stored answer to one question."""
    row = db.execute(_ONE_ANSWER, {"response_id": scope.response_id, "item_id": item_id}).first()
    return _kept(*row[1:]) if row else UNWRITTEN


# Plain columns and statements made once: a page reads up to a hundred rows, and a save waits for each statement.
_OF_ROUND = select(RESPONSES.c.code_digest, RESPONSES.c.id).where(
    RESPONSES.c.code_digest.in_(bindparam("digests", expanding=True)), RESPONSES.c.round_id == bindparam("round")
)
_COLUMNS = [column for column in ANSWERS.c if column.name != "response_id"]
_ALL_ANSWERS = select(*_COLUMNS).where(ANSWERS.c.response_id == bindparam("response_id"))
_ONE_ANSWER = _ALL_ANSWERS.where(ANSWERS.c.item_id == bindparam("item_id"))


def _kept(
    kind: str,
    level: int | None,
    reason: str,
    note: str,
    carried_by: str,
    project_until: str | None,
    revision: int,
    writer: str,
) -> Kept:
    answer = {"level": str(level), "blank": ""}.get(kind, kind)
    return Kept(Typed(answer, reason, note, carried_by, project_until or ""), revision, writer)


def state_of(row: Row[Any], kept: KeptAnswers) -> ResponseState:
    """The frozen picture of a row and its answers."""
    kind = MunicipalityType(row.municipality_type)
    return ResponseState(
        id=row.id,
        municipality=Municipality(kind, row.population, row.municipality_name),
        questionnaire_id=row.questionnaire_id,
        questionnaire_version=row.questionnaire_version,
        questionnaire_digest=row.questionnaire_digest,
        submitted_on=row.submitted_on,
        started_on=row.started_on,
        changed_on=row.changed_on,
        targets=Targets(**row.targets) if row.targets else Targets(),
        kept=kept,
        round=round_of(row),
        person=row.person,
    )
