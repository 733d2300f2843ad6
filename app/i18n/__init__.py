# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Languages and the way numbers, dates and times are written in them."""

from app.i18n.languages import SOURCE, available, direction, negotiate, translations

__all__ = ["SOURCE", "available", "direction", "negotiate", "translations"]
