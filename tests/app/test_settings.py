# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Settings: from the environment, from files, refused in production while something is missing (A-01, D-13)."""

from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from app.settings import Settings, SettingsError, load
from app.settings.operator import REQUIRED
from app.settings.reference import DOCUMENT, markdown
from app.settings.states import LAWS, State

COMPLETE = {
    "env": "production",
    "public_url": "https://www.example.org/selbstcheck",
    "source_url": "https://example.org/code",
    "operator_name": "Stadt Musterstadt",
    "operator_address": "Rathausplatz 1 | 12345 Musterstadt",
    "operator_email": "selbstcheck@musterstadt.example",
    "operator_representative": "Erika Beispiel",
    "dpo_contact": "datenschutz@musterstadt.example",
    "privacy_legal_basis": "Art. 6 DSGVO",
    "privacy_authority": "Landesbeauftragte",
    "privacy_hosting": "Eigenes Rechenzentrum",
    "privacy_version": "2026-11-01",
    "state": "NI",
    "accessibility_status": "teilweise",
    "accessibility_method": "Selbstbewertung",
    "accessibility_date": "2026-11-01",
    "enforcement_body": "Schlichtungsstelle",
    "enforcement_url": "https://example.org/schlichtung",
}


def environment(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(f"SELBSTCHECK_{name.upper()}", value)


def test_nothing_is_needed_to_try_it_out() -> None:
    assert Settings().database_url == "sqlite:///./var/selbstcheck.db"
    assert not Settings().closed


def test_production_names_everything_that_is_missing_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    environment(monkeypatch, env="production")
    with pytest.raises(SettingsError) as refused:
        load()
    named = {line.partition(":")[0] for line in str(refused.value).splitlines()}
    required = {name for name, field in Settings.model_fields.items() if field.json_schema_extra == REQUIRED}
    assert named == {f"SELBSTCHECK_{name.upper()}" for name in required}


def test_production_starts_with_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    environment(monkeypatch, **COMPLETE)
    settings = load()
    assert settings.production
    assert settings.root_path == "/selbstcheck"


@pytest.mark.parametrize("name", sorted(set(COMPLETE) - {"env"}))
def test_each_field_is_really_needed(name: str) -> None:
    with pytest.raises(SettingsError, match=name.upper()):
        Settings(**{key: value for key, value in COMPLETE.items() if key != name}).ready()  # type: ignore[arg-type]


def test_production_means_https() -> None:
    with pytest.raises(SettingsError, match="https"):
        Settings(**{**COMPLETE, "public_url": "http://www.example.org"}).ready()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "address", ["https://example.org/?a=1", "https://example.org/#a", "https://example.org?", "https://exa mple.org/"]
)
def test_a_public_address_has_no_query_fragment_or_spaces(address: str) -> None:
    with pytest.raises(ValidationError):
        Settings(public_url=address)


@pytest.mark.parametrize(
    "url", ["sqlite:///x.db", "postgres://h/x", "postgresql://u:p@h:5432/x", "postgresql+psycopg://h/x"]
)
def test_databases_we_have_drivers_for(url: str) -> None:
    assert Settings(database_url=url).database_url == url


@pytest.mark.parametrize("address", ["www.example.org", "ftp://example.org", "https://"])
def test_a_public_address_needs_scheme_and_host(address: str) -> None:
    with pytest.raises(ValidationError):
        Settings(public_url=address)


def test_secrets_come_from_files_and_are_not_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret = tmp_path / "code"
    secret.write_text("sehr geheim 2026\n")
    monkeypatch.setenv("SELBSTCHECK_ACCESS_CODE_FILE", str(secret))
    (tmp_path / "db").write_text("postgresql://app:pw@db/app")
    monkeypatch.setenv("DATABASE_URL_FILE", str(tmp_path / "db"))
    settings = load()
    assert settings.closed
    assert settings.access_code.get_secret_value() == "sehr geheim 2026"
    assert settings.database_url == "postgresql://app:pw@db/app"
    assert "geheim" not in repr(settings)


def test_the_variable_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "db").write_text("sqlite:///file.db")
    monkeypatch.setenv("DATABASE_URL_FILE", str(tmp_path / "db"))
    monkeypatch.setenv("DATABASE_URL", "sqlite:///variable.db")
    assert load().database_url == "sqlite:///variable.db"


def test_faults_are_one_line_each(monkeypatch: pytest.MonkeyPatch) -> None:
    environment(monkeypatch, draft_days="viele", trusted_proxies="10.0.0.300")
    with pytest.raises(SettingsError) as refused:
        load()
    assert [line.partition(":")[0] for line in str(refused.value).splitlines()] == [
        "SELBSTCHECK_TRUSTED_PROXIES",
        "SELBSTCHECK_DRAFT_DAYS",
    ]


def test_a_missing_file_is_a_fault_and_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL_FILE", "/gibt/es/nicht")
    with pytest.raises(SettingsError, match="/gibt/es/nicht"):
        load()


def test_the_document_is_current() -> None:
    """If this fails: python -m app.settings.reference."""
    assert DOCUMENT.read_text(encoding="utf-8") == markdown()


def test_every_setting_is_described() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_every_state_has_its_law() -> None:
    assert set(LAWS) == set(State)
    assert {state for state in State if LAWS[state].easy_language_duty} == {
        State(code) for code in ("BW", "BE", "BB", "HB", "HH", "NW", "RP", "SL")
    }


def test_no_directory_of_own_questionnaires_is_not_the_one_the_server_runs_in(monkeypatch: pytest.MonkeyPatch) -> None:
    environment(monkeypatch, questionnaires_dir="")
    assert load().questionnaires_dir is None
    environment(monkeypatch, questionnaires_dir="/srv/fragen")
    assert load().questionnaires_dir == Path("/srv/fragen")


def test_an_access_code_is_too_long_to_be_guessed() -> None:
    assert Settings(access_code=SecretStr("")).closed is False
    assert Settings(access_code=SecretStr("Rathaus 2026")).closed
    with pytest.raises(ValidationError, match="mindestens 10 Zeichen"):
        Settings(access_code=SecretStr("kurz"))
