# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A save is told only after its commit, also where the route itself ends its transaction (``DbRoute``)."""

from fastapi import FastAPI
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from tests.app.responses.visitor import Visitor

ITEM = "E1.personal"


def test_a_failing_commit_is_told_and_nothing_is_kept(app: FastAPI, visitor: Visitor) -> None:
    def refuse(_connection: object) -> None:
        raise OperationalError("COMMIT", None, Exception("disk full"))

    engine = app.state.database.engine
    event.listen(engine, "commit", refuse)
    page = visitor.get("abschnitt/E1")
    answer = visitor.answer(ITEM, page, answer="3")
    event.remove(engine, "commit", refuse)

    assert answer.status_code == 503
    assert "nicht gespeichert" in answer.text
    assert visitor.kept(ITEM).get("answer", "") == ""


def test_one_commit_for_a_save_and_none_for_reading(app: FastAPI, visitor: Visitor) -> None:
    commits = []
    event.listen(app.state.database.engine, "commit", lambda _connection: commits.append(1))
    page = visitor.get("abschnitt/E1")
    assert commits == []
    assert visitor.answer(ITEM, page, answer="3").status_code == 200
    assert commits == [1]


def test_connections_come_back(app: FastAPI, visitor: Visitor) -> None:
    for level in "0123401234":
        assert visitor.answer(ITEM, answer=level).status_code == 200
    assert app.state.database.engine.pool.checkedout() == 0
