# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Released rounds to read: answers of made-up people, their published table in the database, and a reader signed in.

For tests that are not about running a round: everything is put straight into the tables, as closing it would.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from uuid import UUID

from fastapi import FastAPI
from sqlalchemy import insert
from sqlmodel import Session

from app.permissions import ReadingScope, Role
from app.tables.responses import ANSWERS, RESPONSES
from app.tables.rounds import Round, RoundComment, RoundGroup, RoundLink, RoundReader, RoundSnapshot
from app.tokens import digest, new_code, view_digest, view_token
from questionnaires.answers import Answer, DontKnow, Level, NotApplicable
from questionnaires.definition import Questionnaire
from questionnaires.flow import asked_items
from questionnaires.library import Library
from questionnaires.parts import MunicipalityType
from scoring.comments import Comment, publish_comments
from scoring.privacy import Group, Submitted, publish
from scoring.published import PublishedTable, Rule
from scoring.ratings import state_of
from tests import staff
from tests.staff import DAY, Staff

KIND = MunicipalityType.KLEINE_STADT_GEMEINDE
LONG, SHORT = "weltoffene-kommune", "kurzcheck"

TITLES = {
    "verwaltung": "Verwaltungsspitze",
    "politik": "Politik (Rat, Kreistag)",
    "zivil": "Zivilgesellschaft und Wohlfahrt",
    "beirat": "Beirat oder Integrationsrat",
    "wirtschaft": "Wirtschaft und Kammern",
    "bildung": "Bildung, Kita und Schule",
    "mos": "Migrantenorganisationen",
    "stelle": "Integrationsstelle oder Integrationsbeauftragte",
    "aemter": "Übrige Fachämter",
    "sonstige": "Sonstige",
}
SIZES = {"verwaltung": 10, "politik": 8, "zivil": 12, "beirat": 7, "wirtschaft": 3, "bildung": 0}
"""Forty people in five groups: the business stays below five and takes in the council; nobody of the schools came."""

EXPECTED = {"verwaltung": 12, "politik": 20, "zivil": 15, "bildung": 6}
LEANING = {"verwaltung": 1.0, "politik": 0.4, "zivil": -0.8, "beirat": -0.5, "mos": -1.1, "aemter": 0.7}
"""How much higher or lower a group tends to see things."""


@dataclass(frozen=True)
class Given:
    """What one person of a group gave; `notes` by item id."""

    group: str
    answers: dict[str, Answer]
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def submitted(self) -> Submitted:
        return Submitted(self.group, self.answers)


@dataclass(frozen=True)
class Plan:
    """What a round is made of. `short` are the groups that got the short form."""

    sizes: Mapping[str, int] = field(default_factory=lambda: dict(SIZES))
    short: frozenset[str] = frozenset()
    rule: Rule = field(default_factory=Rule)
    seed: int = 1
    titles: Mapping[str, str] = field(default_factory=lambda: dict(TITLES))
    targets: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Released:
    """A released round with somebody it was released to, and a link."""

    app: FastAPI = field(repr=False)
    round_id: str
    municipality_id: str
    reader: Staff
    share: str
    table: PublishedTable = field(repr=False)

    @property
    def own(self) -> str:
        return f"/durchgang/{self.round_id}"

    @property
    def shared(self) -> str:
        return f"/gemeinsam/{self.share}"

    @property
    def scope(self) -> ReadingScope:
        return ReadingScope(self.round_id, can_review=True)


def answers_of(library: Library, plan: Plan) -> list[Given]:
    """Everybody's answers: groups lean to their side, some do not know, some say it does not apply."""
    chance = Random(plan.seed)
    long, short = library.latest(LONG), {item.id for item in library.latest(SHORT).items}
    people = []
    for group, size in plan.sizes.items():
        asked = [item for item in asked_items(long, KIND) if group not in plan.short or item.id in short]
        for number in range(size):
            answers = {item.id: answer for item in asked if (answer := _answer(chance, group, item)) is not None}
            notes = {asked[number % 7].id: f"Notiz {number} aus {group}: siehe Beschluss."} if number % 2 else {}
            people.append(Given(group, answers, notes))
    return people


