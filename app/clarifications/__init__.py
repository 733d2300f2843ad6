# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""„Bitte klären“: single questions of a check go to a colleague by link, and come back as proposals with a name.

A proposal never counts by itself: whoever fills in the check takes it over, or does not. In an anonymous round there
is none of this: a link to one person would say whose check it is.
"""
