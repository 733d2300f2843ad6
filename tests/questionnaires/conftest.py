# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A tiny definition on disk that each test may bend until it breaks."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

TINY = Path(__file__).parent / "tiny" / "1.0"
ADDITION = Path(__file__).parent / "addition" / "1.0"

Edit = Callable[[str, str, str], None]


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A copy of the tiny questionnaire below a root of its own."""
    return shutil.copytree(TINY, tmp_path / "root" / "tiny" / "1.0")


@pytest.fixture
def edit(tiny: Path) -> Edit:
    """Replace the first occurrence of a text in one of the tiny questionnaire's files."""

    def replace(file: str, old: str, new: str) -> None:
        path = tiny / file
        content = path.read_text(encoding="utf-8")
        assert old in content, f"{file} does not hold {old!r}"
        path.write_text(content.replace(old, new, 1), encoding="utf-8")

    return replace


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """An operator's root with an addition to the tiny questionnaire."""
    shutil.copytree(ADDITION, tmp_path / "own" / "additions" / "stadt" / "1.0")
    return tmp_path / "own"


@pytest.fixture
def addition(own: Path) -> Path:
    """The directory of that addition."""
    return own / "additions" / "stadt" / "1.0"


def bend(path: Path, old: str, new: str) -> None:
    """Replace the first occurrence of a text in a file."""
    content = path.read_text(encoding="utf-8")
    assert old in content, f"{path.name} does not hold {old!r}"
    path.write_text(content.replace(old, new, 1), encoding="utf-8")
