"""Where the experts' pages are: their own page, declarations, ratings, questions, the consensus."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from clustermark.web.cases.views.consensus import consensus, consensus_indicator
from clustermark.web.cases.views.declaration import declaration
from clustermark.web.cases.views.expert_home import expert_home
from clustermark.web.cases.views.my_ratings import my_ratings
from clustermark.web.cases.views.offline import offline, offline_package
from clustermark.web.cases.views.questions import ask, question, questions
from clustermark.web.cases.views.workspace import work_indicator

CASE = "cases/<uuid:reference>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("expert/", expert_home, name="expert-home"),
    path(CASE + "declare/", declaration, name="declare"),
    path(CASE + "ratings/", my_ratings, name="work"),
    path(CASE + "offline/", offline, name="offline"),
    path(CASE + "offline/package.zip", offline_package, name="offline-package"),
    path(CASE + "ratings/<str:code>/", work_indicator, name="work-indicator"),
    path(CASE + "ratings/<str:code>/ask/", ask, name="question-ask"),
    path(CASE + "questions/", questions, name="questions"),
    path(CASE + "questions/<uuid:expert>/<int:number>/", question, name="question"),
    path(CASE + "consensus/", consensus, name="consensus"),
    path(CASE + "consensus/<str:code>/", consensus_indicator, name="consensus-indicator"),
]
