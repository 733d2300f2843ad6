# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The known barriers of this version of the product, for every operator's statement (A-02)."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("gaps.json")


@dataclass(frozen=True, slots=True)
class Gap:
    """One barrier: the criterion it misses, where, why, what helps meanwhile, and when it is planned to go."""

    criterion: str
    page: str
    reason: str
    alternative: str
    planned: str


@cache
def product_gaps() -> tuple[Gap, ...]:
    """All known gaps of this version."""
    return tuple(Gap(**entry) for entry in json.loads(_FILE.read_text(encoding="utf-8"))["gaps"])
