# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The file of a check: out, and in again; and files that somebody made to do harm."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from httpx2 import Response
from sqlmodel import select
from starlette.requests import Request

from app.responses.files import MOST_BYTES
from app.settings import Settings
from app.tables import Response as ResponseRow
from app.web.limits import Limits
from questionnaires.definition import Questionnaire
from tests.app.responses.visitor import Visitor
from tests.markup import Markup

FIRST, SECOND = "E1.lenkungsgruppe", "E1.koordinierungsstelle"
ANSWERS = {
    FIRST: {"answer": "3", "carried_by": "project", "project_until": "06.2027", "note": "Beschluss 12\n„…“ 😀"},
    SECOND: {"answer": "dont_know"},
    "E1.personal": {"answer": "1", "carried_by": "budget"},
    "E1.haltung": {"note": "nur eine Notiz"},
}

Document = dict[str, Any]
Change = Callable[[Document], object]


def downloaded(visitor: Visitor) -> Document:
    document: Document = json.loads(visitor.client.get(visitor.address("daten.json")).content)
    return document


def imported(visitor: Visitor, content: bytes | Document, name: str = "selbstcheck.json") -> Response:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return visitor.client.post("/import", files={"file": (name, raw, "application/json")})


@pytest.fixture
def filled(visitor: Visitor) -> Visitor:
    """A check with every kind of answer."""
    visitor.section("E1", changes=ANSWERS)
    visitor.section("E7", changes={"E7.daten": {"answer": "not_applicable", "reason": "Keine eigene Statistik"}})
    visitor.post("kommune", {"municipality_type": "landkreis", "name": "Auental", "population": "135000"})
    return visitor


def test_the_file_is_a_download_with_a_plain_name(filled: Visitor) -> None:
    answer = filled.client.get(filled.address("daten.json"))
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-disposition"] == 'attachment; filename="selbstcheck-2026-11-22.json"'


def test_downloads_have_a_generous_limit(filled: Visitor, app: FastAPI) -> None:
    limits: Limits = app.state.limits
    bridge = filled.address("ergebnis/bruecke.csv")
    for address in (filled.address("daten.json"), bridge):
        assert filled.client.get(address).status_code == 200
    browser = Request({"type": "http", "client": ("testclient", 1), "headers": []})
    for _ in range(598):
        limits.count(browser, "export")
    for address in (filled.address("daten.json"), bridge):
        assert filled.client.get(address).status_code == 429
    assert filled.client.get(filled.address("ergebnis")).status_code == 200


def test_the_file_holds_answers_and_profile_and_nothing_that_opens_the_check(filled: Visitor) -> None:
    text = filled.client.get(filled.address("daten.json")).text
    document = json.loads(text)
    assert document["input"]["answers"][FIRST] == {"level": 3, "carried_by": {"project_until": "2027-06"}}
    assert document["notes"][FIRST] == "Beschluss 12\n„…“ 😀"
    assert {"id", "version", "digest"} == set(document["questionnaire"])
    assert document["profile"]["sections"]
    for secret in (filled.id, filled.code):
        assert secret not in text


def test_out_and_in_again_is_the_same_check_with_a_code_of_its_own(filled: Visitor) -> None:
    before = downloaded(filled)
    kept = {item: filled.kept(item) for item in (*ANSWERS, "E7.daten")}
    identifier, code = filled.id, filled.code
    filled.opened(imported(filled, before))
    assert filled.id != identifier
    assert filled.code != code
    assert downloaded(filled) == before
    assert "Auental" in filled.get().words
    for item, fields in kept.items():
        again = filled.kept(item)
        assert {k: v for k, v in again.items() if k != "base"} == {k: v for k, v in fields.items() if k != "base"}
        assert again["base"].split(".")[1] == fields["base"].split(".")[1]


def test_the_profile_in_the_file_is_not_believed(filled: Visitor) -> None:
    honest = downloaded(filled)
    forged = honest | {"profile": {"sections": [{"id": "E1", "score": 100}]}}
    filled.opened(imported(filled, forged))
    assert downloaded(filled)["profile"] == honest["profile"]


def test_a_submitted_check_comes_back_as_a_draft(filled: Visitor) -> None:
    filled.post("abgeben")
    filled.opened(imported(filled, downloaded(filled)))
    assert downloaded(filled)["submitted_on"] is None


