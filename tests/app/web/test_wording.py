# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fixed words are translated once, when a template is compiled, and read exactly as gettext would give them."""

import pytest
from jinja2 import Environment

from app import i18n
from app.web.wording import FixedWords, Sentences


def environment(*extensions: str | type[FixedWords]) -> Environment:
    made = Environment(autoescape=True, extensions=["jinja2.ext.i18n", *extensions])
    made.globals["language"] = i18n.SOURCE
    made.install_gettext_translations(i18n.translations(i18n.SOURCE), newstyle=True)  # type: ignore[attr-defined]
    return made


def ours() -> Environment:
    made = environment(FixedWords)
    Sentences(i18n.translations(i18n.SOURCE)).install(made)
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
        "{% trans a='<b>', b='x'|safe %}Von <i>{{ a }}</i> bis {{ b }}: 50 %{% endtrans %}",
        "{% trans count=1 %}Eine Frage{% pluralize %}{{ count }} Fragen{% endtrans %}",
        "{% trans count=3, name='A & B' %}{{ name }}: eine{% pluralize %}{{ name }}: {{ count }}{% endtrans %}",
        "{{ ngettext('%(num)s Schritt', '%(num)s Schritte', 2) }} {{ gettext('Stufe %(n)s', n='<3') }}",
    ],
)
def test_a_template_says_the_same_with_and_without(template: str) -> None:
    assert ours().from_string(template).render() == environment().from_string(template).render()


def test_the_words_are_looked_up_when_the_template_is_compiled() -> None:
    made = environment(FixedWords)
    template = made.from_string('{{ _("Weiter") }}')
    made.globals["gettext"] = made.globals["_"] = None
    assert template.render() == "Weiter"


def test_a_sentence_that_cannot_be_put_together_is_refused() -> None:
    with pytest.raises(ValueError, match="only"):
        Sentences(i18n.translations(i18n.SOURCE)).gettext("%d Fragen")
