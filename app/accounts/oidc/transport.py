# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Requests to the provider: over verified TLS (X-21), with a time limit, a size limit, and never to anywhere else.

Redirects are not followed. Only a few threads may wait for the provider at once: one that hangs must not keep those
waiting who answer questions.
"""

import json
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx2

from app.accounts.oidc.faults import ProviderAway

TIMEOUT = httpx2.Timeout(7, connect=3)
MAX_BYTES = 1024 * 1024
AT_ONCE = 6
PATIENCE_SECONDS = 3.0
_FAILURES = (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError)


def trust(ca_file: Path | None) -> ssl.SSLContext:
    """The certificate authorities of the system, and those of the operator."""
    context = ssl.create_default_context()
    if ca_file:
        context.load_verify_locations(cafile=ca_file)
    return context


class Transport:
    """Documents from the provider, and a turn for those who talk to it in another way."""

    def __init__(self, ca_file: Path | None) -> None:
        self.tls = trust(ca_file)
        self._client = httpx2.Client(verify=self.tls, timeout=TIMEOUT)
        self._turns = threading.BoundedSemaphore(AT_ONCE)

    def document(self, address: str, token: str | None = None) -> Mapping[str, object]:
        """The JSON object at an address of the provider; ``ProviderAway`` if there is none to be had."""
        headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        with self.turn():
            body = self._read(address, headers)
        try:
            found = json.loads(body)
        except ValueError:
            raise ProviderAway("not_json") from None
        if not isinstance(found, dict):
            raise ProviderAway("not_an_object")
        return found

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One of the few places to wait for the provider; what goes wrong with it becomes ``ProviderAway``."""
        if not self._turns.acquire(timeout=PATIENCE_SECONDS):
            raise ProviderAway("busy")
        try:
            yield
        except _FAILURES as failure:
            raise ProviderAway(type(failure).__name__) from failure
        finally:
            self._turns.release()

    def close(self) -> None:
        """Give back all connections."""
        self._client.close()

    def _read(self, address: str, headers: Mapping[str, str]) -> bytes:
        with self._client.stream("GET", address, headers=headers) as reply:
            if reply.status_code != httpx2.codes.OK:
                raise ProviderAway(f"status_{reply.status_code}")
            body = b""
            for part in reply.iter_bytes():
                body += part
                if len(body) > MAX_BYTES:
                    raise ProviderAway("too_large")
            return body
