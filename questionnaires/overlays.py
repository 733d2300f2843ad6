# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Language overlays: the texts of another language by id, never the structure again.

A text that an overlay lacks stays German and keeps `lang="de"`, so that a page can mark it (WCAG 3.1.2).
"""

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from pathlib import Path as FilePath
from typing import TypeVar

from questionnaires.definition import Item, Lens, Owner, Path, Practice, Questionnaire, Section, Step
from questionnaires.findings import Places
from questionnaires.parts import Model, Text, copy_with
from questionnaires.reading import Reading, read_file, validate

ThingT = TypeVar("ThingT", Lens, Owner, Path, Practice, Section)


class StepTexts(Model):
    """The two texts of a step."""

    action: Text | None = None
    how: Text | None = None


class ItemTexts(Model):
    """The texts of an item; lists stand in the order of the levels."""

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


class Overlay(Model):
    """All texts of a questionnaire in one other language."""

    language: str
    title: Text | None = None
    summary: Text | None = None
    lenses: Mapping[str, Named] = {}
    owners: Mapping[str, Named] = {}
    sections: Mapping[str, SectionTexts] = {}
    items: Mapping[str, ItemTexts] = {}
    practices: Mapping[str, Named] = {}


def read_overlay(path: FilePath) -> tuple[Overlay | None, Reading]:
    """Read one overlay file; the findings stand in the reading."""
    reading = Reading(Places(path))
    tree = read_file(path, reading)
    overlay = None if reading.findings else validate(Overlay, tree or {}, reading)
    return overlay, reading


def in_language(questionnaire: Questionnaire, overlay: Overlay) -> Questionnaire:
    """The questionnaire with the overlay's texts; ids, levels, weights and digests' inputs are untouched."""
    lang = overlay.language
    nothing = Named()
    translated = copy_with(
        questionnaire,
        {
            "title": _text(questionnaire.title, overlay.title, lang),
            "summary": _text(questionnaire.summary, overlay.summary, lang),
            "lenses": tuple(_named(x, overlay.lenses.get(x.id, nothing), lang) for x in questionnaire.lenses),
            "owners": tuple(_named(x, overlay.owners.get(x.id, nothing), lang) for x in questionnaire.owners),
            "sections": tuple(_section(x, overlay) for x in questionnaire.sections),
            "practices": tuple(_named(x, overlay.practices.get(x.id, nothing), lang) for x in questionnaire.practices),
        },
    )
    # The digest names the content that was answered, in whatever language it was read.
    translated.__dict__["digest"] = questionnaire.digest
    return translated


def missing_texts(questionnaire: Questionnaire, overlay: Overlay) -> Iterator[str]:
    """The texts that the overlay lacks, by the name of their place (`items.E1.netz.anchors.2`)."""
    translated = in_language(questionnaire, overlay)
    for place, text in texts_of(translated):
        if text.lang != overlay.language:
            yield place


def texts_of(questionnaire: Questionnaire) -> Iterator[tuple[str, Text]]:
    """Every text for people with the name of its place, in the order of the questionnaire."""
    yield "title", questionnaire.title
    yield "summary", questionnaire.summary
    for kind in ("lenses", "owners", "sections", "practices"):
        for thing in getattr(questionnaire, kind):
            for name in Named.model_fields:
                if (text := getattr(thing, name, None)) is not None:
                    yield f"{kind}.{thing.id}.{name}", text
    for section in questionnaire.sections:
        for path in section.paths:
            yield f"sections.{section.id}.paths.{path.id}.title", path.title
            yield f"sections.{section.id}.paths.{path.id}.text", path.text
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


def _text(german: Text, other: Text | None, lang: str) -> Text:
    return german if other is None else other.model_copy(update={"lang": lang})


def _named(thing: ThingT, texts: Named, lang: str) -> ThingT:
    changes = {
        name: _text(german, getattr(texts, name), lang)
        for name in Named.model_fields
        if isinstance(german := getattr(thing, name, None), Text)
    }
    return copy_with(thing, changes)


def _section(section: Section, overlay: Overlay) -> Section:
    texts = overlay.sections.get(section.id, SectionTexts())
    lang = overlay.language
    paths = tuple(_named(path, texts.paths.get(path.id, Named()), lang) for path in section.paths)
    items = tuple(_item(item, overlay) for item in section.items)
    return copy_with(_named(section, texts, lang), {"paths": paths, "items": items})


def _item(item: Item, overlay: Overlay) -> Item:
    texts = overlay.items.get(item.id)
    if texts is None:
        return item
    lang = overlay.language
    anchors = zip_longest(item.anchors, texts.anchors[: len(item.anchors)])
    steps = zip_longest(item.steps, texts.steps[: len(item.steps)])
    return copy_with(
        item,
        {
            "prompt": _text(item.prompt, texts.prompt, lang),
            "help": _text(item.help, texts.help, lang),
            "anchors": tuple(_text(german, other, lang) for german, other in anchors),
            "steps": tuple(_step(german, other, lang) for german, other in steps),
        },
    )


def _step(step: Step, texts: StepTexts | None, lang: str) -> Step:
    if texts is None:
        return step
    return copy_with(step, {"action": _text(step.action, texts.action, lang), "how": _text(step.how, texts.how, lang)})
