# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be sent to us, and HEAD: bodies have a limit, forms are read before the (sync) route runs."""

from collections.abc import AsyncIterator
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, Request
from starlette.datastructures import FormData, Headers, UploadFile
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import Invalid, NotFound, TooLarge
from app.web.errors import error_response

MAX_BODY_BYTES = 512 * 1024
MAX_FIELDS = 400
MAX_FILES = 1
_URLENCODED = "application/x-www-form-urlencoded"


class BodyLimitMiddleware:
    """Refuses bodies over ``MAX_BODY_BYTES`` with 413, by their announced and by their true length.

    An address with a NUL is none of ours (404): no keyboard types it, and PostgreSQL cannot even be asked for it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if "\x00" in scope["path"] or b"%00" in scope["query_string"]:
            await error_response(Request(scope), NotFound())(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or int(announced) > MAX_BODY_BYTES:
            await error_response(Request(scope), TooLarge())(scope, receive, send)
            return
        total = 0

        async def receive_counted() -> Message:
            nonlocal total
            message = await receive()
            total += len(message.get("body", b""))
            if total > MAX_BODY_BYTES:
                raise TooLarge
            return message

        await self.app(scope, receive_counted, send)


class HeadMiddleware:
    """HEAD answers like GET, without the body; link checkers and monitors ask that way."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def send_without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        inner = {**scope, "method": "GET"}
        await self.app(inner, receive, send_without_body)
        scope["route"] = inner.get("route")


async def posted_form(request: Request) -> AsyncIterator[FormData]:
    """The form that was sent, also one with names that are known only at run time; its files are closed after."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() == _URLENCODED:
        yield FormData(_pairs(await request.body()))
        return
    async with request.form(max_files=MAX_FILES, max_fields=MAX_FIELDS, max_part_size=MAX_BODY_BYTES) as form:
        yield form


def _pairs(body: bytes) -> list[tuple[str, UploadFile | str]]:
    """Names and values of an ordinary form, read in one go; the parser for uploads takes three times as long."""
    try:
        return [*parse_qsl(body.decode("latin-1"), keep_blank_values=True, max_num_fields=MAX_FIELDS)]
    except ValueError:
        raise Invalid from None


def fields_of(posted: FormData) -> dict[str, str]:
    """The text fields of a form by name; of several with one name the last."""
    return {name: value for name, value in posted.items() if isinstance(value, str)}


def ticked(posted: FormData, name: str) -> tuple[str, ...]:
    """What was ticked under one name, in the order of the form."""
    return tuple(value for value in posted.getlist(name) if isinstance(value, str))


Posted = Annotated[FormData, Depends(posted_form, scope="function")]
