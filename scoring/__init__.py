# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What answers mean: pure rules M1 to M13, no web, no database, no clock."""

from scoring.compute import profile_of
from scoring.inputs import InputError, InputProblem, Inputs, Municipality, Targets
from scoring.profile import SCORING_VERSION, Profile

__all__ = [
    "SCORING_VERSION",
    "InputError",
    "InputProblem",
    "Inputs",
    "Municipality",
    "Profile",
    "Targets",
    "profile_of",
]
