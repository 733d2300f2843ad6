# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Starting, coming back with a code, the one cookie, and what a changed type of municipality does."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Client

from app import tokens
from app.settings import Settings
from tests.app.responses.visitor import COOKIE, Visitor
from tests.markup import Markup


def post(client: Client, path: str, **data: str) -> tuple[int, Markup]:
    answer = client.post(path, data=data)
    return answer.status_code, Markup(answer.text)


class TestStart:
    def test_the_page_says_what_is_kept_how_long_before_the_first_question(self, client: TestClient) -> None:
        words = Markup(client.get("/start").text).words
        assert "30 Tage nach der letzten Änderung" in words
        assert "nach 24 Monaten" in words
        assert "freiwillig" in words

    def test_type_alone_is_enough(self, client: TestClient) -> None:
        visitor = Visitor(client).start("landkreis")
        overview = visitor.get()
        assert "Landkreis" in overview.words
        assert tokens.grouped(visitor.code) in overview.words

    def test_name_and_size_are_shown_and_can_be_changed(self, client: TestClient) -> None:
        visitor = Visitor(client).start(name="  Samtgemeinde   Auental ", population="9.100")
        assert "Samtgemeinde Auental" in visitor.get().words
        values = visitor.get("kommune").form("/kommune").values()
        assert values == {"municipality_type": "kleine_stadt_gemeinde", "name": "Samtgemeinde Auental"} | {
            "population": "9100"
        }

    def test_wrong_input_keeps_what_was_typed(self, client: TestClient) -> None:
        status, page = post(client, "/start", name="Ähren & Söhne <b>", population="viele")
        assert status == 422
        assert page.title.startswith("Fehler: ")
        assert page.form("/start").values() == {"name": "Ähren & Söhne <b>", "population": "viele"}
        for field in ("municipality_type", "population"):
            assert f"#{field}" in page.links
            message = next(link for link in page.all("a") if link.attributes["href"] == f"#{field}").text
            assert message in page.by_id(f"{field}-error").text
        assert page.by_id("population").attributes["aria-invalid"] == "true"
        assert "population-error" in page.by_id("population").attributes["aria-describedby"]
        assert COOKIE not in client.cookies

    def test_the_chosen_type_stays_chosen(self, client: TestClient) -> None:
        _, page = post(client, "/start", municipality_type="landkreis", population="0")
        assert page.form("/start").values()["municipality_type"] == "landkreis"

    @pytest.mark.parametrize(
        ("typed", "stored"),
        [("9000", "9000"), ("9.000", "9000"), ("1 234 567", "1234567"), ("", ""), ("99999999", "99999999")],
    )
    def test_numbers_as_people_write_them(self, client: TestClient, typed: str, stored: str) -> None:
        visitor = Visitor(client).start(population=typed)
        assert visitor.get("kommune").form("/kommune").values()["population"] == stored

    @pytest.mark.parametrize("typed", ["0", "-5", "9,5", "100000000", "9" * 5000, "٩٠٠٠", "9000 Menschen", "1.00"])
    def test_numbers_that_cannot_be(self, client: TestClient, typed: str) -> None:
        status, page = post(client, "/start", municipality_type="landkreis", population=typed)
        assert status == 422
        assert page.by_id("population").attributes["value"] == typed

    def test_a_name_too_long(self, client: TestClient) -> None:
        assert post(client, "/start", municipality_type="landkreis", name="x" * 121)[0] == 422
        Visitor(client).start(name="x" * 120)

    def test_characters_that_no_keyboard_types_do_no_harm(self, client: TestClient) -> None:
        visitor = Visitor(client).start(name="Bad\x00 Nul\ndorf\x1b")
        assert "Bad Nul dorf" in visitor.get().words

    def test_a_field_may_come_twice_or_as_a_file(self, client: TestClient) -> None:
        answer = client.post("/start", data={"name": "x"}, files={"municipality_type": ("a.txt", b"landkreis")})
        assert answer.status_code == 422


class TestClosedInstance:
    @pytest.fixture
    def settings(self, database_url: str) -> Settings:
        return Settings(database_url=database_url, access_code="Rathaus 2026", failed_codes_per_hour=3)

    def test_starting_needs_the_access_code(self, client: TestClient) -> None:
        assert Markup(client.get("/start").text).by_id("access_code")
        status, page = post(client, "/start", municipality_type="landkreis", name="Auental", access_code="falsch")
        assert status == 422
        assert "#access_code" in page.links
        assert page.form("/start").values()["name"] == "Auental"
        assert page.by_id("access_code").attributes["value"] == ""
        Visitor(client).start(access_code=" Rathaus 2026 ")

    def test_without_any_code(self, client: TestClient) -> None:
        assert post(client, "/start", municipality_type="landkreis")[0] == 422

    def test_importing_needs_it_too(self, client: TestClient) -> None:
        answer = client.post("/import", files={"file": ("a.json", b"{}")})
        assert answer.status_code == 422
        assert "#access_code" in Markup(answer.text).links

    def test_guessing_is_refused_and_the_right_code_still_passes(self, client: TestClient) -> None:
        for _ in range(3):
            assert post(client, "/start", municipality_type="landkreis", access_code="falsch")[0] == 422
        assert post(client, "/start", municipality_type="landkreis", access_code="falsch")[0] == 429
        Visitor(client).start(access_code="Rathaus 2026")

    def test_wrong_access_codes_and_wrong_codes_of_checks_are_counted_apart(self, client: TestClient) -> None:
        for _ in range(4):
            post(client, "/start", municipality_type="landkreis", access_code="falsch")
        assert post(client, "/weiter", code=tokens.new_code())[0] == 422

    def test_who_has_a_code_comes_back_without_it(self, client: TestClient, another: Callable[[], Visitor]) -> None:
        visitor = Visitor(client).start(access_code="Rathaus 2026")
        assert another().client.post("/weiter", data={"code": visitor.code}).status_code == 303


