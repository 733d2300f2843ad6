# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A definition as plain JSON values, for `selbstcheck questionnaires show --json` and other programs.

Texts are given for one municipality type, or their default. The steps' text joins the imperative and the how.
"""

from typing import Any

from questionnaires.catalogues import Owner, Practice
from questionnaires.definition import Item, Lens, Questionnaire, Section, Step
from questionnaires.parts import MunicipalityType

Json = dict[str, Any]


def questionnaire_document(questionnaire: Questionnaire, kind: MunicipalityType | None = None) -> Json:
    """The whole questionnaire: head, sections with items, lenses, practice examples, sources."""
    return {
        "id": questionnaire.id,
        "version": questionnaire.version,
        "digest": questionnaire.digest,
        "status": questionnaire.status,
        "origin": questionnaire.origin.model_dump(mode="json") if questionnaire.origin else None,
        "title": questionnaire.title.of(kind),
        "summary": questionnaire.summary.of(kind),
        "limits": questionnaire.limits.of(kind) if questionnaire.limits else None,
        "license": questionnaire.license,
        "minutes": questionnaire.minutes,
        "sections": [section_document(section, questionnaire, kind) for section in questionnaire.sections],
        "lenses": [_lens(lens, questionnaire, kind) for lens in questionnaire.lenses],
        "aspects": [aspect.model_dump() for aspect in questionnaire.aspects],
        "practices": [_practice(practice, kind) for practice in questionnaire.practices],
        "sources": [source.model_dump() for source in questionnaire.sources],
    }


def section_document(section: Section, questionnaire: Questionnaire, kind: MunicipalityType | None) -> Json:
    """One section with its items."""
    return {
        "id": section.id,
        "title": section.title.of(kind),
        "kind": section.kind,
        "summary": section.summary.of(kind),
        "why": section.why.of(kind),
        "source": section.source.model_dump(),
        "paths": [{"id": p.id, "title": p.title.of(kind), "text": p.text.of(kind)} for p in section.paths],
        "items": [item_document(item, questionnaire, kind) for item in section.items],
    }


def item_document(item: Item, questionnaire: Questionnaire, kind: MunicipalityType | None) -> Json:
    """One item with its anchors and steps."""
    return {
        "id": item.id,
        "export_code": item.export_code,
        "prompt": item.prompt.of(kind),
        "help": item.help.of(kind),
        "anchors": [anchor.of(kind) for anchor in item.anchors],
        "steps": [step_document(item, level, questionnaire, kind) for level in range(len(item.steps))],
        "importance": item.importance,
        "importance_reason": item.importance_reason,
        "weight": item.weight,
        "core": item.core,
        "target": item.target,
        "room": item.room.value,
        "lenses": list(item.lenses),
        "aspects": list(item.aspects),
        "applies_to": None if item.applies_to is None else [kind.value for kind in item.applies_to],
        "allow_not_applicable": item.allow_not_applicable,
        "sources": [reference.model_dump() for reference in item.sources],
        "practices": [practice.id for practice in questionnaire.practices_of(item.id)],
    }


def step_document(item: Item, level: int, questionnaire: Questionnaire, kind: MunicipalityType | None) -> Json:
    """The step from `level` (0 to 3) to the next one."""
    step: Step = item.steps[level]
    owner: Owner = questionnaire.owner(step.owner)
    return {
        "from": level,
        "to": level + 1,
        "text": f"{step.action.of(kind)} {step.how.of(kind)}",
        "effort": step.effort.value,
        "owner": owner.title.of(kind),
        "horizon": horizon_text(step.horizon),
    }


def horizon_text(months: int) -> str:
    """The usual horizon of a step in German words: whole years from two years on, else months."""
    if months >= 24 and months % 12 == 0:
        return f"{months // 12} Jahre"
    return "1 Monat" if months == 1 else f"{months} Monate"


def _lens(lens: Lens, questionnaire: Questionnaire, kind: MunicipalityType | None) -> Json:
    return {
        "id": lens.id,
        "title": lens.title.of(kind),
        "kind": lens.kind,
        "reach": lens.reach,
        "summary": lens.summary.of(kind),
        "parts": list(lens.parts),
        "items": [item.id for item in questionnaire.items_of_lens(lens.id)],
    }


def _practice(practice: Practice, kind: MunicipalityType | None) -> Json:
    return {
        "id": practice.id,
        "municipality": practice.municipality,
        "type": practice.type.value,
        "population": practice.population,
        "population_year": practice.population_year,
        "year": practice.year,
        "status": practice.status,
        "title": practice.title.of(kind),
        "text": practice.text.of(kind),
        "needs": practice.needs.of(kind),
        "success": practice.success.of(kind) if practice.success else None,
        "items": [{"item": s.item, "from": s.level_from, "to": s.level_to} for s in practice.items],
        "sources": [reference.model_dump() for reference in practice.sources],
    }
