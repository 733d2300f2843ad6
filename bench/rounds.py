# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""`python -m bench.rounds`: 500 people answer one round at once; a round of 5,000 responses is closed and looked at.

The people think between two answers, as people do; the reference for the pages is the same round with 50 responses.
"""

import argparse
import asyncio
import os
import platform
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field
from statistics import median
from types import SimpleNamespace
from typing import Any, cast

from app.clock import Clock
from app.db import Database
from bench.crowds import CODE, FEW, MANY, fill, town_hall
from bench.databases import databases
from bench.figures import Goal, percentile
from bench.people import Person, Question, Record
from bench.processes import Server, product
from bench.wire import Connection
from questionnaires.definition import Questionnaire
from questionnaires.library import Library
from tests import staff
from tests.rounds import RoundOf

ANSWER_P99 = 300.0
CLOSING_SECONDS = 10.0
PAGE_MS = 500.0
GROWTH = 1.5
"""How much longer a page of a hundred times as many responses may take: noise, not growth."""

PAGES = ("vergleich", "vergleich/agenda", "ergebnis", "ergebnis/abschnitte", "ergebnis/schritte", "ergebnis/methode")
ARRIVE, THINK = 60.0, (10.0, 30.0)
"""Seconds within which everybody arrives, and between two answers of one person: the check takes about 40 a question.
So all of them are there at once for more than a minute."""

QUESTIONS = 8
"""How many each of them answers before handing in."""


@dataclass(frozen=True)
class Prepared:
    """Rounds in the database, and the session of their coordinator."""

    hall: RoundOf
    large: RoundOf
    small: RoundOf
    cookie: str


@dataclass(frozen=True)
class Crowd:
    """How many people answer, and for how many seconds each of them thinks before an answer, from and to."""

    people: int
    think: tuple[float, float]


@dataclass
class Evening:
    """What was measured on one database. Seconds, but pages in milliseconds."""

    database: str
    record: Record
    crowd: Crowd
    asking: float = 0
    closing: float = 0
    pages: dict[str, tuple[float, float]] = field(default_factory=dict)
    memory: float = 0


def main() -> None:
    """Measure, and print as Markdown."""
    parser = argparse.ArgumentParser(prog="python -m bench.rounds", description="How a round holds.")
    parser.add_argument("--database", action="append", choices=["sqlite", "postgresql"], help="default: both")
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--think", type=float, nargs=2, default=THINK, metavar=("FROM", "TO"), help="seconds")
    chosen = parser.parse_args()
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, load before: {load}\n", flush=True)
    for kind in chosen.database or ["sqlite", "postgresql"]:
        print("\n".join(_report(asyncio.run(_measure(kind, Crowd(chosen.people, tuple(chosen.think)))))), flush=True)


async def _measure(kind: str, crowd: Crowd) -> Evening:
    evening = Evening(kind, Record(), crowd)
    with databases(kind) as (folder, fresh):
        url = fresh("product")
        with product(url, folder) as server:
            prepared = _prepare(url)
            evening.asking = await _answering(server, evening.record, crowd)
            async with Connection(server.port) as desk:
                desk.cookie = prepared.cookie
                evening.closing = await _end(desk, prepared.large)
                await _end(desk, prepared.small)
                evening.pages = {page: await _pages(desk, prepared, page) for page in PAGES}
            evening.memory = server.peak_memory
    return evening


def _prepare(url: str) -> Prepared:
    questionnaire = Library().latest("weltoffene-kommune")
    with closing(Database(url)) as database:
        with database.writing() as db:
            town = staff.municipality(db)
            boss = staff.member(db, cast("Any", SimpleNamespace(state=SimpleNamespace(clock=Clock()))), town)
            hall = town_hall(db, town, questionnaire)
        large = _filled(database, town, questionnaire, MANY)
        small = _filled(database, town, questionnaire, FEW)
    return Prepared(hall, large, small, f"selbstcheck-konto={boss.token}")


def _filled(database: Database, town: str, questionnaire: Questionnaire, responses: int) -> RoundOf:
    with database.writing() as db:
        return fill(db, town, questionnaire, responses)


async def _answering(server: Server, record: Record, crowd: Crowd) -> float:
    """Everybody arrives, opens two sections, answers and hands in; the seconds from the first to the last."""
    async with AsyncExitStack() as stack:
        connections = [await stack.enter_async_context(Connection(server.port)) for _ in range(crowd.people)]
        started = time.perf_counter()
        await asyncio.gather(*(_participant(one, record, crowd, seed) for seed, one in enumerate(connections)))
        return time.perf_counter() - started


async def _participant(connection: Connection, record: Record, crowd: Crowd, seed: int) -> None:
    dice, person = random.Random(seed), Person(connection, record, seed)
    await asyncio.sleep(dice.uniform(0, ARRIVE))
    await person.join(f"/mitmachen/{CODE}")
    for question in (await _questions(person))[:QUESTIONS]:
        await asyncio.sleep(dice.uniform(*crowd.think))
        await person.answer(question)
    await person.finish()


async def _questions(person: Person) -> Sequence[Question]:
    found: list[Question] = []
    for section in person.sections[:2]:
        found += await person.read(section)
    return found


async def _end(desk: Connection, found: RoundOf) -> float:
    """Close and release a round as its coordinator; the seconds of closing."""
    base = f"/durchgang/{found.id}/abschluss"
    closed = await desk.post(f"{base}/beenden", {})
    released = await desk.post(f"{base}/freigeben", {})
    if (closed.status, released.status) != (303, 303):
        raise RuntimeError(f"closing {closed.status}, releasing {released.status}\n{closed.text[:500]}")
    return closed.seconds


async def _pages(desk: Connection, prepared: Prepared, page: str) -> tuple[float, float]:
    """Milliseconds of a page of the large and of the small round, each the median of twenty, in turn."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(20):
        for place, found in enumerate((prepared.large, prepared.small)):
            reply = await desk.get(f"/durchgang/{found.id}/{page}")
            if reply.status != 200:
                raise RuntimeError(f"{page}: {reply.status}\n{reply.text[:500]}")
            times[place].append(1000 * reply.seconds)
    return median(times[0]), median(times[1])


