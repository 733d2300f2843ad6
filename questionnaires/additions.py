# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""An addition (Zusatz): sections of an operator behind those of a shipped questionnaire.

Together they are a questionnaire with an id and version of its own, so that answers keep exactly what was asked.
Added items load on no lens: what is shipped scores the same with and without them.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from questionnaires.catalogues import Source
from questionnaires.definition import Questionnaire, Section
from questionnaires.findings import Finding, Places
from questionnaires.origins import Edition, Origin
from questionnaires.overlays import Overlay
from questionnaires.parts import Model, Slug, Text, VersionName, copy_with
from questionnaires.reading import FindBase, Reading, read_tree, validate
from questionnaires.roots import ADDITION, addition_id

PREFIX = "X"
"""Ids of added sections begin with it; shipped sections never do."""


class Addition(Model):
    """What `addition.yaml` and the files beside it say. `title` and `summary` are those of the whole.

    `by` names who asks these questions, for people; `minutes` is the time that the added sections take.
    """

    name: Slug
    version: VersionName
    status: Literal["draft", "published"]
    extends: Edition
    by: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    title: Text
    summary: Text
    minutes: Annotated[int, Field(gt=0)]
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    sources: tuple[Source, ...] = ()


def read_addition(directory: Path, find_base: FindBase) -> Reading:
    """Read one version of an addition; the questionnaire is the shipped one with the added sections."""
    reading = Reading(Places(directory))
    tree = read_tree(directory, reading, ADDITION)
    addition = None if reading.findings else validate(Addition, tree, reading)
    if addition is None:
        return reading
    reading.findings.extend(_faults(addition, reading))
    base = _base(addition, reading, find_base)
    if base is not None and not reading.findings:
        reading.questionnaire = extended(base, addition)
    return reading


def extended(base: Questionnaire, addition: Addition) -> Questionnaire:
    """A questionnaire with the sections and sources of an addition behind its own."""
    origin = Origin(kind="addition", by=addition.by, extends=addition.extends)
    added = tuple(copy_with(section, {"origin": origin}) for section in addition.sections)
    return copy_with(
        base,
        {
            "id": addition_id(base.id, addition.name),
            "version": addition.version,
            "status": addition.status,
            "title": addition.title,
            "summary": addition.summary,
            "minutes": base.minutes + addition.minutes,
            "sections": (*base.sections, *added),
            "sources": (*base.sources, *addition.sources),
            "origin": origin,
        },
    )


def added_ids(questionnaire: Questionnaire) -> Mapping[str, set[str]]:
    """The ids that an addition brings, by kind: what its overlays may name."""
    added = questionnaire.added
    return {"sections": {section.id for section in added}, "items": {i.id for section in added for i in section.items}}


def added_texts(questionnaire: Questionnaire, overlay: Overlay) -> Overlay:
    """The texts of an addition's overlay for what it added; those of shipped questions are not its to change."""
    known = added_ids(questionnaire)
    kept: dict[str, Any] = {
        kind: {name: texts for name, texts in getattr(overlay, kind).items() if name in known.get(kind, ())}
        for kind in ("lenses", "owners", "sections", "items", "practices", "glossary", "frameworks")
    }
    return copy_with(overlay, kept | {"limits": None})


def is_added_text(questionnaire: Questionnaire, name: str) -> bool:
    """Whether the text of this name (`items.X1.rat.prompt`) is one that an addition brings."""
    things = (f"{kind}.{thing}." for kind, ids in added_ids(questionnaire).items() for thing in ids)
    return name in {"title", "summary"} or name.startswith(tuple(things))


def _base(addition: Addition, reading: Reading, find_base: FindBase) -> Questionnaire | None:
    try:
        return find_base(addition.extends)
    except LookupError:
        place = reading.places.nearest(("extends",))
        message = f"there is no shipped questionnaire {addition.extends} that can be read"
        remedy = "name a shipped questionnaire and its version"
        reading.findings.append(Finding("dangling-extends", place, message, remedy))
        return None


def _faults(addition: Addition, reading: Reading) -> Iterator[Finding]:
    for section in addition.sections:
        if not section.id.startswith(PREFIX):
            place = reading.places.of("sections", section.id)
            message = f"the id {section.id} of an added section does not begin with {PREFIX}"
            yield Finding("addition-section", place, message, f"rename section and items, as {PREFIX}1")
        for item in section.items:
            if item.lenses or item.aspects:
                place = reading.places.of("items", item.id)
                message = f"{item.id} loads on a lens or aspect of the shipped questionnaire"
                yield Finding("addition-lens", place, message, "remove `lenses` and `aspects`")
