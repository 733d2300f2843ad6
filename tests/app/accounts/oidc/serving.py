# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The app over https on a port that is known before it runs, as the provider has to know where it is."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from tests.app.accounts.oidc.certificates import Certificates


def listening() -> socket.socket:
    """A socket on a free port, kept from now on: whoever only looks for a free port may lose it again."""
    kept = socket.socket()
    kept.bind(("127.0.0.1", 0))
    kept.listen()
    return kept


@contextmanager
def serving(app: FastAPI, listening: socket.socket, certificates: Certificates) -> Iterator[None]:
    """The app runs until the end of the block."""
    config = uvicorn.Config(
        app,
        ssl_keyfile=certificates.key,
        ssl_certfile=certificates.chain,
        proxy_headers=False,
        log_config=None,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: server.run(sockets=[listening]))
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        yield
    finally:
        server.should_exit = True
        thread.join()
