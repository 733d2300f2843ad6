# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Findings across a whole definition: ids that lead nowhere, gaps in the map, thin lenses, missing texts.

Reading finds what is wrong in one place (`reading.py`), `wording.py` what is wrong with the words. Here is
what shows only when everything is seen together, and the one function that runs it all.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from questionnaires.additions import added_ids, is_added_text, read_addition
from questionnaires.definition import Item, Questionnaire
from questionnaires.findings import Finding, Place, Places
from questionnaires.library import SHIPPED, Library
from questionnaires.overlays import Overlay, missing_texts, read_overlay, stale_items
from questionnaires.reading import MAIN, Reading, read_questionnaire
from questionnaires.roots import ADDITION, overlay_files
from questionnaires.wording import Fault, wording_faults

Check = Callable[[Questionnaire], Iterator[Fault]]

CORE_ITEMS = range(2, 6)
"""Core items of a recommendation section: two to five, so that a stage (rule M3) has ground."""


def check_path(path: Path) -> list[Finding]:
    """All findings of a version's directory, or of every version below a root beside the shipped one."""
    if not path.is_dir():
        return [Finding("missing-file", Place(path, 1), "there is no such directory", "name a directory")]
    shipped = Library(SHIPPED)
    for main, read in ((ADDITION, read_addition), (MAIN, read_questionnaire)):
        if (path / main).is_file():
            return check_reading(path, read(path, lambda base: shipped.get(base.id, base.version)), shipped)
    if path.resolve() == SHIPPED:
        return check_library(shipped)
    return check_library(Library(SHIPPED, own=path), path)


def check_library(library: Library, root: Path | None = None) -> list[Finding]:
    """All findings of every version, or of those below one root."""
    found = list(library.shelf.findings)
    versions = [v for v in library.shelf.versions.values() if root in (None, v.root)]
    for version in versions:
        found += check_reading(version.directory, library.read(version.edition), library)
    if not versions and not found:
        place = Place(root or library.root, 1)
        message = f"no version found: expected <id>/<version>/{MAIN}"
        found.append(Finding("missing-file", place, message, "name a directory with questionnaires"))
    return found


def check_reading(directory: Path, reading: Reading, library: Library) -> list[Finding]:
    """The findings of reading, and if that gave a definition, those of every check.

    `library` holds the questionnaire that this one leans on, with its overlays.
    """
    found = check_definition(reading, library, (*CHECKS, wording_faults))
    if reading.questionnaire is not None:
        for path in overlay_files(directory):
            inherited = library.inherited(reading.questionnaire, path.stem)
            found += check_overlay(path, reading.questionnaire, inherited)
    return found


def check_definition(reading: Reading, library: Library, checks: Iterable[Check]) -> list[Finding]:
    """The findings of reading and of these checks, without languages."""
    if reading.questionnaire is None:
        return list(reading.findings)
    checks = tuple(checks)
    faults = [fault for check in checks for fault in check(reading.questionnaire)]
    origin = reading.questionnaire.origin
    if origin is not None and origin.extends is not None:
        # What is wrong with the shipped part is not the addition's to mend.
        base = library.get(origin.extends.id, origin.extends.version)
        known = {fault for check in checks for fault in check(base)}
        faults = [fault for fault in faults if fault not in known]
    return [*reading.findings, *(_placed(fault, reading.places) for fault in faults)]


def check_overlay(path: Path, questionnaire: Questionnaire, inherited: tuple[Overlay, ...] = ()) -> list[Finding]:
    """Findings of one language overlay: unreadable, unknown ids, missing texts, stale texts.

    `inherited` are the overlays of the questionnaire that this one selects from or extends.
    """
    overlay, reading = read_overlay(path)
    if overlay is None:
        return reading.findings
    found = []
    added = questionnaire.is_addition
    for kind in ("lenses", "owners", "sections", "items", "practices", "glossary", "frameworks"):
        known = {thing.id for thing in getattr(questionnaire, kind)}
        known = added_ids(questionnaire).get(kind, set()) if added else known
        for unknown in sorted(set(getattr(overlay, kind)) - known):
            place = reading.places.nearest((kind, unknown))
            found.append(Finding("dangling-overlay", place, f"{kind} has no {unknown}", "remove it or mend the id"))
    missing = missing_texts(questionnaire, *inherited, overlay)
    found += [
        Finding("missing-overlay-text", Place(path, 1), f"no text for {name}", "translate it")
        for name in missing
        if not added or is_added_text(questionnaire, name)
    ]
    for item in stale_items(questionnaire, overlay):
        place = reading.places.nearest(("items", item, "of"))
        remedy = "read the German text again, then run `selbstcheck questionnaires stamp`"
        found.append(Finding("stale-overlay-text", place, f"the German text of {item} has changed since", remedy))
    return found


