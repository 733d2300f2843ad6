# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Settings for rounds and those who run them: accounts, mail, OpenID Connect, retention."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field, SecretStr


class AccountSettings(BaseModel):
    """Signing in with an account of this instance."""

    session_idle_minutes: int = Field(
        60,
        ge=10,
        le=1_200,
        description="Minuten ohne Aufruf, bis ein Konto abgemeldet wird; fünf Minuten vorher kommt ein Hinweis",
    )
    session_hours: int = Field(20, ge=20, le=168, description="Stunden, nach denen eine Anmeldung in jedem Fall endet")
    failed_sign_ins_per_hour: int = Field(
        20, ge=5, description="Falsche Passwörter oder Codes je Stunde und Konto, bis eine Pause nötig ist"
    )
    breached_passwords_file: Path | None = Field(
        None, description="Datei mit bekannt gewordenen Passwörtern, eines je Zeile; ergänzt die mitgelieferte Liste"
    )
    audit_months: int = Field(
        12, ge=1, le=60, description="Monate, bis Einträge im Verlauf der Handlungen gelöscht werden"
    )
    account_months: int = Field(
        24, ge=1, le=120, description="Monate nach der letzten Anmeldung, bis ein Konto gelöscht wird"
    )
    address_days: int = Field(
        30,
        ge=0,
        le=30,
        description="Tage nach dem Ende eines Durchgangs, bis eingeladene E-Mail-Adressen gelöscht werden",
    )


class MailSettings(BaseModel):
    """The operator's own mail relay (N-01). Without it everything works, only nothing is sent."""

    smtp_host: str = Field(
        "", description="Rechner, der E-Mails annimmt; leer: Der Selbstcheck verschickt keine E-Mails"
    )
    smtp_port: int = Field(587, ge=1, le=65_535, description="Port des Mailservers")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="Verschlüsselung: starttls, tls (von Anfang an) oder none (nur im eigenen Netz)"
    )
    smtp_user: str = Field("", description="Benutzername am Mailserver; leer: ohne Anmeldung")
    smtp_password: SecretStr = Field(SecretStr(""), description="Passwort am Mailserver")
    smtp_timeout: int = Field(
        20, ge=1, le=120, description="Sekunden, bis eine Verbindung zum Mailserver aufgegeben wird"
    )
    mail_from: str = Field("", description="Absender-Adresse; ihre Domain gehört der Betreiberin (SPF, DKIM, DMARC)")
    mails_per_minute: int = Field(
        60, ge=1, le=6_000, description="Wie viele E-Mails je Minute höchstens verschickt werden"
    )
    ca_file: Path | None = Field(
        None,
        description="Eigene Zertifizierungsstellen (PEM) für Mailserver und OpenID, zusätzlich zu denen des Systems",
    )


class OidcSettings(BaseModel):
    """Signing in through the operator's own identity provider (X-17)."""

    oidc_issuer: str = Field("", description="Adresse des OpenID-Providers (Issuer); leer: nur Konten dieser Instanz")
    oidc_client_id: str = Field("", description="Kennung dieser Instanz beim OpenID-Provider")
    oidc_client_secret: SecretStr = Field(SecretStr(""), description="Geheimnis dieser Instanz beim OpenID-Provider")
    oidc_name: str = Field(
        "", description="Wie der OpenID-Provider auf der Anmeldeseite heißt, zum Beispiel „Stadt-Login“"
    )
    oidc_second_factor: str = Field(
        "",
        description="Werte von acr oder amr mit Komma, die als zweiter Faktor gelten; * für jede Anmeldung dort",
    )
