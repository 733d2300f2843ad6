# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where it goes on after signing in: a page of ours, or a form that was typed before the session was over (A-18).

What was typed travels through the pages of signing in as hidden fields, in the browser of the person who typed it,
and is sent again by one press of a button. Passwords and codes never travel that way.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

BACK, TO, KEPT = "weiter", "kept_to", "kept."
LONGEST_BACK = 300
"""As long as the address may be that is remembered while somebody is at the OpenID provider."""
_SECRET_WORDS = frozenset({"password", "passwort", "code", "secret"})
_WORD_ENDS = re.compile(r"[._\-\[\]]")


@dataclass(frozen=True, slots=True)
class Onward:
    """`back`: a page to read. `to` and `pairs`: a form to send again; a form goes before a page."""

    back: str = ""
    to: str = ""
    pairs: tuple[tuple[str, str], ...] = ()

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """Hidden fields that carry this on to the next page."""
        back = ((BACK, self.back),) if self.back else ()
        if not self.to:
            return back
        return (*back, (TO, self.to), *((KEPT + name, value) for name, value in self.pairs))


def onward_from(
    pairs: Iterable[tuple[str, str]], readable: Callable[[str], bool], takes: Callable[[str], bool]
) -> Onward:
    """What the fields of a form, or a query, say; addresses that are not ours are left out (X-05)."""
    found = [*pairs]
    first = dict(reversed(found))
    back, to = first.get(BACK, ""), first.get(TO, "")
    kept = tuple((name.removeprefix(KEPT), value) for name, value in found if name.startswith(KEPT))
    back = back if len(back) <= LONGEST_BACK and readable(back) else ""
    return Onward(back, to if takes(to) else "", without_secrets(kept) if takes(to) else ())


def without_secrets(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The fields without passwords and codes: they are typed again."""
    return tuple((name, value) for name, value in pairs if not _SECRET_WORDS & {*_WORD_ENDS.split(name.lower())})
