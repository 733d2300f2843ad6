# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""`python -m bench`: all figures in under four minutes. Nothing outside this machine is asked anything."""

import argparse
import asyncio
import contextlib
import os
import platform
from collections.abc import Sequence

from bench import loads
from bench.databases import databases
from bench.figures import Journey, Run, report
from bench.people import Record
from bench.processes import product, reference

SECONDS_A_DATABASE = 105
"""A quiet machine needs about 70; what a busy one has not measured by then is left out."""


def main() -> None:
    """Measure, and print as Markdown."""
    chosen = _arguments()
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()} {platform.release()}")
    print(f"load before: {load}\n", flush=True)
    for kind in chosen.database or ["sqlite", "postgresql"]:
        run = asyncio.run(_run(kind, chosen.people, chosen.seconds, chosen.rounds))
        print("\n".join(report(run)), flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="How fast the product is.")
    parser.add_argument("--database", action="append", choices=["sqlite", "postgresql"], help="default: both")
    parser.add_argument("--people", type=int, nargs="+", default=[16, 64], metavar="N", help="default: 16 64")
    parser.add_argument("--seconds", type=float, default=1.0, help="length of a window; default: 1")
    parser.add_argument("--rounds", type=int, default=4, help="windows of each kind; default: 4")
    return parser.parse_args()


async def _run(kind: str, people: Sequence[int], seconds: float, rounds: int) -> Run:
    run = Run(kind, people[0])
    with (
        databases(kind) as (folder, fresh),
        product(fresh("product"), folder) as server,
        reference(fresh("reference"), folder) as bare,
    ):
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SECONDS_A_DATABASE):
                # Once through everything first, so that no page is told by its first showing.
                await loads.journeys(server, 2, Record())
                await loads.rates(server, bare, people[0], run.rates, seconds=seconds, rounds=rounds)
                for count in people:
                    record = Record()
                    run.journeys.append(Journey(count, await loads.journeys(server, count, record), record))
                run.is_complete = True
        run.memory = server.peak_memory
    return run


if __name__ == "__main__":
    main()
