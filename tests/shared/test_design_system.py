"""Fields, errors, states: what the tags of the design system write."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template

from parvis.shared.templatetags.icons import ICONS, STATE_ICONS
from parvis.shared.widgets import ManyFilesField


class Form(forms.Form):
    name = forms.CharField(label="Nom", help_text="Comme sur l’enveloppe")
    size = forms.ChoiceField(label="Taille", choices=[("p", "Petit"), ("g", "Gros")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="D’accord", required=False)
    note = forms.CharField(label="Note", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def write(text: str, **context: object) -> str:
    return Template(text).render(Context(context))


def test_a_field_ties_label_hint_and_error_to_its_control():
    html = write("{% field form.name %}", form=Form({}))
    assert '<label for="id_name">Nom</label>' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert ['id="id_name_helptext"' in html, 'id="id_name_error"' in html] == [True, True]


def test_choices_are_a_fieldset_with_a_legend():
    html = write("{% field form.size %}", form=Form())
    assert html.startswith("<fieldset")
    assert "<legend>Taille</legend>" in html
    assert html.count('type="radio"') == 2


def test_what_may_be_left_empty_says_so_unless_told_otherwise():
    assert "(facultatif)" in write("{% field form.note %}", form=Form())
    assert "(facultatif)" not in write("{% field form.note optional=False %}", form=Form())
    assert "(facultatif)" not in write("{% field form.name %}", form=Form())


def test_attributes_are_handed_to_the_control():
    assert 'hx-get="/x"' in write('{% field form.note hx_get="/x" %}', form=Form())


def test_a_hidden_field_has_no_label():
    assert "<label" not in write("{% field form.secret %}", form=Form())


def test_the_summary_leads_to_each_field_and_names_those_that_say_the_same():
    html = write("{% error_summary form %}", form=Form({})).replace("\u00a0", " ")
    assert '<a href="#id_name">Nom : Ce champ est obligatoire.</a>' in html
    assert '<a href="#id_size_0">Taille : Ce champ est obligatoire.</a>' in html


def test_nothing_wrong_writes_nothing():
    assert write("{% error_summary form %}", form=Form({"name": "a", "size": "p"})) == ""


@pytest.mark.parametrize("code", list(STATE_ICONS))
def test_a_state_is_a_word_and_a_shape(code):
    html = write("{% state code %}", code=code)
    assert f"badge--{code}" in html
    assert "<svg" in html
    assert html.split("</svg>")[1].removesuffix("</span>").strip() != ""


def test_an_icon_is_silent_unless_it_has_a_label():
    assert 'aria-hidden="true"' in write('{% icon "pin" %}')
    assert 'role="img" aria-label="Lieu"' in write('{% icon "pin" "Lieu" %}')


def test_every_icon_is_drawn():
    assert [name for name, drawing in ICONS.items() if not drawing.startswith("<")] == []


def test_numbers_of_tracking_and_keys():
    assert write("{{ '2647183092'|spoken }} {{ pk|key }}", pk=12345) == "26-4718-3092 12345"


def test_several_files_are_one_field():
    one, two = SimpleUploadedFile("a.jpg", b"a"), SimpleUploadedFile("b.jpg", b"b")
    assert ManyFilesField().clean([one, two]) == [one, two]
    assert ManyFilesField(required=False).clean(None) == []
    with pytest.raises(forms.ValidationError):
        ManyFilesField().clean([])
