"""How forms look: label, help, error, control, and a summary of errors that leads to the fields."""

from __future__ import annotations

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest

from clustermark.web.site.controls import CONTROLS


class Renderer(TemplatesSetting):
    """Renders every form with the templates of `site/forms`, and its controls without any."""

    form_template_name = "site/forms/form.html"
    field_template_name = "site/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """The HTML of a form, a field or a control."""
        control = CONTROLS.get(template_name)
        return control(context["widget"]) if control else super().render(template_name, context, request)
