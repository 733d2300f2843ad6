# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fixed words are translated once, when a template is compiled, and read exactly as gettext would give them."""

import pytest
from jinja2 import Environment

from app import i18n
from app.web.wording import FixedWords


def environment(*extensions: str | type[FixedWords]) -> Environment:
    made = Environment(autoescape=True, extensions=["jinja2.ext.i18n", *extensions])
    made.globals["language"] = i18n.SOURCE
    made.install_gettext_translations(i18n.translations(i18n.SOURCE), newstyle=True)  # type: ignore[attr-defined]
    return made


@pytest.mark.parametrize(
    "template",
    [
        '{{ _("Weiter") }}',
        '{{ _("Weiter & <b>zurück</b>") }}',
        '{{ _("50 %% fertig") }}',
        "{{ _('Weiter')|upper }} {{ _('a') ~ '<' }} {{ {'k': _('Wort')}['k'] }} {{ [_('a'), _('b')]|join('<') }}",
        '{% macro m(text) %}<i>{{ text }}</i>{% endmacro %}{{ m(_("Weiter")) }}',
        '{{ _("Stufe %(n)s", n=3) }} {% trans n=2 %}Stufe {{ n }}{% endtrans %}',
        '{% if true %}{{ _("ja") if 1 else _("nein") }}{% endif %}',
    ],
)
def test_a_template_says_the_same_with_and_without(template: str) -> None:
    assert environment(FixedWords).from_string(template).render() == environment().from_string(template).render()


def test_the_words_are_looked_up_when_the_template_is_compiled() -> None:
    made = environment(FixedWords)
    template = made.from_string('{{ _("Weiter") }}')
    made.globals["gettext"] = made.globals["_"] = None
    assert template.render() == "Weiter"
