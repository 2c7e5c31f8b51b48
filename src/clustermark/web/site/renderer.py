"""How forms look: label, help, error, control, and a summary of errors that leads to the fields."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Renders every form with the templates of `site/forms`."""

    form_template_name = "site/forms/form.html"
    field_template_name = "site/forms/field.html"
