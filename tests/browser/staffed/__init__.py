# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What test_staff_pages looks at: a world with everybody and everything in it, and the list of what is visited."""
