# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every page of rounds, accounts, municipalities, mail, clarifications, results: who visits it, in which state."""

import re
from dataclasses import dataclass, replace

from tests.browser.staffed.world import STATE, World


@dataclass(frozen=True)
class Visit:
    """A page as somebody finds it. `of` names the values of its address, `bare` an instance without mail and OpenID.

    `again`: what is on it was looked at elsewhere, only the frame is another one; its colours need not be measured.
    """

    pattern: str
    who: str = ""
    of: str = "nothing"
    query: str = ""
    status: int = 200
    bare: bool = False
    again: bool = False

    def __str__(self) -> str:
        words = (self.pattern, self.query, self.who, self.of.replace("nothing", ""), "bare" * self.bare)
        return " ".join(filter(None, words)).replace("/", "|")

    def address(self, world: World) -> str:
        """Where it is in this world."""
        return filled(self.pattern, world, self.of) + self.query


def filled(pattern: str, world: World, of: str) -> str:
    """An address with real values."""
    return re.sub(r"{(\w+)}", lambda part: world.values[of][part[1]], pattern)


def at(pattern: str, *who: str, of: str = "nothing", query: str = "", status: int = 200) -> tuple[Visit, ...]:
    """The same page visited by these people; without any, by somebody who is nobody here."""
    return tuple(Visit(pattern, one, of, query, status) for one in who or ("",))


def states(pattern: str, *which: str) -> tuple[Visit, ...]:
    """The same page of rounds in these states, which look different."""
    return tuple(Visit(pattern, "coordinator", one) for one in which)


def variants(pattern: str, first: str, *others: str) -> tuple[Visit, ...]:
    """The same page of rounds in these states; what differs are words and numbers, and what can be changed."""
    return (*states(pattern, first), *again(*states(pattern, *others)))


def again(*visits: Visit) -> tuple[Visit, ...]:
    """These once more, from another side."""
    return tuple(replace(one, again=True) for one in visits)


ALL = ("operator", "coordinator", "member", "moderator")

ACCOUNTS = (
    *at("/anmelden", "", "coordinator"),
    *at("/anmelden", query="?weiter=/konto"),
    *at("/anmelden/code", "half"),
    *at("/abgemeldet"),
    *at("/anmelden/vergessen"),
    *at("/anmelden/vergessen/gesendet"),
    *at("/einladung/{link}", of="invited"),
    *at("/einladung/{link}", of="wrong link", status=410),
    *at("/passwort/{link}", of="reset"),
    *at("/konto", "operator", "coordinator", "helper"),
    *again(*at("/konto", "member", "moderator")),
    *at("/konto", "helper", query="?getan=passwort"),
    *at("/konto/name", "helper"),
    *at("/konto/passwort", "helper", "coordinator"),
    *at("/konto/email", "helper"),
    *at("/konto/loeschen", "helper", "coordinator"),
    *at("/konto/zweiter-faktor", "new", "helper", "coordinator"),
    *at("/konto/zweiter-faktor/codes", "helper"),
    *at("/konto/zweiter-faktor/entfernen", "helper"),
    *at("/konto/oidc", "helper"),
    *at("/anmelden/oidc/zurueck", "from the provider", query=f"?code=c&state={STATE}"),
    *at("/anmelden/oidc/abmelden"),
    *at("/anmelden/oidc/abgemeldet"),
)

INSTANCE = (
    *at("/verwaltung", "operator"),
    *at("/verwaltung/konten", "operator"),
    *at("/verwaltung/konten/{account_id}", "operator", of="town"),
    *at("/verwaltung/verlauf", "operator"),
    *at("/verwaltung/kommunen", "operator"),
    *at("/verwaltung/kommunen/neu", "operator"),
    *at("/verwaltung/kommunen/neu", "operator", query="?suche=belm"),
    *at("/verwaltung/kommunen/neu/angaben", "operator"),
    *at("/verwaltung/kommunen/{municipality_id}", "operator", of="town"),
    *at("/verwaltung/kommunen/{municipality_id}/angaben", "operator", of="town"),
    *at("/verwaltung/kommunen/{municipality_id}/loeschen", "operator", of="town"),
    *at("/verwaltung/mail", "operator"),
)

