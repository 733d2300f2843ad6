# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fill in one check (Rückmeldung): start, answer, resume, check answers, submit, receipt, delete, import."""
