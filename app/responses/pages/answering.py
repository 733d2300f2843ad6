# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Answer: the overview, a section, one question at a time with htmx, a whole section without."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.db import Db, DbRoute
from app.errors import Invalid, NotFound
from app.responses import actions
from app.responses.loading import Check, CheckOf
from app.responses.queries import Kept
from app.responses.typed import FIELDS, Fault, Typed, faults_of, typed_from
from app.responses.views.pages import overview_page
from app.responses.views.question import notes_of, read_base
from app.responses.views.section import Posted as PostedQuestion
from app.responses.views.section import Rendering, section_page, section_state, single_question
from app.web.bodies import Posted
from app.web.dependencies import ClockOf, LibraryOf
from app.web.htmx import fragments, is_htmx
from app.web.session import remember
from app.web.templating import render_page
from app.web.urls import url
from questionnaires.definition import Item, Section
from questionnaires.flow import asked
from questionnaires.numbering import sections_of

router = APIRouter(route_class=DbRoute)


@router.get("/check/{response_id}", name="overview_without_slash")
@router.get("/check/{response_id}/")
def overview(request: Request, check: CheckOf, library: LibraryOf) -> Response:
    """The sections as a task list, the code, and the next step."""
    others = [library.latest(name) for name in library.ids() if name != check.questionnaire.id]
    onward = [] if check.state.round else others
    page = overview_page(check.state, check.questionnaire, check.frame, check.deadlines, onward)
    return render_page(request, "responses/overview.html", page)


@router.get("/check/{response_id}/abschnitt/{section_id}")
def section(
    request: Request, check: CheckOf, section_id: str, clock: ClockOf, zurueck: str = "", gespeichert: str = ""
) -> Response:
    """One section with its questions; `gespeichert` is the time of saving, after the button „Speichern“."""
    back = "pruefen" if zurueck == "pruefen" else ""
    rendering = Rendering(check.code, _page_id(), check.today, back, saved_at=_moment(gespeichert, clock.now()))
    page = section_page(check.state, check.questionnaire, _section(check, section_id), rendering)
    return render_page(request, "responses/section.html", page)


@router.post("/check/{response_id}/abschnitt/{section_id}")
def save_section(request: Request, check: CheckOf, db: Db, section_id: str, posted: Posted, clock: ClockOf) -> Response:
    """Save every question that was touched, then go on; what cannot be kept is shown again as it was typed."""
    section = _section(check, section_id)
    results = [_record(check, db, item, posted, clock) for item in asked(section, check.state.kind)]
    unkept = {item.id: failed for item, _, failed in results if failed}
    state = check.state.with_changes({item.id: kept for item, kept, _ in results})
    back = "pruefen" if posted.get("back") == "pruefen" else ""
    going_on = posted.get("weiter") == "next"
    now = clock.now()
    rendering = Rendering(check.code, _page_id(), now.date(), back, posted=unkept, strict=going_on, saved_at=now)
    page = section_page(state, check.questionnaire, section, rendering)
    if page.problems:
        status = 409 if any(q.theirs for q in page.problems) else 422
        return render_page(request, "responses/section.html", page, status=status)
    onward = _following(request, check, section, back) if going_on else _again(request, check, section, back, clock)
    response = RedirectResponse(onward, 303)
    if check.scope.code:
        remember(request, response, check.scope.code)
    return response


@router.post("/check/{response_id}/frage/{item_id}")
def save_answer(request: Request, check: CheckOf, db: Db, item_id: str, posted: Posted, clock: ClockOf) -> Response:
    """Save one question at once; without htmx, go back to its section."""
    item = _item(check, item_id)
    if f"{item.id}.base" not in posted:
        # „Gespeichert“ must not be said about a form that does not hold the question.
        raise Invalid
    _, kept, failed = _record(check, db, item, posted, clock)
    state = check.state.with_changes({item.id: kept})
    section = check.questionnaire.section_of(item.id)
    if not is_htmx(request):
        return RedirectResponse(url(request, "section", response_id=state.id, section_id=section.id), 303)
    now = clock.now()
    progress = section_state(state, check.questionnaire, section, now)
    rendering = Rendering(check.code, str(posted.get("page", ""))[:32], now.date())
    question = single_question(state, check.questionnaire, item, rendering, failed)
    return fragments(
        request,
        "responses/_question.html",
        question,
        beside={
            "section-progress": ("responses/_section_progress.html", progress.progress),
            "section-state": ("responses/_section_state.html", progress),
            "status": ("responses/_saved.html", now if failed is None else failed),
        },
        code=200 if failed is None else 409 if failed.conflict else 422,
    )