def _placed(fault: Fault, places: Places) -> Finding:
    kind, *rest = fault.at
    thing, inside = (str(rest[0]), rest[1:]) if rest else ("", [])
    place = places.of(str(kind), thing, *inside) if rest else places.nearest((kind,))
    where = ".".join(map(str, rest)) or str(kind)
    return Finding(fault.code, place, f"{where}: {fault.message}", fault.remedy)


def _dangling(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Ids that name nothing."""
    lenses = {lens.id for lens in questionnaire.lenses}
    aspects = {aspect.id for aspect in questionnaire.aspects}
    owners = {owner.id for owner in questionnaire.owners}
    sources = {source.id for source in questionnaire.sources}
    for item in questionnaire.items:
        if questionnaire.selects_from is None:
            # A composed questionnaire shows the lenses and aspects of its own choice.
            yield from _unknown("lens", "items", item.id, item.lenses, lenses)
            yield from _unknown("aspect", "items", item.id, item.aspects, aspects)
        yield from _unknown("owner", "items", item.id, [step.owner for step in item.steps], owners)
        yield from _unknown("source", "items", item.id, [ref.id for ref in item.sources], sources)
    for section in questionnaire.sections:
        cited = [section.source.id, *(ref.id for path in section.paths for ref in path.sources)]
        yield from _unknown("source", "sections", section.id, cited, sources)
    for lens in questionnaire.lenses:
        yield from _unknown("lens", "lenses", lens.id, lens.parts, lenses)
    items = {item.id for item in questionnaire.items}
    for practice in questionnaire.practices:
        yield from _unknown("item", "practices", practice.id, [shown.item for shown in practice.items], items)
        yield from _unknown("source", "practices", practice.id, [ref.id for ref in practice.sources], sources)


def _crossings(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Crossings must name an item, a framework and its points; a framework must leave no shipped item out."""
    items = {item.id for item in questionnaire.items}
    own = added_ids(questionnaire)["items"]
    points = {f.id: {point.id for point in f.points} for f in questionnaire.frameworks}
    for crossing in questionnaire.crosswalk:
        at = f"{crossing.item} in {crossing.framework}"
        known = points.get(crossing.framework, set())
        if crossing.item not in items or not crossing.points or not set(crossing.points) <= known:
            message = f"{at}: names an item, framework or point that does not exist, or no point"
            yield Fault("dangling-crossing", ("crosswalk",), message, "mend the ids")
    crossed = {(crossing.item, crossing.framework) for crossing in questionnaire.crosswalk}
    for framework in questionnaire.frameworks:
        for item in sorted(items - own - {item for item, name in crossed if name == framework.id}):
            message = f"{item} is not crossed with {framework.id}"
            yield Fault("item-without-crossing", ("crosswalk",), message, "name the points it serves")


def _unknown(what: str, kind: str, thing: str, named: Iterable[str], known: set[str]) -> Iterator[Fault]:
    for name in dict.fromkeys(named):
        if name not in known:
            yield Fault(f"dangling-{what}", (kind, thing), f"there is no {what} {name!r}", "mend the id or add it")


def _doubled(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Ids and export codes that are given twice."""
    for kind in ("items", "sections", "lenses", "owners", "aspects", "practices", "sources", "glossary"):
        counts = Counter(thing.id for thing in getattr(questionnaire, kind))
        for name in (name for name, count in counts.items() if count > 1):
            yield Fault("duplicate-id", (kind, name), f"the id {name!r} is given twice", "rename one of them")
    # Survey programs ignore case in question codes.
    codes = Counter(item.export_code.lower() for item in questionnaire.items)
    for item in questionnaire.items:
        if codes[item.export_code.lower()] > 1:
            message = f"the export code {item.export_code!r} is given twice"
            yield Fault("duplicate-export-code", ("items", item.id, "export_code"), message, "choose another code")


def _uncovered(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Aspects of the coverage map that no item serves. A composed questionnaire need not cover a map."""
    served = {aspect for item in questionnaire.items for aspect in item.aspects}
    if questionnaire.selects_from is not None:
        return
    for aspect in questionnaire.aspects:
        if aspect.id not in served:
            message = f"no item serves the aspect „{aspect.title}“"
            yield Fault("aspect-without-item", ("aspects", aspect.id), message, "write an item for it")
    own = added_ids(questionnaire)["items"]
    for item in questionnaire.items:
        if questionnaire.aspects and not item.aspects and item.id not in own:
            yield Fault("item-without-aspect", ("items", item.id), "serves no aspect of the map", "name its aspects")


def _thin_lenses(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Lenses with fewer items than they need; items whose room is `others` stand in no score (M2)."""
    for lens in questionnaire.lenses:
        carried = sum(item.scored for item in questionnaire.items_of_lens(lens.id))
        needed = 1 if questionnaire.selects_from else lens.min_items
        if carried == 0:
            yield Fault("lens-without-items", ("lenses", lens.id), "no item loads on it", "tag items with it")
        elif carried < needed:
            message = f"carried by {carried} items, needs {needed}"
            yield Fault("lens-too-thin", ("lenses", lens.id), message, "tag more items with it")


def _sections(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Sections must hold items; recommendations two to five core items; ids begin with their section."""
    for section in questionnaire.sections:
        is_whole = questionnaire.selects_from is None or section.is_added
        if not section.items:
            yield Fault("section-without-items", ("sections", section.id), "it holds no item", "add items")
        core = sum(item.core and item.scored for item in section.items)
        if section.kind == "recommendation" and core not in CORE_ITEMS and is_whole:
            message = f"{core} core items, should be {CORE_ITEMS.start} to {CORE_ITEMS.stop - 1}"
            yield Fault("core-items", ("sections", section.id), message, "choose the items without which it fails")
        for item in section.items:
            if is_whole and item.id.split(".")[0] != section.id:
                message = f"the id does not begin with its section {section.id}"
                yield Fault("item-outside-section", ("items", item.id), message, "rename or move the item")


def _reasons(questionnaire: Questionnaire) -> Iterator[Fault]:
    """A weight other than 1 needs a written reason, importance always."""
    for item in questionnaire.items:
        if item.weight != 1 and not item.weight_reason:
            message = f"the weight is {item.weight:g} without a reason"
            yield Fault("weight-without-reason", ("items", item.id, "weight"), message, "write `weight_reason`")
        if not item.importance_reason.strip():
            message = "the importance stands without a reason"
            yield Fault("importance-without-reason", ("items", item.id), message, "write `importance_reason`")
        if not item.sources:
            yield Fault("item-without-source", ("items", item.id), "names no source", "name source and chapter")


def _repeated(questionnaire: Questionnaire) -> Iterator[Fault]:
    """The same words for two levels, or for two steps: a sign of a phrase put in to fill a gap."""
    seen: dict[str, str] = {}
    for item in questionnaire.items:
        for field, text in _distinct_texts(item):
            first = seen.setdefault(text.casefold(), f"{item.id}.{field}")
            if first != f"{item.id}.{field}":
                message = f"{field} repeats the words of {first}: „{text[:50]}…“"
                yield Fault("repeated-text", ("items", item.id, *field.split(".")[:1]), message, "write its own")


def _distinct_texts(item: Item) -> Iterator[tuple[str, str]]:
    for level, anchor in enumerate(item.anchors):
        yield f"anchors.{level}", anchor.default
    for level, step in enumerate(item.steps):
        yield f"steps.{level}.action", step.action.default
        yield f"steps.{level}.how", step.how.default


def _practice_steps(questionnaire: Questionnaire) -> Iterator[Fault]:
    """An example illustrates one step, from a level to the one above."""
    for practice in questionnaire.practices:
        for shown in practice.items:
            if shown.level_to != shown.level_from + 1:
                message = f"{shown.item}: from {shown.level_from} to {shown.level_to} is not one step"
                yield Fault("practice-step", ("practices", practice.id), message, "name the step it shows best")


CHECKS: tuple[Check, ...] = (
    _dangling,
    _crossings,
    _doubled,
    _uncovered,
    _thin_lenses,
    _sections,
    _reasons,
    _repeated,
    _practice_steps,
)
"""Every check across a definition; a test shows for each that it can fail."""
