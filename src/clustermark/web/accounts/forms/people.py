"""Forms of people and roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.utils.translation import gettext_lazy as _

from clustermark.ground.problems import ProblemsError
from clustermark.web.accounts.models import Grant, Organisation, User
from clustermark.web.site.widgets import NamedChoiceField

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def add_problems(form: forms.BaseForm, error: ProblemsError) -> None:
    """Show what the domain refused at the fields of the form, else above it."""
    for problem in error.problems:
        field = problem.place.field
        form.add_error(field if field in form.fields else None, problem.message)


class InviteForm(forms.Form):
    """Whom to invite to which role."""

    email = forms.EmailField(label=_("Mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    name = forms.CharField(label=_("Name"), max_length=150)
    role = forms.ChoiceField(label=_("Role"))
    organisation = NamedChoiceField(Organisation.objects.none(), label=_("For which body"))
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, roles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]  # a ChoiceField has choices
        self.fields["organisation"].queryset = Organisation.objects.all()  # type: ignore[attr-defined]  # likewise


class GrantForm(forms.Form):
    """Which role to give to a person, from when until when, and why."""

    role = forms.ChoiceField(label=_("Role"))
    organisation = NamedChoiceField(Organisation.objects.none(), label=_("For which body"))
    starts_on = forms.DateField(label=_("First day"), widget=DAY)
    ends_on = forms.DateField(
        label=_("Last day"), required=False, widget=DAY, help_text=_("Empty: until it is ended.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, help_text=_("Stands beside the log."))

    def __init__(self, *args: Any, roles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]  # a ChoiceField has choices
        self.fields["organisation"].queryset = Organisation.objects.all()  # type: ignore[attr-defined]  # likewise


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=500)


class AcceptForm(forms.Form):
    """Name and password of a new account."""

    name = forms.CharField(
        label=_("Name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=password_validators_help_text_html,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """The password is good enough, and not the person's own name or address."""
        values = super().clean() or {}
        if values.get("password"):
            try:
                validate_password(values["password"], User(email=self.email, name=values.get("name", "")))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return values


class ProfileForm(forms.Form):
    """How the person is called, where they live, which language they read."""

    name = forms.CharField(
        label=_("Name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    country = forms.RegexField(
        r"^[A-Za-z]{2}$",
        label=_("Country"),
        required=False,
        max_length=2,
        help_text=_("Two letters, such as DE or AT."),
        widget=forms.TextInput(attrs={"autocomplete": "country"}),
    )
    language = forms.ChoiceField(label=_("Language of pages and mails"), choices=settings.LANGUAGES)


class FilterForm(forms.Form):
    """What to look for in the list of people."""

    q = forms.CharField(label=_("Name or mail address"), required=False, widget=forms.SearchInput)
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("all roles")), *Grant.Role.choices]
    )
