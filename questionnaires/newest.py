# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The newest version of every questionnaire, for pages that tell of all of them."""

from collections.abc import Iterator

from questionnaires.definition import Questionnaire
from questionnaires.library import BrokenQuestionnaireError, Library


def newest(library: Library, language: str) -> Iterator[Questionnaire]:
    """Each in its newest version that can be read; one that selects from another comes after all others.

    A shipped questionnaire with an operator's addition tells nothing beyond the shipped one itself.
    """
    every = [questionnaire for name in library.ids() for questionnaire in _latest(library, name)]
    found = [questionnaire for questionnaire in every if not questionnaire.is_addition]
    for german in sorted(found, key=lambda one: one.selects_from is not None):
        yield library.in_language(german.id, german.version, language)


def _latest(library: Library, name: str) -> Iterator[Questionnaire]:
    try:
        yield library.latest(name)
    except BrokenQuestionnaireError:
        return  # said in the log when the server starts; the others keep working
