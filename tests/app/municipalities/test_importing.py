# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Importing a register: what is added, changed and closed, twice the same, and all or nothing (R-01)."""

from collections.abc import Sequence
from datetime import date

import pytest
from fastapi import FastAPI
from sqlmodel import select

from app.municipalities.actions.importing import Plan, carry_out, plan_import
from app.municipalities.gv100ad import read
from app.municipalities.queries.register import entry_of, search, status_of
from app.municipalities.register import register_of
from app.tables.audits import AuditEntry
from app.tables.municipalities import RegisterEntry
from tests.app.municipalities.conftest import load
from tests.app.municipalities.gv100ad import DAY, LATER, SMALL, Line, changed, file_of, without

ENTRIES = 12


def plan(app: FastAPI, lines: Sequence[Line] = SMALL, day: str = DAY) -> Plan:
    with app.state.database.reading() as db:
        return plan_import(db, register_of(read(file_of(lines, day=day))))


def counts(found: Plan) -> tuple[int, int, int, int]:
    return len(found.added), len(found.changed), len(found.closed), found.unchanged


def test_the_first_time_all_is_new_and_the_second_time_nothing(app: FastAPI) -> None:
    assert counts(plan(app)) == (ENTRIES, 0, 0, 0)
    load(app)
    before = rows(app)
    assert counts(plan(app)) == (0, 0, 0, ENTRIES)
    load(app)
    assert rows(app) == before
    with app.state.database.reading() as db:
        status = status_of(db)
    assert status is not None
    assert (status.as_of, status.municipalities, status.associations, status.districts, status.closed) == (
        date(2023, 12, 31),
        8,
        1,
        3,
        0,
    )


def rows(app: FastAPI) -> list[RegisterEntry]:
    with app.state.database.reading() as db:
        return sorted(db.exec(select(RegisterEntry)).all(), key=lambda row: row.ars)


def test_what_is_gone_is_kept_with_its_last_day_and_can_come_back(app: FastAPI) -> None:
    load(app)
    later = without("034595402026")
    found = plan(app, later, LATER)
    assert [(one.ars, one.last_day) for one in found.closed] == [("034595402026", date(2023, 12, 31))]
    assert [(one.ars, one.fields) for one in found.changed] == [
        ("03459", ("population",)),
        ("034595402", ("population",)),
    ]
    load(app, later, day=LATER)
    with app.state.database.reading() as db:
        gone = db.get_one(RegisterEntry, "034595402026")
        assert (gone.official_name, gone.as_of, gone.valid_to) == ("Merzen", date(2023, 12, 31), date(2023, 12, 31))
        assert db.get_one(RegisterEntry, "034590012012").as_of == date(2024, 3, 31)
        assert entry_of(db, "034595402026") is None
        assert search(db, "merzen").entries == ()
        status = status_of(db)
        assert status is not None
        assert (status.as_of, status.municipalities, status.closed) == (date(2024, 3, 31), 7, 1)
    assert [one.fields for one in plan(app, SMALL, LATER).changed if one.ars == "034595402026"] == [("valid_to",)]
    load(app, SMALL, day=LATER)
    with app.state.database.reading() as db:
        assert db.get_one(RegisterEntry, "034595402026").valid_to is None


def test_a_new_name_is_taken_over(app: FastAPI) -> None:
    load(app)
    renamed = changed("034590012012", name="Belm am Berg, Stadt", kind="63", people=14_100)
    load(app, renamed, day=LATER)
    with app.state.database.reading() as db:
        found = entry_of(db, "034590012012")
    assert found is not None
    assert (found.name, found.kind, found.population) == ("Belm am Berg", "Stadt", 14_100)


def test_an_older_file_is_refused(app: FastAPI) -> None:
    load(app, day=LATER)
    before = rows(app)
    found = plan(app)
    assert found.is_older
    with pytest.raises(ValueError, match="older"), app.state.database.writing() as db:
        carry_out(db, found, now=app.state.clock.now())
    assert rows(app) == before


def test_an_import_that_fails_changes_nothing(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    load(app)
    before = rows(app)

    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("app.municipalities.actions.importing.record", refuse)
    with pytest.raises(RuntimeError):
        load(app, without("034595402026"), day=LATER)
    assert rows(app) == before


def test_it_stands_in_the_log(app: FastAPI) -> None:
    load(app)
    with app.state.database.reading() as db:
        entry = db.exec(select(AuditEntry)).one()
    assert (entry.action, entry.account_id, entry.detail) == (
        "register.import",
        None,
        {"as_of": "2023-12-31", "added": ENTRIES, "changed": 0, "closed": 0},
    )
