# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sentence on top of a result, made by rules: what is strong, what is at the beginning, what is not known.

It is true in every case, also once the open questions are answered, and it neither praises nor blames. Only
recommendation sections with a score (rule M2) are named, by their short titles in quotation marks, which keeps
the grammar right for any title.

- *stark*: on average nearer to level 3 than to 2 (above 62.5 points), stage 2 or higher for sure, and not below
  50 points even if every open question were 0;
- *am Anfang*: on average nearer to level 1 than to 2 (below 37.5 points), stage 1 at most, and below 50 points
  even if every open question were 4;
- *auf dem Weg*: everything between.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from gettext import NullTranslations

from scoring import Profile
from scoring.profile import SectionResult

STRONG = Fraction(125, 2)
BEGINNING = Fraction(75, 2)
MIDDLE = 50
NAMED = 2
"""So many titles are named; one more is named too rather than counted."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The scored sections in three heaps; `total` are all recommendation sections, `banded` those with a band only."""

    strong: tuple[SectionResult, ...]
    middle: tuple[SectionResult, ...]
    beginning: tuple[SectionResult, ...]
    banded: int
    total: int

    @property
    def said(self) -> int:
        return len(self.strong) + len(self.middle) + len(self.beginning)


def standing_of(profile: Profile) -> Standing:
    """Sort the sections into heaps: the furthest first, in the heap at the beginning the least far first."""
    sections = [section for section in profile.sections if section.kind == "recommendation"]
    scored = [section for section in sections if section.statement == "score"]
    ranked = sorted(scored, key=lambda section: -(section.score or 0))
    strong = tuple(filter(is_strong, ranked))
    beginning = tuple(filter(is_beginning, reversed(ranked)))
    middle = tuple(section for section in ranked if section not in strong and section not in beginning)
    banded = sum(section.statement == "band" for section in sections)
    return Standing(strong, middle, beginning, banded, len(sections))


def is_strong(section: SectionResult) -> bool:
    """Whether „stark“ may be said of a section, whatever the open answers turn out to be."""
    if section.score is None or section.band is None or section.score <= STRONG:
        return False
    return section.band.min >= MIDDLE and (section.stage is None or section.stage.minimum >= 2)


def is_beginning(section: SectionResult) -> bool:
    """Whether „am Anfang“ may be said of a section, whatever the open answers turn out to be."""
    if section.score is None or section.band is None or section.score >= BEGINNING:
        return False
    return section.band.max < MIDDLE and (section.stage is None or section.stage.maximum <= 1)


def headline(profile: Profile, texts: NullTranslations) -> str:
    """The sentence, in the language of `texts`."""
    heaps = standing_of(profile)
    if not heaps.said:
        return _nothing_said(profile, heaps, texts)
    sentence = _one_heap(heaps, texts) if heaps.said == heaps.total else None
    return sentence or _several_heaps(heaps, texts)


def round_headline(profile: Profile, texts: NullTranslations) -> str:
    """The sentence of a round: it is over, so nothing can be said „yet“ where too few answered."""
    heaps = standing_of(profile)
    if heaps.said:
        return headline(profile, texts)
    if heaps.banded:
        return texts.gettext("Für eine Punktzahl gab es zu wenige Antworten, erste Spannen sind zu sehen.")
    return texts.gettext("Für eine Aussage gab es zu wenige Antworten.")


def _nothing_said(profile: Profile, heaps: Standing, texts: NullTranslations) -> str:
    if not profile.counts.answered:
        return texts.gettext("Hier steht Ihr Ergebnis, sobald Sie die ersten Fragen beantwortet haben.")
    if heaps.banded:
        return texts.gettext("Für eine Punktzahl fehlen noch Antworten, erste Spannen sind zu sehen.")
    return texts.gettext("Für eine Aussage fehlen noch Antworten.")


def _one_heap(heaps: Standing, texts: NullTranslations) -> str | None:
    """One sentence for all where every section stands in the same heap; with one section its name says more."""
    if heaps.total == 1:
        return None
    alike = {
        len(heaps.strong): texts.gettext("Stark in {all} Abschnitten."),
        len(heaps.middle): texts.gettext("Auf dem Weg in {all} Abschnitten."),
        len(heaps.beginning): texts.gettext("Am Anfang in {all} Abschnitten."),
    }
    sentence = alike.get(heaps.total)
    return sentence and sentence.format(all=all_of(heaps.total, texts))


def _several_heaps(heaps: Standing, texts: NullTranslations) -> str:
    """The two heaps that say most: what is strong and what is at the beginning, else what is on its way."""
    named = {name: _named(getattr(heaps, name), texts) for name in ("strong", "middle", "beginning")}
    patterns = {
        ("strong", "beginning"): texts.gettext("Stark bei {strong}, am Anfang bei {beginning}."),
        ("strong", "middle"): texts.gettext("Stark bei {strong}, auf dem Weg bei {middle}."),
        ("middle", "beginning"): texts.gettext("Auf dem Weg bei {middle}, am Anfang bei {beginning}."),
        ("strong",): texts.gettext("Stark bei {strong}."),
        ("beginning",): texts.gettext("Am Anfang bei {beginning}."),
        ("middle",): texts.gettext("Auf dem Weg bei {middle}."),
    }
    pattern = next(pattern for needed, pattern in patterns.items() if all(named[name] for name in needed))
    return pattern.format(**named)


def _named(heap: Sequence[SectionResult], texts: NullTranslations) -> str:
    return named_titles([section.short_title for section in heap], texts)


def named_titles(short_titles: Sequence[str], texts: NullTranslations) -> str:
    """„A“, „B“ und drei weiteren Abschnitten: dative, as after „bei“."""
    titles = [texts.gettext("„{title}“").format(title=title) for title in short_titles]
    named = titles if len(titles) <= NAMED + 1 else titles[:NAMED]
    if rest := len(titles) - len(named):
        words = texts.gettext("{number} weiteren Abschnitten").format(number=number_word(rest, texts))
        named = [*named, words]
    if len(named) < 2:
        return "".join(named)
    return texts.gettext("{first} und {last}").format(first=", ".join(named[:-1]), last=named[-1])


def all_of(number: int, texts: NullTranslations) -> str:
    """„beiden“, „allen zehn“: before „Abschnitten“, in the dative."""
    if number == 2:
        return texts.gettext("beiden")
    return texts.gettext("allen {number}").format(number=number_word(number, texts))


def number_word(number: int, texts: NullTranslations) -> str:
    """Small numbers in words: two to twelve; others in digits."""
    words = {
        2: texts.gettext("zwei"),
        3: texts.gettext("drei"),
        4: texts.gettext("vier"),
        5: texts.gettext("fünf"),
        6: texts.gettext("sechs"),
        7: texts.gettext("sieben"),
        8: texts.gettext("acht"),
        9: texts.gettext("neun"),
        10: texts.gettext("zehn"),
        11: texts.gettext("elf"),
        12: texts.gettext("zwölf"),
    }
    return words.get(number, str(number))
