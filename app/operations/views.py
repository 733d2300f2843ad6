# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the legal pages and the form for barriers show, made from the settings of the instance."""

from dataclasses import dataclass
from datetime import date

from app.accounts.oidc import name_of
from app.errors import Problem
from app.i18n import N_
from app.operations.gaps import Gap, product_gaps
from app.settings import Settings
from app.settings.states import LAWS

_CONFORMITY = {
    "voll": N_("vollständig vereinbar"),
    "teilweise": N_("teilweise vereinbar"),
    "nicht": N_("nicht vereinbar"),
}


@dataclass(frozen=True, slots=True)
class ImprintPage:
    """Who runs this instance; ``missing`` is True while the operator has not filled it in."""

    name: str
    address: tuple[str, ...]
    representative: str
    email: str
    phone: str
    supervision: str
    vat_id: str
    source_url: str
    missing: bool


@dataclass(frozen=True, slots=True)
class PrivacyPage:
    """The notice under Art. 13 DSGVO."""

    name: str
    address: tuple[str, ...]
    email: str
    dpo: tuple[str, ...]
    legal_basis: str
    hosting: str
    recipients: str
    authority: tuple[str, ...]
    version: date | None
    draft_days: int
    submitted_months: int
    report_months: int
    address_days: int
    audit_months: int
    account_months: int
    provider: str
    """Where people with an account sign in, empty where there is no such place."""
    missing: bool


@dataclass(frozen=True, slots=True)
class AccessibilityPage:
    """The statement on accessibility with its seven parts (A-01)."""

    name: str
    state: str
    law: str
    status: str
    complete: bool
    product_gaps: tuple[Gap, ...]
    own_gaps: tuple[str, ...]
    method: str
    checked_on: date | None
    email: str
    phone: str
    enforcement: tuple[str, ...]
    enforcement_url: str
    missing: bool


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The form for a barrier, with what was typed so far."""

    page: str
    description: str
    contact: str
    problems: tuple[Problem, ...]
    months: int


def imprint_page(settings: Settings) -> ImprintPage:
    return ImprintPage(
        name=settings.operator_name,
        address=_lines(settings.operator_address),
        representative=settings.operator_representative,
        email=settings.operator_email,
        phone=settings.operator_phone,
        supervision=settings.operator_supervision,
        vat_id=settings.operator_vat_id,
        source_url=settings.source_url,
        missing=bool(settings.missing()),
    )


def privacy_page(settings: Settings) -> PrivacyPage:
    return PrivacyPage(
        name=settings.operator_name,
        address=_lines(settings.operator_address),
        email=settings.operator_email,
        dpo=_lines(settings.dpo_contact),
        legal_basis=settings.privacy_legal_basis,
        hosting=settings.privacy_hosting,
        recipients=settings.privacy_recipients,
        authority=_lines(settings.privacy_authority),
        version=settings.privacy_version,
        draft_days=settings.draft_days,
        submitted_months=settings.submitted_months,
        report_months=settings.report_months,
        address_days=settings.address_days,
        audit_months=settings.audit_months,
        account_months=settings.account_months,
        provider=name_of(settings),
        missing=bool(settings.missing()),
    )


def accessibility_page(settings: Settings) -> AccessibilityPage:
    law = LAWS[settings.state] if settings.state else None
    status = settings.accessibility_status
    return AccessibilityPage(
        name=settings.operator_name,
        state=law.name if law else "",
        law=settings.accessibility_law or (law.act if law else ""),
        status=_CONFORMITY[status] if status else "",
        complete=status == "voll",
        product_gaps=product_gaps(),
        own_gaps=_lines(settings.accessibility_gaps),
        method=settings.accessibility_method,
        checked_on=settings.accessibility_date,
        email=settings.accessibility_email or settings.operator_email,
        phone=settings.accessibility_phone or settings.operator_phone,
        enforcement=_lines(settings.enforcement_body),
        enforcement_url=settings.enforcement_url,
        missing=bool(settings.missing()),
    )


def _lines(text: str) -> tuple[str, ...]:
    """The lines of a setting, which separates them with a bar."""
    return tuple(line.strip() for line in text.split("|") if line.strip())
