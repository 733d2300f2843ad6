# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A scope is a proof: only the places that check a code, a token or a session may make one."""

import ast
import inspect
from pathlib import Path

from app import permissions

APP = Path(__file__).parents[2] / "app"
MAY = ("web/access/", "commands/", "demo/")
SCOPES = {name for name, found in inspect.getmembers(permissions, inspect.isclass) if name.endswith("Scope")}


def test_only_access_makes_a_scope() -> None:
    assert {"Scope", "AccountScope", "MunicipalityScope", "RoundScope", "ReadingScope"} <= SCOPES
    makers = set()
    for path in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SCOPES:
                makers.add(path.relative_to(APP).as_posix())
    assert {name for name in makers if not name.startswith(MAY)} == set()