class TestResume:
    @pytest.mark.parametrize(
        "written",
        [
            lambda code: code,
            tokens.grouped,
            lambda code: tokens.grouped(code).lower(),
            lambda code: f"  {tokens.grouped(code).replace('-', ' ')}  ",
            lambda code: tokens.grouped(code).replace("-", " – "),
            lambda code: code.replace("0", "O").replace("1", "I"),
            lambda code: code.lower().replace("0", "o").replace("1", "l"),
        ],
        ids=["as is", "grouped", "small", "spaces", "dashes", "O and I", "o and l"],
    )
    def test_a_code_as_people_write_it(
        self, visitor: Visitor, another: Callable[[], Visitor], written: Callable[[str], str]
    ) -> None:
        other = another()
        answer = other.client.post("/weiter", data={"code": written(visitor.code)})
        assert other.opened(answer).id == visitor.id
        assert other.codes == [visitor.code]

    def test_it_goes_on_at_the_first_open_question(self, visitor: Visitor, another: Callable[[], Visitor]) -> None:
        visitor.section("E1", changes={"E1.lenkungsgruppe": {"answer": "2"}})
        other = another()
        other.opened(other.client.post("/weiter", data={"code": visitor.code}))
        overview = other.get()
        assert f"/check/{visitor.id}/abschnitt/E1#q-E1-koordinierungsstelle" in overview.links
        assert "Bei der ersten offenen Frage weitermachen" in overview.words

    def test_a_wrong_code_is_kept_and_explained(self, client: TestClient) -> None:
        status, page = post(client, "/weiter", code="ABCD-EFGH-JKMN-PQRS")
        assert status == 422
        assert page.title.startswith("Fehler: ")
        assert page.by_id("code").attributes["value"] == "ABCD-EFGH-JKMN-PQRS"
        assert "gelöscht, weil die Frist abgelaufen ist" in page.by_id("code-error").text
        assert "Sie haben den Code nicht mehr?" in page.words

    @pytest.mark.parametrize("typed", ["ABCD", "ABCD-EFGH-JKMN-PQRS-T", "ABCDEFGHJKMNPQR!", "😀" * 16, "x" * 3000])
    def test_a_code_of_the_wrong_shape_is_told_so(self, client: TestClient, typed: str) -> None:
        status, page = post(client, "/weiter", code=typed)
        assert status == 422
        assert "16 Buchstaben und Ziffern" in page.by_id("code-error").text

    def test_no_code_at_all(self, client: TestClient) -> None:
        assert "Bitte geben Sie Ihren Code ein" in post(client, "/weiter")[1].by_id("code-error").text

    def test_checks_of_this_device_are_one_click_away(self, visitor: Visitor) -> None:
        page = Markup(visitor.client.get("/weiter").text)
        assert f"/check/{visitor.id}/" in page.links

    def test_a_foreign_check_is_not_found_and_offers_the_code(
        self, visitor: Visitor, another: Callable[[], Visitor]
    ) -> None:
        stranger = another().start()
        for rest in ("", "abschnitt/E1", "pruefen", "quittung", "code", "kommune", "loeschen", "daten.json"):
            answer = stranger.client.get(visitor.address(rest))
            unknown = stranger.client.get(f"/check/{'0' * 32}/{rest}")
            assert answer.status_code == unknown.status_code == 404
            assert answer.text == unknown.text.replace("0" * 32, visitor.id)  # the way back after another language
            assert "/weiter" in Markup(answer.text).links


class TestLimits:
    @pytest.fixture
    def settings(self, database_url: str) -> Settings:
        return Settings(database_url=database_url, failed_codes_per_hour=3, starts_per_hour=4)

    def test_right_codes_are_not_limited(self, visitor: Visitor) -> None:
        for _ in range(12):
            assert visitor.client.post("/weiter", data={"code": visitor.code}).status_code == 303

    def test_wrong_codes_are(self, visitor: Visitor) -> None:
        for _ in range(3):
            assert post(visitor.client, "/weiter", code=tokens.new_code())[0] == 422
        answer = visitor.client.post("/weiter", data={"code": tokens.new_code()})
        assert answer.status_code == 429
        assert 0 < int(answer.headers["retry-after"]) <= 3600
        assert "Gespeicherte Antworten sind nicht betroffen" in answer.text

    def test_a_right_code_passes_after_too_many_wrong_ones(self, visitor: Visitor) -> None:
        for _ in range(5):
            post(visitor.client, "/weiter", code=tokens.new_code())
        assert visitor.client.post("/weiter", data={"code": visitor.code}).status_code == 303

    def test_who_is_inside_goes_on_answering(self, visitor: Visitor) -> None:
        for _ in range(5):
            post(visitor.client, "/weiter", code=tokens.new_code())
        assert visitor.answer("E1.personal", answer="2").status_code == 200

    def test_starting_ends_at_its_limit(self, client: TestClient) -> None:
        statuses = [client.post("/start", data={"municipality_type": "landkreis"}).status_code for _ in range(6)]
        assert statuses == [303] * 4 + [429] * 2


