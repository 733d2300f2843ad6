# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The library of an instance: what is shipped, and what an operator brings, as far as it is sound.

What would make pages or scores wrong (reading, ids, lenses, sections, locks, unreadable overlays) refuses an own
version. Long sentences, hard words and gaps in a translation do not: `selbstcheck questionnaires check` tells them.
"""

from pathlib import Path

from questionnaires.checks import CHECKS, check_definition
from questionnaires.findings import Finding
from questionnaires.library import SHIPPED, Library
from questionnaires.overlays import overlay_of
from questionnaires.roots import Shelved, overlay_files


def open_library(own: Path | None, shipped: Path = SHIPPED) -> Library:
    """The shipped questionnaires and the sound ones below `own`; `Library.refused` tells of the others."""
    library = Library(shipped, own)
    for version in library.shelf.versions.values():
        if version.kind != "shipped" and (findings := faults_of(library, version)):
            library.refuse(version.edition, findings)
    return library


def faults_of(library: Library, version: Shelved) -> list[Finding]:
    """What makes it impossible to ask with this version."""
    found = check_definition(library.read(version.edition), library, CHECKS)
    for path in overlay_files(version.directory):
        found += overlay_of(path, path.stem)[1]
    return found
