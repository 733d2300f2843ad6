# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of this feature."""

from fastapi import APIRouter

router = APIRouter()
