# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Makes the compressed twins of all static text files (``make assets``); developers only.

The same input gives the same bytes, and a test proves that twins and files belong together.
"""

import gzip
from pathlib import Path

import brotli  # type: ignore[import-untyped]  # without types; only the developer who makes the twins has it

from app.web.assets import FOLDER, served

COMPRESSED = {".css", ".js", ".svg"}


def precompress(folder: Path = FOLDER) -> list[Path]:
    """Write the twins that are missing or stale; gives the paths written."""
    written = []
    for path in (path for path in served(folder) if path.suffix in COMPRESSED):
        for suffix, packed in twins(path.read_bytes()).items():
            twin = path.with_name(path.name + suffix)
            if not twin.exists() or twin.read_bytes() != packed:
                twin.write_bytes(packed)
                written.append(twin)
    return written


def twins(content: bytes) -> dict[str, bytes]:
    """What the twins of a file with this content hold, by their suffix."""
    return {".br": brotli.compress(content, quality=11), ".gz": gzip.compress(content, 9, mtime=0)}


if __name__ == "__main__":
    precompress()
