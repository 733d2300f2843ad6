# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which questionnaires and versions exist. „Latest“ is for starting anew only; answers keep their version.

They lie below the root that is shipped and, where an operator has one, below a root of its own (`roots.py`).
A version is read once and kept.
"""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from questionnaires.additions import added_texts, read_addition
from questionnaires.definition import Questionnaire
from questionnaires.findings import Finding, Place
from questionnaires.origins import Edition, Origin
from questionnaires.overlays import Overlay, in_language, overlay_of
from questionnaires.parts import copy_with
from questionnaires.reading import Reading, read_questionnaire
from questionnaires.roots import Shelf, Shelved, locked_in, overlay_files, shelf_of

SHIPPED = Path(__file__).parent / "data"
SOURCE_LANGUAGE = "de"


class UnknownQuestionnaireError(LookupError):
    """No questionnaire of this id and version is here."""


class BrokenQuestionnaireError(ValueError):
    """A questionnaire that cannot be read; `findings` say why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = tuple(findings)


class Library:
    """The questionnaires below the shipped root and an own one."""

    def __init__(self, root: Path = SHIPPED, own: Path | None = None) -> None:
        self.root, self.own = root, own
        self._refused: dict[Edition, tuple[Finding, ...]] = {}
        self._read: dict[Edition, Questionnaire] = {}
        self._in_language: dict[tuple[Edition, str], Questionnaire] = {}

    @cached_property
    def shelf(self) -> Shelf:
        """What lies on disk, whether it can be read or not."""
        return shelf_of(self.root, self.own)

    def editions(self) -> tuple[Edition, ...]:
        """All versions of all questionnaires that are not refused, by id and then oldest first."""
        return tuple(edition for edition in self.shelf.versions if edition not in self._refused)

    def ids(self) -> tuple[str, ...]:
        """The ids of all questionnaires."""
        return tuple(dict.fromkeys(edition.id for edition in self.editions()))

    def directory(self, edition: Edition) -> Path:
        """Where this version lies; `UnknownQuestionnaireError` if it is not here."""
        return self.shelved(edition).directory

    def shelved(self, edition: Edition) -> Shelved:
        """This version on disk; `UnknownQuestionnaireError` if it is not here."""
        if edition not in self.shelf.versions:
            raise UnknownQuestionnaireError(f"there is no questionnaire {edition}")
        return self.shelf.versions[edition]

    def refuse(self, edition: Edition, findings: Sequence[Finding]) -> None:
        """From now on this version cannot be had: nobody starts with it."""
        self._refused[edition] = tuple(findings)

    @property
    def refused(self) -> tuple[Finding, ...]:
        """Why own versions are refused, all findings in one line each."""
        return (*self.shelf.findings, *(finding for findings in self._refused.values() for finding in findings))

    def get(self, questionnaire_id: str, version: str) -> Questionnaire:
        """One version; `UnknownQuestionnaireError` or `BrokenQuestionnaireError` if it cannot be had."""
        return self._get(Edition.model_construct(id=questionnaire_id, version=version), ())

    def _get(self, edition: Edition, above: tuple[Edition, ...]) -> Questionnaire:
        if edition in self._refused:
            raise BrokenQuestionnaireError(self._refused[edition])
        if edition not in self._read:
            reading = self.read(edition, above)
            if reading.questionnaire is None:
                raise BrokenQuestionnaireError(reading.findings)
            self._read[edition] = reading.questionnaire
        return self._read[edition]

    def read(self, edition: Edition, above: tuple[Edition, ...] = ()) -> Reading:
        """Read one version afresh, with its findings; `above` are those that are being read and lean on it."""
        version = self.shelved(edition)

        def base(wanted: Edition) -> Questionnaire:
            return self._base(version, wanted, (*above, edition))

        reader = read_addition if version.kind == "addition" else read_questionnaire
        reading = reader(version.directory, base)
        if reading.questionnaire is not None and version.kind == "own":
            reading.questionnaire = _marked(reading.questionnaire)
        if reading.questionnaire is not None:
            reading.findings.extend(misplaced(version, reading.questionnaire))
        return reading

    def _base(self, version: Shelved, wanted: Edition, above: tuple[Edition, ...]) -> Questionnaire:
        """What a version selects from or extends; none may lean on itself, and only what is shipped is extended."""
        if wanted in above or (version.kind == "addition" and self.shelved(wanted).kind != "shipped"):
            raise UnknownQuestionnaireError(f"{wanted} is no base for {version.edition}")
        try:
            return self._get(wanted, above)
        except BrokenQuestionnaireError:
            raise UnknownQuestionnaireError(f"{wanted} cannot be read") from None

    def latest(self, questionnaire_id: str) -> Questionnaire:
        """The newest version, for starting anew; `UnknownQuestionnaireError` if there is none."""
        versions = [e for e in self.editions() if e.id == questionnaire_id]
        if not versions:
            raise UnknownQuestionnaireError(f"there is no questionnaire {questionnaire_id}")
        return self.get(questionnaire_id, versions[-1].version)

    def languages(self, questionnaire_id: str, version: str) -> tuple[str, ...]:
        """The languages this version can be read in, its source language first."""
        edition = Edition.model_construct(id=questionnaire_id, version=version)
        files = overlay_files(self.directory(edition))
        origin = self.get(questionnaire_id, version).origin
        if origin is not None and origin.extends is not None:
            files += overlay_files(self.directory(origin.extends))
        return (SOURCE_LANGUAGE, *sorted({path.stem for path in files}))

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
        """The overlays of a version in a language: of the questionnaire it leans on, then its own."""
        questionnaire = self.get(edition.id, edition.version)
        before = self.inherited(questionnaire, language)
        path = self.directory(edition) / f"{language}.yaml"
        if not path.is_file():
            return before
        overlay, findings = overlay_of(path, language)
        if overlay is None:
            raise BrokenQuestionnaireError(findings)
        return (*before, added_texts(questionnaire, overlay) if questionnaire.is_addition else overlay)

    def inherited(self, questionnaire: Questionnaire, language: str) -> tuple[Overlay, ...]:
        """The overlays of what a questionnaire extends or selects from, without the texts of its head."""
        origin, no_head = questionnaire.origin, {"title": None, "summary": None}
        if origin is not None and origin.extends is not None:
            return tuple(copy_with(overlay, no_head) for overlay in self.overlays(origin.extends, language))
        if questionnaire.selects_from is None:
            return ()
        above = self.overlays(questionnaire.selects_from, language)
        return tuple(copy_with(overlay, no_head | {"limits": None}) for overlay in above)


def misplaced(version: Shelved, found: Questionnaire) -> list[Finding]:
    """A version must say of itself what its directory says, and a published one what its lock says."""
    edition, place = version.edition, Place(version.main, 1)
    findings = []
    if (found.id, found.version) != (edition.id, edition.version):
        message = f"the file says {found.id}@{found.version}, the directory {edition}"
        findings.append(Finding("misplaced", place, message, "rename the directory or mend id and version"))
    locked = locked_in(version.root).get((edition.id, edition.version))
    if found.status == "published" and locked != found.digest:
        message = "the content differs from the digest in published.lock"
        findings.append(Finding("published-changed", place, message, "undo the change, or make it in a new version"))
    if found.status == "draft" and locked is not None:
        message = "the version is locked, yet calls itself a draft"
        findings.append(Finding("published-changed", place, message, "set the status to published"))
    return findings


def _marked(questionnaire: Questionnaire) -> Questionnaire:
    """An operator's own questionnaire, which says so on its pages."""
    own = Origin(kind="own")
    sections = tuple(copy_with(section, {"origin": own}) for section in questionnaire.sections)
    return copy_with(questionnaire, {"origin": own, "sections": sections})
