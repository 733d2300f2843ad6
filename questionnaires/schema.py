# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""JSON Schemas of the YAML files as authors write them, so that an editor can help and complain.

They come from the models; where a file differs from the model (sections by name, a selected item,
a plain string for a text), the difference is put in here.
"""

from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from questionnaires.additions import Addition
from questionnaires.catalogues import Aspect, Crossing, Framework, Practice, Source, Term
from questionnaires.definition import Questionnaire, Section
from questionnaires.overlays import Overlay
from questionnaires.reading import CATALOGUES

Json = dict[str, Any]

DIALECT = GenerateJsonSchema.schema_dialect
SELECTION: Json = {
    "type": "object",
    "properties": {"select": {"type": "string"}},
    "required": ["select"],
    "additionalProperties": False,
}


def yaml_schemas() -> dict[str, Json]:
    """One schema for each kind of file, by the name of the file."""
    section = _schema(Section)
    items = section["properties"]["items"]
    items["items"] = {"anyOf": [items["items"], SELECTION]}
    return {
        "questionnaire.yaml": _main_schema(Questionnaire),
        "addition.yaml": _main_schema(Addition),
        "sections/*.yaml": section,
        "aspects.yaml": _schema(tuple[Aspect, ...]),
        "practices.yaml": _schema(tuple[Practice, ...]),
        "sources.yaml": _schema(tuple[Source, ...]),
        "glossary.yaml": _schema(tuple[Term, ...]),
        "frameworks.yaml": _schema(tuple[Framework, ...]),
        "crosswalk.yaml": _schema(tuple[Crossing, ...]),
        "<language>.yaml": _schema(Overlay),
    }


def _main_schema(model: type[BaseModel]) -> Json:
    """The sections stand in files of their own, and so do the catalogues."""
    main = _schema(model)
    main["properties"]["sections"] = {"type": "array", "items": {"type": "string"}, "minItems": 1}
    for catalogue in CATALOGUES:
        main["properties"].pop(catalogue, None)
    return main


def _schema(model: type[BaseModel] | Any) -> Json:
    schema = TypeAdapter(model).json_schema(by_alias=True)
    text = schema.get("$defs", {}).get("Text")
    if text is not None:
        # Language and overlay of a text are set when an overlay is laid over; nobody writes them.
        for name in ("lang", "overlay"):
            text["properties"].pop(name)
        schema["$defs"]["Text"] = {"anyOf": [{"type": "string", "minLength": 1}, text]}
    return {"$schema": DIALECT, **schema}
