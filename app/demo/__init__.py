# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Three fictional municipalities with filled checks, to look around with and to show an example result.

Each `<key>.json` here is an answer file (see `scoring.reading`) with two keys more: `name_note` says that the
municipality is fictional, `notes` holds the short notes beside some answers.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from questionnaires.definition import Questionnaire
from scoring.inputs import Inputs
from scoring.reading import read

KEYS = ("lindenau", "auental", "birkenrain")
"""The demo municipalities: a large town, a Landkreis, a small Gemeinde."""

_OWN_KEYS = ("name_note", "notes")


@dataclass(frozen=True)
class Example:
    """One demo municipality: its filled check, and its notes by item id."""

    key: str
    name_note: str
    inputs: Inputs
    notes: Mapping[str, str]


def example(questionnaire: Questionnaire, key: str) -> Example:
    """The demo municipality `key`; `ValueError` if its answers do not fit the questionnaire."""
    raw = json.loads((Path(__file__).parent / f"{key}.json").read_text(encoding="utf-8"))
    name_note, notes = (raw.pop(own) for own in _OWN_KEYS)
    inputs = read(questionnaire, raw)
    if not isinstance(inputs, Inputs):
        raise ValueError("; ".join(f"{key}: {problem.place}: {problem.message}" for problem in inputs))
    return Example(key, name_note, inputs, notes)


def examples(questionnaire: Questionnaire) -> tuple[Example, ...]:
    """All demo municipalities, the large town first."""
    return tuple(example(questionnaire, key) for key in KEYS)