def _goals(evening: Evening) -> Iterator[Goal]:
    late = percentile(evening.record.seconds["answer"], 0.99)
    text = f"p99 of an answer with {evening.crowd.people} people in one round: under {ANSWER_P99:.0f} ms"
    yield Goal(text, f"{late:.0f} ms", late < ANSWER_P99)
    text = f"closing a round with {MANY} responses: under {CLOSING_SECONDS:.0f} s"
    yield Goal(text, f"{evening.closing:.1f} s", evening.closing < CLOSING_SECONDS)
    for page, (large, small) in evening.pages.items():
        yield Goal(f"{page} of {MANY} responses: under {PAGE_MS:.0f} ms", f"{large:.0f} ms", large < PAGE_MS)
        text = f"  the same, against {FEW} responses: at most {GROWTH} times"
        yield Goal(text, f"{large / small:.2f}", large / small <= GROWTH)


def _report(evening: Evening) -> Iterator[str]:
    record, think = evening.record, evening.crowd.think
    yield f"## {evening.database}"
    yield ""
    answers = len(record.seconds["answer"])
    yield (
        f"{evening.crowd.people} people within {ARRIVE:.0f} s, {think[0]:.0f} to {think[1]:.0f} s between two answers: "
        f"{record.requests} requests, {answers} answers in {evening.asking:.0f} s, no error; "
        f"memory {evening.memory:.0f} MB"
    )
    yield ""
    yield "| | requests | p50 ms | p95 ms | p99 ms |"
    yield "|---|--:|--:|--:|--:|"
    for kind in ("join", "section", "answer", "submit"):
        times = record.seconds[kind]
        figures = " | ".join(f"{percentile(times, share):.0f}" for share in (0.5, 0.95, 0.99))
        yield f"| {kind} | {len(times)} | {figures} |"
    yield ""
    yield "| goal | reached | |"
    yield "|---|--:|---|"
    yield from (f"| {goal.text} | {goal.reached} | {'met' if goal.met else 'NOT MET'} |" for goal in _goals(evening))
    yield ""


if __name__ == "__main__":
    main()
