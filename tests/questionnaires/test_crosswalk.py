# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The bridge to other catalogues, and its table for spreadsheets."""

import csv
import io
from pathlib import Path

import pytest

from questionnaires.crosswalk import COLUMNS, as_csv, counterparts_of, crossed
from questionnaires.library import Library
from questionnaires.parts import MunicipalityType
from tests.questionnaires.conftest import Edit


def test_a_question_names_its_points_in_the_order_given(tiny: Path, edit: Edit) -> None:
    edit(
        "frameworks.yaml",
        '{id: "1", title: Alle Ebenen}',
        '{id: "1", title: Alle Ebenen}\n    - {id: "2", title: Geld}',
    )
    edit("crosswalk.yaml", 'E1.netz, framework: oecd, points: ["1"]', 'E1.netz, framework: oecd, points: ["2", "1"]')
    questionnaire = Library(tiny.parents[1]).latest("tiny")
    (counterpart,) = counterparts_of(questionnaire, "E1.netz")
    assert [point.title.default for point in counterpart.points] == ["Geld", "Alle Ebenen"]
    assert [(line.point.id, line.item.id) for line in crossed(questionnaire)] == [
        ("1", "E1.netz"),
        ("1", "E1.pflege"),
        ("2", "E1.netz"),
    ]


def test_a_line_speaks_to_the_type(tiny: Path) -> None:
    questionnaire = Library(tiny.parents[1]).latest("tiny")
    cells = next(crossed(questionnaire)).cells(questionnaire, MunicipalityType.LANDKREIS)
    assert cells == ("Checkliste", "1", "Alle Ebenen", "Netz", "E1.netz", "Gibt es ein Netzwerk im Landkreis?")


def test_the_table_opens_in_a_german_spreadsheet() -> None:
    text = as_csv([COLUMNS, ("a;b", 'c"d', "e\nf", "ü", "", 1)])
    assert text.startswith("\ufeffKatalog;Punkt;")
    assert text.endswith("\r\n")
    assert list(csv.reader(io.StringIO(text[1:]), delimiter=";"))[1] == ["a;b", 'c"d', "e\nf", "ü", "", "1"]


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1"])
def test_no_cell_is_a_formula(typed: str) -> None:
    (row,) = csv.reader(io.StringIO(as_csv([[typed]])[1:], newline=""), delimiter=";")
    assert row == [f"'{typed}"]


def test_every_shipped_question_is_in_both_catalogues(library: Library) -> None:
    questionnaire = library.latest("weltoffene-kommune")
    for item in questionnaire.items:
        assert len(counterparts_of(questionnaire, item.id)) == len(questionnaire.frameworks) == 2
