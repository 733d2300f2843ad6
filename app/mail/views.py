# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The operator's page about mail."""

from dataclasses import dataclass

from app.errors import Problem
from app.mail.faults import page_words
from app.mail.queries import Failed, Queue, Trial
from app.settings import Settings


@dataclass(frozen=True, slots=True)
class RelayFacts:
    """How the relay is set up; of the password only whether there is one."""

    is_complete: bool
    host: str
    port: int
    security: str
    user: str
    has_password: bool
    timeout: int
    sender: str
    per_minute: int
    ca_file: str


@dataclass(frozen=True, slots=True)
class FailedMail:
    """A failed message with its reason in words."""

    mail: Failed
    reason: Problem


@dataclass(frozen=True, slots=True)
class MailPage:
    """The relay, the test, the queue. `recipient`: what stands in the form."""

    relay: RelayFacts
    queue: Queue
    failed: tuple[FailedMail, ...]
    trial_reason: Problem | None
    waiting_reason: Problem | None
    recipient: str
    problems: tuple[Problem, ...] = ()

    @property
    def trial(self) -> Trial | None:
        return self.queue.trial

    @property
    def trial_is_under_way(self) -> bool:
        return self.trial is not None and self.trial.status in {"queued", "sending"}


def mail_page(settings: Settings, queue: Queue, recipient: str, problems: tuple[Problem, ...] = ()) -> MailPage:
    trial = queue.trial
    return MailPage(
        relay=relay_facts(settings),
        queue=queue,
        failed=tuple(FailedMail(one, page_words(one.fault)) for one in queue.failed),
        trial_reason=page_words(trial.fault) if trial and trial.fault else None,
        waiting_reason=page_words(queue.waiting_fault) if queue.waiting_fault else None,
        recipient=recipient,
        problems=problems,
    )


def relay_facts(settings: Settings) -> RelayFacts:
    return RelayFacts(
        is_complete=settings.sends_mail,
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        user=settings.smtp_user,
        has_password=bool(settings.smtp_password.get_secret_value()),
        timeout=settings.smtp_timeout,
        sender=settings.mail_from,
        per_minute=settings.mails_per_minute,
        ca_file=str(settings.ca_file or ""),
    )
