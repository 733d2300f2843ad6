# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Answers to htmx: a fragment, and beside it other parts of the page that changed.

Fragments know nothing of this: the wrapping for out-of-band swaps happens here and only here. The live
region ``#status`` is written into, never replaced (A-40).
"""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.web.templating import language_headers, language_of, render_fragment

_BESIDE = Markup('<div id="{}" data-hx-swap-oob="innerHTML">{}</div>')


def is_htmx(request: Request) -> bool:
    """True if htmx asks and wants a fragment; False for a page, a form without script, a reload."""
    return request.headers.get("hx-request") == "true"


def fragments(
    request: Request,
    name: str,
    value: object,
    *,
    beside: Mapping[str, tuple[str, Any]] | None = None,
    status: str = "",
    code: int = 200,
) -> HTMLResponse:
    """Fragment ``name`` with ``value`` for the element that asked.

    ``beside`` maps the id of an element to the fragment and value that become its content; ``status`` is said
    in the live region; ``code`` is the HTTP status (409 and 422 are shown as well, by htmx's own rule).
    """
    parts = [Markup(render_fragment(request, name, value))]  # noqa: S704  our own template, escaped there
    for element, (part, content) in (beside or {}).items():
        parts.append(_BESIDE.format(element, Markup(render_fragment(request, part, content))))  # noqa: S704  as above
    if status:
        parts.append(_BESIDE.format("status", status))
    return _answer(request, Markup("\n").join(parts), code)


def status_only(request: Request, content: Markup | str, code: int, **headers: str) -> HTMLResponse:
    """Only words for the live region; the element that asked stays as it is."""
    answer = _answer(request, _BESIDE.format("status", content), code)
    answer.headers["HX-Reswap"] = "none"
    answer.headers.update(headers)
    return answer


def _answer(request: Request, text: str, code: int) -> HTMLResponse:
    return HTMLResponse(text, status_code=code, headers=language_headers(language_of(request)))
