# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Language overlays: the texts of another language by id, never the structure again.

A text that an overlay lacks stays German and keeps `lang="de"`, so that a page can mark it (WCAG 3.1.2).
"""

import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from pathlib import Path as FilePath
from typing import Literal, TypeVar

from questionnaires.catalogues import Framework, Owner, Practice, Term
from questionnaires.definition import Item, Lens, Path, Questionnaire, Section, Step
from questionnaires.findings import Finding, Place, Places
from questionnaires.parts import Model, Text, copy_with, digest_of
from questionnaires.reading import Reading, read_file, validate

ThingT = TypeVar("ThingT", Framework, Lens, Owner, Path, Practice, Section, Term)

_BEYOND_QUESTIONS = re.compile(r"^(owners|practices|frameworks)\.|\.steps\.")
"""Places of texts that an overlay of scope `questions` leaves in German."""


class StepTexts(Model):
    """The two texts of a step."""

    action: Text | None = None
    how: Text | None = None


class ItemTexts(Model):
    """The texts of an item; lists stand in the order of the levels.

    `of` is the stamp of the German texts that were translated (`stamp_of`); another one means stale.
    """

    of: str | None = None

    prompt: Text | None = None
    help: Text | None = None
    anchors: tuple[Text, ...] = ()
    steps: tuple[StepTexts, ...] = ()


class Named(Model):
    """The texts of a section, lens, owner or practice example, as far as the thing has them."""

    title: Text | None = None
    short_title: Text | None = None
    summary: Text | None = None
    why: Text | None = None
    text: Text | None = None
    needs: Text | None = None
    success: Text | None = None


class SectionTexts(Named):
    """The texts of a section and of the paths it describes."""

    paths: Mapping[str, Named] = {}


class FrameworkTexts(Named):
    """The texts of a framework and of its points."""

    points: Mapping[str, Text] = {}


class Overlay(Model):
    """The texts of a questionnaire in one other language.

    `scope` says what the overlay promises: `all` texts, or the `questions` (titles, prompts, help, anchors,
    glossary), as the overlay in plain German does. `lang` is the tag for pages where it is not the name itself.
    """

    language: str
    lang: str | None = None
    scope: Literal["all", "questions"] = "all"
    title: Text | None = None
    summary: Text | None = None
    limits: Text | None = None
    lenses: Mapping[str, Named] = {}
    owners: Mapping[str, Named] = {}
    sections: Mapping[str, SectionTexts] = {}
    items: Mapping[str, ItemTexts] = {}
    practices: Mapping[str, Named] = {}
    glossary: Mapping[str, Named] = {}
    frameworks: Mapping[str, FrameworkTexts] = {}

    @property
    def tag(self) -> str:
        """The language tag of its texts on a page."""
        return self.lang or self.language


def read_overlay(path: FilePath) -> tuple[Overlay | None, Reading]:
    """Read one overlay file; the findings stand in the reading."""
    reading = Reading(Places(path))
    tree = read_file(path, reading)
    overlay = None if reading.findings else validate(Overlay, tree or {}, reading)
    return overlay, reading


def overlay_of(path: FilePath, language: str) -> tuple[Overlay | None, list[Finding]]:
    """An overlay in the language that the name of its file says, or None and why it cannot be used."""
    overlay, reading = read_overlay(path)
    if overlay is not None and overlay.language != language:
        wrong = Finding("wrong-value", Place(path, 1), f"the file is not in {language}", "mend `language`")
        return None, [wrong]
    return overlay, reading.findings


def in_language(questionnaire: Questionnaire, overlay: Overlay) -> Questionnaire:
    """The questionnaire with the overlay's texts; ids, levels, weights and digests' inputs are untouched."""
    translated = copy_with(
        questionnaire,
        {
            "title": _text(questionnaire.title, overlay.title, overlay),
            "summary": _text(questionnaire.summary, overlay.summary, overlay),
            "limits": questionnaire.limits and _text(questionnaire.limits, overlay.limits, overlay),
            "sections": tuple(_section(section, overlay) for section in questionnaire.sections),
            "frameworks": tuple(_framework(framework, overlay) for framework in questionnaire.frameworks),
            "lenses": _all_named(questionnaire.lenses, overlay.lenses, overlay),
            "owners": _all_named(questionnaire.owners, overlay.owners, overlay),
            "practices": _all_named(questionnaire.practices, overlay.practices, overlay),
            "glossary": _all_named(questionnaire.glossary, overlay.glossary, overlay),
        },
    )
    # The digest names the content that was answered, in whatever language it was read.
    translated.__dict__["digest"] = questionnaire.digest
    return translated


def missing_texts(questionnaire: Questionnaire, *overlays: Overlay) -> Iterator[str]:
    """The texts that the last overlay promises and none of them has, by place (`items.E1.netz.anchors.2`).

    A composed questionnaire comes with the overlay of the one it selects from, before its own.
    """
    last = overlays[-1]
    translated = questionnaire
    for overlay in overlays:
        translated = in_language(translated, overlay)
    for place, text in texts_of(translated):
        promised = last.scope == "all" or not _BEYOND_QUESTIONS.search(place)
        if promised and text.overlay != last.language:
            yield place


def stale_items(questionnaire: Questionnaire, overlay: Overlay) -> Iterator[str]:
    """The items whose German text has changed since the overlay's text was stamped, or that carry no stamp."""
    for item in questionnaire.items:
        texts = overlay.items.get(item.id)
        if texts is not None and texts.of != stamp_of(item, overlay):
            yield item.id


