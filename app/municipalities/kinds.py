# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the register calls a body (Textkennzeichen), in words; and which of our four types it probably is."""

from collections.abc import Mapping
from types import MappingProxyType

from app.i18n import N_
from questionnaires.parts import MunicipalityType
from scoring.practices import size_class as size_of

UNINCORPORATED = frozenset({"65", "66"})
"""Gemeindefreie Gebiete, inhabited or not: nobody there could answer for a municipality."""

NOT_ON_THEIR_OWN = frozenset({"41", "42", "50", "58"})
"""Records above the Gemeinde that are no body of their own: a town without Kreis in the place of a Kreis, a Gemeinde
without Verband in the place of a Verband, one that does the work for its neighbours."""

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "43": N_("Kreis"),
        "44": N_("Landkreis"),
        "45": N_("Regionalverband"),
        "51": N_("Amt"),
        "52": N_("Samtgemeinde"),
        "53": N_("Verbandsgemeinde"),
        "54": N_("Verwaltungsgemeinschaft"),
        "55": N_("Kirchspielslandgemeinde"),
        "56": N_("Verwaltungsverband"),
        "60": N_("Markt"),
        "61": N_("kreisfreie Stadt"),
        "62": N_("Stadtkreis"),
        "63": N_("Stadt"),
        "64": N_("Gemeinde"),
        "67": N_("Große Kreisstadt"),
    }
)
_BY_KEY = {5: N_("Kreis"), 9: N_("Gemeindeverband"), 12: N_("Gemeinde")}

_TITLES = {"43": "Kreis", "44": "Landkreis", "51": "Amt", "52": "Samtgemeinde", "53": "Verbandsgemeinde"}
_SAY_IT = ("kreis", "region", "amt ", "gemeinde", "verband")

SIZE_CLASSES = ("under_50000", "50000_to_200000", "over_200000")
_TYPES = (MunicipalityType.KLEINE_STADT_GEMEINDE, MunicipalityType.MITTLERE_STADT, MunicipalityType.GROSSE_STADT)


def kind_words(ars: str, kind: str) -> str:
    """The German word for it, to be translated; by its level where the register says something new."""
    return KINDS.get(kind) or _BY_KEY[len(ars)]


def title_of(name: str, kind: str) -> str:
    """How it is called: `Landkreis Osnabrück`, but `Ilm-Kreis` and `Region Hannover` as they are."""
    title = _TITLES.get(kind)
    says_it = any(word in f"{name.casefold()} " for word in _SAY_IT)
    return f"{title} {name}" if title and not says_it else name


def size_class(population: int | None) -> str:
    """`under_50000`, `50000_to_200000` (both included), `over_200000`; empty where the number is not known (R-05)."""
    size = size_of(population)
    return "" if size is None else SIZE_CLASSES[size]


def proposed_type(ars: str, population: int | None) -> MunicipalityType:
    """A Kreis is a Landkreis, everything else goes by its size; whoever takes it over can change it."""
    if len(ars) == 5:
        return MunicipalityType.LANDKREIS
    return _TYPES[size_of(population) or 0]
