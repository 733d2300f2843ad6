# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading a setting from a file named in the environment: ``NAME_FILE=/run/secrets/name`` (X-22)."""

import os
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource


def environment_name(field_name: str) -> str:
    """The environment variable of a field: ``DATABASE_URL`` is common ground, the rest carries our prefix.

    pydantic names a fault in the former by the variable already.
    """
    return "DATABASE_URL" if field_name.lower() == "database_url" else f"SELBSTCHECK_{field_name.upper()}"


class FileSource(PydanticBaseSettingsSource):
    """Values from the files that ``…_FILE`` variables name; the end of line is not part of the value."""

    def __init__(self, settings_class: type[BaseSettings]) -> None:
        super().__init__(settings_class)
        self._fields = settings_class.model_fields

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        path = os.environ.get(f"{environment_name(field_name)}_FILE")
        return (Path(path).read_text(encoding="utf-8").strip() if path else None), field_name, False

    def __call__(self) -> dict[str, Any]:
        found = {name: self.get_field_value(field, name)[0] for name, field in self._fields.items()}
        return {name: value for name, value in found.items() if value is not None}
