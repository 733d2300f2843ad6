# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Examples from practice („Aus der Praxis“): all of them, filtered, and one by one. Public pages."""