def stamp_of(item: Item, overlay: Overlay) -> str:
    """Eight characters over the German texts of an item that the overlay translates."""
    texts = [text.variants for place, text in _texts_of_item(item) if overlay.scope == "all" or ".steps." not in place]
    return digest_of(texts)[:8]


def texts_of(questionnaire: Questionnaire) -> Iterator[tuple[str, Text]]:
    """Every text for people with the name of its place, in the order of the questionnaire."""
    yield "title", questionnaire.title
    yield "summary", questionnaire.summary
    if questionnaire.limits is not None:
        yield "limits", questionnaire.limits
    for kind in ("lenses", "owners", "sections", "practices", "glossary", "frameworks"):
        for thing in getattr(questionnaire, kind):
            for name in Named.model_fields:
                if (text := getattr(thing, name, None)) is not None:
                    yield f"{kind}.{thing.id}.{name}", text
    for section in questionnaire.sections:
        for path in section.paths:
            yield f"sections.{section.id}.paths.{path.id}.title", path.title
            yield f"sections.{section.id}.paths.{path.id}.text", path.text
    for framework in questionnaire.frameworks:
        for point in framework.points:
            yield f"frameworks.{framework.id}.points.{point.id}", point.title
    for item in questionnaire.items:
        yield from _texts_of_item(item)


def _texts_of_item(item: Item) -> Iterator[tuple[str, Text]]:
    yield f"items.{item.id}.prompt", item.prompt
    yield f"items.{item.id}.help", item.help
    for level, anchor in enumerate(item.anchors):
        yield f"items.{item.id}.anchors.{level}", anchor
    for level, step in enumerate(item.steps):
        yield f"items.{item.id}.steps.{level}.action", step.action
        yield f"items.{item.id}.steps.{level}.how", step.how


def _text(german: Text, other: Text | None, overlay: Overlay) -> Text:
    if other is None:
        return german
    return other.model_copy(update={"lang": overlay.tag, "overlay": overlay.language})


def _all_named(things: tuple[ThingT, ...], texts: Mapping[str, Named], overlay: Overlay) -> tuple[ThingT, ...]:
    nothing = Named()
    return tuple(_named(thing, texts.get(thing.id, nothing), overlay) for thing in things)


def _named(thing: ThingT, texts: Named, overlay: Overlay) -> ThingT:
    changes = {
        name: _text(german, getattr(texts, name), overlay)
        for name in Named.model_fields
        if isinstance(german := getattr(thing, name, None), Text)
    }
    return copy_with(thing, changes)


def _section(section: Section, overlay: Overlay) -> Section:
    texts = overlay.sections.get(section.id, SectionTexts())
    paths = _all_named(section.paths, texts.paths, overlay)
    items = tuple(_item(item, overlay) for item in section.items)
    return copy_with(_named(section, texts, overlay), {"paths": paths, "items": items})


def _framework(framework: Framework, overlay: Overlay) -> Framework:
    texts = overlay.frameworks.get(framework.id, FrameworkTexts())
    points = tuple(
        copy_with(point, {"title": _text(point.title, texts.points.get(point.id), overlay)})
        for point in framework.points
    )
    return copy_with(_named(framework, texts, overlay), {"points": points})


def _item(item: Item, overlay: Overlay) -> Item:
    texts = overlay.items.get(item.id)
    if texts is None:
        return item
    anchors = zip_longest(item.anchors, texts.anchors[: len(item.anchors)])
    steps = zip_longest(item.steps, texts.steps[: len(item.steps)])
    return copy_with(
        item,
        {
            "prompt": _text(item.prompt, texts.prompt, overlay),
            "help": _text(item.help, texts.help, overlay),
            "anchors": tuple(_text(german, other, overlay) for german, other in anchors),
            "steps": tuple(_step(german, other, overlay) for german, other in steps),
        },
    )


def _step(step: Step, texts: StepTexts | None, overlay: Overlay) -> Step:
    if texts is None:
        return step
    return copy_with(
        step, {"action": _text(step.action, texts.action, overlay), "how": _text(step.how, texts.how, overlay)}
    )
