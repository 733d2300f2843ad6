# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Planning a round: what is kept, what can be changed when, opening it; with two coordinators at once."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import update
from sqlmodel import Session, col, select

from app.errors import AppError, Invalid, NotAllowed, NotFound, RoundChanged
from app.permissions import Role, RoundScope
from app.rounds.actions.changing import (
    change_address,
    change_basics,
    change_groups,
    change_protection,
    change_targets,
)
from app.rounds.actions.planning import open_round, plan_round
from app.rounds.catalogue import CATALOGUE
from app.rounds.offered import offer_of, shorter_forms
from app.rounds.plans import Address, GroupPlan, Plan, Protection
from app.rounds.queries.plan import Planned, plan_of
from app.tables.audits import AuditEntry
from app.tables.municipalities import Municipality
from app.tables.rounds import ROUNDS, Round, RoundGroup
from questionnaires.library import Library
from questionnaires.origins import Edition
from questionnaires.parts import MunicipalityType
from tests import staff
from tests.app.rounds.conftest import (
    LONG,
    SHORT,
    THREE_GROUPS,
    TODAY,
    PlannedRound,
    a_plan,
    opened_round,
    planned_round,
)

DEEP = Edition(id="steuerung-quartier", version="1.0")
LATER = timedelta(minutes=5)


class Desk:
    """A coordinator at work on one round: every act with the state that the page showed last."""

    def __init__(self, app: FastAPI, db: Session, found: PlannedRound) -> None:
        self.app, self.db, self.found = app, db, found
        self.library, self.now = app.state.library, app.state.clock.now() + LATER
        self.plan = self.read()

    @property
    def scope(self) -> RoundScope:
        return self.found.scope

    def read(self) -> Planned:
        self.db.flush()
        self.plan = plan_of(self.db, self.scope)
        return self.plan

    def basics(self, **changes: object) -> Planned:
        wanted = replace(self.plan.basics, **changes)  # type: ignore[arg-type]
        change_basics(self.db, self.scope, self.library, wanted, base=self.plan.base, today=TODAY, now=self.now)
        return self.read()

    def groups(self, *groups: GroupPlan) -> Planned:
        change_groups(self.db, self.scope, self.library, groups, base=self.plan.base, now=self.now)
        return self.read()

    def protection(self, **changes: object) -> Planned:
        wanted = replace(self.plan.protection, **changes)  # type: ignore[arg-type]
        change_protection(self.db, self.scope, wanted, base=self.plan.base, now=self.now)
        return self.read()

    def targets(self, **targets: int) -> Planned:
        change_targets(self.db, self.scope, self.library, targets, base=self.plan.base, now=self.now)
        return self.read()

    def address(self, contact: str, message: str = "") -> Planned:
        change_address(self.db, self.scope, Address(contact, message), base=self.plan.base, now=self.now)
        return self.read()

    def open(self, today: date = TODAY) -> Planned:
        open_round(self.db, self.scope, self.library, today=today, now=self.now)
        return self.read()


@pytest.fixture
def desk(app: FastAPI) -> Callable[..., Desk]:
    """At a planned round with three groups; `is_open`: at one that is open."""

    def at(db: Session, *, is_open: bool = False, plan: Plan | None = None) -> Desk:
        return Desk(app, db, (opened_round if is_open else planned_round)(db, app, plan))

    return at


At = Callable[..., Desk]


def kept(groups: tuple[object, ...] = THREE_GROUPS) -> tuple[GroupPlan, ...]:
    return tuple(groups)  # type: ignore[arg-type]


