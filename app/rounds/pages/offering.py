# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The questionnaires that a page of planning offers, in the reader's language."""

from fastapi import Request

from app.i18n import Words, words_of
from app.rounds.offered import find, latest_of_all, offer_of, shorter_forms
from app.rounds.queries.plan import Planned
from app.rounds.views.plan import FormChoice, choice_of
from app.web.templating import language_of
from questionnaires.definition import Questionnaire
from questionnaires.library import Library
from questionnaires.parts import MunicipalityType


def offered(
    request: Request, library: Library, kind: MunicipalityType | None, plan: Planned | None = None
) -> tuple[FormChoice, ...]:
    """The newest version of each questionnaire, and that of this round if it is an older one."""
    found = list(latest_of_all(library))
    chosen = find(library, plan.basics.form) if plan else None
    if chosen and all((one.id, one.version) != (chosen.id, chosen.version) for one in found):
        found.insert(0, chosen)
    return tuple(_choice(request, library, one, one, kind) for one in found)


def whole_form(request: Request, library: Library, plan: Planned) -> FormChoice:
    """The questionnaire of the round."""
    form = library.get(plan.basics.form.id, plan.basics.form.version)
    return _choice(request, library, form, form, plan.kind)


def shorter(request: Request, library: Library, plan: Planned) -> tuple[FormChoice, ...]:
    """What a group can get instead: shorter ones that share questions, and what a group of this round has already."""
    form = library.get(plan.basics.form.id, plan.basics.form.version)
    found = {str(offer.edition): offer for offer in shorter_forms(library, form, plan.kind)}
    for group in plan.groups:
        kept = find(library, group.form)
        if kept and group.form != plan.basics.form:
            found.setdefault(str(group.form), offer_of(kept, form, plan.kind))
    return tuple(_choice(request, library, offer.questionnaire, form, plan.kind) for offer in found.values())


def title_of(request: Request, library: Library, plan: Planned) -> Words:
    """What the questionnaire of a round is called; its name where it cannot be had any more."""
    if find(library, plan.basics.form) is None:
        return Words(str(plan.basics.form))
    shown = in_language(request, library, plan)
    return words_of(shown.title, plan.kind)


def in_language(request: Request, library: Library, plan: Planned) -> Questionnaire:
    """The questionnaire of the round as the reader reads it."""
    return library.in_language(plan.basics.form.id, plan.basics.form.version, language_of(request))


def _choice(
    request: Request,
    library: Library,
    one: Questionnaire,
    of_round: Questionnaire,
    kind: MunicipalityType | None,
) -> FormChoice:
    shown = library.in_language(one.id, one.version, language_of(request))
    return choice_of(offer_of(one, of_round, kind), shown, kind)
