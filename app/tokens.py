# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Resume codes, ways into a round, and read-only tokens: made, typed, shown.

A resume code is 80 random bits as 16 characters of Crockford's base32, which has no I, L, O, U. A way in, the link of
a group or a code for one participation, is 60 bits as 12 characters: the length tells what somebody typed. The
read-only token is derived from the code, so nobody who knows only the token can get back to the code. Tokens have 26
characters, so that an address with one stays in one line of a mail (N-06). All but the link of a group are kept as
digests only.
"""

import base64
import hashlib
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 16
ENTRY_LENGTH = 12
GROUP_LENGTH = 4
TOKEN_LENGTH = 26
_RFC4648 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_TO_CROCKFORD = str.maketrans(_RFC4648, ALPHABET)
# Misread letters, and every kind of space and dash that a phone or a word processor puts between groups.
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", **dict.fromkeys(" -‐‑–—_.\t\r\n\u00a0\u202f", None)})


def _base32(raw: bytes) -> str:
    return base64.b32encode(raw).decode("ascii").rstrip("=").translate(_TO_CROCKFORD)


def new_code() -> str:
    """A fresh resume code: 16 characters, 80 random bits."""
    return _base32(secrets.token_bytes(10))


def new_token() -> str:
    """A fresh token for an address that is used once: 26 lower-case characters, 130 random bits."""
    return _base32(secrets.token_bytes(17))[:TOKEN_LENGTH].lower()


def new_entry() -> str:
    """A fresh way into a round: 12 characters, 60 random bits."""
    return _base32(secrets.token_bytes(8))[:ENTRY_LENGTH]


def normalise(typed: str) -> str | None:
    """The code a person meant (case, spaces, hyphens, O for 0, I and L for 1), or None if it cannot be one."""
    return _meant(typed, CODE_LENGTH)


def normalise_entry(typed: str) -> str | None:
    """The way into a round that a person meant, or None if it cannot be one."""
    return _meant(typed, ENTRY_LENGTH)


def grouped(code: str) -> str:
    """A code or a way in as it is shown and read aloud: ``ABCD-EFGH-JKMN-PQRS``, ``ABCD-EFGH-JKMN``."""
    return "-".join(code[start : start + GROUP_LENGTH] for start in range(0, len(code), GROUP_LENGTH))


def is_token(typed: str) -> bool:
    """Whether this can be a token at all; upper and lower case are the same."""
    return len(typed) == TOKEN_LENGTH and typed.isascii() and set(typed.upper()) <= set(ALPHABET)


def digest(secret: str) -> str:
    """SHA-256 in hex of a code or a token; enough without salt, as each carries at least 60 random bits."""
    return hashlib.sha256(secret.encode("ascii", "replace")).hexdigest()


def view_token(code: str) -> str:
    """The read-only token of a code: 26 lower-case characters for ``/ansicht/{token}``."""
    return _base32(hashlib.sha256(f"view:{code}".encode("ascii")).digest())[:TOKEN_LENGTH].lower()


def view_digest(token: str) -> str:
    """What is stored of a token; upper and lower case are the same."""
    return digest(token.lower())


def _meant(typed: str, length: int) -> str | None:
    code = typed.upper().translate(_MISREAD)
    return code if len(code) == length and set(code) <= set(ALPHABET) else None
