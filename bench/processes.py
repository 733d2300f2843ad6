# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Servers as processes of their own: started, watched (CPU time, memory), stopped."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.wire import HOST

ROOT = Path(__file__).parents[1]
START_SECONDS = 30
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server process."""

    port: int
    pid: int

    @property
    def cpu(self) -> float:
        """Seconds of processor time used since it was started, user and system."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    @property
    def peak_memory(self) -> float:
        """The most memory it ever held (VmHWM), in MB."""
        lines = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines()
        peak = next(line for line in lines if line.startswith("VmHWM"))
        return int(peak.split()[1]) / 1024


def machine_cpu() -> float:
    """Seconds of processor time that everything on this machine used since it was started."""
    fields = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:]
    busy = (int(value) for place, value in enumerate(fields[:8]) if place not in {3, 4})
    return sum(busy) / _TICKS


@contextmanager
def product(database_url: str, folder: Path) -> Iterator[Server]:
    """The product, migrated and started on its command line."""
    environment = {"DATABASE_URL": database_url, "SELBSTCHECK_STARTS_PER_HOUR": "1000000"}
    command = [sys.executable, "-m", "app.cli"]
    subprocess.run([*command, "migrate"], cwd=ROOT, env=os.environ | environment, check=True, stdout=subprocess.DEVNULL)
    port = _free_port()
    with _running([*command, "serve", "--port", str(port)], port, environment, folder / "product.log") as server:
        yield server


@contextmanager
def reference(database_url: str, folder: Path) -> Iterator[Server]:
    """The bare references (`bench.reference`) on a database of their own, migrated like the product's."""
    port = _free_port()
    command = [sys.executable, "-m", "bench.reference", str(port)]
    with _running(command, port, {"DATABASE_URL": database_url}, folder / "reference.log") as server:
        yield server


@contextmanager
def _running(command: Sequence[str], port: int, environment: Mapping[str, str], log: Path) -> Iterator[Server]:
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stdout=out, stderr=out)
    try:
        _wait_for(process, port, log)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"the server did not start:\n{log.read_text(errors='replace')[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
