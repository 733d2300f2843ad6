# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Loads: many people at once on whole journeys, or all of them at one kind of request, product and reference in turn.

Rates of one kind are taken in short windows, the product's and the references' one after the other and several
times round, so that what else happens on the machine meets both. The best window of each counts.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from statistics import fmean

from bench.people import RESULT_PAGES, Person, Record, result_kind, until
from bench.processes import Server, machine_cpu
from bench.reference import RESPONSES, response_id
from bench.wire import Connection

Step = Callable[[int], Awaitable[object]]
"""One request of one person; the number counts this person's requests in the window."""


@dataclass(frozen=True, slots=True)
class Window:
    """What happened in one stretch of time. Processor time in seconds."""

    seconds: float
    requests: int
    server_cpu: float
    client_cpu: float
    machine_cpu: float

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds

    @property
    def cpu(self) -> float:
        """Milliseconds of the server's processor time a request."""
        return 1000 * self.server_cpu / self.requests

    @property
    def client(self) -> float:
        """Share of one core that the client took."""
        return self.client_cpu / self.seconds

    @property
    def others(self) -> float:
        """Cores that neither server nor client took: the database's own process, and the machine's other work."""
        return max(0.0, self.machine_cpu - self.server_cpu - self.client_cpu) / self.seconds


@dataclass
class Measured:
    """The windows of one kind of request, and the time each of its requests took."""

    windows: list[Window] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    @property
    def best(self) -> Window:
        """The window with the highest rate."""
        return max(self.windows, key=lambda window: window.rate)

    @property
    def rate(self) -> float:
        """Requests a second in the best window."""
        return self.best.rate

    @property
    def cpu(self) -> float:
        """Processor time a request, milliseconds, in the window where it was least."""
        return min(window.cpu for window in self.windows)

    @property
    def quietest(self) -> list[float]:
        """The times of the best window's requests."""
        start = sum(window.requests for window in self.windows[: self.windows.index(self.best)])
        return self.seconds[start : start + self.best.requests]


class Stopwatch:
    """Measures a stretch: `stop` gives the window since it was made."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._before = self._now()

    def _now(self) -> tuple[float, float, float, float]:
        return time.perf_counter(), self._server.cpu, time.process_time(), machine_cpu()

    def stop(self, requests: int) -> Window:
        """The window, in which so many requests were answered."""
        seconds, server, client, machine = (after - b for after, b in zip(self._now(), self._before, strict=True))
        return Window(seconds, requests, server, client, machine)


async def journeys(server: Server, people: int, record: Record) -> Window:
    """Everybody walks through the whole product once."""
    async with crowd(server, people, record) as persons:
        watch = Stopwatch(server)
        await asyncio.gather(*(person.journey() for person in persons))
        return watch.stop(record.requests)


@asynccontextmanager
async def crowd(server: Server, people: int, record: Record) -> AsyncIterator[list[Person]]:
    """So many people, each on a connection of their own."""
    async with AsyncExitStack() as stack:
        connections = [await stack.enter_async_context(Connection(server.port)) for _ in range(people)]
        yield [Person(connection, record, seed) for seed, connection in enumerate(connections)]


async def rates(
    product: Server, reference: Server, people: int, found: dict[str, Measured], *, seconds: float, rounds: int
) -> None:
    """Each kind of request on its own, everybody without thinking time, into `found`."""
    record = Record()
    async with crowd(product, people, record) as persons, crowd(reference, people, Record()) as bare:
        await _prepare(persons)
        size = _page_size(record)
        kinds = {**_product_steps(persons), **_bare_steps(bare, size)}
        for _ in range(rounds):
            for kind, steps in kinds.items():
                server = reference if kind.startswith("bare") else product
                await _window(server, steps, seconds, found.setdefault(kind, Measured()))
        await asyncio.gather(*(person.finish() for person in persons))
        for page in RESULT_PAGES:
            steps = [_result_step(person, page) for person in persons]
            for _ in range(2):
                await _window(product, steps, seconds / 2, found.setdefault(result_kind(page), Measured()))


async def _window(server: Server, steps: Sequence[Step], seconds: float, into: Measured) -> None:
    times: list[float] = []
    end = time.perf_counter() + seconds
    watch = Stopwatch(server)
    await asyncio.gather(*(_repeat(step, end, times) for step in steps))
    into.windows.append(watch.stop(len(times)))
    into.seconds += times


async def _repeat(step: Step, end: float, times: list[float]) -> None:
    for number in until(end):
        started = time.perf_counter()
        await step(number)
        times.append(time.perf_counter() - started)


async def _prepare(persons: Sequence[Person]) -> None:
    await asyncio.gather(*(_ready(person) for person in persons))


async def _ready(person: Person) -> None:
    await person.start()
    for section in person.sections:
        person.questions += await person.read(section)


def _page_size(record: Record) -> int:
    return round(fmean(characters for characters, _ in record.sizes["section"]))


def _product_steps(persons: Sequence[Person]) -> Mapping[str, Sequence[Step]]:
    return {
        "answer": [_answer_step(person) for person in persons],
        "section page": [_section_step(person) for person in persons],
    }


def _bare_steps(persons: Sequence[Person], size: int) -> Mapping[str, Sequence[Step]]:
    return {
        "bare upsert": [_upsert_step(person, number % RESPONSES) for number, person in enumerate(persons)],
        "bare template": [_page_step(person, f"/page?size={size}") for person in persons],
        "bare template, compressed": [_page_step(person, f"/compressed/page?size={size}") for person in persons],
    }


def _answer_step(person: Person) -> Step:
    places = count()
    return lambda _: person.answer(person.questions[next(places) % len(person.questions)])


def _section_step(person: Person) -> Step:
    places = count()
    return lambda _: person.look("section page", person.sections[next(places) % len(person.sections)])


def _result_step(person: Person, page: str) -> Step:
    return lambda _: person.look(result_kind(page), person.result(page))


def _page_step(person: Person, path: str) -> Step:
    return lambda _: person.look("bare", path)


def _upsert_step(person: Person, number: int) -> Step:
    revisions = count(1)
    return lambda _: person.upsert(_written(number, next(revisions)))


def _written(number: int, revision: int) -> dict[str, str]:
    return {
        "response_id": response_id(number),
        "item_id": f"E1.item{revision % 76}",
        "kind": "level",
        "level": str(revision % 5),
        "note": "Beschluss Nummer 12 vom März" if revision % 3 == 0 else "",
        "revision": str(revision),
        "writer": "0123456789abcdef",
    }
