# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the result templates get: frozen values, one module a page. Pure: no web, no database, no clock."""