class TestPlanned:
    def test_the_municipality_is_copied_as_it_is_today(self, app: FastAPI) -> None:
        """R-05: a town that grows does not change its old rounds."""
        with app.state.database.writing() as db:
            found = planned_round(db, app)
            db.execute(update(Municipality).values(name="Neu-Belm", type="grosse_stadt", population=300_000))
            row = db.exec(select(Round)).one()
        assert (row.municipality_name, row.municipality_type) == ("Belm", "kleine_stadt_gemeinde")
        assert (row.population, row.size_class) == (14_071, "under_50000")
        assert (row.id, row.municipality_id, row.status) == (found.id, found.municipality_id, "planned")

    def test_the_questionnaires_are_frozen_with_their_digest(self, app: FastAPI, library: Library) -> None:
        with app.state.database.writing() as db:
            planned_round(db, app)
            row = db.exec(select(Round)).one()
            forms = {group.key: group.form_digest for group in db.exec(select(RoundGroup))}
        long, short = library.get("weltoffene-kommune", "1.0"), library.get("kurzcheck", "1.0")
        assert (row.questionnaire_id, row.questionnaire_version, row.questionnaire_digest) == (
            long.id,
            long.version,
            long.digest,
        )
        assert forms == {"leadership": long.digest, "politics": short.digest, "advisory_council": long.digest}

    def test_groups_stand_in_the_order_of_the_catalogue_with_a_link_each(self, app: FastAPI) -> None:
        own, others = GroupPlan("own-1", "Jugendrat"), GroupPlan("others", "Sonstige")
        with app.state.database.writing() as db:
            planned_round(db, app, a_plan((own, others, *THREE_GROUPS)))
            rows = db.exec(select(RoundGroup).order_by(col(RoundGroup.position))).all()
        assert [row.key for row in rows] == ["leadership", "politics", "advisory_council", "others", "own-1"]
        assert {len(row.link_code) for row in rows} == {12}
        assert len({row.link_code for row in rows}) == 5

    @pytest.mark.parametrize("role", [Role.MEMBER, Role.MODERATOR])
    def test_only_a_coordinator_plans(self, app: FastAPI, role: Role) -> None:
        with app.state.database.writing() as db:
            town = staff.municipality(db)
            who = staff.member(db, app, town)
            with pytest.raises(NotAllowed):
                plan_round(db, who.of(town, role), app.state.library, a_plan(), today=TODAY, now=app.state.clock.now())

    @pytest.mark.parametrize(
        ("plan", "field"),
        [
            (a_plan(n_min=2), "n_min"),
            (a_plan(raw_months=0), "raw_months"),
            (a_plan((GroupPlan("politics", "Politik", 9, DEEP),)), "form-politics"),
            (a_plan((GroupPlan("politics", "A"), GroupPlan("politics", "B"))), "groups"),
            (a_plan((GroupPlan("nobody", "A"),)), "groups"),
            (Plan(replace(a_plan().basics, closes_on=TODAY - timedelta(days=1))), "closes_on"),
            (Plan(replace(a_plan().basics, form=Edition(id="nichts", version="9.9"))), "form"),
            (replace(a_plan(), targets={"R1": 5}), "targets"),
        ],
    )
    def test_what_cannot_be_is_refused_at_its_field(self, app: FastAPI, plan: Plan, field: str) -> None:
        with app.state.database.writing() as db:
            if plan.targets:
                plan = replace(plan, targets={app.state.library.get(LONG.id, LONG.version).sections[0].id: 5})
            with pytest.raises(Invalid) as raised:
                planned_round(db, app, plan)
            db.rollback()
        assert [problem.field for problem in raised.value.problems] == [field]


def test_shorter_forms_share_questions_and_say_how_many(library: Library) -> None:
    long, short = library.latest("weltoffene-kommune"), library.latest("kurzcheck")
    deep, kind = library.latest("steuerung-quartier"), MunicipalityType.KLEINE_STADT_GEMEINDE
    assert [(offer.edition, offer.questions, offer.shared) for offer in shorter_forms(library, long, kind)] == [
        (SHORT, 15, 15)
    ]
    assert shorter_forms(library, short, kind) == shorter_forms(library, deep, kind) == ()
    assert not offer_of(deep, long, kind).is_shared


