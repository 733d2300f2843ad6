# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What changes about accounts: sessions, links that work once, passwords, second factors, profiles."""
