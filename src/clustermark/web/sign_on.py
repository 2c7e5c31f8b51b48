"""Single sign-on by OpenID Connect, as the environment sets it up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def providers_from(environment: Mapping[str, str]) -> dict[str, Any]:
    """What allauth wants to know of the provider; nothing where `CLUSTERMARK_OIDC_ISSUER` is not set.

    Raises KeyError when the issuer is set without `CLUSTERMARK_OIDC_CLIENT` and `CLUSTERMARK_OIDC_SECRET`.
    """
    issuer = environment.get("CLUSTERMARK_OIDC_ISSUER", "")
    if not issuer:
        return {}
    app = {
        "provider_id": "sso",
        "name": environment.get("CLUSTERMARK_OIDC_NAME", "Single sign-on"),
        "client_id": environment["CLUSTERMARK_OIDC_CLIENT"],
        "secret": environment["CLUSTERMARK_OIDC_SECRET"],
        "settings": {"server_url": issuer},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
