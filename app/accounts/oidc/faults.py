# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
# ruff: noqa: N818  an error is named like what the page says, as in app.errors
"""What may go wrong on the way through the OpenID provider, as people are told (the log names the ``reason``)."""

from app.errors import AppError, Conflict, Forbidden, Offer, Unavailable
from app.i18n import N_


class ProviderAway(Unavailable):
    """503: the provider does not answer, or not with what the standard asks for."""

    key = "oidc_away"
    title = N_("Der Anmeldedienst antwortet gerade nicht")
    text = N_("Ihr Konto und alles, was gespeichert war, sind davon nicht betroffen.")
    help = N_(
        "Bitte versuchen Sie es in einigen Minuten noch einmal. Mit einem Passwort können Sie sich weiter anmelden."
    )
    offer: Offer = "sign_in"

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class TokenRefused(Forbidden):
    """403: what the provider (or somebody in its name) sent does not stand the test."""

    key = "oidc_refused"
    title = N_("Die Anmeldung ist nicht gelungen")
    text = N_("Die Antwort des Anmeldedienstes passt nicht. Zu Ihrem Schutz haben wir Sie nicht angemeldet.")
    help = N_("Beginnen Sie die Anmeldung noch einmal. Gelingt sie wieder nicht, sagen Sie der Betreiberin Bescheid.")
    offer: Offer = "sign_in"

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class SignInOver(Conflict):
    """409: this browser has not begun this sign-in, or it took too long, or it was finished before."""

    key = "oidc_over"
    title = N_("Diese Anmeldung ist abgelaufen")
    text = N_("Sie hat zu lange gedauert, wurde in einem anderen Browser begonnen oder ist schon abgeschlossen.")
    help = N_("Beginnen Sie die Anmeldung noch einmal. Beim Anmeldedienst brauchen Sie meist kein Passwort mehr.")
    offer: Offer = "sign_in"


class Declined(Forbidden):
    """403: the provider sent the person back without signing them in, for example because they stopped."""

    key = "oidc_declined"
    title = N_("Der Anmeldedienst hat Sie nicht angemeldet")
    text = N_("Die Anmeldung wurde dort abgebrochen oder abgelehnt.")
    help = N_("Beginnen Sie die Anmeldung noch einmal. Oder fragen Sie die Stelle, die Ihr Konto dort verwaltet.")
    offer: Offer = "sign_in"


class NotInvited(Forbidden):
    """403: a person whom the provider knows, and nobody has invited here."""

    key = "oidc_not_invited"
    title = N_("Sie haben hier noch kein Konto")
    text = N_("Der Anmeldedienst kennt Sie. Zum Selbstcheck hat Sie aber noch niemand eingeladen.")
    help = N_("Bitten Sie die Koordination Ihrer Kommune oder die Betreiberin, Ihre E-Mail-Adresse einzuladen.")
    offer: Offer = "start"


class AddressUnproved(Forbidden):
    """403: at the first sign-in the provider has to vouch for the address that was invited."""

    key = "oidc_address_unproved"
    title = N_("Ihre E-Mail-Adresse ist nicht bestätigt")
    text = N_("Für die erste Anmeldung muss der Anmeldedienst Ihre E-Mail-Adresse bestätigen. Das hat er nicht getan.")
    help = N_("Bestätigen Sie die Adresse dort, oder fragen Sie die Stelle, die Ihr Konto dort verwaltet.")
    offer: Offer = "start"


class HasPassword(Conflict):
    """409: the address belongs to an account with a way in of its own, which nobody takes over silently."""

    key = "oidc_has_password"
    title = N_("Ihr Konto hat ein Passwort")
    text = N_(
        "Zu Ihrer E-Mail-Adresse gibt es hier schon ein Konto. Zu Ihrem Schutz verbinden wir es nicht von selbst."
    )
    help = N_(
        "Melden Sie sich mit dem Passwort an. Danach können Sie unter „Konto“ das Konto mit dem Dienst verbinden."
    )
    offer: Offer = "sign_in"


class AddressTaken(Conflict):
    """409: the account with this address belongs to another person at the provider, perhaps to a former entry."""

    key = "oidc_address_taken"
    title = N_("Ihre E-Mail-Adresse gehört hier zu einem anderen Konto")
    text = N_("Der Anmeldedienst hat das Konto mit dieser Adresse früher für eine andere Person geführt.")
    help = N_("Bitten Sie die Betreiberin, das alte Konto zu löschen und Sie neu einzuladen.")
    offer: Offer = "start"


class OtherPerson(Conflict):
    """409: the account signed in here and the person at the provider are not known to be the same."""

    key = "oidc_other_person"
    title = N_("Das Konto wurde nicht verbunden")
    text = N_("Beim Anmeldedienst ist jemand mit einer anderen oder unbestätigten E-Mail-Adresse angemeldet.")
    help = N_(
        "Melden Sie sich dort ab und mit Ihrer eigenen Adresse wieder an. Verbinden Sie das Konto danach noch einmal."
    )
    offer: Offer = "back"


class AccountDisabled(Forbidden):
    """403: the account was disabled here."""

    key = "oidc_account_disabled"
    title = N_("Ihr Konto ist gesperrt")
    text = N_("Der Anmeldedienst kennt Sie, aber Ihr Konto beim Selbstcheck wurde gesperrt.")
    help = N_("Fragen Sie die Koordination Ihrer Kommune oder die Betreiberin.")
    offer: Offer = "start"


class LogoutRefused(AppError):
    """400: what was sent to the back channel is not a logout token of our provider (Back-Channel Logout 1.0, 2.8)."""

    status = 400
    key = "oidc_logout_refused"
    title = N_("Diese Abmeldung können wir nicht annehmen")
    text = N_("Es wurde niemand abgemeldet.")
    help = N_("Diese Adresse ist für den Anmeldedienst bestimmt, nicht für den Browser.")
    offer: Offer = "start"

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason
