# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which questionnaires and versions exist. „Latest“ is for starting anew only; answers keep their version.

A root directory holds `<id>/<version>/`, and `published.lock` with one line `id version digest` for each
published version. A version is read once and kept.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from questionnaires.definition import Edition, Questionnaire
from questionnaires.findings import Finding, Place
from questionnaires.overlays import Overlay, in_language, read_overlay
from questionnaires.reading import CATALOGUES, MAIN, Reading, read_questionnaire

SHIPPED = Path(__file__).parent / "data"
LOCK = "published.lock"
SOURCE_LANGUAGE = "de"


class UnknownQuestionnaireError(LookupError):
    """No questionnaire of this id and version is here."""


class BrokenQuestionnaireError(ValueError):
    """A questionnaire that cannot be read; `findings` say why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = tuple(findings)


class Library:
    """The questionnaires below one root directory."""

    def __init__(self, root: Path = SHIPPED) -> None:
        self.root = root
        self._read: dict[Edition, Questionnaire] = {}
        self._in_language: dict[tuple[Edition, str], Questionnaire] = {}

    def editions(self) -> tuple[Edition, ...]:
        """All versions of all questionnaires, by id and then oldest first."""
        directories = [path.parent for path in self.root.glob(f"*/*/{MAIN}")]
        found = [Edition(id=path.parent.name, version=path.name) for path in directories]
        return tuple(sorted(found, key=lambda e: (e.id, _numbers(e.version))))

    def ids(self) -> tuple[str, ...]:
        """The ids of all questionnaires."""
        return tuple(dict.fromkeys(edition.id for edition in self.editions()))

    def directory(self, edition: Edition) -> Path:
        """Where this version lies; `UnknownQuestionnaireError` if it is not here."""
        if edition not in self.editions():
            raise UnknownQuestionnaireError(f"there is no questionnaire {edition}")
        return self.root / edition.id / edition.version

    def get(self, questionnaire_id: str, version: str) -> Questionnaire:
        """One version; `UnknownQuestionnaireError` or `BrokenQuestionnaireError` if it cannot be had."""
        edition = Edition.model_construct(id=questionnaire_id, version=version)
        if edition not in self._read:
            reading = self.read(edition)
            if reading.questionnaire is None:
                raise BrokenQuestionnaireError(reading.findings)
            self._read[edition] = reading.questionnaire
        return self._read[edition]

    def read(self, edition: Edition) -> Reading:
        """Read one version afresh, with its findings."""
        directory = self.directory(edition)
        reading = read_questionnaire(directory, lambda base: self.get(base.id, base.version))
        if reading.questionnaire is not None:
            reading.findings.extend(self._misplaced(edition, directory, reading.questionnaire))
        return reading

    def latest(self, questionnaire_id: str) -> Questionnaire:
        """The newest version, for starting anew; `UnknownQuestionnaireError` if there is none."""
        versions = [e for e in self.editions() if e.id == questionnaire_id]
        if not versions:
            raise UnknownQuestionnaireError(f"there is no questionnaire {questionnaire_id}")
        return self.get(questionnaire_id, versions[-1].version)

    def languages(self, questionnaire_id: str, version: str) -> tuple[str, ...]:
        """The languages this version can be read in, its source language first."""
        directory = self.directory(Edition.model_construct(id=questionnaire_id, version=version))
        return (SOURCE_LANGUAGE, *sorted(path.stem for path in overlay_files(directory)))

    def in_language(self, questionnaire_id: str, version: str, language: str) -> Questionnaire:
        """One version in a language; texts that the overlay lacks stay German and say so."""
        german = self.get(questionnaire_id, version)
        if language == SOURCE_LANGUAGE:
            return german
        key = (Edition.model_construct(id=questionnaire_id, version=version), language)
        if key not in self._in_language:
            translated = german
            for overlay in self.overlays(key[0], language):
                translated = in_language(translated, overlay)
            self._in_language[key] = translated
        return self._in_language[key]

    def overlays(self, edition: Edition, language: str) -> tuple[Overlay, ...]:
        """The overlays of a version in a language: of the questionnaire it selects from, then its own."""
        base = self.get(edition.id, edition.version).selects_from
        before = self.overlays(base, language) if base else ()
        path = self.directory(edition) / f"{language}.yaml"
        return (*before, _overlay(path, language)) if path.is_file() else before

    def locked(self) -> Mapping[tuple[str, str], str]:
        """The digests of the published versions by id and version."""
        path = self.root / LOCK
        if not path.is_file():
            return {}
        lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
        return {(line[0], line[1]): line[2] for line in lines if len(line) == 3 and line[0] != "#"}

    def _misplaced(self, edition: Edition, directory: Path, found: Questionnaire) -> list[Finding]:
        """A version must say of itself what its directory says, and a published one what its lock says."""
        place = Place(directory / MAIN, 1)
        findings = []
        if (found.id, found.version) != (edition.id, edition.version):
            message = f"the file says {found.id}@{found.version}, the directory {edition}"
            findings.append(Finding("misplaced", place, message, "rename the directory or mend id and version"))
        locked = self.locked().get((edition.id, edition.version))
        if found.status == "published" and locked != found.digest:
            message = "the content differs from the digest in published.lock"
            findings.append(
                Finding("published-changed", place, message, "undo the change, or make it in a new version")
            )
        if found.status == "draft" and locked is not None:
            message = "the version is locked, yet calls itself a draft"
            findings.append(Finding("published-changed", place, message, "set the status to published"))
        return findings


def overlay_files(directory: Path) -> tuple[Path, ...]:
    """The overlay files of a version: YAML files whose name is no part of the definition."""
    own = {"questionnaire", *CATALOGUES}
    return tuple(sorted(path for path in directory.glob("*.yaml") if path.stem not in own))


def _overlay(path: Path, language: str) -> Overlay:
    overlay, reading = read_overlay(path)
    if overlay is None or overlay.language != language:
        place = Place(path, 1)
        wrong = Finding("wrong-value", place, f"the file is not in {language}", "mend `language`")
        raise BrokenQuestionnaireError(reading.findings or [wrong])
    return overlay


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
