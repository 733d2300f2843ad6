# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words of the glossary under the questions that use them, in the page and in the fragment."""

from questionnaires.library import Library
from questionnaires.parts import MunicipalityType
from tests.app.responses.visitor import Visitor
from tests.markup import Markup

KIND = MunicipalityType.KLEINE_STADT_GEMEINDE


def terms(markup: Markup) -> list[str]:
    """The titles explained, in the order of the page."""
    inside = "".join(element.text for element in markup.all("dl", class_="terms__list"))
    return [dt.text for dt in markup.all("dt") if dt.text in inside]


def test_each_question_explains_its_own_words(visitor: Visitor, library: Library) -> None:
    visitor.start(KIND.value)
    questionnaire = library.latest("weltoffene-kommune")
    for section in questionnaire.sections:
        found = questionnaire.terms_by_item(KIND)
        asked = [item for item in section.items if item.asked_of(KIND)]
        expected = [term.title.default for item in asked for term in found[item.id]]
        page = visitor.get(f"abschnitt/{section.id}")
        assert terms(page) == expected
        assert len(page.all("details", class_="terms")) == sum(bool(found[item.id]) for item in asked)


def test_the_fragment_that_answers_a_save_explains_them_too(visitor: Visitor, library: Library) -> None:
    visitor.start(KIND.value)
    questionnaire = library.latest("weltoffene-kommune")
    found = questionnaire.terms_by_item(KIND)
    item = next(item for item in questionnaire.items if item.asked_of(KIND) and found[item.id])
    answer = visitor.answer(item.id, answer="1")
    assert answer.status_code == 200
    assert terms(Markup(answer.text)) == [term.title.default for term in found[item.id]]
    assert found[item.id][0].text.default in answer.text


def test_a_short_check_explains_what_it_takes_over(visitor: Visitor, library: Library) -> None:
    visitor.start(KIND.value, questionnaire="kurzcheck")
    questionnaire = library.latest("kurzcheck")
    pages = [visitor.get(f"abschnitt/{section.id}") for section in questionnaire.sections]
    assert any(page.all("details", class_="terms") for page in pages)


def test_after_a_conflict_a_short_check_leads_back_to_its_own_section(visitor: Visitor, library: Library) -> None:
    """Its questions come from the sections of the long one, whose names their ids carry."""
    visitor.start(KIND.value, questionnaire="kurzcheck")
    section = library.latest("kurzcheck").sections[0]
    item = section.items[0]
    one, other = visitor.get(f"abschnitt/{section.id}"), visitor.get(f"abschnitt/{section.id}")
    assert visitor.answer(item.id, page=one, answer="1").status_code == 200
    conflict = visitor.answer(item.id, page=other, answer="2")
    assert conflict.status_code == 409
    (link,) = [link for link in Markup(conflict.text).links if "neu=" in link]
    assert visitor.client.get(link.partition("#")[0]).status_code == 200
