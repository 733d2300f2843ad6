# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The way to the relay, against real servers: encrypted, signed in, refused, slow, not to be trusted (N-01, X-21)."""

import ssl
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest
import trustme

from app.mail.message import Letter
from app.mail.relay import Outcome, Relay
from app.settings import Settings
from tests.app.accounts.oidc.certificates import Certificates, issue
from tests.app.mail.conftest import sending
from tests.app.mail.relays import PASSWORD, USER, relay, silent

NOW = datetime(2026, 11, 22, 9, 42, tzinfo=UTC)
LETTER = Letter("abc123", "ada@kommune.de", "Grüße", "Wir laden Sie ein: https://example.org/x\n", "kontakt@stadt.de")


def settings(port: int, **values: object) -> Settings:
    return sending("sqlite:///unused.db", port, **values)


def send(found: Settings, letter: Letter = LETTER) -> Outcome:
    with Relay(found) as way:
        return way.send(letter, NOW)


def fault(outcome: Outcome) -> tuple[str, str, bool]:
    return outcome.kind, outcome.fault, outcome.is_away


def test_a_message_arrives_as_it_was_written() -> None:
    with relay() as box:
        assert send(settings(box.port)) == Outcome("sent")
    (got,) = box.got
    assert (got.sender, got.recipients) == ("selbstcheck@kommune.de", ["ada@kommune.de"])
    assert got.text == "Wir laden Sie ein: https://example.org/x\n"
    assert got.message["subject"] == "Grüße"
    assert got.greeted_as == "selbstcheck.kommune.de"
    assert not got.encrypted


def test_starttls_with_the_operators_own_authority(certificates: Certificates) -> None:
    with relay(starttls=certificates) as box:
        assert send(settings(box.port, smtp_security="starttls", ca_file=certificates.authority)).kind == "sent"
    assert box.got[0].encrypted


def test_tls_from_the_beginning(certificates: Certificates) -> None:
    with relay(tls=certificates) as box:
        found = settings(box.port, smtp_security="tls", ca_file=certificates.authority)
        assert send(found).kind == "sent"
    assert len(box.got) == 1


