# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who goes on answering what is submitted already is led to result, receipt and copy."""

from collections.abc import Callable

from tests.app.responses.visitor import Visitor
from tests.markup import Markup

FIRST = "E1.lenkungsgruppe"


def test_the_page_leads_to_result_receipt_and_copy(visitor: Visitor) -> None:
    """Somebody goes on in a window that was open before the check was submitted."""
    before = visitor.get("abschnitt/E1")
    visitor.post("abgeben")
    answer = visitor.section(changes={FIRST: {"answer": "2"}}, page=before)
    assert answer.status_code == 409
    page = Markup(answer.text)
    assert {visitor.address("ergebnis"), visitor.address("quittung")} <= set(page.links)
    assert "Kopie anlegen und weiterarbeiten" in page.words
    former = visitor.id
    assert visitor.opened(visitor.post("kopie", page.form("/kopie").values())).id != former


def test_a_stranger_is_told_nothing_of_it(visitor: Visitor, another: Callable[[], Visitor]) -> None:
    visitor.post("abgeben")
    answer = another().start().client.post(visitor.address("kommune"), data={"municipality_type": "landkreis"})
    assert answer.status_code == 404
    assert visitor.address("quittung") not in answer.text
