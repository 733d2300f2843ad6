# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The bridge (Brücke) to other catalogues: which of their points a question serves, and the table of it.

One line is one question at one point, ordered by the other catalogue, so that who fills that one in finds the
answers already given point by point.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from questionnaires.catalogues import Framework, Point
from questionnaires.definition import Item, Questionnaire
from questionnaires.parts import MunicipalityType

COLUMNS = ("Katalog", "Punkt", "Titel des Punkts", "Abschnitt", "Kennung der Frage", "Frage")

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Counterpart:
    """The points of one framework that an item serves, the most fitting first."""

    framework: Framework
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Crossed:
    """One line of the table."""

    framework: Framework
    point: Point
    item: Item

    def cells(self, questionnaire: Questionnaire, kind: MunicipalityType | None = None) -> tuple[str, ...]:
        """What stands below `COLUMNS`, in the words for this type of municipality."""
        return (
            self.framework.title.of(kind),
            self.point.id,
            self.point.title.of(kind),
            questionnaire.section_of(self.item.id).short_title.of(kind),
            self.item.id,
            self.item.prompt.of(kind),
        )


def counterparts_of(questionnaire: Questionnaire, item_id: str) -> tuple[Counterpart, ...]:
    """What an item corresponds to elsewhere, in the order of the frameworks."""
    served = {crossing.framework: crossing.points for crossing in questionnaire.crossings_of(item_id)}
    return tuple(
        Counterpart(framework, _points(framework, served[framework.id]))
        for framework in questionnaire.frameworks
        if framework.id in served
    )


def crossed(questionnaire: Questionnaire) -> Iterator[Crossed]:
    """Every line: by framework, by point there, then in the order of the questionnaire."""
    for framework in questionnaire.frameworks:
        served = {(c.item, name) for c in questionnaire.crosswalk if c.framework == framework.id for name in c.points}
        for point in framework.points:
            for item in questionnaire.items:
                if (item.id, point.id) in served:
                    yield Crossed(framework, point, item)


def as_csv(rows: Iterable[Sequence[object]]) -> str:
    """A table for a German spreadsheet: byte order mark, semicolons, and no cell that it could take for a formula."""
    text = io.StringIO()
    text.write(_BOM)
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue()


def _harmless(cell: object) -> str:
    """A leading apostrophe makes a spreadsheet read text where it would compute."""
    text = str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _points(framework: Framework, names: Iterable[str]) -> tuple[Point, ...]:
    by_name = {point.id: point for point in framework.points}
    return tuple(by_name[name] for name in names)
