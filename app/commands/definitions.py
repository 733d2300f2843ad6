# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""`selbstcheck questionnaires list | show | check | crosswalk | schema`."""

import argparse
import json
import sys
from pathlib import Path

from app.commands import CommandError
from questionnaires.checks import check_path
from questionnaires.crosswalk import COLUMNS, as_csv, counterparts_of, crossed
from questionnaires.definition import Edition, Questionnaire
from questionnaires.document import questionnaire_document
from questionnaires.library import SHIPPED, BrokenQuestionnaireError, Library, UnknownQuestionnaireError
from questionnaires.overlays import read_overlay
from questionnaires.schema import yaml_schemas
from questionnaires.stamping import stamp


def load(name: str, language: str = "de") -> Questionnaire:
    """The questionnaire named `ID` or `ID@VERSION`; `CommandError` if there is none."""
    library = Library()
    questionnaire_id, _, version = name.partition("@")
    try:
        version = version or library.latest(questionnaire_id).version
        known = library.languages(questionnaire_id, version)
        if language not in known:
            raise CommandError(f"{name}: no texts in {language!r}; there are {', '.join(known)}")
        return library.in_language(questionnaire_id, version, language)
    except UnknownQuestionnaireError:
        names = ", ".join(map(str, library.editions()))
        raise CommandError(f"{name}: there is no such questionnaire; there are {names}") from None
    except BrokenQuestionnaireError as error:
        raise CommandError(*map(str, error.findings)) from None


def list_editions(arguments: argparse.Namespace) -> None:
    """All questionnaires and versions with status, size and digest."""
    library = Library()
    rows = [_head(load(str(edition))) for edition in library.editions()]
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        print(f"{row['id']}@{row['version']}  {row['status']}  {row['items']} items  {row['title']}")


def show(arguments: argparse.Namespace) -> None:
    """One questionnaire, for people or as JSON."""
    questionnaire = load(arguments.questionnaire, arguments.lang)
    document = questionnaire_document(questionnaire)
    if arguments.json:
        print(json.dumps(document, ensure_ascii=False, indent=2))
        return
    print(f"{document['title']} ({questionnaire.id}@{questionnaire.version}, {questionnaire.status})")
    for section in document["sections"]:
        print(f"\n{section['id']}  {section['title']}")
        for item in section["items"]:
            print(f"  {item['id']}  {item['prompt']}")
            for level, anchor in enumerate(item["anchors"]):
                print(f"    {level}  {anchor}")


def check(arguments: argparse.Namespace) -> None:
    """Check a version's directory or a whole root; the shipped ones without a path."""
    findings = check_path(Path(arguments.path) if arguments.path else SHIPPED)
    if findings:
        raise CommandError(*map(str, findings))
    print("no findings")


def crosswalk(arguments: argparse.Namespace) -> None:
    """Which points of other catalogues the questions serve: question by question, or as a table point by point."""
    questionnaire = load(arguments.questionnaire, arguments.lang)
    if arguments.csv:
        sys.stdout.write(as_csv([COLUMNS, *(line.cells(questionnaire) for line in crossed(questionnaire))]))
        return
    for item in questionnaire.items:
        print(f"{item.id}  {item.prompt.default}")
        for counterpart in counterparts_of(questionnaire, item.id):
            points = "; ".join(f"{point.id} {point.title.default}" for point in counterpart.points)
            print(f"    {counterpart.framework.title.default}: {points}")


def schema(arguments: argparse.Namespace) -> None:
    """JSON Schemas of the YAML files by file name, for editors."""
    print(json.dumps(yaml_schemas(), ensure_ascii=False, indent=2))


def stamp_overlay(arguments: argparse.Namespace) -> None:
    """Say that an overlay was read again against the German texts as they are now."""
    questionnaire = load(arguments.questionnaire)
    edition = Edition(id=questionnaire.id, version=questionnaire.version)
    path = Library().directory(edition) / f"{arguments.language}.yaml"
    overlay, reading = read_overlay(path)
    if overlay is None:
        raise CommandError(*map(str, reading.findings))
    print(f"{path.name}: {stamp(path, questionnaire, overlay)} stamps renewed")


def _head(questionnaire: Questionnaire) -> dict[str, object]:
    return {
        "id": questionnaire.id,
        "version": questionnaire.version,
        "status": questionnaire.status,
        "title": questionnaire.title.default,
        "digest": questionnaire.digest,
        "sections": len(questionnaire.sections),
        "items": len(questionnaire.items),
        "practices": len(questionnaire.practices),
        "languages": list(Library().languages(questionnaire.id, questionnaire.version)),
    }
