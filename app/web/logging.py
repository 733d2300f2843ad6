# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The log: JSON lines on stdout, in UTC, without anything about the person (D-04, D-25, X-26).

No address, no user agent, no ids: a request is logged by the pattern of its route. Of an exception the log
keeps its kind and where it happened, not its message, which may quote what somebody typed.
"""

import json
import logging
import sys
import time
import traceback
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.urls import route_template

log = logging.getLogger("selbstcheck")


class JsonFormatter(logging.Formatter):
    """One JSON object a line; newlines in values cannot forge a second one."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": record.getMessage(),
        }
        entry |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1]:
            entry |= _described(record.exc_info[1])
        return json.dumps(entry, ensure_ascii=False)


def _described(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return {"error": type(error).__qualname__, "places": places[-12:]}


def set_up(level: str) -> None:
    """Send all logging of this process to stdout as JSON; the server calls it once."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    # It tells at every look at the schema which database it found; readiness looks every few seconds.
    logging.getLogger("alembic.runtime.migration").setLevel(logging.WARNING)
    # uvicorn's own access log writes addresses of clients.
    logging.getLogger("uvicorn.access").disabled = True


def record(event: str, level: int = logging.INFO, **fields: str | int | float) -> None:
    """Log one event with plain fields; never pass ids of responses, codes, addresses or typed text."""
    log.log(level, event, extra={"fields": fields})


class LogMiddleware:
    """One line for each request: method, pattern of the route, status, duration in milliseconds."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status = time.perf_counter(), 0

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_and_note)
        finally:
            milliseconds = round((time.perf_counter() - started) * 1000, 1)
            route = route_template(Request(scope))
            record("request", method=scope["method"], route=route, status=status, ms=milliseconds)
