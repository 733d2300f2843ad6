# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Documents say what the code does: files that must be there, links that lead somewhere, lists that are complete."""

import re
from pathlib import Path

import pytest

from app.tables import METADATA
from questionnaires.reading import REMEDIES

ROOT = Path(__file__).parents[2]
FURNITURE = (
    "README.md",
    "CONTRIBUTING.md",
    "CODE_OF_CONDUCT.md",
    "GOVERNANCE.md",
    "SECURITY.md",
    "SUPPORT.md",
    "CHANGELOG.md",
    "ROADMAP.md",
    "AUTHORS",
    "publiccode.yml",
)
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(#[^)\s]*)?\)")


@pytest.mark.parametrize("name", FURNITURE)
def test_the_root_holds_what_an_open_project_needs(name: str) -> None:
    """O-04."""
    assert (ROOT / name).is_file()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    targets = [target for target, _ in LINK.findall(document.read_text(encoding="utf-8"))]
    relative = [target for target in targets if not re.match(r"[a-z]+:", target)]
    assert [target for target in relative if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_anchor_names_a_heading(document: Path) -> None:
    missing = []
    for target, anchor in LINK.findall(document.read_text(encoding="utf-8")):
        path = document.parent / target
        if anchor and path.suffix == ".md" and anchor[1:] not in headings(path):
            missing.append(target + anchor)
    assert missing == []


@pytest.mark.parametrize("package", ["questionnaires", "scoring"])
def test_the_architecture_names_every_pure_module(package: str) -> None:
    told = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    modules = sorted(path.name for path in (ROOT / package).glob("*.py") if path.name != "__init__.py")
    assert [name for name in modules if not re.search(rf"\b{name}\b", told)] == []


def headings(document: Path) -> set[str]:
    """The anchors that forges make of headings: small letters, no punctuation, hyphens for spaces."""
    lines = document.read_text(encoding="utf-8").splitlines()
    titles = [line.lstrip("#").strip().lower() for line in lines if line.startswith("#")]
    return {re.sub(r"[^\w\- ]", "", title).replace(" ", "-") for title in titles}


def test_every_finding_is_explained_to_authors() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in ROOT.glob("questionnaires/*.py"))
    named = set(re.findall(r'(?:Finding|Fault)\(\s*"([a-z-]+)"', code))
    named |= {f"dangling-{what}" for what in re.findall(r'_unknown\("(\w+)"', code)}
    named |= {remedy[0] for remedy in REMEDIES.values()}
    _, _, text = (ROOT / "docs/questionnaires.md").read_text(encoding="utf-8").partition("## All findings")
    cells = re.findall(r"^\|(.+?)\|", text, re.MULTILINE)
    explained = {found for cell in cells for found in re.findall(r"`([a-z-]+)`", cell)}
    assert named == explained


def test_the_data_catalogue_lists_every_column() -> None:
    """D-23: nothing is stored that the catalogue does not name, and nothing is named that is not stored."""
    text = (ROOT / "docs/datenschutz/datenkatalog.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `(\w+\.\w+)` \|", text, re.MULTILINE))
    stored = {f"{table.name}.{column.name}" for table in METADATA.sorted_tables for column in table.columns}
    assert listed == stored
