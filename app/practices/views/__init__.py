# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the templates of the examples get: frozen values. Pure: no web, no database, no clock."""
