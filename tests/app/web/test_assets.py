# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Static files: versions, caching, encodings, and the twins made ahead."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.web.assets import FOLDER, IMMUTABLE, Assets, served
from app.web.precompress import COMPRESSED, precompress, twins

TEXT_FILES = [path for path in served(FOLDER) if path.suffix in COMPRESSED]


@pytest.mark.parametrize("path", TEXT_FILES, ids=lambda path: path.name)
def test_the_committed_twins_belong_to_their_file(path: Path) -> None:
    content = path.read_bytes()
    assert brotli.decompress(path.with_name(path.name + ".br").read_bytes()) == content
    assert gzip.decompress(path.with_name(path.name + ".gz").read_bytes()) == content


def test_no_twin_without_its_file() -> None:
    for twin in [*FOLDER.rglob("*.br"), *FOLDER.rglob("*.gz")]:
        assert twin.with_suffix("").exists()


def test_making_twins_twice_writes_nothing_the_second_time(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a{color:red}" * 50)
    assert len(precompress(tmp_path)) == 2
    assert precompress(tmp_path) == []
    assert set(twins(b"x")) == {".br", ".gz"}


def test_the_version_changes_with_any_file(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a")
    before = Assets(tmp_path).version
    (tmp_path / "a.css").write_text("b")
    assert Assets(tmp_path).version != before


@pytest.mark.parametrize(
    ("accepted", "encoding"), [("gzip, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("identity", None)]
)
def test_the_best_encoding_the_browser_takes(
    client: TestClient, app: FastAPI, accepted: str, encoding: str | None
) -> None:
    path = app.state.assets.path("app.css")
    answer = client.get(path, headers={"accept-encoding": accepted})
    assert answer.headers.get("content-encoding") == encoding
    assert "Accept-Encoding" in answer.headers["vary"]
    assert answer.content == (FOLDER / "app.css").read_bytes()


def test_current_addresses_are_kept_for_a_year_old_ones_are_not(client: TestClient, app: FastAPI) -> None:
    path = app.state.assets.path("app.css")
    current = client.get(path)
    assert current.headers["cache-control"] == IMMUTABLE
    assert client.get("/static/older/app.css").headers["cache-control"] == "no-cache"
    again = client.get(path, headers={"if-none-match": current.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_only_files_of_the_tree_are_served(client: TestClient) -> None:
    for path in ("../main.py", "..%2Fmain.py", "app.css.br", "vendor", ""):
        assert client.get(f"/static/x/{path}").status_code == 404


def test_the_first_page_stays_small(client: TestClient) -> None:
    """At most 120 kB compressed and 8 requests, fonts included (N-24)."""
    page = client.get("/", headers={"accept-encoding": "gzip"})
    files = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text))
    files |= {path.replace("Regular", "SemiBold") for path in files if path.endswith("FiraSans-Regular.woff2")}
    sizes = [int(client.get(path, headers={"accept-encoding": "br"}).headers["content-length"]) for path in files]
    assert len(files) + 1 <= 8
    assert int(page.headers["content-length"]) + sum(sizes) <= 120_000
