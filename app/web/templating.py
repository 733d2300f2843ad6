# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Templates: one environment for each language, strict, escaping, with very little in it.

A page (``responses/overview.html``) gets one variable ``page``; a fragment (``responses/_question.html``) one
named like its file (``question``). Pages also get ``here``: what the frame around them needs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app import i18n
from app.clock import Clock
from app.errors import Problem
from app.i18n import formats
from app.permissions import AccountScope
from app.settings import Settings
from app.web.assets import Assets
from app.web.session import chosen_language
from app.web.touch import TOUCH_SECONDS
from app.web.urls import Urls, own_address, public_path
from app.web.wording import FixedWords, Sentences

FOLDER = Path(__file__).parent.parent / "templates"


@dataclass(frozen=True, slots=True)
class Site:
    """What the frame of every page says about this instance.

    ``home`` and ``enter_code`` are addresses, not route names: the frame and the error pages must work
    whatever features an app is assembled from.
    """

    home: str
    enter_code: str

    operator: str
    email: str
    source_url: str
    easy_language_url: str
    sign_language_url: str
    production: bool


@dataclass(frozen=True, slots=True)
class SignedInAs:
    """Whose account it is, and the seconds until the session ends if nothing happens (``idle_seconds`` afresh)."""

    name: str
    is_operator: bool
    seconds_left: int
    idle_seconds: int


@dataclass(frozen=True, slots=True)
class Here:
    """Where the reader is: ``path`` carries no id of a response and no token, ``address`` leads back here.

    ``account`` on pages for people with an account, once all steps of signing in are done.
    """

    path: str
    address: str
    account: SignedInAs | None = None


@dataclass(frozen=True, slots=True)
class Tongue:
    """One entry of the choice of languages, in its own words."""

    key: str
    name: str
    lang: str
    dir: str


class Templates:
    """All templates of one app."""

    def __init__(self, settings: Settings, assets: Assets, urls: Urls) -> None:
        tongues = tuple(_tongue(language) for language in i18n.available())
        frame = {"url": urls, "static": _static(settings, assets), "site": _site(settings), "tongues": tongues}
        self._environments = {language: _environment(language, frame) for language in i18n.available()}

    def render(self, language: str, name: str, variables: Mapping[str, object]) -> str:
        """The text of template ``name`` in ``language``."""
        return self._environments[language].get_template(name).render(variables)


def _site(settings: Settings) -> Site:
    return Site(
        home=f"{settings.root_path}/",
        enter_code=f"{settings.root_path}/weiter",
        operator=settings.operator_name,
        email=settings.operator_email,
        source_url=settings.source_url,
        easy_language_url=settings.easy_language_url,
        sign_language_url=settings.sign_language_url,
        production=settings.production,
    )


def _tongue(language: str) -> Tongue:
    return Tongue(language, i18n.own_name(language), i18n.tag(language), i18n.direction(language))


def _static(settings: Settings, assets: Assets) -> Callable[[str], str]:
    return lambda name: settings.root_path + assets.path(name)


def _environment(language: str, frame: Mapping[str, object]) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", FixedWords],
        auto_reload=False,
        cache_size=-1,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_translations(i18n.translations(language), newstyle=True)  # type: ignore[attr-defined]  # added by the i18n extension
    Sentences(i18n.translations(language)).install(environment)
    environment.globals.update(
        frame, language=language, lang=i18n.tag(language), dir=i18n.direction(language), source=i18n.SOURCE
    )
    for name, written in _FILTERS.items():
        environment.filters[name] = partial(written, language=language)
    return environment


def _marked(text: str, language: str) -> str:
    """A text, inside an element that names its language where that is not the page's (WCAG 3.1.2)."""
    tag = i18n.lang_of(text)
    if tag == i18n.tag(language) or not any(map(str.isalpha, text)):  # figures alone are in no language
        return text
    return Markup('<span lang="{}">{}</span>').format(tag, text)


def _lang(text: str, language: str) -> str:
    """The attribute ``lang`` for an element that holds nothing but this text; empty where it is the page's."""
    tag = i18n.lang_of(text)
    return "" if tag == i18n.tag(language) else Markup(' lang="{}"').format(tag)


def _said(problem: Problem, language: str) -> str:
    """The sentence beside a field, in the reader's language; what was typed stands in it as it is."""
    return i18n.translations(language).gettext(problem.message).format_map(problem.values)


_FILTERS: dict[str, Callable[..., str]] = {
    "marked": _marked,
    "lang": _lang,
    "said": _said,
    "number": formats.number,
    "percent": formats.percent,
    "date": formats.long_date,
    "numeric_date": formats.numeric_date,
    "month": formats.month,
    "time": formats.time_of_day,
    "datetime": formats.date_and_time,
}


def language_of(request: Request) -> str:
    """The reader's language, for a page and each of its fragments: chosen, else the browser's, else German."""
    return chosen_language(request) or i18n.negotiate(request.headers.get("accept-language", ""))


def language_headers(language: str) -> dict[str, str]:
    """What a text says of its language; one address answers whole pages and, to htmx, fragments."""
    return {"Content-Language": i18n.tag(language), "Vary": "Accept-Language, Cookie, HX-Request"}


def render_fragment(request: Request, name: str, value: object) -> str:
    """A fragment as text; its variable is named like the file, without underscore and ending."""
    templates: Templates = request.app.state.templates
    variable = name.rpartition("/")[2].removeprefix("_").partition(".")[0]
    return templates.render(language_of(request), name, {variable: value})


def render_page(
    request: Request, name: str, page: object, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    """A whole page; ``headers`` may say that it can be kept, otherwise it is not."""
    templates: Templates = request.app.state.templates
    language = language_of(request)
    here = Here(public_path(request), own_address(request), _signed_in(request))
    text = templates.render(language, name, {"page": page, "here": here})
    return HTMLResponse(text, status_code=status, headers={**language_headers(language), **(headers or {})})


def _signed_in(request: Request) -> SignedInAs | None:
    account: AccountScope | None = getattr(request.state, "account", None)
    if account is None:
        return None
    settings: Settings = request.app.state.settings
    clock: Clock = request.app.state.clock
    idle = settings.session_idle_minutes * 60
    since = round((clock.now() - request.state.account_seen_at).total_seconds())
    # The time of the last page is not written at each of them; this says what the server will hold against us.
    left = idle if since >= TOUCH_SECONDS else idle - since
    return SignedInAs(account.name, account.is_operator, left, idle)
