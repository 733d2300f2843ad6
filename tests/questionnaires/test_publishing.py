# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A version is published with one line changed and one line added, and never changes again."""

from pathlib import Path

from questionnaires.library import Library
from questionnaires.origins import Edition
from questionnaires.own import open_library
from questionnaires.publishing import publish
from questionnaires.roots import LOCK, locked_in
from tests.questionnaires.conftest import Edit, bend

BASE = Edition(id="tiny", version="1.0")
WHOLE = Edition.model_construct(id="tiny+stadt", version="1.0")


def published(tiny: Path, own: Path, edition: Edition) -> list[str]:
    return [finding.message for finding in publish(Library(tiny.parents[1], own), edition)]


def test_status_and_lock_are_written_and_nothing_else(tiny: Path, own: Path) -> None:
    before = (tiny / "questionnaire.yaml").read_text(encoding="utf-8")

    assert published(tiny, own, BASE) == []

    after = (tiny / "questionnaire.yaml").read_text(encoding="utf-8")
    assert after == before.replace("status: draft", "status: published")
    library = Library(tiny.parents[1])
    assert library.read(BASE).findings == []
    assert locked_in(library.root) == {("tiny", "1.0"): library.get("tiny", "1.0").digest}


def test_the_lock_keeps_what_it_held(tiny: Path, own: Path) -> None:
    lock = tiny.parents[1] / LOCK
    lock.write_text("# kept\nother 1.0 abc", encoding="utf-8")
    published(tiny, own, BASE)
    assert lock.read_text(encoding="utf-8").splitlines()[:2] == ["# kept", "other 1.0 abc"]
    assert ("tiny", "1.0") in locked_in(lock.parent)


def test_an_addition_waits_for_what_it_extends(tiny: Path, own: Path, addition: Path) -> None:
    assert published(tiny, own, WHOLE) == ["it leans on tiny@1.0, which is a draft and may still change"]
    assert not (own / LOCK).exists()
    published(tiny, own, BASE)
    assert published(tiny, own, WHOLE) == []

    library = open_library(own, shipped=tiny.parents[1])
    assert library.refused == ()
    assert locked_in(own) == {("tiny+stadt", "1.0"): library.get("tiny+stadt", "1.0").digest}

    bend(addition / "sections" / "X1.yaml", "Spricht der Rat über", "Berät der Rat über")
    changed = open_library(own, shipped=tiny.parents[1])
    assert [finding.code for finding in changed.refused] == ["published-changed"]
    assert [str(edition) for edition in changed.editions()] == ["tiny@1.0"]


def test_translations_may_still_be_mended(tiny: Path, own: Path, addition: Path) -> None:
    published(tiny, own, BASE)
    published(tiny, own, WHOLE)
    bend(addition / "en.yaml", "Does the council discuss", "Does the council talk about")
    assert open_library(own, shipped=tiny.parents[1]).refused == ()


def test_nothing_is_published_twice_or_with_findings(tiny: Path, own: Path, edit: Edit) -> None:
    edit("sections/E1.yaml", "Jede feste Runde zählt.", "Es zählt ggf. eine Runde.")
    assert len(published(tiny, own, BASE)) == 1
    assert not (tiny.parents[1] / LOCK).exists()
    edit("sections/E1.yaml", "Es zählt ggf. eine Runde.", "Jede feste Runde zählt.")
    assert published(tiny, own, BASE) == []
    assert published(tiny, own, BASE) == ["it is published already"]


def test_a_status_that_cannot_be_found_is_told(tiny: Path, own: Path, edit: Edit) -> None:
    edit("questionnaire.yaml", "status: draft", '"status": draft')
    assert published(tiny, own, BASE) == ["no line `status: draft` was found"]
