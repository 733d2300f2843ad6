# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a route may ask for by its type, beside ``Db``, ``EditScope``, ``ViewScope`` and ``Posted``."""

from typing import Annotated

from fastapi import Depends, Request

from app.clock import Clock
from app.settings import Settings
from app.web.limits import Limits, limits_of
from questionnaires.library import Library


# async: FastAPI would give a sync dependency a thread of its own, for a look into a dictionary.
async def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


async def _clock(request: Request) -> Clock:
    clock: Clock = request.app.state.clock
    return clock


async def _limits(request: Request) -> Limits:
    return limits_of(request)


async def _library(request: Request) -> Library:
    library: Library = request.app.state.library
    return library


SettingsOf = Annotated[Settings, Depends(_settings)]
ClockOf = Annotated[Clock, Depends(_clock)]
LibraryOf = Annotated[Library, Depends(_library)]
LimitsOf = Annotated[Limits, Depends(_limits)]
