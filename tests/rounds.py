# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rounds with groups and responses, put straight into the database: for tests that are not about planning them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from sqlmodel import Session

from app.tables.responses import Answer, Response
from app.tables.rounds import Round, RoundGroup
from app.tokens import digest
from questionnaires.definition import Questionnaire

OPENED, CLOSES = date(2026, 11, 2), date(2026, 11, 29)
MOMENT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class RoundOf:
    """A round in the database: its id, its municipality, and its groups' ids by key."""

    id: str
    municipality_id: str
    groups: Mapping[str, str]


def a_round(
    db: Session,
    municipality_id: str,
    questionnaire: Questionnaire,
    groups: Mapping[str, Questionnaire | None],
    **values: Any,
) -> RoundOf:
    """An open round; `groups` by key, with their own form where it is not that of the round."""
    row = Round(
        id=uuid4().hex,
        municipality_id=municipality_id,
        **{
            "title": "Durchgang 2026",
            "status": "open",
            "questionnaire_id": questionnaire.id,
            "questionnaire_version": questionnaire.version,
            "questionnaire_digest": questionnaire.digest,
            "municipality_name": "Belm",
            "municipality_type": "kleine_stadt_gemeinde",
            "population": 14_071,
            "size_class": "under_50000",
            "opens_on": OPENED,
            "closes_on": CLOSES,
            "created_on": OPENED,
            "opened_on": OPENED,
            "changed_at": MOMENT,
        }
        | values,
    )
    db.add(row)
    db.flush()
    made = [_group(row.id, place, key, form or questionnaire) for place, (key, form) in enumerate(groups.items())]
    db.add_all(made)
    db.flush()
    return RoundOf(row.id, municipality_id, {group.key: group.id for group in made})


def _group(round_id: str, place: int, key: str, form: Questionnaire) -> RoundGroup:
    return RoundGroup(
        id=uuid4().hex,
        round_id=round_id,
        key=key,
        title=key.capitalize(),
        position=place,
        expected=10,
        form_id=form.id,
        form_version=form.version,
        form_digest=form.digest,
        link_code=uuid4().hex[:12].upper(),
    )


def respond(
    db: Session,
    found: RoundOf,
    group: str,
    form: Questionnaire,
    levels: Mapping[str, int | str],
    *,
    notes: Mapping[str, str] | None = None,
    person: str = "",
    submitted: bool = True,
) -> str:
    """A response of this group; a level by item id, or `dont_know`, or a reason for „trifft nicht zu“. Its id."""
    row = Response(
        id=uuid4().hex,
        code_digest=digest(uuid4().hex),
        view_digest=digest(uuid4().hex),
        municipality_type="kleine_stadt_gemeinde",
        questionnaire_id=form.id,
        questionnaire_version=form.version,
        questionnaire_digest=form.digest,
        status="submitted" if submitted else "draft",
        started_on=OPENED,
        changed_on=OPENED,
        submitted_on=OPENED if submitted else None,
        round_id=found.id,
        group_id=found.groups[group],
        person=person,
    )
    db.add(row)
    db.flush()
    noted = notes or {}
    db.add_all(_answer(row.id, item, given, noted.get(item, "")) for item, given in levels.items())
    db.flush()
    return row.id


def _answer(response_id: str, item_id: str, given: int | str, note: str) -> Answer:
    if isinstance(given, int):
        return Answer(response_id=response_id, item_id=item_id, kind="level", level=given, note=note)
    if given == "dont_know":
        return Answer(response_id=response_id, item_id=item_id, kind="dont_know", note=note)
    return Answer(response_id=response_id, item_id=item_id, kind="not_applicable", reason=given, note=note)
