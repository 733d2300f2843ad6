# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The catalogues are complete and current, no page mixes languages, and a further language needs only files (U-24)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app import errors, i18n
from app.i18n import catalogues
from app.results.rendering import SHOWN
from app.web.session import SECURE_NAME
from tests.languages import Reader, pseudo, readable, with_language
from tests.standing.conftest import Call, Started, calls

TEMPLATE = catalogues.extract()
FILES = list(catalogues.catalogues())
MOST_WORDS = 12
"""Of a sentence in plain German."""


def texts(message: Message) -> list[str]:
    """The forms of a translation."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


def originals(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def all_messages(path: Path) -> Iterator[Message]:
    return (message for message in catalogues.read(path) if message.id)


def key(message: Message) -> tuple[object, ...]:
    context = message.context
    return context.decode() if isinstance(context, bytes) else context, *originals(message)


def test_there_are_plain_german_and_english() -> None:
    assert i18n.available() == ("de", "einfach", "en")
    assert [i18n.own_name(language) for language in i18n.available()] == ["Deutsch", "Einfache Sprache", "English"]


def test_what_pages_errors_and_forms_say_is_on_the_list() -> None:
    listed = {part for message in TEMPLATE for part in originals(message)}
    assert {"Impressum", "Bitte geben Sie Ihren Code ein.", "Stark bei {strong}.", "Punkte von 0 bis 100."} <= listed
    for kind in (errors.AppError, *errors.AppError.__subclasses__()):
        assert {kind.title, kind.text, kind.help} <= listed


def test_extracting_again_changes_nothing() -> None:
    """`make messages` has been run since the last change of a text."""
    assert catalogues.TEMPLATE.read_bytes() == catalogues.as_text(TEMPLATE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parts[-3])
def test_each_catalogue_holds_exactly_these_texts(path: Path) -> None:
    assert path.read_bytes() == catalogues.as_text(catalogues.updated(path, TEMPLATE))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parts[-3])
def test_every_text_is_translated_and_none_is_a_guess(path: Path) -> None:
    catalogue = catalogues.read(path)
    assert [message.id for message in all_messages(path) if not message.string or not all(texts(message))] == []
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []
    assert [problem for message, problem in catalogue.check() if message.id] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parts[-3])
def test_translations_keep_names_in_braces_and_markup(path: Path) -> None:
    """What is replaced stands in every form; the catalogue brings no markup of its own into a page."""
    for message in all_messages(path):
        for original, text in zip(originals(message), texts(message), strict=True):
            assert _names(text) == _names(original), text
            assert sorted(re.findall(r"<[^>]*>|&\w+;", text)) == sorted(_markup(original, text)), text
            assert not re.search(r'["\']', re.sub(r"<[^>]*>", "", text)), f"typographic quotes, please: {text}"


def _names(text: str) -> set[str]:
    if re.search(r"%\(\w+\)s", text):
        return set(re.findall(r"%\(\w+\)s", text))
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def _markup(original: str, text: str) -> list[str]:
    """Spaces that do not break belong to a language, other markup to the page."""
    found = re.findall(r"<[^>]*>|&\w+;", original)
    return found if "&nbsp;" in text else [part for part in found if part != "&nbsp;"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parts[-3])
def test_what_is_compiled_is_what_is_written(path: Path) -> None:
    with path.with_suffix(".mo").open("rb") as file:
        compiled = {key(message): texts(message) for message in read_mo(file) if message.id}
    assert compiled == {key(message): texts(message) for message in all_messages(path)}


def test_sentences_in_plain_german_are_short() -> None:
    long = []
    for message in all_messages(catalogues.FOLDER / "einfach/LC_MESSAGES/messages.po"):
        for text in texts(message):
            for sentence in re.split(r"(?<=[.?!:])[“”]?\s+", re.sub(r"<[^>]*>", "", text)):
                long += [sentence] if len(re.findall(r"[\w%(){}-]+", sentence)) > MOST_WORDS else []
    assert long == []


@pytest.fixture
def pages(app: FastAPI, started: Started) -> list[Call]:
    """Every address that shows a page."""
    found = calls(app, started)
    skipped = ("/static", "/healthz", "/readyz", "daten.json", "quittung", ".csv")
    shown = [call for call in found if call.method == "GET" and not any(part in call.address for part in skipped)]
    results = [call for call in shown if call.pattern.endswith("/{page}")]
    others = [
        replace(call, address=call.address.replace("abschnitte", name)) for call in results for name in SHOWN if name
    ]
    return [*shown, *others]


@pytest.mark.parametrize("language", i18n.available())
def test_every_page_says_its_language_and_mixes_in_no_other(
    holder: TestClient, started: Started, pages: list[Call], language: str
) -> None:
    """No sentence of the German interface is left on a page of another language (lesson 25)."""
    holder.cookies.set(SECURE_NAME, f"~{language}.{started.code}")
    german = foreign_to(language)
    mixed = {}
    for call in pages:
        answer = holder.get(call.address)
        if answer.is_redirect:
            continue
        assert answer.headers["content-language"] == i18n.tag(language), call
        assert f'<html lang="{i18n.tag(language)}"' in answer.text, call
        shown = readable(answer.text)
        if found := [sentence for sentence in german if sentence in shown]:
            mixed[call.pattern] = found
    assert mixed == {}


def foreign_to(language: str) -> list[str]:
    """What reads differently in this language: several words, as one alone may stand in a question too."""
    if language == i18n.SOURCE:
        return []
    path = catalogues.FOLDER / language / "LC_MESSAGES/messages.po"
    translated = " ".join(text for message in all_messages(path) for text in texts(message))
    plain = [part for message in all_messages(path) for part in originals(message)]
    return [part for part in plain if part not in translated and " " in part and not re.search(r"[%{<&]", part)]


@pytest.fixture
def invented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Catalog]:
    """A language that exists only as a file made from the list: every text in brackets, a third longer."""
    yield from with_language(tmp_path, monkeypatch, "ar", pseudo(TEMPLATE))


@pytest.mark.usefixtures("invented")
def test_a_file_is_all_that_a_language_needs(holder: TestClient, started: Started, pages: list[Call]) -> None:
    """Every word on every page is a translated one, German and marked as such, or somebody's own."""
    assert i18n.available() == ("de", "ar")
    holder.cookies.set(SECURE_NAME, f"~ar.{started.code}")
    left = {}
    for call in pages:
        answer = holder.get(call.address)
        if answer.is_redirect:
            continue
        assert '<html lang="ar" dir="rtl">' in answer.text, call
        assert answer.headers["content-language"] == "ar"
        if words := Reader(answer.text).untranslated():
            left[call.pattern] = words
    assert left == {}


@pytest.mark.usefixtures("invented")
def test_errors_for_htmx_speak_it_too(client: TestClient) -> None:
    client.cookies.set(SECURE_NAME, "~ar")
    words = client.get("/nix", headers={"hx-request": "true"}).text
    assert "［Diese Seite gibt es nicht" in words


def test_the_list_can_be_read_by_translators_tools() -> None:
    assert len(read_po(BytesIO(catalogues.TEMPLATE.read_bytes()))) == len(TEMPLATE)
