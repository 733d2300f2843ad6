# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which of all next steps a reader wants to see."""

from dataclasses import dataclass

from scoring.profile import Priority


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader wants to see: ids of section, effort and owner; `""` is everything."""

    section: str = ""
    effort: str = ""
    owner: str = ""

    @property
    def are_set(self) -> bool:
        return self != Filters()

    def let_through(self, entry: Priority) -> bool:
        """Whether a recommendation passes every filter that is set."""
        found = (entry.section_id, entry.step.effort.value, entry.step.owner)
        wanted = (self.section, self.effort, self.owner)
        return all(not want or want == have for want, have in zip(wanted, found, strict=True))
