# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What holds for every template and every static file of our own (X-06, D-18, A-44, U-22)."""

import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from jinja2 import StrictUndefined

from app.web.assets import FOLDER as STATIC
from app.web.templating import FOLDER as TEMPLATES

FILES = sorted(TEMPLATES.rglob("*.html"))
OWN_STATIC = [path for path in sorted(STATIC.rglob("*")) if path.suffix in {".css", ".js", ".svg"}]
OWN_STATIC = [path for path in OWN_STATIC if "vendor" not in path.parts]
COMMENT = re.compile(r"\{#.*?#\}|/\*.*?\*/|<!--.*?-->|^\s*//.*?$", re.DOTALL | re.MULTILINE)

FORBIDDEN = {
    "marks text as safe": r"\|\s*safe\b|\bMarkup\(|autoescape\s+false",
    "has an inline style": r"<style|\bstyle\s*=",
    "has an inline script": r"<script(?![^>]*\bsrc=)|javascript:",
    "has an inline handler": r"(?<![\w-])on(?:click|change|load|error|submit|input|toggle|paste|focus|blur)=",
    "loads from or leads to a fixed foreign address": r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}",
    "lets htmx evaluate something": r"hx-on|\bjs:|hx-vals=[\"']?js|hx-trigger=\"[^\"]*\[",
    "uses hx- instead of data-hx-": r"(?<!data-)\bhx-(?!request|reswap)",
    "refreshes by itself": r"http-equiv=[\"']?refresh",
    "says something only on hovering": r"<(?!abbr|iframe)[a-z]+[^>]*\stitle=",
    "has a gender sign inside a word": r"\b[A-ZÄÖÜ]\w*[*:_·](?:in|innen)\b",
    "formats a date itself": r"\.strftime|\.isoformat",
}


def plain(path: Path) -> str:
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_it_compiles_strictly_and_escapes(app: FastAPI, path: Path) -> None:
    for environment in app.state.templates._environments.values():
        assert environment.undefined is StrictUndefined
        assert environment.autoescape is True
        environment.get_template(str(path.relative_to(TEMPLATES)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(TEMPLATES)))
@pytest.mark.parametrize("fault", FORBIDDEN)
def test_no_template(path: Path, fault: str) -> None:
    found = re.search(FORBIDDEN[fault], plain(path))
    assert found is None, f"{path.name} {fault}: {found.group()!r}"


@pytest.mark.parametrize("path", OWN_STATIC, ids=lambda path: path.name)
def test_static_files_ask_no_other_server_and_evaluate_nothing(path: Path) -> None:
    text = plain(path).replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?:|@import|\beval\(|new Function|innerHTML|localStorage|sessionStorage", text)


def test_every_page_extends_the_frame() -> None:
    pages = [path for path in FILES if not path.name.startswith("_") and path.parent.name not in {"parts", "charts"}]
    for path in pages:
        text = path.read_text(encoding="utf-8")
        assert path.name == "base.html" or "{% extends " in text or "{% macro " in text, path


def test_every_template_is_used() -> None:
    python = "".join(path.read_text(encoding="utf-8") for path in Path(TEMPLATES).parent.rglob("*.py"))
    sources = python + "".join(path.read_text(encoding="utf-8") for path in FILES)
    unused = [name for path in FILES if (name := str(path.relative_to(TEMPLATES))) not in sources]
    assert unused == []


def test_all_text_can_be_translated() -> None:
    """Words stand in gettext, not loose between tags; names and numbers come from ``page``."""
    for path in FILES:
        text = re.sub(r"\{%-?\s*(trans|set)\b[^=]*?%\}.*?\{%-?\s*end\1\s*-?%\}", "", plain(path), flags=re.DOTALL)
        text = re.sub(r"\{%-?\s*trans\b.*?%\}.*?\{%-?\s*endtrans\s*-?%\}", "", text, flags=re.DOTALL)
        text = re.sub(r"\{% block width %\}.*?\{% endblock %\}", "", text)  # a class name
        text = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", text, flags=re.DOTALL)
        text = re.sub(r"<[^>]*>|[a-z-]+=\"[^\"]*\"", "", text)
        words = re.findall(r"[A-Za-zÄÖÜäöüß]{3,}", text)
        assert words == [], path.name
