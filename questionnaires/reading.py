# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a directory of YAML files to a definition, strictly: duplicate keys, unknown keys and wrong types
are findings with file and line, never guesses. Dates and other YAML surprises stay the text they are.

A version's directory holds `questionnaire.yaml`, `sections/<id>.yaml`, and beside them the catalogues
(`aspects.yaml`, `practices.yaml`, `sources.yaml`, `glossary.yaml`, `frameworks.yaml`, `crosswalk.yaml`).
A language overlay is `<language>.yaml` (see `overlays.py`).
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from questionnaires.definition import Questionnaire
from questionnaires.findings import Finding, Place, Places, Steps
from questionnaires.origins import Edition

MAIN = "questionnaire.yaml"
CATALOGUES = ("aspects", "practices", "sources", "glossary", "frameworks", "crosswalk")
INHERITED = ("lenses", "owners", "practices", "sources", "glossary", "frameworks", "crosswalk")
"""What a questionnaire that selects items takes over unless it brings its own."""

REMEDIES = {
    "missing": ("missing-key", "write the missing key"),
    "extra_forbidden": ("unknown-key", "remove the key or mend its spelling"),
    "anchors-not-five": ("anchors-not-five", "write one anchor for each level 0 to 4"),
    "steps-not-four": ("steps-not-four", "write one step for each way 0→1, 1→2, 2→3 and 3→4"),
}

FindBase = Callable[[Edition], Questionnaire]
ModelT = TypeVar("ModelT", bound=BaseModel)


@dataclass
class Reading:
    """What came out of reading a directory; `questionnaire` is None if anything was unreadable."""

    places: Places
    questionnaire: Questionnaire | None = None
    findings: list[Finding] = field(default_factory=list)


def read_questionnaire(directory: Path, find_base: FindBase | None = None) -> Reading:
    """Read one version. `find_base` gives the questionnaire that a composed one selects from."""
    reading = Reading(Places(directory))
    tree = read_tree(directory, reading)
    if reading.findings:
        return reading
    _resolve_selection(tree, reading, find_base)
    if not reading.findings:
        reading.questionnaire = validate(Questionnaire, tree, reading)
    return reading


def validate(model: type[ModelT], tree: object, reading: Reading) -> ModelT | None:
    """The tree as a model, or None with one finding per fault."""
    try:
        return model.model_validate_json(json.dumps(tree))
    except ValidationError as error:
        for fault in error.errors():
            code, remedy = REMEDIES.get(fault["type"], ("wrong-value", "write a value of the kind named"))
            at = ".".join(map(str, fault["loc"]))
            place = reading.places.nearest(fault["loc"])
            reading.findings.append(Finding(code, place, f"{at}: {fault['msg']}", remedy))
        return None


def read_file(path: Path, reading: Reading, prefix: Steps = ()) -> Any:
    """One YAML file as plain values; its places are kept below `prefix`."""
    if not path.is_file():
        reading.findings.append(
            Finding("missing-file", Place(path, 1), "the file is missing", "add the file or its name's spelling")
        )
        return None
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or "no readable UTF-8 text"
        reading.findings.append(Finding("unreadable-yaml", Place(path, line), problem, "mend the YAML here"))
        return None
    return _values(node, path, reading, prefix) if node else None


def _values(node: yaml.Node, file: Path, reading: Reading, at: Steps) -> Any:
    reading.places.at[at] = Place(file, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, file, reading, at)
    if isinstance(node, yaml.SequenceNode):
        return [_values(child, file, reading, (*at, n)) for n, child in enumerate(node.value)]
    return _scalar(node)


def _mapping(node: yaml.MappingNode, file: Path, reading: Reading, at: Steps) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in result:
            place = Place(file, key_node.start_mark.line + 1)
            reading.findings.append(
                Finding("duplicate-key", place, f"the key {key!r} stands here twice", "keep one of the two")
            )
        result[key] = _values(value_node, file, reading, (*at, key))
    if isinstance(result.get("id"), str):
        kind = next((step for step in reversed(at) if isinstance(step, str)), "")
        reading.places.ids.setdefault((kind, result["id"]), at)
    return result


