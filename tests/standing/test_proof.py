# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A ``Scope`` is a proof: only the places that check a code or a token may make one."""

import ast
from pathlib import Path

APP = Path(__file__).parents[2] / "app"
MAY = {"web/access.py"}
MAY_FOLDERS = ("commands", "demo")


def test_only_access_makes_a_scope() -> None:
    makers = set()
    for path in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Scope":
                makers.add(str(path.relative_to(APP)))
    assert {name for name in makers if not name.startswith(MAY_FOLDERS)} <= MAY