def _answer(chance: Random, group: str, item: object) -> Answer | None:
    identifier = str(item.id)  # type: ignore[attr-defined]  # an Item
    local = Random(identifier)
    centre, lean = local.choice((0.8, 1.4, 2.0, 2.6, 3.4)), local.choice((0.0, 0.5, 1.0, 1.6))
    luck = chance.random()
    if luck < 0.06 or (identifier.endswith("monitoring") and luck < 0.9):
        return DontKnow()
    if luck > 0.96:
        return NotApplicable("Dafür ist bei uns der Kreis zuständig.") if luck > 0.98 else None
    return Level(min(4, max(0, round(chance.gauss(centre + lean * LEANING.get(group, 0.0), 0.6)))))


def published(library: Library, plan: Plan, people: Sequence[Given]) -> PublishedTable:
    """The table of these people, through the one gate."""
    return publish(library.latest(LONG), KIND, groups_of(library, plan), [one.submitted for one in people], plan.rule)


def groups_of(library: Library, plan: Plan) -> tuple[Group, ...]:
    short = frozenset(item.id for item in library.latest(SHORT).items)
    return tuple(Group(key, short if key in plan.short else None) for key in plan.sizes)


def release(
    app: FastAPI,
    plan: Plan | None = None,
    people: Sequence[Given] | None = None,
    *,
    number: int = 1,
    raw: bool = False,
) -> Released:
    """Put a round with its frozen table and its comments into the database; ids depend on `number`.

    `raw`: the single answers too, as they are until they are deleted.
    """
    plan = plan or Plan()
    library: Library = app.state.library
    people = answers_of(library, plan) if people is None else people
    table = published(library, plan, people)
    share = view_token(f"{number:016d}")
    with app.state.database.writing() as db:
        municipality_id = staff.municipality(db)
        round_id = UUID(int=number).hex
        _add_round(db, library.latest(LONG), plan, round_id, municipality_id)
        _add_groups(db, library, plan, round_id)
        if raw:
            _add_raw(db, library, plan, people, round_id)
        _add_frozen(db, library, plan, people, table, round_id)
        reader = staff.member(db, app, municipality_id)
        db.add(RoundReader(round_id=round_id, account_id=reader.account_id))
        db.add(RoundLink(id=round_id, round_id=round_id, label="Rat", token_digest=view_digest(share), created_on=DAY))
    return Released(app, round_id, municipality_id, reader, share, table)


def another_reader(made: Released, role: Role = Role.MEMBER) -> Staff:
    """Somebody else of the municipality to whom it was released."""
    with made.app.state.database.writing() as db:
        found = staff.member(db, made.app, made.municipality_id, "Bo Beispiel", role)
        db.add(RoundReader(round_id=made.round_id, account_id=found.account_id))
    return found


def _add_round(db: Session, form: Questionnaire, plan: Plan, round_id: str, municipality_id: str) -> None:
    db.add(
        Round(
            id=round_id,
            municipality_id=municipality_id,
            title="Herbst 2026",
            status="released",
            mode=plan.rule.mode,
            n_min=plan.rule.n_min,
            questionnaire_id=form.id,
            questionnaire_version=form.version,
            questionnaire_digest=form.digest,
            municipality_name="Belm",
            municipality_type=KIND.value,
            population=14_071,
            opens_on=DAY,
            closes_on=DAY,
            targets=dict(plan.targets),
            created_on=DAY,
            changed_at=_noon(),
            opened_on=DAY,
            closed_on=DAY,
            released_on=DAY,
        )
    )
    db.flush()


