# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The result of a check: profile, reasons, next steps, lists, method, pictures; read by code, by link, as example."""
