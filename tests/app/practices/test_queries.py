# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which examples there are when questionnaires grow, shrink or break."""

import shutil
from pathlib import Path

import pytest

from app.errors import NotFound
from app.practices.queries import catalogue, entry_of
from questionnaires.library import Library

TINY = Path(__file__).parents[2] / "questionnaires" / "tiny" / "1.0"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(TINY, tmp_path / "tiny" / "1.0")
    return tmp_path


def test_an_example_that_only_an_older_version_has_still_has_its_page(root: Path) -> None:
    (gone,) = catalogue(Library(root), "de").entries
    newer = shutil.copytree(root / "tiny" / "1.0", root / "tiny" / "1.1")
    text = (newer / "questionnaire.yaml").read_text(encoding="utf-8").replace('"1.0"', '"1.1"')
    (newer / "questionnaire.yaml").write_text(text, encoding="utf-8")
    (newer / "practices.yaml").write_text("[]\n", encoding="utf-8")
    library = Library(root)
    assert catalogue(library, "de").entries == ()
    assert entry_of(library, gone.practice.id, "de").questionnaire.version == "1.0"


def test_a_broken_questionnaire_hides_only_its_own_examples(root: Path) -> None:
    (root / "broken" / "1.0").mkdir(parents=True)
    (root / "broken" / "1.0" / "questionnaire.yaml").write_text("id: broken\n", encoding="utf-8")
    library = Library(root)
    assert len(catalogue(library, "de").entries) == 1
    with pytest.raises(NotFound):
        entry_of(library, "unknown", "de")


def test_examples_are_told_in_the_readers_language(root: Path) -> None:
    german, english = (catalogue(Library(root), language).entries[0] for language in ("de", "en"))
    assert english.practice.id == german.practice.id
    assert english.shown[0].item.prompt.default == "Is there a network?"
    assert {text.lang for text in (english.practice.title, english.practice.text)} <= {"de", "en"}
