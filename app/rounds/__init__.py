# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round (Durchgang): plan, groups, invitations, ways in, paper, progress, close, release."""
