# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The app with an OpenID provider: a real one, started once, and a stand-in that can be made to misbehave."""

import socket
from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from app.accounts.oidc.provider import Provider
from app.accounts.oidc.transport import Transport
from app.clock import Clock
from app.db import Database
from app.main import create_app
from app.settings import Settings
from questionnaires.library import Library
from tests.app.accounts.oidc import stand_in as stand_ins
from tests.app.accounts.oidc.certificates import Certificates, issue
from tests.app.accounts.oidc.real import CLIENT_ID, CLIENT_SECRET, Person, RealProvider, running
from tests.app.accounts.oidc.serving import listening, serving
from tests.app.accounts.oidc.stand_in import StandIn

PEOPLE = {
    "ada": {"name": "Ada Beispiel", "email": "ada@example.org", "email_verified": True},
    "eve": {"name": "Eve Unbestätigt", "email": "eve@example.org", "email_verified": False},
}


@pytest.fixture(autouse=True, scope="session")
def no_proxy() -> Iterator[None]:
    """The providers of the tests are on this machine."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("NO_PROXY", "127.0.0.1,localhost")
        environment.setenv("no_proxy", "127.0.0.1,localhost")
        yield


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return issue(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="session")
def app_socket() -> Iterator[socket.socket]:
    with listening() as kept:
        yield kept


@pytest.fixture(scope="session")
def app_url(app_socket: socket.socket) -> str:
    """Where the app is served: another host name than the provider's, as in life."""
    return f"https://localhost:{app_socket.getsockname()[1]}"


@pytest.fixture(scope="session")
def real(certificates: Certificates, app_url: str) -> Iterator[RealProvider]:
    with running(certificates, app_url, PEOPLE) as provider:
        yield provider


@pytest.fixture(scope="session")
def _serving(
    real: RealProvider, certificates: Certificates, app_socket: socket.socket, app_url: str, library: Library
) -> Iterator[FastAPI]:
    settings = Settings(
        public_url=app_url,
        oidc_issuer=real.issuer,
        oidc_client_id=CLIENT_ID,
        oidc_client_secret=CLIENT_SECRET,
        oidc_name="Stadt-Login",
        oidc_second_factor="*",
        ca_file=certificates.authority,
    )
    app = create_app(settings, clock=Clock(), library=library)
    app.state.database.close()
    with serving(app, app_socket, certificates):
        yield app


@pytest.fixture
def served(_serving: FastAPI, sqlite_url: str) -> Iterator[FastAPI]:
    """The app, served over https, with the real provider; each test has a database of its own."""
    _serving.state.database = Database(sqlite_url)
    yield _serving
    _serving.state.database.close()


@pytest.fixture
def person(certificates: Certificates) -> Iterator[Person]:
    """Somebody at a browser."""
    somebody = Person(certificates)
    with somebody.client:
        yield somebody


@pytest.fixture(scope="session")
def _standing_in(certificates: Certificates) -> Iterator[StandIn]:
    with stand_ins.running(certificates) as told:
        yield told


@pytest.fixture
def stand_in(_standing_in: StandIn) -> StandIn:
    """The stand-in, well-behaved again."""
    _standing_in.reset()
    return _standing_in


@pytest.fixture
def settings(sqlite_url: str, plain: Settings) -> Settings:
    """An instance with the stand-in as its provider."""
    return plain.model_copy(update={"database_url": sqlite_url})


@pytest.fixture
def plain(stand_in: StandIn, certificates: Certificates) -> Settings:
    """The same without a database, for tests of the conversation alone."""
    return Settings(
        public_url="https://testserver",
        oidc_issuer=stand_in.issuer,
        oidc_client_id=stand_ins.CLIENT_ID,
        oidc_client_secret=stand_ins.CLIENT_SECRET,
        oidc_name="Stadt-Login",
        ca_file=certificates.authority,
    )


@pytest.fixture(scope="session")
def transport(certificates: Certificates) -> Iterator[Transport]:
    """Reading the authorities of the system takes most of the time."""
    transport = Transport(certificates.authority)
    yield transport
    transport.close()


@pytest.fixture
def provider(plain: Settings, transport: Transport) -> Provider:
    """Our side of the conversation, without an app around it."""
    return Provider(plain, transport)
