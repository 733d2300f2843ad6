# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The catalogue of groups (Gruppen) that a round can ask, with whom each of them means. Own groups stand beside it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.i18n import N_

MOST_OWN = 10
_OWN = re.compile(r"own-([1-9]|10)")


@dataclass(frozen=True, slots=True)
class Kind:
    """One group of the catalogue: its title and one line on who is meant, both German message ids."""

    key: str
    title: str
    who: str


_KINDS = (
    Kind(
        "leadership",
        N_("Verwaltungsspitze"),
        N_("Bürgermeisterin oder Landrat, Dezernate, Leitungen der Ämter und Fachbereiche"),
    ),
    Kind(
        "integration_office",
        N_("Integrationsstelle"),
        N_("Beauftragte für Integration, Integrationsmanagement, kommunales Integrationszentrum"),
    ),
    Kind("departments", N_("Übrige Fachämter"), N_("Soziales, Jugend, Ausländerbehörde, Ordnung, Planung, Personal")),
    Kind("politics", N_("Politik"), N_("Mitglieder von Rat oder Kreistag und ihrer Ausschüsse")),
    Kind("advisory_council", N_("Beirat oder Integrationsrat"), N_("Gewählte und berufene Mitglieder")),
    Kind(
        "migrant_organisations",
        N_("Migrantenorganisationen"),
        N_("Vereine und Netzwerke von Menschen mit Einwanderungsgeschichte"),
    ),
    Kind(
        "civil_society",
        N_("Zivilgesellschaft und Wohlfahrt"),
        N_("Vereine, Verbände, Religionsgemeinschaften, freiwillig Engagierte"),
    ),
    Kind(
        "business", N_("Wirtschaft und Kammern"), N_("Betriebe, Kammern, Gewerkschaften, Agentur für Arbeit, Jobcenter")
    ),
    Kind("education", N_("Bildung, Kita und Schule"), N_("Kitas, Schulen, Volkshochschule, Träger von Sprachkursen")),
    Kind("others", N_("Sonstige"), N_("Wer sonst etwas beitragen kann, zum Beispiel Polizei oder Gesundheitsamt")),
)

CATALOGUE: Mapping[str, Kind] = MappingProxyType({kind.key: kind for kind in _KINDS})
"""The ten groups by key, in the order in which they are shown."""


def own_keys() -> tuple[str, ...]:
    """The keys for groups that a coordinator names: `own-1` …"""
    return tuple(f"own-{number}" for number in range(1, MOST_OWN + 1))


def is_group_key(key: str) -> bool:
    """Whether a group may have this key."""
    return key in CATALOGUE or _OWN.fullmatch(key) is not None


def place_of(key: str) -> int:
    """The place of a group in the order of a round: the catalogue first, own groups after it."""
    return [*CATALOGUE, *own_keys()].index(key)
