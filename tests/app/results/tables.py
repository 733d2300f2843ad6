# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading the tables beside the pictures, as a reader would: rows of cells."""

import re
from html import unescape

TABLE = re.compile(r'<table class="figures" data-chart="(?P<chart>[^"]+)">(?P<rows>.*?)</table>', re.DOTALL)
ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")


def tables(html: str) -> dict[str, list[list[str]]]:
    """By the id of the chart: the rows of its table, the head first."""
    return {found["chart"]: [_cells(row) for row in ROW.findall(found["rows"])] for found in TABLE.finditer(html)}


def _cells(row: str) -> list[str]:
    return [" ".join(unescape(TAG.sub("", cell)).split()) for cell in CELL.findall(row)]
