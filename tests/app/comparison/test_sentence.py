# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sentence on top of a comparison: every branch, in the same words everywhere, and blaming nobody."""

from fractions import Fraction
from itertools import product

import pytest

from app import i18n
from app.comparison.views.sentence import Compared, sentence_of
from scoring.perception import Gap

TEXTS = i18n.translations("de")
TITLES = {"E1": "Strategie", "E2": "Netzwerke", "E3": "Teilhabe", "E4": "Sprache"}


def gap(subject: str, size: float, flag_from: float = 25) -> Gap:
    return Gap(subject, "a", "b", Fraction(0), Fraction(size), flagged=size >= flag_from)


def said(*sizes: float, titles: int = 4, alone: int = 2, items: tuple[Gap, ...] = (), too_few: bool = False) -> str:
    """The sentence for sections E1, E2 … with these gaps, the widest first."""
    named = dict(list(TITLES.items())[:titles])
    gaps = sorted((gap(key, size) for key, size in zip(TITLES, sizes, strict=False)), key=lambda one: -one.size)
    return sentence_of(Compared(too_few, alone, named, gaps, items), TEXTS)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (said(too_few=True), "Für einen Vergleich haben zu wenige Menschen geantwortet."),
        (
            said(alone=1),
            "Einzelne Gruppen lassen sich hier nicht vergleichen, aber Sie sehen, wie einig Sie sich sind.",
        ),
        (said(), "Für einen Vergleich der Gruppen gab es zu wenige Antworten."),
        (
            said(30, 5, 15),
            "Unterschiedliches sehen Sie bei „Strategie“, nah beieinander sind Sie bei „Netzwerke“.",
        ),
        (said(30, 20), "Unterschiedliches sehen Sie bei „Strategie“."),
        (said(26, 30, 20), "Unterschiedliches sehen Sie bei „Netzwerke“ und „Strategie“."),
        (
            said(20, 5, 8),
            "Kein Abschnitt trennt Sie deutlich, am nächsten sind Sie sich bei „Netzwerke“ und „Teilhabe“.",
        ),
        (said(20, 15), "Kein Abschnitt trennt Sie deutlich, am weitesten auseinander liegt „Strategie“."),
        (said(30, 40, titles=2), "In beiden Abschnitten sehen Sie Unterschiedliches."),
        (
            said(30, 40),
            "In beiden Abschnitten, die sich vergleichen lassen, sehen Sie Unterschiedliches.",
        ),
        (said(3, 4, titles=2), "In beiden Abschnitten liegen die Gruppen nah beieinander."),
        (
            said(3, 4),
            "In beiden Abschnitten, die sich vergleichen lassen, liegen die Gruppen nah beieinander.",
        ),
        (said(30), "Unterschiedliches sehen Sie bei „Strategie“."),
        (said(3), "Kein Abschnitt trennt Sie deutlich, am nächsten sind Sie sich bei „Strategie“."),
    ],
)
def test_every_branch(sentence: str, expected: str) -> None:
    assert sentence == expected


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ((2, 1, 0), "Bei 2 von 3 Fragen, die sich vergleichen lassen, sehen Sie Unterschiedliches."),
        ((1,), "Bei 1 von 1 Frage, die sich vergleichen lässt, sehen Sie Unterschiedliches."),
        ((0, 0.5), "Bei beiden Fragen, die sich vergleichen lassen, liegen die Gruppen nah beieinander."),
        ((0.5,), "Bei der einen Frage, die sich vergleichen lässt, liegen die Gruppen nah beieinander."),
    ],
)
def test_without_a_section_it_counts_questions(sizes: tuple[float, ...], expected: str) -> None:
    items = tuple(gap(f"E1.{number}", size, flag_from=1) for number, size in enumerate(sizes))
    assert said(items=items) == expected


def test_the_borders_are_those_of_the_method() -> None:
    assert "Unterschiedliches" in said(25)
    assert "Unterschiedliches" not in said(24.99)
    assert "am nächsten" in said(12.49, 20)
    assert "am nächsten" not in said(12.5, 20)


def test_many_sections_are_counted_and_nobody_is_blamed() -> None:
    assert said(50, 40, 30, 26, titles=4) == "In allen vier Abschnitten sehen Sie Unterschiedliches."
    for sizes in product((5, 20, 40), repeat=4):
        sentence = said(*sizes)
        assert sentence.endswith(".")
        assert "{" not in sentence
        assert not any(word in sentence.lower() for word in ("falsch", "fehler", "schlecht", "leider"))