MUNICIPALITY = (
    *at("/kommunen", *ALL),
    *at("/kommune/{municipality_id}/", "coordinator", "member", of="town"),
    *at("/kommune/{municipality_id}/angaben", "coordinator", of="town"),
    *at("/kommune/{municipality_id}/verlauf", "coordinator", of="town"),
    *at("/kommune/{municipality_id}/personen/{account_id}/entfernen", "coordinator", of="town"),
)

PLANNING = (
    *at("/durchgaenge", *ALL),
    *at("/durchgaenge", "coordinator", query="?suche=gibt-es-nicht"),
    *at("/kommune/{municipality_id}/durchgaenge/neu", "coordinator", of="town"),
    *states("/durchgang/{round_id}/", "empty", "planned", "open", "to come", "over", "named", "closed", "released"),
    *at("/durchgang/{round_id}/", "coordinator", of="open", query="?neu=1"),
    *at("/durchgang/{round_id}/", "member", "moderator", of="open"),
    *at("/durchgang/{round_id}/", "member", "moderator", of="released"),
    *variants("/durchgang/{round_id}/planen", "planned", "open"),
    *variants("/durchgang/{round_id}/planen/worte", "planned", "open"),
    *variants("/durchgang/{round_id}/planen/ziele", "planned", "open"),
    *variants("/durchgang/{round_id}/planen/gruppen", "empty", "planned", "open"),
    *variants("/durchgang/{round_id}/planen/schutz", "planned", "open"),
    *states("/durchgang/{round_id}/oeffnen", "empty", "planned"),
    *variants("/durchgang/{round_id}/moderation", "planned", "closed"),
    *states("/durchgang/{round_id}/loeschen", "planned", "released"),
)

RUNNING = (
    *states("/durchgang/{round_id}/stand", "open", "closed"),
    *again(*at("/durchgang/{round_id}/stand", "moderator", of="open")),
    *variants("/durchgang/{round_id}/einladen", "planned", "open", "closed"),
    *variants("/durchgang/{round_id}/einladen/{group_id}/plakat", "open", "named"),
    *variants("/durchgang/{round_id}/mail", "planned", "open", "closed"),
    *variants("/durchgang/{round_id}/mail/adressen/{group_id}", "planned", "open"),
    *at("/durchgang/{round_id}/mail/adressen/{group_id}", "coordinator", of="open", query="?neu=2&bekannt=1"),
    *states("/durchgang/{round_id}/mail/einladung", "open"),
    *states("/durchgang/{round_id}/mail/erinnerung", "open"),
    *states("/durchgang/{round_id}/mail/einladung/vorschau", "open"),
    *states("/durchgang/{round_id}/mail/erinnerung/vorschau", "open"),
    *variants("/durchgang/{round_id}/papier", "planned", "open", "closed"),
    *again(*at("/durchgang/{round_id}/papier", "moderator", of="open")),
    *variants("/durchgang/{round_id}/papier/{group_id}/bogen", "open", "named"),
    *again(*at("/durchgang/{round_id}/papier/{group_id}/bogen", "moderator", of="open")),
    *variants("/durchgang/{round_id}/papier/{group_id}", "open", "named"),
    *at("/durchgang/{round_id}/papier/{group_id}", "moderator", of="open", query="?zurueck=1"),
    *at("/durchgang/{round_id}/papier/{group_id}", "coordinator", of="open", query=f"?bogen={'4' * 32}"),
    *states("/durchgang/{round_id}/abschluss", "planned", "open", "named", "closed", "released"),
)

CHECK = "/check/{response_id}"
SECTION, REVIEW = f"{CHECK}/abschnitt/{{section_id}}", f"{CHECK}/pruefen"
OPEN, LATE, DONE = "participant", "participant too late", "participant who is done"


def own(who: str, *patterns: str) -> tuple[Visit, ...]:
    """Pages of somebody's own answers."""
    return tuple(Visit(pattern, who, who) for pattern in patterns)


