# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Everything that is over its time, in one go (D-15): each part of the house lets go of what it keeps."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from app import audit
from app.accounts import retention as accounts
from app.clock import Clock, months_after
from app.mail.retention import forget_addresses
from app.operations.actions import delete_reports
from app.responses import retention as responses
from app.rounds.retention import delete_raw_answers
from app.settings import Settings


@dataclass(frozen=True, slots=True)
class Swept:
    """What was, or would be, deleted, and how many of it."""

    what: str
    number: int


def sweep(db: Session, settings: Settings, clock: Clock, *, dry_run: bool = False) -> tuple[Swept, ...]:
    """Delete it, or with `dry_run` only count it; in English, for the command line."""
    return (
        *_responses(db, settings, clock, dry_run=dry_run),
        *_rounds(db, settings, clock, dry_run=dry_run),
        *_people(db, settings, clock, dry_run=dry_run),
    )


def _responses(db: Session, settings: Settings, clock: Clock, *, dry_run: bool) -> Iterator[Swept]:
    today = clock.today()
    found = responses.delete_expired(
        db,
        today=today,
        draft_days=settings.draft_days,
        submitted_months=settings.submitted_months,
        dry_run=dry_run,
    )
    reports = delete_reports(db, before=months_after(today, -settings.report_months), dry_run=dry_run)
    yield Swept(f"drafts unchanged for {settings.draft_days} days", found.drafts)
    yield Swept(f"checks submitted {settings.submitted_months} months ago", found.submitted)
    yield Swept(f"barrier reports older than {settings.report_months} months", reports)


def _rounds(db: Session, settings: Settings, clock: Clock, *, dry_run: bool) -> Iterator[Swept]:
    today, days = clock.today(), settings.address_days
    raw = delete_raw_answers(db, today=today, dry_run=dry_run)
    addresses = forget_addresses(db, today=today, address_days=days, dry_run=dry_run)
    yield Swept("rounds whose single answers are over their months", raw.rounds)
    yield Swept("responses of those rounds", raw.responses)
    yield Swept(f"addresses and mails of rounds closed {days} days ago, and older mails", addresses)


def _people(db: Session, settings: Settings, clock: Clock, *, dry_run: bool) -> Iterator[Swept]:
    now, today = clock.now(), clock.today()
    found = accounts.delete_expired(db, settings, now=now, today=today, dry_run=dry_run)
    kept = now - timedelta(days=(today - months_after(today, -settings.audit_months)).days)
    acts = audit.delete_entries(db, before=kept, dry_run=dry_run)
    yield Swept("sessions that are over", found.sessions)
    yield Swept("links and sign-ins that are over", found.links)
    yield Swept(f"accounts unused for {settings.account_months} months", found.accounts)
    yield Swept(f"acts older than {settings.audit_months} months", acts)
