# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a released round shows beside its profile: groups compared, agreement, the four heaps, comments."""
