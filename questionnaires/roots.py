# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which versions lie on disk, and which of them are published.

A root holds `<id>/<version>/questionnaire.yaml` and `published.lock`. An operator's own root may also hold
`additions/<name>/<version>/addition.yaml`: an addition is known as `<id it extends>+<name>`, so that it can never
be taken for what is shipped. Nothing is read here but the one key that names what an addition extends.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from questionnaires.findings import Finding, Place, Places
from questionnaires.origins import Edition
from questionnaires.reading import CATALOGUES, MAIN, Reading, read_file

ADDITIONS = "additions"
ADDITION = "addition.yaml"
LOCK = "published.lock"

Kind = Literal["shipped", "own", "addition"]


@dataclass(frozen=True)
class Shelved:
    """One version on disk, below its root."""

    edition: Edition
    directory: Path
    root: Path
    kind: Kind

    @property
    def main(self) -> Path:
        """The file that says what this version is."""
        return self.directory / (ADDITION if self.kind == "addition" else MAIN)


@dataclass(frozen=True)
class Shelf:
    """All versions by name, by id and then oldest first; `findings` tell of directories that cannot be taken."""

    versions: Mapping[Edition, Shelved]
    findings: tuple[Finding, ...]


def shelf_of(shipped: Path, own: Path | None = None) -> Shelf:
    """What is shipped, and what an operator has beside it; an own one never takes the id of a shipped one."""
    findings: list[Finding] = []
    found = list(_questionnaires(shipped, "shipped", findings))
    if own is not None:
        taken = {version.edition.id for version in found}
        found += [version for version in _own(own, findings) if not _is_taken(version, taken, findings)]
    found.sort(key=lambda version: (version.edition.id, numbers(version.edition.version)))
    return Shelf({version.edition: version for version in found}, tuple(findings))


def addition_id(base_id: str, name: str) -> str:
    """The id of a shipped questionnaire together with an addition."""
    return f"{base_id}+{name}"


def overlay_files(directory: Path) -> tuple[Path, ...]:
    """The overlay files of a version: YAML files whose name is no part of the definition."""
    own = {MAIN, ADDITION, *(f"{name}.yaml" for name in CATALOGUES)}
    return tuple(sorted(path for path in directory.glob("*.yaml") if path.name not in own))


def locked_in(root: Path) -> Mapping[tuple[str, str], str]:
    """The digests of the published versions by id and version."""
    path = root / LOCK
    if not path.is_file():
        return {}
    lines = [line.split() for line in path.read_text(encoding="utf-8", errors="replace").splitlines()]
    return {(line[0], line[1]): line[2] for line in lines if len(line) == 3 and line[0] != "#"}


def numbers(version: str) -> tuple[int, ...]:
    """A version to sort by: 1.10 comes after 1.9."""
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _own(root: Path, findings: list[Finding]) -> Iterator[Shelved]:
    if not root.is_dir():
        remedy = "create it, or mend SELBSTCHECK_QUESTIONNAIRES_DIR"
        findings.append(Finding("missing-file", Place(root, 1), "there is no such directory", remedy))
        return
    yield from _questionnaires(root, "own", findings)
    for path in sorted(root.glob(f"{ADDITIONS}/*/*/{ADDITION}")):
        name = _edition(path, findings)
        if name is not None:
            edition = Edition.model_construct(id=addition_id(_extended(path), name.id), version=name.version)
            yield Shelved(edition, path.parent, root, "addition")


def _questionnaires(root: Path, kind: Kind, findings: list[Finding]) -> Iterator[Shelved]:
    for path in sorted(root.glob(f"*/*/{MAIN}")):
        edition = _edition(path, findings)
        if edition is not None:
            yield Shelved(edition, path.parent, root, kind)


def _edition(path: Path, findings: list[Finding]) -> Edition | None:
    """What the two directories around a file say."""
    try:
        return Edition(id=path.parent.parent.name, version=path.parent.name)
    except ValidationError:
        message = f"{path.parent.parent.name}/{path.parent.name} is no id and version"
        remedy = "name the directories like `meine-fragen/1.0`"
        findings.append(Finding("misplaced", Place(path, 1), message, remedy))
        return None


def _extended(path: Path) -> str:
    """The id of what an addition extends; where it does not say so, reading it will."""
    tree: Any = read_file(path, Reading(Places(path.parent)))
    extends = tree.get("extends") if isinstance(tree, dict) else None
    return str(extends.get("id")) if isinstance(extends, dict) else ""


def _is_taken(version: Shelved, taken: set[str], findings: list[Finding]) -> bool:
    if version.edition.id not in taken:
        return False
    message = f"the id {version.edition.id} belongs to a shipped questionnaire"
    findings.append(Finding("id-taken", Place(version.main, 1), message, "choose another id, or write an addition"))
    return True
