# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""One person at a browser: reads the pages the server sends and answers them, knowing nothing else of the product."""

import random
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from bench.wire import Connection, Reply

_SECTION = re.compile(r'href="(/check/\w+/abschnitt/\w+)')
_KEY = re.compile(r'name="key" value="([\w-]+)"')
_PAGE = re.compile(r'name="page" value="(\w+)"')
_BASE = re.compile(r'name="([\w.]+)\.base" value="([\w.]+)"')
RESULT_PAGES = ("", "abschnitte", "faktoren", "schritte", "listen", "methode", "druck")


@dataclass
class Record:
    """Seconds of every request by what was asked for, and the sizes of the pages (characters, bytes sent)."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    sizes: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))

    def note(self, kind: str, reply: Reply, expected: int = 200) -> Reply:
        """Count one reply; any other status than the one expected ends the run."""
        if reply.status != expected:
            raise RuntimeError(f"{kind}: {reply.status} instead of {expected}\n{reply.text[:2000]}")
        self.seconds[kind].append(reply.seconds)
        return reply

    def kept(self, kind: str, reply: Reply) -> str:
        """The text of a page, its size noted."""
        text = reply.text
        self.sizes[kind].append((len(text), len(reply.body)))
        return text

    @property
    def requests(self) -> int:
        """How many there were."""
        return sum(len(times) for times in self.seconds.values())


@dataclass(frozen=True, slots=True)
class Question:
    """A question on a page: where its answer goes, the page that shows it, and what it showed."""

    item_id: str
    page: str
    base: str


class Person:
    """Somebody with a check of their own, on one connection."""

    def __init__(self, connection: Connection, record: Record, seed: int) -> None:
        self.connection = connection
        self.record = record
        self._random = random.Random(seed)
        self.check = ""
        self.sections: list[str] = []
        self.questions: list[Question] = []

    async def start(self) -> None:
        """Begin a check and see the overview."""
        self.record.note("start page", await self.connection.get("/"))
        fields = {"municipality_type": "kleine_stadt_gemeinde", "name": "", "population": "14071"}
        self._opened(self.record.note("start", await self.connection.post("/start", fields), 303))
        await self._overview()

    def _opened(self, reply: Reply) -> None:
        self.connection.cookie = reply.header("set-cookie").partition(";")[0]
        self.check = reply.header("location").rstrip("/")

    async def _overview(self) -> None:
        overview = self.record.note("overview", await self.connection.get(f"{self.check}/"))
        self.sections = list(dict.fromkeys(_SECTION.findall(overview.text)))

    async def join(self, entry: str) -> None:
        """Take part in a round by the link of a group, and see the overview."""
        page = self.record.note("entry page", await self.connection.get(entry)).text
        fields = {"key": _KEY.findall(page)[0]}
        self._opened(self.record.note("join", await self.connection.post(entry, fields), 303))
        await self._overview()

    async def read(self, section: str) -> list[Question]:
        """Open a section; its questions."""
        text = self.record.kept("section", self.record.note("section", await self.connection.get(section)))
        page = _PAGE.findall(text)[0]
        return [Question(item, page, base) for item, base in _BASE.findall(unescape(text))]

    async def answer(self, question: Question) -> None:
        """Choose something, as htmx sends it: the fields of this question only."""
        item = question.item_id
        fields = {"page": question.page, f"{item}.base": question.base, **self._chosen(item)}
        reply = await self.connection.post(f"{self.check}/frage/{item}", fields, htmx=True)
        self.record.note("answer", reply)

    def _chosen(self, item: str) -> dict[str, str]:
        """A level, sometimes „weiß ich nicht“, now and then with who carries it, or a note."""
        dice = self._random
        carried = dice.choice(["", "", "budget", "project"])
        return {
            f"{item}.answer": dice.choice(["0", "1", "2", "3", "4", "dont_know"]),
            f"{item}.reason": "",
            f"{item}.carried_by": carried,
            f"{item}.project_until": "06.2027" if carried == "project" else "",
            f"{item}.note": f"Beschluss Nummer {dice.randrange(10_000)} vom März" if dice.random() < 0.3 else "",
        }

    async def journey(self) -> None:
        """From the start page to the last page of the result."""
        await self.start()
        for section in self.sections:
            found = await self.read(section)
            for question in found:
                await self.answer(question)
            self.questions += found
        await self.finish()
        for page in RESULT_PAGES:
            await self.look(result_kind(page), self.result(page))

    async def finish(self) -> None:
        """Check the answers and submit them."""
        await self.look("check answers", f"{self.check}/pruefen")
        self.record.note("submit", await self.connection.post(f"{self.check}/abgeben", {}), 303)
        await self.look("receipt", f"{self.check}/quittung")

    async def look(self, kind: str, path: str) -> None:
        """See a page without reading it."""
        self.record.note(kind, await self.connection.get(path))

    async def upsert(self, fields: dict[str, str]) -> None:
        """Write one answer into the bare reference."""
        self.record.note("bare upsert", await self.connection.post("/answer", fields))

    def result(self, page: str) -> str:
        """The address of a page of the result."""
        return f"{self.check}/ergebnis" + (f"/{page}" if page else "")


def result_kind(page: str) -> str:
    """What a result page is called in the figures."""
    return f"result: {page or 'ergebnis'}"


def until(moment: float) -> Iterator[int]:
    """Counts until the clock says so."""
    count = 0
    while time.perf_counter() < moment:
        yield count
        count += 1
