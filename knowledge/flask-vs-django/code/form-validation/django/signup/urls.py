from django.urls import path

from . import views

urlpatterns = [
    path("", views.signup),
    path("thanks", views.thanks, name="thanks"),
]
