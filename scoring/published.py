# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The published table of a round (Durchgang): all that anybody may learn of it (M7.4), and its frozen form.

Only `privacy.publish` makes one from answers. Every other figure of a round takes this table and nothing else. It
holds counts alone, in the order of the questionnaire and of the groups, so that no order of submission can show
(M7.9), and it refuses to exist with a block below the minimum, also when it is read back.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, Self

from questionnaires.parts import LEVELS

Mode = Literal["anonym", "named"]
"""M7: anonym, or namentlich im Team: all values visible to the team."""

N_MIN_DEFAULT = 5
N_MIN_FLOOR = 3

Distribution = tuple[int, ...]
"""How many gave level 0, 1, 2, 3, 4."""


@dataclass(frozen=True, slots=True)
class Rule:
    """M7: mode and smallest number, fixed before the first answer. A missing setting means anonym and 5.

    ValueError for another mode or an `n_min` below 3: nothing is shown rather than too much.
    """

    mode: Mode = "anonym"
    n_min: int = N_MIN_DEFAULT

    def __post_init__(self) -> None:
        if self.mode not in ("anonym", "named"):
            raise ValueError(f"mode {self.mode!r} is neither anonym nor named")
        if isinstance(self.n_min, bool) or not isinstance(self.n_min, int) or self.n_min < N_MIN_FLOOR:
            raise ValueError(f"n_min {self.n_min!r} is not a whole number from {N_MIN_FLOOR}")

    @property
    def minimum(self) -> int:
        """How many a block must hold."""
        return self.n_min if self.mode == "anonym" else 1


@dataclass(frozen=True, slots=True)
class Participation:
    """How many responses (Rückmeldungen) a group submitted: shown for every group, however small."""

    group: str
    submitted: int


@dataclass(frozen=True, slots=True)
class Block:
    """Groups that are shown as one, in their order; more than one are „Weitere Gruppen“, or all."""

    groups: tuple[str, ...]

    @property
    def own(self) -> str | None:
        """The group, where it is a block of its own."""
        return self.groups[0] if len(self.groups) == 1 else None


@dataclass(frozen=True, slots=True)
class ItemBlock(Block):
    """A block of one item with its distribution over the five levels."""

    levels: Distribution

    @property
    def n(self) -> int:
        return sum(self.levels)


@dataclass(frozen=True, slots=True)
class ItemTable:
    """What is known of one item: blocks, and counts of the whole round (never per group, M7.6).

    `asked` responses were asked it; `levels` + `dont_know` + `not_applicable` + `blank` = `asked`. A count is None
    where it is not shown: it is below n_min, or it would give away one that is. Without blocks: „zu wenige
    Antworten“; then `levels` is 0 where it may be said that nobody gave one.
    """

    item_id: str
    asked: int
    blocks: tuple[ItemBlock, ...]
    levels: int | None
    dont_know: int | None
    not_applicable: int | None
    blank: int | None

    @property
    def too_few(self) -> bool:
        return not self.blocks

    @property
    def pooled(self) -> Distribution:
        """The distribution over all raters: the sum of the blocks."""
        return tuple(sum(block.levels[level] for block in self.blocks) for level in LEVELS)

    @property
    def own(self) -> dict[str, Distribution]:
        """The distributions of groups that are blocks of their own."""
        return {group: block.levels for block in self.blocks if (group := block.own) is not None}


@dataclass(frozen=True)
class PublishedTable:
    """M7.4. With fewer than n_min responses there is nothing but the counts of participation (M7.1)."""

    questionnaire_id: str
    questionnaire_version: str
    questionnaire_digest: str
    rule: Rule
    groups: tuple[Participation, ...]
    blocks: tuple[Block, ...]
    items: tuple[ItemTable, ...]

    def __post_init__(self) -> None:
        if any(self.size(block) < self.rule.minimum for block in self.blocks):
            raise ValueError("a block of the round is below the minimum")
        for item in self.items:
            if any(len(block.levels) != len(LEVELS) or block.n < self.rule.minimum for block in item.blocks):
                raise ValueError(f"{item.item_id}: a block is below the minimum")

    @property
    def submitted(self) -> int:
        """N: all submitted responses."""
        return sum(part.submitted for part in self.groups)

    @property
    def too_few(self) -> bool:
        """M7.1: nothing but the counts."""
        return not self.blocks

    @property
    def heard(self) -> int:
        """How many groups answered."""
        return sum(part.submitted > 0 for part in self.groups)

    @property
    def unheard(self) -> tuple[str, ...]:
        """„Noch nicht gehört“: groups that were invited and of which nobody answered."""
        return tuple(part.group for part in self.groups if not part.submitted)

    def size(self, block: Block) -> int:
        """How many responses the groups of a block submitted."""
        return sum(part.submitted for part in self.groups if part.group in block.groups)

    def item(self, item_id: str) -> ItemTable | None:
        """What is known of an item; None where it was not asked or nothing is published."""
        return next((item for item in self.items if item.item_id == item_id), None)

    @property
    def raw(self) -> dict[str, object]:
        """The frozen form, as plain values."""
        return {
            "questionnaire": {
                "id": self.questionnaire_id,
                "version": self.questionnaire_version,
                "digest": self.questionnaire_digest,
            },
            "mode": self.rule.mode,
            "n_min": self.rule.n_min,
            "groups": [{"id": part.group, "submitted": part.submitted} for part in self.groups],
            "blocks": [list(block.groups) for block in self.blocks],
            "items": [_raw_item(item) for item in self.items],
        }

    def to_json(self) -> str:
        """The canonical text: the same round gives the same bytes (M7.8)."""
        return json.dumps(self.raw, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The table as it was frozen. KeyError or ValueError for a text that is none, or breaks the rule."""
        raw = json.loads(text)
        form = raw["questionnaire"]
        return cls(
            questionnaire_id=form["id"],
            questionnaire_version=form["version"],
            questionnaire_digest=form["digest"],
            rule=Rule(raw["mode"], raw["n_min"]),
            groups=tuple(Participation(part["id"], part["submitted"]) for part in raw["groups"]),
            blocks=tuple(Block(tuple(groups)) for groups in raw["blocks"]),
            items=tuple(_item(item) for item in raw["items"]),
        )


COUNTS = ("levels", "dont_know", "not_applicable", "blank")


def _raw_item(item: ItemTable) -> dict[str, object]:
    counts = {name: getattr(item, name) for name in COUNTS}
    blocks = [{"groups": list(block.groups), "levels": list(block.levels)} for block in item.blocks]
    return {"id": item.item_id, "asked": item.asked, "blocks": blocks, **counts}


def _item(raw: dict[str, Any]) -> ItemTable:
    blocks: Iterable[dict[str, Any]] = raw["blocks"]
    return ItemTable(
        item_id=raw["id"],
        asked=raw["asked"],
        blocks=tuple(ItemBlock(tuple(block["groups"]), tuple(block["levels"])) for block in blocks),
        **{name: raw[name] for name in COUNTS},
    )
