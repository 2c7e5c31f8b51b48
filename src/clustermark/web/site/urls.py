"""The start page, the reader's settings and, while developing, the style page."""

from __future__ import annotations

from django.conf import settings
from django.urls import path
from django.views.generic import TemplateView

from clustermark.web.site.views.kept import kept
from clustermark.web.site.views.settings import set_language, set_theme
from clustermark.web.site.views.start import read, start

urlpatterns = [
    path("", start, name="start"),
    path("kept/", kept, name="kept"),
    path("notices/read/", read, name="read-notices"),
    path("language/", set_language, name="set-language"),
    path("theme/", set_theme, name="set-theme"),
]
if settings.DEBUG:
    from clustermark.web.site.views.sample_people import sample_people  # a real site does not even load it

    urlpatterns += [
        path("dev/style/", TemplateView.as_view(template_name="site/style.html"), name="style"),
        path("dev/people/", sample_people, name="sample-people"),
    ]
