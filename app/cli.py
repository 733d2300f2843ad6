# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The console script `selbstcheck`: reads the words, calls the command, turns errors into lines and codes.

Heavy parts (web server, database) are imported by the commands that need them, so that the others start fast.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from app.commands import CommandError, definitions, scoring

INVALID = 2
"""Exit code for invalid input."""

PLAIN = {
    "migrate": "create the database or bring it forward",
    "demo": "add three fictional municipalities with filled checks, and two rounds of one of them",
    "barriers": "list the barriers that people reported",
}
FILED = {
    "backup": "copy the embedded database into FILE, also while the server runs",
    "restore": "put the backup FILE in the place of the embedded database",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it went well, 2 for invalid input with one line per finding."""
    arguments = parser().parse_args(argv)
    run: Callable[[argparse.Namespace], None] = arguments.run
    try:
        run(arguments)
    except CommandError as error:
        for line in error.lines:
            print(line, file=sys.stderr)
        return INVALID
    except BrokenPipeError:
        # The reader went away (`| head`); that is no error of ours.
        sys.stderr.close()
    return 0


def parser() -> argparse.ArgumentParser:
    """The words of the command line."""
    top = argparse.ArgumentParser(prog="selbstcheck", description="Selbstcheck Weltoffene Kommune")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    _questionnaires(commands.add_parser("questionnaires", help="list, show and check questionnaires"))
    _score(commands.add_parser("score", help="compute a profile from a file of answers"))
    _instance(commands)
    _accounts(commands)
    _mail(commands.add_parser("mail", help="send what is due, or a test message"))
    _municipalities(commands.add_parser("gemeinden", help="the official register of municipalities (GV100AD)"))
    return top


def _questionnaires(group: argparse.ArgumentParser) -> None:
    commands = group.add_subparsers(required=True, metavar="ACTION")
    listing = commands.add_parser("list", help="all questionnaires and versions")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=definitions.list_editions)
    show = commands.add_parser("show", help="one questionnaire with its items")
    show.add_argument("questionnaire", metavar="ID[@VERSION]")
    show.add_argument("--lang", default="de")
    show.add_argument("--json", action="store_true")
    show.set_defaults(run=definitions.show)
    check = commands.add_parser("check", help="find faults in definitions")
    check.add_argument("path", nargs="?", metavar="PATH", help="a version's directory or a root; default: all")
    check.set_defaults(run=definitions.check)
    publish = commands.add_parser("publish", help="set a draft's status and lock its digest")
    publish.add_argument("questionnaire", metavar="ID@VERSION")
    publish.set_defaults(run=definitions.publish_version)
    stamp = commands.add_parser("stamp", help="mark an overlay as read against the German texts of now")
    stamp.add_argument("questionnaire", metavar="ID[@VERSION]")
    stamp.add_argument("language", metavar="LANGUAGE")
    stamp.set_defaults(run=definitions.stamp_overlay)
    crosswalk = commands.add_parser("crosswalk", help="which points of other catalogues the questions serve")
    crosswalk.add_argument("questionnaire", metavar="ID[@VERSION]")
    crosswalk.add_argument("--lang", default="de")
    crosswalk.add_argument("--csv", action="store_true", help="a table for spreadsheets: UTF-8, semicolons")
    crosswalk.set_defaults(run=definitions.crosswalk)
    schema = commands.add_parser("schema", help="JSON Schema of the YAML files, for editors")
    schema.set_defaults(run=definitions.schema)


def _score(command: argparse.ArgumentParser) -> None:
    command.add_argument("questionnaire", metavar="QUESTIONNAIRE", help="ID or ID@VERSION")
    command.add_argument("answers", metavar="ANSWERS.json", help="a file of answers, - for standard input")
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=scoring.score)


def _instance(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    serve = commands.add_parser("serve", help="run the web server")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=_port, default=8000)
    serve.set_defaults(run=_later("instance", "serve"))
    cleanup = commands.add_parser("cleanup", help="delete what is over its time")
    cleanup.add_argument("--dry-run", action="store_true", help="only count")
    cleanup.set_defaults(run=_later("instance", "cleanup"))
    for name, text in PLAIN.items():
        commands.add_parser(name, help=text).set_defaults(run=_later("instance", name))
    for name, text in FILED.items():
        command = commands.add_parser(name, help=text)
        command.add_argument("file", metavar="FILE")
        command.set_defaults(run=_later("backups", name))


def _accounts(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    create = commands.add_parser("create-operator", help="make an account that runs the instance; prints a link")
    create.add_argument("email", metavar="EMAIL")
    create.add_argument("--name", help="the person's name; it can be changed with the link")
    create.add_argument("--address", help="where the instance is reached; default: SELBSTCHECK_PUBLIC_URL")
    create.set_defaults(run=_later("accounts", "create_operator"))
    reset = commands.add_parser("reset-second-factor", help="for somebody who lost device and recovery codes")
    reset.add_argument("email", metavar="EMAIL")
    reset.set_defaults(run=_later("accounts", "reset_factor"))


def _mail(group: argparse.ArgumentParser) -> None:
    commands = group.add_subparsers(required=True, metavar="ACTION")
    sending = commands.add_parser("send", help="send what is due, for cron; the running server does it by itself")
    sending.set_defaults(run=_later("mail", "send"))
    trying = commands.add_parser("test", help="send one message to ADDRESS and say what the relay said")
    trying.add_argument("address", metavar="ADDRESS")
    trying.set_defaults(run=_later("mail", "test"))


def _municipalities(group: argparse.ArgumentParser) -> None:
    commands = group.add_subparsers(required=True, metavar="ACTION")
    reading = commands.add_parser("import", help="read the file GV100AD of Destatis in, or bring it up to date")
    reading.add_argument("file", metavar="FILE", help="the text file GV100AD_….txt, or the ZIP it comes in")
    reading.add_argument("--dry-run", action="store_true", help="only say what would change")
    reading.add_argument("--accept-closings", action="store_true", help="also where very many have gone")
    reading.set_defaults(run=_later("municipalities", "import_register"))
    listing = commands.add_parser("list", help="what is loaded, and of which day")
    listing.set_defaults(run=_later("municipalities", "list_register"))


def _later(module: str, name: str) -> Callable[[argparse.Namespace], None]:
    """A command whose module is imported when it is run."""

    def run(arguments: argparse.Namespace) -> None:
        getattr(import_module(f"app.commands.{module}"), name)(arguments)

    return run


def _port(word: str) -> int:
    port = int(word) if word.isdecimal() else 0
    if not 1 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"{word!r} is no port from 1 to 65535")
    return port


if __name__ == "__main__":
    sys.exit(main())
