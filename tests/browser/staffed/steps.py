# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages that only a form leads to: what is typed where, and what comes of it. No step spoils the page of another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pyotp
from playwright.sync_api import Page, Response

from tests.app.accounts.local.people import PASSWORD
from tests.browser.staffed.looking import came, leaving
from tests.browser.staffed.visits import CHECK, Visit, filled
from tests.browser.staffed.world import World

LONG = "sehr-langes-wort-ohne-ende-" * 45


@dataclass(frozen=True)
class Step:
    """From a page to the template `shows`: type into the form with this end of its address, and press its button."""

    visit: Visit
    shows: str
    form: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    status: int = 422
    before: Callable[[Page, World], None] | None = None

    def __str__(self) -> str:
        words = (str(self.status), self.shows, self.form, self.visit.of, "typed" * bool(self.typed))
        return " ".join(filter(None, words)).replace("/", "|")

    def take(self, page: Page, world: World) -> Response:
        """Do it; the page that comes."""
        if self.before:
            self.before(page, world)
        end = filled(self.form, world, self.visit.of)
        form = page.locator("main form[method=post]" + (f"[action$='{end}']" if end else "")).first
        for selector, text in self.typed.items():
            where = form.locator(selector).first
            where.check() if where.get_attribute("type") in {"radio", "checkbox"} else where.fill(text)
        with leaving(page), page.expect_response(came) as coming:
            form.locator("button[type=submit]").first.click()
        return coming.value


def tampered(change: str) -> Callable[[Page, World], None]:
    """Change the form as no browser would, to see what is said then."""

    def tamper(page: Page, _: World) -> None:
        page.evaluate(change)

    return tamper


def with_code(page: Page, _: World) -> None:
    """Type what the app for codes shows."""
    secret = str(page.locator("input[name=secret]").get_attribute("value"))
    page.fill("#code", pyotp.TOTP(secret).now())
    page.fill("#current_password", PASSWORD)


def with_code_in_the_mail(page: Page, _: World) -> None:
    """Ask for another address, as far as the page for the code."""
    page.fill("#email", "noch.neuer@example.org")
    page.fill("#current_password", PASSWORD)
    with leaving(page):
        page.locator("main form button").click()


def signed_out_meanwhile(page: Page, world: World) -> None:
    """The session ended while something was typed: sign in again."""
    page.fill("#name", "Hilf Reich und Weise")
    page.context.clear_cookies()
    with leaving(page):
        page.locator("form[action$='/konto/name'] button").click()
    page.fill("#email", world.helper.email)
    page.fill("#password", PASSWORD)


def staying_here(page: Page, _: World) -> None:
    """The page on the way to the provider goes on by itself; without an answer from there it stays, to be looked at."""
    page.route("**/abgemeldet", lambda route: route.fulfill(status=204))


HELPER, BOSS, OPERATOR = "helper", "coordinator", "operator"
ROUND = "/durchgang/{round_id}"
TOWN, RUN_TOWN = "/kommune/{municipality_id}", "/verwaltung/kommunen/{municipality_id}"
NEW_ROUND = Visit(f"{TOWN}/durchgaenge/neu", BOSS, "town")
GRID = Visit(f"{ROUND}/papier/{{group_id}}", BOSS, "open")


def of_round(path: str, state: str = "open") -> Visit:
    return Visit(ROUND + path, BOSS, state)


ACCOUNTS = (
    Step(Visit("/anmelden"), "accounts/sign_in.html", "/anmelden"),
    Step(Visit("/anmelden"), "accounts/sign_in.html", "/anmelden", {"#email": "a@example.org", "#password": "falsch"}),
    Step(Visit("/anmelden/code", "half"), "accounts/code.html", "/code"),
    Step(Visit("/anmelden/vergessen"), "accounts/forgot.html", "/vergessen"),
    Step(Visit("/einladung/{link}", of="invited"), "accounts/invitation.html", typed={"#name": ""}),
    Step(Visit("/passwort/{link}", of="reset"), "accounts/reset.html"),
    Step(Visit("/konto/name", HELPER), "accounts/name.html", "/name", {"#name": ""}),
    Step(Visit("/konto/passwort", HELPER), "accounts/password.html", "/passwort"),
    Step(Visit("/konto/email", HELPER), "accounts/email.html", "/email"),
    Step(
        Visit("/konto/email", HELPER),
        "accounts/email_code.html",
        "/email",
        {"#email": "neu@example.org", "#current_password": PASSWORD},
        200,
    ),
    Step(Visit("/konto/email", HELPER), "accounts/email_code.html", "/bestaetigen", before=with_code_in_the_mail),
    Step(Visit("/konto/loeschen", HELPER), "accounts/delete.html", "/loeschen"),
    Step(Visit("/konto/zweiter-faktor", HELPER), "accounts/set_up.html", "/zweiter-faktor"),
    Step(Visit("/konto/zweiter-faktor/codes", HELPER), "accounts/renew_codes.html", "/codes"),
    Step(Visit("/konto/zweiter-faktor/entfernen", HELPER), "accounts/remove_second_factor.html", "/entfernen"),
    Step(
        Visit("/konto/zweiter-faktor", "newer"), "accounts/recovery_codes.html", "/zweiter-faktor", {}, 200, with_code
    ),
    Step(Visit("/konto/name", HELPER), "accounts/kept.html", "/anmelden", {}, 200, signed_out_meanwhile),
    Step(Visit("/anmelden"), "accounts/oidc_leave.html", "/oidc", {}, 200, staying_here),
    Step(Visit("/verwaltung/konten", OPERATOR), "accounts/list.html", "/konten"),
    Step(Visit("/verwaltung/konten/{account_id}", OPERATOR, "town"), "accounts/person.html"),
)

