# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The part of `selbstcheck demo` that shows rounds: one released, with a link to read it, and one open to take part in.

They go the way of every round: planned, opened, answered, closed. Only their release is noted by hand, because a
result is released to accounts and the demo makes none (X-14).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select, update
from sqlmodel import Session, col

from app.clock import Clock
from app.demo import Example, example
from app.demo.rounds import DemoRound, demo_round, people_of
from app.municipalities.actions.running import Facts, add_municipality
from app.permissions import AccountScope, MunicipalityScope, Role, RoundScope, Scope
from app.responses import actions
from app.responses.typed import typed_answers
from app.responses.within import Placing
from app.rounds.actions.closing import close_round
from app.rounds.actions.planning import open_round, plan_round
from app.rounds.actions.releasing import add_link
from app.rounds.catalogue import CATALOGUE
from app.rounds.plans import Address, Basics, GroupPlan, Plan, default_period
from app.tables.rounds import GROUPS, ROUNDS, RoundComment
from questionnaires.library import Library
from questionnaires.origins import Edition
from questionnaires.parts import MunicipalityType

ROUND_FORM, SHORT_FORM = "weltoffene-kommune", "kurzcheck"
INVITED = "departments"
"""The group whose link is shown, of the open round."""
_BY = AccountScope("", "selbstcheck demo", is_operator=True, session="", has_second_factor=True)


@dataclass(frozen=True, slots=True)
class Shown:
    """How to get into the rounds: the token of the reading link, and the code of a group's link."""

    municipality: str
    responses: int
    share: str
    entry: str


def add_rounds(db: Session, library: Library, clock: Clock) -> Shown:
    """A fictional municipality with both rounds."""
    found, place = demo_round(), example(library.latest(ROUND_FORM), "lindenau")
    municipality = _municipality(db, place, clock)
    released = _open(db, municipality, library, _released_plan(found, library, clock.today()), clock)
    count = _answer(db, released.round_id, library, found, place, clock.today())
    close_round(db, released, library, today=clock.today(), now=clock.now())
    _release(db, released, clock.today())
    share = add_link(db, released, found.title, today=clock.today(), now=clock.now())
    opened = _open(db, municipality, library, _open_plan(found, library, clock.today()), clock)
    return Shown(_name(place), count, share, _link_of(db, opened.round_id))


def _name(place: Example) -> str:
    return f"{place.inputs.municipality.name} (erfunden)"


def _municipality(db: Session, place: Example, clock: Clock) -> MunicipalityScope:
    known = place.inputs.municipality
    facts = Facts(_name(place), MunicipalityType(str(known.type)), known.population)
    municipality_id = add_municipality(db, _BY, facts, None, now=clock.now(), today=clock.today())
    return MunicipalityScope(municipality_id, Role.COORDINATOR, _BY)


def _released_plan(found: DemoRound, library: Library, today: date) -> Plan:
    period = today - timedelta(days=27), today
    return Plan(
        Basics(found.title, _edition(library, ROUND_FORM), *period),
        _groups(found),
        address=Address(message=found.note),
    )


def _open_plan(found: DemoRound, library: Library, today: date) -> Plan:
    return Plan(
        Basics(found.open_title, _edition(library, SHORT_FORM), *default_period(today)),
        _groups(found),
        address=Address(message=found.open_note),
    )


def _groups(found: DemoRound) -> tuple[GroupPlan, ...]:
    return tuple(GroupPlan(group.key, CATALOGUE[group.key].title, group.expected) for group in found.groups)


def _edition(library: Library, name: str) -> Edition:
    return Edition(id=name, version=library.latest(name).version)


def _open(db: Session, municipality: MunicipalityScope, library: Library, plan: Plan, clock: Clock) -> RoundScope:
    round_id = plan_round(db, municipality, library, plan, today=clock.today(), now=clock.now())
    scope = RoundScope(round_id, municipality.municipality_id, frozenset({Role.COORDINATOR}), _BY)
    open_round(db, scope, library, today=clock.today(), now=clock.now())
    return scope


def _answer(db: Session, round_id: str, library: Library, found: DemoRound, place: Example, today: date) -> int:
    """Everybody answers and submits; how many they are."""
    rows = db.execute(select(GROUPS.c.key, GROUPS.c.id).where(GROUPS.c.round_id == round_id))
    ids = {row.key: row.id for row in rows}
    form, count = library.latest(ROUND_FORM), 0
    for group in found.groups:
        placing = Placing(round_id, ids[group.key])
        for person in people_of(found, group, form, place):
            started = actions.start(
                db,
                questionnaire=form,
                municipality=place.inputs.municipality,
                today=today,
                typed=typed_answers(person.answers, person.notes),
                placing=placing,
            )
            actions.submit(db, Scope(started.response_id, started.code, can_edit=True), form, today)
            count += 1
    return count


def _release(db: Session, scope: RoundScope, today: date) -> None:
    """Release it to nobody but the link, with all comments: they were read when they were invented."""
    values = {"status": "released", "released_on": today}
    db.execute(update(ROUNDS).where(ROUNDS.c.id == scope.round_id).values(**values))
    db.execute(update(RoundComment).where(col(RoundComment.round_id) == scope.round_id).values(is_shown=True))


def _link_of(db: Session, round_id: str) -> str:
    link = select(GROUPS.c.link_code).where(GROUPS.c.round_id == round_id, GROUPS.c.key == INVITED)
    return str(db.execute(link).scalar_one())
