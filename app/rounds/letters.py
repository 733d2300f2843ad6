# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The texts with which people are invited and reminded by mail: written by the coordinator, filled for each group.

In German, as everything that leaves this server by mail. All of a group get the same text with the same link (N-03).
What has to be said to everybody (why, what becomes of the address, how to get no more) stands below it and cannot be
edited (N-08).
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.errors import Problem
from app.i18n import N_
from app.tables.rounds import LETTER_LENGTH, LETTER_SUBJECT_LENGTH

Occasion = Literal["invitation", "reminder"]
PLACEHOLDERS = ("kommune", "titel", "link", "code", "bis", "kontakt")
IN_SUBJECT = ("kommune", "titel", "bis")
_PLACE = re.compile(r"\{([^{}\n]{0,80})\}")


@dataclass(frozen=True, slots=True)
class LetterText:
    """Subject and text, with or without their places filled."""

    subject: str
    body: str


def default_text(occasion: Occasion, mode: str, message: str) -> LetterText:
    """What stands in the form at first, as a browser sends it back; `message`: the coordinator's words in the plan."""
    if occasion == "reminder":
        return LetterText("Erinnerung: {titel}", _REMINDER.strip())
    own = f"{message.strip()}\n\n" if message.strip() else ""
    body = _INVITATION.replace("[own]", own).replace("[mode]", _NAMED if mode == "named" else _ANONYMOUS)
    return LetterText("Einladung: {titel}", body.strip())


def fingerprint(kept: LetterText | None) -> str:
    """Tells one kept text from another, and from none."""
    return hashlib.sha256(f"{kept.subject}\x1f{kept.body}".encode()).hexdigest()[:16] if kept else ""


def problems_of(text: LetterText) -> tuple[Problem, ...]:
    """What has to be mended before it can be sent."""
    return (*_problems("subject", text.subject, LETTER_SUBJECT_LENGTH), *_problems("body", text.body, LETTER_LENGTH))


def filled(text: LetterText, values: Mapping[str, str]) -> LetterText:
    """Every place filled, once: what stands in a value is no place."""

    def fill(words: str) -> str:
        return _PLACE.sub(lambda found: values.get(_name(found), found[0]), words)

    return LetterText(fill(text.subject), fill(text.body))


def with_footer(text: LetterText, occasion: Occasion, *, municipality: str, days: int, privacy: str) -> LetterText:
    """The text with what everybody has to be told; `days` until the address is deleted, after the end."""
    everybody = _EVERYBODY if occasion == "reminder" else ""
    footer = _FOOTER.format(municipality=municipality, everybody=everybody, deleted=_deleted(days), privacy=privacy)
    return LetterText(text.subject, f"{text.body.rstrip()}\n\n{footer}")


def _problems(field: str, words: str, longest: int) -> list[Problem]:
    if not words:
        return [Problem(field, _EMPTY[field])]
    found = []
    if len(words) > longest:
        found.append(Problem(field, N_("Das ist zu lang. Bitte kürzen Sie es auf {most} Zeichen."), {"most": longest}))
    names = dict.fromkeys(map(_name, _PLACE.finditer(words)))
    known = IN_SUBJECT if field == "subject" else PLACEHOLDERS
    found += [Problem(field, _unknown(field, name), {"name": f"{{{name}}}"}) for name in names if name not in known]
    if field == "body" and "link" not in names:
        found.append(
            Problem("body", N_("Der Platzhalter {link} fehlt. Ohne ihn kann niemand teilnehmen."), {"link": "{link}"})
        )
    return found


def _unknown(field: str, name: str) -> str:
    if field == "subject" and name in PLACEHOLDERS:
        return N_("{name} kann nicht im Betreff stehen. Bitte verwenden Sie den Platzhalter im Text.")
    return N_("Den Platzhalter {name} gibt es nicht. Bitte nehmen Sie einen aus der Liste.")


def _name(found: re.Match[str]) -> str:
    return found[1].strip().lower()


def _deleted(days: int) -> str:
    if days == 0:
        return "am Ende der Befragung"
    return "einen Tag nach dem Ende der Befragung" if days == 1 else f"{days} Tage nach dem Ende der Befragung"


_EMPTY = {
    "subject": N_("Bitte schreiben Sie einen Betreff."),
    "body": N_("Bitte schreiben Sie einen Text."),
}
_INVITATION = """\
Guten Tag,

wie gut ist {kommune} für Vielfalt, Integration und Krisen aufgestellt? Das möchten wir von verschiedenen Gruppen wissen, auch von Ihnen.

[own]So machen Sie mit, bis zum {bis}:
{link}

Sie können jederzeit unterbrechen und später weitermachen. [mode] Wie Ihre Antworten geschützt sind, lesen Sie vor der ersten Frage.

Fragen beantwortet: {kontakt}
"""  # noqa: E501  paragraphs as people edit them
_ANONYMOUS = "Sie antworten anonym."
_NAMED = "Sie antworten mit Ihrem Namen."
_REMINDER = """\
Guten Tag,

noch bis zum {bis} können Sie sagen, wie gut {kommune} für Vielfalt, Integration und Krisen aufgestellt ist:
{link}

Haben Sie schon mitgemacht? Dann vielen Dank, Sie brauchen nichts mehr zu tun. Haben Sie angefangen und unterbrochen? Dann machen Sie mit Ihrem eigenen Code weiter.

Fragen beantwortet: {kontakt}
"""  # noqa: E501  as above
_EVERYBODY = (
    "Die Erinnerung geht an alle Eingeladenen, auch an alle, die schon geantwortet haben. "
    "Wer geantwortet hat, ist nicht mit Ihrer Adresse verbunden. "
)
_FOOTER = """\
---
Sie erhalten diese E-Mail, weil {municipality} Sie einlädt. {everybody}Der Link ist für alle in Ihrer Gruppe gleich. Ihre Adresse löschen wir spätestens {deleted}.

Sie möchten keine weiteren E-Mails zu dieser Befragung? Antworten Sie kurz auf diese E-Mail. Dann streichen wir Ihre Adresse.

Datenschutz: {privacy}
"""  # noqa: E501  as above