def test_an_untouched_imported_question_is_never_written(filled: Visitor) -> None:
    document = downloaded(filled)
    document["notes"] = {FIRST: "  eins\r\nzwei\rdrei\u0000 "}
    document["input"]["answers"]["E7.daten"] = {"not_applicable": "Zeile\neins"}
    filled.opened(imported(filled, document))
    for section in ("E1", "E7"):
        filled.section(section)
    assert filled.kept(FIRST)["note"] == "eins\nzwei\ndrei"
    assert filled.kept(FIRST)["base"].startswith("1.")
    assert filled.kept("E7.daten")["base"].startswith("1.")


def test_a_full_file_can_be_read_again(visitor: Visitor, questionnaire: Questionnaire) -> None:
    """Every question answered, with a note of 1,000 characters each, which is far more than people write."""
    document = downloaded(visitor)
    items = [item.id for item in questionnaire.items]
    document["input"]["answers"] = {item: {"level": 1, "carried_by": {"project_until": "2027-06"}} for item in items}
    document["notes"] = dict.fromkeys(items, "ä" * 1000)
    visitor.opened(imported(visitor, json.dumps(document, ensure_ascii=False).encode()))
    again = visitor.client.get(visitor.address("daten.json")).content
    assert imported(visitor, again).status_code == 303, len(again)


WRONG: dict[str, tuple[Change, str]] = {
    "another format": (lambda d: d.update(format="selbstcheck-antworten/2"), "keine Datei vom Selbstcheck"),
    "no format": (lambda d: d.pop("format"), "keine Datei vom Selbstcheck"),
    "unknown questionnaire": (lambda d: d["questionnaire"].update(id="../../etc/passwd"), "gibt es hier nicht"),
    "unknown version": (lambda d: d["questionnaire"].update(version="99.0"), "gibt es hier nicht"),
    "a version that is no text": (lambda d: d["questionnaire"].update(version=[1]), "zu welchem Fragebogen"),
    "an id that is no text": (lambda d: d["questionnaire"].update(id={"a": None}), "zu welchem Fragebogen"),
    "no questionnaire": (lambda d: d.pop("questionnaire"), "zu welchem Fragebogen"),
    "another digest": (lambda d: d["questionnaire"].update(digest="0" * 64), "anderen Wortlaut"),
    "no digest": (lambda d: d["questionnaire"].pop("digest"), "anderen Wortlaut"),
    "an unknown item": (lambda d: d["input"]["answers"].update({"E1.nichts": 2}), "steht 1 Angabe, die"),
    "its place": (lambda d: d["input"]["answers"].update({"E1.nichts": 2}), "Sie steht bei „answers.E1.nichts“"),
    "a long id": (lambda d: d["input"]["answers"].update({"\u202e" + "x" * 999: 2}), f"„answers.{'x' * 72}“"),
    "two unknown items": (lambda d: d["input"]["answers"].update({"E1.a": 2, "E1.b": 2}), "stehen 2 Angaben, die"),
    "a level too high": (lambda d: d["input"]["answers"].update({FIRST: 5}), f"answers.{FIRST}"),
    "a level that is a fraction": (lambda d: d["input"]["answers"].update({FIRST: 2.5}), f"answers.{FIRST}"),
    "a level that is true": (lambda d: d["input"]["answers"].update({FIRST: True}), f"answers.{FIRST}"),
    "a reason where none is allowed": (
        lambda d: d["input"]["answers"].update({FIRST: {"not_applicable": "x"}}),
        f"answers.{FIRST}",
    ),
    "a reason too long": (
        lambda d: d["input"]["answers"].update({"E7.daten": {"not_applicable": "x" * 501}}),
        "länger als 500",
    ),
    "a note too long": (lambda d: d.update(notes={FIRST: "x" * 2001}), "2.000 Zeichen"),
    "a note that is no text": (lambda d: d.update(notes={FIRST: ["x"]}), "Notiz"),
    "notes that are a list": (lambda d: d.update(notes=["x"]), "Notiz"),
    "a note for nothing": (lambda d: d.update(notes={"E1.nichts": "x"}), "Notiz"),
    "no type": (lambda d: d["input"]["municipality"].pop("type"), "municipality.type"),
    "an unknown type": (lambda d: d["input"]["municipality"].update(type="Dorf"), "municipality.type"),
    "too many people": (lambda d: d["input"]["municipality"].update(population=10**12), "Größe der Kommune"),
    "people below none": (lambda d: d["input"]["municipality"].update(population=-1), "municipality.population"),
    "a name too long": (lambda d: d["input"]["municipality"].update(name="x" * 121), "Name"),
    "a target too high": (lambda d: d["input"].update(targets={"sections": {"E1": 9}}), "targets"),
    "answers that are a list": (lambda d: d["input"].update(answers=[1, 2]), "answers"),
    "no input": (lambda d: d.pop("input"), "input"),
    "an unknown key": (lambda d: d["input"].update(code="ABCD"), "input.code"),
}


