# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""compose.yaml: what an instance in containers does by itself."""

from pathlib import Path
from typing import Any

import pytest
import yaml

SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "compose.yaml").read_text(encoding="utf-8")
)["services"]
OURS = [name for name, service in SERVICES.items() if "selbstcheck" in service["image"]]


def test_what_is_over_its_time_is_deleted_every_day() -> None:
    """D-15: nobody has to think of it."""
    cleanup = SERVICES["cleanup"]
    assert cleanup["command"][:2] == ["sh", "-c"]
    assert "selbstcheck cleanup; sleep 86400" in cleanup["command"][2]
    assert cleanup["restart"] == "unless-stopped"
    assert cleanup["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert cleanup["image"] == SERVICES["selbstcheck"]["image"]
    assert cleanup["environment"] == SERVICES["selbstcheck"]["environment"]


@pytest.mark.parametrize("name", OURS)
def test_each_of_our_containers_may_do_as_little_as_possible(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
