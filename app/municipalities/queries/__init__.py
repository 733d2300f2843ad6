# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is the case: facts and people of a municipality (for the rounds as well), lists, the register, the log."""

from app.municipalities.kinds import size_class
from app.municipalities.queries.facts import Municipality, municipality_of
from app.municipalities.queries.people import Member, members_of

__all__ = ["Member", "Municipality", "members_of", "municipality_of", "size_class"]
