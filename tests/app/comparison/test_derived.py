# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M7.4 and M7.8: every figure on every page and in every file comes from the published table, and from nothing else.

Two worlds in which different people gave different answers, but whose published tables are the same, show the same
bytes everywhere.
"""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from random import Random
from shutil import copy

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import update

from app.clock import Clock
from app.main import create_app
from app.results.rendering import SHOWN
from app.settings import Settings
from app.tables.rounds import RoundComment
from questionnaires.answers import Answer
from questionnaires.library import Library
from tests import released
from tests.released import LONG, Given, Plan

RESULTS = [f"/ergebnis/{name}".rstrip("/") for name in SHOWN]
FILES = ["/ergebnis/daten.json", "/ergebnis/bruecke.csv"]


def swapped(people: Sequence[Given], blocks: Sequence[Sequence[str]], items: Sequence[str], seed: int) -> list[Given]:
    """Other people with other answers, and the same counts of each question in each block of groups.

    Only where all groups of a block were asked a question may answers cross from group to group.
    """
    chance, answers = Random(seed), [dict[str, Answer]() for _ in people]
    places = defaultdict[str, list[int]](list)
    for at, one in enumerate(people):
        places[next(str(block) for block in blocks if one.group in block)].append(at)
    for item in items:
        for members in places.values():
            given = [people[at].answers.get(item) for at in members]
            chance.shuffle(given)
            for at, answer in zip(members, given, strict=True):
                if answer is not None:
                    answers[at][item] = answer
    notes = _swapped_notes(people, chance)
    return [Given(one.group, *mixed) for one, mixed in zip(people, zip(answers, notes, strict=True), strict=True)]


def _swapped_notes(people: Sequence[Given], chance: Random) -> list[dict[str, str]]:
    """The notes of each group by the hand of others of it: who wrote which, nobody may learn."""
    notes = [one.notes for one in people]
    for group in {one.group: None for one in people}:
        members = [at for at, one in enumerate(people) if one.group == group]
        written = [notes[at] for at in members]
        chance.shuffle(written)
        for at, one in zip(members, written, strict=True):
            notes[at] = one
    return notes


def world(
    tmp_path: Path, template: Path, clock: Clock, library: Library, plan: Plan, people: Sequence[Given]
) -> tuple[FastAPI, released.Released]:
    path = tmp_path / f"{len(list(tmp_path.iterdir()))}.db"
    copy(template, path)
    app = create_app(Settings(database_url=f"sqlite:///{path}"), clock=clock, library=library)
    made = released.release(app, plan, people, raw=True)
    with app.state.database.writing() as db:
        db.execute(update(RoundComment).values(is_shown=True))
    return app, made


@pytest.mark.parametrize(
    "plan",
    [
        Plan(seed=5),
        Plan(seed=6, short=frozenset({"zivil"})),
        Plan(seed=7, sizes={"verwaltung": 3, "politik": 3, "beirat": 2}),
        Plan(seed=8, sizes={"verwaltung": 2, "politik": 2}),
    ],
    ids=["forty", "short form", "one block", "too few"],
)
def test_the_same_table_shows_the_same_bytes(
    tmp_path: Path, sqlite_template: Path, clock: Clock, library: Library, plan: Plan
) -> None:
    people = released.answers_of(library, plan)
    table = released.published(library, plan, people)
    items = [item.id for item in library.latest(LONG).items]
    blocks = [block.groups for block in table.blocks] or [tuple(plan.sizes)]
    others = swapped(people, blocks, items, seed=11)
    assert released.published(library, plan, others).to_json() == table.to_json()
    if len(people) > 10:
        assert sum(one.notes != other.notes for one, other in zip(people, others, strict=True)) > 5
    assert sum(one.answers != other.answers for one, other in zip(people, others, strict=True)) > len(people) // 2
    sections = [f"/vergleich/abschnitt/{section.id}" for section in library.latest(LONG).sections]
    questions = [f"/vergleich/frage/{item}" for item in (*items[:3], *items[9::9])]
    shown = []
    for given in (people, others):
        app, made = world(tmp_path, sqlite_template, clock, library, plan, given)
        with TestClient(app, base_url="https://testserver") as client:
            addresses = [*RESULTS, *FILES, "/vergleich", "/vergleich/agenda", *sections, *questions]
            shown.append({address: client.get(made.shared + address).content for address in addresses})
    assert any(b"Notiz " in text for text in shown[0].values()) == (len(people) > 10)
    for address in shown[0]:
        assert shown[0][address] == shown[1][address], address


def test_the_same_round_shows_the_same_bytes_twice(app: FastAPI, client: TestClient) -> None:
    made = released.release(app)
    for address in (*RESULTS, *FILES, "/vergleich", "/vergleich/agenda", "/vergleich/abschnitt/E1"):
        assert client.get(made.shared + address).content == client.get(made.shared + address).content
