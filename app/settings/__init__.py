# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every setting of an instance, read from the environment; the table in docs/einstellungen.md is made from here.

Names start with ``SELBSTCHECK_``, only ``DATABASE_URL`` has none. Each can be given as a file instead
(``SELBSTCHECK_ACCESS_CODE_FILE=/run/secrets/code``), as containers do with secrets.
"""

from app.settings.model import Settings, SettingsError, load, read

__all__ = ["Settings", "SettingsError", "load", "read"]
