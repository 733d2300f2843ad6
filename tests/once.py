# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is the same for all tests of a session, made once: thousands of tests make an app of their own each.

Routes and compiled templates hold nothing of a request, a setting or a database, so apps can share them; what stands
in a YAML file follows from its text alone. All else is made anew for each test. FastAPI's ``dependency_overrides``
have no effect on shared routes; no test uses them.
"""

import gc
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from types import CodeType, SimpleNamespace
from typing import Any

import pytest
import yaml
from fastapi import APIRouter, FastAPI
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from starlette.routing import BaseRoute

from app import i18n, main
from app.web import templating
from questionnaires import reading


@contextmanager
def made_once() -> Iterator[None]:
    """Inside, apps share what is the same for all of them, and are forgotten when they are gone.

    For that, only the first one to start clears up and freezes what there is: if each did, it would be a fifth of
    all work, and gigabytes would be kept by the end.
    """
    compose = lru_cache(maxsize=256)(yaml.compose)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(FastAPI, "include_router", _shared_routes())
        patched.setattr(templating, "_environment", _with_compiled_templates())
        patched.setattr(reading, "yaml", SimpleNamespace(**{**vars(yaml), "compose": compose}))
        patched.setattr(main, "gc", SimpleNamespace(collect=cache(gc.collect), freeze=cache(gc.freeze)))
        yield


def _shared_routes() -> Any:
    """A way to include the app's own routers that works out the parameters of their routes only once."""
    include, known = FastAPI.include_router, dict[int, BaseRoute]()

    def include_shared(app: FastAPI, router: APIRouter, **options: Any) -> None:
        if options or router not in main.ROUTERS:
            return include(app, router, **options)
        if id(router) not in known:
            apart = FastAPI()
            include(apart, router)
            known[id(router)] = apart.router.routes[-1]
        app.router.routes.append(known[id(router)])
        return None

    return include_shared


def _with_compiled_templates() -> Any:
    make, compiled = templating._environment, _Compiled()

    def make_with_compiled(*arguments: Any) -> Environment:
        environment = make(*arguments)
        environment.bytecode_cache = compiled
        return environment

    return make_with_compiled


class _Compiled(BytecodeCache):
    """Compiled templates, by catalogue too: what is said in a language is compiled in."""

    def __init__(self) -> None:
        self._codes: dict[Hashable, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get(_key(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code
        self._codes[_key(bucket)] = bucket.code


def _key(bucket: Bucket) -> Hashable:
    language = str(bucket.environment.globals["language"])
    return language, i18n.translations(language), bucket.key, bucket.checksum
