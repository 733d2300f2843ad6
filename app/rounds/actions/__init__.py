# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What changes a round, one module a subject. Each takes a session and a proved scope, and never commits."""
