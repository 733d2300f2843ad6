# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Short citations: who published a work when, and the chapters there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from questionnaires.catalogues import Source
from questionnaires.definition import Questionnaire
from questionnaires.parts import Reference

INITIALS = re.compile(r"\(([A-Z]{2,6})\)")


@dataclass(frozen=True, slots=True)
class Citation:
    """Places in a source: who published it when, and the chapters there, by number or by heading."""

    work: str
    numbers: tuple[str, ...]
    headings: tuple[str, ...]


def citations_of(questionnaire: Questionnaire, references: Iterable[Reference]) -> tuple[Citation, ...]:
    """Short citations, one a work; the method page names the works in full."""
    chapters: dict[str, list[str]] = {}
    for reference in references:
        chapters.setdefault(reference.id, []).append(reference.chapter)
    return tuple(
        Citation(
            work=f"{publisher_of(questionnaire.source(source_id))} {questionnaire.source(source_id).year}",
            numbers=tuple(chapter for chapter in found if chapter[:1].isdigit()),
            headings=tuple(chapter for chapter in found if not chapter[:1].isdigit()),
        )
        for source_id, found in chapters.items()
    )


def publisher_of(source: Source) -> str:
    """The publisher by its initials in brackets where it names them (IRS), else without place and series."""
    if initials := INITIALS.search(source.publisher):
        return initials[1]
    return source.publisher.split(",")[0].split(" (")[0]
