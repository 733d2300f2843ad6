# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Checks of the words: length, plain German (U-20), gender signs (U-22), questions about a person (D-12).

They look at every text of a definition in all its variants. Each finding says which text it means.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from questionnaires.definition import Questionnaire
from questionnaires.overlays import texts_of
from questionnaires.parts import Text


class Fault(NamedTuple):
    """A fault before it has a place: code, the thing (kind, id, steps inside), what, and what to do."""

    code: str
    at: tuple[str | int, ...]
    message: str
    remedy: str


LONGEST = {
    "short_title": 24,
    "prompt": 180,
    "help": 230,
    "anchors": 230,
    "action": 125,
    "how": 360,
    "why": 260,
    "summary": 260,
    "text": 480,
    "needs": 220,
    "success": 220,
    "title": 100,
}
"""Most characters of a text by the name of its field."""

MOST_WORDS = 20
"""Most words of a sentence (U-20)."""

GENDER_SIGN = re.compile(r"\w[*:_·/]-?in(?:nen)?\b|\b\w*[a-zäöüß]In(?:nen)?\b")
HARD_WORDS = re.compile(
    r"\b(gemäß|bzgl\.|bezüglich|i\. ?d\. ?R\.|ggf\.|z\. ?B\.|d\. ?h\.|u\. ?a\.|etc\.|usw\.|hinsichtlich|"
    r"seitens|zwecks|diesbezüglich|vgl\.|bzw\.)",
    re.IGNORECASE,
)
ABOUT_A_PERSON = re.compile(
    r"\b(haben|sind|gehören|fühlen|glauben|leben|stammen|wurden) sie\b|"
    r"\bihr(e|er|en|em)? (alter|geschlecht|religion|herkunft|staatsangehörigkeit|partei|"
    r"fraktion|glaube|muttersprache)\b",
    re.IGNORECASE,
)
ENDS = re.compile(r"(?<=[.?!…])[“\"]?\s+(?=[A-ZÄÖÜ„0-9])")

Check = Callable[[tuple[str | int, ...], str, str], Iterator[Fault]]


def wording_faults(questionnaire: Questionnaire) -> Iterator[Fault]:
    """All faults in the words of a definition."""
    for name, text in texts_of(questionnaire):
        at = place_of(name)
        for variant in text.variants.values():
            for check in TEXT_CHECKS:
                yield from check(at, variant, _field(at))
    yield from _prompts(questionnaire)


def place_of(name: str) -> tuple[str | int, ...]:
    """`items.E1.netz.anchors.2` as (kind, id, steps inside…); item ids hold a dot of their own."""
    kind, *rest = name.split(".")
    if kind not in {"lenses", "owners", "sections", "practices", "items"}:
        return (kind,)
    length = 2 if kind == "items" else 1
    inside = (int(step) if step.isdigit() else step for step in rest[length:])
    return (kind, ".".join(rest[:length]), *inside)


def sentences(text: str) -> list[str]:
    """The sentences of a text, split at full stops, question marks and ellipses before a capital."""
    return [part for part in ENDS.split(text) if part.strip()]


def _field(at: tuple[str | int, ...]) -> str:
    return next((step for step in reversed(at) if isinstance(step, str)), "")


def _too_long(at: tuple[str | int, ...], text: str, name: str) -> Iterator[Fault]:
    limit = LONGEST.get(name)
    if limit and len(text) > limit:
        message = f"{len(text)} characters, at most {limit}: „{text[:40]}…“"
        yield Fault("text-too-long", at, message, "shorten the text")


def _long_sentence(at: tuple[str | int, ...], text: str, name: str) -> Iterator[Fault]:
    for sentence in sentences(text):
        words = len(re.findall(r"\w[\w'’-]*", sentence))
        if words > MOST_WORDS:
            message = f"{words} words in one sentence, at most {MOST_WORDS}: „{sentence[:60]}…“"
            yield Fault("sentence-too-long", at, message, "make two sentences of it")


def _gender_sign(at: tuple[str | int, ...], text: str, name: str) -> Iterator[Fault]:
    for sign in GENDER_SIGN.finditer(text):
        message = f"a sign inside a word near „{text[max(0, sign.start() - 12) : sign.end()]}“"
        yield Fault("gender-sign", at, message, "use a neutral form or name both (U-22)")


def _hard_word(at: tuple[str | int, ...], text: str, name: str) -> Iterator[Fault]:
    for word in HARD_WORDS.finditer(text):
        yield Fault("hard-word", at, f"„{word.group()}“ is no plain German", "say it in plain words (U-20)")


TEXT_CHECKS: tuple[Check, ...] = (_too_long, _long_sentence, _gender_sign, _hard_word)


def _prompts(questionnaire: Questionnaire) -> Iterator[Fault]:
    for item in questionnaire.items:
        at = ("items", item.id, "prompt")
        for variant in item.prompt.variants.values():
            if not variant.rstrip().endswith("?"):
                yield Fault("no-question", at, "the prompt does not end with a question mark", "ask a question")
        if item.about == "person" or _about_a_person(item.prompt):
            message = "the item asks about the respondent, not about the municipality"
            yield Fault("asks-about-person", at, message, "ask about the municipality's structures (D-12)")


def _about_a_person(prompt: Text) -> bool:
    return any(ABOUT_A_PERSON.search(variant) for variant in prompt.variants.values())
