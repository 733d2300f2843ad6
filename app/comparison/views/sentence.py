# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sentence on top of a comparison, made by rules: where the groups see different things, and where the same.

It is true in every case and blames nobody: nobody is wrong who sees something else (M9). Sections are named by their
short titles in quotation marks. *Unterschiedliches*: 25 points or more between two groups (M9). *Nah beieinander*:
less than 12.5 points between any two, half a level. Where no section has values for groups, it counts questions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from gettext import NullTranslations

from app.results.headline import all_of, named_titles
from scoring.perception import Gap

NEAR_BELOW = Fraction(25, 2)


@dataclass(frozen=True, slots=True)
class Compared:
    """What the sentence is made of: how many groups stand alone, the widest gap of each section and item.

    `titles` are the short titles of all recommendation sections by id, in order; `sections` holds the gaps of those
    that can be compared, the widest first.
    """

    too_few: bool
    alone: int
    titles: Mapping[str, str]
    sections: Sequence[Gap]
    items: Sequence[Gap]

    @property
    def far(self) -> list[str]:
        """The widest first."""
        return [self.titles[gap.subject] for gap in self.sections if gap.flagged]

    @property
    def near(self) -> list[str]:
        """The nearest first."""
        return [self.titles[gap.subject] for gap in reversed(self.sections) if is_near(gap)]


def is_near(gap: Gap) -> bool:
    """Whether the groups of a section lie close together."""
    return gap.size < NEAR_BELOW


def sentence_of(compared: Compared, texts: NullTranslations) -> str:
    """The sentence, in the language of `texts`."""
    if compared.too_few:
        return texts.gettext("Für einen Vergleich haben zu wenige Menschen geantwortet.")
    if compared.alone < 2:
        return texts.gettext(
            "Einzelne Gruppen lassen sich hier nicht vergleichen, aber Sie sehen, wie einig Sie sich sind."
        )
    if not compared.sections:
        return _of_items(compared, texts)
    return _all_alike(compared, texts) or _of_sections(compared, texts)


def _of_items(compared: Compared, texts: NullTranslations) -> str:
    total, far = len(compared.items), sum(gap.flagged for gap in compared.items)
    if not total:
        return texts.gettext("Für einen Vergleich der Gruppen gab es zu wenige Antworten.")
    if not far:
        pattern = texts.ngettext(
            "Bei der einen Frage, die sich vergleichen lässt, liegen die Gruppen nah beieinander.",
            "Bei {all} Fragen, die sich vergleichen lassen, liegen die Gruppen nah beieinander.",
            total,
        )
        return pattern.format(all=all_of(total, texts))
    pattern = texts.ngettext(
        "Bei {far} von {total} Frage, die sich vergleichen lässt, sehen Sie Unterschiedliches.",
        "Bei {far} von {total} Fragen, die sich vergleichen lassen, sehen Sie Unterschiedliches.",
        total,
    )
    return pattern.format(far=far, total=total)


def _all_alike(compared: Compared, texts: NullTranslations) -> str | None:
    """One sentence for all where every section that can be compared stands alike; a single one is named instead."""
    total = len(compared.sections)
    if total < 2 or total not in (len(compared.far), len(compared.near)):
        return None
    everything, far = total == len(compared.titles), bool(compared.far)
    patterns = {
        (True, True): texts.gettext("In {all} Abschnitten sehen Sie Unterschiedliches."),
        (True, False): texts.gettext("In {all} Abschnitten liegen die Gruppen nah beieinander."),
        (False, True): texts.gettext("In {all} Abschnitten, die sich vergleichen lassen, sehen Sie Unterschiedliches."),
        (False, False): texts.gettext(
            "In {all} Abschnitten, die sich vergleichen lassen, liegen die Gruppen nah beieinander."
        ),
    }
    return patterns[everything, far].format(all=all_of(total, texts))


def _of_sections(compared: Compared, texts: NullTranslations) -> str:
    far, near = compared.far, compared.near
    patterns = {
        (True, True): texts.gettext("Unterschiedliches sehen Sie bei {far}, nah beieinander sind Sie bei {near}."),
        (True, False): texts.gettext("Unterschiedliches sehen Sie bei {far}."),
        (False, True): texts.gettext("Kein Abschnitt trennt Sie deutlich, am nächsten sind Sie sich bei {near}."),
        (False, False): texts.gettext("Kein Abschnitt trennt Sie deutlich, am weitesten auseinander liegt {widest}."),
    }
    widest = compared.titles[compared.sections[0].subject]
    return patterns[bool(far), bool(near)].format(
        far=named_titles(far, texts), near=named_titles(near, texts), widest=named_titles([widest], texts)
    )
