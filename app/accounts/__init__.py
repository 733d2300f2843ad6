# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Accounts: sign in, second factor, sessions, links that work once, one's own profile; OpenID Connect."""
