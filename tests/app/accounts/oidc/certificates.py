# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A certificate authority that only the tests trust, and a certificate of it for this machine."""

import ssl
from dataclasses import dataclass
from pathlib import Path

import trustme


@dataclass(frozen=True)
class Certificates:
    """Files: the authority's certificate, and key and certificate for 127.0.0.1 and localhost."""

    authority: Path
    key: Path
    chain: Path

    def trust(self) -> ssl.SSLContext:
        """For a client that trusts this authority only."""
        return ssl.create_default_context(cafile=str(self.authority))


def issue(folder: Path) -> Certificates:
    """A new authority and its certificate, in this folder."""
    made = Certificates(folder / "authority.pem", folder / "key.pem", folder / "chain.pem")
    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1", "localhost")
    authority.cert_pem.write_to_path(made.authority)
    issued.private_key_pem.write_to_path(made.key)
    made.chain.write_bytes(b"".join(part.bytes() for part in issued.cert_chain_pems))
    return made
