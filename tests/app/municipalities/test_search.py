# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The picker's search, alike on both databases (R-04, U-26)."""

import pytest
from fastapi import FastAPI

from app.municipalities.queries.register import MOST, Matches, search
from tests import staff
from tests.app.municipalities.conftest import load
from tests.app.municipalities.gv100ad import SMALL, Line


def found(app: FastAPI, typed: str) -> list[str]:
    return [one.name for one in matches(app, typed).entries]


def matches(app: FastAPI, typed: str) -> Matches:
    with app.state.database.reading() as db:
        return search(db, typed)


@pytest.fixture(autouse=True)
def loaded(app: FastAPI) -> None:
    load(app)


@pytest.mark.parametrize("typed", ["muenchen", "München", "Munchen", "MÜNCHEN", " mu\u0308nch ", "muench"])
def test_accents_make_no_difference(app: FastAPI, typed: str) -> None:
    """The town, the Kreis, a name that says it, and what lies in the Kreis, in this order."""
    assert found(app, typed) == ["München", "Landkreis München", "Garching b.München", "Aying"]


def test_the_very_name_comes_first_and_the_kreis_tells_the_rest_apart(app: FastAPI) -> None:
    everything = matches(app, "Neuenkirchen").entries
    assert [(one.name, one.kind, one.district, one.state) for one in everything] == [
        ("Samtgemeinde Neuenkirchen", "Samtgemeinde", "Landkreis Osnabrück", "Niedersachsen"),
        ("Neuenkirchen", "Gemeinde", "Landkreis Osnabrück", "Niedersachsen"),
        ("Neuenkirchen-Vörden", "Gemeinde", "Landkreis Vechta", "Niedersachsen"),
    ]
    assert found(app, "neuenkirchen vechta") == ["Neuenkirchen-Vörden"]


def test_every_word_of_a_name_can_be_the_one_that_is_known(app: FastAPI) -> None:
    assert found(app, "voerden") == ["Neuenkirchen-Vörden"]
    assert found(app, "Vörden neuen") == ["Neuenkirchen-Vörden"]
    assert found(app, "örden") == []


def test_a_kreis_finds_what_lies_in_it(app: FastAPI) -> None:
    assert found(app, "osnabrueck") == [
        "Osnabrück",
        "Landkreis Osnabrück",
        "Belm",
        "Merzen",
        "Samtgemeinde Neuenkirchen",
        "Neuenkirchen",
    ]


def test_the_word_for_a_body_narrows_the_search(app: FastAPI) -> None:
    assert found(app, "Landkreis Osnabrück") == ["Landkreis Osnabrück"]
    assert found(app, "Samtgemeinde Neuenkirchen") == ["Samtgemeinde Neuenkirchen"]
    assert found(app, "Stadt München") == ["München", "Garching b.München"]
    assert found(app, "landkreis") == ["Landkreis München", "Landkreis Osnabrück", "Landkreis Vechta"]


def test_german_order_where_all_match_alike(app: FastAPI) -> None:
    names = ["Zell", "Ober-Ulm", "Oberau", "Öberau", "Oberzell", "Ober Zell"]
    keys = [f"09184{number:04}{number:03}" for number in range(200, 206)]
    load(app, (*SMALL, *(Line("60", key, name, "64", 100, "99999") for key, name in zip(keys, names, strict=True))))
    assert found(app, "ober") == ["Ober-Ulm", "Ober Zell", "Oberau", "Öberau", "Oberzell"]
    assert found(app, "oeber") == ["Öberau"]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("49191", ["Belm"]),
        ("491", ["Belm"]),
        ("49", ["Osnabrück", "Belm", "Neuenkirchen", "Merzen", "Neuenkirchen-Vörden"]),
        ("49 586", ["Neuenkirchen", "Merzen"]),
        ("0345", ["Landkreis Osnabrück", "Belm", "Samtgemeinde Neuenkirchen", "Neuenkirchen", "Merzen"]),
        ("09", ["München", "Landkreis München", "Aying", "Garching b.München"]),
        ("03459", ["Landkreis Osnabrück", "Belm", "Samtgemeinde Neuenkirchen", "Neuenkirchen", "Merzen"]),
        ("034595402", ["Samtgemeinde Neuenkirchen", "Neuenkirchen", "Merzen"]),
        ("034595402025", ["Neuenkirchen"]),
        ("03 4 59 5402 025", ["Neuenkirchen"]),
        ("03459025", ["Neuenkirchen"]),
        ("0345902", ["Neuenkirchen", "Merzen"]),
        ("99999999", []),
    ],
)
def test_numbers(app: FastAPI, typed: str, names: list[str]) -> None:
    assert found(app, typed) == names
    assert not matches(app, typed).nearby


def test_a_postcode_without_a_town_hall_shows_what_is_near(app: FastAPI) -> None:
    near = matches(app, "80469")
    assert near.entries == ()  # 803… is another part of town, 80… would be half a Land
    near = matches(app, "80339")
    assert ([one.name for one in near.entries], near.nearby) == (["München"], True)


@pytest.mark.parametrize("typed", ["", "m", "%", "_", "' OR 1=1", "%%%", "munchen%", "–"])
def test_what_finds_nothing_or_is_no_pattern(app: FastAPI, typed: str) -> None:
    assert len(found(app, typed)) in ({4} if "munchen" in typed else {0})


def test_many_matches_are_cut_and_say_so(app: FastAPI) -> None:
    more = [Line("60", f"091849999{number:03}", f"Xdorf {number}", "64", 100, "99999") for number in range(MOST + 1)]
    load(app, (*SMALL, *more))
    assert (len(matches(app, "xdorf").entries), matches(app, "xdorf").has_more) == (MOST, True)
    assert (len(matches(app, "xdorf 1").entries), matches(app, "xdorf 1").has_more) == (11, False)


def test_what_is_there_already_says_so(app: FastAPI) -> None:
    with app.state.database.writing() as db:
        identifier = staff.municipality(db, "Belm")
        db.connection().exec_driver_sql(f"UPDATE municipality SET ars = '034590012012' WHERE id = '{identifier}'")
    assert [one.taken for one in matches(app, "belm").entries] == [identifier]
    assert [one.taken for one in matches(app, "merzen").entries] == [None]


def test_what_was_picked_proposes_a_type(app: FastAPI) -> None:
    assert [one.proposed_type for one in matches(app, "munchen").entries] == [
        "grosse_stadt",
        "landkreis",
        "kleine_stadt_gemeinde",
        "kleine_stadt_gemeinde",
    ]
