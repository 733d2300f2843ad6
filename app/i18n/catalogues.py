# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The translators' files: `make messages` finds all texts, brings every catalogue up to date and compiles it.

`locales/messages.pot` lists the texts. `locales/<language>/LC_MESSAGES/messages.po` holds them with their
translations, and the `.mo` beside it is what the app reads. Line numbers and days are left out, so that the files
change only when a text does.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

FOLDER = Path(__file__).parent / "locales"
TEMPLATE = FOLDER / "messages.pot"
_MAPPING = Path(__file__).with_name("babel.cfg")
_ROOT = Path(__file__).parents[2]
_DAY = datetime(2026, 11, 23, tzinfo=UTC)
_WIDTH = 110
_HEADER = """\
# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
# German sentences are the message ids. How to translate: docs/uebersetzen.md
#"""


def extract() -> Catalog:
    """Every text of templates and code, in the order of the files."""
    found = Catalog(
        project="Selbstcheck Weltoffene Kommune",
        version="1",
        copyright_holder="Selbstcheck Weltoffene Kommune contributors",
        msgid_bugs_address="",
        creation_date=_DAY,
        header_comment=_HEADER,
        fuzzy=False,
    )
    with _MAPPING.open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]  # Babel leaves it untyped
    texts = extract_from_dir(
        _ROOT, methods, options, comment_tags=("Translators:",), strip_comment_tags=True, directory_filter=_is_ours
    )
    for name, _, message, comments, context in sorted(texts, key=lambda text: text[:2]):
        found.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    return found


def catalogues() -> Iterator[Path]:
    """The `.po` file of every language but German."""
    return iter(sorted(FOLDER.glob("*/LC_MESSAGES/messages.po")))


def read(path: Path) -> Catalog:
    """One catalogue; the name of its folder is its language."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def updated(path: Path, template: Catalog) -> Catalog:
    """A catalogue with exactly the texts of the template; a new text waits for its translation."""
    catalogue = read(path)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.header_comment, catalogue.project, catalogue.version = _HEADER, template.project, template.version
    catalogue.last_translator = catalogue.language_team = catalogue.copyright_holder = str(template.copyright_holder)
    catalogue.msgid_bugs_address = template.msgid_bugs_address
    catalogue.creation_date = catalogue.revision_date = _DAY
    return catalogue


def as_text(catalogue: Catalog) -> bytes:
    """A catalogue as its file holds it."""
    file = BytesIO()
    write_po(file, catalogue, width=_WIDTH, include_lineno=False)
    return file.getvalue()


def main() -> None:
    """Write the list of texts and every catalogue, and compile them."""
    template = extract()
    TEMPLATE.write_bytes(as_text(template))
    for path in catalogues():
        catalogue = updated(path, template)
        path.write_bytes(as_text(catalogue))
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)


def _is_ours(folder: str | Path) -> bool:
    return Path(folder).name in {_ROOT.name, "app"} or "app" in Path(folder).relative_to(_ROOT).parts


if __name__ == "__main__":
    main()
