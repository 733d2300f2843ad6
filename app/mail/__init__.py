# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mail: messages put together, kept in a queue, handed to the operator's relay (N-01 to N-09)."""