class TestCookie:
    def test_none_before_a_check_is_started(self, client: TestClient) -> None:
        for path in ("/", "/start", "/weiter", "/import", "/datenschutz", "/impressum", "/barrierefreiheit", "/nichts"):
            assert "set-cookie" not in client.get(path).headers
        assert "set-cookie" not in client.post("/start", data={}).headers
        assert "set-cookie" not in client.post("/weiter", data={"code": "ABCD-EFGH-JKMN-PQRS"}).headers

    def test_its_name_and_flags(self, client: TestClient) -> None:
        answer = client.post("/start", data={"municipality_type": "landkreis"})
        (cookie,) = answer.headers.get_list("set-cookie")
        name, *flags = cookie.split("; ")
        assert name.startswith(f"{COOKIE}=")
        assert set(flags) == {"HttpOnly", "Max-Age=2592000", "Path=/", "SameSite=lax", "Secure"}

    def test_over_plain_http_only_on_this_machine(self, app: FastAPI) -> None:
        headers = {"sec-fetch-site": "same-origin"}
        data = {"municipality_type": "landkreis"}
        for base, status in (("http://127.0.0.1:8000", 303), ("http://rathaus.example", 403)):
            with TestClient(app, base_url=base, headers=headers, follow_redirects=False) as client:
                answer = client.post("/start", data=data)
                assert answer.status_code == status
                if status == 303:
                    assert answer.headers["set-cookie"].startswith("selbstcheck=")
                else:
                    assert "nicht verschlüsselt" in answer.text
                    assert "set-cookie" not in answer.headers

    def test_at_most_five_codes_newest_first(self, client: TestClient) -> None:
        visitor = Visitor(client)
        started = [(visitor.start().id, visitor.code) for _ in range(6)]
        assert visitor.codes == [code for _, code in reversed(started[1:])]
        assert client.get(f"/check/{started[1][0]}/").status_code == 200
        assert client.get(f"/check/{started[0][0]}/").status_code == 404
        client.post("/weiter", data={"code": started[3][1]})
        assert visitor.codes[0] == started[3][1]
        assert len(visitor.codes) == 5

    @pytest.mark.parametrize("held", ["", ".", "....", "x" * 4000, "ABCD", "%00", "'; DROP TABLE response; --"])
    def test_rubbish_in_it_is_nothing(self, client: TestClient, held: str) -> None:
        answer = client.get(f"/check/{'a' * 32}/", headers={"cookie": f"{COOKIE}={held}"})
        assert answer.status_code == 404

    def test_saving_without_script_renews_it(self, visitor: Visitor) -> None:
        assert "Max-Age=2592000" in visitor.section("E1").headers["set-cookie"]


class TestMunicipality:
    def test_another_type_keeps_every_answer_and_says_what_changed(self, client: TestClient) -> None:
        visitor = Visitor(client).start("kleine_stadt_gemeinde")
        visitor.section("E1", changes={"E1.lenkungsgruppe": {"answer": "3", "note": "Beschluss"}})
        answer = visitor.post("kommune", {"municipality_type": "landkreis"})
        assert answer.status_code == 200
        words = Markup(answer.text).words
        assert "„Landkreis“" in words
        assert "Alle Antworten sind noch da" in words
        assert visitor.kept("E1.lenkungsgruppe")["answer"] == "3"
        assert visitor.kept("E1.lenkungsgruppe")["note"] == "Beschluss"

    def test_name_alone_goes_back_to_the_overview(self, visitor: Visitor) -> None:
        answer = visitor.post("kommune", {"municipality_type": "kleine_stadt_gemeinde", "name": "Belm"})
        assert answer.status_code == 303
        assert "Belm" in visitor.get().words

    def test_wrong_input_keeps_what_was_typed(self, visitor: Visitor) -> None:
        answer = visitor.post("kommune", {"municipality_type": "landkreis", "name": "Neu", "population": "viele"})
        assert answer.status_code == 422
        page = Markup(answer.text)
        assert page.form("/kommune").values() == {"municipality_type": "landkreis", "name": "Neu"} | {
            "population": "viele"
        }
        assert "Landkreis" not in visitor.get().words

    def test_a_submitted_check_keeps_its_municipality(self, visitor: Visitor) -> None:
        visitor.post("abgeben")
        assert visitor.post("kommune", {"municipality_type": "landkreis"}).status_code == 409
