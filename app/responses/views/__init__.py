# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the templates of this feature get: frozen values, one module a screen. Pure, no web, no database."""
