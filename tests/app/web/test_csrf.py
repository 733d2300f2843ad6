# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Only our own pages may change something (X-04)."""

import pytest
from fastapi.testclient import TestClient

FORM = "/probe/form"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": "http://testserver"}, 403),
        ({}, 200),
        ({"origin": "http://testserver"}, 200),
        ({"origin": "https://testserver"}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
    ],
)
def test_who_may_post(plain: TestClient, headers: dict[str, str], status: int) -> None:
    assert plain.post(FORM, data={"a": "b"}, headers=headers).status_code == status


def test_reading_is_free_for_links_from_elsewhere(plain: TestClient) -> None:
    assert plain.get("/impressum", headers={"sec-fetch-site": "cross-site"}).status_code == 200
