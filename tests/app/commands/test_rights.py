# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""docs/rechte.md is the table of permissions, in words, and complete (X-19)."""

from app.commands.rights import DOCUMENT, MEANINGS, OBJECTS, ROLES, markdown
from app.permissions import PERMISSIONS, Action, Role


def test_the_document_is_current() -> None:
    """If this fails: python -m app.commands.rights."""
    assert DOCUMENT.read_text(encoding="utf-8") == markdown()


def test_nothing_is_without_words() -> None:
    assert set(MEANINGS) == set(Action) == set(PERMISSIONS)
    assert set(ROLES) == set(Role)
    assert set(OBJECTS) == {action.object for action in Action}


def test_each_line_says_what_the_table_says() -> None:
    lines = {line.split("`")[1]: line for line in markdown().splitlines() if "| `" in line}
    assert len(lines) == len(Action)
    for action, roles in PERMISSIONS.items():
        assert lines[action.value].count("| ja ") == len(roles), action
    assert lines["round.results"].endswith("| ja | ja | ja |")
    assert lines["municipality.people"].endswith("| ja | – |")


def test_the_operator_has_no_column_in_what_belongs_to_a_municipality() -> None:
    for part in ("## Kommune", "## Durchgang"):
        table = markdown().partition(part)[2].partition("\n## ")[0]
        assert "Betreiberin" not in table
