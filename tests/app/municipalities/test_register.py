# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""From records to bodies: names, Kreise, sums, what is left out, and the four types (R-04, R-07)."""

import pytest

from app.municipalities.gv100ad import read
from app.municipalities.kinds import proposed_type, size_class, title_of
from app.municipalities.register import plain_name, register_of
from questionnaires.parts import MunicipalityType
from tests.app.municipalities.gv100ad import file_of

REGISTER = register_of(read(file_of()))
ENTRIES = {entry.ars: entry for entry in REGISTER.entries}


def test_bodies_that_are_left_out() -> None:
    """Neither an area without a municipality, nor a town once more as its own Kreis or Verband."""
    assert sorted(ENTRIES) == [
        "034040000000",
        "03459",
        "034590012012",
        "034595402",
        "034595402025",
        "034595402026",
        "03460",
        "034600006006",
        "091620000000",
        "09184",
        "091840112112",
        "091840119119",
    ]
    assert (REGISTER.unincorporated, REGISTER.states, REGISTER.as_of.isoformat()) == (1, 2, "2023-12-31")


def test_people_are_summed_upwards() -> None:
    assert ENTRIES["034595402"].population == 4_546 + 3_870
    assert ENTRIES["03459"].population == 14_071 + 4_546 + 3_870 + 3  # areas without a municipality count too
    assert ENTRIES["034040000000"].population == 165_251


def test_kreis_and_land_are_always_said() -> None:
    assert (ENTRIES["034595402025"].district, ENTRIES["034595402025"].state) == ("Landkreis Osnabrück", "Niedersachsen")
    assert (ENTRIES["091620000000"].district, ENTRIES["091620000000"].state) == ("", "Bayern")
    assert ENTRIES["03459"].district == ""


def test_names_without_their_suffix_beside_the_official_ones() -> None:
    assert (ENTRIES["091620000000"].name, ENTRIES["091620000000"].official_name) == (
        "München",
        "München, Landeshauptstadt",
    )
    assert ENTRIES["091840119119"].name == "Garching b.München"
    assert plain_name("Cottbus/Chóśebuz, Stadt") == "Cottbus/Chóśebuz"
    assert plain_name("Hamburg, Freie und Hansestadt") == "Hamburg"
    assert plain_name(", Stadt") == ", Stadt"


@pytest.mark.parametrize(
    ("name", "kind", "title"),
    [
        ("Osnabrück", "44", "Landkreis Osnabrück"),
        ("Kleve", "43", "Kreis Kleve"),
        ("Ilm-Kreis", "44", "Ilm-Kreis"),
        ("Region Hannover", "44", "Region Hannover"),
        ("Städteregion Aachen", "43", "Städteregion Aachen"),
        ("Bersenbrück", "52", "Samtgemeinde Bersenbrück"),
        ("Amt Büchen", "51", "Amt Büchen"),
        ("Amtsberg", "64", "Amtsberg"),
        ("VVG der Stadt Lahr", "54", "VVG der Stadt Lahr"),
    ],
)
def test_how_bodies_are_called(name: str, kind: str, title: str) -> None:
    assert title_of(name, kind) == title


@pytest.mark.parametrize(
    ("ars", "population", "kind"),
    [
        ("034590012012", 49_999, MunicipalityType.KLEINE_STADT_GEMEINDE),
        ("034590012012", 50_000, MunicipalityType.MITTLERE_STADT),
        ("034590012012", 200_000, MunicipalityType.MITTLERE_STADT),
        ("034590012012", 200_001, MunicipalityType.GROSSE_STADT),
        ("034590012012", None, MunicipalityType.KLEINE_STADT_GEMEINDE),
        ("034595402", 8_416, MunicipalityType.KLEINE_STADT_GEMEINDE),
        ("03459", 22_490, MunicipalityType.LANDKREIS),
    ],
)
def test_proposed_type(ars: str, population: int | None, kind: MunicipalityType) -> None:
    assert proposed_type(ars, population) is kind


@pytest.mark.parametrize(
    ("population", "size"),
    [
        (None, ""),
        (1, "under_50000"),
        (49_999, "under_50000"),
        (50_000, "50000_to_200000"),
        (200_000, "50000_to_200000"),
        (200_001, "over_200000"),
    ],
)
def test_size_class(population: int | None, size: str) -> None:
    assert size_class(population) == size
