# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The second factor (X-15): codes that an app on the phone computes from a shared secret (TOTP, RFC 6238).

Pure: the secret and the time come in. Which step was used last is kept by the actions, so that no code works twice.
"""

import io
import re
from datetime import datetime

import pyotp
import segno

STEP_SECONDS = 30
TOLERANCE = 1
"""Steps before and after: clocks of phones differ."""
ISSUER = "Selbstcheck"
SECRET_LENGTH = 32
_SECRET = re.compile(rf"[A-Z2-7]{{{SECRET_LENGTH}}}")
_DIGITS = re.compile(r"\d{6}", re.ASCII)


def new_secret() -> str:
    """A fresh secret: 160 random bits in base32."""
    return pyotp.random_base32(SECRET_LENGTH)


def is_secret(typed: str) -> bool:
    """Whether this can be one of ours."""
    return _SECRET.fullmatch(typed) is not None


def digits_of(typed: str) -> str | None:
    """The six digits somebody typed, spaces aside; None if it is something else."""
    joined = "".join(typed.split())
    return joined if _DIGITS.fullmatch(joined) else None


def matching_step(secret: str, digits: str, now: datetime) -> int | None:
    """The time step whose code this is, within the tolerance; None if it is wrong or over."""
    current = int(now.timestamp()) // STEP_SECONDS
    codes = pyotp.TOTP(secret, interval=STEP_SECONDS)
    steps = range(current - TOLERANCE, current + TOLERANCE + 1)
    found = [step for step in steps if pyotp.utils.strings_equal(codes.generate_otp(step), digits)]
    return found[0] if found else None


def grouped_secret(secret: str) -> str:
    """The secret as it is typed into an app by hand, in groups of four."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def qr_svg(secret: str, email: str) -> str:
    """A picture for the app to scan, as SVG without styles or scripts (presentation attributes only)."""
    address = pyotp.TOTP(secret, interval=STEP_SECONDS).provisioning_uri(name=email, issuer_name=ISSUER)
    picture = io.BytesIO()
    segno.make_qr(address, error="m").save(
        picture, kind="svg", scale=5, border=4, dark="#000", light="#fff", xmldecl=False, svgns=True, omitsize=False,
        svgclass="qr", lineclass=None,
    )  # fmt: skip
    return picture.getvalue().decode("utf-8")