def _add_groups(db: Session, library: Library, plan: Plan, round_id: str) -> None:
    for position, key in enumerate(plan.sizes):
        form = library.latest(SHORT if key in plan.short else LONG)
        db.add(
            RoundGroup(
                id=_group_id(round_id, position),
                round_id=round_id,
                key=key,
                title=plan.titles.get(key, key),
                position=position,
                expected=EXPECTED.get(key),
                form_id=form.id,
                form_version=form.version,
                form_digest=form.digest,
                link_code=new_code()[:12],
            )
        )
    db.flush()


def _add_raw(db: Session, library: Library, plan: Plan, people: Sequence[Given], round_id: str) -> None:
    """The single answers, which no result page may ever read."""
    places = {key: place for place, key in enumerate(plan.sizes)}
    responses, answers = [], []
    for number, one in enumerate(people):
        form = library.latest(SHORT if one.group in plan.short else LONG)
        identifier = UUID(int=int(round_id, 16) * 100_000 + number).hex
        responses.append(
            {
                "id": identifier,
                "code_digest": digest(f"{round_id}{number}"),
                "view_digest": view_digest(f"{round_id}{number}"),
                "municipality_type": KIND.value,
                "questionnaire_id": form.id,
                "questionnaire_version": form.version,
                "questionnaire_digest": form.digest,
                "status": "submitted",
                "started_on": DAY,
                "changed_on": DAY,
                "submitted_on": DAY,
                "targets": {},
                "round_id": round_id,
                "group_id": _group_id(round_id, places[one.group]),
                "person": _person(plan, number),
            }
        )
        items = sorted({*one.answers, *one.notes})
        answers += [_row(identifier, item, one.answers.get(item), one.notes.get(item, "")) for item in items]
    db.execute(insert(RESPONSES), responses)
    db.execute(insert(ANSWERS), answers)


def _row(response_id: str, item_id: str, answer: Answer | None, note: str) -> dict[str, object]:
    kinds = {Level: "level", DontKnow: "dont_know", NotApplicable: "not_applicable"}
    return {
        "response_id": response_id,
        "item_id": item_id,
        "kind": kinds.get(type(answer), "blank"),
        "level": answer.level if isinstance(answer, Level) else None,
        "reason": answer.reason if isinstance(answer, NotApplicable) else "",
        "note": note,
        "carried_by": "",
        "revision": 1,
        "writer": "",
    }


def _add_frozen(
    db: Session, library: Library, plan: Plan, people: Sequence[Given], table: PublishedTable, round_id: str
) -> None:
    form, groups = library.latest(LONG), groups_of(library, plan)
    voices = _voices(form, plan, people, table) if plan.rule.mode == "named" else []
    db.add(
        RoundSnapshot(
            round_id=round_id,
            published=table.to_json(),
            voices=json.dumps(voices, ensure_ascii=False),
            scoring_version="1",
            created_on=DAY,
        )
    )
    written = [Comment(one.group, item, note) for one in people for item, note in one.notes.items()]
    places: dict[str, int] = {}
    for heap in publish_comments(table, groups, written, round_id):
        for text in heap.texts:
            place = places[heap.item_id] = places.get(heap.item_id, -1) + 1
            groups = list(heap.groups) if heap.groups else None
            db.add(RoundComment(round_id=round_id, item_id=heap.item_id, position=place, groups=groups, text=text))
    db.flush()


def _voices(form: Questionnaire, plan: Plan, people: Sequence[Given], table: PublishedTable) -> list[list[object]]:
    voices: list[list[object]] = []
    for part in table.items:
        for number, one in enumerate(people):
            answer = one.answers.get(part.item_id)
            state = state_of(form.item(part.item_id), answer)
            level = answer.level if isinstance(answer, Level) else None
            voices.append([part.item_id, one.group, _person(plan, number), state, level])
    return voices


def _person(plan: Plan, number: int) -> str:
    return f"Person {number}" if plan.rule.mode == "named" else ""


def _group_id(round_id: str, position: int) -> str:
    return UUID(int=int(round_id, 16) * 1_000 + position).hex


def _noon() -> datetime:
    return datetime(2026, 11, 22, 11, tzinfo=UTC)
