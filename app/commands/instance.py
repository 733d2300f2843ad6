# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""`selbstcheck serve | migrate | demo | cleanup | barriers`: an instance and its database."""

import argparse
import socket
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date

import uvicorn
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from app import migrations, tokens
from app.clock import Clock
from app.commands import CommandError
from app.commands.demo_rounds import add_rounds
from app.db import Database
from app.demo import examples
from app.main import create_app
from app.operations.queries import reports
from app.operations.retention import sweep
from app.permissions import Scope
from app.responses import actions
from app.responses.typed import typed_answers
from app.settings import Settings, SettingsError, load
from app.web.logging import set_up
from questionnaires.definition import Questionnaire
from questionnaires.library import Library


def settings() -> Settings:
    """The settings of this instance; `CommandError` names all that is wrong with them."""
    try:
        return load()
    except SettingsError as error:
        raise CommandError(*str(error).splitlines()) from None


@contextmanager
def database_errors() -> Iterator[None]:
    """What the database or its folder refuses, as a `CommandError` of one line."""
    try:
        yield
    except SQLAlchemyError as error:
        raise CommandError(f"The database does not answer: {type(error).__name__}") from None
    except BrokenPipeError:
        raise  # the reader of our output, not the database
    except OSError as error:
        raise CommandError(f"DATABASE_URL: {error.filename}: {error.strerror}") from None


@contextmanager
def writing(found: Settings) -> Iterator[Session]:
    """A writing session on the instance's migrated database; `CommandError` where there is none."""
    with database_errors(), closing(Database(found.database_url)) as database:
        require_current(database)
        with database.writing() as session:
            yield session


def serve(arguments: argparse.Namespace) -> None:
    """Run the web server until it is stopped."""
    found = settings()
    set_up(found.log_level)
    with database_errors(), closing(Database(found.database_url)) as database:
        require_current(database)
    listening = _listen(arguments.host, arguments.port)
    print(f"Selbstcheck: http://{arguments.host}:{arguments.port}{found.root_path}/  (stop with Ctrl+C)", flush=True)
    app = create_app(found)
    library: Library = app.state.library
    for finding in library.refused:
        print(f"own questionnaire refused: {finding}", file=sys.stderr)
    config = uvicorn.Config(
        app,
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=5,
    )
    with listening:
        uvicorn.Server(config).run(sockets=[listening])


def migrate(_arguments: argparse.Namespace) -> None:
    """Create the database or bring it forward; doing it twice changes nothing."""
    found = settings()
    with database_errors():
        migrations.upgrade(found.database_url)
    print("The database is up to date.")


def demo(_arguments: argparse.Namespace) -> None:
    """Add fictional municipalities with filled checks and two rounds; print how to get to them."""
    found, library, clock = settings(), Library(), Clock()
    with writing(found) as db:
        codes = _add_checks(db, library.latest("weltoffene-kommune"), clock.today())
        shown = add_rounds(db, library, clock)
    base = found.public_url.rstrip("/") or "http://127.0.0.1:8000"
    print(*codes, "Enter a code at /weiter to look around.", "", sep="\n")
    print(f"{shown.responses} invented responses of {shown.municipality}, group by group:")
    print(f"{base}/gemeinsam/{shown.share}/vergleich")
    print("An open round to take part in:")
    print(f"{base}/mitmachen/{tokens.grouped(shown.entry)}")


def _add_checks(db: Session, questionnaire: Questionnaire, today: date) -> list[str]:
    """A submitted check of each demo municipality; lines with their codes."""
    lines = []
    for example in examples(questionnaire):
        started = actions.start(
            db,
            questionnaire=questionnaire,
            municipality=example.inputs.municipality,
            today=today,
            targets=example.inputs.targets,
            typed=typed_answers(example.inputs.answers, example.notes),
        )
        actions.submit(db, Scope(started.response_id, started.code, can_edit=True), questionnaire, today)
        lines.append(f"{tokens.grouped(started.code)}  {example.inputs.municipality.name} ({example.name_note})")
    return lines


def cleanup(arguments: argparse.Namespace) -> None:
    """Delete what is over its time (D-15); with --dry-run only count it."""
    found = settings()
    with writing(found) as db:
        swept = sweep(db, found, Clock(), dry_run=arguments.dry_run)
    verb = "would be deleted" if arguments.dry_run else "deleted"
    for part in swept:
        print(f"{part.what}: {part.number} {verb}")


def barriers(_arguments: argparse.Namespace) -> None:
    """List the barriers that people reported."""
    with writing(settings()) as db:
        for report in reports(db):
            print(f"{report.reported_on}  {report.page or '-'}  {report.contact or '-'}\n  {report.description}")


def require_current(database: Database) -> None:
    """`CommandError` unless the database is migrated."""
    if not migrations.is_current(database.engine):
        raise CommandError("The database is not up to date. Run: selbstcheck migrate")


def _listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections; `CommandError` if the port is taken or the host is not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise CommandError(f"{host}:{port}: cannot listen there: {error.strerror}") from None