HOSTILE: dict[str, bytes] = {
    "empty": b"",
    "no json": b"<html><script>alert(1)</script></html>",
    "a picture that is also a page": b"\x89PNG\r\n\x1a\n<script>alert(1)</script>",
    "a zip": b"PK\x03\x04" + b"\x00" * 100,
    "another encoding": '{"format": "ä"}'.encode("utf-16"),
    "broken utf-8": b'{"format": "\xff"}',
    "a list": b"[]",
    "a number": b"1e999",
    "nested deeply": b"[" * 150_000,
    "objects nested deeply": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "a number of many digits": b'{"format": ' + b"9" * 100_000 + b"}",
    "two files in one": b'{"format": "selbstcheck-antworten/1"} {"format": "x"}',
    "the same name twice": b'{"format": "selbstcheck-antworten/1", "format": "selbstcheck-antworten/1"}',
}


class TestRefused:
    """What is refused never reaches a database, so one of the two is enough."""

    @pytest.fixture
    def settings(self, sqlite_url: str) -> Settings:
        return Settings(database_url=sqlite_url)

    @pytest.mark.parametrize("case", WRONG)
    def test_a_wrong_file_is_told_at_its_field_and_starts_nothing(
        self, filled: Visitor, app: FastAPI, case: str
    ) -> None:
        change, words = WRONG[case]
        document = downloaded(filled)
        change(document)
        answer = imported(filled, document)
        assert answer.status_code == 422
        page = Markup(answer.text)
        assert page.title.startswith("Fehler: ")
        assert words in " ".join(page.by_id("file-error").text.split())
        assert "#file" in page.links
        with app.state.database.reading() as db:
            assert len(db.exec(select(ResponseRow)).all()) == 1

    @pytest.mark.parametrize("case", HOSTILE)
    def test_hostile_content_is_no_file_of_ours(self, visitor: Visitor, case: str) -> None:
        answer = imported(visitor, HOSTILE[case])
        assert answer.status_code == 422
        assert "keine Datei vom Selbstcheck" in Markup(answer.text).by_id("file-error").text
        assert "<script>alert" not in answer.text


def test_a_name_twice_deep_inside_is_refused(filled: Visitor) -> None:
    raw = json.dumps(downloaded(filled))
    twice = raw.replace('"answers": {', f'"answers": {{"{FIRST}": 0, ', 1)
    assert twice != raw
    assert imported(filled, twice.encode()).status_code == 422


def test_a_name_cannot_turn_the_direction_of_writing(filled: Visitor) -> None:
    document = downloaded(filled)
    document["input"]["municipality"]["name"] = "Bad \u202eflodlluN\u202c\u2067\u200f"
    filled.opened(imported(filled, document))
    assert "Bad flodlluN" in filled.get().words


def test_half_characters_do_no_harm(filled: Visitor) -> None:
    document = downloaded(filled)
    document["notes"] = {FIRST: "halb \ud83d und \x00 nichts"}
    document["input"]["municipality"]["name"] = "Bad \udc00 Nulldorf"
    filled.opened(imported(filled, document))
    assert filled.kept(FIRST)["note"] == "halb  und  nichts"
    assert "Bad Nulldorf" in filled.get().words


def test_a_file_too_large(visitor: Visitor) -> None:
    answer = imported(visitor, b" " * (MOST_BYTES + 1))
    assert answer.status_code == 422
    assert "zu groß" in Markup(answer.text).by_id("file-error").text
    assert imported(visitor, b" " * 600_000).status_code == 413


@pytest.mark.parametrize("name", ["selbstcheck.svg", "selbstcheck.json.html", "json", "x.json\x00.exe"])
def test_another_ending(visitor: Visitor, name: str) -> None:
    answer = imported(visitor, downloaded(visitor), name)
    assert answer.status_code == 422
    assert "muss auf .json enden" in Markup(answer.text).by_id("file-error").text


def test_no_file_chosen(visitor: Visitor) -> None:
    for answer in (
        visitor.client.post("/import", files={"file": ("", b"", "application/octet-stream")}),
        visitor.client.post("/import", data={"file": "text"}),
        visitor.client.post("/import"),
    ):
        assert answer.status_code == 422
        assert "Bitte wählen Sie eine Datei aus" in Markup(answer.text).by_id("file-error").text


def test_a_byte_order_mark_is_welcome(filled: Visitor) -> None:
    """Editors on Windows leave one."""
    assert imported(filled, b"\xef\xbb\xbf" + json.dumps(downloaded(filled)).encode()).status_code == 303
