# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Vendored files are what their authors released (U-01), and their licences are at hand."""

import hashlib
from pathlib import Path

from app.web.assets import FOLDER

ROOT = FOLDER.parent.parent
SUMS = FOLDER / "vendor" / "SHA256SUMS"


def sums() -> dict[Path, str]:
    lines = [line.split(maxsplit=1) for line in SUMS.read_text().splitlines()]
    return {ROOT / name.strip(): digest for digest, name in lines}


def test_each_file_has_its_sum() -> None:
    wrong = [path for path, digest in sums().items() if hashlib.sha256(path.read_bytes()).hexdigest() != digest]
    assert wrong == []


def test_nothing_vendored_is_without_a_sum() -> None:
    present = {path for path in (FOLDER / "vendor").rglob("*") if path.suffix in {".css", ".js"}}
    present |= set((FOLDER / "fonts").glob("*.woff2")) | set((ROOT / "tests/browser/vendor").glob("*.js"))
    assert present == set(sums())


def test_fonts_are_small() -> None:
    assert all(path.stat().st_size <= 25_000 for path in (FOLDER / "fonts").glob("*.woff2"))


def test_used_licences_are_there() -> None:
    names = {path.name for path in (ROOT / "LICENSES").iterdir()}
    assert names == {"EUPL-1.2.txt", "CC-BY-4.0.txt", "OFL-1.1.txt", "0BSD.txt", "MPL-2.0.txt"}
