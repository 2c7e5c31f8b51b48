"""The forms of django-allauth in the words of our pages."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("Mail address"),
    "email": _("Mail address"),
    "password": _("Password"),
    "oldpassword": _("Present password"),
    "password1": _("New password"),
    "password2": _("New password once more"),
    "code": _("Code"),
    "name": _("Name of the key"),
    "passwordless": _("Sign in with it alone"),
}
FORGOTTEN = frozenset({"password", "oldpassword"})
"""Fields beside which stands the way out for who has forgotten the password."""


class PlainWords:
    """Labels in our words, and nothing in a field that says its label once more."""

    fields: dict[str, Any]

    def __init__(self, *args: object, **values: object) -> None:
        super().__init__(*args, **values)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
            if name in FORGOTTEN:
                link = '<a href="{}">{}</a>'
                field.help_text = format_html(
                    link, reverse("account_reset_password"), _("Forgotten the password?")
                )
        if "passwordless" in self.fields:
            self.fields["passwordless"].help_text = _("Then neither address nor password is asked for.")


class LoginForm(PlainWords, account.LoginForm):  # type: ignore[misc] # allauth has no types, here and below
    """Address and password."""


class AddEmailForm(PlainWords, account.AddEmailForm):  # type: ignore[misc]
    """Another address."""


class ChangePasswordForm(PlainWords, account.ChangePasswordForm):  # type: ignore[misc]
    """The present password and a new one."""


class SetPasswordForm(PlainWords, account.SetPasswordForm):  # type: ignore[misc]
    """A first password, for who came through a provider."""


class ResetPasswordForm(PlainWords, account.ResetPasswordForm):  # type: ignore[misc]
    """The address to which the link goes."""


class ResetPasswordKeyForm(PlainWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password by a link."""


class ReauthenticateForm(PlainWords, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""


class AuthenticateForm(PlainWords, mfa.AuthenticateForm):  # type: ignore[misc]
    """The code of the app, or a recovery code."""


class ReauthenticateCodeForm(PlainWords, mfa.ReauthenticateForm):  # type: ignore[misc]
    """The code once more."""


class ActivateTOTPForm(PlainWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of the app."""


class AddWebAuthnForm(PlainWords, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A passkey or a security key."""


class EditWebAuthnForm(PlainWords, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a key."""
