# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A check filled with answers of every kind, over plain forms."""

from questionnaires.definition import Item, Questionnaire
from tests.app.responses.visitor import Fields, Visitor

KINDS: tuple[Fields, ...] = (
    {"answer": "0"},
    {"answer": "1", "carried_by": "budget"},
    {"answer": "2", "carried_by": "project", "project_until": "06.2027", "note": "Beschluss vom 12. Mai, Vorlage 47"},
    {"answer": "3"},
    {"answer": "4", "carried_by": "budget", "note": "https://www.example.org/" + "sehr-langer-pfad-" * 8},
    {"answer": "dont_know", "note": "Das weiß das Amt für Soziales."},
)


def fill(visitor: Visitor, questionnaire: Questionnaire) -> Visitor:
    """Answer all questions but the last of each section."""
    for section in questionnaire.sections:
        page = visitor.get(f"abschnitt/{section.id}")
        changes = {item.id: _answer(item, number) for number, item in enumerate(section.items[:-1])}
        answer = visitor.section(section.id, page=page, changes=changes)
        assert answer.status_code == 303, answer.text
    return visitor


def _answer(item: Item, number: int) -> Fields:
    if item.allow_not_applicable:
        return {"answer": "not_applicable", "reason": "Dafür ist bei uns der Landkreis zuständig."}
    return KINDS[(number + len(item.id)) % len(KINDS)]
