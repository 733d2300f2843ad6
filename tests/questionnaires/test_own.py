# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""An operator's root beside the shipped one: what is sound is there, what is broken is refused with its findings."""

import shutil
from pathlib import Path

import pytest

from questionnaires.checks import check_library, check_path
from questionnaires.library import BrokenQuestionnaireError, Library, UnknownQuestionnaireError
from questionnaires.newest import newest
from questionnaires.own import open_library
from tests.questionnaires.conftest import TINY, bend


def copy(own: Path, name: str) -> Path:
    """The tiny questionnaire as an own one of another id."""
    directory = shutil.copytree(TINY, own / name / "1.0")
    bend(directory / "questionnaire.yaml", "id: tiny", f"id: {name}")
    return directory


def names(library: Library) -> list[str]:
    return [str(edition) for edition in library.editions()]


def test_an_own_questionnaire_says_so_of_itself(tiny: Path, own: Path) -> None:
    copy(own, "eigen")
    library = open_library(own, shipped=tiny.parents[1])
    found = library.get("eigen", "1.0")

    assert names(library) == ["eigen@1.0", "tiny@1.0", "tiny+stadt@1.0"]
    assert found.origin is not None
    assert found.origin.kind == "own"
    assert {section.origin for section in found.sections} == {found.origin}
    assert found.digest != library.get("tiny", "1.0").digest


def test_a_broken_one_is_refused_and_the_others_keep_working(tiny: Path, own: Path, addition: Path) -> None:
    copy(own, "eigen")
    bend(copy(own, "kaputt") / "sections" / "E1.yaml", "owner: amt", "owner: niemand")
    bend(addition / "addition.yaml", "minutes: 2", "minutes: bald")
    library = open_library(own, shipped=tiny.parents[1])

    assert names(library) == ["eigen@1.0", "tiny@1.0"]
    assert [finding.code for finding in library.refused] == ["dangling-owner", "wrong-value"]
    with pytest.raises(BrokenQuestionnaireError):
        library.get("kaputt", "1.0")
    with pytest.raises(UnknownQuestionnaireError):
        library.latest("kaputt")
    assert [one.id for one in newest(library, "de")] == ["eigen", "tiny"]


def test_no_own_questionnaire_takes_the_place_of_a_shipped_one(tiny: Path, own: Path) -> None:
    shutil.copytree(TINY, own / "tiny" / "2.0")
    library = open_library(own, shipped=tiny.parents[1])
    assert [finding.code for finding in library.refused] == ["id-taken"]
    assert library.latest("tiny").version == "1.0"


def test_directories_with_other_names_are_told(tiny: Path, own: Path) -> None:
    shutil.copytree(TINY, own / "Meine Fragen" / "1.0")
    library = open_library(own, shipped=tiny.parents[1])
    assert [finding.code for finding in library.refused] == ["misplaced"]


def test_a_directory_that_is_not_there_is_told(tiny: Path, tmp_path: Path) -> None:
    library = open_library(tmp_path / "nirgends", shipped=tiny.parents[1])
    assert [finding.code for finding in library.refused] == ["missing-file"]
    assert names(library) == ["tiny@1.0"]


def test_questionnaires_that_select_from_each_other_are_refused(tiny: Path, own: Path) -> None:
    for name, other in (("eins", "zwei"), ("zwei", "eins")):
        selection = f'minutes: 5\nselects_from: {{id: {other}, version: "1.0"}}'
        bend(copy(own, name) / "questionnaire.yaml", "minutes: 5", selection)
    library = open_library(own, shipped=tiny.parents[1])
    assert names(library) == ["tiny@1.0", "tiny+stadt@1.0"]
    assert {finding.code for finding in library.refused} == {"dangling-selection"}


@pytest.mark.parametrize("text", [b"", b"- 1\n", b"\xff\xfe", b"id: [\n", b"extends: 7\n", b"extends: {id: [1]}\n"])
def test_no_file_keeps_the_shipped_ones_from_working(tiny: Path, own: Path, addition: Path, text: bytes) -> None:
    (addition / "addition.yaml").write_bytes(text)
    (copy(own, "kaputt") / "questionnaire.yaml").write_bytes(text)
    (own / "published.lock").write_bytes(text)
    library = open_library(own, shipped=tiny.parents[1])
    assert names(library) == ["tiny@1.0"]
    assert library.refused


def test_words_and_gaps_in_a_translation_do_not_refuse(tiny: Path, own: Path, addition: Path) -> None:
    bend(addition / "sections" / "X1.yaml", "Wenige Seiten genügen.", "Es genügen ggf. wenige Seiten.")
    library = open_library(own, shipped=tiny.parents[1])
    assert library.refused == ()
    assert {f.code for f in check_library(library, own)} == {"hard-word", "stale-overlay-text"}


def test_an_overlay_that_cannot_be_read_refuses(tiny: Path, own: Path, addition: Path) -> None:
    bend(addition / "en.yaml", "language: en", "language: fr")
    library = open_library(own, shipped=tiny.parents[1])
    assert [finding.code for finding in library.refused] == ["wrong-value"]


def test_an_own_root_is_checked_beside_the_shipped_one(own: Path) -> None:
    """The addition extends the tiny one, which is not shipped."""
    copy(own, "eigen")
    assert [finding.code for finding in check_path(own)] == ["dangling-extends"]
