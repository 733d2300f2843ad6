# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a released round shows, held against its published table: every address somebody reaches, and all that it says.

The table is the truth (M7.4): figures of groups stand nowhere but where a block of the table has them.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from httpx2 import Client

from scoring.published import Block, ItemTable, PublishedTable
from tests.markup import Element, Markup

READABLE = {"text/html", "application/json", "text/csv", "image/svg+xml", "text/plain"}
HIDDEN_COUNT = "nicht einzeln ausgewiesen"
TOGETHER = "Weitere Gruppen"
QUESTION = "/vergleich/frage/"
NUMBER = re.compile(r"\d+(?:,\d+)?")
SAYING = {"tr", "li", "p", "dd", "desc", "figcaption", "h1", "h2", "h3", "label", "option", "text", "title"}
"""What holds a sentence, a row, or the words of a picture."""

Row = tuple[str, tuple[int, ...], int]
"""Whose answers, how many gave each level, and how many answered."""


@dataclass(frozen=True)
class Truth:
    """What may be shown of a round. `titles` of its groups by key; `small` never stands alone.

    `counted` are the numbers that may stand beside the small group: how many submitted, were expected, are needed.
    """

    table: PublishedTable
    titles: dict[str, str]
    small: str
    counted: frozenset[str]

    def rows(self, item: ItemTable) -> list[Row]:
        """The distributions of a question: of all, then of each block where there is more than one."""
        if item.too_few:
            return []
        blocks = item.blocks if len(item.blocks) > 1 else ()
        pooled = ("Alle zusammen", item.pooled, sum(item.pooled))
        return [pooled, *((self.whose(block), block.levels, block.n) for block in blocks)]

    def whose(self, block: Block) -> str:
        return self.titles[block.own] if block.own else TOGETHER

    def item(self, item_id: str) -> ItemTable:
        """The table of a question; a page without one fails the test."""
        found = self.table.item(item_id)
        assert found, item_id
        return found

    @property
    def blocks(self) -> set[str]:
        """All that may have figures of its own in this round."""
        return {self.whose(block) for part in self.table.items for block in part.blocks}


@dataclass(frozen=True)
class Reader:
    """Somebody's way through a round: the addresses below `base`, with what was read there."""

    base: str
    texts: dict[str, str] = field(default_factory=dict)

    def where(self, words: str) -> set[str]:
        """The addresses, without `base`, at which these words stand."""
        return {address.removeprefix(self.base) for address, text in self.texts.items() if words in text}


def read_all(client: Client, base: str, *starts: str) -> Reader:
    """Everything that can be reached from these pages by links, pictures and forms that only look something up."""
    reader, waiting = Reader(base), [base + start for start in starts]
    while waiting:
        address = waiting.pop()
        if address in reader.texts:
            continue
        answer = client.get(address, follow_redirects=True)
        assert answer.status_code == 200, (address, answer.status_code)
        kind = answer.headers["content-type"].split(";")[0]
        assert kind in READABLE, (address, kind)
        reader.texts[address] = answer.text
        if kind == "text/html":
            main = _neutral(answer.text, base)
            waiting += [base + found for found in _ways(main)]
    return reader


def _neutral(text: str, base: str) -> str:
    """What a page says, the same for readers at different addresses."""
    return text[text.index("<main") : text.index("</main>")].replace(f'"{base}/', '"./')


@lru_cache(maxsize=1024)
def _parsed(main: str) -> Markup:
    return Markup(main)


def _ways(main: str) -> Iterator[str]:
    page = _parsed(main)
    found = [one.attributes.get(name, "") for one in page.elements for name in ("href", "src", "data-hx-get")]
    asked = [form for form in page.forms if form.method == "get"]
    found += [f"{form.action}?{'&'.join(f'{name}={value}' for name, value in form.fields)}" for form in asked]
    return (way[1:].split("#")[0] for way in found if way.startswith("./"))


def check(reader: Reader, truth: Truth) -> None:
    """Nothing that is read differs from the published table, or says more. AssertionError with the address."""
    shown: set[str] = set()
    for address, text in reader.texts.items():
        rest = address.removeprefix(reader.base)
        assert not re.search(r"\bnan\b|None\b", text), address
        if rest.endswith(".json"):
            check_json(json.loads(text), truth)
        elif rest.endswith(".csv"):
            assert truth.titles[truth.small] not in text, address
        else:
            shown |= check_page(_neutral(text, reader.base), rest.split("?")[0], truth)
    assert shown == {item.item_id for item in truth.table.items if not item.too_few}


def check_json(document: dict[str, object], truth: Truth) -> None:
    """The file holds the table, and names the small group as one that was asked, or among others."""
    held = document["input"]
    assert isinstance(held, dict)
    assert PublishedTable.from_json(json.dumps(held["table"])) == truth.table
    named = {truth.small, truth.titles[truth.small]}
    allowed = re.compile(r"(round|input\.table)\.groups\.\d+\.(id|title)|input\.table\.(items\.\d+\.)?blocks\..*")
    for path, among in _strings(document, named):
        assert allowed.fullmatch(path), path
        assert ".blocks." not in path or len(among) > 1, path


