# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Comments: moderation reads them first; others see what was released, and nobody sees whose it is (M7.7, D-11)."""

from collections import Counter
from collections.abc import Callable

import pytest
from fastapi import FastAPI
from sqlmodel import select

from app.permissions import Role
from app.settings import Settings
from app.tables.audits import AuditEntry
from app.tables.rounds import RoundComment
from tests import staff
from tests.app.comparison.conftest import Reader
from tests.markup import Markup
from tests.released import another_reader

Release = Callable[..., Reader]
HTMX = {"hx-request": "true"}


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(database_url=database_url)


def commented(app: FastAPI) -> tuple[str, list[str]]:
    """The question with the most comments, and their texts in order."""
    with app.state.database.reading() as db:
        rows = db.exec(select(RoundComment).order_by(RoundComment.item_id, RoundComment.position)).all()
    item, count = Counter(row.item_id for row in rows).most_common(1)[0]
    assert count > 1
    return item, [row.text for row in rows if row.item_id == item]


def entries(app: FastAPI) -> list[AuditEntry]:
    with app.state.database.reading() as db:
        return list(db.exec(select(AuditEntry)).all())


def test_nothing_is_shown_before_it_was_released(reader: Release, app: FastAPI) -> None:
    shown = reader()
    item, texts = commented(app)
    page = f"/vergleich/frage/{item}"
    assert all(text in shown.own(page).words for text in texts)
    assert not any(text in shown.shared(page).words for text in texts)
    another_reader(shown.made).sign_in(shown.client)
    member = shown.own(page)
    assert not any(text in member.words for text in texts)
    assert not [form for form in member.forms if form.action.endswith("/kommentare")]


def test_moderation_releases_and_hides_each(reader: Release, app: FastAPI) -> None:
    shown = reader()
    item, texts = commented(app)
    page = f"/vergleich/frage/{item}"
    form = next(form for form in shown.own(page).forms if form.action.endswith("/kommentare"))
    answer = shown.client.post(form.action, data=form.values(zeigen="1"))
    assert (answer.status_code, answer.headers["location"]) == (303, f"{shown.made.own}{page}#kommentare")
    assert texts[0] in shown.shared(page).words
    assert texts[1] not in shown.shared(page).words
    shown.client.post(form.action, data=form.values(zeigen="0"))
    assert texts[0] not in shown.shared(page).words
    assert [entry.action for entry in entries(app)] == ["round.comment", "round.comment"]
    assert sorted(str(entry.detail["shown"]) for entry in entries(app)) == ["False", "True"]
    assert not any(text in str(entry.detail) for entry in entries(app) for text in texts)


def test_with_script_only_the_list_comes_back(reader: Release, app: FastAPI) -> None:
    shown = reader()
    item, texts = commented(app)
    address = f"{shown.made.own}/vergleich/frage/{item}/kommentare"
    answer = shown.client.post(address, data={"stelle": "0", "zeigen": "1"}, headers=HTMX)
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "Freigegeben." in answer.text
    found = Markup(f"<main>{answer.text}</main>")
    assert len(found.all("li", class_="remark--hidden")) == len(texts) - 1


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"stelle": "0", "zeigen": "vielleicht"}, 422),
        ({"stelle": "-1", "zeigen": "1"}, 422),
        ({"zeigen": "1"}, 422),
        ({"stelle": "9999", "zeigen": "1"}, 404),
    ],
)
def test_what_cannot_be_is_refused(reader: Release, app: FastAPI, data: dict[str, str], status: int) -> None:
    shown = reader()
    item, _ = commented(app)
    address = f"{shown.made.own}/vergleich/frage/{item}/kommentare"
    assert shown.client.post(address, data=data).status_code == status
    assert entries(app) == []


def test_only_moderation_may(reader: Release, app: FastAPI) -> None:
    shown = reader()
    item, _ = commented(app)
    address = f"{shown.made.own}/vergleich/frage/{item}/kommentare"
    data = {"stelle": "0", "zeigen": "1"}
    with app.state.database.writing() as db:
        without = staff.member(db, app, shown.made.municipality_id, "Ohne Freigabe")
        stranger = staff.member(db, app, staff.municipality(db, "Anderswo"), "Fremde Koordination")
        moderator = staff.moderator(db, app, shown.made.round_id)
    member = another_reader(shown.made, Role.MEMBER)
    for person, status in ((member, 403), (without, 404), (stranger, 404), (moderator, 404)):
        person.sign_in(shown.client)
        assert shown.client.post(address, data=data).status_code == status, person.name
    shown.client.cookies.clear()
    assert shown.client.post(address, data=data).status_code in {303, 401}
    assert entries(app) == []
    with app.state.database.reading() as db:
        assert not db.exec(select(RoundComment).where(RoundComment.is_shown)).all()


def test_the_first_page_leads_moderation_to_what_waits(reader: Release, app: FastAPI) -> None:
    shown = reader()
    item, texts = commented(app)
    with app.state.database.reading() as db:
        total = len(db.exec(select(RoundComment)).all())
    link = f"{shown.made.own}/vergleich/frage/{item}#kommentare"
    assert f"{total} Notizen warten darauf" in shown.own().words
    assert link in shown.own().links
    assert "Notizen" not in shown.shared().words
    shown.client.post(link.replace("#", "/"), data={"stelle": "0", "zeigen": "1"})
    assert f"{total - 1} Notizen warten darauf" in shown.own().words
    assert f"eine Notiz, {len(texts) - 1} zu lesen" in shown.own().words
    shared = shown.shared()
    assert "eine Notiz" in shared.words
    assert "zu lesen" not in shared.words
    assert f"{shown.made.shared}/vergleich/frage/{item}#kommentare" in shared.links
