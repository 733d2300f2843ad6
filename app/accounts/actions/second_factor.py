# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Set up the second factor, use it, renew its recovery codes, take it away (X-15)."""

from datetime import datetime

from sqlmodel import Session, col, delete, or_, select, update

from app.accounts.actions.sessions import end_all_sessions
from app.accounts.second_factor import digits_of, matching_step
from app.tables.people import Account, RecoveryCode
from app.tokens import digest, new_code, normalise

RECOVERY_CODES = 10


def set_up(db: Session, account_id: str, secret: str, step: int, *, keep_session: str) -> tuple[str, ...]:
    """Take this secret from now on; the recovery codes, to be shown this once. Other browsers are signed out.

    `step`: the one whose code proved that the app has the secret; it does not work again.
    """
    values = {"totp_secret": secret, "totp_confirmed": True, "totp_step": step}
    db.execute(update(Account).where(col(Account.id) == account_id).values(**values))
    end_all_sessions(db, account_id, except_digest=keep_session)
    return renew_recovery_codes(db, account_id)


def renew_recovery_codes(db: Session, account_id: str) -> tuple[str, ...]:
    """Ten fresh codes; the former ones work no more."""
    _drop_codes(db, account_id)
    codes = tuple(new_code() for _ in range(RECOVERY_CODES))
    db.add_all(RecoveryCode(account_id=account_id, digest=digest(code)) for code in codes)
    return codes


def take_away(db: Session, account_id: str) -> None:
    """No second factor any more; who needs one sets it up at the next sign-in."""
    values = {"totp_secret": None, "totp_confirmed": False, "totp_step": None}
    db.execute(update(Account).where(col(Account.id) == account_id).values(**values))
    _drop_codes(db, account_id)


def prove(db: Session, account_id: str, typed: str, now: datetime) -> bool:
    """Whether this is a code of the app, or a recovery code, that was not used before; now it is used."""
    digits = digits_of(typed)
    if digits is not None:
        return _prove_app(db, account_id, digits, now)
    code = normalise(typed)
    return code is not None and _prove_recovery(db, account_id, code)


def _prove_app(db: Session, account_id: str, digits: str, now: datetime) -> bool:
    secret = db.execute(
        select(col(Account.totp_secret)).where(col(Account.id) == account_id, col(Account.totp_confirmed))
    ).scalar()
    step = matching_step(secret, digits, now) if secret else None
    if step is None:
        return False
    fresh = or_(col(Account.totp_step).is_(None), col(Account.totp_step) < step)
    used = update(Account).where(col(Account.id) == account_id, fresh).values(totp_step=step)
    return db.execute(used.returning(col(Account.id))).scalar() is not None


def _prove_recovery(db: Session, account_id: str, code: str) -> bool:
    used = delete(RecoveryCode).where(
        col(RecoveryCode.account_id) == account_id, col(RecoveryCode.digest) == digest(code)
    )
    return db.execute(used.returning(col(RecoveryCode.digest))).scalar() is not None


def _drop_codes(db: Session, account_id: str) -> None:
    db.execute(delete(RecoveryCode).where(col(RecoveryCode.account_id) == account_id))
