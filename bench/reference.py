# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The bare references: what FastAPI, SQLModel and Jinja cost when nobody asks for a product around them.

`POST /answer` writes one answer with one upsert into the same table, with the same driver and the same
durability; it proves nothing, checks nothing but types, and shows nothing. `GET /page` renders a plain template
with the questionnaire's own words, as many questions as make the size asked for; `/compressed/page` also
compresses it as the product does.

Run: `DATABASE_URL=… python -m bench.reference PORT`.
"""

import contextlib
import gc
import os
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import uvicorn
from fastapi import FastAPI, Form
from fastapi.responses import HTMLResponse, PlainTextResponse
from jinja2 import Environment, FileSystemLoader
from pydantic import BaseModel, Field
from sqlalchemy import Engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, create_engine
from starlette.middleware.gzip import GZipMiddleware

from app import migrations
from app.db import database_address
from app.tables import Answer, Response
from app.web.logging import set_up
from bench.wire import HOST
from questionnaires.definition import Item
from questionnaires.library import Library

RESPONSES = 64
"""How many checks there are to write into; the id of the first is 32 times `0`."""


class Written(BaseModel):
    """One answer as the form sends it."""

    response_id: str
    item_id: str
    kind: str
    level: Annotated[int | None, Field(ge=0, le=4)] = None
    note: str = ""
    revision: int
    writer: str = ""


def response_id(number: int) -> str:
    """The id of one of the checks that can be written into."""
    return f"{number:032d}"


def create_app(url: str) -> FastAPI:
    """The app with both references."""
    pages = FastAPI(openapi_url=None)
    pages.get("/page", response_class=HTMLResponse)(_page(Library().latest("weltoffene-kommune").items))
    app = FastAPI(openapi_url=None, lifespan=_frozen)
    app.post("/answer", response_class=PlainTextResponse)(_answer(_engine(url)))
    app.mount("/compressed", GZipMiddleware(pages, minimum_size=800, compresslevel=4))
    app.mount("/", pages)
    return app


@contextlib.asynccontextmanager
async def _frozen(_app: FastAPI) -> AsyncIterator[None]:
    # As the product does it: what was made at the start is left alone by the collector.
    gc.collect()
    gc.freeze()
    yield


def _engine(url: str) -> Engine:
    engine = create_engine(database_address(url), pool_size=10, max_overflow=0)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _answer(engine: Engine) -> Callable[..., str]:
    insert = sqlite.insert if engine.dialect.name == "sqlite" else postgresql.insert
    lock = threading.Lock() if engine.dialect.name == "sqlite" else contextlib.nullcontext()

    def answer(written: Annotated[Written, Form()]) -> str:
        values = written.model_dump()
        upsert = insert(Answer).values(reason="", carried_by="", **values)
        changed = {name: value for name, value in values.items() if name not in {"response_id", "item_id"}}
        with lock, Session(engine, expire_on_commit=False) as session:
            session.execute(upsert.on_conflict_do_update(index_elements=["response_id", "item_id"], set_=changed))
            session.commit()
        return "Gespeichert"

    return answer


def _page(items: tuple[Item, ...]) -> Callable[..., str]:
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    template = environment.get_template("reference.html")
    known: dict[int, list[dict[str, Any]]] = {}

    def page(size: int) -> str:
        questions = known.get(size)
        if questions is None:
            questions = known[size] = _questions(items, lambda some: len(template.render(questions=some)), size)
        return template.render(questions=questions)

    return page


def _questions(items: tuple[Item, ...], length: Callable[..., int], size: int) -> list[dict[str, Any]]:
    """As many questions as make a page of about `size` characters."""
    questions: list[dict[str, Any]] = []
    for number, question in enumerate(_plain(items)):
        if length(questions) >= size:
            break
        questions.append({"name": f"q{number}", **question})
    return questions


def _plain(items: tuple[Item, ...]) -> Iterator[dict[str, Any]]:
    for number, item in enumerate(cycle(items)):
        anchors = [anchor.of(None) for anchor in item.anchors]
        yield {"prompt": item.prompt.of(None), "help": item.help.of(None), "anchors": anchors, "level": number % 5}


def _fill(url: str) -> None:
    migrations.upgrade(url)
    engine = _engine(url)
    with Session(engine) as session:
        session.add_all(_response(number) for number in range(RESPONSES))
        session.commit()
    engine.dispose()


def _response(number: int) -> Response:
    return Response(
        id=response_id(number),
        code_digest=uuid4().hex,
        view_digest=uuid4().hex,
        municipality_type="kleine_stadt_gemeinde",
        questionnaire_id="weltoffene-kommune",
        questionnaire_version="1.0",
        questionnaire_digest="",
        started_on=date(2026, 1, 1),
        changed_on=date(2026, 1, 1),
        targets={},
    )


if __name__ == "__main__":
    set_up("INFO")
    _fill(os.environ["DATABASE_URL"])
    uvicorn.run(
        create_app(os.environ["DATABASE_URL"]),
        host=HOST,
        port=int(sys.argv[1]),
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,
    )
