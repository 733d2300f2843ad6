# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""`selbstcheck score QUESTIONNAIRE ANSWERS.json`: the same figures as the page, on the command line."""

import argparse
import json
import sys
from fractions import Fraction
from pathlib import Path

from app.commands import CommandError
from app.commands.definitions import load
from scoring import Inputs, Profile, document, profile_of
from scoring.profile import SectionResult
from scoring.reading import read

MOST_DIGITS = 100


def score(arguments: argparse.Namespace) -> None:
    """Read answers, compute the profile, print it for people or as JSON."""
    questionnaire = load(arguments.questionnaire)
    inputs = read(questionnaire, read_json(arguments.answers))
    if not isinstance(inputs, Inputs):
        raise CommandError(*(f"{arguments.answers}: {p.place}: {p.code}: {p.message}" for p in inputs))
    profile = profile_of(questionnaire, inputs.municipality, inputs.answers, inputs.targets, inputs.scenario_date)
    if arguments.json:
        print(json.dumps(document.to_dict(profile), ensure_ascii=False, indent=2))
        return
    print_profile(profile)


def read_json(name: str) -> object:
    """The JSON value in a file, `-` for standard input; `CommandError` with the place where it breaks."""
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
        return json.loads(text, object_pairs_hook=_distinct, parse_int=_whole_number)
    except OSError as error:
        raise CommandError(f"{name}: unreadable-file: {error.strerror}") from None
    except UnicodeDecodeError:
        raise CommandError(f"{name}: unreadable-json: the file is no UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise CommandError(f"{name}:{error.lineno}: unreadable-json: {error.msg}") from None
    except RecursionError:
        raise CommandError(f"{name}: unreadable-json: nested too deeply") from None
    except ValueError as error:
        raise CommandError(f"{name}: {error}") from None


def print_profile(profile: Profile) -> None:
    """The profile in plain lines."""
    for section in profile.sections:
        print(f"{section.id:>4}  {_statement(section):<34} {section.title}")
    for entry in profile.priorities:
        print(f"{entry.item_id}: {entry.level} -> {entry.step.to_level} (priority {float(entry.priority):g})")


def _statement(section: SectionResult) -> str:
    counted = f"{section.counts.answered}/{section.counts.applicable}"
    if section.band is None or section.statement == "none":
        return f"no statement yet ({counted})"
    band = f"{_whole(section.band.min)}-{_whole(section.band.max)}"
    if section.score is None:
        return f"between {band} ({counted})"
    return f"{_whole(section.score)} (band {band}, {counted})"


def _whole(value: Fraction) -> int:
    """Half up, as on the screens (M2)."""
    return int(value + Fraction(1, 2))


def _whole_number(digits: str) -> int:
    """Python refuses very long numbers in words of its own; none that is meant here is near that."""
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"unreadable-json: a number of {len(digits)} digits")
    return int(digits)


def _distinct(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"duplicate-key: the key {key!r} stands twice in one object")
        found[key] = value
    return found
