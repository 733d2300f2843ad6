# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
# Two stages: build a virtual environment from the lock, then copy it into a bare image.
# The image runs as any uid, with a read-only root and without capabilities; data lives in /data.
ARG BASE=python:3.12-slim-bookworm

FROM ${BASE} AS build
ENV UV_PYTHON_DOWNLOADS=never UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PROJECT_ENVIRONMENT=/opt/selbstcheck
RUN pip install --no-cache-dir 'uv==0.13.9'
WORKDIR /src
COPY pyproject.toml uv.lock README.md ./
RUN uv sync --locked --no-dev --extra oidc --no-install-project
COPY questionnaires questionnaires
COPY scoring scoring
COPY app app
RUN uv sync --locked --no-dev --extra oidc --no-editable

FROM ${BASE}
LABEL org.opencontainers.image.title="Selbstcheck Weltoffene Kommune" \
      org.opencontainers.image.licenses="EUPL-1.2"
ENV PATH=/opt/selbstcheck/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite:////data/selbstcheck.db
RUN mkdir /data && chown 10001:0 /data && chmod 770 /data
COPY --from=build /opt/selbstcheck /opt/selbstcheck
USER 10001:0
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
# With the embedded database, migrate and serve are one start; with PostgreSQL, compose.yaml migrates first.
CMD ["sh", "-c", "selbstcheck migrate && exec selbstcheck serve --host 0.0.0.0 --port 8000"]
