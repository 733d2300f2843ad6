# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rounds put straight into the database: one that waits for a crowd, and full ones to be closed."""

import random
from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, update
from sqlmodel import Session

from app.clock import Clock
from app.responses.actions import answer_row
from app.responses.typed import Typed
from app.tables.responses import ANSWERS, RESPONSES
from app.tables.rounds import GROUPS
from app.tokens import digest
from questionnaires.definition import Questionnaire
from tests.rounds import RoundOf, a_round

CODE = "BENCHBENCH22"
MANY, FEW = 5_000, 50
CHUNK = 20_000
GROUP_COUNT = 8
LEVELS = ("0", "1", "1", "2", "2", "2", "3", "3", "4", "dont_know")


def town_hall(db: Session, town: str, questionnaire: Questionnaire) -> RoundOf:
    """An open round with one group, whose link has a known code."""
    found = _round(db, town, questionnaire, 1)
    db.execute(update(GROUPS).where(GROUPS.c.round_id == found.id).values(link_code=CODE))
    return found


def fill(db: Session, town: str, questionnaire: Questionnaire, responses: int) -> RoundOf:
    """An open round with so many submitted responses, every question answered in one way or another.

    The first fifty sets of answers are given again and again, so that rounds of any size have the same profile.
    """
    found, dice = _round(db, town, questionnaire, GROUP_COUNT), random.Random(FEW)
    sets = [_given(questionnaire, dice) for _ in range(FEW)]
    groups = list(found.groups.values())
    ids = [uuid4().hex for _ in range(responses)]
    rows = [
        _response(found, groups[place % len(groups)], response_id, questionnaire)
        for place, response_id in enumerate(ids)
    ]
    db.execute(insert(RESPONSES), rows)
    answers = [
        answer_row(response_id, item_id, typed)
        for place, response_id in enumerate(ids)
        for item_id, typed in sets[place % FEW].items()
    ]
    for start in range(0, len(answers), CHUNK):
        db.execute(insert(ANSWERS), answers[start : start + CHUNK])
    return found


def _round(db: Session, town: str, questionnaire: Questionnaire, groups: int) -> RoundOf:
    today = Clock().today()
    days = {"opens_on": today, "opened_on": today, "closes_on": today + timedelta(days=28)}
    return a_round(db, town, questionnaire, {f"group-{number}": None for number in range(groups)}, **days)


def _response(found: RoundOf, group_id: str, response_id: str, questionnaire: Questionnaire) -> dict[str, Any]:
    today = Clock().today()
    return {
        "id": response_id,
        "code_digest": digest(response_id),
        "view_digest": digest(f"view {response_id}"),
        "municipality_type": "kleine_stadt_gemeinde",
        "municipality_name": None,
        "population": None,
        "questionnaire_id": questionnaire.id,
        "questionnaire_version": questionnaire.version,
        "questionnaire_digest": questionnaire.digest,
        "status": "submitted",
        "started_on": today,
        "changed_on": today,
        "submitted_on": today,
        "targets": {},
        "round_id": found.id,
        "group_id": group_id,
        "person": "",
    }


def _given(questionnaire: Questionnaire, dice: random.Random) -> dict[str, Typed]:
    """What one person answers."""
    return {item.id: Typed(dice.choice(LEVELS), note=_note(dice)) for item in questionnaire.items}


def _note(dice: random.Random) -> str:
    return "Beschluss vom Mai, Vorlage 47" if dice.random() < 0.05 else ""
