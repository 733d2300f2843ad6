# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may do what: the one table of permissions, and the proofs that somebody may.

Queries and actions take a proof (`Scope`, `RoundScope` …), never an id from the address. Only ``app.web.access``
(and the command line) makes one; a standing test finds any other place that tries.

An operator runs the instance and is not part of any municipality: what is answered and what comes of it stays with
the municipality. What people may do who only answer is not in the table: their code is all they need.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from app.errors import NotAllowed, ReadOnly


class Role(StrEnum):
    """What somebody with an account is, on the instance (operator), in a municipality, or in a round."""

    OPERATOR = "operator"
    COORDINATOR = "coordinator"
    MEMBER = "member"
    MODERATOR = "moderator"


class Action(StrEnum):
    """What can be done: the object, a dot, and the verb."""

    INSTANCE_VIEW = "instance.view"
    INSTANCE_MUNICIPALITIES = "instance.municipalities"
    INSTANCE_ACCOUNTS = "instance.accounts"
    INSTANCE_MAIL = "instance.mail"
    INSTANCE_AUDIT = "instance.audit"
    MUNICIPALITY_VIEW = "municipality.view"
    MUNICIPALITY_EDIT = "municipality.edit"
    MUNICIPALITY_PEOPLE = "municipality.people"
    MUNICIPALITY_AUDIT = "municipality.audit"
    ROUND_CREATE = "municipality.create_round"
    ROUND_VIEW = "round.view"
    ROUND_PLAN = "round.plan"
    ROUND_INVITE = "round.invite"
    ROUND_WATCH = "round.watch"
    ROUND_PAPER = "round.paper"
    ROUND_CLOSE = "round.close"
    ROUND_RELEASE = "round.release"
    ROUND_MODERATORS = "round.moderators"
    ROUND_RESULTS = "round.results"
    ROUND_COMMENTS = "round.comments"
    ROUND_DELETE = "round.delete"

    @property
    def object(self) -> str:
        """What it is done to: instance, municipality or round."""
        return self.value.partition(".")[0]


_OPERATOR, _COORDINATOR = frozenset({Role.OPERATOR}), frozenset({Role.COORDINATOR})
_RUNNING = frozenset({Role.COORDINATOR, Role.MODERATOR})
_WITHIN = frozenset({Role.COORDINATOR, Role.MEMBER})
_ALL_OF_ROUND = frozenset({Role.COORDINATOR, Role.MEMBER, Role.MODERATOR})

PERMISSIONS: Mapping[Action, frozenset[Role]] = MappingProxyType(
    {
        Action.INSTANCE_VIEW: _OPERATOR,
        Action.INSTANCE_MUNICIPALITIES: _OPERATOR,
        Action.INSTANCE_ACCOUNTS: _OPERATOR,
        Action.INSTANCE_MAIL: _OPERATOR,
        Action.INSTANCE_AUDIT: _OPERATOR,
        Action.MUNICIPALITY_VIEW: _WITHIN,
        Action.MUNICIPALITY_EDIT: _COORDINATOR,
        Action.MUNICIPALITY_PEOPLE: _COORDINATOR,
        Action.MUNICIPALITY_AUDIT: _COORDINATOR,
        Action.ROUND_CREATE: _COORDINATOR,
        Action.ROUND_VIEW: _ALL_OF_ROUND,
        Action.ROUND_PLAN: _COORDINATOR,
        Action.ROUND_INVITE: _COORDINATOR,
        Action.ROUND_WATCH: _RUNNING,
        Action.ROUND_PAPER: _RUNNING,
        Action.ROUND_CLOSE: _COORDINATOR,
        Action.ROUND_RELEASE: _COORDINATOR,
        Action.ROUND_MODERATORS: _COORDINATOR,
        # And only once the result was released to this person (rule M7.8).
        Action.ROUND_RESULTS: _ALL_OF_ROUND,
        Action.ROUND_COMMENTS: _RUNNING,
        Action.ROUND_DELETE: _COORDINATOR,
    }
)
"""Role × action; the object is in the action's name. Printed in docs/rechte.md, which a test compares."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Access to one response: its id, the code if this browser holds it, and whether it may be changed."""

    response_id: str
    code: str | None = field(repr=False)
    can_edit: bool


@dataclass(frozen=True, slots=True)
class EntryScope:
    """A way into one group of a round: the link that everybody of the group shares, or a code for one participation.

    `ticket` is the digest of that code, None for the link. `code` is what was typed.
    """

    round_id: str
    group_id: str
    code: str = field(repr=False)
    ticket: str | None = field(default=None, repr=False)

    @property
    def is_single(self) -> bool:
        """Whether it lets in one person only."""
        return self.ticket is not None


@dataclass(frozen=True, slots=True)
class DelegationScope:
    """A request to a colleague, opened by its link: its questions, and nothing else of the check behind it.

    `check` only serves to read the municipality and the questionnaire; it changes nothing.
    """

    delegation_id: str
    check: Scope


@dataclass(frozen=True, slots=True)
class AccountScope:
    """Somebody who is signed in, with the second factor where the role needs it.

    `session` is the digest of this browser's session. `has_second_factor`: it was proved in this session.
    """

    account_id: str
    name: str
    is_operator: bool
    session: str = field(repr=False)
    has_second_factor: bool = False

    def may(self, action: Action) -> bool:
        """Whether this is allowed to the operator of the instance."""
        return self.is_operator and Role.OPERATOR in PERMISSIONS[action]


@dataclass(frozen=True, slots=True)
class MunicipalityScope:
    """Access of a signed-in person to one municipality, in a role there."""

    municipality_id: str
    role: Role
    account: AccountScope

    def may(self, action: Action) -> bool:
        return self.role in PERMISSIONS[action]


@dataclass(frozen=True, slots=True)
class RoundScope:
    """Access of a signed-in person to one round: roles in its municipality and as its moderator."""

    round_id: str
    municipality_id: str
    roles: frozenset[Role]
    account: AccountScope

    def may(self, action: Action) -> bool:
        return bool(self.roles & PERMISSIONS[action])


@dataclass(frozen=True, slots=True)
class ReadingScope:
    """Access to the released result of one round (M7.8): released to this account, or opened by a link.

    `can_review`: may also read and release comments.
    """

    round_id: str
    can_review: bool = False


def require_edit(scope: Scope) -> None:
    """Raise ``ReadOnly`` unless the scope may change the response."""
    if not scope.can_edit:
        raise ReadOnly


def require(scope: AccountScope | MunicipalityScope | RoundScope, action: Action) -> None:
    """Raise ``NotAllowed`` unless the table allows this to the scope's role."""
    if not scope.may(action):
        raise NotAllowed
