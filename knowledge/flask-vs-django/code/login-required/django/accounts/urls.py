from django.contrib.auth.views import LoginView
from django.urls import path

from . import views

urlpatterns = [
    path("account", views.account),
    path("login", LoginView.as_view(), name="login"),
]
