# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the result pages stand on: of a single check (`checks`), or of a released round (`rounds`)."""

from app.results.queries.checks import load_result, result_of
from app.results.queries.context import OfRound, Place, ResultContext, Status
from app.results.queries.rounds import load_round_result, round_document

__all__ = [
    "OfRound",
    "Place",
    "ResultContext",
    "Status",
    "load_result",
    "load_round_result",
    "result_of",
    "round_document",
]
