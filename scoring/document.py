# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The profile as JSON, in the form of `selbstcheck score … --json`.

Numbers are the nearest double of the exact value; what may not be said (M2) is null; lists are always lists.
"""

import json
from fractions import Fraction

from questionnaires.document import horizon_text
from scoring.profile import (
    SCORING_VERSION,
    Band,
    LensResult,
    Priority,
    Profile,
    Scenario,
    SectionResult,
    Sensitivity,
    StageResult,
    StepView,
)

__all__ = ["SCORING_VERSION", "record", "record_json", "to_dict", "to_json"]

Json = dict[str, object]


def to_json(profile: Profile) -> str:
    """The canonical text: keys sorted, no white space; the same profile gives the same bytes (M13)."""
    return _canonical(to_dict(profile))


def record_json(profile: Profile) -> str:
    """The canonical text of `record`: what a snapshot keeps."""
    return _canonical(record(profile))


def record(profile: Profile) -> Json:
    """M13: the profile together with what it was computed from, in the form of answer files."""
    return {"input": profile.inputs.raw, "profile": to_dict(profile)}


def to_dict(profile: Profile) -> Json:
    """The output document, keys in the order they are described in."""
    return {
        "questionnaire": {
            "id": profile.questionnaire_id,
            "version": profile.questionnaire_version,
            "digest": profile.questionnaire_digest,
        },
        "scoring_version": profile.scoring_version,
        "sections": [_section(section) for section in profile.sections],
        "lenses": [_lens(lens) for lens in profile.lenses],
        "priorities": [_priority(entry) for entry in profile.priorities],
        "focus": [{"section": area.section_id, "items": list(area.item_ids)} for area in profile.focus],
        "support_list": [wish.item_id for wish in profile.support_list],
        "clarification": list(profile.clarification),
        "scenario": _scenario(profile.scenario),
    }


def _canonical(document: Json) -> str:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _section(section: SectionResult) -> Json:
    return {
        "id": section.id,
        "title": section.title,
        "kind": section.kind,
        "statement": section.statement,
        "score": _number(section.score),
        "band": _range(section.band),
        "coverage": _number(section.coverage),
        **_stage(section.stage),
        "applicable": section.counts.applicable,
        "answered": section.counts.answered,
        "not_applicable": section.counts.not_applicable,
        "dont_know": section.counts.dont_know,
        "blank": section.counts.blank,
        "sensitivity": _sensitivity(section.sensitivity),
        "notices": list(section.notices),
    }


def _stage(stage: StageResult | None) -> Json:
    """M3: a certain stage is a number and a band of one; an uncertain one only a band."""
    if stage is None:
        return {"stage": None, "stage_band": None, "holding": [], "open_core": []}
    return {
        "stage": stage.certain,
        "stage_band": {"min": stage.minimum, "max": stage.maximum},
        "holding": list(stage.holding),
        "open_core": list(stage.open_core),
    }


def _sensitivity(sensitivity: Sensitivity | None) -> Json | None:
    if sensitivity is None:
        return None
    return {
        "min": float(sensitivity.min),
        "max": float(sensitivity.max),
        "order_depends": sensitivity.order_depends,
    }


def _lens(lens: LensResult) -> Json:
    return {
        "id": lens.id,
        "title": lens.title,
        "kind": lens.kind,
        "statement": lens.statement,
        "score": _number(lens.score),
        "band": _range(lens.band),
        "coverage": _number(lens.coverage),
        "applicable": lens.counts.applicable,
        "answered": lens.counts.answered,
    }


def _priority(entry: Priority) -> Json:
    return {
        "item": entry.item_id,
        "section": entry.section_id,
        "level": entry.level,
        "target": entry.target,
        **_gap(entry),
        "importance": entry.importance,
        "room": entry.room.value,
        "priority": float(entry.priority),
        "step": _step(entry.step),
        "practices": [practice.practice_id for practice in entry.practices],
    }


def _gap(entry: Priority) -> Json:
    """M6: in a round the mean beside the whole level, and a gap that need not be whole."""
    return {"gap": entry.gap} if entry.mean is None else {"mean": float(entry.mean), "gap": float(entry.gap)}


def _step(step: StepView) -> Json:
    """The same words as `selbstcheck questionnaires show --json`."""
    return {
        "from": step.from_level,
        "to": step.to_level,
        "text": step.text,
        "effort": step.effort.value,
        "owner": step.owner_title,
        "horizon": horizon_text(step.horizon),
    }


def _scenario(scenario: Scenario | None) -> Json | None:
    if scenario is None:
        return None
    return {
        "date": scenario.date,
        "without_statement": _number(scenario.without_statement),
        "sections": [_section(section) for section in scenario.sections],
        "lenses": [_lens(lens) for lens in scenario.lenses],
    }


def _range(band: Band | None) -> Json | None:
    return None if band is None else {"min": float(band.min), "max": float(band.max)}


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
