# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A further language needs only files: the list of texts can be made, and a catalogue is used when it is there."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from fastapi.testclient import TestClient

from app import errors, i18n
from app.i18n import languages
from app.main import create_app
from app.settings import Settings
from questionnaires.library import Library

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """All texts that can be translated, as pybabel finds them."""
    pot = tmp_path_factory.mktemp("pot") / "messages.pot"
    command = ["-m", "babel.messages.frontend", "-q", "extract", "-F", "app/i18n/babel.cfg", "-k", "pgettext:1c,2"]
    subprocess.run([sys.executable, *command, "-o", str(pot), "."], cwd=ROOT, check=True)
    with pot.open("rb") as file:
        return read_po(file)


def test_pages_and_errors_are_on_the_list(catalogue: Catalog) -> None:
    assert "Impressum" in catalogue
    for kind in (errors.AppError, *errors.AppError.__subclasses__()):
        assert {kind.title, kind.text, kind.help} <= {message.id for message in catalogue}


@pytest.fixture
def english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An English catalogue with two texts."""
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    texts = Catalog(locale="en")
    texts.add("Impressum", "Imprint")
    texts.add(errors.NotFound.title, "There is no such page")
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, texts)
    monkeypatch.setattr(languages, "_FOLDER", tmp_path)
    _forget()
    yield
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    for cached in (languages.available, languages.translations, languages.negotiate):
        cached.cache_clear()


@pytest.mark.usefixtures("english")
def test_a_file_is_all_a_language_needs(settings: Settings, library: Library) -> None:
    assert i18n.available() == ("de", "en")
    with TestClient(create_app(settings, library=library)) as client:
        page = client.get("/impressum", headers={"accept-language": "en-GB, de;q=0.5"})
        assert '<html lang="en" dir="ltr">' in page.text
        assert '<h1 class="page-title">Imprint</h1>' in page.text
        assert page.headers["content-language"] == "en"
        words = client.get("/nix", headers={"accept-language": "en", "hx-request": "true"}).text
        assert "There is no such page" in words
        assert "Impressum</h1>" in client.get("/impressum", headers={"accept-language": "de"}).text
