# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading a page as a browser without script does: its title, its words, its links, and its forms to be posted."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset({"area", "br", "hr", "img", "input", "link", "meta", "source", "wbr"})

Attributes = dict[str, str]


@dataclass
class Form:
    """A form with the fields that would be sent, in their order, and its submit buttons."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def values(self, **changes: str) -> dict[str, str]:
        """What would be posted, changed as somebody types; later fields of a name win, as on the server."""
        return dict(self.fields) | changes


@dataclass
class Element:
    """A start tag with the text inside it."""

    tag: str
    attributes: Attributes
    text: str = ""


class Markup(HTMLParser):
    """One parsed page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.forms: list[Form] = []
        self._open: list[Element] = []
        self._disabled: list[Element] = []
        self._option_of = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)
        if tag == "form":
            self.forms.append(Form(element.attributes.get("action", ""), element.attributes.get("method", "get")))
        if tag == "select":
            self._option_of = element.attributes.get("name", "")
        self._note_field(element)

    def handle_endtag(self, tag: str) -> None:
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at].tag == tag:
                closed = self._open[at]
                del self._open[at:]
                self._close_field(closed)
                return

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def _note_field(self, element: Element) -> None:
        found, kind = element.attributes, element.attributes.get("type", "text")
        if not self._in_form() or "name" not in found or "disabled" in found or self._in_disabled():
            return
        if element.tag == "button":
            self.forms[-1].buttons.append((found["name"], found.get("value", "")))
        elif element.tag == "input" and kind != "file" and (kind not in {"radio", "checkbox"} or "checked" in found):
            self.forms[-1].fields.append((found["name"], found.get("value", "")))

    def _close_field(self, element: Element) -> None:
        if not self._in_form() or self._in_disabled():
            return
        if element.tag == "textarea" and "name" in element.attributes:
            self.forms[-1].fields.append((element.attributes["name"], element.text.removeprefix("\n")))
        if element.tag == "option" and "selected" in element.attributes:
            self.forms[-1].fields.append((self._option_of, element.attributes.get("value", element.text)))

    def _in_form(self) -> bool:
        return any(element.tag == "form" for element in self._open)

    def _in_disabled(self) -> bool:
        return any(element.tag == "fieldset" and "disabled" in element.attributes for element in self._open)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Elements of this tag with these attributes; `class_` means one of the classes."""
        return [element for element in self.elements if element.tag == tag and _fits(element, attributes)]

    def one(self, tag: str, **attributes: str) -> Element:
        """The only such element."""
        (found,) = self.all(tag, **attributes)
        return found

    def by_id(self, identifier: str) -> Element:
        """The element with this id, which must be unique."""
        (found,) = [element for element in self.elements if element.attributes.get("id") == identifier]
        return found

    @property
    def title(self) -> str:
        return self.all("title")[0].text

    @property
    def words(self) -> str:
        """Everything a reader sees in the body, with single spaces."""
        return " ".join(self.all("main")[0].text.split())

    @property
    def links(self) -> list[str]:
        return [element.attributes["href"] for element in self.all("a") if "href" in element.attributes]

    def form(self, ending: str) -> Form:
        """The form whose address ends so."""
        (found,) = [form for form in self.forms if form.action.endswith(ending)]
        return found


def _fits(element: Element, attributes: Attributes) -> bool:
    classes = element.attributes.get("class", "").split()
    for name, value in attributes.items():
        if name == "class_":
            if value not in classes:
                return False
        elif element.attributes.get(name.replace("_", "-")) != value:
            return False
    return True
