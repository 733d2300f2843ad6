# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is the case: people with accounts, their sessions, what is kept about them.

``Person`` and its lookups are for everybody; the rest is for the pages of this feature.
"""

from app.accounts.queries.people import Person, person_in, person_of, person_with_email, require_person

__all__ = ["Person", "person_in", "person_of", "person_with_email", "require_person"]
