# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""From measurements to figures: percentiles, tables, and the goals with what was reached."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bench.loads import Measured, Window
from bench.people import RESULT_PAGES, Record, result_kind

ANSWERING_SHARE = 0.5
PAGE_SHARE = 0.6
RESULT_FACTOR = 3.0
ANSWERING_P99 = 100.0
SAVE_AND_PAGE = 4.0
MEMORY = 150.0


@dataclass(frozen=True, slots=True)
class Journey:
    """Whole journeys of so many people at once."""

    people: int
    window: Window
    record: Record


@dataclass
class Run:
    """Everything measured on one database. Memory in MB."""

    database: str
    people: int
    rates: dict[str, Measured] = field(default_factory=dict)
    journeys: list[Journey] = field(default_factory=list)
    memory: float = 0
    is_complete: bool = False


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal: what it asks, what was reached, whether that is enough."""

    text: str
    reached: str
    met: bool


def percentile(seconds: Sequence[float], share: float) -> float:
    """The milliseconds within which this share of the requests was answered."""
    ordered = sorted(seconds)
    return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def goals(run: Run) -> Iterator[Goal]:
    """The goals of the project, with what this run reached; none of a run that had to stop."""
    if not run.is_complete:
        return
    rates, smallest = run.rates, min(run.journeys, key=lambda journey: journey.people)
    share = rates["answer"].rate / rates["bare upsert"].rate
    yield Goal("answering: at least 50 % of the bare upsert's rate", f"{share:.0%}", share >= ANSWERING_SHARE)
    share = rates["section page"].rate / rates["bare template"].rate
    yield Goal("section page: at least 60 % of the bare template's rate", f"{share:.0%}", share >= PAGE_SHARE)
    compressed = rates["section page"].rate / rates["bare template, compressed"].rate
    yield Goal("  the same, with a reference that compresses as well", f"{compressed:.0%}", compressed >= PAGE_SHARE)
    for page in RESULT_PAGES:
        factor = rates["section page"].rate / rates[result_kind(page)].rate
        yield Goal(f"{result_kind(page)}: under 3 section pages", f"{factor:.1f}", factor < RESULT_FACTOR)
    late = percentile(smallest.record.seconds["answer"], 0.99)
    text = f"p99 of answering with {smallest.people} people, on their journeys: under 100 ms"
    yield Goal(text, f"{late:.0f} ms", late < ANSWERING_P99)
    late = percentile(rates["answer"].quietest, 0.99)
    yield Goal("  the same, while everybody only answers", f"{late:.0f} ms", late < ANSWERING_P99)
    cost = rates["answer"].cpu + rates["section page"].cpu
    yield Goal("a save and the next page: at most 4 ms of processor time", f"{cost:.1f} ms", cost <= SAVE_AND_PAGE)
    yield Goal("memory of the server: under 150 MB", f"{run.memory:.0f} MB", run.memory < MEMORY)


def report(run: Run) -> Iterator[str]:
    """The lines that tell a run."""
    yield f"## {run.database}"
    yield ""
    yield f"One kind at a time, {run.people} people without thinking time, best window"
    yield ""
    yield "| | requests/s | p50 ms | p95 ms | p99 ms | CPU ms | others' cores | client |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    yield from (_measured_row(kind, measured) for kind, measured in run.rates.items())
    for journey in run.journeys:
        yield from _journey(journey)
    yield ""
    if not run.is_complete:
        yield "Not done in time: the machine is busy with something else. No goal is judged.\n"
    yield "| goal | reached | |"
    yield "|---|--:|---|"
    yield from (f"| {goal.text} | {goal.reached} | {'met' if goal.met else 'NOT MET'} |" for goal in goals(run))
    yield ""


def _measured_row(kind: str, measured: Measured) -> str:
    times, best = _percentiles(measured.quietest), measured.best
    return f"| {kind} | {best.rate:.0f} | {times} | {measured.cpu:.2f} | {best.others:.1f} | {best.client:.0%} |"


def _journey(journey: Journey) -> Iterator[str]:
    window, seconds = journey.window, journey.record.seconds
    yield ""
    yield (
        f"Whole journeys, {journey.people} people at once: {window.requests} requests in {window.seconds:.1f} s, "
        f"{window.rate:.0f} a second, {window.cpu:.2f} ms of processor time each; "
        f"client {window.client:.0%} of a core, others {window.others:.1f} cores"
    )
    yield ""
    yield "| | requests | p50 ms | p95 ms | p99 ms |"
    yield "|---|--:|--:|--:|--:|"
    for kind in ("answer", "section"):
        yield f"| {kind} | {len(seconds[kind])} | {_percentiles(seconds[kind])} |"
    results = [time for page in RESULT_PAGES for time in seconds[result_kind(page)]]
    yield f"| result pages | {len(results)} | {_percentiles(results)} |"


def _percentiles(seconds: Sequence[float]) -> str:
    return " | ".join(f"{percentile(seconds, share):.1f}" for share in (0.5, 0.95, 0.99))
