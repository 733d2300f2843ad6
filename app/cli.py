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
    "demo": "add three fictional municipalities with filled checks",
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
