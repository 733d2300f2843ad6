# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A language that only tests speak, made from the list of texts; and reading a page for words of another language."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo

from app.i18n import formats, languages

_CACHED = (
    languages.available,
    languages.translations,
    languages.negotiate,
    languages.own_name,
    languages.tag,
    languages.direction,
    formats.month_names,
)
_VOID = frozenset({"area", "br", "hr", "img", "input", "link", "meta", "source", "wbr"})
_UNREAD = frozenset({"script", "style", "title"})
_BRACKETED = re.compile(r"［[^［］]*］")
_WORD = re.compile(r"[A-Za-zÄÖÜäöüß]{3,}")
_FORMAL = re.compile(
    r"https?://\S+|\S+@\S+|(?:[0-9A-Z]{4}-){2,3}[0-9A-Z]{4}|[0-9a-f]{32,}|\b(?:[A-Z2-7]{4}\s){3,}[A-Z2-7]{4}\b"
)
"""Addresses, codes, checksums, and the secret of a second factor."""

_ATTRIBUTES = ("aria-label", "alt", "placeholder", "data-offline")
_NAMES = frozenset(
    {"Belm", "Gemeinde", "Birkenrain", "BITV", "KERN", "EUPL", "htmx", "BSD", "Fira", "Sans", "SIL", "OFL", "JSON"}
    | {"Ada", "Beispiel", "Mit", "Glied", "Jugendamt", "Office", "Off", "Clubs", "Clu", "Neu"}
)
"""Words that are the same in every language: names, licences, the example of a code; and what people of the tests
call themselves and their groups.
"""


def pseudo(template: Catalog) -> Catalog:
    """Every text in brackets and a third longer, with its names and markup."""
    made = Catalog(locale="ar")
    made.plural_expr, made.num_plurals  # noqa: B018  read once, so that Babel makes them from the locale
    made._num_plurals, made._plural_expr = 2, "(n != 1)"
    for message in template:
        if message.id:
            made.add(message.id, _longer(message.id), context=message.context)
    return made


def _longer(text: str | tuple[str, ...] | list[str]) -> str | tuple[str, ...]:
    if isinstance(text, str):
        return f"［{text}{' ~' * (len(text) // 6 + 1)}］"
    return tuple(str(_longer(form)) for form in text)


def with_language(
    folder: Path, monkeypatch: pytest.MonkeyPatch, language: str, catalogue: Catalog
) -> Iterator[Catalog]:
    """For the time of a test there are German and this language."""
    home = folder / "locales" / language / "LC_MESSAGES"
    home.mkdir(parents=True)
    with (home / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr(languages, "_FOLDER", folder / "locales")
    _forget()
    yield catalogue
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    for cached in _CACHED:
        cached.cache_clear()


class Reader(HTMLParser):
    """The words of a page that are in the page's own language: what a mark puts into another is left out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._page = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "html":
            self._page = found.get("lang") or ""
        foreign = (
            found.get("lang") not in (None, self._page) or tag in _UNREAD or "tongues" in (found.get("class") or "")
        )
        hidden = foreign or bool(self._open and self._open[-1][1])
        if not hidden:
            self.parts += [value for name in _ATTRIBUTES if (value := found.get(name))]
        if tag not in _VOID:
            self._open.append((tag, hidden))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass  # the lines of a picture

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not (self._open and self._open[-1][1]):
            self.parts.append(data)

    def untranslated(self) -> list[str]:
        """Words outside of brackets."""
        text = _FORMAL.sub("", " ".join(self.parts))
        while _BRACKETED.search(text):
            text = _BRACKETED.sub(" ", text)  # from the inside out: a text may stand in another
        return [word for word in _WORD.findall(text) if word not in _NAMES]


def readable(html: str) -> str:
    """The words of a page that are in the page's own language, with single spaces."""
    return " ".join(" ".join(Reader(html).parts).split())
