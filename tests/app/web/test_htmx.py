# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fragments and what goes beside them."""

from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from jinja2 import DictLoader, UndefinedError
from starlette.requests import Request

from app.web.htmx import fragments, is_htmx, status_only
from app.web.templating import render_fragment


@dataclass(frozen=True)
class Thing:
    name: str


@pytest.fixture
def request_(app: FastAPI) -> Request:
    environment = app.state.templates._environments["de"]
    environment.loader = DictLoader({"x/_thing.html": "<p>{{ thing.name }}</p>", "x/_bad.html": "{{ thing }}"})
    return Request({"type": "http", "app": app, "headers": []})


def test_the_variable_is_named_like_the_file(request_: Request) -> None:
    assert render_fragment(request_, "x/_thing.html", Thing("a & b")) == "<p>a &amp; b</p>"


def test_a_template_that_is_not_told_something_fails(request_: Request) -> None:
    with pytest.raises(UndefinedError):
        render_fragment(request_, "x/_bad.html", Thing("a"))


def test_beside_and_status_are_swapped_into_existing_elements(request_: Request) -> None:
    beside = {"progress": ("x/_thing.html", Thing("4 von 6"))}
    answer = fragments(request_, "x/_thing.html", Thing("a"), beside=beside, status="Gespeichert <1>", code=409)
    assert answer.status_code == 409
    assert bytes(answer.body).decode() == (
        "<p>a</p>\n"
        '<div id="progress" data-hx-swap-oob="innerHTML"><p>4 von 6</p></div>\n'
        '<div id="status" data-hx-swap-oob="innerHTML">Gespeichert &lt;1&gt;</div>'
    )


def test_words_alone_swap_nothing_else(request_: Request) -> None:
    answer = status_only(request_, "Bitte warten", 429, **{"Retry-After": "9"})
    assert answer.headers["hx-reswap"] == "none"
    assert answer.headers["retry-after"] == "9"


def test_a_request_is_htmx_only_when_it_says_so() -> None:
    assert is_htmx(Request({"type": "http", "headers": [(b"hx-request", b"true")]}))
    assert not is_htmx(Request({"type": "http", "headers": []}))
