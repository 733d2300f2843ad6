# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What one coordinator types must keep nobody else waiting, and stay within what the database and the calendar hold."""

import time
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from app.clock import months_after
from app.errors import Invalid, Problem
from app.fields import read_population
from app.rounds.actions.closing import close_round, reopen_round
from app.rounds.forms.closing import read_last_day
from app.rounds.forms.joining import read_count
from app.rounds.forms.planning import read_day
from app.rounds.letters import LetterText, filled, problems_of
from app.rounds.pasting import Pasted, read_addresses
from app.rounds.plans import LONGEST_DAYS, MOST_RAW_MONTHS
from app.rounds.tickets import MOST_AT_ONCE
from questionnaires.library import Library
from tests.app.rounds.conftest import TODAY, PlannedRound

AT_ONCE = 1.0
"""Seconds of work: while such a text is read nobody else is served."""


def seconds(work: Callable[[], object]) -> float:
    started = time.thread_time()
    work()
    return time.thread_time() - started


@pytest.mark.parametrize("body", ["{" + " " * 5_000, "{ " * 2_500, "{" * 5_000, "{link" + "\t" * 5_000])
def test_an_open_brace_costs_no_time(body: str) -> None:
    text = LetterText("Betreff", body)
    assert seconds(lambda: problems_of(text)) < AT_ONCE
    assert seconds(lambda: filled(text, {"link": "https://belm.de"})) < AT_ONCE


def test_spaces_in_a_place_are_forgiven() -> None:
    text = LetterText("Einladung: { Titel }", "Hier: {  link  } oder {link}")
    assert problems_of(text) == ()
    assert filled(text, {"titel": "Herbst", "link": "L"}) == LetterText("Einladung: Herbst", "Hier: L oder L")


@pytest.mark.parametrize("pasted", ["a," * 8_000 + "<ada@belm.de>", "," * 8_000, "a@b.de," * 8_000, "a;" * 8_000])
def test_a_long_line_of_addresses_costs_no_time(pasted: str) -> None:
    assert seconds(lambda: read_addresses(pasted)) < AT_ONCE


@given(st.lists(st.sampled_from(["Beispiel", " Ada <ada@belm.de>", "eva@belm.de", "", " Amt"]), max_size=8))
def test_a_comma_in_a_name_parts_nothing(pieces: list[str]) -> None:
    """Each piece with an address is found, whatever stands around it."""
    found = read_addresses(",".join([*pieces, "Last, Zoe <zoe@belm.de>"]))
    addresses = [one.address for one in found if isinstance(one, Pasted)]
    wanted = [piece for piece in pieces if "@" in piece]
    if addresses:  # else a piece in between is no address, and is named
        assert len(addresses) == len(wanted) + 1
    else:
        assert all(isinstance(one, Problem) for one in found)


def test_digits_before_a_number_do_not_hide_it() -> None:
    assert read_count("000200") == MOST_AT_ONCE
    for typed in ("0000019999", "000001" + "9" * 5_000):
        assert isinstance(read_count(typed), Problem), typed
    assert read_population("9000") == 9000
    for typed in ("000000000001999999999999", "1" * 5_000):
        assert isinstance(read_population(typed), Problem), typed


@pytest.mark.parametrize(
    "typed", ["1.1.9999", "9999-12-31", "1.1.99999999999999999999999", "1.1." + "9" * 5_000, "0001-01-01", "1.1.1999"]
)
def test_the_end_of_the_calendar_is_no_day_of_ours(typed: str) -> None:
    assert isinstance(read_day("closes_on", typed), Problem)
    assert isinstance(read_last_day(typed), Problem)


def test_months_can_be_counted_from_every_day_that_is_taken() -> None:
    last = read_day("closes_on", "31.12.2100")
    assert isinstance(last, date)
    assert months_after(last, MOST_RAW_MONTHS).year == 2105


def test_a_round_opens_again_for_a_year_at_most(
    app: FastAPI, an_open_round: PlannedRound, client: TestClient, library: Library
) -> None:
    """Addresses are kept until some days after its last day (D-15)."""
    now, scope = app.state.clock.now(), an_open_round.scope
    with app.state.database.writing() as db:
        close_round(db, scope, library, today=TODAY, now=now)
        with pytest.raises(Invalid):
            reopen_round(db, scope, TODAY + timedelta(days=LONGEST_DAYS + 1), today=TODAY, now=now)
    typed = {"closes_on": "31.12.2099"}
    an_open_round.coordinator.sign_in(client)
    refused = client.post(f"/durchgang/{an_open_round.id}/abschluss/wieder-oeffnen", data=typed)
    assert refused.status_code == 422
    assert "Ein Durchgang dauert höchstens ein Jahr" in refused.text
    with app.state.database.writing() as db:
        reopen_round(db, scope, TODAY + timedelta(days=LONGEST_DAYS), today=TODAY, now=now)