def test_the_systems_authorities_are_believed_too(
    certificates: Certificates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The own file comes in addition: here the system knows the one, the file holds another."""
    other = issue(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    with relay(starttls=certificates) as box:
        assert send(settings(box.port, smtp_security="starttls", ca_file=other.authority)).kind == "sent"


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_an_untrusted_certificate_gets_nothing(certificates: Certificates, security: str) -> None:
    with relay(**{security: certificates}) as box:  # type: ignore[arg-type]
        outcome = send(settings(box.port, smtp_security=security))
    assert fault(outcome) == ("later", "certificate", True)
    assert box.got == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_of_another_machine_gets_nothing(tmp_path: Path, security: str) -> None:
    """From an authority that is trusted, for another name."""
    other = _for_another_machine(tmp_path)
    with relay(**{security: other}) as box:  # type: ignore[arg-type]
        outcome = send(settings(box.port, smtp_security=security, ca_file=other.authority))
    assert fault(outcome) == ("later", "certificate", True)
    assert box.got == []


def _for_another_machine(folder: Path) -> Certificates:
    made = Certificates(folder / "authority.pem", folder / "key.pem", folder / "chain.pem")
    authority = trustme.CA()
    issued = authority.issue_cert("mail.example.org")
    authority.cert_pem.write_to_path(made.authority)
    issued.private_key_pem.write_to_path(made.key)
    made.chain.write_bytes(b"".join(part.bytes() for part in issued.cert_chain_pems))
    return made


def test_without_starttls_nothing_is_sent_in_clear() -> None:
    """Somebody between us and the relay may take the offer away."""
    with relay() as box:
        outcome = send(settings(box.port, smtp_security="starttls"))
    assert fault(outcome) == ("later", "starttls", True)
    assert box.got == []


def test_a_server_without_tls_is_told_as_that() -> None:
    with relay() as box:
        assert fault(send(settings(box.port, smtp_security="tls"))) == ("later", "tls", True)


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_signing_in(certificates: Certificates, security: str) -> None:
    with relay(**{security: certificates}, auth=True) as box:  # type: ignore[arg-type]
        found = settings(
            box.port, smtp_security=security, ca_file=certificates.authority, smtp_user=USER, smtp_password=PASSWORD
        )
        assert send(found).kind == "sent"
    assert box.got[0].user == USER


def test_a_wrong_password_loses_no_message(certificates: Certificates) -> None:
    with relay(starttls=certificates, auth=True) as box:
        found = settings(
            box.port,
            smtp_security="starttls",
            ca_file=certificates.authority,
            smtp_user=USER,
            smtp_password="falsch",
        )
        assert fault(send(found)) == ("later", "auth 535 5.7.8", True)
    assert box.got == []


def test_a_server_that_asks_for_a_password_is_told_as_that(certificates: Certificates) -> None:
    with relay(starttls=certificates, auth=True) as box:
        found = settings(box.port, smtp_security="starttls", ca_file=certificates.authority)
        assert fault(send(found)) == ("later", "sender 530 5.7.0", True)


def test_no_password_goes_over_an_open_line() -> None:
    with relay() as box:
        found = settings(box.port, smtp_user=USER, smtp_password=PASSWORD)
        assert fault(send(found)) == ("later", "plain", True)
    assert box.sessions == set()


def test_an_authority_file_that_is_missing(certificates: Certificates, tmp_path: Path) -> None:
    with relay(starttls=certificates) as box:
        found = settings(box.port, smtp_security="starttls", ca_file=tmp_path / "none.pem")
        assert fault(send(found)) == ("later", "ca_file", True)
        (tmp_path / "empty.pem").write_text("nothing")
        found = settings(box.port, smtp_security="starttls", ca_file=tmp_path / "empty.pem")
        assert fault(send(found)) == ("later", "ca_file", True)


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("550 5.1.1 <ada@kommune.de> unknown", ("never", "recipient 550 5.1.1", False)),
        ("451 4.7.1 ada@kommune.de: try again later", ("later", "recipient 451 4.7.1", False)),
        ("552 quota of ada@kommune.de", ("never", "recipient 552", False)),
        ("421 4.3.2 closing", ("later", "closed 421 4.3.2", True)),
    ],
)
def test_a_recipient_is_refused(reply: str, expected: tuple[str, str, bool]) -> None:
    """What is kept of it never holds the address (N-07)."""
    with relay() as box:
        box.refused["ada@kommune.de"] = reply
        outcome = send(settings(box.port))
    assert fault(outcome) == expected
    assert "@" not in outcome.fault
    assert "ada@kommune.de" not in repr(outcome)


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("554 5.7.1 looks like spam", ("never", "content 554 5.7.1", False)),
        ("452 4.3.1 disk is full", ("later", "content 452 4.3.1", False)),
    ],
)
def test_the_message_is_refused(reply: str, expected: tuple[str, str, bool]) -> None:
    with relay() as box:
        box.refuses_content = reply
        assert fault(send(settings(box.port))) == expected


@pytest.mark.parametrize("reply", ["550 5.7.1 not your domain", "451 4.3.0 not now"])
def test_the_sender_is_refused(reply: str) -> None:
    """A mistake in the settings, or the relay's bad day: no message is lost for it."""
    with relay() as box:
        box.refuses_sender = reply
        assert fault(send(settings(box.port))) == ("later", f"sender {reply[:9]}", True)


def test_one_refused_does_not_keep_the_next_from_its_way() -> None:
    with relay() as box, Relay(settings(box.port)) as way:
        box.refused["ada@kommune.de"] = "550 no"
        assert way.send(LETTER, NOW).kind == "never"
        assert way.send(Letter("2", "eva@kommune.de", "x", "y"), NOW).kind == "sent"
    assert box.recipients == ["eva@kommune.de"]


def test_one_connection_carries_many() -> None:
    with relay() as box, Relay(settings(box.port)) as way:
        for number in range(5):
            assert way.send(Letter(str(number), f"{number}@kommune.de", "x", "y"), NOW).kind == "sent"
    assert len(box.sessions) == 1


def test_a_connection_that_was_closed_meanwhile_is_made_anew() -> None:
    with relay() as box, Relay(settings(box.port)) as way:
        assert way.send(LETTER, NOW).kind == "sent"
        way._connection.sock.close()  # type: ignore[union-attr]
        assert way.send(LETTER, NOW).kind == "sent"
    assert len(box.got) == 2


def test_a_relay_that_hangs_is_given_up() -> None:
    with relay() as box:
        box.hangs_until = Event()
        assert fault(send(settings(box.port, smtp_timeout=1))) == ("later", "timeout", True)
        box.hangs_until.set()


def test_a_relay_that_says_nothing_is_given_up() -> None:
    with silent() as port:
        assert fault(send(settings(port, smtp_timeout=1))) == ("later", "timeout", True)


def test_a_relay_that_hangs_up() -> None:
    with relay() as box:
        box.drops = 1
        assert fault(send(settings(box.port))) == ("later", "closed", True)


@pytest.mark.parametrize("host", ["127.0.0.1", "no.such.host.invalid"])
def test_no_relay_at_all(host: str) -> None:
    with relay() as box:
        port = box.port
    assert fault(send(settings(port, smtp_host=host))) == ("later", "connect", True)


@pytest.mark.parametrize("sender", ["kein absender", "a@b", "a@kommune.de\nBcc: x@y.de"])
def test_a_sender_that_is_none(sender: str) -> None:
    with relay() as box:
        assert fault(send(settings(box.port, mail_from=sender))) == ("later", "sender_address", True)


def test_a_sender_with_a_name() -> None:
    with relay() as box:
        send(settings(box.port, mail_from="Stadt Köln <selbstcheck@köln.de>"))
    (got,) = box.got
    assert got.sender == "selbstcheck@xn--kln-sna.de"
    assert got.message["from"] == "Stadt Köln <selbstcheck@xn--kln-sna.de>"


def test_umlauts_left_of_the_at_need_a_relay_that_knows_them() -> None:
    letter = Letter("1", "jürgen@kommune.de", "x", "y")
    with relay(utf8=True) as box:
        assert send(settings(box.port), letter).kind == "sent"
    assert box.recipients == ["jürgen@kommune.de"]
    with relay(utf8=False) as box:
        assert fault(send(settings(box.port), letter)) == ("never", "address", False)


def test_what_is_no_address_never_leaves() -> None:
    with relay() as box:
        assert fault(send(settings(box.port), Letter("1", "a@b.de\r\nRCPT TO:<c@d.de>", "x", "y"))) == (
            "never",
            "address",
            False,
        )
    assert box.sessions == set()


def test_old_encryption_is_not_spoken(certificates: Certificates) -> None:
    found = settings(1, ca_file=certificates.authority)
    context = Relay(found)._trust()
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