def _strings(node: object, wanted: set[str], path: str = "", among: object = ()) -> Iterator[tuple[str, list[object]]]:
    """Where one of these stands as a value or a name, and the list it stands in."""
    if isinstance(node, str) and node in wanted:
        yield path.removeprefix("."), among if isinstance(among, list) else []
    if isinstance(node, dict):
        for name, value in node.items():
            yield from _strings(value, wanted, f"{path}.{name}")
            assert name not in wanted, path
    if isinstance(node, list):
        for place, value in enumerate(node):
            yield from _strings(value, wanted, f"{path}.{place}", node)


@lru_cache(maxsize=1024)
def _said_of(main: str, title: str) -> tuple[Element, ...]:
    """The smallest sentences and rows that name a group."""
    naming = [one for one in _parsed(main).elements if one.tag in SAYING and title in one.text]
    return tuple(one for at, one in enumerate(naming) if not any(_inside(o, one) for o in naming[at + 1 :]))


def _inside(inner: Element, outer: Element) -> bool:
    return inner.text in outer.text and inner.text != outer.text


def check_page(main: str, rest: str, truth: Truth) -> set[str]:
    """One page; the questions whose distributions it shows."""
    page = _parsed(main)
    _check_small(main, rest, truth)
    _check_pictures(page, rest, truth)
    found = distributions(page, rest)
    for item_id, rows in found.items():
        assert rows == truth.rows(truth.item(item_id)), (rest, item_id)
    if rest.startswith(QUESTION):
        _check_counts(page, truth.item(rest.removeprefix(QUESTION)), rest)
    return set(found)


def _check_small(main: str, rest: str, truth: Truth) -> None:
    """Beside the small group's title stand counts of people alone, or the figures of the block it is part of."""
    title = truth.titles[truth.small]
    for said in _said_of(main, title):
        if said.tag == "tr" and TOGETHER in said.text:
            continue  # a row of a distribution: compared with the table below
        numbers = set(NUMBER.findall(said.text))
        assert numbers <= truth.counted, (rest, said.text)
    if rest.startswith(("/vergleich", "/ergebnis")):
        values = [value for one in _parsed(main).elements for value in one.attributes.values()]
        assert not [value for value in values if title in value], rest


def _check_pictures(page: Markup, rest: str, truth: Truth) -> None:
    """Signs, letters, columns and the words of pictures belong to blocks of the table."""
    letters = {title[:3] for title in truth.blocks}
    for label in page.all("text", class_="dots__label"):
        assert label.text in letters, (rest, label.text)
    for one in page.all("span", class_="heard__letters"):
        assert one.text in letters, (rest, one.text)
    for table in ("fragen", "abschnitt", "abschnitte"):
        for head in _column_titles(page, table):
            assert head in truth.blocks, (rest, head)
    for words in page.all("desc"):
        hidden = [title for title in truth.titles.values() if title not in truth.blocks and f"{title}:" in words.text]
        assert not hidden, (rest, words.text)


def _column_titles(page: Markup, chart: str) -> list[str]:
    """The groups in the columns of a table behind a picture."""
    found: list[str] = []
    inside = is_column = False
    for one in page.elements:
        if one.tag == "table":
            inside = one.attributes.get("data-chart") == chart
        if one.tag == "th":
            is_column = inside and one.attributes.get("scope") == "col"
        if is_column and one.tag == "span" and one.attributes.get("class") == "visually-hidden":
            found.append(one.text)
    return found


def distributions(page: Markup, rest: str) -> dict[str, list[Row]]:
    """The rows of every table of levels, by question: the page's, or the one it stands under."""
    found: dict[str, list[Row]] = {}
    item_id = rest.removeprefix(QUESTION)
    cells: list[Element] = []
    inside = False
    for one in page.elements:
        if one.attributes.get("id", "").startswith("frage-"):
            item_id = one.attributes["id"].removeprefix("frage-")
        if one.tag == "table":
            inside = "spread" in one.attributes.get("class", "").split()
        if inside and one.tag in {"th", "td"} and one.attributes.get("scope") != "col":
            cells.append(one)
            if len(cells) == 9:  # title, five levels, n, middle, mean
                found.setdefault(item_id, []).append(_row(cells))
                cells = []
    return found


def _row(cells: list[Element]) -> Row:
    title = " ".join(cells[0].text.split())
    if TOGETHER in title:
        title = TOGETHER
    levels = tuple(int(cell.text) for cell in cells[1:6])
    return re.sub(r" \w{3}$", "", title), levels, int(cells[6].text)


def _check_counts(page: Markup, item: ItemTable, rest: str) -> None:
    """The counts of the whole round on a question's page, as far as the table has them."""
    levels = tuple(int(one.text) for one in page.all("span", class_="anchors__number"))
    assert levels == (() if item.too_few else item.pooled), rest
    facts = [part for part in page.elements if part.tag in {"dl", "dd"}]
    at = next(place for place, one in enumerate(facts) if "counts" in one.attributes.get("class", "").split())
    given = (item.asked, item.dont_know, item.not_applicable, item.blank)
    shown = [HIDDEN_COUNT if count is None else str(count) for count in given]
    assert [one.text for one in facts[at + 1 : at + 5]] == shown, rest
