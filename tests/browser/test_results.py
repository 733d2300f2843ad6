# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Around the result in the browser: setting a target by keyboard, and what stands where on sheet and overview."""

from playwright.sync_api import Page, expect

from tests.app.responses.visitor import Visitor

LEFT = """element => { const range = document.createRange(); range.selectNodeContents(element);
  return range.getBoundingClientRect().left }"""


def test_setting_a_target_by_keyboard_keeps_the_place(page: Page, visitor: Visitor) -> None:
    page.goto(visitor.address("ergebnis/abschnitte"))
    button = page.locator("#E2").get_by_role("button", name="Ziel setzen")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_contain_text("Ziel gespeichert")
    expect(button).to_be_focused()
    page.keyboard.press("Shift+Tab")
    choice = page.locator("#ziel-E2")
    expect(choice).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator("#E2 dl").first).to_contain_text("Stufe 4")
    expect(choice).to_be_focused()


def test_the_parts_of_the_sheet_are_further_apart_than_what_is_in_them(page: Page, filled: Visitor) -> None:
    page.goto(filled.address("ergebnis/druck"))
    above = page.locator(".sheet__part").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect().top - e.previousElementSibling.getBoundingClientRect().bottom)"
    )
    within = page.locator(".sheet__part > .part + .part").first.evaluate(
        "e => e.getBoundingClientRect().top - e.previousElementSibling.getBoundingClientRect().bottom"
    )
    assert min(above) > within


def test_leaving_stands_below_the_links_at_their_edge(page: Page, visitor: Visitor) -> None:
    page.goto(visitor.address())
    edges = page.locator(".afterwards a, .afterwards .kern-label").evaluate_all(f"all => all.map({LEFT})")
    assert len(edges) == 4
    assert len(set(edges)) == 1


def test_the_way_to_change_stands_beside_the_answer(page: Page, filled: Visitor) -> None:
    for width in (360, 1200):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(filled.address("pruefen"))
        row = page.locator(".checked__row--dont_know").first
        answer = row.locator("dd").first.bounding_box()
        change = row.locator(".checked__change").bounding_box()
        assert answer is not None
        assert change is not None
        assert change["y"] >= answer["y"] + answer["height"] or change["x"] >= answer["x"] + answer["width"]
