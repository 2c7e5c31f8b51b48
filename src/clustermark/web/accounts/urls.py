"""Pages of people that allauth does not have."""

from __future__ import annotations

from django.urls import path

from clustermark.web.accounts.views import invitation, profile, roles, sessions, sign_on

urlpatterns = [
    path("", profile.profile, name="profile"),
    path("data/", profile.my_data, name="my-data"),
    path("erasure/", profile.erasure, name="erasure"),
    path("invitation/<str:token>/", invitation.accept, name="accept-invitation"),
    # before allauth's own of the same names
    path("oidc/<str:provider_id>/login/", sign_on.leave, name="openid_connect_login"),
    path("oidc/<str:provider_id>/login/callback/", sign_on.come_back, name="openid_connect_callback"),
    path("sessions/", sessions.sessions, name="usersessions_list"),
    path("people/", roles.people_list, name="people"),
    path("people/invite/", roles.send_invitation, name="invite"),
    path("people/invitations/<int:pk>/withdraw/", roles.withdraw, name="withdraw-invitation"),
    path("people/grants/<int:pk>/end/", roles.end, name="end-grant"),
    path("people/<uuid:reference>/", roles.person, name="person"),
]
