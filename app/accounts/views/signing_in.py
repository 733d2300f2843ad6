# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages on the way in: sign in, second factor, links that work once, and what was kept meanwhile."""

from dataclasses import dataclass, field

from markupsafe import Markup

from app.accounts.onward import Onward
from app.accounts.second_factor import grouped_secret, qr_svg
from app.errors import Problem
from app.tokens import grouped


@dataclass(frozen=True, slots=True)
class SignInPage:
    """Address and password. `provider`: name of the OpenID provider, empty where there is none."""

    email: str = ""
    onward: Onward = field(default_factory=Onward)
    problems: tuple[Problem, ...] = ()
    provider: str = ""
    is_over: bool = False
    """The session was over when a form was sent; what was typed is kept."""
    landing: str = ""
    """Where somebody goes who is signed in already and asked for no page."""


@dataclass(frozen=True, slots=True)
class CodePage:
    """The code of the second factor."""

    onward: Onward = field(default_factory=Onward)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class SetUpPage:
    """A secret for the app on the phone, as picture and to type; nothing is kept before its first code is right."""

    secret: str
    picture: Markup
    typed_secret: str
    onward: Onward
    asks_password: bool
    is_required: bool
    replaces: bool
    is_signing_in: bool
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class RecoveryPage:
    """The recovery codes, the only time they are shown."""

    codes: tuple[str, ...]
    onward: Onward
    next: str
    email: str


@dataclass(frozen=True, slots=True)
class KeptPage:
    """What was typed before the session was over, ready to be sent."""

    onward: Onward


@dataclass(frozen=True, slots=True)
class LinkPage:
    """Set up an account, or set a new password. `link` is the part of the address that nobody can guess."""

    link: str
    email: str
    name: str = ""
    problems: tuple[Problem, ...] = ()
    provider: str = ""
    onward: Onward = field(default_factory=Onward)


@dataclass(frozen=True, slots=True)
class ForgotPage:
    """Ask for a new password; without a mail server the page says who can help."""

    sends_mail: bool
    email: str = ""
    problems: tuple[Problem, ...] = ()


def set_up_page(
    secret: str,
    email: str,
    onward: Onward,
    *,
    asks_password: bool,
    is_required: bool,
    replaces: bool,
    is_signing_in: bool,
    problems: tuple[Problem, ...] = (),
) -> SetUpPage:
    """The page for this secret and the account with this address."""
    picture = Markup(qr_svg(secret, email))  # noqa: S704  made of modules, no text in it
    return SetUpPage(
        secret, picture, grouped_secret(secret), onward, asks_password, is_required, replaces, is_signing_in, problems
    )


def recovery_page(codes: tuple[str, ...], onward: Onward, next_address: str, email: str) -> RecoveryPage:
    """The codes as they are read and typed."""
    return RecoveryPage(tuple(grouped(code) for code in codes), onward, next_address, email)