class TestChanged:
    def test_another_questionnaire_takes_the_groups_along(self, app: FastAPI, desk: At) -> None:
        """Who had the short check of the long one, has what the round asks now; targets of gone sections go."""
        with app.state.database.writing() as db:
            at = desk(db)
            section = at.library.get(LONG.id, LONG.version).sections[0].id
            assert at.targets(**{section: 4}).targets == {section: 4}
            at.now += LATER
            plan = at.basics(form=DEEP)
        assert {group.form for group in plan.groups} == {plan.basics.form} == {DEEP}
        assert plan.targets == {}

    def test_a_group_keeps_its_link_and_others_come_and_go(self, app: FastAPI, desk: At) -> None:
        with app.state.database.writing() as db:
            at = desk(db)
            plan = at.groups(replace(THREE_GROUPS[0], title="Spitze", expected=4), GroupPlan("own-1", "Jugendrat", 6))
            links = {row.key: row.link_code for row in db.exec(select(RoundGroup))}
        assert [(group.key, group.title, group.expected) for group in plan.groups] == [
            ("leadership", "Spitze", 4),
            ("own-1", "Jugendrat", 6),
        ]
        assert plan.groups[0].id == at.found.groups["leadership"]
        assert links["leadership"] == at.found.links["leadership"]

    def test_usual_targets_are_not_kept(self, app: FastAPI, desk: At) -> None:
        with app.state.database.writing() as db:
            at = desk(db)
            first, second = (section.id for section in at.library.get(LONG.id, LONG.version).sections[:2])
            assert at.targets(**{first: 3, second: 2, "nichts": 4}).targets == {second: 2}
            row = db.exec(select(Round)).one()
        assert row.targets == {"sections": {second: 2}}

    def test_every_act_is_told_and_moves_the_round_up(self, app: FastAPI, desk: At) -> None:
        with app.state.database.writing() as db:
            at = desk(db)
            for act in (
                lambda: at.basics(title="Neu"),
                lambda: at.groups(*THREE_GROUPS),
                lambda: at.protection(n_min=6),
                lambda: at.address("Amt", "Danke"),
                lambda: at.targets(),
                at.open,
            ):
                at.now += LATER
                act()
                assert at.plan.changed_at == at.now
            acts = db.exec(select(AuditEntry).order_by(col(AuditEntry.at))).all()
        assert [entry.action for entry in acts] == [
            "round.create",
            "round.plan",
            "round.groups",
            "round.plan",
            "round.plan",
            "round.targets",
            "round.open",
        ]
        assert {(entry.actor, entry.round_id) for entry in acts} == {("Ada Beispiel", at.found.id)}

    @pytest.mark.parametrize("roles", [{Role.MEMBER}, {Role.MODERATOR}])
    def test_only_a_coordinator_changes_and_opens(self, app: FastAPI, desk: At, roles: set[Role]) -> None:
        with app.state.database.writing() as db:
            at = desk(db)
            scope, base = at.found.scope_as(*roles), at.plan.base
            for refused in (
                lambda: change_protection(db, scope, Protection(), base=base, now=at.now),
                lambda: change_targets(db, scope, at.library, {}, base=base, now=at.now),
                lambda: open_round(db, scope, at.library, today=TODAY, now=at.now),
            ):
                with pytest.raises(NotAllowed):
                    refused()


class TestOpened:
    def test_it_takes_answers_from_then_on(self, app: FastAPI, desk: At) -> None:
        with app.state.database.writing() as db:
            at = desk(db)
            plan = at.open()
        assert (plan.status, plan.opened_on) == ("open", TODAY)
        assert not plan.waits(TODAY)
        assert plan.is_over(plan.basics.closes_on + timedelta(days=1))

    @pytest.mark.parametrize(
        ("plan", "today", "step"),
        [(a_plan(()), TODAY, "groups"), (a_plan(), TODAY + timedelta(days=28), "basics")],
    )
    def test_what_stands_in_the_way_is_said(self, app: FastAPI, desk: At, plan: Plan, today: date, step: str) -> None:
        with app.state.database.writing() as db:
            at = desk(db, plan=plan)
            with pytest.raises(Invalid) as raised:
                at.open(today)
            assert [problem.field for problem in raised.value.problems] == [step]
            assert at.read().is_planned

    def test_on_its_last_day_it_can_be_opened(self, app: FastAPI, desk: At) -> None:
        with app.state.database.writing() as db:
            assert desk(db).open(TODAY + timedelta(days=27)).status == "open"

    def test_a_questionnaire_that_changed_since_has_to_be_chosen_again(self, app: FastAPI, desk: At) -> None:
        """An operator's own draft can change; what people are asked is what was planned."""
        with app.state.database.writing() as db:
            at = desk(db)
            db.execute(update(ROUNDS).values(questionnaire_digest="0" * 64))
            with pytest.raises(Invalid) as raised:
                at.open()
            assert [problem.field for problem in raised.value.problems] == ["basics"]
            at.read()
            at.basics()
            assert at.open().status == "open"

    def test_promises_cannot_be_changed(self, app: FastAPI, desk: At) -> None:
        """M7: mode, least number, questionnaire and the groups' forms are fixed from the opening on."""
        leadership, politics, council = THREE_GROUPS
        with app.state.database.writing() as db:
            at = desk(db, is_open=True)
            for refused in (
                lambda: at.protection(mode="named"),
                lambda: at.protection(n_min=3),
                lambda: at.protection(raw_months=24),
                lambda: at.basics(form=SHORT),
                lambda: at.basics(opens_on=TODAY + timedelta(days=1)),
                lambda: at.groups(leadership, replace(politics, form=None), council),
                lambda: at.groups(replace(leadership, form=SHORT), politics, council),
                lambda: at.groups(leadership, politics),
                at.open,
            ):
                with pytest.raises(RoundChanged):
                    refused()
            assert at.read().changed_at == app.state.clock.now()

    def test_it_can_be_extended_and_a_missing_group_added(self, app: FastAPI, desk: At) -> None:
        leadership, politics, council = THREE_GROUPS
        with app.state.database.writing() as db:
            at = desk(db, is_open=True)
            assert at.basics(closes_on=TODAY + timedelta(days=60)).basics.closes_on == TODAY + timedelta(days=60)
            plan = at.groups(leadership, politics, replace(council, expected=8), GroupPlan("own-1", "Jugendrat", 5))
            assert [group.key for group in plan.groups][-1] == "own-1"
            assert plan.groups[2].expected == 8
            with pytest.raises(Invalid) as raised:
                at.basics(closes_on=TODAY - timedelta(days=1))
        assert [problem.field for problem in raised.value.problems] == ["closes_on"]

    def test_a_closed_round_stays_as_it_is(self, app: FastAPI, desk: At) -> None:
        """Targets too: two results of one round must not differ (M7.8)."""
        with app.state.database.writing() as db:
            at = desk(db, is_open=True)
            db.execute(update(ROUNDS).values(status="closed", closed_on=TODAY))
            for refused in (
                at.basics,
                lambda: at.groups(*THREE_GROUPS),
                at.protection,
                at.targets,
                lambda: at.address("x"),
                at.open,
            ):
                with pytest.raises(RoundChanged):
                    refused()


