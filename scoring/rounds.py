# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M6: the profile of a round (Durchgang), one voice per group, from its published table alone.

It is the same `Profile` as that of a single check: B_i stands in place of the level in every sum, the whole level it
reaches in stages and steps. A round has no scenario: what carries a level is said in answers, not in the table.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from questionnaires.definition import Item, Questionnaire
from scoring.agreement import SAID_FROM, Heap, ItemAgreement, agreements_of
from scoring.compute import assemble
from scoring.inputs import InputError, Inputs, Municipality, Targets, target_problems
from scoring.profile import Profile
from scoring.published import ItemTable, PublishedTable
from scoring.ratings import Given, State, rate_each

HEAPS: tuple[Heap, ...] = ("act", "discuss", "check_evidence", "appreciate")


@dataclass(frozen=True)
class RoundInputs(Inputs):
    """M13: what a round's profile is computed from; there are no single answers."""

    table: PublishedTable = field(kw_only=True)

    @property
    def raw(self) -> dict[str, object]:
        return {
            "municipality": self.municipality.raw,
            "table": self.table.raw,
            "targets": self.targets.raw,
        }


def profile_of_round(
    questionnaire: Questionnaire,
    municipality: Municipality,
    table: PublishedTable,
    targets: Targets | None = None,
) -> Profile:
    """The profile of a round. The same table gives the same profile, byte for byte (M13).

    Priorities stand in the order of M5 for several raters: priority, then agreement A ascending with items of fewer
    than five ratings last. ValueError where the table is of another questionnaire; `InputError` for targets that
    cannot be.
    """
    if table.questionnaire_digest != questionnaire.digest:
        raise ValueError(f"the table is of {table.questionnaire_id} {table.questionnaire_version} in another text")
    inputs = RoundInputs(municipality, {}, targets or Targets(), table=table)
    if problems := tuple(target_problems(questionnaire, inputs.targets)):
        raise InputError(problems)
    found = agreements_of(table)
    tables = {item.item_id: item for item in table.items}
    items = rate_each(
        questionnaire,
        municipality.type,
        inputs.targets,
        lambda item: _given(item, tables.get(item.id), found.get(item.id)),
    )
    agreement = {item_id: entry.agreement for item_id, entry in found.items() if entry.n >= SAID_FROM}
    return assemble(questionnaire, inputs, items, agreement)


def heaps_of(profile: Profile, found: Mapping[str, ItemAgreement]) -> dict[Heap, tuple[str, ...]]:
    """M8: the four heaps for the agenda, item ids in the order of the questionnaire; each heap is there.

    `found` is `agreements_of(table)`; items with fewer than five ratings are in no heap.
    """
    placed = {item.id: found[item.id].heap(item.target) for item in profile.items if item.id in found}
    return {heap: tuple(item_id for item_id, given in placed.items() if given == heap) for heap in HEAPS}


def _given(item: Item, table: ItemTable | None, found: ItemAgreement | None) -> Given:
    """M6: answered if B_i is published; otherwise what the table lets be said."""
    if found is not None:
        return Given("level", int(found.balanced), found.balanced)
    return Given(_state(table))


def _state(table: ItemTable | None) -> State:
    """It leaves App if nobody gave a level and somebody said „trifft nicht zu“, as far as both are shown.

    Otherwise it is missing; on the clarification list it stands where enough said „weiß ich nicht“ to show that.
    """
    if table is None:
        return "blank"
    if table.levels == 0 and table.not_applicable:
        return "not_applicable"
    return "dont_know" if table.dont_know else "blank"
