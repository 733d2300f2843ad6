# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The app behind a real server on a loopback address, which can go away and come back on the same port."""

import socket
import threading
import time
from typing import Self

import uvicorn

from app.main import create_app
from app.settings import Settings
from questionnaires.library import Library
from tests.ports import free_port


class Served:
    """A server for these settings; with `with` it runs until the end of the block."""

    def __init__(self, settings: Settings, library: Library) -> None:
        self._settings, self._library = settings, library
        self._port = free_port()
        self._running: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Serve, on the same port each time."""
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self._port))
        self.app = create_app(self._settings, library=self._library)
        config = uvicorn.Config(self.app, proxy_headers=False, log_config=None, timeout_graceful_shutdown=1)
        self._running = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._serve, args=(self._running, listening))
        self._thread.start()
        while not self._running.started:
            assert self._thread.is_alive(), "the server did not start"
            time.sleep(0.01)

    def stop(self) -> None:
        """Go away; connections are refused from then on."""
        if self._running and self._thread:
            self._running.should_exit = True
            self._thread.join()
            self._running = None

    @staticmethod
    def _serve(server: uvicorn.Server, listening: socket.socket) -> None:
        with listening:
            server.run(sockets=[listening])

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
