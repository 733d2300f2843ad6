# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Stamping an overlay: each item's `of` says which German texts were translated, so that stale ones show.

The file is edited line by line, so that its order, quotes and comments stay as their author wrote them.
"""

import re
from pathlib import Path

from questionnaires.definition import Questionnaire
from questionnaires.overlays import Overlay, stamp_of

_ITEM = re.compile(r"^(?P<indent> +)(?P<item>[A-Z][A-Z0-9]*\.[a-z][a-z0-9_]*):\s*(#.*)?$")


def stamp(path: Path, questionnaire: Questionnaire, overlay: Overlay) -> int:
    """Write the current stamp of every item into its block; gives the number of stamps that changed."""
    lines = path.read_text(encoding="utf-8").splitlines()
    result: list[str] = []
    changed = 0
    current = ""
    for line in lines:
        heading = _ITEM.match(line)
        if heading and questionnaire.has_item(heading["item"]):
            current = f"{heading['indent']}  of: {_quoted(questionnaire, overlay, heading['item'])}"
            result += [line, current]
            changed += current not in lines
        elif not (current and line.startswith(current.split("of:")[0] + "of:")):
            result.append(line)
    path.write_text("\n".join(result) + "\n", encoding="utf-8")
    return changed


def _quoted(questionnaire: Questionnaire, overlay: Overlay, item_id: str) -> str:
    """Quoted, as a stamp of digits alone would be read as a number."""
    return f'"{stamp_of(questionnaire.item(item_id), overlay)}"'
