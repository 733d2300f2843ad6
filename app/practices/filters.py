# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which of all examples a reader wants to see."""

from dataclasses import dataclass

from app.practices.queries import Entry, Shown


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader wants to see; `""` is everything. `section` is named `questionnaire.section`."""

    section: str = ""
    kind: str = ""
    effort: str = ""
    status: str = ""
    municipality: str = ""
    item: str = ""

    @property
    def are_set(self) -> bool:
        return self != Filters()

    def fitting(self, entry: Entry) -> tuple[Shown, ...]:
        """The steps for which an example passes every filter; none if it does not."""
        practice = entry.practice
        found = (practice.type.value, practice.status, practice.municipality)
        if not _pass((self.kind, self.status, self.municipality), found):
            return ()
        wanted = (self.section, self.effort, self.item)
        return tuple(
            shown
            for shown in entry.shown
            if _pass(wanted, (section_key(entry, shown), shown.step.effort.value, shown.item.id))
        )


def section_key(entry: Entry, shown: Shown) -> str:
    """A section by a name that is its own among all questionnaires."""
    return f"{entry.questionnaire.id}.{shown.section.id}"


def _pass(wanted: tuple[str, ...], found: tuple[str, ...]) -> bool:
    return all(not want or want == have for want, have in zip(wanted, found, strict=True))
