# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of all settings for operators: ``python -m app.settings.reference`` writes docs/einstellungen.md."""

from pathlib import Path

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from app.settings.model import Settings
from app.settings.operator import REQUIRED, AccessibilitySettings, ImprintSettings, PrivacySettings
from app.settings.sources import environment_name
from app.settings.staff import AccountSettings, MailSettings, OidcSettings

DOCUMENT = Path("docs/einstellungen.md")

_INTRODUCTION = """\
<!-- SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors -->
<!-- SPDX-License-Identifier: EUPL-1.2 -->
<!-- Made by `python -m app.settings.reference`; a test compares. Change the descriptions in app/settings. -->

# Einstellungen

Der Selbstcheck liest alle Einstellungen aus Umgebungsvariablen. Jede kann auch in einer Datei stehen: Hängen
Sie `_FILE` an den Namen und geben Sie den Pfad an, zum Beispiel
`SELBSTCHECK_ACCESS_CODE_FILE=/run/secrets/zugangscode`. Steht beides da, gilt die Variable selbst.

Zum Ausprobieren ist keine Einstellung nötig. Im Betrieb (`SELBSTCHECK_ENV=production`) startet der Server erst,
wenn alle Angaben mit „ja“ in der Spalte „Pflicht“ da sind. Fehlt etwas, nennt er alles Fehlende auf einmal.
"""

_GROUPS: tuple[tuple[str, type[BaseModel] | None], ...] = (
    ("Betrieb", None),
    ("Impressum", ImprintSettings),
    ("Datenschutz", PrivacySettings),
    ("Barrierefreiheit", AccessibilitySettings),
    ("Konten und Fristen", AccountSettings),
    ("E-Mail", MailSettings),
    ("OpenID Connect", OidcSettings),
)


def markdown() -> str:
    """The whole document."""
    return "\n".join([_INTRODUCTION, *(_group(title, model) for title, model in _GROUPS)])


def _group(title: str, model: type[BaseModel] | None) -> str:
    head = [f"## {title}", "", "| Name | Bedeutung | Pflicht | Ohne Angabe |", "| --- | --- | --- | --- |"]
    rows = [_row(name, Settings.model_fields[name]) for name in _fields(model)]
    return "\n".join([*head, *rows, ""])


def _fields(model: type[BaseModel] | None) -> list[str]:
    """Names of a group's fields; the first group has all that belong to no other."""
    if model is not None:
        return list(model.model_fields)
    grouped = {name for _, group in _GROUPS if group for name in group.model_fields}
    return [name for name in Settings.model_fields if name not in grouped]


def _row(name: str, field: FieldInfo) -> str:
    required = "ja" if field.json_schema_extra == REQUIRED else "nein"
    meaning = (field.description or "").replace("|", "\\|")
    return f"| `{environment_name(name)}` | {meaning} | {required} | {_default(field.default)} |"


def _default(value: object) -> str:
    shown = value.get_secret_value() if isinstance(value, SecretStr) else value
    return f"`{shown}`" if shown not in (None, "", ()) else "leer"


if __name__ == "__main__":
    DOCUMENT.write_text(markdown(), encoding="utf-8")
