# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A client that costs little: HTTP/1.1 on one kept connection, nothing parsed that nobody asks for."""

import asyncio
import gzip
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

HOST = "127.0.0.1"
IDLE_SECONDS = 4.0
"""After so long a browser opens a new connection rather than trust an old one."""

_LENGTH = b"\r\ncontent-length: "


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, and after how many seconds the last byte was there."""

    status: int
    head: bytes
    body: bytes
    seconds: float

    def header(self, name: str) -> str:
        """The value of a header, empty where there is none; names are in lower case as uvicorn sends them."""
        _, _, rest = self.head.partition(f"\r\n{name}: ".encode())
        return rest.partition(b"\r\n")[0].decode("latin-1")

    @property
    def text(self) -> str:
        """The body as a browser would read it."""
        plain = gzip.decompress(self.body) if self.header("content-encoding") == "gzip" else self.body
        return plain.decode()


class Connection:
    """One connection to a server on this machine; `headers` go with every request."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._fixed = (
            f"Host: {HOST}:{port}\r\nAccept-Encoding: gzip, br\r\nAccept-Language: de-DE,de;q=0.9\r\n"
            "Sec-Fetch-Site: same-origin\r\n"
        )
        self.cookie = ""

    async def __aenter__(self) -> Self:
        await self._open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.close()

    async def get(self, path: str) -> Reply:
        """Ask for a page."""
        return await self._ask(f"GET {path} HTTP/1.1\r\n{self._fixed}{self._cookies}\r\n".encode())

    async def post(self, path: str, fields: dict[str, str], *, htmx: bool = False) -> Reply:
        """Send a form, as a browser does or as htmx does."""
        body = urlencode(fields).encode()
        asking = "HX-Request: true\r\n" if htmx else ""
        head = (
            f"POST {path} HTTP/1.1\r\n{self._fixed}{self._cookies}{asking}"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return await self._ask(head.encode() + body)

    async def _open(self) -> None:
        self._reader, self._writer = await asyncio.open_connection(HOST, self._port, limit=1 << 20)
        self._used = time.perf_counter()

    @property
    def _cookies(self) -> str:
        return f"Cookie: {self.cookie}\r\n" if self.cookie else ""

    async def _ask(self, request: bytes) -> Reply:
        if self._reader.at_eof() or time.perf_counter() - self._used > IDLE_SECONDS:
            # The server gives up connections that nobody used for five seconds, perhaps just now.
            self._writer.close()
            await self._open()
        started = time.perf_counter()
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        at = head.find(_LENGTH)
        length = int(head[at + len(_LENGTH) : head.index(b"\r\n", at + len(_LENGTH))]) if at >= 0 else 0
        body = await self._reader.readexactly(length)
        self._used = time.perf_counter()
        return Reply(int(head[9:12]), head, body, time.perf_counter() - started)
