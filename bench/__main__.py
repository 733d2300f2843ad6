# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""`python -m bench`: all figures in under four minutes. Nothing outside this machine is asked anything."""

import argparse
import asyncio
import os
import platform
from collections.abc import Sequence

from bench import loads
from bench.databases import databases
from bench.figures import Journey, Run, report
from bench.people import Record
from bench.processes import Server, product, reference

SECONDS_A_DATABASE = 115
"""More means that the machine is too busy for figures that say anything."""


def main() -> None:
    """Measure, and print as Markdown."""
    chosen = _arguments()
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()} {platform.release()}")
    print(f"load before: {load}\n", flush=True)
    for kind in chosen.database or ["sqlite", "postgresql"]:
        try:
            run = asyncio.run(_run(kind, chosen.people, chosen.seconds, chosen.rounds))
        except TimeoutError:
            print(f"## {kind}\n\nnot done in {SECONDS_A_DATABASE} s: the machine is busy with something else\n")
            continue
        print("\n".join(report(run)), flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="How fast the product is.")
    parser.add_argument("--database", action="append", choices=["sqlite", "postgresql"], help="default: both")
    parser.add_argument("--people", type=int, nargs="+", default=[16, 64], metavar="N", help="default: 16 64")
    parser.add_argument("--seconds", type=float, default=1.5, help="length of a window; default: 1.5")
    parser.add_argument("--rounds", type=int, default=3, help="windows of each kind; default: 3")
    return parser.parse_args()


async def _run(kind: str, people: Sequence[int], seconds: float, rounds: int) -> Run:
    async with asyncio.timeout(SECONDS_A_DATABASE):
        with (
            databases(kind) as (folder, fresh),
            product(fresh("product"), folder) as server,
            reference(fresh("reference"), folder) as bare,
        ):
            # Once through everything first, so that no page is told by its first showing.
            await loads.journeys(server, 2, Record())
            rates = await loads.rates(server, bare, people[0], seconds=seconds, rounds=rounds)
            journeys = [await _journey(server, count) for count in people]
            return Run(kind, people[0], rates, journeys, server.peak_memory)


async def _journey(server: Server, people: int) -> Journey:
    record = Record()
    window = await loads.journeys(server, people, record)
    return Journey(people, window, record)


if __name__ == "__main__":
    main()