TAKING_PART = (
    *at("/mitmachen/{entry}", of="open"),
    *at("/mitmachen/{entry}", of="named"),
    *at("/mitmachen/{entry}", of="code"),
    *at("/mitmachen/{entry}", of="planned"),
    *at("/mitmachen/{entry}", of="to come"),
    *at("/mitmachen/{entry}", of="closed"),
    *at("/mitmachen/{entry}", of="wrong link", status=404),
    *at("/mitmachen/{entry}", OPEN, DONE, of="open"),
    *at("/mitmachen/{entry}", LATE, of="over"),
    *(one for who in (OPEN, LATE, "team") for one in own(who, f"{CHECK}/", f"{CHECK}/code", f"{CHECK}/loeschen")),
    *own("team", SECTION, REVIEW),
    *own(DONE, f"{CHECK}/", SECTION, REVIEW, f"{CHECK}/code", f"{CHECK}/quittung", f"{CHECK}/ergebnis"),
    *again(*own(OPEN, SECTION, REVIEW, f"{CHECK}/ergebnis"), *own(LATE, SECTION, REVIEW, f"{CHECK}/ergebnis")),
    *again(*own("team", f"{CHECK}/ergebnis")),
    *at(CHECK + "/klaeren", "team", of="team"),
    *at("/klaeren/{delegation}", of="asked"),
    *at("/klaeren/{delegation}", of="proposed"),
    *at("/klaeren/{delegation}", of="proposed", query="?gespeichert=1"),
    *at("/klaeren/{delegation}", of="wrong link", status=404),
)

PAGES = ("", "/abschnitte", "/faktoren", "/schritte", "/listen", "/methode", "/druck")
VIEWS = ("", "/agenda", "/abschnitt/{section_id}", "/frage/{item_id}")
OWN, READER = "/durchgang/{round_id}", "coordinator of the result"
RESULTS = (
    *(one for page in PAGES for one in at(f"{OWN}/ergebnis{page}", READER, of="result")),
    *(one for view in VIEWS for one in at(f"{OWN}/vergleich{view}", READER, of="result")),
    *(one for view in VIEWS for one in at(f"{OWN}/vergleich{view}", "member of the named result", of="named result")),
    *again(*(one for page in PAGES for one in at("/gemeinsam/{share}/ergebnis" + page, of="result"))),
    *again(*(one for view in VIEWS for one in at("/gemeinsam/{share}/vergleich" + view, of="result"))),
    *at("/gemeinsam/{share}/ergebnis", of="result of too few"),
    *at("/gemeinsam/{share}/vergleich", of="result of too few"),
    *at("/ansicht/{token}/abschnitte", of="alone"),
    *at("/durchgang/{round_id}/vergleich/frage/{item_id}", "moderator", "member of the result", of="result"),
    *again(*at("/durchgang/{round_id}/ergebnis", "moderator", of="released")),
    *at("/durchgang/{round_id}/vergleich", "moderator", of="released"),
    *at("/gemeinsam/{share}/vergleich", of="wrong link", status=404),
    *again(Visit("/beispiel/ergebnis/abschnitte")),
    *at("/barriere-melden/danke"),
)

REFUSED = (
    *at("/durchgang/{round_id}/planen", "member", of="planned", status=403),
    *at("/durchgang/{round_id}/", "stranger", of="planned", status=404),
    *at("/verwaltung", "coordinator", status=403),
    *at("/durchgang/{round_id}/vergleich", "coordinator", of="closed", status=404),
)

BARE = (
    *(Visit(path, bare=True) for path in ("/anmelden", "/anmelden/vergessen", "/anmelden/vergessen/gesendet")),
    *(Visit(path, "helper", bare=True) for path in ("/konto", "/konto/email")),
    Visit("/verwaltung/mail", "operator", bare=True),
    Visit("/durchgang/{round_id}/mail", "coordinator", "open", bare=True),
)

VISITS = (*(*ACCOUNTS, *INSTANCE, *MUNICIPALITY, *PLANNING, *RUNNING, *TAKING_PART, *RESULTS, *REFUSED, *BARE),)
"""All of them; that none is missing, and none twice, is tested."""

NO_PAGES = {
    "/healthz": "for machines",
    "/readyz": "for machines",
    "/static/{version}/{path:path}": "styles, scripts, pictures",
    "/check/{response_id}/daten.json": "a file",
    "/konto/daten.json": "a file",
    "/durchgang/{round_id}/ergebnis/daten.json": "a file",
    "/gemeinsam/{share}/ergebnis/daten.json": "a file",
    "/mitmachen": "leads on to the page where a code is typed",
}
"""What can be read at an address and is no page, and why."""