def _record(
    check: Check, db: Db, item: Item, posted: Posted, clock: ClockOf
) -> tuple[Item, Kept, PostedQuestion | None]:
    """Store one question of a form: what is kept now, and what could not be kept."""
    base = posted.get(f"{item.id}.base")
    if not isinstance(base, str):
        # The form does not hold this question (it was added since, or only one question was sent).
        return item, check.state.of(item.id), None
    typed = _typed(check, item, posted)
    faults = faults_of(typed, allow_not_applicable=item.allow_not_applicable)
    possible = _what_can_be_kept(check, item, typed, faults) if faults else typed
    recorded = _store(check, db, item, possible, base, posted, clock)
    failed = PostedQuestion(typed, base, faults, recorded.conflict) if faults or recorded.conflict else None
    return item, recorded.kept, failed


def _typed(check: Check, item: Item, posted: Posted) -> Typed:
    typed = typed_from({name: str(posted.get(f"{item.id}.{name}", "")) for name in FIELDS})
    # A round that asks for no notes keeps none, whatever is sent (D-11).
    return replace(typed, note="") if notes_of(check.state.round) == "none" else typed


def _what_can_be_kept(check: Check, item: Item, typed: Typed, faults: Sequence[Fault]) -> Typed:
    """A month or note that cannot be kept does not cost the level chosen with it."""
    before = check.state.of(item.id).typed
    possible = replace(typed, **{fault.field: getattr(before, fault.field) for fault in faults})
    return possible if possible.carried_by == "project" else replace(possible, project_until="")


def _store(
    check: Check, db: Db, item: Item, typed: Typed, base: str, posted: Posted, clock: ClockOf
) -> actions.Recorded:
    revision, fingerprint = read_base(base)
    return actions.record_answer(
        db,
        check.scope,
        item.id,
        typed,
        base_revision=revision,
        base_fingerprint=fingerprint,
        writer=str(posted.get("page", ""))[:32],
        today=clock.today(),
        draft=check.state,
    )


def _following(request: Request, check: Check, section: Section, back: str) -> str:
    response_id = check.state.id
    sections = sections_of(check.questionnaire, check.state.kind)
    after = sections[sections.index(section) + 1 :]
    if back == "pruefen" or not after:
        return url(request, "check_answers", response_id=response_id)
    return url(request, "section", response_id=response_id, section_id=after[0].id)


def _again(request: Request, check: Check, section: Section, back: str, clock: ClockOf) -> str:
    """The same section: a redirect, so that reloading it sends nothing twice (lesson 8)."""
    told = {"gespeichert": f"{clock.now():%H-%M}"} | ({"zurueck": back} if back else {})
    return f"{url(request, 'section', response_id=check.state.id, section_id=section.id)}?{urlencode(told)}"


def _moment(word: str, now: datetime) -> datetime | None:
    """Today at the time that `_again` wrote into the address."""
    if not re.fullmatch(r"([01][0-9]|2[0-3])-[0-5][0-9]", word):
        return None
    return now.replace(hour=int(word[:2]), minute=int(word[3:]))


def _section(check: Check, section_id: str) -> Section:
    for section in sections_of(check.questionnaire, check.state.kind):
        if section.id == section_id:
            return section
    raise NotFound


def _item(check: Check, item_id: str) -> Item:
    if not check.questionnaire.has_item(item_id):
        raise NotFound
    item = check.questionnaire.item(item_id)
    if not item.asked_of(check.state.kind):
        raise NotFound
    return item


def _page_id() -> str:
    """Random id of one rendered page; two clicks on it are no conflict, two pages may be one."""
    return secrets.token_hex(8)
