# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""`selbstcheck questionnaires list | show | check | publish | crosswalk | schema`."""

import argparse
import json
import sys
from pathlib import Path

from app.commands import CommandError
from app.settings import SettingsError, read
from questionnaires.checks import check_library, check_path
from questionnaires.crosswalk import COLUMNS, as_csv, counterparts_of, crossed
from questionnaires.definition import Questionnaire
from questionnaires.document import questionnaire_document
from questionnaires.library import SHIPPED, BrokenQuestionnaireError, Library, UnknownQuestionnaireError
from questionnaires.origins import Edition
from questionnaires.overlays import read_overlay
from questionnaires.own import open_library
from questionnaires.publishing import publish
from questionnaires.schema import yaml_schemas
from questionnaires.stamping import stamp


def own_directory() -> Path | None:
    """Where the operator of this instance keeps own questionnaires; `CommandError` if the settings are unreadable."""
    try:
        return read().questionnaires_dir
    except SettingsError as error:
        raise CommandError(*str(error).splitlines()) from None


def load(name: str, language: str = "de", library: Library | None = None) -> Questionnaire:
    """The questionnaire named `ID` or `ID@VERSION`; `CommandError` if there is none."""
    library = library or open_library(own_directory())
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
    """All questionnaires and versions with status, size and digest; own ones that are refused, as findings."""
    library = open_library(own_directory())
    for finding in library.refused:
        print(f"refused: {finding}", file=sys.stderr)
    rows = [_head(load(str(edition), library=library), library) for edition in library.editions()]
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
    """Check a version's directory or a whole root; without a path the shipped ones and the own ones."""
    findings = check_path(Path(arguments.path)) if arguments.path else check_library(Library(SHIPPED, own_directory()))
    if findings:
        raise CommandError(*map(str, findings))
    print("no findings")


def publish_version(arguments: argparse.Namespace) -> None:
    """Publish a draft: its status, and its digest in the lock of its root."""
    name, _, version = str(arguments.questionnaire).partition("@")
    edition = Edition.model_construct(id=name, version=version)
    library = open_library(own_directory())
    try:
        findings = publish(library, edition)
    except UnknownQuestionnaireError:
        raise CommandError(f"{arguments.questionnaire}: there is no such version; name it as ID@VERSION") from None
    except OSError as error:
        raise CommandError(f"{error.filename}: cannot be written") from None
    if findings:
        raise CommandError(*map(str, findings))
    print(f"{edition} is published and locked")


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
    library = open_library(own_directory())
    questionnaire = load(arguments.questionnaire, library=library)
    edition = Edition.model_construct(id=questionnaire.id, version=questionnaire.version)
    path = library.directory(edition) / f"{arguments.language}.yaml"
    overlay, reading = read_overlay(path)
    if overlay is None:
        raise CommandError(*map(str, reading.findings))
    print(f"{path.name}: {stamp(path, questionnaire, overlay)} stamps renewed")


def _head(questionnaire: Questionnaire, library: Library) -> dict[str, object]:
    return {
        "id": questionnaire.id,
        "version": questionnaire.version,
        "status": questionnaire.status,
        "origin": questionnaire.origin.kind if questionnaire.origin else "shipped",
        "title": questionnaire.title.default,
        "digest": questionnaire.digest,
        "sections": len(questionnaire.sections),
        "items": len(questionnaire.items),
        "practices": len(questionnaire.practices),
        "languages": list(library.languages(questionnaire.id, questionnaire.version)),
    }
