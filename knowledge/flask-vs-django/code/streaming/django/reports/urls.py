from django.urls import path

from . import views

urlpatterns = [path("squares.csv", views.squares)]
