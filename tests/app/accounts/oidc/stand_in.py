# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A stand-in for a provider, over https, that says whatever a test wants it to say, signed or not.

For what the real provider cannot be made to do: forge, mix up, repeat, point elsewhere, hang.
"""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from typing import Any
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet
from joserfc.jws import JWSRegistry

from tests.app.accounts.oidc.certificates import Certificates

CLIENT_ID, CLIENT_SECRET = "selbstcheck", "shared only with the stand-in"
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
ANSWERS = ("/.well-known/openid-configuration", "/keys", "/token", "/userinfo")


class StandIn:
    """What it answers, by path: a status and a document. `asked`: how often; `posted`: what came to /token last."""

    def __init__(self, port: int) -> None:
        self.issuer = f"https://127.0.0.1:{port}"
        self.reset()

    def reset(self) -> None:
        """Behave, with a new key."""
        self.key = ECKey.generate_key("P-256", {"kid": "first", "use": "sig"})
        self.asked: Counter[str] = Counter()
        self.posted: dict[str, str] = {}
        self.authorization: str | None = None
        self.discovery: dict[str, Any] = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
        }
        self.answers: dict[str, tuple[int, Any]] = {ANSWERS[0]: (200, self.discovery)}
        self.publish(self.key)

    def publish(self, *keys: ECKey) -> None:
        """Show these keys from now on."""
        self.answers["/keys"] = 200, KeySet(list(keys)).as_dict()

    def signs_in(self, token: str) -> None:
        """Answer the next code with this ID token."""
        self.answers["/token"] = 200, {"access_token": "access", "token_type": "Bearer", "id_token": token}

    def token(self, claims: dict[str, Any], **header: Any) -> str:
        """These claims, signed; a claim that is None is left out."""
        kept = {name: value for name, value in claims.items() if value is not None}
        said = {"alg": "ES256", "kid": self.key.kid, **header}
        registry = JWSRegistry(algorithms=["ES256"], strict_check_header=False)
        return jwt.encode(said, kept, self.key, registry=registry, default_type=None)

    def claims(self, now: datetime, nonce: str, /, **other: Any) -> dict[str, Any]:
        """Of an ID token that everything is right with."""
        second = int(now.timestamp())
        return {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "sub": "ada",
            "sid": "session-1",
            "nonce": nonce,
            "iat": second,
            "exp": second + 300,
            "name": "Ada Beispiel",
            "email": "ada@example.org",
            "email_verified": True,
            **other,
        }

    def logout_claims(self, now: datetime, **other: Any) -> dict[str, Any]:
        """Of a logout token that everything is right with."""
        second = int(now.timestamp())
        told = {"iss": self.issuer, "aud": CLIENT_ID, "iat": second, "exp": second + 120, "jti": "once"}
        return {**told, "sid": "session-1", "events": {LOGOUT_EVENT: {}}, **other}


@contextmanager
def running(certificates: Certificates) -> Iterator[StandIn]:
    """The stand-in, on a port of its own."""
    server = _Server(("127.0.0.1", 0), lambda *given: _Handler(told, *given))
    told = StandIn(server.server_port)
    context = SSLContext(PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates.chain, certificates.key)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02))
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: Any) -> None:
        """A client that does not trust us hangs up; that is what its test is about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 5
    wbufsize = 65536  # header and body in one go: the second of two packets would wait for the first to be confirmed

    def __init__(self, told: StandIn, *given: Any) -> None:
        self.told = told
        super().__init__(*given)

    def do_GET(self) -> None:
        self.told.asked[self.path] += 1
        status, said = self.told.answers.get(self.path, (404, {}))
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if 300 <= status < 400:
            self.send_header("Location", "/keys")
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.told.posted = {name: values[0] for name, values in parse_qs(body).items()}
        self.told.authorization = self.headers.get("Authorization")
        self.do_GET()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""
