# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is typed for one question: read, told apart, and found wanting."""

from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.responses.typed import FIELDS, Typed, faults_of, gaps_of, month_of, typed_from, typed_of
from questionnaires.answers import Answer, Budget, DontKnow, Level, NotApplicable, Project

ANSWERS = (
    None,
    DontKnow(),
    NotApplicable("Wir haben keine Erstaufnahme."),
    NotApplicable(""),
    Level(0),
    Level(2, Budget()),
    Level(3, Project("2027-06")),
)


@pytest.mark.parametrize(
    ("words", "month"),
    [
        ("2027-06", "2027-06"),
        ("2027-6", "2027-06"),
        ("06.2027", "2027-06"),
        ("6.2027", "2027-06"),
        ("6/2027", "2027-06"),
        ("06 - 2027", "2027-06"),
        ("Juni 2027", "2027-06"),
        ("  JUNI   2027 ", "2027-06"),
        ("Dez. 2027", "2027-12"),
        ("June 2027", "2027-06"),
        ("Dec 2027", "2027-12"),
        ("mär 2028", "2028-03"),
        ("märz 2028", "2028-03"),
        ("Jan 2100", "2100-01"),
    ],
)
def test_months_as_people_write_them(words: str, month: str) -> None:
    assert month_of(words) == month


@pytest.mark.parametrize(
    "words", ["", "2027", "13.2027", "00.2027", "2027-13", "06.27", "06.1999", "06.2101", "Juno 2027", "bald", "6"]
)
def test_words_that_are_no_month(words: str) -> None:
    assert month_of(words) is None


def test_an_unreadable_month_is_kept_as_typed_and_counts_as_no_statement() -> None:
    typed = typed_from({"answer": "2", "carried_by": "project", "project_until": "bald"})
    assert typed.project_until == "bald"
    assert typed.answered == Level(2)
    assert [fault.key for fault in faults_of(typed, allow_not_applicable=True)] == ["month_unreadable"]


def test_a_month_belongs_to_a_project_only() -> None:
    assert typed_from({"answer": "2", "carried_by": "budget", "project_until": "06.2027"}).project_until == ""


def test_line_ends_and_margins_make_no_difference() -> None:
    assert typed_from({"note": " eins\r\nzwei\r\n"}).fingerprint == typed_from({"note": "eins\nzwei"}).fingerprint


@given(st.builds(Typed, *[st.text(max_size=6)] * 5), st.builds(Typed, *[st.text(max_size=6)] * 5))
def test_fingerprints_tell_different_answers_apart(one: Typed, other: Typed) -> None:
    assert (one.fingerprint == other.fingerprint) == (one == other)


def test_a_fingerprint_knows_which_field_a_word_stands_in() -> None:
    prints = {Typed(**{name: "wort"}).fingerprint for name in FIELDS}
    assert len(prints) == len(FIELDS)


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=30)))
def test_reading_what_was_read_changes_nothing(fields: dict[str, str]) -> None:
    """An untouched question sends back what filled it: were it read differently, it would look changed."""
    typed = typed_from(fields)
    assert typed_from(asdict(typed)) == typed


@pytest.mark.parametrize("answer", ANSWERS, ids=repr)
def test_every_kind_of_answer_survives_the_form(answer: Answer | None) -> None:
    typed = typed_of(answer, "Beleg: Beschluss 12")
    assert typed.answered == answer
    assert typed.note == "Beleg: Beschluss 12"
    assert typed_from(asdict(typed)) == typed
    assert faults_of(typed, allow_not_applicable=True) == ()


@given(st.sampled_from(ANSWERS), st.text(max_size=40), st.text(max_size=40))
def test_an_imported_answer_reads_the_same_in_the_form(answer: Answer | None, note: str, reason: str) -> None:
    """Else the first tab that shows it would seem to have changed it."""
    if isinstance(answer, NotApplicable):
        answer = NotApplicable(reason)
    typed = typed_of(answer, note)
    assert typed_from(asdict(typed)) == typed
    assert "\n" not in typed.reason


@pytest.mark.parametrize(
    ("fields", "keys"),
    [
        ({"answer": "5"}, ["unknown"]),
        ({"answer": "-1"}, ["unknown"]),
        ({"answer": "²"}, ["unknown"]),
        ({"answer": "level"}, ["unknown"]),
        ({"answer": "1", "carried_by": "lotto"}, ["unknown"]),
        ({"note": "x" * 2001}, ["note_too_long"]),
        ({"note": "x" * 2000}, []),
        ({"reason": "x" * 501}, ["reason_too_long"]),
        ({"reason": "x" * 500}, []),
        ({"answer": "2", "carried_by": "project", "project_until": "bald"}, ["month_unreadable"]),
        ({"answer": "2", "carried_by": "project", "project_until": ""}, []),
        ({"answer": "not_applicable"}, []),
        ({}, []),
    ],
)
def test_faults(fields: dict[str, str], keys: list[str]) -> None:
    assert [fault.key for fault in faults_of(typed_from(fields), allow_not_applicable=True)] == keys


def test_not_applicable_is_a_fault_where_it_is_not_offered() -> None:
    typed = Typed("not_applicable", "Grund")
    assert [fault.field for fault in faults_of(typed, allow_not_applicable=False)] == ["answer"]


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        (Typed("not_applicable"), ["reason_missing"]),
        (Typed("not_applicable", "Grund"), []),
        (Typed("2", carried_by="project"), ["month_missing"]),
        (Typed("2", carried_by="project", project_until="2027-06"), []),
        (Typed("0", carried_by="project"), []),
        (Typed("dont_know", carried_by="project"), []),
        (Typed(), []),
    ],
)
def test_gaps(typed: Typed, keys: list[str]) -> None:
    assert [gap.key for gap in gaps_of(typed)] == keys


def test_a_note_alone_is_no_answer() -> None:
    typed = typed_from({"note": "fragen wir nach"})
    assert typed.answered is None
    assert not typed.is_empty
    assert typed_from({"note": "   "}).is_empty
