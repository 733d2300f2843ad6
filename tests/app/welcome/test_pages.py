# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The start page and the example result."""

import pytest
from fastapi.testclient import TestClient

from app.settings import Settings
from tests.markup import Markup

PAGES = ["", "/abschnitte", "/faktoren", "/schritte", "/listen", "/methode", "/druck"]


def test_the_start_page_says_what_this_is_before_anything_is_asked(client: TestClient, settings: Settings) -> None:
    text = client.get("/").text
    assert "76 Fragen" in text
    assert "freiwillig" in text
    assert f"{settings.draft_days} Tage nach der letzten Änderung gelöscht" in text
    assert f"nach {settings.submitted_months} Monaten" in text
    assert 'href="/start"' in text
    assert 'href="/weiter"' in text


def test_the_start_page_sets_no_cookie(client: TestClient) -> None:
    assert "set-cookie" not in client.get("/").headers


@pytest.mark.parametrize("page", PAGES)
def test_the_example_result_is_read_only_on_every_page(client: TestClient, page: str) -> None:
    response = client.get(f"/beispiel/ergebnis{page}")
    assert response.status_code == 200
    assert "Birkenrain" in response.text
    assert [form.action for form in Markup(response.text).forms if form.method == "post"] == ["/sprache"]


def test_the_picture_on_the_start_page_shows_the_figures_of_the_example(client: TestClient) -> None:
    start, example = client.get("/").text, client.get("/beispiel/ergebnis").text
    table = example[example.index("<table") : example.index("</table>")]
    assert table.split("<tbody>")[1] in start


def test_the_start_page_leads_to_the_rounds_of_a_municipality(client: TestClient) -> None:
    start = Markup(client.get("/").text)
    ways = {link.text: link.attributes["href"] for link in start.all("a")}
    assert (ways["Code eingeben"], ways["Einen Durchgang machen"]) == ("/weiter", "/durchgaenge")
    arrived = Markup(client.get("/durchgaenge", follow_redirects=True).text)
    assert "Sie haben kein Konto?" in arrived.words
    assert "abgelaufen" not in arrived.words
