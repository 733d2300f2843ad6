# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What changes a response: start, answer, describe the municipality, submit, copy, delete, import.

Each action takes a session, a proved scope and plain values. It raises an `AppError` and never commits.
"""

from app.responses.actions.answering import Recorded, answer_row, describe_municipality, record_answer, set_targets
from app.responses.actions.finishing import counted, delete_response, delete_responses, submit
from app.responses.actions.starting import Started, copy, shared_items, start, take_over

__all__ = [
    "Recorded",
    "Started",
    "answer_row",
    "copy",
    "counted",
    "delete_response",
    "delete_responses",
    "describe_municipality",
    "record_answer",
    "set_targets",
    "shared_items",
    "start",
    "submit",
    "take_over",
]
