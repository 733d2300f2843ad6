# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Publishing a version: its status says so, and its digest stands in `published.lock` for good.

The file is edited in one line, so that its order, quotes and comments stay as their author wrote them.
"""

import re
from pathlib import Path

from questionnaires.checks import CHECKS, check_definition
from questionnaires.definition import Questionnaire
from questionnaires.findings import Finding, Place
from questionnaires.library import Library
from questionnaires.origins import Edition
from questionnaires.roots import LOCK
from questionnaires.wording import wording_faults

_STATUS = re.compile(r"""^status:[ \t]*(["']?)draft\1""", re.MULTILINE)
_HEAD = "# Published versions, one a line: id version digest. A published version never changes.\n"


def publish(library: Library, edition: Edition) -> list[Finding]:
    """Publish a draft without findings; gives the findings that keep it from being published, else nothing.

    Translations are no part of what is locked. `UnknownQuestionnaireError` if there is no such version.
    """
    version = library.shelved(edition)
    reading = library.read(edition)
    findings = check_definition(reading, library, (*CHECKS, wording_faults))
    if findings or reading.questionnaire is None:
        return findings
    text = version.main.read_text(encoding="utf-8")
    if obstacle := _obstacle(library, reading.questionnaire, text):
        return [Finding("not-publishable", Place(version.main, 1), *obstacle)]
    _lock(version.root / LOCK, f"{edition.id} {edition.version} {reading.questionnaire.digest}\n")
    version.main.write_text(_STATUS.sub("status: published", text, count=1), encoding="utf-8")
    return []


def _obstacle(library: Library, questionnaire: Questionnaire, text: str) -> tuple[str, str] | None:
    """What is in the way, and what to do about it."""
    if questionnaire.status == "published":
        return "it is published already", "make a change in a new version"
    base = questionnaire.origin.extends if questionnaire.origin else None
    base = base or questionnaire.selects_from
    if base is not None and library.get(base.id, base.version).status != "published":
        return f"it leans on {base}, which is a draft and may still change", f"publish {base} first"
    if not _STATUS.search(text):
        return "no line `status: draft` was found", "write the status in a line of its own"
    return None


def _lock(path: Path, line: str) -> None:
    before = path.read_text(encoding="utf-8") if path.is_file() else _HEAD
    if not before.endswith("\n"):
        before += "\n"
    path.write_text(before + line, encoding="utf-8")
