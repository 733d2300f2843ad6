# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The settings of an instance, and the refusal to start in production while something is missing."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from app.settings.operator import REQUIRED, AccessibilitySettings, ImprintSettings, PrivacySettings
from app.settings.sources import FileSource, environment_name
from app.settings.staff import AccountSettings, MailSettings, OidcSettings

Network = IPv4Network | IPv6Network
DATABASES = frozenset({"sqlite", "postgres", "postgresql", "postgresql+psycopg"})
"""Schemes of DATABASE_URL; all but the first mean psycopg 3."""


SHORTEST_ACCESS_CODE = 10


class SettingsError(Exception):
    """The instance cannot start with these settings; the message names every one of them."""


class Settings(
    ImprintSettings,
    PrivacySettings,
    AccessibilitySettings,
    AccountSettings,
    MailSettings,
    OidcSettings,
    BaseSettings,
):
    """All settings. ``Settings(...)`` takes field names; ``load()`` reads the environment for the server."""

    model_config = SettingsConfigDict(env_prefix="SELBSTCHECK_", extra="ignore", frozen=True, validate_by_name=True)

    env: Literal["development", "production"] = Field(
        "development", description="Der eine Schalter für den Betrieb: „production“ verlangt alle Pflichtangaben"
    )
    database_url: str = Field(
        "sqlite:///./var/selbstcheck.db",
        validation_alias="DATABASE_URL",
        description="Datenbank, SQLite oder PostgreSQL (sqlite:///… oder postgresql://…)",
    )
    public_url: str = Field(
        "",
        description="Öffentliche Adresse mit https, auch mit Unterpfad, zum Beispiel https://www.example.org/selbstcheck",
        json_schema_extra=REQUIRED,
    )
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode] = Field(
        (),
        description="Adressen oder Netze der eigenen Proxys, mit Komma getrennt; nur ihnen wird X-Forwarded-* geglaubt",
    )
    access_code: SecretStr = Field(
        SecretStr(""),
        description="Zugangscode einer geschlossenen Instanz, mindestens 10 Zeichen: Nur wer ihn kennt, kann beginnen",
    )
    hsts_seconds: int = Field(
        31_536_000, ge=0, description="Gültigkeit von Strict-Transport-Security in Sekunden; 0 schaltet es aus"
    )
    draft_days: int = Field(
        30, ge=1, le=366, description="Tage nach der letzten Änderung, bis ein Entwurf gelöscht wird"
    )
    submitted_months: int = Field(
        24, ge=1, le=120, description="Monate nach der Abgabe, bis ein abgegebener Selbstcheck gelöscht wird"
    )
    report_months: int = Field(12, ge=1, le=36, description="Monate, bis eine gemeldete Barriere gelöscht wird")
    starts_per_hour: int = Field(
        600,
        ge=1,
        description="Neue Selbstchecks je Stunde und Anschluss; großzügig, weil ein Rathaus eine Adresse teilt",
    )
    failed_codes_per_hour: int = Field(
        60, ge=1, description="Falsche Codes je Stunde und Anschluss, bis eine Pause nötig ist"
    )
    questionnaires_dir: Path | None = Field(
        None,
        description="Verzeichnis mit eigenen Fragebögen und Zusätzen dieser Stelle, siehe docs/questionnaires.md",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="Ab welcher Stufe Meldungen ins Protokoll kommen"
    )
    source_url: str = Field(
        "", description="Adresse des Quellcodes; steht im Fuß jeder Seite", json_schema_extra=REQUIRED
    )

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _networks(cls, value: object) -> object:
        parts = value.split(",") if isinstance(value, str) else value
        return tuple(ip_network(part.strip()) if isinstance(part, str) else part for part in parts or () if part)  # type: ignore[attr-defined]  # pydantic reports what cannot be iterated

    @field_validator("questionnaires_dir", "breached_passwords_file", "ca_file", mode="before")
    @classmethod
    def _no_path(cls, value: object) -> object:
        """An empty value is none, and not the directory the server happens to run in."""
        return None if value == "" else value

    @field_validator("database_url")
    @classmethod
    def _database_url(cls, value: str) -> str:
        """One that can be read and that we have a driver for; the fault does not repeat it, it holds a password."""
        try:
            known = make_url(value).drivername in DATABASES
        except (ArgumentError, ValueError):
            known = False
        if not known:
            raise ValueError("muss mit sqlite:/// oder postgresql:// beginnen und eine lesbare Adresse sein")
        return value

    @field_validator("access_code")
    @classmethod
    def _access_code(cls, value: SecretStr) -> SecretStr:
        # A right code always passes, however many wrong ones came from the same town hall, so it must be long.
        if 0 < len(value.get_secret_value().strip()) < SHORTEST_ACCESS_CODE:
            raise ValueError(f"muss mindestens {SHORTEST_ACCESS_CODE} Zeichen haben")
        return value

    @field_validator("public_url")
    @classmethod
    def _public_url(cls, value: str) -> str:
        if value and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname):
            raise ValueError("muss mit https:// beginnen und einen Rechnernamen haben")
        if any(character in "?#" or character.isspace() for character in value):
            raise ValueError("darf weder Leerzeichen noch Abfrage (?) noch Sprungmarke (#) enthalten")
        return value.rstrip("/")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, FileSource(settings_cls)

    @property
    def root_path(self) -> str:
        """The sub-path under which the instance is reached: ``""`` or ``/selbstcheck``."""
        return urlsplit(self.public_url).path

    @property
    def production(self) -> bool:
        return self.env == "production"

    @property
    def sends_mail(self) -> bool:
        """True if there is a mail server; everything works without one (N-02)."""
        return bool(self.smtp_host and self.mail_from)

    @property
    def has_oidc(self) -> bool:
        """True if people may sign in through an OpenID provider."""
        return bool(self.oidc_issuer and self.oidc_client_id)

    @property
    def closed(self) -> bool:
        """True if only people with the access code may start a check."""
        return bool(self.access_code.get_secret_value())

    def missing(self) -> list[str]:
        """Environment names of everything production needs and this instance has not got."""
        fields = type(self).model_fields
        needed = [name for name, field in fields.items() if field.json_schema_extra == REQUIRED]
        return [environment_name(name) for name in needed if not getattr(self, name)]

    def ready(self) -> Self:
        """These settings, or ``SettingsError`` if production was asked for and something is missing."""
        if not self.production:
            return self
        faults = [f"{name}: Angabe fehlt" for name in self.missing()]
        if self.public_url and not self.public_url.startswith("https://"):
            faults.append("SELBSTCHECK_PUBLIC_URL: muss im Betrieb mit https:// beginnen")
        if self.smtp_host and not self.mail_from:
            faults.append("SELBSTCHECK_MAIL_FROM: muss angegeben sein, wenn E-Mails verschickt werden")
        if self.oidc_issuer and not self.oidc_issuer.startswith("https://"):
            faults.append("SELBSTCHECK_OIDC_ISSUER: muss im Betrieb mit https:// beginnen")
        if faults:
            raise SettingsError("\n".join(faults))
        return self


def load() -> Settings:
    """The settings of this process, checked; ``SettingsError`` with one line for each fault."""
    return read().ready()


def read() -> Settings:
    """The settings as they are, also where production still lacks some; ``SettingsError`` if one is unreadable."""
    try:
        return Settings()
    except ValidationError as invalid:
        lines = [f"{environment_name(str(fault['loc'][0]))}: {fault['msg']}" for fault in invalid.errors()]
        raise SettingsError("\n".join(lines)) from None
    except OSError as unreadable:
        raise SettingsError(f"{unreadable.filename}: Datei nicht lesbar") from None
