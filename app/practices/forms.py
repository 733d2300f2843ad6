# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the address of the list may say: filters and the page. What is no known value filters nothing."""

from collections.abc import Mapping

from app.practices.filters import Filters

NAMES = {
    "section": "abschnitt",
    "kind": "typ",
    "effort": "aufwand",
    "status": "stand",
    "municipality": "kommune",
    "item": "frage",
}
"""The fields of `Filters` by their names in the address."""


def read_filters(parameters: Mapping[str, str]) -> Filters:
    """The filters behind the `?`."""
    return Filters(**{field: parameters.get(name, "").strip()[:120] for field, name in NAMES.items()})


def parameters_of(filters: Filters, number: int) -> dict[str, str]:
    """The way back: what stands behind the `?` for these filters and this page."""
    named = {name: getattr(filters, field) for field, name in NAMES.items()}
    page = {"seite": str(number)} if number > 1 else {}
    return {name: value for name, value in named.items() if value} | page