def _scalar(node: yaml.Node) -> Any:
    kind = node.tag.rsplit(":", 1)[-1]
    if kind in {"int", "float", "bool", "null"}:
        return yaml.SafeLoader("").construct_object(node)
    return node.value


def read_tree(directory: Path, reading: Reading, main: str = MAIN) -> dict[str, Any]:
    """All files of a version as plain values, with the sections that `main` names in their places."""
    tree = read_file(directory / main, reading)
    if not isinstance(tree, dict):
        if not reading.findings:
            message = "the file must be a mapping of keys and values"
            reading.findings.append(Finding("wrong-value", Place(directory / main, 1), message, "see the schema"))
        return {}
    for name in CATALOGUES:
        if (directory / f"{name}.yaml").is_file():
            tree[name] = read_file(directory / f"{name}.yaml", reading, (name,)) or []
    names = tree.get("sections")
    if isinstance(names, list) and all(isinstance(name, str) for name in names):
        tree["sections"] = [
            read_file(directory / "sections" / f"{name}.yaml", reading, ("sections", n)) for n, name in enumerate(names)
        ]
    return tree


def _resolve_selection(tree: dict[str, Any], reading: Reading, find_base: FindBase | None) -> None:
    """Put the items that a composed questionnaire selects by id in the places that name them."""
    if tree.get("selects_from") is None:
        return
    edition = validate(Edition, tree["selects_from"], reading)
    if edition is None:
        return
    place = reading.places.nearest(("selects_from",))
    try:
        base = find_base(edition) if find_base else None
    except LookupError:
        base = None
    if base is None:
        remedy = "name a questionnaire and version that exists"
        reading.findings.append(Finding("dangling-selection", place, f"there is no {edition}", remedy))
        return
    whole = base.model_dump(mode="json", by_alias=True)
    for n, section in enumerate(tree.get("sections") or []):
        _select_items(section, base, reading, ("sections", n, "items"))
    _inherit(tree, whole)


def _select_items(section: Any, base: Questionnaire, reading: Reading, at: Steps) -> None:
    items = section.get("items") if isinstance(section, dict) else None
    if not isinstance(items, list):
        return
    for n, entry in enumerate(items):
        if not (isinstance(entry, dict) and "select" in entry):
            continue
        wanted = entry["select"]
        if set(entry) == {"select"} and isinstance(wanted, str) and base.has_item(wanted):
            items[n] = base.item(wanted).model_dump(mode="json", by_alias=True)
            reading.places.ids.setdefault(("items", wanted), (*at, n))
            continue
        place = reading.places.nearest((*at, n))
        message = f"no item {wanted!r} to select, or other keys beside `select`"
        reading.findings.append(Finding("dangling-selection", place, message, "name an item of the base alone"))


def _inherit(tree: dict[str, Any], base: dict[str, Any]) -> None:
    """Take over what the selected items lean on: lenses, owners, sources, and the examples that fit."""
    for name in INHERITED:
        tree.setdefault(name, base[name])
    items = [item for section in tree.get("sections") or [] for item in section.get("items") or []]
    chosen = {item.get("id") for item in items if isinstance(item, dict)}
    carried = {lens for item in items if isinstance(item, dict) for lens in item.get("lenses") or []}
    tree["lenses"] = [lens for lens in tree["lenses"] if lens["id"] in carried or carried & set(lens["parts"] or [])]
    kept = []
    for practice in tree["practices"]:
        shown = [entry for entry in practice["items"] if entry["item"] in chosen]
        if shown:
            kept.append(practice | {"items": shown})
    tree["practices"] = kept
    tree["crosswalk"] = [crossing for crossing in tree["crosswalk"] if crossing["item"] in chosen]
