# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which passwords can be used (X-12): long enough, not on a list, not made of what everybody knows.

No rules of composition, no expiry. The lists lie on this server: nothing that somebody types leaves it.
"""

import mmap
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from app.errors import Problem
from app.i18n import N_

SHORTEST = 12
MOST = 256
EASY = 9.0
"""Up to ten to this power of guesses a password counts as easily guessed; zxcvbn estimates them."""
LEAST_OWN = 8
"""Characters that must remain when everything about the person and the place is taken away."""
LEAST_WORD = 4
_BETWEEN = " .-_@"
ESTIMATED = 72
"""zxcvbn looks at so many characters at most."""
FIELD = "new_password"
PLACE_WORDS = (
    "selbstcheck", "weltoffene", "weltoffen", "kommune", "gemeinde", "landkreis", "kreis", "stadt", "rathaus",
    "verwaltung", "passwort", "kennwort", "password", "hallo", "willkommen", "sommer", "winter", "herbst",
)  # fmt: skip


def weakness(password: str, breached: Path | None = None) -> Problem | None:
    """What keeps this password from being used, whoever chooses it."""
    if not password:
        return Problem(FIELD, N_("Bitte wählen Sie ein Passwort mit mindestens {least} Zeichen."), {"least": SHORTEST})
    if len(password) < SHORTEST:
        return Problem(FIELD, _SHORT, {"count": len(password), "least": SHORTEST})
    if len(password) > MOST:
        return Problem(
            FIELD, N_("Dieses Passwort ist zu lang. Bitte kürzen Sie es auf {most} Zeichen."), {"most": MOST}
        )
    if password.casefold() in _common() or _stands_in(breached, password):
        return Problem(FIELD, _LISTED)
    return Problem(FIELD, _GUESSED) if _guesses(password) < EASY else None


def known_words(password: str, *about: str) -> Problem | None:
    """What keeps it from being used by this person: it is made of their name, address or place."""
    rest = whole = password.casefold()
    for word in sorted({*PLACE_WORDS, *_words(about)}, key=len, reverse=True):
        rest = rest.replace(word, "")
    own = sum(letter not in _BETWEEN for letter in rest)
    return None if own >= LEAST_OWN or rest == whole else Problem(FIELD, _ABOUT)


def _words(texts: Iterable[str]) -> set[str]:
    parts = "".join(letter if letter.isalnum() else " " for text in texts for letter in f"{text.casefold()} ")
    return {word for word in parts.split() if len(word) >= LEAST_WORD}


@cache
def _common() -> frozenset[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # type: ignore[import-untyped]  # heavy, so only here

    return frozenset(FREQUENCY_LISTS["passwords"])


def _guesses(password: str) -> float:
    """How many guesses it takes, as a power of ten."""
    from zxcvbn import zxcvbn  # type: ignore[import-untyped]  # as above

    return float(zxcvbn(password[:ESTIMATED], user_inputs=list(PLACE_WORDS))["guesses_log10"])


def _stands_in(path: Path | None, password: str) -> bool:
    """Whether it is a line of the operator's file; the file may be large and is not read into memory."""
    if path is None or path.stat().st_size == 0:
        return False
    line = password.encode()
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
        start = text.find(line)
        while start != -1:
            end = start + len(line)
            if (start == 0 or text[start - 1] in b"\n") and (end == len(text) or text[end] in b"\r\n"):
                return True
            start = text.find(line, start + 1)
    return False


_SHORT = N_(
    "Dieses Passwort hat {count} Zeichen. Nötig sind {least}. Gut merken lassen sich vier Wörter, die nicht "
    "zusammengehören."
)
_LISTED = N_(
    "Dieses Passwort steht auf einer Liste häufiger Passwörter. Bitte wählen Sie ein anderes, zum Beispiel vier "
    "Wörter, die nicht zusammengehören."
)
_GUESSED = N_(
    "Dieses Passwort lässt sich leicht erraten. Bitte vermeiden Sie Reihen und Wiederholungen. Gut sind vier Wörter, "
    "die nicht zusammengehören."
)
_ABOUT = N_(
    "Dieses Passwort besteht fast nur aus Ihrem Namen, Ihrer Adresse, Ihrer Kommune oder dem Namen dieses Angebots. "
    "Bitte nehmen Sie andere Wörter dazu."
)
