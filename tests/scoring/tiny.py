# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tiny questionnaires built from the models: a test says only what matters to its rule."""

from collections.abc import Iterable, Mapping
from typing import Any

from questionnaires.answers import Answer, DontKnow, Level, NotApplicable, Project
from questionnaires.catalogues import Illustration, Owner, Practice
from questionnaires.definition import Item, Lens, Questionnaire, Section, Step
from questionnaires.parts import Effort, MunicipalityType, Reference, Room, Text
from scoring import Municipality, Profile, Targets, profile_of

PLACE = Reference(id="KV", chapter="1")
GEMEINDE = Municipality(type=MunicipalityType.KLEINE_STADT_GEMEINDE, population=14_071)

ABSENT = NotApplicable("Das gibt es bei uns nicht.")
UNKNOWN = DontKnow()


def text(words: str) -> Text:
    return Text(default=words)


def steps(*efforts: str) -> tuple[Step, ...]:
    """Four steps; the efforts named first, then low."""
    filled = (*efforts, "low", "low", "low", "low")[:4]
    return tuple(
        Step(
            action=text(f"Tun Sie {level + 1}."),
            how=text(f"So geht es von {level} aus."),
            effort=Effort(effort),
            owner="amt",
            horizon=(3, 6, 12, 24)[level],
        )
        for level, effort in enumerate(filled)
    )


def item(item_id: str, **changes: Any) -> Item:
    """An item of importance 1, weight 1, room own, not core, that may be „not applicable“."""
    fields: dict[str, Any] = {
        "id": item_id,
        "export_code": "".join(filter(str.isalnum, item_id))[:20],
        "prompt": text(f"Frage {item_id}?"),
        "help": text("Hilfe."),
        "anchors": tuple(text(f"Stufe {level} von {item_id}.") for level in range(5)),
        "steps": steps(),
        "importance": 1,
        "importance_reason": "Beispiel.",
        "room": Room.OWN,
        "allow_not_applicable": True,
        "sources": (PLACE,),
    }
    return Item(**fields | changes)


def items(section_id: str, count: int, **changes: Any) -> list[Item]:
    """`count` like items `E1.a`, `E1.b`, …"""
    return [item(f"{section_id}.{chr(97 + place)}", **changes) for place in range(count)]


def section(section_id: str, content: Iterable[Item], **changes: Any) -> Section:
    fields: dict[str, Any] = {
        "id": section_id,
        "title": text(f"Abschnitt {section_id}"),
        "short_title": text(section_id),
        "kind": "recommendation",
        "summary": text("Worum es geht."),
        "why": text("Warum es zählt."),
        "source": PLACE,
        "items": tuple(content),
    }
    return Section(**fields | changes)


def lens(lens_id: str, *parts: str) -> Lens:
    """An attribute, or with parts a factor."""
    return Lens(
        id=lens_id,
        title=text(f"Blick {lens_id}"),
        short_title=text(lens_id),
        kind="factor" if parts else "attribute",
        summary=text("Ein Blick."),
        parts=parts,
    )


def practice(practice_id: str, *shown: tuple[str, int], **changes: Any) -> Practice:
    """An example from a large city that shows the step from `level` of each `(item, level)`."""
    fields: dict[str, Any] = {
        "id": practice_id,
        "municipality": "Musterstadt",
        "type": MunicipalityType.GROSSE_STADT,
        "title": text("Ein Beispiel"),
        "text": text("Sie haben es getan."),
        "needs": text("Zeit."),
        "items": tuple(Illustration.model_validate({"item": i, "from": x, "to": x + 1}) for i, x in shown),
        "sources": (PLACE,),
    }
    return Practice(**fields | changes)


def questionnaire(*sections: Section, lenses: Iterable[Lens] = (), practices: Iterable[Practice] = ()) -> Questionnaire:
    return Questionnaire(
        id="tiny",
        version="1.0",
        status="draft",
        title=text("Kleiner Fragebogen"),
        summary=text("Klein."),
        license="CC-BY-4.0",
        minutes=5,
        lenses=tuple(lenses),
        owners=(Owner(id="amt", title=text("Amt")),),
        sections=sections,
        practices=tuple(practices),
    )


def answer(raw: int | Answer) -> Answer:
    return Level(raw) if isinstance(raw, int) else raw


def project(level: int, until: str) -> Level:
    return Level(level, Project(until))


def levels(section_id: str, *given: int | Answer | None) -> dict[str, Answer]:
    """Answers to `E1.a`, `E1.b`, … in order; None leaves one blank."""
    return {f"{section_id}.{chr(97 + place)}": answer(raw) for place, raw in enumerate(given) if raw is not None}


def profile(
    of: Questionnaire,
    answers: Mapping[str, Answer],
    *,
    municipality: Municipality = GEMEINDE,
    targets: Targets | None = None,
    scenario_date: str | None = None,
) -> Profile:
    return profile_of(of, municipality, answers, targets, scenario_date)


def profile_with(*given: int | Answer | None, **changes: Any) -> Profile:
    """The profile of one section E1 with as many like items as answers are given."""
    content = items("E1", len(given), **changes)
    return profile(questionnaire(section("E1", content)), levels("E1", *given))
