# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the templates get: the page of whoever fills in the check, and that of the colleague with the link."""
