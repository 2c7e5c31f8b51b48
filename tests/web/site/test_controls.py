"""Controls are written as Django's own templates write them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from clustermark.web.site.controls import CONTROLS
from clustermark.web.site.renderer import Renderer

NASTY = "\"><script>alert('&')</script>"
CHOICES = [
    ("", "–"),
    ("a&b", NASTY),
    (3, gettext_lazy("Scheme")),
    ("safe", mark_safe("<b>bold</b>")),
    ("Group <1>", [("in", "inside"), ("in2", "inside too")]),
]
WIDGETS: list[tuple[forms.Widget, Any]] = [
    (forms.TextInput(), NASTY),
    (forms.TextInput({"class": "x", "required": True, "disabled": False, "data-n": 3, "title": NASTY}), None),
    (forms.TextInput(), mark_safe("A &amp; B")),
    (forms.NumberInput(), Decimal("1234.5")),
    (forms.NumberInput({"min": 0, "step": Decimal("0.01")}), 0),
    (forms.EmailInput(), "a@b.example"),
    (forms.URLInput(), ""),
    (forms.PasswordInput(), "not shown"),
    (forms.HiddenInput(), 7),
    (forms.DateInput(), date(2026, 11, 23)),
    (forms.FileInput(), "never shown"),
    (forms.CheckboxInput(), True),
    (forms.CheckboxInput(), False),
    (forms.Textarea({"rows": 3}), NASTY),
    (forms.Textarea(), None),
    (forms.Select({"class": "long"}, CHOICES), 3),
    (forms.Select(choices=CHOICES), "in2"),
    (forms.SelectMultiple(choices=CHOICES), ["a&b", "in"]),
    (forms.NullBooleanSelect(), True),
    (forms.RadioSelect({"class": "row"}, CHOICES), "a&b"),
    (forms.RadioSelect(choices=[("", "none"), (1, 1000), (2, Decimal("0.5"))]), 1),
    (forms.CheckboxSelectMultiple(choices=CHOICES), ["3", "in"]),
]


def bare(html: str) -> str:
    """The HTML without white space beside tags; that of an area as it is, for it is text."""
    return html if "<textarea" in html else re.sub(r"\s*(<[^>]*>)\s*", r"\1", html)


@pytest.mark.parametrize(("widget", "value"), WIDGETS)
@pytest.mark.parametrize("attrs", [None, {"id": "id_x"}])
def test_a_control_is_what_djangos_template_makes(
    widget: forms.Widget, value: Any, attrs: dict[str, str] | None
) -> None:
    assert widget.template_name in CONTROLS
    ours = widget.render("x<y", value, attrs, Renderer())
    theirs = widget.render("x<y", value, attrs, TemplatesSetting())
    assert bare(ours) == bare(theirs)
    assert "<script" not in ours


@pytest.mark.parametrize(
    "widget", [forms.RadioSelect(choices=CHOICES), forms.CheckboxSelectMultiple(choices=CHOICES)]
)
def test_a_choice_that_a_template_places_alone_is_the_same(widget: forms.RadioSelect) -> None:
    class Form(forms.Form):
        chosen = forms.CharField(widget=widget)

    tags = [
        [bare(box.tag()) for box in Form({"chosen": "in"}, renderer=renderer)["chosen"]]
        for renderer in (Renderer(), TemplatesSetting())
    ]
    assert tags[0] == tags[1]
    assert len(tags[0]) == 6


def test_what_is_not_written_here_has_its_template() -> None:
    assert 'name="at_0"' in forms.SplitDateTimeWidget().render("at", None, renderer=Renderer())
