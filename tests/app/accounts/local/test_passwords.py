# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which passwords can be used, and how they are hashed (X-12, X-13)."""

import asyncio
import threading
import time
from pathlib import Path

import pytest
from pwdlib import PasswordHash

from app.accounts.password_rules import MOST, known_words, weakness
from app.accounts.passwords import AT_A_TIME, Passwords
from tests.app.accounts.local.conftest import CHEAP

GOOD = [
    "wiesengrund lampe sieben",
    "korrekt pferd batterie klammer",
    "äöü ßÄÖ €µ 漢字 хлеб",
    "k9#vL2!qX7pw",
    "z" + "ab9?xk" * 42,
]


@pytest.mark.parametrize("password", GOOD)
def test_any_characters_will_do_and_no_mixture_is_asked_for(password: str) -> None:
    assert weakness(password) is None


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "wählen Sie ein Passwort"),
        ("kurz", "hat {count} Zeichen"),
        ("elfzeichen1", "hat {count} Zeichen"),
        ("x" * 257, "zu lang"),
        ("qwerty123456", "Liste häufiger"),
        ("QWERTY123456", "Liste häufiger"),
        ("aaaaaaaaaaaaaaa", "leicht erraten"),
        ("abcdefghijklmnop", "leicht erraten"),
        ("123456789012345", "leicht erraten"),
        ("Passwort1234!", "leicht erraten"),
        ("passwordpassword", "leicht erraten"),
    ],
)
def test_weak_ones_are_refused_with_what_to_do(password: str, words: str) -> None:
    problem = weakness(password)
    assert problem is not None
    assert words in problem.message
    assert problem.field == "new_password"
    assert problem.message.format_map(problem.values)


@pytest.mark.parametrize(
    "password",
    ["AdaBeispiel2026", "ada.beispiel@kommune.de", "Gemeinde Belm 2026", "Selbstcheck-2026!", "Rathaus-Belm-1"],
)
def test_it_must_not_be_made_of_what_everybody_knows(password: str) -> None:
    problem = known_words(password, "Ada Beispiel", "ada.beispiel@kommune.de", "Belm")
    assert problem is not None
    assert "Namen" in problem.message


@pytest.mark.parametrize("password", ["belm hat einen schönen dorfteich", "wiesengrund lampe sieben", "kurz"])
def test_such_words_may_stand_beside_others(password: str) -> None:
    assert known_words(password, "Ada Beispiel", "ada@kommune.de", "Belm") is None


def test_the_operators_list_counts_line_by_line(tmp_path: Path) -> None:
    breached = tmp_path / "bekannt.txt"
    breached.write_bytes("erste zeile der liste\r\nwiesengrund lampe sieben\nletzte zeile ohne ende ä".encode())
    for password in ("erste zeile der liste", "wiesengrund lampe sieben", "letzte zeile ohne ende ä"):
        assert "Liste häufiger" in weakness(password, breached).message  # type: ignore[union-attr]
    for password in ("wiesengrund lampe", "grund lampe sieben", "zeile der liste neun"):
        assert weakness(password, breached) is None
    breached.write_bytes(b"")
    assert weakness("wiesengrund lampe sieben", breached) is None


def test_a_list_that_cannot_be_read_does_not_stop_people(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    passwords = Passwords(tmp_path / "fehlt.txt", CHEAP)
    assert asyncio.run(passwords.prepare("wiesengrund lampe sieben")).problem is None
    assert "breached_passwords_unreadable" in caplog.text


def test_hashes_are_argon2id_as_recommended() -> None:
    made = asyncio.run(Passwords().prepare("wiesengrund lampe sieben")).hash
    assert made.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert PasswordHash.recommended().verify("wiesengrund lampe sieben", made)


def test_the_same_letters_are_the_same_password_however_they_are_put_together() -> None:
    passwords = Passwords(hasher=CHEAP)

    async def run() -> bool:
        kept = (await passwords.prepare("gru\u0308ne a\u0308pfel im fru\u0308hling")).hash
        return (await passwords.verify("grüne äpfel im frühling", kept)).is_right

    assert asyncio.run(run())


def test_no_more_than_two_are_hashed_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    passwords, lock = Passwords(hasher=CHEAP), threading.Lock()
    all_there, running, most = threading.Barrier(AT_A_TIME), 0, 0

    def slow(typed: str, kept: str | None) -> bool:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        all_there.wait(20)
        time.sleep(0.01)  # time for one too many
        with lock:
            running -= 1
        return False

    monkeypatch.setattr(passwords, "_verify", slow)

    async def run() -> None:
        await asyncio.gather(*(passwords.verify("x", None) for _ in range(8)))

    asyncio.run(run())
    assert most == AT_A_TIME


def test_a_password_too_long_to_be_ours_is_wrong_after_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that comes at once would tell that there is such an account."""
    passwords, compared = Passwords(hasher=CHEAP), list[str]()
    kept, verify = CHEAP.hash("wiesengrund lampe sieben"), CHEAP.verify
    monkeypatch.setattr(CHEAP, "verify", lambda typed, known: compared.append(typed) or verify(typed, known))
    assert not asyncio.run(passwords.verify("x" * 100_000, kept)).is_right
    assert not asyncio.run(passwords.verify("x" * 100_000, None)).is_right
    assert [len(typed) for typed in compared] == [MOST, MOST]
