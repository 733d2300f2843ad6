# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the operator of an instance has to say about itself: imprint, data protection, accessibility.

A field marked with ``REQUIRED`` must be filled before an instance starts in production (A-01, D-13).
"""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, Field

from app.settings.states import State

REQUIRED: dict[str, Any] = {"required_in_production": True}

Conformity = Literal["voll", "teilweise", "nicht"]


class ImprintSettings(BaseModel):
    """Who runs the instance (§ 5 DDG)."""

    operator_name: str = Field(
        "", description="Name der Betreiberin, zum Beispiel „Stadt Musterstadt“", json_schema_extra=REQUIRED
    )
    operator_address: str = Field("", description="Anschrift; Zeilen mit | trennen", json_schema_extra=REQUIRED)
    operator_email: str = Field("", description="E-Mail-Adresse für Fragen zum Selbstcheck", json_schema_extra=REQUIRED)
    operator_phone: str = Field("", description="Telefonnummer für Fragen zum Selbstcheck")
    operator_representative: str = Field(
        "", description="Wer die Betreiberin vertritt, mit Amt", json_schema_extra=REQUIRED
    )
    operator_supervision: str = Field("", description="Aufsichtsbehörde, falls eine zu nennen ist")
    operator_vat_id: str = Field("", description="Umsatzsteuer-Identifikationsnummer, falls vorhanden")


class PrivacySettings(BaseModel):
    """The notice under Art. 13 DSGVO; what the software itself does is said by the page."""

    dpo_contact: str = Field(
        "",
        description="Datenschutzbeauftragte Person oder Stelle mit Anschrift oder E-Mail; Zeilen mit | trennen",
        json_schema_extra=REQUIRED,
    )
    privacy_legal_basis: str = Field(
        "",
        description="Rechtsgrundlage der Verarbeitung, mit Artikel der DSGVO und Landesdatenschutzgesetz",
        json_schema_extra=REQUIRED,
    )
    privacy_authority: str = Field(
        "",
        description="Zuständige Datenschutz-Aufsichtsbehörde mit Anschrift; Zeilen mit | trennen",
        json_schema_extra=REQUIRED,
    )
    privacy_hosting: str = Field("", description="Wer den Server betreibt und wo er steht", json_schema_extra=REQUIRED)
    privacy_recipients: str = Field(
        "Niemand außer der Betreiberin und ihrem technischen Dienstleister", description="Wer die Angaben sonst erhält"
    )
    privacy_version: date | None = Field(
        None, description="Stand der Datenschutzhinweise (JJJJ-MM-TT)", json_schema_extra=REQUIRED
    )


class AccessibilitySettings(BaseModel):
    """The statement on accessibility under the state's law (BGG § 12b and its parallels)."""

    state: State | None = Field(
        None,
        description="Bundesland der Betreiberin als Kürzel, zum Beispiel NI; bestimmt die Rechtsgrundlage",
        json_schema_extra=REQUIRED,
    )
    accessibility_law: str = Field(
        "", description="Rechtsgrundlage der Erklärung; leer: der übliche Name des Landesgesetzes"
    )
    accessibility_status: Conformity | None = Field(
        None, description="Stand der Vereinbarkeit: voll, teilweise oder nicht", json_schema_extra=REQUIRED
    )
    accessibility_method: str = Field(
        "", description="Wie geprüft wurde, zum Beispiel „Selbstbewertung“", json_schema_extra=REQUIRED
    )
    accessibility_date: date | None = Field(
        None, description="Wann die Erklärung zuletzt geprüft wurde (JJJJ-MM-TT)", json_schema_extra=REQUIRED
    )
    accessibility_gaps: str = Field("", description="Weitere Barrieren dieser Instanz; Einträge mit | trennen")
    accessibility_email: str = Field(
        "", description="E-Mail-Adresse für gemeldete Barrieren; leer: die der Betreiberin"
    )
    accessibility_phone: str = Field("", description="Telefonnummer für gemeldete Barrieren; leer: die der Betreiberin")
    enforcement_body: str = Field(
        "",
        description="Durchsetzungs- oder Schlichtungsstelle mit Anschrift; Zeilen mit | trennen",
        json_schema_extra=REQUIRED,
    )
    enforcement_url: str = Field(
        "", description="Adresse der Durchsetzungs- oder Schlichtungsstelle im Netz", json_schema_extra=REQUIRED
    )
    easy_language_url: str = Field("", description="Seite in Leichter Sprache; leer: kein Verweis im Seitenkopf")
    sign_language_url: str = Field(
        "", description="Seite oder Film in Deutscher Gebärdensprache; leer: kein Verweis im Seitenkopf"
    )
