# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rate limits that remember no address (D-05, X-11)."""

import pytest
from starlette.requests import Request

from app.errors import TooMany
from app.settings import Settings
from app.web.limits import Limits


def request_from(address: str) -> Request:
    return Request({"type": "http", "client": (address, 1), "headers": []})


def test_over_the_limit_is_429_for_this_client_only() -> None:
    limits = Limits(Settings(failed_codes_per_hour=2))
    for _ in range(2):
        limits.count(request_from("192.0.2.1"), "failed_code")
    with pytest.raises(TooMany) as refused:
        limits.count(request_from("192.0.2.1"), "failed_code")
    assert 3500 < refused.value.retry_after <= 3600
    limits.count(request_from("192.0.2.2"), "failed_code")
    limits.count(request_from("192.0.2.1"), "failed_access")
    limits.count(request_from("192.0.2.1"), "start")


def test_an_ipv6_customer_is_a_64_network() -> None:
    limits = Limits(Settings(failed_codes_per_hour=1))
    limits.count(request_from("2001:db8:0:1::1"), "failed_code")
    with pytest.raises(TooMany):
        limits.count(request_from("2001:db8:0:1:ffff::2"), "failed_code")
    limits.count(request_from("2001:db8:0:2::1"), "failed_code")


def test_ipv4_clients_of_a_dual_stack_proxy_are_counted_each() -> None:
    limits = Limits(Settings(failed_codes_per_hour=1))
    limits.count(request_from("::ffff:192.0.2.1"), "failed_code")
    limits.count(request_from("::ffff:192.0.2.2"), "failed_code")
    for same in ("192.0.2.1", "192.0.2.1:4711"):
        with pytest.raises(TooMany):
            limits.count(request_from(same), "failed_code")


def test_a_town_hall_can_start_hundreds_of_checks() -> None:
    limits = Limits(Settings())
    for _ in range(500):
        limits.count(request_from("192.0.2.1"), "start")


def test_the_memory_holds_no_address_and_two_processes_share_no_key() -> None:
    first, second = Limits(Settings()), Limits(Settings())
    first.count(request_from("192.0.2.77"), "start")
    assert "192.0.2.77" not in repr(vars(first._limiter.storage))
    assert first._client(request_from("192.0.2.77")) != second._client(request_from("192.0.2.77"))