class TestTwoCoordinators:
    def test_what_somebody_else_changed_is_not_overwritten(self, app: FastAPI, desk: At) -> None:
        with app.state.database.writing() as db:
            at = desk(db)
            base = at.plan.base
            at.address("Amt für Soziales")
            with pytest.raises(Invalid) as raised:
                change_address(db, at.scope, Address("Jemand anderes"), base=base, now=at.now + LATER)
            assert at.read().address.contact == "Amt für Soziales"
        assert "nicht gespeichert" in raised.value.problems[0].message.replace("\n", " ")

    def test_only_one_of_two_opens_it(self, app: FastAPI, a_planned_round: PlannedRound) -> None:
        def act(db: Session, number: int) -> None:
            now = app.state.clock.now() + number * LATER
            open_round(db, a_planned_round.scope, app.state.library, today=TODAY, now=now)

        assert at_once(app, act) == ["RoundChanged", "done"]
        with app.state.database.reading() as db:
            acts = db.exec(select(AuditEntry.action).where(col(AuditEntry.action) == "round.open")).all()
        assert len(acts) == 1

    def test_opening_and_changing_the_promise_never_both_happen(
        self, app: FastAPI, a_planned_round: PlannedRound
    ) -> None:
        with app.state.database.reading() as db:
            base = plan_of(db, a_planned_round.scope).base

        def act(db: Session, number: int) -> None:
            now = app.state.clock.now() + LATER
            if number:
                open_round(db, a_planned_round.scope, app.state.library, today=TODAY, now=now)
            else:
                change_protection(db, a_planned_round.scope, Protection("named"), base=base, now=now)

        done = at_once(app, act)
        with app.state.database.reading() as db:
            plan = plan_of(db, a_planned_round.scope)
        # Either the promise was changed before the opening, or the opening came first and refused it.
        assert (done, plan.status, plan.is_named) in [
            (["done", "done"], "open", True),
            (["RoundChanged", "done"], "open", False),
        ]

    def test_of_two_changes_from_the_same_page_one_is_kept(self, app: FastAPI, a_planned_round: PlannedRound) -> None:
        with app.state.database.reading() as db:
            base = plan_of(db, a_planned_round.scope).base

        def act(db: Session, number: int) -> None:
            now = app.state.clock.now() + (number + 1) * LATER
            change_address(db, a_planned_round.scope, Address(f"Nummer {number}"), base=base, now=now)

        assert at_once(app, act) == ["Invalid", "done"]


def at_once(app: FastAPI, act: Callable[[Session, int], None]) -> list[str]:
    """Two transactions at the same moment; what became of each, sorted."""
    barrier, results = threading.Barrier(2), []

    def run(number: int) -> None:
        barrier.wait()
        try:
            with app.state.database.writing() as db:
                act(db, number)
            results.append("done")
        except AppError as error:
            results.append(type(error).__name__)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return sorted(results)


def test_a_round_that_is_gone_is_not_there(app: FastAPI, a_planned_round: PlannedRound) -> None:
    with app.state.database.writing() as db:
        gone = replace(a_planned_round.scope, round_id="0" * 32)
        with pytest.raises(NotFound):
            open_round(db, gone, app.state.library, today=TODAY, now=app.state.clock.now())


def test_the_catalogue_has_ten_groups_with_a_line_each() -> None:
    assert len(CATALOGUE) == 10
    assert all(kind.title and kind.who and len(kind.title) <= 80 and len(key) <= 40 for key, kind in CATALOGUE.items())