MUNICIPALITIES = (
    Step(Visit("/verwaltung/mail", OPERATOR), "mail/queue.html", "/probe", {"#recipient": "niemand"}),
    Step(Visit("/verwaltung/kommunen/neu/angaben", OPERATOR), "municipalities/details.html", "/angaben"),
    Step(Visit(RUN_TOWN, OPERATOR, "town"), "municipalities/operated.html", "/{municipality_id}/einladen"),
    Step(Visit(f"{RUN_TOWN}/angaben", OPERATOR, "town"), "municipalities/edit.html", "/angaben", {"#name": ""}),
    Step(Visit(f"{RUN_TOWN}/loeschen", OPERATOR, "town"), "municipalities/delete.html", "/loeschen"),
    Step(Visit(f"{TOWN}/", BOSS, "town"), "municipalities/home.html", "/kommune/{municipality_id}/einladen"),
    Step(
        Visit(f"{TOWN}/", BOSS, "town"),
        "municipalities/home.html",
        "/{municipality_id}/einladen",
        {"#guest_name": "Ne U", "#email": "gast@example.org", "#role": ""},
        200,
    ),
)

PLANNING = (
    Step(NEW_ROUND, "rounds/basics.html", "/neu", {"#closes_on": "bald"}),
    Step(of_round("/planen", "planned"), "rounds/basics.html", "/planen", {"#title": "", "#opens_on": "31.2.2027"}),
    Step(of_round("/planen/worte"), "rounds/address.html", "/worte", {"#contact": LONG, "#message": LONG}),
    Step(
        of_round("/planen/ziele"),
        "rounds/targets.html",
        "/ziele",
        before=tampered("document.querySelector('main select').selectedOptions[0].value = '9', undefined"),
    ),
    Step(
        of_round("/planen/gruppen", "planned"),
        "rounds/groups.html",
        "/gruppen",
        {"#expected-politics": "viele", "#expected-own-1": "-1"},
    ),
    Step(
        of_round("/planen/schutz", "planned"), "rounds/protection.html", "/schutz", {"#n_min": "1", "#raw_months": ""}
    ),
    Step(of_round("/moderation"), "rounds/moderators.html", "/moderation"),
    Step(
        of_round("/moderation"),
        "rounds/moderators.html",
        "/moderation",
        {"#name": "Gast Moderation", "#email": "moderation@example.org"},
        200,
    ),
    Step(of_round("/loeschen"), "rounds/deletion.html", "/loeschen", {"#title": "ein anderer"}),
)

RUNNING = (
    Step(of_round("/einladen"), "rounds/invite.html", "/codes"),
    Step(of_round("/einladen"), "rounds/slips.html", "/codes", {"input[name=count]": "9"}, 200),
    Step(of_round("/mail"), "rounds/mail.html", "/adresse", {"input[name=email]": "niemand"}),
    Step(
        of_round("/mail/adressen/{group_id}"),
        "rounds/mail_addresses.html",
        "/{group_id}",
        {"#addresses": "niemand\n" + LONG},
    ),
    Step(of_round("/mail/einladung"), "rounds/mail_letter.html", "/einladung", {"#subject": "", "#body": "Hallo"}),
    Step(of_round("/mail/erinnerung"), "rounds/mail_letter.html", "/erinnerung", {"#body": ""}),
    Step(GRID, "rounds/grid.html", "/{group_id}", {"input.grid__sign": "9"}),
    Step(
        GRID, "errors/error.html", "/{group_id}", before=tampered("document.querySelector('[name=sheet]').value = 'x'")
    ),
    Step(Visit(GRID.pattern, BOSS, "named"), "rounds/grid.html", "/{group_id}"),
    Step(of_round("/abschluss", "closed"), "rounds/closing.html", "/wieder-oeffnen"),
    Step(of_round("/abschluss", "released"), "rounds/closing.html", "/links"),
    Step(of_round("/abschluss", "released"), "rounds/closing.html", "/links", {"#label": "Rat"}, 200),
)

TAKING_PART = (
    Step(Visit("/mitmachen/{entry}", of="named"), "rounds/entry.html", "/{entry}"),
    Step(Visit("/mitmachen/{entry}", of="used code"), "errors/error.html", "/{entry}", status=409),
    Step(Visit(f"{CHECK}/klaeren", "team", "team"), "clarifications/asking.html", "/klaeren"),
    Step(
        Visit(f"{CHECK}/klaeren", "team", "team"),
        "clarifications/asking.html",
        "/klaeren",
        {"#asked": "Bauamt", "input[name=items]": ""},
        200,
    ),
    Step(Visit("/klaeren/{delegation}", of="asked"), "clarifications/proposing.html", "/{delegation}"),
)

STEPS = (*ACCOUNTS, *MUNICIPALITIES, *PLANNING, *RUNNING, *TAKING_PART)
