# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Static files: kept in memory, compressed ahead, under a path that changes when any of them changes.

The version in ``/static/{version}/{path}`` is a hash over the whole tree, so browsers may keep files for a
year and relative addresses inside stylesheets keep working. The compressed twins (``.br``, ``.gz``) are made
by ``app.web.precompress`` and committed; operators build nothing.
"""

import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from app.errors import NotFound

FOLDER = Path(__file__).parent.parent / "static"
IMMUTABLE = "public, max-age=31536000, immutable"
_NOT_SERVED = {"SHA256SUMS", "LICENSE", "LICENSE.md"}
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its bytes as they are and in each encoding that was made ahead."""

    content: bytes
    media_type: str
    etag: str
    encoded: dict[str, bytes]


class Assets:
    """All static files of the product, read once."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._files = {str(path.relative_to(folder)): _read(path) for path in served(folder)}
        tree = "".join(f"{name}:{asset.etag}\n" for name, asset in sorted(self._files.items()))
        self.version = hashlib.sha256(tree.encode()).hexdigest()[:12]

    def path(self, name: str) -> str:
        """The address of a file below the application's root; a KeyError names a file that is not there."""
        if name not in self._files:
            raise KeyError(name)
        return f"/static/{self.version}/{name}"

    def respond(self, request: Request, version: str, name: str) -> Response:
        """The file in the best encoding the browser takes, or 304, or ``NotFound``."""
        asset = self._files.get(name)
        if asset is None:
            raise NotFound
        # An old page may still ask with an old version: it gets the new file, but may not keep it.
        caching = IMMUTABLE if version == self.version else "no-cache"
        headers = {"Cache-Control": caching, "ETag": asset.etag, "Vary": "Accept-Encoding"}
        if asset.etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        accepted = _accepted(request.headers.get("accept-encoding", ""))
        for encoding, content in asset.encoded.items():
            if encoding in accepted:
                headers["Content-Encoding"] = encoding
                return Response(content, media_type=asset.media_type, headers=headers)
        return Response(asset.content, media_type=asset.media_type, headers=headers)


def served(folder: Path) -> list[Path]:
    """The files below ``folder`` that have an address, without their compressed twins."""
    twins = {suffix for _, suffix in ENCODINGS}
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [path for path in files if path.suffix not in twins and path.name not in _NOT_SERVED]


def _read(path: Path) -> Asset:
    content = path.read_bytes()
    twins = {name: path.with_name(path.name + suffix) for name, suffix in ENCODINGS}
    media_type = "font/woff2" if path.suffix == ".woff2" else mimetypes.guess_type(path.name)[0]
    return Asset(
        content=content,
        media_type=media_type or "application/octet-stream",
        etag=f'"{hashlib.sha256(content).hexdigest()[:20]}"',
        encoded={name: twin.read_bytes() for name, twin in twins.items() if twin.exists()},
    )


def _accepted(header: str) -> set[str]:
    """Encodings a browser takes; one with q=0 is refused."""
    parts = [part.partition(";") for part in header.replace(" ", "").split(",")]
    return {name for name, _, quality in parts if quality not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}}
